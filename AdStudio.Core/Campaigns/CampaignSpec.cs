using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

/// <summary>A campaign as its author writes it. Everything may still be missing: preflight says what a launch needs. Stored as JSON.</summary>
public sealed record CampaignSpec
{
    public Objective? Objective { get; init; }
    public IReadOnlyList<PlatformChoice> Platforms { get; init; } = [];
    public AudienceSpec Audience { get; init; } = new();

    /// <summary>Ad audiences (our ids) added to the targeting.</summary>
    public IReadOnlyList<Guid> AudienceIds { get; init; } = [];
    public IReadOnlyList<Guid> CreativeIds { get; init; } = [];
    public BudgetSpec Budget { get; init; } = new();
    public ScheduleSpec Schedule { get; init; } = new();

    /// <summary>Null leaves it to each platform.</summary>
    public BidSpec? Bid { get; init; }

    /// <summary>With groups, each platform runs a campaign of its own for each of them, with a part of its money; empty runs one for all places.</summary>
    public IReadOnlyList<CountryGroup> Groups { get; init; } = [];

    /// <summary>Meta's names ("HOUSING"); empty is none. With any, the countries they are declared for are needed.</summary>
    public IReadOnlyList<string> SpecialAdCategories { get; init; } = [];
    public IReadOnlyList<string> SpecialAdCountries { get; init; } = [];

    /// <summary>A launch leaves everything paused on the platforms; resuming switches it on.</summary>
    public bool StartsPaused { get; init; }
}

/// <summary>One platform of the campaign, with the account that pays there.</summary>
public sealed record PlatformChoice
{
    public required Platform Platform { get; init; }

    /// <summary>Ours; null takes the workspace's only account there, or leaves it to the author.</summary>
    public Guid? AdAccountId { get; init; }

    /// <summary>The page, identity, board or profile in whose name the ads run; null takes the account's first.</summary>
    public string? PageId { get; init; }

    /// <summary>The pixel, tag or conversion action that counts sales; null takes the account's first.</summary>
    public string? PixelId { get; init; }

    /// <summary>The app that is promoted, where the platform needs one; null takes the account's first.</summary>
    public string? AppId { get; init; }

    /// <summary>Ours: the form that opens from the ad, where the platform has them; null leads to the website.</summary>
    public Guid? LeadFormId { get; init; }

    /// <summary>This platform's own amount in its account's currency, in micros; null takes an equal share of the campaign's budget.</summary>
    public long? BudgetMicros { get; init; }

    /// <summary>What a program set besides; null for a campaign written in the wizard, which keeps what it finds.</summary>
    public PlatformDetails? Details { get; init; }
}

/// <summary>The whole campaign's money: it is shared out over the platforms, never multiplied by them.</summary>
public sealed record BudgetSpec
{
    public BudgetType Type { get; init; }

    /// <summary>A day's or the whole run's amount, in micros of <see cref="Currency"/>.</summary>
    public long? AmountMicros { get; init; }
    public string? Currency { get; init; }
}

/// <summary>Local times in a named zone, so that a shift of the clocks moves nothing.</summary>
public sealed record ScheduleSpec
{
    /// <summary>IANA zone id; null is the ad account's own.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Local; null starts at launch.</summary>
    public DateTime? Start { get; init; }

    /// <summary>Local; null runs until paused.</summary>
    public DateTime? End { get; init; }
}
