using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>Searches the values of LinkedIn's facets. https://learn.microsoft.com/en-us/linkedin/shared/references/v2/ads/adtargetingentities</summary>
internal sealed class LinkedInTargetingSearch(LinkedInApi api) : ISearchesTargeting
{
    public Platform Platform => Platform.LinkedIn;

    public async Task<Result<IReadOnlyList<TargetingOption>>> SearchAsync(PlatformAccess access, TargetingKind kind, string query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query) || LinkedInFromMemory.FacetOf(kind) is not { } facet) return Result<IReadOnlyList<TargetingOption>>.Of([]);
        if (!(await LinkedInPlaces.TypeaheadAsync(api, access, facet, query.Trim(), ct)).TryGet(out var found, out var refusal)) return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
        return Result<IReadOnlyList<TargetingOption>>.Of([.. found.Select(e => kind == TargetingKind.Place ? LinkedInPlaces.Option(e.Urn, e.Name) : new TargetingOption(e.Urn, e.Name, null))]);
    }
}

/// <summary>LinkedIn's places: it numbers them, and names them from the smallest to the largest ("Toronto, Ontario, Canada").</summary>
internal static class LinkedInPlaces
{
    // LinkedIn's numbers for countries never change, and every launch asks for them.
    private static readonly ConcurrentDictionary<string, string> Known = new();

    public static async Task<Result<IReadOnlyList<(string Urn, string Name)>>> TypeaheadAsync(LinkedInApi api, PlatformAccess access, string facet, string query, CancellationToken ct)
    {
        var answer = await api.GetAsync(access, "adTargetingEntities",
            [("q", "typeahead"), ("queryVersion", "QUERY_USES_URNS"), ("facet", Restli.Text(LinkedInTargeting.Facet(facet))), ("query", Restli.Text(query)), ("start", "0"), ("count", "25")], ct);
        return answer.TryGet(out var body, out var refusal)
            ? Result<IReadOnlyList<(string, string)>>.Of([.. LinkedInApi.Elements(body).Select(e => (e["urn"]!.ToString(), e["name"]?.ToString() ?? ""))])
            : Result<IReadOnlyList<(string, string)>>.Refused(refusal);
    }

    /// <summary>LinkedIn's urns of countries, by their codes.</summary>
    public static async Task<Result<IReadOnlyDictionary<string, string>>> OfCountriesAsync(LinkedInApi api, PlatformAccess access, IReadOnlyList<string> codes, CancellationToken ct)
    {
        var found = new Dictionary<string, string>();
        foreach (var code in codes)
        {
            if (Known.TryGetValue(code, out var urn))
            {
                found[code] = urn;
                continue;
            }
            var name = Countries.Find(code)?.Name ?? code;
            if (!(await TypeaheadAsync(api, access, "locations", name, ct)).TryGet(out var places, out var refusal)) return Result<IReadOnlyDictionary<string, string>>.Refused(refusal);
            if (places.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)).Urn is not { } numbered)
                return new PlatformFailure(Platform.LinkedIn, PlatformFailureKind.InvalidRequest, $"LinkedIn has no place called {name}.") { Field = "targetingCriteria" };
            found[code] = Known[code] = numbered;
        }
        return Result<IReadOnlyDictionary<string, string>>.Of(found);
    }

    /// <summary>The names behind urns of places, those that LinkedIn knows.</summary>
    public static async Task<Result<IReadOnlyDictionary<string, string>>> NamesAsync(LinkedInApi api, PlatformAccess access, IEnumerable<string> urns, CancellationToken ct)
    {
        var names = new Dictionary<string, string>();
        foreach (var some in urns.Distinct().Chunk(50))
        {
            var answer = await api.GetAsync(access, "adTargetingEntities", [("q", "urns"), ("queryVersion", "QUERY_USES_URNS"), ("urns", Restli.List(some))], ct);
            if (!answer.TryGet(out var body, out var refusal)) return Result<IReadOnlyDictionary<string, string>>.Refused(refusal);
            foreach (var entity in LinkedInApi.Elements(body)) names[entity["urn"]!.ToString()] = entity["name"]?.ToString() ?? "";
        }
        return Result<IReadOnlyDictionary<string, string>>.Of(names);
    }

    /// <summary>The code of a country's name; null when it is none.</summary>
    public static string? CodeOf(string name) => Countries.All.FirstOrDefault(c => string.Equals(c.Name, name.Trim(), StringComparison.OrdinalIgnoreCase))?.Code;

    public static TargetingOption Option(string urn, string name)
    {
        var parts = name.Split(',', StringSplitOptions.TrimEntries);
        var kind = parts.Length switch { 1 => PlaceKind.Country, 2 => PlaceKind.Region, _ => PlaceKind.City };
        return new(urn, parts[0], kind == PlaceKind.Country ? "Country" : $"{kind} in {string.Join(", ", parts[1..])}") { PlaceKind = kind, Country = CodeOf(parts[^1]) };
    }
}
