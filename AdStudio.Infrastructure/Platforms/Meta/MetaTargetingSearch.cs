using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Searches Meta's places, languages, interests and other traits of people.</summary>
internal sealed class MetaTargetingSearch(MetaApi api) : ISearchesTargeting
{
    public Platform Platform => Platform.Meta;

    /// <summary>GET /search (developers.facebook.com, Marketing API, Targeting Search). Without a query nothing is found, but for the kinds that are short enough to be listed whole.</summary>
    public async Task<Result<IReadOnlyList<TargetingOption>>> SearchAsync(PlatformAccess access, TargetingKind kind, string query, CancellationToken ct)
    {
        var text = query.Trim();
        if (MetaTraits.Fixed(kind) is { } all) return Result<IReadOnlyList<TargetingOption>>.Of([.. all.Where(o => Fits(o.Name, text))]);

        var (type, category) = MetaFromMemory.SearchOf(kind) ?? throw new InvalidOperationException($"Meta has no search for {kind}.");
        if (text.Length == 0 && category is null) return Result<IReadOnlyList<TargetingOption>>.Of([]);
        var asked = new List<(string, string)> { ("type", type), ("q", text), ("limit", category is null ? "25" : "500") };
        if (category is not null) asked.Add(("class", category));
        if (kind == TargetingKind.Place) asked.Add(("location_types", """["country","region","city"]"""));
        var answer = await api.GetAsync(access, "search", asked, ct);
        if (!answer.TryGet(out var body, out var refusal)) return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
        var rows = (body["data"] as JsonArray ?? []).OfType<JsonObject>();
        return Result<IReadOnlyList<TargetingOption>>.Of([.. kind switch
        {
            TargetingKind.Place => rows.Select(Place).OfType<TargetingOption>(),
            TargetingKind.Language => rows.Select(r => new TargetingOption(r["key"]!.ToString(), r["name"]?.ToString() ?? "", null)),
            // Meta gives a class whole, whatever was asked.
            _ when category is not null => rows.Select(Trait).Where(o => Fits(o.Name, text)),
            _ => rows.Select(Trait),
        }]);
    }

    private static bool Fits(string name, string text) => text.Length == 0 || name.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static TargetingOption? Place(JsonObject row)
    {
        PlaceKind? kind = row["type"]?.ToString() switch { "country" => PlaceKind.Country, "region" => PlaceKind.Region, "city" => PlaceKind.City, _ => null };
        if (kind is null || row["key"]?.ToString() is not { } key) return null;
        var within = string.Join(", ", new[] { kind == PlaceKind.City ? row["region"]?.ToString() : null, kind == PlaceKind.Country ? null : row["country_name"]?.ToString() }.Where(w => !string.IsNullOrEmpty(w)));
        return new(key, row["name"]?.ToString() ?? key, within.Length == 0 ? kind.ToString() : $"{kind} in {within}") { PlaceKind = kind, Country = row["country_code"]?.ToString() ?? (kind == PlaceKind.Country ? key : null) };
    }

    private static TargetingOption Trait(JsonObject row)
    {
        var path = row["path"] is JsonArray steps ? string.Join(" › ", steps.Select(s => s?.ToString())) : row["topic"]?.ToString() ?? row["subtext"]?.ToString();
        return new(row["id"]!.ToString(), row["name"]?.ToString() ?? "", path);
    }
}
