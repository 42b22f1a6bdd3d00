using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api;

/// <summary>API 000, walked by those whom it is not for; what every surface owes is held by EveryOperationTests.</summary>
public sealed partial class IsolationTests(PartnerApp app) : IClassFixture<PartnerApp>, IAsyncLifetime
{
    private const string Member = """{"members":["sam@customer.example"]}""";
    private const string Secret = "Nobody else's business";
    private Guid campaign, template, creative, audience, placement;

    public async Task InitializeAsync()
    {
        var (admin, workspace) = (app.Scene.Admin, app.Scene.Workspace.Id);
        var now = CancellationToken.None;
        creative = (await app.Get<CreateCreative>().RunAsync(admin, workspace, new CreativeInput { Name = Secret, Headline = Secret, PrimaryText = Secret }, now)).Value.Id;
        audience = (await app.Get<CreateAudience>().RunAsync(admin, workspace, new AudienceInput { Name = Secret, Type = AudienceType.CustomerMatch }, null, now)).Value.Audience.Id;
        await using (var db = await app.Studio.OpenAsync(admin, now))
        {
            // One that failed for good, so that no worker takes it up meanwhile.
            var place = new PlatformAudience { AudienceId = audience, AdAccountId = app.Scene.Meta.Id, Platform = Platform.Meta, Name = Secret, Status = PlacementStatus.Failed, FailureText = Secret };
            db.Add(place);
            await db.SaveChangesAsync(now);
            placement = place.Id;
        }
        var spec = new CampaignSpec
        {
            Objective = Objective.Traffic, Platforms = [new PlatformChoice { Platform = Platform.Meta, AdAccountId = app.Scene.Meta.Id }], CreativeIds = [creative], AudienceIds = [audience],
            Budget = new BudgetSpec { AmountMicros = 50_000_000, Currency = "USD" },
        };
        campaign = (await app.Get<CreateCampaign>().RunAsync(admin, workspace, Secret, spec, null, now)).Value.Id;
        template = (await app.Get<CreateTemplate>().RunAsync(admin, workspace, new(Secret, Secret, spec), now)).Value.Id;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task To_another_organization_nothing_of_ours_exists()
    {
        var stranger = await app.PartnerAsync(app.Strangers, "Ada-1");
        foreach (var (method, path) in Operations())
        {
            var reply = await SendAsync(stranger, method, path);
            reply.Text.ShouldNotContain(Secret, Case.Sensitive, $"{method} {path}");
            foreach (var id in new[] { campaign, template, creative, audience, app.Scene.Meta.Id }) if (!path.Contains(id.ToString(), StringComparison.Ordinal)) reply.Text.ShouldNotContain(id.ToString(), Case.Sensitive, $"{method} {path}");
            if (path.Contains(campaign.ToString(), StringComparison.Ordinal) || path.Contains(template.ToString(), StringComparison.Ordinal) || path.Contains(creative.ToString(), StringComparison.Ordinal) || path.Contains(audience.ToString(), StringComparison.Ordinal))
                reply.Status.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}: {reply.Text}");
        }
        var bulk = await stranger.PostAsync("/api/crm/ads/campaigns/bulk/launch", $$"""{"ids":["{{campaign}}"]}""");
        bulk.Body["data"]![0]!["error"]!["code"]!.GetValue<string>().ShouldBe("NOT_FOUND");
        (await stranger.PostAsync("/api/crm/ads/campaigns", $$"""{"name":"x","objective":"traffic","platforms":["facebook"],"budget":{"type":"daily","amount":5,"currency":"USD"},"creativeIds":["{{creative}}"],"accounts":{"facebook":"{{app.Scene.Meta.Id}}"},"workspaceId":"{{app.Scene.Workspace.Id}}"}"""))
            .ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["workspaceId"]);
    }

    [Fact]
    public async Task A_viewer_reads_and_changes_nothing()
    {
        var viewer = await app.PartnerAsync(app.Scene, "Vic-1");
        (await viewer.GetAsync($"/api/crm/ads/campaigns/{campaign}")).ShouldBe(HttpStatusCode.OK).Body["name"]!.GetValue<string>().ShouldBe(Secret);
        foreach (var (method, path) in Operations().Where(o => o.Method != "GET" && !o.Path.Contains("/bulk/", StringComparison.Ordinal)))
        {
            var reply = await SendAsync(viewer, method, path);
            reply.Status.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}: {reply.Text}");
        }
        foreach (var verb in new[] { "launch", "pause" })
            (await viewer.PostAsync($"/api/crm/ads/campaigns/bulk/{verb}", $$"""{"ids":["{{campaign}}"]}""")).Body["data"]![0]!["error"]!["code"]!.GetValue<string>().ShouldBe("FORBIDDEN");
    }

    [Fact]
    public async Task A_user_who_is_new_sees_an_empty_house()
    {
        var newcomer = await app.PartnerAsync(app.Scene, "somebody-new");
        foreach (var list in new[] { "campaigns", "templates", "creatives", "audiences", "accounts" })
            (await newcomer.GetAsync($"/api/crm/ads/{list}")).ShouldBe(HttpStatusCode.OK).Body["total"]!.GetValue<int>().ShouldBe(0);
        (await newcomer.GetAsync($"/api/crm/ads/campaigns/{campaign}")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await newcomer.GetAsync($"/api/crm/ads/creatives/{creative}")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task A_change_over_somebody_elses_is_refused()
    {
        var (mia, ada) = (await app.PartnerAsync(app.Scene, "Mia-1"), await app.PartnerAsync(app.Scene, "Ada-1"));
        var path = $"/api/crm/ads/campaigns/{campaign}";
        var version = (await mia.GetAsync(path)).Body["version"]!.GetValue<long>();

        var first = await mia.PutAsync(path, new JsonObject { ["name"] = Secret + " 1", ["version"] = version });
        first.ShouldBe(HttpStatusCode.OK).Body["version"]!.GetValue<long>().ShouldBeGreaterThan(version);
        (await ada.PutAsync(path, new JsonObject { ["name"] = Secret + " 2", ["version"] = version })).ShouldRefuse(HttpStatusCode.Conflict, "CONFLICT").Body["error"]!["message"]!.GetValue<string>().ShouldContain("Mia");
        (await ada.GetAsync(path)).Body["name"]!.GetValue<string>().ShouldBe(Secret + " 1");
        (await ada.PutAsync(path, new JsonObject { ["budget"] = new JsonObject { ["type"] = "daily", ["amount"] = 60.5, ["currency"] = "USD" } })).ShouldBe(HttpStatusCode.OK).Body["budget"]!["amount"]!.GetValue<decimal>().ShouldBe(60.5m);
    }

    /// <summary>What routing knows, with our ids in the places of the parameters.</summary>
    private IEnumerable<(string Method, string Path)> Operations()
    {
        var found = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ApiOperation>() is not null)
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(m => (m, "/" + e.RoutePattern.RawText!.TrimStart('/')))).Where(o => o.Item2.StartsWith("/api/crm", StringComparison.Ordinal)).ToList();
        found.Count.ShouldBeGreaterThan(25);
        return found.Select(o => (o.m, Parameter().Replace(o.Item2, p => p.Groups[1].Value switch { "campaignId" => campaign, "templateId" => template, "creativeId" => creative, "audienceId" => audience, "placementId" => placement, "number" => (object)1, var other => throw new InvalidOperationException(other) } is var id ? id.ToString()! : "")));
    }

    private Task<Reply> SendAsync(Partner partner, string method, string path) => method switch
    {
        "POST" when path.EndsWith("/members", StringComparison.Ordinal) => partner.PostAsync(path, Member),
        "DELETE" when path.EndsWith("/members", StringComparison.Ordinal) => partner.SendAsync(HttpMethod.Delete, path, new StringContent(Member, System.Text.Encoding.UTF8, "application/json")),
        "POST" when path.EndsWith("/placements", StringComparison.Ordinal) => partner.PostAsync(path, $$"""{"accounts":[{"adAccountId":"{{app.Scene.Meta.Id}}"}]}"""),
        "POST" when path.EndsWith("/audiences/platform", StringComparison.Ordinal) => partner.PostAsync(path, $$"""{"adAccountId":"{{app.Scene.Meta.Id}}","platformAudienceId":"1"}"""),
        "POST" when path.EndsWith("/campaigns", StringComparison.Ordinal) => partner.PostAsync(path, """{"name":"x","objective":"traffic","platforms":["facebook"],"budget":{"type":"daily","amount":5,"currency":"USD"}}"""),
        "POST" when path.EndsWith("/templates", StringComparison.Ordinal) => partner.PostAsync(path, """{"name":"x"}"""),
        "POST" when path.EndsWith("/creatives", StringComparison.Ordinal) => partner.PostAsync(path, """{"type":"image","name":"x"}"""),
        "POST" when path.EndsWith("/audiences", StringComparison.Ordinal) => partner.PostAsync(path, """{"type":"customer_match","name":"x"}"""),
        "POST" when path.Contains("/bulk/", StringComparison.Ordinal) => partner.PostAsync(path, $$"""{"ids":["{{Guid.Empty}}"]}"""),
        "POST" => partner.PostAsync(path, "{}"),
        "PUT" when path.Contains("/audiences/", StringComparison.Ordinal) => partner.PutAsync(path, new JsonObject { ["description"] = "changed" }),
        "PUT" => partner.PutAsync(path, new JsonObject { ["name"] = "changed" }),
        "PATCH" => partner.SendAsync(HttpMethod.Patch, path, new StringContent("""{"name":"changed"}""", System.Text.Encoding.UTF8, "application/json")),
        "DELETE" => partner.DeleteAsync(path),
        _ => partner.GetAsync(path),
    };

    [GeneratedRegex(@"\{(\w+)(?::\w+)?\}")]
    private static partial Regex Parameter();
}
