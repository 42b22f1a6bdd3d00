using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Core.Partners;
using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Partner;

/// <summary>Parts of a campaign, changed one by one; each is a job, judged by the tactical axis.</summary>
internal static class PartnerChanges
{
    private const string Root = "/projects/{projectId}/ads/{platform}/campaigns/{campaignId}";

    public static void Map(RouteGroupBuilder group)
    {
        Part<PartnerBudgetChange>(group, "budget", PartnerJobKind.ChangeBudget, "Change the budget", "Sent to the platform where the campaign runs.", """{"dailyBudgetCents":7500}""",
            (body, spec) => PartnerInput.Budget(body, spec) is { } amount ? PartnerChange.Budget(amount) : null);
        Part<PartnerTargeting>(group, "targeting", PartnerJobKind.ChangeTargeting, "Change the targeting", "What is left out stays.", """{"countries":["US","CA"],"ageMin":25}""", (body, before) =>
        {
            var audience = PartnerInput.Targeting(body, before.Audience);
            return PartnerChange.Of(PartnerJobKind.ChangeTargeting, spec => spec with { Audience = audience });
        });
        Part<PartnerScheduleChange>(group, "schedule", PartnerJobKind.ChangeSchedule, "Change the schedule", "What is left out stays. A platform may not move the start of what has begun.", """{"endTime":"2026-12-31T23:59:59Z"}""", (body, before) =>
        {
            if (!body.HasAny("startTime", "endTime")) body.Wrong("endTime", "Give startTime, endTime or both.");
            var schedule = PartnerInput.Schedule(body, before.Schedule);
            return PartnerChange.Of(PartnerJobKind.ChangeSchedule, spec => spec with { Schedule = schedule });
        });
        Part<PartnerBidStrategy>(group, "bid-strategy", PartnerJobKind.ChangeBidStrategy, "Change the bid strategy", "Where the platform takes a new one for what runs.", """{"type":"cost_cap","amountCents":1200}""", (body, before) =>
        {
            var (bid, minor) = PartnerInput.Bid(body);
            var money = minor is { } amount && before.Budget.Currency is { } currency ? Money.FromMinor(amount, currency).Micros : (long?)null;
            return bid is null ? null : PartnerChange.Of(PartnerJobKind.ChangeBidStrategy, spec => spec with { Bid = bid with { AmountMicros = money } });
        });
        Part<PartnerStatusChange>(group, "status", PartnerJobKind.ChangeStatus, "Pause or resume", "On every platform on which the campaign runs.", """{"status":"PAUSED"}""",
            (body, _) => body.Word("status", PartnerWords.Switches, required: true) is { } active ? PartnerChange.Switch(active) : null);
    }

    /// <summary>What the body asks for; null, or anything, when something is wrong in it.</summary>
    private delegate PartnerChange? Read(Given body, CampaignSpec before);

    private static void Part<T>(RouteGroupBuilder group, string part, PartnerJobKind kind, string summary, string description, string example, Read read) => group
        .MapPatch($"{Root}/{part}", (string projectId, string platform, string campaignId, HttpContext http, CancellationToken ct) => RunAsync(http, projectId, platform, campaignId, read, ct))
        .Operation(summary, description + " Answers at once with a job.", ApiScopes.WriteCampaigns).Idempotent([typeof(Operation), typeof(Approval)], (http, made) => AgainAsync(http, kind, made)).Takes<T>(example).Gives<PartnerAccepted>(StatusCodes.Status202Accepted);

    private static async Task<IResult> RunAsync(HttpContext http, string projectId, string platform, string campaignId, Read read, CancellationToken ct)
    {
        if (!(await FindAsync(http, projectId, platform, campaignId, ct)).TryGet(out var found, out var refusal)) return refusal.Refused();
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var change = read(body, found.Campaign.Spec);
        if (body.Refusal() is { } wrong) return wrong;
        return Accepted(http, await http.RequestServices.GetRequiredService<ChangePartnerCampaign>().RunAsync(http.Actor(), found.Campaign.Id, found.Place.Platform, change!, ct), found.Campaign);
    }

    private static async Task<IResult> AgainAsync(HttpContext http, PartnerJobKind kind, Guid made)
    {
        var route = http.Request.RouteValues;
        if (!(await FindAsync(http, (string)route["projectId"]!, (string)route["platform"]!, (string)route["campaignId"]!, http.RequestAborted)).TryGet(out var found, out var refusal)) return refusal.Refused();
        return Accepted(http, await http.RequestServices.GetRequiredService<FindPartnerChange>().RunAsync(http.Actor(), found.Campaign.Id, found.Place.Platform, kind, made, http.RequestAborted), found.Campaign);
    }

    private static async Task<Result<(ProjectPlace Place, Campaign Campaign)>> FindAsync(HttpContext http, string projectId, string platform, string campaignId, CancellationToken ct)
    {
        if (!(await PartnerProjects.PlaceAsync(http, http.RequestServices.GetRequiredService<GetWorkspace>(), projectId, platform, ct)).TryGet(out var place, out var refusal)) return refusal;
        return (await PartnerCampaigns.FindAsync(http, place, campaignId, ct)).TryGet(out var campaign, out refusal) ? (place, campaign) : refusal;
    }

    private static IResult Accepted(HttpContext http, Result<JobView> result, Campaign campaign)
    {
        if (!result.TryGet(out var job, out var refusal)) return refusal.Refused();
        http.Response.Headers.Location = PartnerView.LocationOf(job.Id);
        return PartnerView.Accepted(job, campaign.Authority).Answer(PartnerJson.Shared.PartnerAccepted, StatusCodes.Status202Accepted);
    }
}
