using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>Everything that stands on an account: campaigns with their ad groups and ads, and the pins that these show.</summary>
internal sealed class PinterestImport(PinterestApi api, TimeProvider time) : IImportsCampaigns
{
    private const int CampaignsACall = 50;

    private readonly PinterestStructure structure = new(api);
    private readonly PinterestTargetingSearch targeting = new(api, time);

    public Platform Platform => Platform.Pinterest;

    public async IAsyncEnumerable<Result<ImportedCampaign>> ReadAllAsync(PlatformAccess access, [EnumeratorCancellation] CancellationToken ct)
    {
        var all = await api.ListAsync(access, $"{PinterestApi.AccountOf(access)}/campaigns", PinterestStructure.Standing, ct);
        if (!all.TryGet(out var campaigns, out var refusal))
        {
            yield return Result<ImportedCampaign>.Refused(refusal);
            yield break;
        }
        foreach (var some in campaigns.Chunk(CampaignsACall))
        {
            var ids = some.Select(c => c["id"]!.ToString()).ToList();
            var (groups, ads) = (await structure.ListAsync(access, "ad_groups", ids, ct), await structure.ListAsync(access, "ads", ids, ct));
            var names = await NamesAsync(access, groups, ct);
            if ((groups.Refusal ?? ads.Refusal ?? names.Refusal) is { } unread)
            {
                yield return Result<ImportedCampaign>.Refused(unread);
                yield break;
            }
            foreach (var campaign in some)
            {
                var id = campaign["id"]!.ToString();
                var mine = ads.Value.Where(a => a["campaign_id"]?.ToString() == id).ToList();
                if (!(await PinsAsync(access, mine, ct)).TryGet(out var pins, out refusal))
                {
                    yield return Result<ImportedCampaign>.Refused(refusal);
                    yield break;
                }
                yield return Read(access, campaign, [.. groups.Value.Where(g => g["campaign_id"]?.ToString() == id)], mine, pins, names.Value);
            }
        }
    }

    /// <summary>The names of interests and regions, asked for only where something is narrowed by them.</summary>
    private async Task<Result<IReadOnlyDictionary<string, string>>> NamesAsync(PlatformAccess access, Result<IReadOnlyList<JsonObject>> groups, CancellationToken ct)
    {
        var names = new Dictionary<string, string>();
        var used = groups.IsDone ? groups.Value.Select(g => g["targeting_spec"]).OfType<JsonObject>().ToList() : [];
        foreach (var type in (string[])["INTEREST", "LOCATION", "GEO", "LOCALE"])
        {
            if (!used.Exists(s => s[type] is JsonArray { Count: > 0 })) continue;
            if (!(await targeting.OptionsAsync(access, type, ct)).TryGet(out var options, out var refusal)) return Result<IReadOnlyDictionary<string, string>>.Refused(refusal);
            foreach (var (id, name) in options) names[$"{type} {id}"] = name;
        }
        return names;
    }

    /// <summary>A pin that was deleted since is no failure: its ad comes without a creative.</summary>
    private async Task<Result<IReadOnlyDictionary<string, JsonObject>>> PinsAsync(PlatformAccess access, IEnumerable<JsonObject> ads, CancellationToken ct)
    {
        var pins = new Dictionary<string, JsonObject>();
        foreach (var id in ads.Select(a => a["pin_id"]?.ToString()).OfType<string>().Distinct())
        {
            var answer = await api.GetAsync(access, $"pins/{id}", [("ad_account_id", access.Account!.ExternalId)], ct);
            if (answer.TryGet(out var pin, out var refusal)) pins[id] = (JsonObject)pin;
            else if (refusal is not PlatformFailure { Kind: PlatformFailureKind.NotFound or PlatformFailureKind.MissingPermission }) return Result<IReadOnlyDictionary<string, JsonObject>>.Refused(refusal);
        }
        return pins;
    }

    private static ImportedCampaign Read(PlatformAccess access, JsonObject campaign, List<JsonObject> groups, List<JsonObject> ads, IReadOnlyDictionary<string, JsonObject> pins, IReadOnlyDictionary<string, string> names)
    {
        var state = PinterestStructure.State(campaign, groups, ads);
        var (budget, type) = Budget(campaign, groups, access.Account!.Currency);
        return new(state.ExternalId, state.Name, state.Status, state.OwnStatus, [.. state.AdSets.Select(s => new ImportedAdSet(s.ExternalId, s.Name, s.OwnStatus, [.. s.Ads.Select(a => Ad(a, ads, pins))]))])
        {
            Objective = ObjectiveOf(campaign, groups), Budget = budget, BudgetType = type,
            Start = groups.Select(g => Instant(g["start_time"])).Min() ?? Instant(campaign["start_time"]), End = groups.Count > 0 && groups.TrueForAll(g => g["end_time"] is not null) ? groups.Select(g => Instant(g["end_time"])).Max() : Instant(campaign["end_time"]),
            CreatedAt = Instant(campaign["created_time"]), Audience = groups.FirstOrDefault()?["targeting_spec"] is JsonObject spec ? Audience(spec, names) : null,
        };
    }

    private static ImportedAd Ad(AdState state, List<JsonObject> ads, IReadOnlyDictionary<string, JsonObject> pins)
    {
        var ad = ads.First(a => a["id"]!.ToString() == state.ExternalId);
        var pin = ad["pin_id"]?.ToString() is { } id ? pins.GetValueOrDefault(id) : null;
        return new(state.ExternalId, state.Name, state.OwnStatus, state.Rejection, pin is null ? null : Creative(ad, pin));
    }

