using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Our words for what stands on an account.</summary>
internal static class MetaImported
{
    public static ImportedCampaign Campaign(JsonObject campaign, List<(JsonObject Set, List<JsonObject> Ads)> sets, AccountHandle account, Dictionary<string, string> media, DateTimeOffset now)
    {
        var adSets = sets.ConvertAll(s => s.Set);
        var states = sets.SelectMany(s => s.Ads).Select(MetaStructure.Ad).ToList();
        var (budget, type) = Budget(campaign, adSets, account.Currency);
        var ownBudget = campaign["daily_budget"] is not null || campaign["lifetime_budget"] is not null;
        return new(campaign["id"]!.ToString(), campaign["name"]?.ToString() ?? "", MetaStructure.StatusOf(campaign, adSets, states, now), MetaStructure.Status(campaign),
            [.. sets.Select(s => new ImportedAdSet(s.Set["id"]!.ToString(), s.Set["name"]?.ToString() ?? "", MetaStructure.Status(s.Set), [.. s.Ads.Select(a => Ad(a, media))]))])
        {
            Objective = MetaFromMemory.ObjectiveOf(campaign["objective"]?.ToString()),
            Budget = budget, BudgetType = type,
            Start = MetaStructure.Time(campaign["start_time"]) ?? adSets.Select(s => MetaStructure.Time(s["start_time"])).Min(),
            End = MetaStructure.Time(campaign["stop_time"]) ?? (adSets.TrueForAll(s => s["end_time"] is not null) ? adSets.Select(s => MetaStructure.Time(s["end_time"])).Max() : null),
            CreatedAt = MetaStructure.Time(campaign["created_time"]),
            Audience = adSets.Count > 0 && adSets[0]["targeting"] is JsonObject targeting ? Audience(targeting) : null,
            Ids = adSets is [var only] && !ownBudget ? new Dictionary<string, string> { ["adset"] = only["id"]!.ToString() } : new Dictionary<string, string>(),
        };
    }

    public static IEnumerable<string> Hashes(JsonObject creative)
    {
        var story = creative["object_story_spec"];
        var hashes = ((JsonNode?[])[creative["image_hash"], story?["link_data"]?["image_hash"], story?["video_data"]?["image_hash"], .. Cards(creative).Select(c => c["image_hash"])]).Select(h => h?.ToString());
        return hashes.OfType<string>().Where(h => h.Length > 0);
    }

    private static IEnumerable<JsonObject> Cards(JsonObject creative) => (creative["object_story_spec"]?["link_data"]?["child_attachments"] as JsonArray ?? []).OfType<JsonObject>();

    private static ImportedAd Ad(JsonObject ad, Dictionary<string, string> media)
    {
        var state = MetaStructure.Ad(ad);
        return new(state.ExternalId, state.Name, state.OwnStatus, state.Rejection, ad["creative"] is JsonObject creative ? Creative(creative, media) : null);
    }

    private static ImportedCreative Creative(JsonObject creative, Dictionary<string, string> media)
    {
        var (link, video) = (creative["object_story_spec"]?["link_data"], creative["object_story_spec"]?["video_data"]);
        var action = (link ?? video)?["call_to_action"];
        var type = Cards(creative).Any() ? CreativeType.Carousel : creative["video_id"] is not null || video is not null ? CreativeType.Video : CreativeType.Image;
        string?[] urls = type switch
        {
            CreativeType.Carousel => [.. Cards(creative).Select(c => media.GetValueOrDefault(c["image_hash"]?.ToString() ?? "") ?? c["picture"]?.ToString())],
            CreativeType.Video => [media.GetValueOrDefault((creative["video_id"] ?? video?["video_id"])?.ToString() ?? "") ?? creative["thumbnail_url"]?.ToString()],
            _ => [media.GetValueOrDefault((creative["image_hash"] ?? link?["image_hash"])?.ToString() ?? "") ?? (creative["image_url"] ?? link?["picture"] ?? creative["thumbnail_url"])?.ToString()],
        };
        return new(creative["id"]!.ToString(), creative["name"]?.ToString() ?? "", type, Text(creative["body"], link?["message"], video?["message"]), Text(creative["title"], link?["name"], video?["title"], Cards(creative).FirstOrDefault()?["name"]),
            Text(link?["description"], video?["link_description"], Cards(creative).FirstOrDefault()?["description"]), Text(creative["call_to_action_type"], action?["type"]), Text(creative["link_url"], link?["link"], action?["value"]?["link"]), [.. urls.OfType<string>().Where(u => u.Length > 0)]);
    }

    private static string Text(params JsonNode?[] nodes) => nodes.Select(n => n?.ToString()).FirstOrDefault(t => !string.IsNullOrEmpty(t)) ?? "";

    private static (Money? Budget, BudgetType Type) Budget(JsonObject campaign, List<JsonObject> adSets, string currency)
    {
        foreach (var (field, type) in ((string, BudgetType)[])[("daily_budget", BudgetType.Daily), ("lifetime_budget", BudgetType.Lifetime)])
        {
            var holders = campaign[field] is not null ? [campaign] : adSets.Where(s => s[field] is not null).ToList();
            var sum = holders.Sum(h => long.TryParse(h[field]!.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var minor) ? minor : 0);
            // Daily and lifetime budgets side by side add up to nothing that could be said in one number.
            if (sum > 0 && (holders.Count == adSets.Count || holders[0] == campaign)) return (MetaPlan.FromWire(sum, currency), type);
        }
        return (null, BudgetType.Daily);
    }

    public static AudienceSpec Audience(JsonObject targeting)
    {
        var traits = MetaTraits.From(targeting).ToList();
        return new()
        {
            Places = [.. Places(targeting["geo_locations"])], ExcludedPlaces = [.. Places(targeting["excluded_geo_locations"])],
            AgeMin = Number(targeting["age_min"]) ?? 18, AgeMax = Number(targeting["age_max"]) ?? 65,
            Genders = [.. (targeting["genders"] as JsonArray ?? []).Select(g => g?.ToString()).Where(g => g is "1" or "2").Select(g => g == "1" ? Gender.Men : Gender.Women)],
            Interests = [.. traits.Where(t => t.Kind == TargetingKind.Interest).Select(t => new TargetInterest { Name = t.Name, Ids = t.Ids })],
            Traits = [.. traits.Where(t => t.Kind != TargetingKind.Interest)],
        };
    }

    private static IEnumerable<TargetPlace> Places(JsonNode? places)
    {
        foreach (var country in places?["countries"] as JsonArray ?? [])
            if (Countries.Find(country!.ToString()) is { } known) yield return new() { Kind = PlaceKind.Country, Name = known.Name, Country = known.Code };
        foreach (var (name, kind) in ((string, PlaceKind)[])[("regions", PlaceKind.Region), ("cities", PlaceKind.City)])
            foreach (var place in (places?[name] as JsonArray ?? []).OfType<JsonObject>())
                if (place["key"]?.ToString() is { Length: > 0 } key)
                    yield return new() { Kind = kind, Name = place["name"]?.ToString() ?? key, Country = place["country"]?.ToString() ?? "", Ids = new Dictionary<Platform, string> { [Platform.Meta] = key } };
    }

    private static int? Number(JsonNode? value) => int.TryParse(value?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
