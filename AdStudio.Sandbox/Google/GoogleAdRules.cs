using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>What ads and assets must be like.</summary>
public sealed class GoogleAdRules(GoogleContext context)
{
    /// <summary>An image's address below the emulation's own; made whole when it is answered.</summary>
    public const string ImagePath = "/images/";

    /// <summary>The one kind of ad an ad holds ("responsiveSearchAd").</summary>
    public static string? TypeOf(JsonObject ad) => ad.Select(p => p.Key).FirstOrDefault(k => k.EndsWith("Ad", StringComparison.Ordinal) && ad[k] is JsonObject);

    /// <summary>All the words of an ad, those of its text assets too.</summary>
    public static string Words(GoogleContext context, JsonNode? node) => node switch
    {
        JsonObject found => string.Join(' ', found.Select(p => p.Key == "asset" && context.Live("assets", p.Value?.ToString()) is { } asset ? asset.Body["textAsset"]?["text"]?.ToString() ?? "" : Words(context, p.Value))),
        JsonArray list => string.Join(' ', list.Select(n => Words(context, n))),
        JsonValue value => value.ToString(),
        _ => "",
    };

    public IEnumerable<GoogleError> Check(SandboxObject customer, JsonObject body, SandboxObject? old)
    {
        var groupName = body["adGroup"]?.ToString();
        if (groupName is null) { yield return GoogleError.Required("ad_group"); yield break; }
        if (context.Live("adGroups", groupName) is not { } group || group.AccountId != customer.Id) { yield return GoogleError.NotFound("ad_group", groupName); yield break; }
        if (old is not null) yield break;
        if (body["ad"] is not JsonObject ad) { yield return GoogleError.Required("ad"); yield break; }
        var channel = context.Live("campaigns", group.ParentId)?.Body["advertisingChannelType"]?.ToString();
        var type = TypeOf(ad);
        if (type is null) { yield return GoogleError.Field("adError", "INVALID_AD_TYPE", "The ad has no type.", "ad.ad_data"); yield break; }
        if ((type == "responsiveSearchAd" && channel != "SEARCH") || (type == "responsiveDisplayAd" && channel != "DISPLAY"))
            yield return GoogleError.Field("adError", "INVALID_AD_TYPE", "This type of ad doesn't fit the campaign.", "ad." + GoogleShapes.Snake(type));
        if (type != "appAd" && ad["finalUrls"] is not JsonArray { Count: > 0 }) yield return GoogleError.Field("fieldError", "REQUIRED_NONEMPTY_LIST", "An empty list is not allowed.", "ad.final_urls");
        foreach (var (url, i) in (ad["finalUrls"] as JsonArray ?? []).Select((u, i) => (u!.ToString(), i)))
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) yield return GoogleError.Field("urlFieldError", "INVALID_FINAL_URL", "The final URL isn't valid.", $"ad.final_urls[{i}]", url);
        if (context.Policy.Broken("google", "create", Words(context, ad)) is { } rule)
            yield return GoogleError.Field("policyFindingError", "POLICY_FINDING", "The resource has been disapproved since the policy summary includes policy topics of type PROHIBITED.", "ad", rule.Word) with
            {
                Details = new JsonObject
                {
                    ["policyFindingDetails"] = new JsonObject
                    {
                        ["policyTopicEntries"] = new JsonArray(new JsonObject { ["topic"] = rule.Reason, ["type"] = "PROHIBITED", ["evidences"] = new JsonArray(new JsonObject { ["textList"] = new JsonObject { ["texts"] = new JsonArray(rule.Word) } }) }),
                    },
                },
            };
        foreach (var error in type switch { "responsiveSearchAd" => Search(ad[type]!.AsObject()), "responsiveDisplayAd" => Display(customer, ad[type]!.AsObject()), _ => [] }) yield return error;
    }

    public IEnumerable<GoogleError> CheckAsset(SandboxObject customer, JsonObject body)
    {
        var kinds = body.Select(p => p.Key).Where(k => k.EndsWith("Asset", StringComparison.Ordinal) && body[k] is JsonObject).ToList();
        if (kinds.Count != 1) { yield return GoogleError.Field("assetError", "ASSET_DATA_IS_MISSING", "The asset's data is missing.", "asset_data"); yield break; }
        if (body["name"]?.ToString() is { } name && context.All("assets", customer.Id).Any(a => a.Body["name"]?.ToString() == name)) yield return GoogleError.Field("assetError", "DUPLICATE_ASSET_NAME", "An asset with this name already exists.", "name", name);
        if (body["imageAsset"] is JsonObject image)
        {
            if (string.IsNullOrWhiteSpace(body["name"]?.ToString())) yield return GoogleError.Field("assetError", "NAME_REQUIRED_FOR_ASSET_TYPE", "This type of asset needs a name.", "name");
            if (Bytes(image) is not { Length: > 0 } bytes) yield return GoogleError.Required("image_asset.data");
            else if (bytes.Length > 5 * 1024 * 1024) yield return GoogleError.Field("imageError", "FILE_TOO_LARGE", "The image file is too large.", "image_asset.data");
            else if (ImageFacts.Read(bytes) is null) yield return GoogleError.Field("imageError", "INVALID_IMAGE", "The image is not valid.", "image_asset.data");
        }
        if (body["textAsset"] is JsonObject text && string.IsNullOrEmpty(text["text"]?.ToString())) yield return GoogleError.Required("text_asset.text");
        if (body["youtubeVideoAsset"] is JsonObject video && video["youtubeVideoId"]?.ToString().Length != 11) yield return GoogleError.Field("assetError", "ASSET_DATA_IS_MISSING", "The YouTube video id isn't valid.", "youtube_video_asset.youtube_video_id", video["youtubeVideoId"]?.ToString());
    }

    /// <summary>An image keeps its measures; its bytes go into the store's blobs.</summary>
    public void CompleteAsset(JsonObject body, string id)
    {
        var kind = body.Select(p => p.Key).First(k => k.EndsWith("Asset", StringComparison.Ordinal) && body[k] is JsonObject);
        body["type"] = GoogleShapes.Snake(kind[..^5]).ToUpperInvariant();
        if (body["imageAsset"] is not JsonObject image) return;
        var bytes = Bytes(image)!;
        var facts = ImageFacts.Read(bytes)!;
        context.Store.PutBlob("google:" + id, facts.Type, bytes);
        body["imageAsset"] = new JsonObject
        {
            ["fileSize"] = bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), ["mimeType"] = facts.Type switch { "image/png" => "IMAGE_PNG", "image/gif" => "IMAGE_GIF", _ => "IMAGE_JPEG" },
            ["fullSize"] = new JsonObject { ["url"] = ImagePath + id, ["widthPixels"] = facts.Width.ToString(System.Globalization.CultureInfo.InvariantCulture), ["heightPixels"] = facts.Height.ToString(System.Globalization.CultureInfo.InvariantCulture) },
        };
    }

    private static IEnumerable<GoogleError> Search(JsonObject ad) =>
    [
        .. Count(ad, "headlines", 3, 15, "ad.responsive_search_ad"), .. Count(ad, "descriptions", 2, 4, "ad.responsive_search_ad"),
        .. Texts(ad, "headlines", 30, "ad.responsive_search_ad"), .. Texts(ad, "descriptions", 90, "ad.responsive_search_ad"), .. Length(ad["path1"], 15, "ad.responsive_search_ad.path1"), .. Length(ad["path2"], 15, "ad.responsive_search_ad.path2"),
        .. ad["path2"] is not null && ad["path1"] is null ? [GoogleError.Field("adError", "CANNOT_SET_PATH2_WITHOUT_PATH1", "Path 2 needs path 1.", "ad.responsive_search_ad.path2")] : Array.Empty<GoogleError>(),
    ];

    private IEnumerable<GoogleError> Display(SandboxObject customer, JsonObject ad)
    {
        const string path = "ad.responsive_display_ad";
        foreach (var error in (IEnumerable<GoogleError>)[.. Count(ad, "headlines", 1, 5, path), .. Count(ad, "descriptions", 1, 5, path), .. Texts(ad, "headlines", 30, path), .. Texts(ad, "descriptions", 90, path), .. Length(ad["longHeadline"]?["text"], 90, path + ".long_headline"), .. Length(ad["businessName"], 25, path + ".business_name")])
            yield return error;
        if (string.IsNullOrWhiteSpace(ad["longHeadline"]?["text"]?.ToString())) yield return GoogleError.Required(path + ".long_headline");
        if (string.IsNullOrWhiteSpace(ad["businessName"]?.ToString())) yield return GoogleError.Required(path + ".business_name");
        foreach (var (field, ratio, needed) in new[] { ("marketingImages", 1.91, true), ("squareMarketingImages", 1.0, true), ("squareLogoImages", 1.0, false), ("logoImages", 4.0, false) })
        {
            var images = ad[field] as JsonArray ?? [];
            var name = path + "." + GoogleShapes.Snake(field);
            if (images.Count == 0 && needed) yield return GoogleError.Field("fieldError", "REQUIRED_NONEMPTY_LIST", "An empty list is not allowed.", name);
            if (images.Count > 15) yield return GoogleError.Field("adError", "INVALID_NUMBER_OF_ELEMENTS", "There are too many images.", name);
            for (var i = 0; i < images.Count; i++)
            {
                var asset = context.Live("assets", images[i]?["asset"]?.ToString());
                if (asset is null || asset.AccountId != customer.Id) { yield return GoogleError.NotFound($"{name}[{i}].asset", images[i]?["asset"]?.ToString() ?? ""); continue; }
                if (asset.Body["imageAsset"]?["fullSize"] is not JsonObject size) { yield return GoogleError.Field("assetError", "FIELD_INCOMPATIBLE_WITH_ASSET_TYPE", "An image is expected.", $"{name}[{i}].asset", asset.Id); continue; }
                var (width, height) = (GoogleContext.Micros(size["widthPixels"]), GoogleContext.Micros(size["heightPixels"]));
                if (Math.Abs((double)width / height - ratio) > ratio * 0.012) yield return GoogleError.Field("imageError", "ASPECT_RATIO_NOT_ALLOWED", "The aspect ratio is not allowed here.", $"{name}[{i}].asset", asset.Id);
                else if (width < (ratio > 1.5 && ratio < 2 ? 600 : ratio > 2 ? 512 : field == "squareLogoImages" ? 128 : 300)) yield return GoogleError.Field("imageError", "IMAGE_TOO_SMALL", "The image is too small.", $"{name}[{i}].asset", asset.Id);
            }
        }
    }

    private static IEnumerable<GoogleError> Count(JsonObject ad, string field, int least, int most, string path)
    {
        var count = (ad[field] as JsonArray)?.Count ?? 0;
        if (count < least || count > most) yield return GoogleError.Field("adError", "INVALID_NUMBER_OF_ELEMENTS", $"From {least} to {most} are needed.", path + "." + GoogleShapes.Snake(field));
    }

    private static IEnumerable<GoogleError> Texts(JsonObject ad, string field, int most, string path) =>
        (ad[field] as JsonArray ?? []).SelectMany((t, i) => string.IsNullOrWhiteSpace(t?["text"]?.ToString())
            ? [GoogleError.Required($"{path}.{GoogleShapes.Snake(field)}[{i}].text")]
            : Length(t!["text"], most, $"{path}.{GoogleShapes.Snake(field)}[{i}].text"));

    private static IEnumerable<GoogleError> Length(JsonNode? text, int most, string path)
    {
        // Letters of East Asian scripts take two places.
        if (text?.ToString() is { } value && value.Sum(c => c is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uFFDC') ? 2 : 1) > most) yield return GoogleError.Field("stringLengthError", "TOO_LONG", "Too long.", path, value);
    }

    private static byte[]? Bytes(JsonObject image)
    {
        var text = image["data"]?.ToString().Replace('-', '+').Replace('_', '/');
        if (text is null) return null;
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), buffer, out var length) ? buffer[..length] : null;
    }
}
