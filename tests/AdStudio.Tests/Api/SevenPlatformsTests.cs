using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;
using AdStudio.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api;

/// <summary>Write once, launch anywhere: one campaign over API 000 on all seven platforms, from consent to numbers.</summary>
public sealed class SevenPlatformsTests(PartnerApp app) : IClassFixture<PartnerApp>
{
    private static readonly string[] All = ["facebook", "google", "tiktok", "linkedin", "pinterest", "snapchat", "apple"];

    [Fact]
    public async Task One_campaign_is_launched_paused_resumed_changed_and_counted_on_all_seven()
    {
        await ConnectAllAsync();
        var partner = (await app.PartnerAsync(app.Scene, "Ada-1")).With("orgid", app.Scene.Organization.Id.ToString());
        foreach (var (id, asset) in new[] { ("wide", "sample-1200x628.jpg"), ("tall", "sample-1080x1920.jpg") })
            (await partner.PostAsync("/api/crm/ads/creatives",
                $$"""{"id":"{{id}}","type":"image","name":"{{id}}","headline":"Dry all day","primaryText":"The rain collection is here.","callToAction":"LEARN_MORE","linkUrl":"https://shop.example/rain","assetUrl":"{{app.Address}}sandbox/assets/{{asset}}"}""")).ShouldBe(HttpStatusCode.Created);
        (await partner.PostAsync("/api/crm/ads/creatives",
            """{"id":"film","type":"video","name":"Film","headline":"Dry all day","primaryText":"Five seconds of rain.","callToAction":"LEARN_MORE","linkUrl":"https://shop.example/rain","videoUrl":"/sandbox/assets/sample.mp4"}""")).ShouldBe(HttpStatusCode.Created);

        var created = (await partner.PostAsync("/api/crm/ads/campaigns", new JsonObject
        {
            ["name"] = "Everywhere", ["objective"] = "awareness", ["platforms"] = new JsonArray([.. All.Select(p => (JsonNode)p)]), ["budget"] = new JsonObject { ["type"] = "daily", ["amount"] = 700, ["currency"] = "USD" },
            ["creativeIds"] = new JsonArray("wide", "tall", "film"), ["targeting"] = new JsonObject { ["countries"] = new JsonArray("US") },
        })).ShouldBe(HttpStatusCode.Created).Body;
        var campaign = $"/api/crm/ads/campaigns/{created["id"]}";

        (await partner.PostAsync($"/api/crm/ads/campaigns/launch/{created["id"]}")).ShouldBe(HttpStatusCode.Accepted);
        var running = await partner.UntilAsync(campaign, c => Statuses(c).All(s => s is "ACTIVE" or "IN_REVIEW") || Statuses(c).Any(s => s is "failed" or "rejected" or "not_connected"));
        foreach (var platform in All)
        {
            var there = running["platformStatus"]![platform]!;
            there["error"].ShouldBeNull($"{platform}: {there.ToJsonString()}");
            there["campaignId"]!.GetValue<string>().ShouldNotBeNullOrEmpty(platform);
            there["budget"]!["amount"]!.GetValue<decimal>().ShouldBe(100m, platform);
        }

        (await partner.PostAsync($"/api/crm/ads/campaigns/pause/{created["id"]}")).ShouldBe(HttpStatusCode.Accepted);
        await partner.UntilAsync(campaign, c => Statuses(c).All(s => s == "PAUSED"));
        (await partner.PostAsync($"/api/crm/ads/campaigns/resume/{created["id"]}")).ShouldBe(HttpStatusCode.Accepted);
        await partner.UntilAsync(campaign, c => Statuses(c).All(s => s is "ACTIVE" or "IN_REVIEW"));

        var changed = (await partner.PutAsync(campaign, new JsonObject { ["budget"] = new JsonObject { ["type"] = "daily", ["amount"] = 770, ["currency"] = "USD" } })).ShouldBe(HttpStatusCode.OK).Body;
        changed["notes"]!.AsArray().Count.ShouldBe(1);
        await partner.UntilAsync(campaign, c => All.All(p => c["platformStatus"]![p]!["budget"]!["amount"]!.GetValue<decimal>() == 110m));

        app.Advance(TimeSpan.FromDays(2));
        partner = await app.PartnerAsync(app.Scene, "Ada-1"); // a token is good for an hour
        (await app.Get<SyncWorkspaceInsights>().RunAsync(app.Scene.Admin, app.Scene.Workspace.Id, default)).IsDone.ShouldBeTrue();
        var numbers = await partner.UntilAsync($"/api/crm/ads/campaigns/metrics/{created["id"]}", m => All.All(p => m["platforms"]?[p]?["metrics"]?["impressions"]?.GetValue<long>() > 0));
        foreach (var platform in All) numbers["platforms"]![platform]!["asOf"].ShouldNotBeNull(platform);
    }

    private static IEnumerable<string> Statuses(JsonNode campaign) => campaign["platformStatus"]!.AsObject().Select(p => p.Value!["status"]!.GetValue<string>());

    private async Task ConnectAllAsync()
    {
        // The scene's own accounts have no working token: those of the sandbox take their place.
        await using (var db = await app.Studio.OpenAsync(app.Scene.Admin, default))
        {
            foreach (var account in await db.AdAccounts.ToListAsync()) account.DeletedAt = DateTimeOffset.UnixEpoch;
            await db.SaveChangesAsync();
        }
        var (platforms, control) = (app.Get<PlatformSet>(), app.Get<SandboxControl>());
        platforms.Installed.Count.ShouldBe(7);
        foreach (var platform in platforms.Installed)
        {
            var started = (await app.Get<StartConnection>().RunAsync(app.Scene.Admin, new StartConnectionRequest(platform, app.Address), default)).Value;
            var code = await Consent.GiveAsync(app.Address + "sandbox", control, platforms.Get<IAuthorizes>(platform), started.AuthorizeUrl);
            var state = System.Web.HttpUtility.ParseQueryString(started.AuthorizeUrl.Query)["state"];
            var finished = await app.Get<FinishConnection>().RunAsync(app.Scene.Admin, new ConnectionAnswer(platform, state, code, null, null), default);
            finished.Outcome.IsDone.ShouldBeTrue($"{platform}: {finished.Outcome.Refusal?.Message}");
        }
    }
}
