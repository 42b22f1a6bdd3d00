using AdStudio.Core.Common;

namespace AdStudio.Core.Platforms;

/// <summary>What each platform allows, as data. The wizard, the preflight check and the adapters all read it here.</summary>
public static class Catalogue
{
    public static IReadOnlyList<PlatformEntry> All { get; } =
    [
        new(Platform.Meta, "Meta", "M", "platform-meta", MetaCatalogue.Rules),
        new(Platform.Google, "Google", "G", "platform-google", GoogleCatalogue.Rules),
        new(Platform.TikTok, "TikTok", "T", "platform-tiktok", TikTokCatalogue.Rules),
        new(Platform.LinkedIn, "LinkedIn", "in", "platform-linkedin", LinkedInCatalogue.Rules),
        new(Platform.Pinterest, "Pinterest", "P", "platform-pinterest", PinterestCatalogue.Rules),
        new(Platform.Snapchat, "Snapchat", "S", "platform-snapchat", SnapchatCatalogue.Rules),
        new(Platform.Apple, "Apple Ads", "A", "platform-apple", AppleCatalogue.Rules),
    ];

    public static PlatformEntry Of(Platform platform) => All.First(e => e.Platform == platform);

    /// <summary>What the platform allows; asking for a platform that nobody can connect yet is a bug.</summary>
    public static PlatformRules RulesOf(Platform platform) => Of(platform).Rules ?? throw new InvalidOperationException($"{platform} has no rules yet.");
}

/// <param name="Mark">The letter that stands for it beside its colour.</param>
/// <param name="ColorToken">The CSS variable of its colour, without the two dashes.</param>
/// <param name="Rules">Null while it cannot be connected.</param>
public sealed record PlatformEntry(Platform Platform, string Name, string Mark, string ColorToken, PlatformRules? Rules);

public sealed record PlatformRules
{
    public required IReadOnlyList<ObjectiveOffer> Objectives { get; init; }
    public required IReadOnlyList<BudgetType> BudgetTypes { get; init; }
    public required IReadOnlyList<TextRule> Texts { get; init; }
    public required IReadOnlyList<MediaRule> Media { get; init; }
    public required IReadOnlyList<CreativeType> CreativeTypes { get; init; }
    public required IReadOnlyList<CallToAction> CallsToAction { get; init; }
    public required MinimumBudgets MinimumDailyBudgets { get; init; }

    /// <summary>Currencies in which the platform takes whole units only, though they have smaller ones.</summary>
    public IReadOnlySet<string> WholeUnitCurrencies { get; init; } = new HashSet<string>();

    /// <summary>Categories that the law singles out; empty where the platform asks for none.</summary>
    public IReadOnlyList<SpecialAdCategory> SpecialAdCategories { get; init; } = [];
    public required int AgeMin { get; init; }

    /// <summary>Means this age and older.</summary>
    public required int AgeMax { get; init; }

    /// <summary>The only age groups it can tell apart, when it has no free choice of years.</summary>
    public IReadOnlyList<AgeGroup> AgeGroups { get; init; } = [];
    public required IReadOnlyList<Gender> Genders { get; init; }
    public required int MaxNameLength { get; init; }

    /// <summary>What it calls an ad set, in the middle of a sentence.</summary>
    public required string AdSetWord { get; init; }
    public bool NeedsPage { get; init; }

    /// <summary>What it calls the page in whose name ads run, in the middle of a sentence.</summary>
    public string PageWord { get; init; } = "page";

    /// <summary>What it calls the thing that counts conversions, in the middle of a sentence.</summary>
    public string PixelWord { get; init; } = "pixel";

    /// <summary>Whether it wants an image or a video; an app's ads on Apple are made from its product page.</summary>
    public bool NeedsCreative { get; init; } = true;

    /// <summary>Currencies in which its accounts can be; empty is any.</summary>
    public IReadOnlySet<string> Currencies { get; init; } = new HashSet<string>();

    /// <summary>Its own words for how something stands, with what they mean to us.</summary>
    public IReadOnlyList<StatusWord> Statuses { get; init; } = [];

