namespace AdStudio.Core.Platforms;

// The words that the port and the features above it share.

/// <summary>What a campaign is for; each platform translates.</summary>
public enum Objective { Awareness, Traffic, Engagement, Leads, AppInstalls, Sales }

public enum Gender { Women, Men }

/// <summary>Whom the ads are for. Empty lists do not narrow.</summary>
public sealed record AudienceSpec
{
    public IReadOnlyList<TargetPlace> Places { get; init; } = [];
    public int AgeMin { get; init; } = 18;

    /// <summary>65 means 65 and older.</summary>
    public int AgeMax { get; init; } = 65;
    public IReadOnlyList<Gender> Genders { get; init; } = [];
    public IReadOnlyList<TargetInterest> Interests { get; init; } = [];

    /// <summary>Places within the others where nobody is to see the ads.</summary>
    public IReadOnlyList<TargetPlace> ExcludedPlaces { get; init; } = [];

    /// <summary>Languages, behaviours, schools, employers …: what else narrows. Of one kind any will do; every kind must be met.</summary>
    public IReadOnlyList<TargetTrait> Traits { get; init; } = [];
}

/// <summary>Something that people are, do or speak, with the id that each platform's targeting search gave for it; a platform without one leaves it out.</summary>
public sealed record TargetTrait
{
    public required TargetingKind Kind { get; init; }
    public required string Name { get; init; }
    public IReadOnlyDictionary<Platform, string> Ids { get; init; } = new Dictionary<Platform, string>();
}

/// <summary>By what numbers can be divided; a platform has those of its catalogue entry.</summary>
public enum BreakdownKind { Country, Age, Gender, PublisherPlatform, Device }

/// <summary>Where an ad is seen, as a preview draws it.</summary>
public enum AdPlacement { Feed, Story, Reel, Search, Pin, Snap, Display, AppStore }

public enum PlaceKind { Country, Region, City }

/// <summary>A place. A country needs its ISO code alone; regions and cities carry the id each platform gave.</summary>
public sealed record TargetPlace
{
    public required PlaceKind Kind { get; init; }
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }
    public IReadOnlyDictionary<Platform, string> Ids { get; init; } = new Dictionary<Platform, string>();
}

/// <summary>An interest with the id that each platform's targeting search gave for it; a platform without one leaves it out.</summary>
public sealed record TargetInterest
{
    public required string Name { get; init; }
    public IReadOnlyDictionary<Platform, string> Ids { get; init; } = new Dictionary<Platform, string>();
}

public enum BudgetType { Daily, Lifetime }

/// <summary>
/// Lowest cost: as many results as the money brings. Cost cap: about so much a result on average. Bid cap: no single bid above so much. Target ROAS: so much value for each unit spent.
/// </summary>
public enum BidKind { LowestCost, CostCap, BidCap, TargetRoas }

/// <summary>How to bid; without one each platform does what is best there.</summary>
public sealed record BidSpec(BidKind Kind)
{
    /// <summary>Of a cap, in micros of the campaign's currency.</summary>
    public long? AmountMicros { get; init; }

    /// <summary>Of a target ROAS: 2.5 is two and a half units of value for each one spent.</summary>
    public decimal? Roas { get; init; }
}

/// <summary>ExistingPost: no file of ours, but what was posted on the platform before.</summary>
public enum CreativeType { Image, Video, Carousel, ExistingPost }

public enum MediaKind { Image, Video }

/// <summary>Existing: stood on an ad account before and was taken over; it can be used there and nowhere else.</summary>
public enum AudienceType { CustomerMatch, Retargeting, Lookalike, Saved, Existing }

public enum AdAccountStatus { Active, InGracePeriod, PendingReview, Unsettled, Disabled, Closed, Unknown }

/// <summary>What has become of a campaign on one platform.</summary>
public enum PlatformStatus { NotConnected, Waiting, Launching, InReview, Active, Paused, Completed, Failed, Rejected, RolledBack, Deleted }

public enum MetricLevel { Campaign, AdSet, Ad }
