namespace AdStudio.Sandbox.Delivery;

/// <summary>One cell of a breakdown: its values in the order of the dimensions, and where its share of the whole ends.</summary>
public readonly record struct Cell(string[] Values, double UpTo);

/// <summary>Divides an ad's day by who saw it and where, so that the cells add up to the day exactly.</summary>
public static class Breakdown
{
    private static readonly (string Name, int From, int To, double Share)[] Ages =
        [("18-24", 18, 24, 0.16), ("25-34", 25, 34, 0.29), ("35-44", 35, 44, 0.24), ("45-54", 45, 54, 0.15), ("55-64", 55, 64, 0.10), ("65+", 65, 120, 0.06)];

    /// <summary>The cells of one ad over the given dimensions; an unknown dimension gives null.</summary>
    public static List<Cell>? Cells(AdProfile profile, IReadOnlyList<string> dimensions)
    {
        var cells = new List<(string[] Values, double Weight)> { ([], 1) };
        foreach (var dimension in dimensions)
        {
            var values = Values(profile.Audience, dimension);
            if (values is null) return null;
            var seed = profile.Seed ^ Noise.Seed(dimension);
            cells = [.. cells.SelectMany(c => values.Select(v => (
                Values: (string[])[.. c.Values, v.Name],
                Weight: c.Weight * v.Share * Noise.Between(seed ^ Noise.Seed(v.Name), 40, 0.75, 1.25))))];
        }
        var total = cells.Sum(c => c.Weight);
        var result = new List<Cell>(cells.Count);
        var sum = 0.0;
        foreach (var (values, weight) in cells)
        {
            sum += weight;
            result.Add(new Cell(values, result.Count == cells.Count - 1 ? 1 : sum / total));
        }
        return result;
    }

    /// <summary>The part of a whole that falls to one cell; the parts of all cells sum to the whole.</summary>
    public static long Part(long whole, IReadOnlyList<Cell> cells, int index)
    {
        var below = index == 0 ? 0 : (long)(whole * cells[index - 1].UpTo);
        var upTo = index == cells.Count - 1 ? whole : (long)(whole * cells[index].UpTo);
        return upTo - below;
    }

    private static List<(string Name, double Share)>? Values(Audience audience, string dimension)
    {
        List<(string, double)> found = dimension switch
        {
            "age" => [.. Ages.Where(a => a.To >= audience.AgeMin && (a.From <= audience.AgeMax || audience.AgeMax >= 65)).Select(a => (a.Name, a.Share))],
            "gender" => [.. new[] { ("female", 0.53, audience.Women), ("male", 0.46, audience.Men), ("unknown", 0.01, audience is { Women: true, Men: true }) }.Where(g => g.Item3).Select(g => (g.Item1, g.Item2))],
            "country" => [.. audience.Countries.Select(c => (c, 1.0))],
            "publisher_platform" => [.. new[] { ("facebook", 0.52), ("instagram", 0.38), ("audience_network", 0.07), ("messenger", 0.03) }.Where(p => audience.Publishers.Count == 0 || audience.Publishers.Contains(p.Item1))],
            "impression_device" => [("iphone", 0.44), ("android_smartphone", 0.36), ("desktop", 0.12), ("ipad", 0.05), ("android_tablet", 0.03)],
            "apple_device" => [("IPHONE", 0.87), ("IPAD", 0.13)],
            "device_platform" => [("mobile_app", 0.82), ("mobile_web", 0.06), ("desktop", 0.12)],
            "platform_position" => [("feed", 0.55), ("instagram_stories", 0.18), ("instagram_reels", 0.15), ("facebook_reels", 0.07), ("marketplace", 0.05)],
            "device" => [("MOBILE", 0.66), ("DESKTOP", 0.27), ("TABLET", 0.06), ("CONNECTED_TV", 0.01)],
            "search_network" => [("SEARCH", 0.91), ("SEARCH_PARTNERS", 0.09)],
            "display_network" => [("CONTENT", 1.0)],
            "mixed_network" => [("MIXED", 1.0)],
            "google_age" => [.. Ages.Where(a => a.To >= audience.AgeMin && (a.From <= audience.AgeMax || audience.AgeMax >= 65)).Select(a => ("AGE_RANGE_" + a.Name.Replace('-', '_').Replace("65+", "65_UP", StringComparison.Ordinal), a.Share))],
            "google_gender" => [.. new[] { ("FEMALE", 0.48, audience.Women), ("MALE", 0.45, audience.Men), ("UNDETERMINED", 0.07, true) }.Where(g => g.Item3).Select(g => (g.Item1, g.Item2))],
            _ => [],
        };
        return found.Count == 0 ? null : found;
    }
}