    /// <summary>How it may be told to bid; what is not listed it does not take.</summary>
    public IReadOnlyList<BidOffer> Bids { get; init; } = [];

    /// <summary>What may be changed while a campaign runs; what is not listed cannot be.</summary>
    public IReadOnlyList<EditOffer> Edits { get; init; } = [];

    /// <summary>Audiences that can be made there; a saved one is none of the platform's.</summary>
    public IReadOnlyList<AudienceOffer> Audiences { get; init; } = [];
    /// <summary>Whether phone numbers are hashed in E.164 with their plus sign, or their digits alone.</summary>
    public bool PhonesWithPlus { get; init; }
    public IReadOnlyList<TargetingKind> TargetingKinds { get; init; } = [];
    public IReadOnlyList<BreakdownKind> Breakdowns { get; init; } = [];

    /// <summary>Those of <see cref="Breakdowns"/> whose parts do not make up the whole: the platform leaves out people and places of whom it knows nothing, or groups too small.</summary>
    public IReadOnlyList<BreakdownKind> PartialBreakdowns { get; init; } = [];
    public IReadOnlyList<AdPlacement> Placements { get; init; } = [];

    /// <summary>The version of its API that the adapter speaks, and until when it is served.</summary>
    public ApiVersion? Api { get; init; }

    /// <summary>How fresh its numbers are, for people.</summary>
    public required string Freshness { get; init; }

    /// <summary>How often they are worth reading, and how many days back it may still change them.</summary>
    public required TimeSpan ReadEvery { get; init; }
    public required int RereadDays { get; init; }

    public bool IsWhole(BreakdownKind kind) => !PartialBreakdowns.Contains(kind);
    public ObjectiveOffer Offer(Objective objective) => Objectives.First(o => o.Objective == objective);
    public TextRule? Text(TextField field) => Texts.FirstOrDefault(t => t.Field == field);
    public MediaRule? MediaOf(MediaKind kind) => Media.FirstOrDefault(m => m.Kind == kind);
    public CallToAction? CallToActionOf(string name) => CallsToAction.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The smallest amount it takes as the budget of <paramref name="days"/> days.</summary>
    public Money MinimumBudget(string currency, int days = 1) => new(checked(MinimumDailyBudgets.Of(currency).Micros * Math.Max(1, days)), currency);
}

/// <summary>An objective on a platform.</summary>
/// <param name="Wire">The platform's own value.</param>
/// <param name="WhyNot">Null when it is offered; else why not, for people.</param>
public sealed record ObjectiveOffer(Objective Objective, string Wire, string? WhyNot = null)
{
    /// <summary>Cannot be launched without a pixel (Meta).</summary>
    public bool NeedsPixel { get; init; }

    /// <summary>Cannot be launched without an app.</summary>
    public bool NeedsApp { get; init; }

    /// <summary>Cannot be launched without a lead form; otherwise one may be used where <see cref="TakesLeadForm"/>.</summary>
    public bool NeedsLeadForm { get; init; }
    public bool TakesLeadForm { get; init; }
    public bool IsOffered => WhyNot is null;
}

public enum TextField { PrimaryText, Headline, Description, BusinessName }

/// <param name="Objectives">For these alone; empty is all that the platform offers.</param>
public sealed record BidOffer(BidKind Kind, params IReadOnlyList<Objective> Objectives)
{
    public bool IsFor(Objective? objective) => Objectives.Count == 0 || (objective is { } one && Objectives.Contains(one));
}

/// <param name="Wire">The platform's own word ("DISAPPROVED").</param>
/// <param name="Words">What it says to people, in a few words ("Rejected in review").</param>
public sealed record StatusWord(string Wire, PlatformStatus Status, string Words);

/// <summary>What of a running campaign can be changed.</summary>
public enum EditKind { Name, Budget, Dates, Targeting, Creatives, Bid }

/// <param name="Note">What to know before saving, for people: "The end can only be moved, not taken away."; null when there is nothing to say.</param>
public sealed record EditOffer(EditKind Kind, string? Note = null);

