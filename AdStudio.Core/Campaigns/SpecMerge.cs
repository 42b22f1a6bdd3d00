using System.Text.Json;
using AdStudio.Core.Data;

namespace AdStudio.Core.Campaigns;

/// <summary>One part of a campaign that differs between two versions.</summary>
/// <param name="Part">Names the part for <see cref="SpecMerge.Take"/>.</param>
/// <param name="TheyChanged">Compared with what both began from.</param>
public sealed record SpecDifference(string Part, string Title, string Theirs, string Yours, bool TheyChanged, bool YouChanged)
{
    /// <summary>Both changed it: only a person can say which one is meant.</summary>
    public bool NeedsChoice => TheyChanged && YouChanged;
}

/// <summary>Compares versions of a campaign part by part, and puts one together from two.</summary>
public static class SpecMerge
{
    private sealed record Part(string Key, string Title, Func<string, CampaignSpec, object?> Read, Func<string, CampaignSpec, string> Show, Func<CampaignSpec, CampaignSpec, CampaignSpec> Put);

    private static readonly Part[] Parts =
    [
        new("name", "Name", (name, _) => name, (name, _) => name, (into, _) => into),
        new("objective", "Goal", (_, s) => s.Objective, (_, s) => SpecWords.Goal(s), (into, from) => into with { Objective = from.Objective }),
        new("special", "Special categories", (_, s) => new { s.SpecialAdCategories, s.SpecialAdCountries }, (_, s) => SpecWords.SpecialCategories(s),
            (into, from) => into with { SpecialAdCategories = from.SpecialAdCategories, SpecialAdCountries = from.SpecialAdCountries }),
        new("platforms", "Platforms and accounts", (_, s) => s.Platforms.Select(p => p with { BudgetMicros = null }), (_, s) => SpecWords.Platforms(s), (into, from) => into with
        {
            Platforms = [.. from.Platforms.Select(p => p with { BudgetMicros = into.Platforms.FirstOrDefault(o => o.Platform == p.Platform)?.BudgetMicros })],
        }),
        new("places", "Places", (_, s) => s.Audience.Places, (_, s) => SpecWords.Places(s with { Groups = [] }), (into, from) => into with { Audience = into.Audience with { Places = from.Audience.Places } }),
        new("excluded", "Excluded places", (_, s) => s.Audience.ExcludedPlaces, (_, s) => SpecWords.ExcludedPlaces(s),
            (into, from) => into with { Audience = into.Audience with { ExcludedPlaces = from.Audience.ExcludedPlaces } }),
        new("groups", "Country groups", (_, s) => s.Groups.Select(g => g with { Fraction = 0 }), (_, s) => SpecWords.Groups(s), (into, from) => into with
        {
            Groups = [.. from.Groups.Select(g => into.Groups.FirstOrDefault(o => o.Name == g.Name) is { } same ? g with { Fraction = same.Fraction } : g)],
        }),
        new("groupShares", "Groups' shares", (_, s) => s.Groups.Select(g => new { g.Name, g.Fraction }), (_, s) => SpecWords.GroupShares(s), (into, from) => into with
        {
            Groups = [.. into.Groups.Select(g => from.Groups.FirstOrDefault(o => o.Name == g.Name) is { } same ? g with { Fraction = same.Fraction } : g)],
        }),
        new("ages", "Ages", (_, s) => new { s.Audience.AgeMin, s.Audience.AgeMax }, (_, s) => SpecWords.Ages(s),
            (into, from) => into with { Audience = into.Audience with { AgeMin = from.Audience.AgeMin, AgeMax = from.Audience.AgeMax } }),
        new("genders", "Genders", (_, s) => s.Audience.Genders, (_, s) => SpecWords.Genders(s), (into, from) => into with { Audience = into.Audience with { Genders = from.Audience.Genders } }),
        new("interests", "Interests", (_, s) => s.Audience.Interests, (_, s) => SpecWords.Interests(s), (into, from) => into with { Audience = into.Audience with { Interests = from.Audience.Interests } }),
        new("traits", "Narrowed to", (_, s) => s.Audience.Traits, (_, s) => SpecWords.Traits(s), (into, from) => into with { Audience = into.Audience with { Traits = from.Audience.Traits } }),
        new("audiences", "Audiences", (_, s) => s.AudienceIds, (_, s) => SpecWords.Count(s.AudienceIds.Count, "audience"), (into, from) => into with { AudienceIds = from.AudienceIds }),
        new("creatives", "Creatives", (_, s) => s.CreativeIds, (_, s) => SpecWords.Count(s.CreativeIds.Count, "creative"), (into, from) => into with { CreativeIds = from.CreativeIds }),
        new("budget", "Budget", (_, s) => s.Budget, (_, s) => SpecWords.Budget(s), (into, from) => into with { Budget = from.Budget }),
        new("shares", "Platforms' amounts", (_, s) => s.Platforms.Where(p => p.BudgetMicros is not null).Select(p => new { p.Platform, p.BudgetMicros }), (_, s) => SpecWords.Shares(s), (into, from) => into with
        {
            Platforms = [.. into.Platforms.Select(p => p with { BudgetMicros = from.Platforms.FirstOrDefault(o => o.Platform == p.Platform)?.BudgetMicros })],
        }),
        new("paused", "After the launch", (_, s) => s.StartsPaused, (_, s) => SpecWords.AfterLaunch(s), (into, from) => into with { StartsPaused = from.StartsPaused }),
        new("bid", "Bid strategy", (_, s) => s.Bid, (_, s) => SpecWords.Bid(s), (into, from) => into with { Bid = from.Bid }),
        new("schedule", "Schedule", (_, s) => s.Schedule, (_, s) => SpecWords.Schedule(s), (into, from) => into with { Schedule = from.Schedule }),
    ];

    /// <summary>The parts in which two versions differ, with who changed them since what both began from.</summary>
    public static IReadOnlyList<SpecDifference> Compare((string Name, CampaignSpec Spec) began, (string Name, CampaignSpec Spec) theirs, (string Name, CampaignSpec Spec) yours) =>
    [
        .. Parts.Where(p => !Same(p, theirs, yours)).Select(p => new SpecDifference(
            p.Key, p.Title, p.Show(theirs.Name, theirs.Spec), p.Show(yours.Name, yours.Spec), !Same(p, began, theirs), !Same(p, began, yours))),
    ];

    /// <summary>One version with some parts of another.</summary>
    public static (string Name, CampaignSpec Spec) Take((string Name, CampaignSpec Spec) into, (string Name, CampaignSpec Spec) from, IReadOnlySet<string> parts) =>
        (parts.Contains("name") ? from.Name : into.Name,
         Parts.Where(p => parts.Contains(p.Key)).Aggregate(into.Spec, (spec, part) => part.Put(spec, from.Spec)));

    private static bool Same(Part part, (string Name, CampaignSpec Spec) a, (string Name, CampaignSpec Spec) b) =>
        JsonSerializer.Serialize(part.Read(a.Name, a.Spec), StudioJson.Options) == JsonSerializer.Serialize(part.Read(b.Name, b.Spec), StudioJson.Options);
}
