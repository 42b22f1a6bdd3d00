using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Searches Meta's places and interests.</summary>
internal sealed class MetaTargetingSearch(MetaApi api) : ISearchesTargeting
{
    public Platform Platform => Platform.Meta;

    public async Task<Result<IReadOnlyList<TargetingOption>>> SearchAsync(PlatformAccess access, TargetingKind kind, string query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query)) return Result<IReadOnlyList<TargetingOption>>.Of([]);
        IEnumerable<(string, string)> what = kind == TargetingKind.Place
            ? [("type", "adgeolocation"), ("location_types", """["country","region","city"]""")]
            : [("type", "adinterest")];
        var answer = await api.GetAsync(access, "search", [.. what, ("q", query.Trim()), ("limit", "25")], ct);
        if (!answer.TryGet(out var body, out var refusal)) return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
        var rows = (body["data"] as JsonArray ?? []).OfType<JsonObject>();
        return Result<IReadOnlyList<TargetingOption>>.Of([.. kind == TargetingKind.Place ? rows.Select(Place).OfType<TargetingOption>() : rows.Select(Interest)]);
    }

    private static TargetingOption? Place(JsonObject row)
    {
        PlaceKind? kind = row["type"]?.ToString() switch { "country" => PlaceKind.Country, "region" => PlaceKind.Region, "city" => PlaceKind.City, _ => null };
        if (kind is null || row["key"]?.ToString() is not { } key) return null;
        var within = string.Join(", ", new[] { kind == PlaceKind.City ? row["region"]?.ToString() : null, kind == PlaceKind.Country ? null : row["country_name"]?.ToString() }.Where(w => !string.IsNullOrEmpty(w)));
        return new(key, row["name"]?.ToString() ?? key, within.Length == 0 ? kind.ToString() : $"{kind} in {within}") { PlaceKind = kind, Country = row["country_code"]?.ToString() ?? (kind == PlaceKind.Country ? key : null) };
    }

    private static TargetingOption Interest(JsonObject row)
    {
        var path = row["path"] is JsonArray steps ? string.Join(" › ", steps.Select(s => s?.ToString())) : row["topic"]?.ToString();
        return new(row["id"]!.ToString(), row["name"]?.ToString() ?? "", path);
    }
}
