using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>What an ad group can be aimed at.</summary>
internal sealed class TikTokTools
{
    public TikTokReply Search(TikTokCall call, SandboxObject account)
    {
        var (words, types, codes) = (call.List("keywords"), call.List("geo_types"), call.List("region_codes"));
        if (words.Count == 0) return TikTokReply.Missing("keywords");
        if (call.List("placements").Count == 0) return TikTokReply.Missing("placements");
        if (call.Text("search_type") == "FUZZY_SEARCH" && words.Count > 1) return TikTokReply.Wrong("keywords", "Longer than maximum length 1.");
        if (call.Text("search_type") == "BATCH_ZIPCODE_SEARCH") return TikTokReply.Wrong("search_type", "Postal codes are not served here.");
        if (call.Text("objective_type") is not ("REACH" or "VIDEO_VIEWS" or "ENGAGEMENT") && call.Text("promotion_type") is null) return TikTokReply.Missing("promotion_type");
        var found = words.SelectMany(w => TikTokGeo.Places.Where(p => p.Name.Contains(w, StringComparison.OrdinalIgnoreCase) && (types.Count == 0 || types.Contains(p.Kind)) && (codes.Count == 0 || codes.Contains(p.Code))).OrderBy(p => p.Name.Length).Take(100).Select(p => Tag(p, w)));
        return new JsonObject { ["targeting_tag_list"] = new JsonArray([.. found]) };
    }

    public TikTokReply Info(TikTokCall call, SandboxObject account) => new JsonObject { ["targeting_tag_list"] = new JsonArray([.. call.List("targeting_ids").Select(TikTokGeo.Find).OfType<TikTokPlace>().Select(p => Tag(p, null))]) };

    public TikTokReply Regions(TikTokCall call, SandboxObject account) => new JsonObject
    {
        ["region_list"] = new JsonArray([.. TikTokGeo.Places.Select(p => (JsonNode)new JsonObject { ["location_id"] = p.Id, ["name"] = p.Name, ["level"] = p.Kind, ["region_code"] = p.Code, ["parent_id"] = p.Parent ?? "0" })]),
    };

    public TikTokReply Interests(TikTokCall call, SandboxObject account) => new JsonObject
    {
        ["interest_categories"] = new JsonArray([.. TikTokGeo.Interests.Select(i => (JsonNode)new JsonObject
        {
            ["interest_category_id"] = i.Id, ["interest_category_name"] = i.Name, ["level"] = i.Parent is null ? 1 : 2, ["placements"] = new JsonArray("PLACEMENT_TIKTOK"), ["special_industries"] = new JsonArray(),
            ["sub_category_ids"] = new JsonArray([.. TikTokGeo.Interests.Where(x => x.Parent == i.Id).Select(x => (JsonNode)x.Id)]),
        })]),
    };

    public TikTokReply Languages(TikTokCall call, SandboxObject account) => new JsonObject { ["languages"] = new JsonArray([.. TikTokGeo.Languages.Select(l => (JsonNode)new JsonObject { ["code"] = l.Key, ["name"] = l.Value })]) };

    private static JsonObject Tag(TikTokPlace place, string? word) => new()
    {
        ["keyword"] = word, ["targeting_type"] = "GEO", ["name"] = place.Name, ["status_info"] = new JsonObject { ["status"] = "ONLINE", ["reason"] = "" },
        ["geo"] = new JsonObject { ["geo_id"] = place.Id, ["geo_type"] = place.Kind, ["region_code"] = place.Code, ["parent_id"] = place.Parent ?? "0", ["description"] = string.Join(", ", TikTokGeo.Above(place.Id).Select(id => TikTokGeo.Find(id)!.Name)) },
    };
}
