using System.Globalization;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

/// <summary>What a spec says, part by part, in words for people: for the wizard's summary, a conflict, the history.</summary>
public static class SpecWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    public static string Goal(CampaignSpec spec) => spec.Objective?.Label() ?? "no goal yet";

    public static string Platforms(CampaignSpec spec) => spec.Platforms.Count == 0 ? "no platform yet" : Words.List(spec.Platforms.Select(p => p.Platform.Label()));

    public static string Places(CampaignSpec spec) => spec.Groups.Count > 0 ? Groups(spec) : spec.Audience.Places.Count == 0 ? "no place yet" : Words.List(spec.Audience.Places.Select(p => p.Name));

    /// <summary>"DACH: Germany and Austria; Nordics: Sweden".</summary>
    public static string Groups(CampaignSpec spec) => spec.Groups.Count == 0 ? "none" : string.Join("; ", spec.Groups.Select(g =>
        $"{Called(g)}: {(g.Places.Count == 0 ? "no place yet" : Words.List(g.Places.Select(p => p.Name)))}{(g.ExcludedPlaces.Count == 0 ? "" : $", not in {Words.List(g.ExcludedPlaces.Select(p => p.Name))}")}"));

    /// <summary>"DACH 60 % and Nordics 40 %".</summary>
    public static string GroupShares(CampaignSpec spec) => spec.Groups.Count == 0 ? "none" : Words.List(spec.Groups.Select(g => $"{Called(g)} {Percent(g.Fraction)}"));

    public static string Percent(decimal fraction) => (fraction * 100).ToString("0.##", English) + " %";

    private static string Called(CountryGroup group) => group.Name.Length == 0 ? "a group without a name" : group.Name;

    public static string ExcludedPlaces(CampaignSpec spec) => spec.Audience.ExcludedPlaces.Count == 0 ? "none" : Words.List(spec.Audience.ExcludedPlaces.Select(p => p.Name));

    public static string Traits(CampaignSpec spec) => spec.Audience.Traits.Count == 0
        ? "anybody"
        : string.Join("; ", spec.Audience.Traits.GroupBy(t => t.Kind).Select(g => $"{g.Key.Label()}: {string.Join(", ", g.Select(t => t.Name))}"));

    /// <summary>What a pixel counts for this goal.</summary>
    internal static string Counted(Objective objective) => objective switch { Objective.Sales => "sales", Objective.Leads => "leads", Objective.AppInstalls => "installs", _ => "conversions" };

    public static string Ages(CampaignSpec spec) => $"{spec.Audience.AgeMin} to {spec.Audience.AgeMax}{(spec.Audience.AgeMax >= 65 ? "+" : "")}";

    public static string Genders(CampaignSpec spec) => spec.Audience.Genders.Count == 1 ? spec.Audience.Genders[0].ToString().ToLowerInvariant() : "all genders";

    public static string Interests(CampaignSpec spec) => spec.Audience.Interests.Count == 0 ? "any interests" : Words.List(spec.Audience.Interests.Select(i => i.Name));

    public static string Budget(CampaignSpec spec) => spec.Budget is { AmountMicros: { } micros, Currency: { } currency }
        ? Preflight.Short(new Money(micros, currency)) + (spec.Budget.Type == BudgetType.Daily ? " a day" : " in all")
        : "no budget yet";

    public static string Shares(CampaignSpec spec) => spec.Platforms.Any(p => p.BudgetMicros is not null)
        ? Words.List(spec.Platforms.Where(p => p.BudgetMicros is not null).Select(p => $"{p.Platform.Label()} {(p.BudgetMicros!.Value / (decimal)Money.MicrosPerUnit).ToString("#,0.##", English)}"))
        : "equal shares";

    public static string AfterLaunch(CampaignSpec spec) => spec.StartsPaused ? "stays paused until resumed" : "runs at once";

    /// <summary>"Cost cap of $12 a result", or that each platform decides.</summary>
    public static string Bid(CampaignSpec spec) => spec.Bid switch
    {
        null => "As each platform does it best",
        { Kind: BidKind.LowestCost } => "Lowest cost",
        { Kind: BidKind.TargetRoas, Roas: { } roas } => $"Target ROAS of {roas.ToString("0.##", CultureInfo.InvariantCulture)}",
        { AmountMicros: { } micros } bid when spec.Budget.Currency is { } currency => $"{(bid.Kind == BidKind.CostCap ? "Cost cap" : "Bid cap")} of {Preflight.Short(new Money(micros, currency))}",
        { } bid => Word(bid.Kind),
    };

    public static string Word(BidKind kind) => kind switch { BidKind.LowestCost => "lowest cost", BidKind.CostCap => "cost cap", BidKind.BidCap => "bid cap", _ => "target ROAS" };

    public static string Schedule(CampaignSpec spec)
    {
        var zone = spec.Schedule.TimeZone is { } id ? $" ({id})" : "";
        return (spec.Schedule.Start is { } start ? $"from {When(start)}" : "from launch") + (spec.Schedule.End is { } end ? $" until {When(end)}" : " until paused") + zone;
    }

    public static string SpecialCategories(CampaignSpec spec) => spec.SpecialAdCategories.Count == 0
        ? "none"
        : Words.List(spec.SpecialAdCategories.Select(CategoryLabel)) + (spec.SpecialAdCountries.Count > 0 ? $" in {Words.List(spec.SpecialAdCountries.Select(c => Countries.Find(c)?.Name ?? c))}" : "");

    public static string CategoryLabel(string wire) => Catalogue.All.SelectMany(e => e.Rules?.SpecialAdCategories ?? []).FirstOrDefault(c => c.Wire == wire)?.Label ?? wire;

    public static string Count(int count, string one) => count == 0 ? $"no {one}s" : count == 1 ? $"1 {one}" : $"{count} {one}s";

    public static string When(DateTime local) => local.ToString("d MMM yyyy, HH:mm", English);
}
