using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

public enum CampaignSort { Changed, Name, Status, Budget, Number }

/// <summary>What to list. Empty filters do not narrow. Budgets are compared as amounts, whatever the currency.</summary>
public sealed record CampaignFilter
{
    public Guid? WorkspaceId { get; init; }
    public string? Search { get; init; }
    public IReadOnlyCollection<CampaignStatus> Statuses { get; init; } = [];
    public IReadOnlyCollection<Platform> Platforms { get; init; } = [];
    public Objective? Objective { get; init; }
    public Guid? AdAccountId { get; init; }

    /// <summary>The program's own word for the kind of campaign; campaigns without one are of the kind of <see cref="OrObjective"/>.</summary>
    public string? GivenType { get; init; }
    public Objective? OrObjective { get; init; }

    /// <summary>The schedule's days: starts then or later (without a start: was written then or later), ends then or earlier.</summary>
    public DateOnly? StartsFrom { get; init; }
    public DateOnly? EndsBy { get; init; }
    public long? BudgetFromMicros { get; init; }
    public long? BudgetToMicros { get; init; }

    /// <summary>Only what comes after this number, in the order of <see cref="CampaignSort.Number"/>: for reading on where a page ended.</summary>
    public int? AfterNumber { get; init; }
    public CampaignSort Sort { get; init; } = CampaignSort.Changed;
    public bool Descending { get; init; } = true;
    public int Offset { get; init; }
    public int Limit { get; init; } = 25;
}

public sealed record CampaignRow(
    Guid Id, int Number, Guid WorkspaceId, string Name, CampaignStatus Status, Objective? Objective, CampaignSpec Spec, IReadOnlyList<CampaignRowPlatform> Platforms,
    DateTimeOffset? ScheduledFor, string CreatedByName, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? LaunchedAt, long Version)
{
    /// <summary>The request as a program gave it; null for a campaign written in the wizard.</summary>
    public string? Input { get; init; }
    public string? GivenType { get; init; }
    public Money? Budget => Spec.Budget is { AmountMicros: { } micros, Currency: { } currency } ? new Money(micros, currency) : null;
}

/// <param name="Status">Null while the platform is only planned.</param>
public sealed record CampaignRowPlatform(Platform Platform, Guid? AdAccountId, PlatformStatus? Status, string? StatusDetail)
{
    /// <summary>The country group; empty for all places, and for all groups together.</summary>
    public string GroupName { get; init; } = "";

    /// <summary>With country groups: each of them. Then the platform itself says how the one stands that most needs a look, and all their money.</summary>
    public IReadOnlyList<CampaignRowPlatform> Groups { get; init; } = [];
    public PlatformFailureKind? FailureKind { get; init; }
    public string? FailureField { get; init; }

    /// <summary>The campaign's id on the platform, once it exists there.</summary>
    public string? ExternalId { get; init; }
    public Money? Budget { get; init; }
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>What is still being done comes first, then what went wrong, then what runs.</summary>
    private static readonly PlatformStatus[] MostWanted =
    [
        PlatformStatus.Launching, PlatformStatus.Waiting, PlatformStatus.Failed, PlatformStatus.Rejected, PlatformStatus.NotConnected, PlatformStatus.InReview, PlatformStatus.Active, PlatformStatus.Paused,
    ];

    /// <summary>One entry for a platform, out of those of its country groups.</summary>
    public static CampaignRowPlatform Together(IReadOnlyList<CampaignRowPlatform> same)
    {
        var groups = same.Where(p => p.GroupName.Length > 0).ToList();
        if (groups.Count == 0) return same[0];
        var shown = groups.MinBy(p => p.Status is { } status && Array.IndexOf(MostWanted, status) is >= 0 and var rank ? rank : MostWanted.Length)!;
        var money = groups.Select(p => p.Budget).OfType<Money>().ToList();
        return shown with
        {
            GroupName = "", Groups = groups, StatusDetail = shown.StatusDetail is { Length: > 0 } words ? $"{shown.GroupName}: {words}" : null, ReadAt = groups.Min(p => p.ReadAt),
            Budget = money.Count > 0 && money.All(m => m.Currency == money[0].Currency) ? money.Aggregate((a, b) => a + b) : null,
        };
    }
}

/// <summary>Lists the campaigns that the actor sees, a page at a time, in one query.</summary>
public sealed class ListCampaigns(Studio studio)
{
    public const int MaxLimit = 200;