/// <param name="WhyNot">Null when it can be made there; else why not, for people.</param>
/// <param name="Words">What happens there, for people: "Gets a custom audience filled with the hashes."</param>
public sealed record AudienceOffer(AudienceType Type, string Words, string? WhyNot = null)
{
    public bool IsOffered => WhyNot is null;
}

/// <param name="Sunset">First day on which the platform no longer serves it; null when no date is published.</param>
/// <param name="Source">Where that is published, or "from memory".</param>
public sealed record ApiVersion(string Version, DateOnly? Sunset, string Source);

/// <param name="Called">As the platform names it to people.</param>
/// <param name="Recommended">Longer ones are cut off in some places where the ad is shown.</param>
/// <param name="Max">Longer ones are refused.</param>
public sealed record TextRule(TextField Field, string Called, int? Recommended, int? Max, bool Required = false);

/// <param name="Name">As ads name it here: Meta's values. <paramref name="Wire"/> is the platform's own.</param>
public sealed record CallToAction(string Name, string Label, string Wire);

/// <param name="Wire">The platform's value, which is also ours.</param>
/// <param name="NarrowsTargeting">Ages, genders and small places may not be chosen with it.</param>
public sealed record SpecialAdCategory(string Wire, string Label, bool NarrowsTargeting);

/// <param name="From">First year of age; <paramref name="To"/> the last, or null for older without end.</param>
public sealed record AgeGroup(string Wire, int From, int? To);

/// <summary>By currency, in its own units; a currency that is not listed takes one unit.</summary>
public sealed class MinimumBudgets(IReadOnlyDictionary<string, decimal> units)
{
    public Money Of(string currency) => Money.FromUnits(units.GetValueOrDefault(currency, 1m), currency);

    /// <summary>So many times as much in every currency that is listed.</summary>
    public MinimumBudgets Times(int factor) => new(units.ToDictionary(u => u.Key, u => u.Value * factor));

    /// <summary>About one US dollar a day everywhere, in round figures.</summary>
    public static MinimumBudgets AboutADollar { get; } = new(new Dictionary<string, decimal>
    {
        ["USD"] = 1, ["EUR"] = 1, ["GBP"] = 1, ["CHF"] = 1, ["CAD"] = 1.5m, ["AUD"] = 1.5m, ["NZD"] = 2, ["SGD"] = 1.5m, ["JPY"] = 150, ["KRW"] = 1400, ["CNY"] = 7, ["HKD"] = 8, ["TWD"] = 32,
        ["INR"] = 85, ["IDR"] = 16_000, ["MYR"] = 4.5m, ["PHP"] = 58, ["THB"] = 35, ["VND"] = 26_000, ["PKR"] = 280, ["BDT"] = 120, ["LKR"] = 300, ["SEK"] = 10, ["NOK"] = 11, ["DKK"] = 7, ["ISK"] = 140,
        ["PLN"] = 4, ["CZK"] = 23, ["HUF"] = 370, ["RON"] = 4.6m, ["BGN"] = 2, ["RSD"] = 108, ["UAH"] = 42, ["RUB"] = 95, ["TRY"] = 40, ["ILS"] = 3.7m, ["AED"] = 3.7m, ["SAR"] = 3.8m, ["QAR"] = 3.7m,
        ["KWD"] = 0.3m, ["BHD"] = 0.4m, ["OMR"] = 0.4m, ["JOD"] = 0.7m, ["TND"] = 3.1m, ["LYD"] = 5, ["IQD"] = 1300, ["EGP"] = 50, ["MAD"] = 10, ["DZD"] = 135, ["ZAR"] = 18, ["NGN"] = 1600, ["KES"] = 130,
        ["GHS"] = 15, ["TZS"] = 2600, ["UGX"] = 3700, ["XAF"] = 600, ["XOF"] = 600, ["BRL"] = 5.5m, ["MXN"] = 19, ["ARS"] = 1100, ["CLP"] = 950, ["COP"] = 4200, ["PEN"] = 3.8m, ["UYU"] = 41, ["PYG"] = 7700,
        ["BOB"] = 7, ["CRC"] = 515, ["GTQ"] = 7.7m, ["HNL"] = 25, ["NIO"] = 37,
    });
}
