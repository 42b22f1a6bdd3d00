using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

/// <summary>Countries, or parts of them, with a share of the money of their own. Its places take the place of the audience's; who is meant there is said once for all groups.</summary>
public sealed record CountryGroup
{
    /// <summary>Unique in the campaign; stands in the names of the group's objects, and says which campaign on the platform is the group's.</summary>
    public required string Name { get; init; }

    /// <summary>Its part of each platform's money: 0.6 is 60 %. Those of all groups come to 1.</summary>
    public decimal Fraction { get; init; }
    public IReadOnlyList<TargetPlace> Places { get; init; } = [];

    /// <summary>Places within the others where nobody is to see the group's ads.</summary>
    public IReadOnlyList<TargetPlace> ExcludedPlaces { get; init; } = [];

    /// <summary>Codes of the countries that are in it whole.</summary>
    public IReadOnlyList<string> WholeCountries() => [.. Places.Where(p => p.Kind == PlaceKind.Country).Select(p => p.Country).Distinct()];

    /// <summary>Codes of all countries of which it has no place. Follows from its places, so it is not sent to platforms.</summary>
    public IReadOnlyList<string> OtherCountries()
    {
        var here = Places.Select(p => p.Country).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Countries.All.Select(c => c.Code).Where(c => !here.Contains(c)).Order(StringComparer.Ordinal)];
    }
}

/// <summary>Groups and what follows from them, the same for a campaign with groups and one without.</summary>
public static class CountryGroups
{
    /// <summary>The groups, or one null for a campaign without: as many campaigns run on each platform.</summary>
    internal static IReadOnlyList<CountryGroup?> GroupsOrWhole(this CampaignSpec spec) => spec.Groups.Count == 0 ? [null] : [.. spec.Groups];

    /// <summary>False for what is left of an earlier launch with other groups, of which nothing stands any more.</summary>
    public static bool Counts(this CampaignSpec spec, string groupName, string? externalId) =>
        externalId is not null || (spec.Groups.Count == 0 ? groupName.Length == 0 : spec.Groups.Any(g => g.Name == groupName));

    /// <summary>The shared audience in the group's places.</summary>
    internal static AudienceSpec In(this AudienceSpec audience, CountryGroup? group) => group is null ? audience : audience with
    {
        Places = group.Places,
        ExcludedPlaces = [.. group.ExcludedPlaces.Concat(audience.ExcludedPlaces.Where(e => group.Places.Any(p => p.Country == e.Country))).DistinctBy(p => (p.Kind, p.Country, p.Name))],
    };

    /// <summary>All places where its ads show, whatever group they are of.</summary>
    public static IEnumerable<TargetPlace> PlacesOf(CampaignSpec spec) => spec.Groups.Count == 0 ? spec.Audience.Places : spec.Groups.SelectMany(g => g.Places).DistinctBy(p => (p.Kind, p.Country, p.Name));

    /// <summary>"Spring shoes / Northern Europe", as it is called on the platform.</summary>
    internal static string NameOn(string campaign, CountryGroup? group) => group is null ? campaign : $"{campaign} / {group.Name}";

    /// <summary>"Meta", or "Meta (Northern Europe)".</summary>
    public static string Label(Platform platform, string? group) => string.IsNullOrEmpty(group) ? platform.Label() : $"{platform.Label()} ({group})";
}