    public async Task<Result<Page<CampaignRow>>> RunAsync(Actor actor, CampaignFilter filter, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var limit = Math.Clamp(filter.Limit, 1, MaxLimit);
        var offset = Math.Max(filter.Offset, 0);
        var matching = Narrow(db.Campaigns.AsNoTracking().Visible(actor), filter);
        var total = await matching.CountAsync(ct);
        if (filter.AfterNumber is { } after) matching = filter.Descending ? matching.Where(c => c.Number < after) : matching.Where(c => c.Number > after);
        var rows = await Sorted(matching, filter).Skip(offset).Take(limit).AsSingleQuery().Select(c => new
        {
            Campaign = c,
            Targets = c.Targets.Select(t => new { t.Platform, t.AdAccountId }).ToList(),
            Launched = c.Platforms.OrderBy(p => p.Id).Select(p => new { p.Platform, p.GroupName, p.AdAccountId, p.Status, p.StatusDetail, p.FailureKind, p.FailureField, p.ExternalId, p.BudgetMicros, p.Currency, p.ReadAt, p.ImportedAt }).ToList(),
        }).ToListAsync(ct);

        return new Page<CampaignRow>(
            [.. rows.Select(r => new CampaignRow(
                r.Campaign.Id, r.Campaign.Number, r.Campaign.WorkspaceId, r.Campaign.Name, r.Campaign.Status, r.Campaign.Objective, r.Campaign.Spec,
                [.. r.Launched.Where(p => r.Campaign.Spec.Counts(p.GroupName, p.ExternalId)).GroupBy(p => p.Platform).Select(same => CampaignRowPlatform.Together([.. same.Select(p => new CampaignRowPlatform(p.Platform, p.AdAccountId, p.Status, p.StatusDetail)
                    {
                        GroupName = p.GroupName, FailureKind = p.FailureKind, FailureField = p.FailureField, ExternalId = p.ExternalId, ReadAt = p.ReadAt, Budget = p.Currency == "" || (p.ImportedAt is not null && p.BudgetMicros == 0) ? null : new Money(p.BudgetMicros, p.Currency),
                    })]))
                    .Concat(r.Targets.Where(t => !r.Launched.Any(p => p.Platform == t.Platform && r.Campaign.Spec.Counts(p.GroupName, p.ExternalId))).Select(t => new CampaignRowPlatform(t.Platform, t.AdAccountId, null, null)))
                    .OrderBy(p => p.Platform)],
                r.Campaign.ScheduledFor, r.Campaign.CreatedByName, r.Campaign.CreatedAt, r.Campaign.UpdatedAt, r.Campaign.LaunchedAt, r.Campaign.Version) 
                {
                    Input = r.Campaign.Input, GivenType = r.Campaign.GivenType,
                })],
            total, offset, limit);
    }

    private static IQueryable<Campaign> Narrow(IQueryable<Campaign> campaigns, CampaignFilter filter)
    {
        if (filter.WorkspaceId is { } workspace) campaigns = campaigns.Where(c => c.WorkspaceId == workspace);
        if (filter.Objective is { } objective) campaigns = campaigns.Where(c => c.Objective == objective);
        if (filter.Statuses.Count > 0) { var statuses = filter.Statuses.ToList(); campaigns = campaigns.Where(c => statuses.Contains(c.Status)); }
        if (filter.Platforms.Count > 0) { var platforms = filter.Platforms.ToList(); campaigns = campaigns.Where(c => c.Targets.Any(t => platforms.Contains(t.Platform))); }
        if (filter.AdAccountId is { } account) campaigns = campaigns.Where(c => c.Targets.Any(t => t.AdAccountId == account) || c.Platforms.Any(p => p.AdAccountId == account));
        if (filter.GivenType is { } type) campaigns = campaigns.Where(c => c.GivenType == type || c.GivenType == "increase_" + type || (c.GivenType == null && filter.OrObjective != null && c.Objective == filter.OrObjective));
        if (filter.StartsFrom is { } from)
        {
            var since = new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            campaigns = campaigns.Where(c => c.StartsOn >= from || (c.StartsOn == null && c.CreatedAt >= since));
        }
        if (filter.EndsBy is { } by) campaigns = campaigns.Where(c => c.EndsOn <= by);
        if (filter.BudgetFromMicros is { } least) campaigns = campaigns.Where(c => c.BudgetMicros >= least);
        if (filter.BudgetToMicros is { } most) campaigns = campaigns.Where(c => c.BudgetMicros <= most);
        var words = SearchWords.Of(filter.Search);
        foreach (var word in words)
        {
            var pattern = SearchWords.Pattern(word);
            campaigns = int.TryParse(word.TrimStart('#'), out var number)
                ? campaigns.Where(c => c.Number == number || EF.Functions.Like(c.Name, pattern, "\\"))
                : campaigns.Where(c => EF.Functions.Like(c.Name, pattern, "\\"));
        }
        return campaigns;
    }

    private static IOrderedQueryable<Campaign> Sorted(IQueryable<Campaign> campaigns, CampaignFilter filter)
    {
        var sorted = (filter.Sort, filter.Descending) switch
        {
            (CampaignSort.Name, false) => campaigns.OrderBy(c => c.Name),
            (CampaignSort.Name, true) => campaigns.OrderByDescending(c => c.Name),
            (CampaignSort.Status, false) => campaigns.OrderBy(c => c.Status),
            (CampaignSort.Status, true) => campaigns.OrderByDescending(c => c.Status),
            (CampaignSort.Budget, false) => campaigns.OrderBy(c => c.BudgetMicros),
            (CampaignSort.Budget, true) => campaigns.OrderByDescending(c => c.BudgetMicros),
            (CampaignSort.Number, false) => campaigns.OrderBy(c => c.Number),
            (CampaignSort.Number, true) => campaigns.OrderByDescending(c => c.Number),
            (_, false) => campaigns.OrderBy(c => c.UpdatedAt),
            _ => campaigns.OrderByDescending(c => c.UpdatedAt),
        };
        return sorted.ThenByDescending(c => c.Number);
    }
}
