using System.Text.Json.Nodes;
using AdStudio.Core.Common;

namespace AdStudio.Core.Platforms;

public enum RawObjectKind { Campaigns, AdSets, Ads, Creatives }

/// <summary>What stands on an account in the platform's own fields, asked of it now: for what the studio keeps no rows of.</summary>
public interface IReadsRawObjects : IPlatformCapability
{
    /// <summary>What may be asked for; all of it is read when nothing is named.</summary>
    IReadOnlyList<string> FieldsOf(RawObjectKind kind);

    /// <summary>Objects with their ids and those of what they hang on, whatever is asked for. Ids are texts, budgets and bids whole numbers in the platform's unit. Nothing of the platform's own paging stands in them.</summary>
    Task<Result<RawObjects>> ReadRawObjectsAsync(PlatformAccess access, RawObjectQuery query, CancellationToken ct);
}

/// <param name="Fields">Of <see cref="IReadsRawObjects.FieldsOf"/>; none reads all.</param>
public sealed record RawObjectQuery(RawObjectKind Kind, IReadOnlyList<string> Fields)
{
    /// <summary>The platform's ids of the objects themselves; empty does not narrow.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
    public IReadOnlyList<string> CampaignIds { get; init; } = [];
    public IReadOnlyList<string> AdSetIds { get; init; } = [];

    /// <summary>How many at most.</summary>
    public int Limit { get; init; } = 2000;

    /// <summary>Goes on after <see cref="RawObjects.Next"/> of an earlier answer.</summary>
    public string? After { get; init; }
}

/// <param name="Next">Where the rest begins; null when there is none.</param>
public sealed record RawObjects(IReadOnlyList<JsonObject> Objects, string? Next);

/// <summary>Tells what places are called and where they lie, by the ids that the platform has for them.</summary>
public interface IKnowsPlaces : IPlatformCapability
{
    /// <summary>Those that it knows; ids are the platform's.</summary>
    Task<Result<IReadOnlyList<TargetingOption>>> PlacesAsync(PlatformAccess access, IReadOnlyCollection<string> regions, IReadOnlyCollection<string> cities, CancellationToken ct);
}
