using AdStudio.Core.Common;

namespace AdStudio.Core.Platforms;

/// <summary>Reads everything that stands on an account, whoever made it.</summary>
public interface IImportsCampaigns : IPlatformCapability
{
    /// <summary>Every campaign that is not deleted, with all beneath it. Pages; one that changes while it is read may come twice, and the last one counts.</summary>
    IAsyncEnumerable<Result<ImportedCampaign>> ReadAllAsync(PlatformAccess access, CancellationToken ct);
}

/// <param name="OwnStatus">The platform's word.</param>
public sealed record ImportedCampaign(string ExternalId, string Name, PlatformStatus Status, string OwnStatus, IReadOnlyList<ImportedAdSet> AdSets)
{
    /// <summary>Null when the platform's objective is none of ours.</summary>
    public Objective? Objective { get; init; }

    /// <summary>Of the campaign, or of its ad sets together; null when the platform tells none.</summary>
    public Money? Budget { get; init; }
    public BudgetType BudgetType { get; init; }

    /// <summary>Instants (UTC).</summary>
    public DateTimeOffset? Start { get; init; }
    public DateTimeOffset? End { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public AudienceSpec? Audience { get; init; }

    /// <summary>
    /// What <see cref="IPublishes.PlanBudget"/> and its like need beside the campaign's id, by the keys of <see cref="LaunchedObjects.Ids"/>: Meta's one "adset" that holds the budget, Google's "budget".
    /// What is left out can't be changed from here.
    /// </summary>
    public IReadOnlyDictionary<string, string> Ids { get; init; } = new Dictionary<string, string>();
}

public sealed record ImportedAdSet(string ExternalId, string Name, string OwnStatus, IReadOnlyList<ImportedAd> Ads);

/// <param name="Rejection">The platform's words when it rejected the ad.</param>
public sealed record ImportedAd(string ExternalId, string Name, string OwnStatus, string? Rejection, ImportedCreative? Creative);

/// <summary>What an ad shows, as far as the platform tells.</summary>
/// <param name="MediaUrls">Public https addresses of its images or video, in order.</param>
public sealed record ImportedCreative(string ExternalId, string Name, CreativeType Type, string PrimaryText, string Headline, string Description, string CallToAction, string LinkUrl, IReadOnlyList<string> MediaUrls);
