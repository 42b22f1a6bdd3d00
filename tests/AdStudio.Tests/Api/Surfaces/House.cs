using System.Net;
using System.Text.Json.Nodes;
using System.Text;
using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Partners;
using AdStudio.Core.Platforms;
using Shouldly;

namespace AdStudio.Tests.Api.Surfaces;

/// <summary>One of each thing that an operation can name, all of them called <see cref="Secret"/>.</summary>
internal sealed class House
{
    private const int OurBrand = 4100;
    public const string Secret = "Nobody else's business";
    private readonly Dictionary<string, string> things = [];

    public PartnerApp App { get; private init; } = null!;

    public static async Task<House> FurnishAsync(PartnerApp app)
    {
        var house = new House { App = app };
        var (admin, workspace, now) = (app.Scene.Admin, app.Scene.Workspace, CancellationToken.None);
        var creative = (await app.Get<CreateCreative>().RunAsync(admin, workspace.Id, new CreativeInput { Name = Secret, Headline = Secret, PrimaryText = Secret }, now)).Value.Id;
        var audience = (await app.Get<CreateAudience>().RunAsync(admin, workspace.Id, new AudienceInput { Name = Secret, Type = AudienceType.CustomerMatch }, null, now)).Value.Audience.Id;
        Guid placement;
        await using (var db = await app.Studio.OpenAsync(admin, now))
        {
            // One that failed for good, so that no worker takes it up meanwhile.
            var place = new PlatformAudience { AudienceId = audience, AdAccountId = app.Scene.Meta.Id, Platform = Platform.Meta, Name = Secret, Status = PlacementStatus.Failed, FailureText = Secret };
            db.Add(place);
            await db.SaveChangesAsync(now);
            placement = place.Id;

            // Numbers count in each organization for itself; the stranger's own brand must not answer for ours.
            (await db.Workspaces.FindAsync([workspace.Id], now))!.Number = OurBrand;
            await db.SaveChangesAsync(now);
        }
        var spec = new CampaignSpec
        {
            Objective = Objective.Traffic, Platforms = [new PlatformChoice { Platform = Platform.Meta, AdAccountId = app.Scene.Meta.Id }], CreativeIds = [creative], AudienceIds = [audience],
            Budget = new BudgetSpec { AmountMicros = 50_000_000, Currency = "USD" },
        };
        var campaign = (await app.Get<CreateCampaign>().RunAsync(admin, workspace.Id, Secret, spec, null, now)).Value;

        var job = new PartnerJob { WorkspaceId = workspace.Id, CampaignId = campaign.Id, Platform = Platform.Meta, RequestId = Guid.CreateVersion7(), CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch };
        await using (var db = await app.Studio.OpenAsync(admin, now))
        {
            db.Add(job);
            await db.SaveChangesAsync(now);
        }

        house.Put("jobId", job.Id).Put("campaignId", campaign.Id).Put("creativeId", creative).Put("audienceId", audience).Put("placementId", placement).Put("teamId", app.Scene.Team.Id).Put("projectId", workspace.Id)
            .Put("enterpriseId", workspace.Id) // by our id: both houses have a workspace that they themselves call 1
            .Put("id", workspace.Id, "/api/v1/workspace").Put("id", app.Scene.Team.Id, "/api/v1/teams").Put("id", app.Scene.Meta.Id, "/api/v1/connections").Put("adsaccountid", app.Scene.Meta.Id).Put("connectionId", app.Scene.Meta.ConnectionId)
            .Put("platform", "meta").Put("number", "1")
            .Put("id", campaign.Number, "/advertising/v1/campaign").Put("id", campaign.Number, "/advertising/v1/analytic/campaign").Put("id", OurBrand, "/advertising/v1/brand");
        await house.PutWebhookAsync();
        house.Put("templateId", (await app.Get<CreateTemplate>().RunAsync(admin, workspace.Id, new(Secret, Secret, spec), now)).Value.Id);
        return house;
    }

