using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Partners;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Crm;

namespace AdStudio.Web.Api.Partner;

/// <summary>Shows campaigns, jobs and accounts as seed 004 does.</summary>
internal static class PartnerView
{
    public static PartnerAccepted Accepted(JobView job, Authority? authority) => new()
    {
        JobId = PartnerWords.Id(PartnerJob.Prefix, job.Id), CampaignId = PartnerWords.Id(PartnerWords.Campaign, job.CampaignId), VerdictId = VerdictOf(job), Kind = PartnerWords.KindOf(job.Kind), Status = job.Status.Word(),
        Platform = job.Platform.Wire(), Authority = Of(authority ?? Authority.Full), LocationUrl = LocationOf(job.Id),
    };

    public static PartnerJobAnswer Of(JobView job) => new()
    {
        JobId = PartnerWords.Id(PartnerJob.Prefix, job.Id), Kind = PartnerWords.KindOf(job.Kind), Status = job.Status.Word(), Stage = job.Stage, Progress = new(job.Done, job.Total), Platform = job.Platform.Wire(),
        CampaignId = PartnerWords.Id(PartnerWords.Campaign, job.CampaignId), ProjectId = PartnerWords.Id(PartnerWords.Project, job.WorkspaceId), VerdictId = VerdictOf(job),
        Result = job.PlatformCampaignId is null ? null : new PartnerResult(job.PlatformCampaignId, job.PlatformStatus?.Wire()),
        Error = job.Error is not { } error ? null : new PartnerJobError(error.Code, error.Message, new([.. error.Fields.Select(f => new PartnerFieldProblem(PartnerWords.FieldOf(f.Field), f.Message))])),
        CreatedAt = job.CreatedAt.UtcDateTime, UpdatedAt = job.UpdatedAt.UtcDateTime, FinishedAt = job.FinishedAt?.UtcDateTime, LocationUrl = LocationOf(job.Id),
    };

    public static PartnerCampaignAnswer Of(Campaign campaign, Platform platform, IReadOnlyList<JobView>? jobs)
    {
        var (spec, there) = (campaign.Spec, campaign.Platforms.Where(p => p.Platform == platform).OrderBy(p => p.Id).FirstOrDefault());
        var account = there?.AdAccountId ?? spec.Platforms.FirstOrDefault(p => p.Platform == platform)?.AdAccountId;
        var (start, end) = spec.Schedule.Instants(there?.AdAccount?.TimeZone);
        var budget = spec.Budget is { AmountMicros: { } micros, Currency: { } currency } ? new Money(micros, currency) : (Money?)null;
        return new PartnerCampaignAnswer
        {
            CampaignId = PartnerWords.Id(PartnerWords.Campaign, campaign.Id), Id = campaign.Id, ProjectId = PartnerWords.Id(PartnerWords.Project, campaign.WorkspaceId), Platform = platform.Wire(),
            AdAccountId = account is { } id ? PartnerWords.Id(PartnerWords.AdAccount, id) : null, Name = campaign.Name, Outcome = campaign.Objective is { } objective ? PartnerWords.OutcomeOf(objective) : null,
            Status = campaign.Status.Wire(), PlatformStatus = there?.Status.Wire(), PlatformStatusDetail = there?.StatusDetail, PlatformCampaignId = there?.ExternalId,
            DailyBudgetCents = spec.Budget.Type == BudgetType.Daily ? budget?.Minor : null, LifetimeBudgetCents = spec.Budget.Type == BudgetType.Lifetime ? budget?.Minor : null, Currency = spec.Budget.Currency,
            StartTime = start?.UtcDateTime, EndTime = end?.UtcDateTime, BidStrategy = Of(spec),
            Targeting = new PartnerTargeting
            {
                Countries = [.. CountryGroups.PlacesOf(spec).Select(p => p.Country).Distinct()], AgeMin = spec.Audience.AgeMin, AgeMax = spec.Audience.AgeMax, Genders = [.. spec.Audience.Genders.Select(g => g.Word())],
            },
            CreativeIds = [.. spec.CreativeIds.Select(c => PartnerWords.Id(PartnerWords.Creative, c))], Authority = campaign.Authority is { } own ? Of(own) : null,
            Metadata = campaign.Metadata is { } metadata ? JsonSerializer.Deserialize(metadata, PartnerJson.Plain.JsonElement) : null, Jobs = jobs is null ? null : [.. jobs.Select(Of)],
            CreatedAt = campaign.CreatedAt.UtcDateTime, UpdatedAt = campaign.UpdatedAt.UtcDateTime, LaunchedAt = campaign.LaunchedAt?.UtcDateTime,
        };
    }

    public static PartnerAdAccount Of(AdAccountRow account) => new(
        PartnerWords.Id(PartnerWords.AdAccount, account.Id), account.Id, account.Platform.Wire(), account.ExternalId, account.Name, account.Currency, account.TimeZone, account.Status.Word(),
        account.Health is ConnectionHealth.Good or ConnectionHealth.Expiring, account.IsInGoodStanding);

    public static PartnerProject Of(WorkspaceRow workspace) =>
        new(PartnerWords.Id(PartnerWords.Project, workspace.Id), workspace.Id, workspace.Name, workspace.EnterpriseId, workspace.CreatedAt.UtcDateTime, workspace.UpdatedAt.UtcDateTime);

    public static string LocationOf(Guid jobId) => $"/v1/jobs/{PartnerWords.Id(PartnerJob.Prefix, jobId)}";

    private static PartnerAuthority Of(Authority authority) => new(authority.Creative.Word(), authority.Tactical.Word(), authority.Structural.Word());

    private static string? VerdictOf(JobView job) => job.VerdictId is { } id ? PartnerWords.Id(Verdict.Prefix, id) : null;

    private static PartnerBidStrategy? Of(CampaignSpec spec) => spec.Bid is not { } bid ? null : new()
    {
        Type = bid.Kind.Word(), AmountCents = bid.AmountMicros is { } micros && spec.Budget.Currency is { } currency ? new Money(micros, currency).Minor : null, Roas = bid.Roas,
    };
}
