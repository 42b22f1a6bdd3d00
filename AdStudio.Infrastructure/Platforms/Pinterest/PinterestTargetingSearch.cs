using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>
/// Searches Pinterest's places, interests and languages. Pinterest gives each list whole (https://developers.pinterest.com/docs/api/v5/targeting_options-get), so it is kept for a day and searched here.
/// </summary>
internal sealed class PinterestTargetingSearch(PinterestApi api, TimeProvider time) : ISearchesTargeting
{
    private const int Most = 25;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, IReadOnlyList<(string Id, string Name)> Options)> lists = new();

    public Platform Platform => Platform.Pinterest;

    public async Task<Result<IReadOnlyList<TargetingOption>>> SearchAsync(PlatformAccess access, TargetingKind kind, string query, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(query)) return Result<IReadOnlyList<TargetingOption>>.Of([]);
        string[] types = kind switch { TargetingKind.Place => ["LOCATION", "GEO"], TargetingKind.Interest => ["INTEREST"], TargetingKind.Language => ["LOCALE"], _ => [] };
        var found = new List<TargetingOption>();
        foreach (var type in types)
        {
            if (!(await OptionsAsync(access, type, ct)).TryGet(out var options, out var refusal)) return Result<IReadOnlyList<TargetingOption>>.Refused(refusal);
            found.AddRange(options.Where(o => o.Name.Contains(query.Trim(), StringComparison.OrdinalIgnoreCase)).Select(o => type switch { "LOCATION" or "GEO" => Place(o.Id, o.Name), _ => new(o.Id, o.Name, null) }));
        }
        // Countries first, then what begins with the words.
        return Result<IReadOnlyList<TargetingOption>>.Of([.. found.OrderBy(o => o.PlaceKind ?? PlaceKind.Country).ThenBy(o => !o.Name.StartsWith(query.Trim(), StringComparison.OrdinalIgnoreCase)).ThenBy(o => o.Name, StringComparer.OrdinalIgnoreCase).Take(Most)]);
    }

    /// <summary>A whole list: ids with their names.</summary>
    public async Task<Result<IReadOnlyList<(string Id, string Name)>>> OptionsAsync(PlatformAccess access, string type, CancellationToken ct)
    {
        if (lists.TryGetValue(type, out var known) && known.Until > time.GetUtcNow()) return Result<IReadOnlyList<(string, string)>>.Of(known.Options);
        var answer = await api.GetAsync(access, $"resources/targeting/{type}", access.Account is { } account ? [("ad_account_id", account.ExternalId)] : [], ct);
        if (!answer.TryGet(out var body, out var refusal)) return Result<IReadOnlyList<(string, string)>>.Refused(refusal);
        var options = (body as JsonArray ?? [body.DeepClone()]).OfType<JsonObject>().SelectMany(Read).DistinctBy(o => o.Id).ToList();
        lists[type] = (time.GetUtcNow() + Kept, options);
        return options;
    }

    /// <summary>A region's code or a country's own begins with the country; metros are named after theirs.</summary>
    public static TargetingOption Place(string id, string name)
    {
        var (within, own) = PinterestFromMemory.PlaceName(name);
        if (id.Length == 2) return new(id, name, nameof(PlaceKind.Country)) { PlaceKind = PlaceKind.Country, Country = id };
        var country = PinterestTargeting.IsRegion(id) ? Countries.Find(id[..2]) : Countries.All.FirstOrDefault(c => c.Name == within);
        var kind = PinterestTargeting.IsRegion(id) ? PlaceKind.Region : PlaceKind.City;
        return new(id, own, $"{(kind == PlaceKind.Region ? "Region" : "Metro area")} in {country?.Name ?? within}") { PlaceKind = kind, Country = country?.Code };
    }

    /// <summary>Pinterest writes {"501": "U.S.: New York", …}; an object with an id and a name of its own is read as well.</summary>
    private static IEnumerable<(string Id, string Name)> Read(JsonObject given) => given is { Count: > 1 } && given["id"] is { } id && given["name"] is { } name
        ? [(id.ToString(), name.ToString())] : given.Where(p => p.Value is JsonValue).Select(p => (p.Key, p.Value!.ToString()));
}
