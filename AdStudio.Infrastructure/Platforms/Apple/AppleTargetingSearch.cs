using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>Searches Apple's places; it has nothing else to aim by.</summary>
internal sealed class AppleTargetingSearch(AppleApi api) : ISearchesTargeting
{
    private const int Most = 25;

    public Platform Platform => Platform.Apple;

    public async Task<Result<IReadOnlyList<TargetingOption>>> SearchAsync(PlatformAccess access, TargetingKind kind, string query, CancellationToken ct)
    {
        var words = query.Trim();
        if (kind != TargetingKind.Place || words.Length < AppleFromMemory.LeastLetters) return Result<IReadOnlyList<TargetingOption>>.Of([]);
        var answer = await api.GetAsync(access, $"search/geo?query={Uri.EscapeDataString(words)}&limit={Most}&offset=0", null, ct);
        if (!answer.TryGet(out var body, out var refusal)) return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
        return Result<IReadOnlyList<TargetingOption>>.Of([.. (body["data"] as System.Text.Json.Nodes.JsonArray ?? []).OfType<System.Text.Json.Nodes.JsonObject>().Select(Place).OfType<TargetingOption>()]);
    }

    private static TargetingOption? Place(System.Text.Json.Nodes.JsonObject row)
    {
        var country = row["countryOrRegion"]?.ToString();
        PlaceKind? kind = row["entity"]?.ToString() switch { "Country" => PlaceKind.Country, "AdminArea" => PlaceKind.Region, "Locality" => PlaceKind.City, _ => null };
        if (kind is null || row["id"]?.ToString() is not { } id) return null;
        var name = kind switch { PlaceKind.City => row["locality"], PlaceKind.Region => row["adminArea"], _ => null };
        return new(id, name?.ToString() ?? Countries.Find(country)?.Name ?? id, kind == PlaceKind.Country ? "Country" : $"{(kind == PlaceKind.City ? "City" : "Region")}: {row["displayName"]}") { PlaceKind = kind, Country = country };
    }
}
