using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>Reads everything that stands on an account: campaigns, ad groups and ads in three lists, then the names of places and interests and the addresses of files.</summary>
internal sealed class TikTokImport(TikTokApi api) : IImportsCampaigns
{
    private static readonly string[] CampaignFields = ["campaign_id", "campaign_name", "objective_type", "operation_status", "secondary_status", "budget", "budget_mode", "create_time"];

    private static readonly string[] GroupFields =
    [
        "adgroup_id", "adgroup_name", "campaign_id", "operation_status", "secondary_status", "budget", "budget_mode", "schedule_type", "schedule_start_time", "schedule_end_time", "location_ids", "age_groups", "gender", "interest_category_ids", "languages",
    ];

    private static readonly string[] AdFields = ["ad_id", "ad_name", "adgroup_id", "campaign_id", "operation_status", "secondary_status", "ad_format", "ad_text", "call_to_action", "landing_page_url", "video_id", "image_ids"];

    public Platform Platform => Platform.TikTok;

    public async IAsyncEnumerable<Result<ImportedCampaign>> ReadAllAsync(PlatformAccess access, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!(await TikTokTree.ReadAsync(api, access, null, CampaignFields, GroupFields, AdFields, ct)).TryGet(out var tree, out var refusal)
            || !(await TikTokNames.ReadAsync(api, access, tree, ct)).TryGet(out var names, out refusal))
        {
            yield return Result<ImportedCampaign>.Refused(refusal);
            yield break;
        }
        foreach (var campaign in tree.Campaigns) yield return Campaign(access.Account!, campaign, tree, names);
    }

    private static ImportedCampaign Campaign(AccountHandle account, JsonObject campaign, TikTokTree tree, TikTokNames names)
    {
        var groups = tree.GroupsOf(campaign).ToList();
        var sets = groups.ConvertAll(g => new ImportedAdSet(g["adgroup_id"]!.ToString(), g["adgroup_name"]?.ToString() ?? "", TikTokTree.Status(g), [.. tree.AdsOf(g).Select(a => Ad(a, names))]));
        var states = sets.ConvertAll(s => new AdSetState(s.ExternalId, s.Name, s.OwnStatus, [.. s.Ads.Select(a => new AdState(a.ExternalId, a.Name, a.OwnStatus, TikTokTree.IsInReview(a.OwnStatus), a.Rejection))]));
        var (budget, type) = Budget(account, campaign, groups);
        return new(campaign["campaign_id"]!.ToString(), campaign["campaign_name"]?.ToString() ?? "", TikTokTree.Whole(TikTokTree.Status(campaign), states), TikTokTree.Status(campaign), sets)
        {
            Objective = campaign["objective_type"]?.ToString() switch
            {
                "REACH" => Objective.Awareness, "TRAFFIC" => Objective.Traffic, "VIDEO_VIEWS" or "ENGAGEMENT" => Objective.Engagement, "LEAD_GENERATION" => Objective.Leads, "APP_PROMOTION" => Objective.AppInstalls,
                "WEB_CONVERSIONS" or "PRODUCT_SALES" => Objective.Sales, _ => null,
            },
            Budget = budget, BudgetType = type, Audience = groups.Count == 0 ? null : Audience(groups, names), CreatedAt = Time(campaign["create_time"]),
            Start = groups.Select(g => Time(g["schedule_start_time"])).Min(),
            End = groups.Count > 0 && groups.All(g => g["schedule_type"]?.ToString() == "SCHEDULE_START_END") ? groups.Select(g => Time(g["schedule_end_time"])).Max() : null,
        };
    }

    /// <summary>The campaign's own budget, else those of its ad groups together; of one kind only, for a sum of days and totals would say nothing.</summary>
    private static (Money?, BudgetType) Budget(AccountHandle account, JsonObject campaign, List<JsonObject> groups)
    {
        List<JsonObject> payers = TikTokApi.Micros(campaign["budget"]) > 0 && campaign["budget_mode"]?.ToString() != "BUDGET_MODE_INFINITE" ? [campaign] : groups;
        var type = payers.Exists(p => p["budget_mode"]?.ToString() == "BUDGET_MODE_TOTAL") ? BudgetType.Lifetime : BudgetType.Daily;
        var micros = payers.Where(p => p["budget_mode"]?.ToString() == "BUDGET_MODE_TOTAL" == (type == BudgetType.Lifetime)).Sum(p => TikTokApi.Micros(p["budget"]));
        return (micros > 0 ? new Money(micros, account.Currency) : null, type);
    }

    private static AudienceSpec Audience(List<JsonObject> groups, TikTokNames names)
    {
        IEnumerable<string> All(string field) => groups.SelectMany(g => (g[field] as JsonArray ?? []).Select(v => v?.ToString() ?? "")).Where(v => v.Length > 0).Distinct();
        var ages = TikTokCatalogue.Rules.AgeGroups.Where(a => All("age_groups").Contains(a.Wire)).ToList();
        var genders = groups.Select(g => g["gender"]?.ToString()).Distinct().ToList();
        return new()
        {
            Places = [.. All("location_ids").Select(names.Place).OfType<TargetPlace>()],
            AgeMin = ages.Count > 0 ? ages[0].From : 18, AgeMax = ages.Count > 0 ? ages[^1].To ?? 65 : 65,
            Genders = genders is ["GENDER_FEMALE"] ? [Gender.Women] : genders is ["GENDER_MALE"] ? [Gender.Men] : [],
            Interests = [.. All("interest_category_ids").Select(id => new TargetInterest { Name = names.Interests.GetValueOrDefault(id) ?? id, Ids = new Dictionary<Platform, string> { [Platform.TikTok] = id } })],
            Traits = [.. All("languages").Select(code => new TargetTrait { Kind = TargetingKind.Language, Name = names.Languages.GetValueOrDefault(code) ?? code, Ids = new Dictionary<Platform, string> { [Platform.TikTok] = code } })],
        };
    }

    private static ImportedAd Ad(JsonObject ad, TikTokNames names)
    {
        var (id, name, status) = (ad["ad_id"]!.ToString(), ad["ad_name"]?.ToString() ?? "", TikTokTree.Status(ad));
        var images = (ad["image_ids"] as JsonArray ?? []).Select(i => i?.ToString() ?? "").ToList();
        var isVideo = ad["ad_format"]?.ToString() == "SINGLE_VIDEO";
        var files = isVideo ? [ad["video_id"]?.ToString() ?? ""] : images;
        var button = ad["call_to_action"]?.ToString() ?? "";
        return new(id, name, status, TikTokTree.IsRejected(status) ? "TikTok rejected this ad." : null, new ImportedCreative(id, name, isVideo ? CreativeType.Video : images.Count > 1 ? CreativeType.Carousel : CreativeType.Image, ad["ad_text"]?.ToString() ?? "", "", "",
            TikTokCatalogue.Rules.CallsToAction.FirstOrDefault(c => c.Wire == button)?.Name ?? button, ad["landing_page_url"]?.ToString() ?? "", [.. files.Select(f => names.Files.GetValueOrDefault(f)).OfType<string>()]));
    }

    private static DateTimeOffset? Time(JsonNode? value) => DateTimeOffset.TryParse(value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}

