using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>Searches TikTok's places, interests and languages. The two last come as whole lists, in which the studio looks.</summary>
internal sealed class TikTokTargetingSearch(TikTokApi api) : ISearchesTargeting
{
    private const int Most = 25;

    public Platform Platform => Platform.TikTok;

    public async Task<Result<IReadOnlyList<TargetingOption>>> SearchAsync(PlatformAccess access, TargetingKind kind, string query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query)) return Result<IReadOnlyList<TargetingOption>>.Of([]);
        var account = TikTokApi.AccountOf(access);
        return kind switch
        {
            // POST tool/targeting/search/: it asks and changes nothing, though it is a POST.
            TargetingKind.Place => Options(await api.PostAsync(access, "tool/targeting/search/", new()
            {
                ["advertiser_id"] = account, ["search_type"] = "FUZZY_SEARCH", ["keywords"] = new JsonArray(query.Trim()), ["objective_type"] = "TRAFFIC", ["promotion_type"] = "WEBSITE", ["placements"] = new JsonArray("PLACEMENT_TIKTOK"),
                ["geo_types"] = new JsonArray("COUNTRY", "PROVINCE", "CITY"),
            }, CallKind.Repeatable, ct), "targeting_tag_list", Place),
            TargetingKind.Interest => Options(await api.GetAsync(access, "tool/interest_category/", new() { ["advertiser_id"] = account, ["version"] = 2, ["placements"] = new JsonArray("PLACEMENT_TIKTOK"), ["language"] = "en" }, ct), "interest_categories",
                row => Named(row, "interest_category_id", "interest_category_name", query)),
            TargetingKind.Language => Options(await api.GetAsync(access, "tool/language/", new() { ["advertiser_id"] = account }, ct), "languages", row => Named(row, "code", "name", query)),
            _ => Result<IReadOnlyList<TargetingOption>>.Of([]),
        };
    }

    private static Result<IReadOnlyList<TargetingOption>> Options(Result<JsonNode> answer, string list, Func<JsonObject, TargetingOption?> option) => answer.TryGet(out var data, out var refusal)
        ? Result<IReadOnlyList<TargetingOption>>.Of([.. (data[list] as JsonArray ?? []).OfType<JsonObject>().Select(option).OfType<TargetingOption>().Take(Most)])
        : Result<IReadOnlyList<TargetingOption>>.Refused(refusal);

    private static TargetingOption? Place(JsonObject tag)
    {
        var geo = tag["geo"] as JsonObject;
        PlaceKind? kind = geo?["geo_type"]?.ToString() switch { "COUNTRY" => PlaceKind.Country, "PROVINCE" => PlaceKind.Region, "CITY" => PlaceKind.City, _ => null };
        if (kind is null || geo?["geo_id"]?.ToString() is not { } id || tag["status_info"]?["status"]?.ToString() is "OFFLINE" or "UNAVAILABLE") return null;
        var country = geo["region_code"]?.ToString();
        var within = kind == PlaceKind.Country ? null : geo["description"]?.ToString() is { Length: > 0 } words ? words : Countries.Find(country)?.Name;
        return new(id, tag["name"]?.ToString() ?? id, within is null ? kind.ToString() : $"{kind} in {within}") { PlaceKind = kind, Country = country };
    }

    private static TargetingOption? Named(JsonObject row, string id, string name, string query) =>
        row[id]?.ToString() is { } key && row[name]?.ToString() is { } word && word.Contains(query.Trim(), StringComparison.OrdinalIgnoreCase) ? new(key, word, null) : null;
}
