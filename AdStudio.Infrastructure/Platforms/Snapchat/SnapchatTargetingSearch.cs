using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>
/// Looks through Snapchat's lists of places, interests and languages: it gives them whole and searches none itself, so they are kept for a while. Regions are listed by country:
/// "Germany" finds the country and its regions, "Bavaria, Germany" the one. https://developers.snap.com/api/marketing-api/Ads-API/targeting
/// </summary>
internal sealed class SnapchatTargetingSearch(SnapchatApi api, TimeProvider time) : ISearchesTargeting
{
    private const int MostHits = 25;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyList<JsonObject> Entries)> lists = new();

    public Platform Platform => Platform.Snapchat;

    public async Task<Result<IReadOnlyList<TargetingOption>>> SearchAsync(PlatformAccess access, TargetingKind kind, string query, CancellationToken ct)
    {
        var words = query.Trim();
        if (words.Length == 0) return Result<IReadOnlyList<TargetingOption>>.Of([]);
        return kind switch
        {
            TargetingKind.Place => await PlacesAsync(access, words, ct),
            TargetingKind.Interest => await NamedAsync(access, SnapchatFromMemory.Interests, "scls", words, ct),
            TargetingKind.Language => await NamedAsync(access, "targeting/demographics/languages", "languages", words, ct),
            _ => Result<IReadOnlyList<TargetingOption>>.Of([]),
        };
    }

    private async Task<Result<IReadOnlyList<TargetingOption>>> NamedAsync(PlatformAccess access, string path, string singular, string words, CancellationToken ct)
    {
        if (!(await ListAsync(access, path, singular, ct)).TryGet(out var entries, out var refusal)) return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
        return Result<IReadOnlyList<TargetingOption>>.Of([.. entries.Where(e => Fits(e["name"], words) || Fits(e["path"], words)).Take(MostHits)
            .Select(e => new TargetingOption(e["id"]!.ToString(), e["name"]?.ToString() ?? e["id"]!.ToString(), e["path"]?.ToString().Replace("/", " › ", StringComparison.Ordinal)))]);
    }

    private async Task<Result<IReadOnlyList<TargetingOption>>> PlacesAsync(PlatformAccess access, string words, CancellationToken ct)
    {
        if (!(await ListAsync(access, "targeting/geo/country", "country", ct)).TryGet(out var list, out var refusal)) return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
        var countries = list.Select(e => e["country"] as JsonObject ?? e).Select(c => (Code: (c["code2"] ?? c["code"])!.ToString().ToUpperInvariant(), Name: c["name"]?.ToString() ?? "")).ToList();
        var comma = words.LastIndexOf(',');
        var (place, within) = comma < 0 ? ("", words) : (words[..comma].Trim(), words[(comma + 1)..].Trim());
        var hits = countries.Where(c => c.Name.Contains(within, StringComparison.OrdinalIgnoreCase) || c.Code.Equals(within, StringComparison.OrdinalIgnoreCase)).Take(MostHits).ToList();

        var options = new List<TargetingOption>();
        if (place.Length == 0) options.AddRange(hits.Select(c => new TargetingOption(c.Code, Countries.Find(c.Code)?.Name ?? c.Name, "Country") { PlaceKind = PlaceKind.Country, Country = c.Code }));
        if (hits.Count > 2) return options;
        foreach (var (code, name) in hits)
        {
            var regions = await ListAsync(access, $"targeting/geo/{code.ToLowerInvariant()}/region", "region", ct);
            if (!regions.TryGet(out var found, out refusal))
            {
                // Some countries have no regions to choose.
                if (refusal is PlatformFailure { Kind: PlatformFailureKind.NotFound or PlatformFailureKind.InvalidRequest }) continue;
                return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
            }
            options.AddRange(found.Select(e => e["region"] as JsonObject ?? e).Where(r => place.Length == 0 || Fits(r["name"], place)).Select(r =>
                new TargetingOption(r["id"]!.ToString(), r["name"]?.ToString() ?? "", $"Region in {Countries.Find(code)?.Name ?? name}") { PlaceKind = PlaceKind.Region, Country = code }));
        }
        return Result<IReadOnlyList<TargetingOption>>.Of([.. options.Take(MostHits)]);
    }

    private async Task<Result<IReadOnlyList<JsonObject>>> ListAsync(PlatformAccess access, string path, string singular, CancellationToken ct)
    {
        if (lists.TryGetValue(path, out var kept) && kept.At + Kept > time.GetUtcNow()) return Result<IReadOnlyList<JsonObject>>.Of(kept.Entries);
        var list = await api.ListAsync(access, path, new("targeting_dimensions", singular), ct);
        if (list.TryGet(out var entries, out _)) lists[path] = (time.GetUtcNow(), entries);
        return list;
    }

    private static bool Fits(JsonNode? name, string words) => name?.ToString().Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