/// <summary>What ids stand for: places, interests and languages by their names, files by their addresses.</summary>
internal sealed record TikTokNames(IReadOnlyDictionary<string, TargetPlace> Places, IReadOnlyDictionary<string, string> Interests, IReadOnlyDictionary<string, string> Languages, IReadOnlyDictionary<string, string> Files)
{
    private const int PlacesACall = 1000, VideosACall = 60, ImagesACall = 100;

    /// <summary>A country is known by its id alone.</summary>
    public TargetPlace? Place(string id) => TikTokPlaces.CountryOf(id) is { } code
        ? new() { Kind = PlaceKind.Country, Name = Countries.Find(code)?.Name ?? code, Country = code, Ids = new Dictionary<Platform, string> { [Platform.TikTok] = id } }
        : Places.GetValueOrDefault(id);

    /// <summary>Asks only for what occurs.</summary>
    public static async Task<Result<TikTokNames>> ReadAsync(TikTokApi api, PlatformAccess access, TikTokTree tree, CancellationToken ct)
    {
        string[] Of(IReadOnlyList<JsonObject> rows, string field) => [.. rows.SelectMany(r => r[field] is JsonArray many ? many.Select(v => v?.ToString() ?? "") : [r[field]?.ToString() ?? ""]).Where(v => v.Length > 0).Distinct()];
        var account = TikTokApi.AccountOf(access);
        var (places, interests, languages, files) = (new Dictionary<string, TargetPlace>(), new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, string>());

        foreach (var ids in Of(tree.Groups, "location_ids").Where(id => TikTokPlaces.CountryOf(id) is null).Chunk(PlacesACall))
        {
            if (!(await api.PostAsync(access, "tool/targeting/info/", new() { ["advertiser_id"] = account, ["targeting_ids"] = TikTokApi.Texts(ids), ["scene"] = "GEO" }, CallKind.Repeatable, ct)).TryGet(out var data, out var refusal)) return Result<TikTokNames>.Refused(refusal);
            foreach (var tag in (data["targeting_tag_list"] as JsonArray ?? []).OfType<JsonObject>())
                if (tag["geo"]?["geo_id"]?.ToString() is { } id)
                    places[id] = new() { Kind = tag["geo"]!["geo_type"]?.ToString() == "CITY" ? PlaceKind.City : PlaceKind.Region, Name = tag["name"]?.ToString() ?? id, Country = tag["geo"]!["region_code"]?.ToString() ?? "", Ids = new Dictionary<Platform, string> { [Platform.TikTok] = id } };
        }
        foreach (var (field, path, list, id, name, into) in new[] { ("interest_category_ids", "tool/interest_category/", "interest_categories", "interest_category_id", "interest_category_name", interests), ("languages", "tool/language/", "languages", "code", "name", languages) })
        {
            if (Of(tree.Groups, field).Length == 0) continue;
            if (!(await api.GetAsync(access, path, new() { ["advertiser_id"] = account }, ct)).TryGet(out var data, out var refusal)) return Result<TikTokNames>.Refused(refusal);
            foreach (var row in (data[list] as JsonArray ?? []).OfType<JsonObject>()) into[row[id]!.ToString()] = row[name]?.ToString() ?? "";
        }
        foreach (var (field, path, ask, id, address, most) in new[] { ("video_id", "file/video/ad/info/", "video_ids", "video_id", "preview_url", VideosACall), ("image_ids", "file/image/ad/info/", "image_ids", "image_id", "image_url", ImagesACall) })
            foreach (var ids in Of(tree.Ads, field).Chunk(most))
            {
                if (!(await api.GetAsync(access, path, new() { ["advertiser_id"] = account, [ask] = TikTokApi.Texts(ids) }, ct)).TryGet(out var data, out var refusal)) return Result<TikTokNames>.Refused(refusal);
                foreach (var row in (data["list"] as JsonArray ?? []).OfType<JsonObject>())
                    if (row[address]?.ToString() is { Length: > 0 } url) files[row[id]!.ToString()] = url;
            }
        return new TikTokNames(places, interests, languages, files);
    }
}
