using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Api;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Partners;

/// <summary>As a partner does it: over HTTP, with the worker of the running app.</summary>
public sealed class WebhookApiTests(WebhookApiTests.App app) : IClassFixture<WebhookApiTests.App>
{
    public sealed class App : PartnerApp
    {
        public Receiver Receiver { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            Receiver = await Receiver.StartAsync();
            Settings["Media:TrustedHosts:0"] = Receiver.Address.Authority;
            await base.InitializeAsync();
        }

        public async Task<Partner> BearerAsync(Scene scene, params string[] scopes) => new(Address, ("Authorization", "Bearer " + await KeyAsync(scene, scopes)));

        protected override void Dispose(bool disposing)
        {
            if (disposing) Receiver.DisposeAsync().AsTask().GetAwaiter().GetResult();
            base.Dispose(disposing);
        }
    }

    private string Url(string path) => new Uri(app.Receiver.Address, path).ToString();

    [Fact]
    public async Task A_partner_subscribes_is_told_of_a_campaign_and_checks_the_signature()
    {
        var partner = await app.BearerAsync(app.Scene);
        var made = (await partner.PostAsync("/v1/webhooks", new JsonObject { ["url"] = Url("/v1-hook"), ["events"] = new JsonArray("campaign.created", "campaign.updated") })).ShouldBe(HttpStatusCode.Created);
        var (id, secret) = (made.Body["id"]!.GetValue<string>(), made.Body["secret"]!.GetValue<string>());
        made.Header("Location").ShouldBe($"/v1/webhooks/{id}");

        var spec = new CampaignSpec { Objective = Objective.Traffic, Platforms = [new PlatformChoice { Platform = Platform.Meta, AdAccountId = app.Scene.Meta.Id }], Budget = new BudgetSpec { AmountMicros = 50_000_000, Currency = "USD" } };
        var campaign = (await app.Get<CreateCampaign>().RunAsync(app.Scene.Manager, app.Scene.Workspace.Id, "Told", spec, null, default)).Value;
        var delivered = await partner.UntilAsync($"/v1/webhooks/{id}/deliveries", d => d["deliveries"]!.AsArray().Any(x => x!["status"]!.GetValue<string>() == "delivered"));

        var got = app.Receiver.At("/v1-hook").ShouldHaveSingleItem();
        got.IsSignedBy(secret, DateTimeOffset.FromUnixTimeSeconds(long.Parse(got.Timestamp, System.Globalization.CultureInfo.InvariantCulture))).ShouldBeTrue();
        got.Json["type"]!.GetValue<string>().ShouldBe("campaign.created");
        got.Json["data"]!["number"]!.GetValue<int>().ShouldBe(campaign.Number);
        delivered["deliveries"]![0]!["eventId"]!.GetValue<string>().ShouldBe(got.EventId);
        delivered["deliveries"]![0]!["attempts"]![0]!["statusCode"]!.GetValue<int>().ShouldBe(200);

        foreach (var path in new[] { "/v1/webhooks", $"/v1/webhooks/{id}", $"/v1/webhooks/{id}/deliveries" }) (await partner.GetAsync(path)).ShouldBe(HttpStatusCode.OK).Text.ShouldNotContain("whsec_");

        (await partner.PostAsync($"/v1/webhooks/deliveries/{delivered["deliveries"]![0]!["id"]!.GetValue<string>()}/redeliver")).ShouldBe(HttpStatusCode.Accepted);
        await partner.UntilAsync($"/v1/webhooks/{id}/deliveries", d => d["deliveries"]![0]!["attempts"]!.AsArray().Count == 2);
        app.Receiver.At("/v1-hook").Select(r => r.EventId).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_webhook_is_tested_changed_gets_a_new_secret_and_is_deleted()
    {
        var partner = await app.BearerAsync(app.Scene, "webhooks:manage");
        var made = (await partner.PostAsync("/v1/webhooks", $$"""{"url":"{{Url("/life")}}","events":["*"],"projectId":"{{app.Scene.Workspace.Id}}","description":"Jobs"}""")).ShouldBe(HttpStatusCode.Created);
        var path = $"/v1/webhooks/{made.Body["id"]!.GetValue<string>()}";

        (await partner.PostAsync($"{path}/test")).ShouldBe(HttpStatusCode.Accepted).Body["type"]!.GetValue<string>().ShouldBe("ping");
        await partner.UntilAsync(path, w => w["health"]!.GetValue<string>() == "good");

        var off = (await partner.SendAsync(HttpMethod.Patch, path, new StringContent("""{"enabled":false,"events":["lead.received"]}""", Encoding.UTF8, "application/json"))).ShouldBe(HttpStatusCode.OK);
        (off.Body["enabled"]!.GetValue<bool>(), off.Body["health"]!.GetValue<string>(), off.Body["description"]!.GetValue<string>()).ShouldBe((false, "off", "Jobs"));
        (await partner.PostAsync($"{path}/test")).ShouldBe(HttpStatusCode.Conflict);
        (await partner.PostAsync($"{path}/redeliver-failed")).ShouldBe(HttpStatusCode.Conflict);

        var fresh = (await partner.PostAsync($"{path}/rotate-secret", """{"overlapHours":2}""")).ShouldBe(HttpStatusCode.OK);
        fresh.Body["secret"]!.GetValue<string>().ShouldNotBe(made.Body["secret"]!.GetValue<string>());
        fresh.Body["previousSecretUntil"].ShouldNotBeNull();

        (await partner.DeleteAsync(path)).ShouldBe(HttpStatusCode.NoContent);
        (await partner.GetAsync(path)).ShouldBe(HttpStatusCode.NotFound).Body["error"]!["code"]!.GetValue<string>().ShouldBe("NOT_FOUND");
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_who_may_not_is_refused()
    {
        var partner = await app.BearerAsync(app.Scene);
        var wrong = (await partner.PostAsync("/v1/webhooks", """{"url":"ftp://x","events":["campaign.exploded"]}""")).ShouldBe(HttpStatusCode.BadRequest);
        wrong.Body["error"]!["code"]!.GetValue<string>().ShouldBe("VALIDATION");
        wrong.Body["error"]!["details"]!["fields"]!.AsArray().Select(f => f!["field"]!.GetValue<string>()).ShouldBe(["url", "events"]);
        (await partner.PostAsync("/v1/webhooks", """{"url":5,"events":"all"}""")).ShouldBe(HttpStatusCode.BadRequest);
        (await partner.PostAsync("/v1/webhooks", $$"""{"url":"https://hooks.example/a","events":["*"],"projectId":"{{app.Strangers.Workspace.Id}}"}""")).ShouldBe(HttpStatusCode.BadRequest);

        (await (await app.BearerAsync(app.Scene, "ads:read")).GetAsync("/v1/webhooks")).ShouldBe(HttpStatusCode.Forbidden).Body["error"]!["code"]!.GetValue<string>().ShouldBe("FORBIDDEN_SCOPE");
        var made = (await partner.PostAsync("/v1/webhooks", """{"url":"https://hooks.example/b","events":["*"]}""")).Body["id"]!.GetValue<string>();
        var stranger = await app.BearerAsync(app.Strangers);
        (await stranger.GetAsync("/v1/webhooks")).Text.ShouldNotContain(made);
        foreach (var path in new[] { "", "/deliveries" }) (await stranger.GetAsync($"/v1/webhooks/{made}{path}")).ShouldBe(HttpStatusCode.NotFound);
        foreach (var path in new[] { "/test", "/rotate-secret", "/redeliver-failed" }) (await stranger.PostAsync($"/v1/webhooks/{made}{path}")).ShouldBe(HttpStatusCode.NotFound);
        (await stranger.DeleteAsync($"/v1/webhooks/{made}")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_surface_of_003_takes_url_and_events_for_a_brand_in_its_envelope()
    {
        var partner = new Partner(app.Address, ("x-api-key", await app.KeyAsync(app.Scene)));
        var made = (await partner.With("x-brand-id", "1").PostAsync("/advertising/v1/webhooks", $$"""{"url":"{{Url("/brand")}}","events":["campaign.completed"]}""")).ShouldBe(HttpStatusCode.Created);
        made.Body["status"]!.GetValue<int>().ShouldBe(201);
        made.Body["data"]!["secret"]!.GetValue<string>().ShouldStartWith("whsec_");
        made.Body["data"]!["projectId"]!.GetValue<Guid>().ShouldBe(app.Scene.Workspace.Id);

        (await partner.GetAsync("/advertising/v1/webhooks")).ShouldBe(HttpStatusCode.OK).Body["data"]!["webhooks"]!.AsArray().Count.ShouldBeGreaterThan(0);
        (await partner.With("x-brand-id", "77").PostAsync("/advertising/v1/webhooks", $$"""{"url":"{{Url("/brand")}}","events":["*"]}""")).ShouldBe(HttpStatusCode.NotFound);
    }
}
