using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;
using AdStudio.Tests.Sandbox;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Partners;

/// <summary>A partner with a key, a project with creatives, and all seven platforms connected.</summary>
public sealed class PartnerStage : IAsyncLifetime
{
    public PartnerApp App { get; } = new();
    public Partner Caller { get; private set; } = null!;
    public IReadOnlyDictionary<Platform, AdAccount> Accounts { get; private set; } = null!;
    public string Project => App.Scene.Workspace.Id.ToString();

    public async Task InitializeAsync()
    {
        await App.InitializeAsync();
        Caller = await CallerAsync();
        await using (var db = await App.Studio.OpenAsync(App.Scene.Admin, default))
        {
            // The scene's own accounts have no working token: those of the sandbox take their place.
            foreach (var account in await db.AdAccounts.ToListAsync()) account.DeletedAt = DateTimeOffset.UnixEpoch;
            await db.SaveChangesAsync();
        }
        var (platforms, control) = (App.Get<PlatformSet>(), App.Get<SandboxControl>());
        foreach (var platform in platforms.Installed)
        {
            var started = (await App.Get<StartConnection>().RunAsync(App.Scene.Admin, new StartConnectionRequest(platform, App.Address), default)).Value;
            var code = await Consent.GiveAsync(App.Address + "sandbox", control, platforms.Get<IAuthorizes>(platform), started.AuthorizeUrl);
            var state = System.Web.HttpUtility.ParseQueryString(started.AuthorizeUrl.Query)["state"];
            (await App.Get<FinishConnection>().RunAsync(App.Scene.Admin, new ConnectionAnswer(platform, state, code, null, null), default)).Outcome.IsDone.ShouldBeTrue(platform.ToString());
        }
        await using (var db = await App.Studio.OpenAsync(App.Scene.Admin, default))
        {
            var there = await db.AdAccounts.AsNoTracking().Where(a => a.Status == AdAccountStatus.Active).OrderBy(a => a.ExternalId).ToListAsync();
            Accounts = there.GroupBy(a => a.Platform).ToDictionary(g => g.Key, g => g.FirstOrDefault(a => a.Currency == "USD") ?? g.First());
        }
        foreach (var (id, asset) in new[] { ("wide", "sample-1200x628.jpg"), ("tall", "sample-1080x1920.jpg") })
            (await Caller.With("x-api-key", await App.KeyAsync(App.Scene)).With("Authorization", "").PostAsync("/api/crm/ads/creatives",
                $$"""{"id":"{{id}}","type":"image","name":"{{id}}","headline":"Dry all day","primaryText":"The rain collection is here.","callToAction":"LEARN_MORE","linkUrl":"https://shop.example/rain","assetUrl":"{{App.Address}}sandbox/assets/{{asset}}"}""")).ShouldBe(HttpStatusCode.Created);
    }

    public async Task DisposeAsync() => await ((IAsyncLifetime)App).DisposeAsync();

    public async Task<Partner> CallerAsync(params string[] scopes) => new(App.Address, ("Authorization", "Bearer " + await App.KeyAsync(App.Scene, scopes)));

    public string Campaigns(string platform = "meta") => $"/v1/projects/{Project}/ads/{platform}/campaigns";

    public string AccountOf(Platform platform) => PublicId.Of("aa", Accounts[platform].Id);

    /// <summary>The seed's example with the stage's own account, and other words where they are given.</summary>
    public JsonObject Body(string name, Action<JsonObject>? change = null, Platform platform = Platform.Meta)
    {
        var body = JsonNode.Parse($$"""
            {"adAccountId": "{{AccountOf(platform)}}", "name": "{{name}}", "outcome": "traffic", "dailyBudgetCents": 5000, "campaignManagementMode": "autopilot", "creativeMode": "autopilot"}
            """)!.AsObject();
        change?.Invoke(body);
        return body;
    }

    /// <summary>Creates it and waits until its job is no longer running.</summary>
    public async Task<(JsonNode Accepted, JsonNode Job)> CreatedAsync(JsonObject body, string platform = "meta")
    {
        var accepted = (await Caller.PostAsync(Campaigns(platform), body)).ShouldBe(HttpStatusCode.Accepted).Body;
        return (accepted, await EndedAsync(accepted));
    }

    public Task<JsonNode> EndedAsync(JsonNode accepted) => Caller.UntilAsync(accepted["locationUrl"]!.GetValue<string>(), j => j["status"]!.GetValue<string>() != "running");

    public Task<Reply> PatchAsync(string path, JsonObject body) => Caller.SendAsync(HttpMethod.Patch, path, new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));

    /// <summary>Sets the project's authority for as long as the work takes.</summary>
    public async Task WithAuthorityAsync(Authority authority, Func<Task> work)
    {
        await SetAsync(authority);
        try
        {
            await work();
        }
        finally
        {
            await SetAsync(Authority.Full);
        }
        async Task SetAsync(Authority to)
        {
            await using var db = await App.Studio.OpenAsync(App.Scene.Admin, default);
            (await db.Workspaces.SingleAsync(w => w.Id == App.Scene.Workspace.Id)).Authority = to;
            await db.SaveChangesAsync();
        }
    }

    public async Task<int> CountAsync(string name)
    {
        await using var db = await App.Studio.OpenAsync(App.Scene.Admin, default);
        return await db.Campaigns.CountAsync(c => c.Name == name);
    }

    public static Guid IdOf(string prefix, JsonNode? id) => PublicId.TryParse(prefix, id!.GetValue<string>(), out var found) ? found : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{id} is no {prefix}_ id."));
}

public static class PartnerReplies
{
    /// <summary>An error of seed 004.</summary>
    public static JsonNode ShouldFail(this Reply reply, HttpStatusCode status, string code)
    {
        reply.ShouldBe(status);
        var error = reply.Body["error"]!;
        error["code"]!.GetValue<string>().ShouldBe(code, reply.Text);
        error["message"]!.GetValue<string>().ShouldNotBeEmpty();
        error["requestId"]!.GetValue<string>().ShouldNotBeEmpty();
        return error;
    }

    public static IEnumerable<string> Fields(this JsonNode error) => error["details"]!["fields"]!.AsArray().Select(f => f!["field"]!.GetValue<string>());
}
