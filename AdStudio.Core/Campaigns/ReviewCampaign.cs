using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

/// <summary>All that a launch would do and may cost, so that one could sign it.</summary>
public sealed record CampaignReview(IReadOnlyList<PlatformReview> Platforms, IReadOnlyList<Finding> Findings, bool StartsLater)
{
    public bool CanLaunch => Findings.All(f => f.Severity != FindingSeverity.Blocks) && Platforms.Any(p => p.LeftOutBecause is null);

    /// <summary>What may be spent in a day, by currency.</summary>
    public IReadOnlyList<Money> PerDay => Sum(Platforms.Select(p => p.Cost?.PerDay));

    /// <summary>What may be spent in all, by currency; empty when there is no end to it.</summary>
    public IReadOnlyList<Money> InAll => Platforms.Any(p => p.Cost is { InAll: null }) ? [] : Sum(Platforms.Select(p => p.Cost?.InAll));

    private static IReadOnlyList<Money> Sum(IEnumerable<Money?> amounts) =>
        [.. amounts.OfType<Money>().GroupBy(m => m.Currency).Select(g => g.Aggregate((a, b) => a + b))];
}

/// <summary>What one platform will receive, for one country group where there are any.</summary>
/// <param name="Share">Its part of the budget, as far as it can be told.</param>
/// <param name="LeftOutBecause">Why nothing goes there now; null when something does.</param>
public sealed record PlatformReview(Platform Platform, string? AccountName, Money? Share, LaunchCost? Cost, IReadOnlyList<ReviewStep> Steps, IReadOnlyList<PlanNote> Notes, string? LeftOutBecause)
{
    /// <summary>Empty for all places.</summary>
    public string GroupName { get; init; } = "";
}

/// <summary>One object that will be made, field by field, in the platform's own names and units.</summary>
public sealed record ReviewStep(string Title, StepKind Kind, IReadOnlyList<ReviewField> Fields);

public sealed record ReviewField(string Name, string Value);

/// <param name="PerDay">Null for a lifetime budget, which the platform spreads as it sees fit.</param>
/// <param name="InAll">Null when it runs until paused.</param>
public sealed record LaunchCost(Money? PerDay, Money? InAll, int? Days)
{
    /// <summary>A day counts when any part of it, in the account's zone, lies in the run.</summary>
    public static LaunchCost Of(LaunchBrief brief, DateTimeOffset now)
    {
        var days = brief.End is { } end ? DaysBetween(brief.Start ?? now, end, LocalTimes.ZoneOf(brief.Account.TimeZone)) : (int?)null;
        if (brief.BudgetType == BudgetType.Lifetime) return new(null, brief.Budget, days);
        return new(brief.Budget, days is { } count ? new Money(checked(brief.Budget.Micros * count), brief.Budget.Currency) : null, days);
    }

    private static int DaysBetween(DateTimeOffset start, DateTimeOffset end, TimeZoneInfo zone)
    {
        var (first, last) = (TimeZoneInfo.ConvertTime(start, zone), TimeZoneInfo.ConvertTime(end.AddTicks(-1), zone));
        return DateOnly.FromDateTime(last.DateTime).DayNumber - DateOnly.FromDateTime(first.DateTime).DayNumber + 1;
    }
}

/// <summary>Plans a launch without sending anything: what each platform will receive, what is converted or left out, what it may cost, and what stands in the way.</summary>
public sealed class ReviewCampaign(Studio studio, PlatformSet platforms, IMediaStore media, TimeProvider time)
{
    public async Task<Result<CampaignReview>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var campaign = await db.FindVisibleCampaignAsync(actor, campaignId, ct);
        if (campaign is null) return new CampaignNotFound();

        var now = time.GetUtcNow();
        var facts = await CampaignFacts.ReadAsync(db, actor, campaign.WorkspaceId, campaign.Spec, now, media.CanCut, ct);
        var reviews = BuildLaunchBriefs.Build(campaign, facts).Select(brief => ReviewOf(brief, now) with { GroupName = brief.GroupName }).ToList();
        return new CampaignReview(reviews, Preflight.Check(campaign.Name, campaign.Spec, facts), Preflight.StartsLater(campaign.Spec, facts));
    }

    private PlatformReview ReviewOf(PlatformBrief brief, DateTimeOffset now)
    {
        if (brief.Brief is null || platforms.Find<IPublishes>(brief.Platform) is not { } publisher)
            return new(brief.Platform, brief.Account?.Name, brief.Share, null, [], [], Words(brief.WhyNot) ?? $"{brief.Platform.Label()} can't be launched on here.");
        var plan = publisher.PlanLaunch(brief.Brief);
        var titles = plan.Steps.ToDictionary(s => s.Key, s => s.Title);
        return new(brief.Platform, brief.Account?.Name, brief.Share, LaunchCost.Of(brief.Brief, now),
            [.. plan.Steps.Where(s => !brief.Brief.StartsPaused || s.Kind != StepKind.Activate).Select(s => new ReviewStep(s.Title, s.Kind, ReviewFields.Of(s.Body, titles)))], plan.Notes, null);
    }

    private static string? Words(Refusal? whyNot) => whyNot is CampaignNotReady notReady ? string.Join(" ", notReady.Problems.Select(p => p.Message).Distinct()) : whyNot?.Message;
}
