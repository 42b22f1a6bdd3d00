using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>Searches Google's places, its languages, and its affinity and in-market interests.</summary>
internal sealed class GoogleTargetingSearch(GoogleApi api) : ISearchesTargeting
{
    private static readonly HashSet<string> Regions = ["State", "Region", "Province", "Canton", "Prefecture", "County", "Department", "Territory", "Autonomous Community", "Union Territory", "Governorate", "Metro"];

    public Platform Platform => Platform.Google;

    public Task<Result<IReadOnlyList<TargetingOption>>> SearchAsync(PlatformAccess access, TargetingKind kind, string query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query)) return Task.FromResult(Result<IReadOnlyList<TargetingOption>>.Of([]));
        return kind switch
        {
            TargetingKind.Place => PlacesAsync(access, query.Trim(), ct),
            TargetingKind.Interest => InterestsAsync(access, query.Trim(), ct),
            TargetingKind.Language => LanguagesAsync(access, query.Trim(), ct),
            _ => Task.FromResult(Result<IReadOnlyList<TargetingOption>>.Of([])),
        };
    }

    /// <summary>language_constant of GAQL: all languages that ads can be narrowed by.</summary>
    private async Task<Result<IReadOnlyList<TargetingOption>>> LanguagesAsync(PlatformAccess access, string query, CancellationToken ct)
    {
        var gaql = "SELECT language_constant.id, language_constant.name, language_constant.code FROM language_constant "
            + $"WHERE language_constant.name LIKE '%{GoogleApi.Like(query)}%' AND language_constant.targetable = TRUE LIMIT 25";
        var rows = await api.SearchAsync(access, GoogleApi.Customer(access), gaql, ct);
        if (!rows.TryGet(out var found, out var refusal)) return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
        return Result<IReadOnlyList<TargetingOption>>.Of([.. found.Select(r => r["languageConstant"]).OfType<JsonObject>().Select(l => new TargetingOption(l["id"]!.ToString(), l["name"]?.ToString() ?? "", l["code"]?.ToString()))]);
    }

    private async Task<Result<IReadOnlyList<TargetingOption>>> PlacesAsync(PlatformAccess access, string query, CancellationToken ct)
    {
        var body = new JsonObject { ["locale"] = "en", ["locationNames"] = new JsonObject { ["names"] = new JsonArray(query) } };
        var answer = await api.PostAsync(access, "geoTargetConstants:suggest", body, CallKind.Read, ct);
        if (!answer.TryGet(out var got, out var refusal)) return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
        return Result<IReadOnlyList<TargetingOption>>.Of([.. (got["geoTargetConstantSuggestions"] as JsonArray ?? []).Select(s => s?["geoTargetConstant"]).OfType<JsonObject>().Select(Place).OfType<TargetingOption>().Take(25)]);
    }

    /// <summary>Google's type of a place ("State"); null for those that the studio has no word for.</summary>
    public static PlaceKind? KindOf(string? type) => type switch { "Country" => PlaceKind.Country, "City" or "Municipality" => PlaceKind.City, not null when Regions.Contains(type) => PlaceKind.Region, _ => null };

    private static TargetingOption? Place(JsonObject constant)
    {
        var type = constant["targetType"]?.ToString() ?? "";
        var kind = KindOf(type);
        if (kind is null || constant["status"]?.ToString() == "REMOVAL_PLANNED") return null;
        return new(GoogleApi.IdOf(constant["resourceName"]!.ToString()), constant["name"]?.ToString() ?? "", $"{type}: {constant["canonicalName"]?.ToString().Replace(",", ", ", StringComparison.Ordinal)}")
        {
            PlaceKind = kind, Country = constant["countryCode"]?.ToString(),
        };
    }

    private async Task<Result<IReadOnlyList<TargetingOption>>> InterestsAsync(PlatformAccess access, string query, CancellationToken ct)
    {
        var gaql = "SELECT user_interest.user_interest_id, user_interest.name, user_interest.taxonomy_type FROM user_interest "
            + $"WHERE user_interest.name LIKE '%{GoogleApi.Like(query)}%' AND user_interest.taxonomy_type IN ('AFFINITY', 'IN_MARKET') LIMIT 25";
        var rows = await api.SearchAsync(access, GoogleApi.Customer(access), gaql, ct);
        if (!rows.TryGet(out var found, out var refusal)) return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
        return Result<IReadOnlyList<TargetingOption>>.Of([.. found.Select(r => r["userInterest"]).OfType<JsonObject>().Select(i =>
            new TargetingOption(i["userInterestId"]!.ToString(), i["name"]?.ToString() ?? "", i["taxonomyType"]?.ToString() == "IN_MARKET" ? "About to buy" : "Lasting interest"))]);
    }
}
