using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace AdStudio.Tests.Api.Embedded;

/// <summary>The app with one Meta and one Google account of the sandbox's, on which a campaign has run for three days, and whose numbers were read.</summary>
public sealed class RunningApp : PartnerApp
{
    public AdAccount Meta { get; private set; } = null!;
    public AdAccount Google { get; private set; } = null!;
    public DateOnly Today { get; private set; }

    public string Path(string rest) => $"/api/v1/{Scene.Team.Id}/{rest}";
    /// <summary>Days that are over: their numbers stand still.</summary>
    public string DaysOver => $"startDate={Today.AddDays(-3):yyyy-MM-dd}&endDate={Today.AddDays(-1):yyyy-MM-dd}";
    public string Days => $"startDate={Today.AddDays(-3):yyyy-MM-dd}&endDate={Today:yyyy-MM-dd}";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await using (var db = await Studio.OpenAsync(Scene.Admin, default))
        {
            // The scene's own accounts have no working token.
            foreach (var account in await db.AdAccounts.ToListAsync()) account.DeletedAt = DateTimeOffset.UnixEpoch;
            foreach (var connection in await db.Connections.ToListAsync()) connection.DeletedAt = DateTimeOffset.UnixEpoch;
            await db.SaveChangesAsync();
        }
        await ConnectAsync(Scene.Admin, Platform.Meta, "10155501000002");
        await ConnectAsync(Scene.Admin, Platform.Google, "107002");
        await using (var db = await Studio.OpenAsync(Scene.Admin, default))
        {
            Meta = await db.AdAccounts.AsNoTracking().SingleAsync(a => a.Platform == Platform.Meta);
            Google = await db.AdAccounts.AsNoTracking().SingleAsync(a => a.Platform == Platform.Google);
        }
        foreach (var account in new[] { Meta, Google })
            foreach (var (person, access) in new[] { ("Mia-1", AccountAccess.Manager), ("Vic-1", AccountAccess.Viewer) })
                (await Get<GrantAdAccount>().RunAsync(Scene.Admin, Scene.Team.Id, account.ExternalId, person, access, default)).IsDone.ShouldBeTrue();

        var partner = await PartnerAsync(Scene, "Ada-1");
        (await partner.PostAsync("/api/crm/ads/creatives", $$"""{"id":"wide","type":"image","name":"wide","headline":"Dry all day","primaryText":"The rain collection is here.","callToAction":"LEARN_MORE","linkUrl":"https://shop.example/rain","assetUrl":"{{Address}}sandbox/assets/sample-1200x628.jpg"}""")).ShouldBe(HttpStatusCode.Created);
        var created = (await partner.PostAsync("/api/crm/ads/campaigns", """{"name":"Rain","objective":"traffic","platforms":["facebook","google"],"budget":{"type":"daily","amount":400,"currency":"USD"},"creativeIds":["wide"],"targeting":{"countries":["US"]}}""")).ShouldBe(HttpStatusCode.Created).Body;
        (await partner.PostAsync($"/api/crm/ads/campaigns/launch/{created["id"]}")).ShouldBe(HttpStatusCode.Accepted);
        await partner.UntilAsync($"/api/crm/ads/campaigns/{created["id"]}", c => c["platformStatus"]!.AsObject().All(p => p.Value!["status"]!.GetValue<string>() is "ACTIVE" or "IN_REVIEW"));

        Advance(TimeSpan.FromDays(3));
        Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Get<TimeProvider>().GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(Meta.TimeZone)).DateTime);
        foreach (var account in new[] { Meta, Google }) await ReadAsync(account);
    }

    /// <summary>Somebody of the scene as a partner's product calls for them: with the key and their token.</summary>
    public async Task<Partner> CallerAsync(Scene scene, string externalUserId, params string[] scopes)
    {
        var key = await KeyAsync(scene, scopes);
        var reply = await new Partner(Address, ("x-api-key", key)).PostAsync("/api/v1/auth/token", new JsonObject { ["externalUserId"] = externalUserId });
        return new Partner(Address, ("x-api-key", key), ("Authorization", "Bearer " + reply.ShouldBe(HttpStatusCode.Created).Body["data"]!["accessToken"]!.GetValue<string>()));
    }

    private async Task ReadAsync(AdAccount account)
    {
        // A worker may be at it already: then its outcome counts.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            await Get<SyncInsights>().RunAsync(Scene.Admin, account.Id, deadline.Token);
            await using var db = await Studio.OpenAsync(Scene.Admin, default);
            if (await db.SyncRuns.AnyAsync(r => r.AdAccountId == account.Id && r.Status == SyncStatus.Succeeded && r.WithBreakdowns && r.To >= Today)) return;
            deadline.IsCancellationRequested.ShouldBeFalse($"{account.Name} was never read.");
            await Task.Delay(100);
        }
    }
}

internal static class EmbeddedReplies
{
    /// <summary>A success in seed 002's envelope, with what it holds.</summary>
    public static JsonNode Data(this Reply reply)
    {
        reply.ShouldBe(HttpStatusCode.OK);
        reply.Body["success"]!.GetValue<bool>().ShouldBeTrue();
        reply.Body["statusCode"]!.GetValue<int>().ShouldBe(200);
        reply.Body["message"]!.GetValue<string>().ShouldBe("Request successful");
        reply.Body["timestamp"]!.GetValue<string>().ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        return reply.Body["data"]!;
    }

    /// <summary>What was wrong, each in a sentence that begins with its field.</summary>
    public static IReadOnlyList<string> Wrong(this Reply reply)
    {
        reply.ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST");
        return [.. reply.Body["error"]!["details"]!.AsArray().Select(d => d!.GetValue<string>())];
    }
}
