using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

public static partial class Preflight
{
    /// <summary>How far shares that were rounded by hand may be from the whole: three times 33 % is 99 %.</summary>
    private const decimal Rounding = 0.01m;

    private static void CheckGroups(CampaignSpec spec, CampaignFacts facts, Findings findings)
    {
        if (spec.Groups.Count == 0) return;
        foreach (var (group, i) in spec.Groups.Select((g, i) => (g, i)))
        {
            if (group.Name.Trim().Length == 0) findings.Blocks(null, $"groups[{i}].name", "Give the country group a name.");
            else if (spec.Groups.Take(i).Any(g => string.Equals(g.Name.Trim(), group.Name.Trim(), StringComparison.OrdinalIgnoreCase)))
                findings.Blocks(null, $"groups[{i}].name", $"There are two country groups called “{group.Name}”. Give one of them another name.");
            if (group.Fraction <= 0) findings.Blocks(null, $"groups[{i}].fraction", $"Give “{group.Name}” a share of the budget, or take it out.");
            if (group.Places.Count == 0) findings.Blocks(null, $"groups[{i}].places", $"Choose at least one place for “{group.Name}”.");
            else CheckPlacesOf(group, i, spec, findings);
        }
        var sum = spec.Groups.Sum(g => g.Fraction);
        if (Math.Abs(sum - 1) > Rounding) findings.Blocks(null, "groups", $"The groups' shares come to {SpecWords.Percent(sum)}. Make them come to 100 %.");
        if (spec.Audience.Places.Count > 0) findings.Warns(null, "audience.places", "Each country group has places of its own, so the places of the whole campaign are not used.");
        CheckOverlaps(spec.Groups, findings);

        var made = facts.Audiences.Values.Where(a => a.Type is not (AudienceType.Saved or AudienceType.Existing)).ToList();
        foreach (var choice in spec.Platforms.Where(p => spec.Groups.Count > 1 && !findings.LeavesOut(p.Platform)))
            if (facts.AccountFor(choice) is { } account && made.Where(a => facts.ExternalIdOf(a.Id, account) is null).Select(a => $"“{a.Name}”").ToList() is { Count: > 0 } missing)
                findings.Warns(choice.Platform, "audienceIds", $"{Words.List(missing)} {(missing.Count == 1 ? "does" : "do")} not stand in {account.Name} yet, so each country group makes a copy of its own there. Place it under Audiences first to have one.");
    }

    private static void CheckPlacesOf(CountryGroup group, int index, CampaignSpec spec, Findings findings)
    {
        foreach (var platform in spec.Platforms.Select(p => p.Platform))
        {
            var unknown = group.Places.Where(p => p.Kind != PlaceKind.Country && !p.Ids.ContainsKey(platform)).Select(p => p.Name).ToList();
            if (unknown.Count == group.Places.Count) findings.Blocks(platform, $"groups[{index}].places", $"{platform.Label()} knows none of the places of “{group.Name}”. Add one that it knows, or its country.");
            else if (unknown.Count > 0) findings.Warns(platform, $"groups[{index}].places", $"{platform.Label()} doesn't know {Words.List(unknown)}, so “{group.Name}” leaves it out there.");
            var open = group.ExcludedPlaces.Where(p => p.Kind != PlaceKind.Country && !p.Ids.ContainsKey(platform)).Select(p => p.Name).ToList();
            if (open.Count > 0) findings.Warns(platform, $"groups[{index}].excludedPlaces", $"{platform.Label()} doesn't know {Words.List(open)}, so the ads of “{group.Name}” can be seen there.");
        }
    }

    /// <summary>Two groups in one place bid against each other.</summary>
    private static void CheckOverlaps(IReadOnlyList<CountryGroup> groups, Findings findings)
    {
        for (var later = 1; later < groups.Count; later++)
            foreach (var earlier in groups.Take(later))
            {
                var both = Covered(earlier, groups[later]).Concat(Covered(groups[later], earlier)).Distinct().ToList();
                if (both.Count > 0) findings.Warns(null, $"groups[{later}].places", $"“{earlier.Name}” and “{groups[later].Name}” both show ads in {Words.List(both)}, so they bid against each other there. Take it out of one of them.");
            }
    }

    /// <summary>Places of the one that the other covers too.</summary>
    private static IEnumerable<string> Covered(CountryGroup one, CountryGroup other) => one.Places
        .Where(p => other.Places.Any(o => o.Country == p.Country && (o.Kind == PlaceKind.Country || (o.Kind == p.Kind && o.Name == p.Name))))
        .Where(p => !other.ExcludedPlaces.Any(e => e.Kind == p.Kind && e.Country == p.Country && e.Name == p.Name))
        .Select(p => p.Name);
}