    private static ImportedCreative Creative(JsonObject ad, JsonObject pin)
    {
        var media = pin["media"] as JsonObject;
        var type = media?["media_type"]?.ToString() switch { "video" or "multiple_videos" => CreativeType.Video, "multiple_images" or "multiple_mixed" => CreativeType.Carousel, _ => CreativeType.Image };
        var wire = ad["customizable_cta_type"]?.ToString();
        var urls = type switch
        {
            CreativeType.Video => [media?["video_url"]?.ToString() ?? media?["cover_image_url"]?.ToString()],
            CreativeType.Carousel => (media?["items"] as JsonArray ?? []).OfType<JsonObject>().Select(i => Largest(i["images"])),
            _ => [Largest(media?["images"])],
        };
        return new(pin["id"]!.ToString(), ad["name"]?.ToString() is { Length: > 0 } name ? name : pin["title"]?.ToString() ?? "", type, pin["description"]?.ToString() ?? "", pin["title"]?.ToString() ?? "",
            (media?["items"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault()?["description"]?.ToString() ?? "", PinterestCatalogue.Rules.CallsToAction.FirstOrDefault(c => c.Wire == (wire ?? ""))?.Name ?? wire ?? "",
            ad["destination_url"]?.ToString() ?? pin["link"]?.ToString() ?? "", [.. urls.OfType<string>()]);
    }

    private static string? Largest(JsonNode? images) => (images as JsonObject)?.Select(i => i.Value).OfType<JsonObject>().MaxBy(i => Whole(i["width"]) ?? 0)?["url"]?.ToString();

    private static Objective? ObjectiveOf(JsonObject campaign, List<JsonObject> groups) => campaign["objective_type"]?.ToString() switch
    {
        "AWARENESS" => Objective.Awareness,
        "CONSIDERATION" => Objective.Traffic,
        "VIDEO_COMPLETION" => Objective.Engagement,
        "WEB_CONVERSION" => groups.Exists(g => g["optimization_goal_metadata"]?["conversion_tag_v3_goal_metadata"]?["conversion_event"]?.ToString() is "LEAD" or "SIGNUP") ? Objective.Leads : Objective.Sales,
        "CATALOG_SALES" => Objective.Sales,
        _ => null,
    };

    /// <summary>The campaign's where it shares one out, else of the ad groups together.</summary>
    private static (Money?, BudgetType) Budget(JsonObject campaign, List<JsonObject> groups, string currency)
    {
        if (Whole(campaign["daily_spend_cap"]) is > 0 and { } daily) return (new Money(daily, currency), BudgetType.Daily);
        if (Whole(campaign["lifetime_spend_cap"]) is > 0 and { } lifetime) return (new Money(lifetime, currency), BudgetType.Lifetime);
        var type = groups.Exists(g => g["budget_type"]?.ToString() == "LIFETIME") ? BudgetType.Lifetime : BudgetType.Daily;
        var sum = groups.Where(g => g["budget_type"]?.ToString() == PinterestPlan.BudgetTypeOf(type)).Sum(g => Whole(g["budget_in_micro_currency"]) ?? 0);
        return (sum > 0 ? new Money(sum, currency) : null, type);
    }

    private static AudienceSpec Audience(JsonObject spec, IReadOnlyDictionary<string, string> names)
    {
        IEnumerable<(string Id, string Name)> Of(string type) => (spec[type] as JsonArray ?? []).Select(v => v!.ToString()).Select(id => (id, names.GetValueOrDefault($"{type} {id}") ?? id));
        Dictionary<Platform, string> Here(string id) => new() { [Platform.Pinterest] = id };
        var genders = Of("GENDER").Select(g => g.Id).ToList();
        return new AudienceSpec
        {
            Places = [.. Of("LOCATION").Concat(Of("GEO")).Select(p => PinterestTargetingSearch.Place(p.Id, p.Name)).Select(o => o.PlaceKind == PlaceKind.Country
                ? new TargetPlace { Kind = PlaceKind.Country, Name = Countries.Find(o.Id)?.Name ?? o.Name, Country = o.Id }
                : new TargetPlace { Kind = o.PlaceKind!.Value, Name = o.Name, Country = o.Country ?? "US", Ids = Here(o.Id) })],
            AgeMin = Years(spec["MINIMUM_AGE"]) ?? 18, AgeMax = Years(spec["MAXIMUM_AGE"]) ?? 65,
            Genders = genders.Contains("male") == genders.Contains("female") ? [] : [genders.Contains("male") ? Gender.Men : Gender.Women],
            Interests = [.. Of("INTEREST").Select(i => new TargetInterest { Name = i.Name, Ids = Here(i.Id) })],
            Traits = [.. Of("LOCALE").Select(l => new TargetTrait { Kind = TargetingKind.Language, Name = l.Name, Ids = Here(l.Id) })],
        };
    }

    private static int? Years(JsonNode? age) => int.TryParse(age?.ToString().TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var years) ? years : null;

    private static DateTimeOffset? Instant(JsonNode? seconds) => Whole(seconds) is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null;

    private static long? Whole(JsonNode? value) => long.TryParse(value?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
