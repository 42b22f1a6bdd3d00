using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Crm;

/// <summary>Launch, pause, resume, schedule, duplicate; and several at once.</summary>
internal static class CrmLifecycle
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/campaigns/launch/{campaignId}", (string campaignId, HttpContext http, LaunchCampaign launch, CampaignView view, CancellationToken ct) => StartAsync(campaignId, http, (by, id, stop) => launch.RunAsync(by, id, stop), view, ct))
            .Operation("Launch a campaign", "Begins the work on every platform and answers at once. Read the campaign until no platform is `launching`; `platformStatus` says what became of each.", ApiScopes.WriteCampaigns)
            .Idempotent<Operation>(AgainAsync).Gives<CrmCampaign>(StatusCodes.Status202Accepted);
        group.MapPost("/campaigns/pause/{campaignId}", (string campaignId, HttpContext http, PauseCampaign pause, CampaignView view, CancellationToken ct) => StartAsync(campaignId, http, pause.RunAsync, view, ct))
            .Operation("Pause a campaign", "On every platform on which it runs.", ApiScopes.WriteCampaigns).Idempotent<Operation>(AgainAsync).Gives<CrmCampaign>(StatusCodes.Status202Accepted);
        group.MapPost("/campaigns/resume/{campaignId}", (string campaignId, HttpContext http, ResumeCampaign resume, CampaignView view, CancellationToken ct) => StartAsync(campaignId, http, resume.RunAsync, view, ct))
            .Operation("Resume a campaign", "On every platform on which it is paused.", ApiScopes.WriteCampaigns).Idempotent<Operation>(AgainAsync).Gives<CrmCampaign>(StatusCodes.Status202Accepted);
        group.MapPost("/campaigns/schedule/{campaignId}", ScheduleAsync)
            .Operation("Schedule a campaign", "It launches by itself at `startAt`; without one, at the start written in the campaign.", ApiScopes.WriteCampaigns)
            .Takes<CrmScheduleRequest>("""{"startAt":"2026-11-24T00:00:00Z"}""", optional: true).Gives<CrmCampaign>();
        group.MapDelete("/campaigns/schedule/{campaignId}", async (string campaignId, HttpContext http, UnscheduleCampaign unschedule, CampaignView view, CancellationToken ct) =>
                CrmCampaigns.IdOf(campaignId) is not { } id ? new CampaignNotFound().Refused()
                : (await unschedule.RunAsync(http.Actor(), id, ct)).Refusal is { } refusal ? refusal.Refused() : await view.AnswerAsync(http.Actor(), id, ct))
            .Operation("Take back a schedule", "The campaign is a draft again.", ApiScopes.WriteCampaigns).Gives<CrmCampaign>();
        group.MapPost("/campaigns/duplicate/{campaignId}", async (string campaignId, HttpContext http, DuplicateCampaign duplicate, CampaignView view, CancellationToken ct) =>
                CrmCampaigns.IdOf(campaignId) is not { } id ? new CampaignNotFound().Refused()
                : (await duplicate.RunAsync(http.Actor(), id, ct)).TryGet(out var copy, out var refusal) ? await view.AnswerAsync(http.Actor(), copy.Id, ct, StatusCodes.Status201Created) : refusal.Refused())
            .Operation("Duplicate a campaign", "A draft with the same spec.", ApiScopes.WriteCampaigns).Idempotent<Campaign>(CrmCampaigns.AgainAsync).Gives<CrmCampaign>(StatusCodes.Status201Created);

        group.MapPost("/campaigns/bulk/launch", (HttpContext http, BulkLaunch launch, CancellationToken ct) => BulkAsync(http, launch.RunAsync, ct))
            .Operation("Launch several campaigns", "Each for itself, with a result for each.", ApiScopes.WriteCampaigns).Idempotent<Operation>().Takes<CrmBulkRequest>("""{"campaignIds":["0199d5a0-0000-7000-8000-000000000001"]}""").Gives<CrmBulkResult>();
        group.MapPost("/campaigns/bulk/pause", (HttpContext http, BulkPause pause, CancellationToken ct) => BulkAsync(http, pause.RunAsync, ct))
            .Operation("Pause several campaigns", "Each for itself, with a result for each.", ApiScopes.WriteCampaigns).Idempotent<Operation>().Takes<CrmBulkRequest>("""{"campaignIds":["0199d5a0-0000-7000-8000-000000000001"]}""").Gives<CrmBulkResult>();
    }

    /// <summary>Work that was started already: how the campaign stands by now.</summary>
    private static Task<IResult> AgainAsync(HttpContext http, Guid operationId) =>
        http.RequestServices.GetRequiredService<CampaignView>().AnswerAsync(http.Actor(), CrmCampaigns.IdOf((string)http.Request.RouteValues["campaignId"]!)!.Value, http.RequestAborted, StatusCodes.Status202Accepted);

    private static async Task<IResult> StartAsync(string campaignId, HttpContext http, Func<Actor, Guid, CancellationToken, Task<Result<WorkStarted>>> start, CampaignView view, CancellationToken ct)
    {
        if (CrmCampaigns.IdOf(campaignId) is not { } id) return new CampaignNotFound().Refused();
        var actor = http.Actor();
        if (!(await start(actor, id, ct)).TryGet(out var started, out var refusal)) return refusal.Refused();
        return await view.AnswerAsync(actor, id, ct, StatusCodes.Status202Accepted, notes: started.ApprovalId is { } approval ? [Waiting(approval)] : []);
    }

    private static async Task<IResult> ScheduleAsync(string campaignId, HttpContext http, ScheduleCampaign schedule, CampaignView view, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http, optional: true);
        if (unreadable is not null) return unreadable;
        var (instant, local) = body.Moment("startAt");
        var zone = body.Text("timezone", 64);
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) body.Wrong("timezone", $"“{zone}” is no time zone. Use one such as Europe/Berlin.");
        if (body.Refusal() is { } wrong) return wrong;
        if (CrmCampaigns.IdOf(campaignId) is not { } id) return new CampaignNotFound().Refused();

        var start = instant is { } at ? PlannedStart.AtInstant(at) : local is { } time ? PlannedStart.AtLocal(time, zone) : null;
        if (!(await schedule.RunAsync(http.Actor(), id, start, ct)).TryGet(out var planned, out var refusal)) return refusal.Refused();
        return await view.AnswerAsync(http.Actor(), id, ct, notes: planned.ApprovalId is { } approval ? [Waiting(approval)] : []);
    }

    internal static string Waiting(Guid approval) => $"Nothing was sent yet: it waits for approval ({PublicId.Of(Approval.Prefix, approval)}).";

    private static async Task<IResult> BulkAsync(HttpContext http, Func<Actor, IReadOnlyCollection<Guid>, CancellationToken, Task<Result<IReadOnlyList<BulkOutcome>>>> start, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var name = body.Has("ids") && !body.Has("campaignIds") ? "ids" : "campaignIds";
        var named = body.Texts(name, 200, 64, required: true);
        if (body.Refusal() is { } wrong) return wrong;

        var known = named!.Select(CrmCampaigns.IdOf).OfType<Guid>().Distinct().ToList();
        IReadOnlyList<BulkOutcome> outcomes = [];
        if (known.Count > 0 && !(await start(http.Actor(), known, ct)).TryGet(out outcomes!, out var refusal)) return refusal.Refused();
        var byId = outcomes.ToDictionary(o => o.CampaignId);
        var items = named!.Distinct().Select(text =>
        {
            var why = CrmCampaigns.IdOf(text) is { } id ? byId[id].WhyNot : new CampaignNotFound();
            return new CrmBulkItem(text, why is null, why is null ? null : ErrorOf(http.Dialect().Of(why)));
        }).ToList();
        return new CrmBulkResult(items, items.Count(i => i.Success), items.Count(i => !i.Success)).Answer(CrmJson.Shared.CrmBulkResult);
    }

    private static CrmBulkError ErrorOf(ApiProblem problem) => new(problem.Code, problem.Message, [.. problem.Fields.Select(f => new CrmErrorDetail(f.Field, f.Message))]);
}
