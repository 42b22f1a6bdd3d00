using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Partners;
using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Partner;

/// <summary>Campaigns of a project on one platform: created, listed, read.</summary>
internal static class PartnerCampaigns
{
    public const string Example = """
        {"adAccountId":"aa_01HXF1ZJ2N8Q4V6W8Y0A2C4E6G","name":"Q3 prospecting","outcome":"conversions","dailyBudgetCents":5000,"campaignManagementMode":"draft","creativeMode":"autopilot"}
        """;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/projects/{projectId}/ads/{platform}/campaigns", CreateAsync)
            .Operation("Create a campaign", "Creates and launches a campaign on one platform: meta, tiktok, apple, google, linkedin, pinterest or snapchat. Answers at once with a job. The project's structural authority decides: off refuses with AUTHORITY_DENIED and makes nothing; draft, of the project or by `campaignManagementMode`, waits for a person's approval; auto launches.", ApiScopes.WriteCampaigns)
            .Idempotent<PartnerJob>(AgainAsync).Takes<PartnerCampaignRequest>(Example).Gives<PartnerAccepted>(StatusCodes.Status202Accepted);
        group.MapGet("/projects/{projectId}/ads/{platform}/campaigns", ListAsync).Operation("List campaigns", "The newest first.", ApiScopes.ReadCampaigns)
            .Query("status", "Only these statuses. Several with commas.", QueryKind.Words).Query("limit", "How many at most, 1 to 100.", QueryKind.Whole).Query("after", "`paging.after` of the page before.").Gives<PartnerCampaignList>();
        group.MapGet("/projects/{projectId}/ads/{platform}/campaigns/{campaignId}", ReadAsync)
            .Operation("Read a campaign", "With the platform's own id once it stands there, and its jobs.", ApiScopes.ReadCampaigns).Gives<PartnerCampaignAnswer>();
    }

    /// <summary>The campaign of an address, as long as it belongs to the project and runs, or is to run, on the platform.</summary>
    public static async Task<Result<Campaign>> FindAsync(HttpContext http, ProjectPlace place, string campaignId, CancellationToken ct)
    {
        if (!PublicId.TryParse(PartnerWords.Campaign, campaignId, out var id)) return new CampaignNotFound();
        if (!(await http.RequestServices.GetRequiredService<GetCampaign>().RunAsync(http.Actor(), id, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        return campaign.WorkspaceId == place.WorkspaceId && (campaign.Targets.Exists(t => t.Platform == place.Platform) || campaign.Platforms.Exists(p => p.Platform == place.Platform)) ? campaign : new CampaignNotFound();
    }

    private static async Task<IResult> CreateAsync(string projectId, string platform, HttpContext http, GetWorkspace get, FindCreativesByKeys findCreatives, CreatePartnerCampaign create, CancellationToken ct)
    {
        var actor = http.Actor();
        if (!(await PartnerProjects.PlaceAsync(http, get, projectId, platform, ct)).TryGet(out var place, out var refusal)) return refusal.Refused();
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        if (await PartnerInput.ReadAsync(body, place.Platform, keys => findCreatives.RunAsync(actor, place.WorkspaceId, keys, ct)) is not { } wanted) return body.Refusal()!;
        var created = await create.RunAsync(actor, place.WorkspaceId, wanted, ct);
        if (!created.TryGet(out var job, out refusal)) return refusal.Refused();
        http.Response.Headers.Location = PartnerView.LocationOf(job.Id);
        return PartnerView.Accepted(job, wanted.Authority).Answer(PartnerJson.Shared.PartnerAccepted, StatusCodes.Status202Accepted);
    }

    /// <summary>Of a job that was saved already: goes on with it where the first request broke off.</summary>
    private static async Task<IResult> AgainAsync(HttpContext http, Guid jobId)
    {
        var started = await http.RequestServices.GetRequiredService<StartPartnerJob>().RunAsync(http.Actor(), jobId, http.RequestAborted);
        if (!started.TryGet(out var job, out var refusal)) return refusal.Refused();
        var campaign = await http.RequestServices.GetRequiredService<GetCampaign>().RunAsync(http.Actor(), job.CampaignId, http.RequestAborted);
        http.Response.Headers.Location = PartnerView.LocationOf(job.Id);
        return PartnerView.Accepted(job, campaign.IsDone ? campaign.Value.Authority : null).Answer(PartnerJson.Shared.PartnerAccepted, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(string projectId, string platform, HttpContext http, GetWorkspace get, ListProjectCampaigns list, CancellationToken ct)
    {
        if (!(await PartnerProjects.PlaceAsync(http, get, projectId, platform, ct)).TryGet(out var place, out var refusal)) return refusal.Refused();
        var query = new GivenQuery(http);
        var filter = new ProjectCampaignFilter(place.WorkspaceId, place.Platform, query.Words("status", CrmWords.Statuses), query.Id("after", PartnerWords.Campaign), query.Whole("limit", 25, 1, 100));
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await list.RunAsync(http.Actor(), filter, ct)).TryGet(out var page, out refusal)) return refusal.Refused();
        var after = page.HasMore ? PartnerWords.Id(PartnerWords.Campaign, page.Campaigns[^1].Id) : null;
        return new PartnerCampaignList([.. page.Campaigns.Select(c => PartnerView.Of(c, place.Platform, null))], new PartnerPaging(filter.Limit, after, page.HasMore)).Answer(PartnerJson.Shared.PartnerCampaignList);
    }

    private static async Task<IResult> ReadAsync(string projectId, string platform, string campaignId, HttpContext http, GetWorkspace get, ListPartnerJobs listJobs, CancellationToken ct)
    {
        if (!(await PartnerProjects.PlaceAsync(http, get, projectId, platform, ct)).TryGet(out var place, out var refusal)) return refusal.Refused();
        if (!(await FindAsync(http, place, campaignId, ct)).TryGet(out var campaign, out refusal)) return refusal.Refused();
        return (await listJobs.RunAsync(http.Actor(), campaign.Id, ct)).TryGet(out var jobs, out refusal) ? PartnerView.Of(campaign, place.Platform, jobs).Answer(PartnerJson.Shared.PartnerCampaignAnswer) : refusal.Refused();
    }
}