    /// <summary>An endpoint that hears of nothing that happens here, and a delivery to it that was given up: no worker sends anything.</summary>
    private async Task PutWebhookAsync()
    {
        var scene = App.Scene;
        var endpoint = (await App.Get<CreateWebhook>().RunAsync(scene.Admin, "https://hooks.partner.example/ours", [EventNames.ConnectionUnhealthy], scene.Workspace.Id, Secret, CancellationToken.None)).Value.Endpoint.Id;
        await using var db = await App.Studio.OpenAsync(scene.Admin, CancellationToken.None);
        var happened = StudioEvent.Of(EventNames.ConnectionUnhealthy, scene.Organization.Id, scene.Workspace.Id, endpoint, new { detail = Secret });
        happened.HandedOutAt = DateTimeOffset.UnixEpoch;
        db.Tell(happened);
        var delivery = new WebhookDelivery { Event = happened, EndpointId = endpoint, Status = DeliveryStatus.Failed, CreatedAt = DateTimeOffset.UnixEpoch };
        db.Add(delivery);
        await db.SaveChangesAsync();
        Put("webhookId", PublicId.Of("wh", endpoint)).Put("deliveryId", PublicId.Of("whd", delivery.Id));
    }

    /// <summary>Names a thing for every operation, or for those whose template begins so.</summary>
    public House Put(string parameter, object value, string below = "")
    {
        things[$"{below} {parameter}"] = value.ToString()!;
        return this;
    }

    /// <summary>Our thing for the parameter. An operation with a parameter that nobody furnished fails: add it above.</summary>
    public string Ours(Route route, string parameter) =>
        things.Where(t => t.Key.EndsWith(" " + parameter, StringComparison.Ordinal) && route.Template.StartsWith(t.Key[..^(parameter.Length + 1)], StringComparison.Ordinal))
            .OrderByDescending(t => t.Key.Length).Select(t => t.Value).FirstOrDefault() ?? throw new InvalidOperationException($"What is {{{parameter}}} of {route}? Put one into the house.");

    /// <summary>Something of the same form that nobody has.</summary>
    public string Nobodys(Route route, string parameter)
    {
        var ours = Ours(route, parameter);
        if (parameter == "platform") return ours;
        if (Guid.TryParse(ours, out _)) return "0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000";
        return int.TryParse(ours, out _) ? "987654" : ours[..^1] + (ours[^1] == '7' ? '8' : '7');
    }

    public static Task<Reply> SendAsync(Partner partner, Route route, string path, string? body = null)
    {
        var content = (body ?? route.Body) is { } text ? new StringContent(text, Encoding.UTF8, "application/json") : route.Method is "GET" or "DELETE" ? null : new StringContent("{}", Encoding.UTF8, "application/json");
        return partner.SendAsync(new HttpMethod(route.Method), path, content);
    }

    /// <summary>A person of the scene as each surface wants to know it: by token where it takes tokens, else by the key alone.</summary>
    public static async Task<IReadOnlyDictionary<string, Partner>> CallersAsync(PartnerApp app, Support.Scene scene, string externalUserId, params string[] scopes)
    {
        var key = await app.KeyAsync(scene, scopes);
        var reply = await new Partner(app.Address, ("x-api-key", key)).PostAsync("/api/v1/auth/token", new JsonObject { ["externalUserId"] = externalUserId });
        reply.Status.ShouldBe(HttpStatusCode.Created, reply.Text);
        var token = "Bearer " + reply.Body["data"]!["accessToken"]!.GetValue<string>();
        return new Dictionary<string, Partner>
        {
            ["crm"] = new(app.Address, ("Authorization", token)),
            ["embedded"] = new(app.Address, ("x-api-key", key), ("Authorization", token)),
            ["advertising"] = new(app.Address, ("x-api-key", key)),
            ["partner"] = new(app.Address, ("Authorization", "Bearer " + key)),
        };
    }

    /// <summary>Nothing in an answer is for programmers only; that a platform can't be reached is said as such.</summary>
    public static void ShouldBeKind(Reply reply, string at)
    {
        if (reply.Status == HttpStatusCode.ServiceUnavailable) reply.Body["error"]!["code"]!.GetValue<string>().ShouldBe("UNAVAILABLE", at);
        else ((int)reply.Status).ShouldBeLessThan(500, $"{at}: {reply.Text}");
        reply.Text.ShouldNotContain("   at ", Case.Sensitive, at);
        reply.Text.ShouldNotContain("Exception", Case.Sensitive, at);
        reply.Header("X-Request-Id").ShouldStartWith("req_", Case.Sensitive, at);
        reply.Header("RateLimit-Remaining").ShouldNotBeEmpty(at);
    }
}
