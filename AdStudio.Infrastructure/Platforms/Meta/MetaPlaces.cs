using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Names of regions and cities by their keys (GET /search of the type adgeolocationmeta, from memory).</summary>
internal sealed class MetaPlaces(MetaApi api) : IKnowsPlaces
{
    public Platform Platform => Platform.Meta;

    public async Task<Result<IReadOnlyList<TargetingOption>>> PlacesAsync(PlatformAccess access, IReadOnlyCollection<string> regions, IReadOnlyCollection<string> cities, CancellationToken ct)
    {
        var query = new List<(string, string)> { ("type", "adgeolocationmeta") };
        foreach (var (name, keys) in new[] { ("regions", regions), ("cities", cities) })
            if (keys.Count > 0) query.Add((name, new JsonArray([.. keys.Distinct().Select(k => (JsonNode)k)]).ToJsonString()));
        if (query.Count == 1) return Result<IReadOnlyList<TargetingOption>>.Of([]);

        if (!(await api.GetAsync(access, "search", query, ct)).TryGet(out var body, out var refusal)) return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
        return Result<IReadOnlyList<TargetingOption>>.Of([.. Told(body, "regions", PlaceKind.Region), .. Told(body, "cities", PlaceKind.City)]);
    }

    private static IEnumerable<TargetingOption> Told(JsonNode body, string name, PlaceKind kind) =>
        from place in body["data"]?[name] as JsonObject ?? []
        where place.Value is JsonObject
        select new TargetingOption(place.Key, place.Value!["name"]?.ToString() ?? place.Key, place.Value["country_name"]?.ToString()) { PlaceKind = kind, Country = place.Value["country_code"]?.ToString() };
}
