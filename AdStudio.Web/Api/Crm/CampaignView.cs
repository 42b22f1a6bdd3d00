using System.Globalization;
using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Crm;

/// <summary>Shows campaigns as seed 000 does.</summary>
internal sealed class CampaignView(GetCampaign get, GetCampaignProgress progress, NameCreativesByKeys creatives, NameAudiencesByKeys audiences)
{
    public async Task<IResult> AnswerAsync(Actor actor, Guid id, CancellationToken ct, int status = StatusCodes.Status200OK, IReadOnlyList<string>? notes = null) =>
        (await ReadAsync(actor, id, notes, ct)).TryGet(out var campaign, out var refusal) ? campaign.Answer(CrmJson.Shared.CrmCampaign, status) : refusal.Refused();

    public async Task<Result<CrmCampaign>> ReadAsync(Actor actor, Guid id, IReadOnlyList<string>? notes, CancellationToken ct)
    {
        if (!(await get.RunAsync(actor, id, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        var spec = campaign.Spec;
        var (creativeNames, audienceNames) = (await creatives.RunAsync(actor, spec.CreativeIds, ct), await audiences.RunAsync(actor, spec.AudienceIds, ct));

        // The steps are worth a look only while they are being taken, or when one of them failed.
        var steps = campaign.Platforms.Exists(p => p.Status is PlatformStatus.Launching or PlatformStatus.Waiting or PlatformStatus.Failed) && (await progress.RunAsync(actor, id, ct)).TryGet(out var work, out _)
            ? work.Platforms.Where(p => p.Work is not null).ToDictionary(p => (p.Platform, p.Standing.GroupName), p => new CrmSteps(p.Work!.Steps.Count(s => s.Status == StepStatus.Done), p.Work.Steps.Count))
            : [];
        var platforms = spec.Platforms.Select(choice => campaign.Platforms.Where(p => p.Platform == choice.Platform && spec.Counts(p.GroupName, p.ExternalId)).OrderBy(p => p.Id).ToList() is { Count: > 0 } same
            ? CampaignRowPlatform.Together(same.ConvertAll(there => new CampaignRowPlatform(there.Platform, there.AdAccountId, there.Status, there.StatusDetail)
            {
                GroupName = there.GroupName, ExternalId = there.ExternalId, FailureKind = there.FailureKind, FailureField = there.FailureField, ReadAt = there.ReadAt, Budget = there.Currency.Length == 0 ? null : new Money(there.BudgetMicros, there.Currency),
            }))
            : new CampaignRowPlatform(choice.Platform, choice.AdAccountId, null, null));
        var zone = spec.Schedule.TimeZone ?? campaign.Platforms.Find(p => p.AdAccount is not null)?.AdAccount!.TimeZone;
        return Of(new CampaignRow(campaign.Id, campaign.Number, campaign.WorkspaceId, campaign.Name, campaign.Status, campaign.Objective, spec, [.. platforms],
            campaign.ScheduledFor, campaign.CreatedByName, campaign.CreatedAt, campaign.UpdatedAt, campaign.LaunchedAt, campaign.Version) { Input = campaign.Input }, zone, creativeNames, audienceNames, steps, notes ?? []);
    }

    public async Task<CrmList<CrmCampaign>> ListAsync(Actor actor, Page<CampaignRow> page, CancellationToken ct)
    {
        var creativeNames = await creatives.RunAsync(actor, [.. page.Items.SelectMany(c => c.Spec.CreativeIds).Distinct()], ct);
        var audienceNames = await audiences.RunAsync(actor, [.. page.Items.SelectMany(c => c.Spec.AudienceIds).Distinct()], ct);
        return CrmList<CrmCampaign>.Of(page, row => Of(row, row.Spec.Schedule.TimeZone, creativeNames, audienceNames, [], []));
    }

    private static CrmCampaign Of(CampaignRow row, string? zone, IReadOnlyDictionary<Guid, string> creatives, IReadOnlyDictionary<Guid, string> audiences, Dictionary<(Platform, string), CrmSteps> steps, IReadOnlyList<string> notes)
    {
        var spec = row.Spec;
        var statuses = new Dictionary<string, CrmPlatformStatus>(row.Platforms.Count);
        foreach (var platform in row.Platforms) statuses[platform.Platform.CrmWire()] = Of(platform, row.Status, steps);
        return new CrmCampaign(
            row.Id, row.Number, row.Name, CrmWords.ObjectiveWord(row.Objective, row.Input), [.. spec.Platforms.Select(p => p.Platform.CrmWire())],
            BudgetOf(spec),
            [.. spec.AudienceIds.Select(id => audiences.GetValueOrDefault(id) ?? id.ToString())], [.. spec.CreativeIds.Select(id => creatives.GetValueOrDefault(id) ?? id.ToString())],
            new CrmSchedule(Moment(spec.Schedule.Start, zone), Moment(spec.Schedule.End, zone), spec.Schedule.TimeZone),
            TargetingOf(spec),
            spec.SpecialAdCategories, spec.SpecialAdCountries, row.Status.Wire(), statuses, row.WorkspaceId,
            row.ScheduledFor?.UtcDateTime, row.CreatedAt.UtcDateTime, row.UpdatedAt.UtcDateTime, row.LaunchedAt?.UtcDateTime, row.Version, notes);
    }

    internal static CrmBudget BudgetOf(CampaignSpec spec) => new(spec.Budget.Type.Word(), spec.Budget.AmountMicros is { } micros ? micros / (decimal)Money.MicrosPerUnit : null, spec.Budget.Currency);

    internal static CrmTargeting TargetingOf(CampaignSpec spec) => new([.. CountryGroups.PlacesOf(spec).Select(p => p.Country).Distinct()], spec.Audience.AgeMin, spec.Audience.AgeMax, [.. spec.Audience.Genders.Select(g => g.Word())]);

    private static CrmPlatformStatus Of(CampaignRowPlatform platform, CampaignStatus whole, Dictionary<(Platform, string), CrmSteps> steps)
    {
        if (platform.Groups.Count > 0)
        {
            var taken = platform.Groups.Select(g => steps.GetValueOrDefault((g.Platform, g.GroupName))).OfType<CrmSteps>().ToList();
            return Of(platform with { Groups = [] }, whole, taken.Count == 0 ? [] : new() { [(platform.Platform, "")] = new(taken.Sum(s => s.Done), taken.Sum(s => s.Total)) }) with
            {
                Groups = platform.Groups.ToDictionary(g => g.GroupName, g => Of(g, whole, steps)),
            };
        }
        if (platform.Status is not { } status) return new(whole == CampaignStatus.Scheduled ? whole.Wire() : CampaignStatus.Draft.Wire(), null, null, null, platform.AdAccountId, null, null, null);
        var failed = status is PlatformStatus.Failed or PlatformStatus.Rejected or PlatformStatus.NotConnected || platform.FailureKind is not null;
        var error = failed && platform.StatusDetail is { } words
            ? new CrmPlatformError(status == PlatformStatus.NotConnected ? "not_connected" : platform.FailureKind?.Word() ?? (status == PlatformStatus.Rejected ? "rejected_by_policy" : "left_out"), words, platform.FailureField)
            : null;
        return new(status.Wire(), platform.StatusDetail, error, platform.ExternalId, platform.AdAccountId, CrmMoney.Of(platform.Budget), steps.GetValueOrDefault((platform.Platform, platform.GroupName)), platform.ReadAt?.UtcDateTime);
    }

    private static string? Moment(DateTime? local, string? zone) => local is not { } time ? null
        : zone is null ? time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
        : LocalTimes.ToUtc(time, LocalTimes.ZoneOf(zone)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
