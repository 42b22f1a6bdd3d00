using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>
/// The assets of responsive search ads and app ads, as ad_group_ad_asset_view shows them; responsive display ads are not in it. The texts of an ad are assets of their own, which the platform made.
/// </summary>
internal static class GoogleAdAssets
{
    private static readonly (string Part, string FieldType)[] Parts = [("headlines", "HEADLINE"), ("descriptions", "DESCRIPTION"), ("images", "MARKETING_IMAGE"), ("youtubeVideos", "YOUTUBE_VIDEO")];

    public static IEnumerable<(JsonObject View, JsonObject Asset)> Of(GoogleContext context, SandboxObject ad)
    {
        if (GoogleContext.Status(ad) == "REMOVED" || ad.Body["ad"] is not JsonObject body || (body["responsiveSearchAd"] ?? body["appAd"]) is not JsonObject shown) yield break;
        foreach (var (part, fieldType) in Parts)
            foreach (var used in (shown[part] as JsonArray ?? []).OfType<JsonObject>())
            {
                var asset = used["asset"]?.ToString() is { } name ? context.Store.Find("google.assets", name)?.Body.DeepClone() as JsonObject : Text(ad.AccountId, used["text"]?.ToString() ?? "");
                if (asset is null) continue;
                yield return (new()
                {
                    ["resourceName"] = $"customers/{ad.AccountId}/adGroupAdAssetViews/{GoogleContext.IdOf(ad.ParentId)}~{body["id"]}~{asset["id"]}~{fieldType}", ["adGroupAd"] = ad.Id, ["asset"] = asset["resourceName"]!.DeepClone(),
                    ["fieldType"] = fieldType, ["enabled"] = true, ["performanceLabel"] = "LEARNING", ["source"] = "ADVERTISER",
                }, asset);
            }
    }

    private static JsonObject Text(string customer, string text)
    {
        var id = (Noise.Seed($"{customer}:{text}") % 900_000_000 + 100_000_000).ToString(CultureInfo.InvariantCulture);
        return new() { ["resourceName"] = $"customers/{customer}/assets/{id}", ["id"] = id, ["type"] = "TEXT", ["source"] = "ADVERTISER", ["textAsset"] = new JsonObject { ["text"] = text } };
    }
}
