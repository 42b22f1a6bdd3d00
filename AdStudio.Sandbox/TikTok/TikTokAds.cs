using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>Ads, and what their review says.</summary>
internal sealed class TikTokAds(TikTokContext context)
{
    private const int MostCreatives = 20, MostImages = 35, LongestText = 100;

    public TikTokReply Create(TikTokCall call, SandboxObject account)
    {
        if (context.Find(TikTokWorld.AdGroup, call.Text("adgroup_id"), account) is not { } group) return TikTokReply.Wrong("adgroup_id", $"Ad group {call.Text("adgroup_id")} does not exist or has been deleted.");
        var creatives = (JsonArray)call.Params["creatives"]!;
        if (creatives.Count is 0 or > MostCreatives) return TikTokReply.Wrong("creatives", $"Length must be between 1 and {MostCreatives}.");
        var campaign = context.Store.Find(TikTokWorld.Campaign, group.ParentId)!;
        var made = new List<SandboxObject>();
        for (var i = 0; i < creatives.Count; i++)
        {
            var creative = (JsonObject)creatives[i]!;
            if (Check(creative, $"creatives.{i}.", campaign, group, account) is { } wrong) return wrong;
            made.Add(Make(creative, campaign, group, account));
        }
        foreach (var ad in made) context.Store.Put(ad);
        return new JsonObject { ["ad_ids"] = new JsonArray([.. made.Select(a => (JsonNode)a.Id)]), ["creatives"] = new JsonArray([.. made.Select(a => a.Body.DeepClone())]), ["need_audit"] = true };
    }

    /// <summary>GET ad/review_info/.</summary>
    public TikTokReply Reviews(TikTokCall call, SandboxObject account)
    {
        var map = new JsonObject();
        foreach (var id in call.List("ad_ids"))
        {
            if (context.Find(TikTokWorld.Ad, id, account) is not { } ad) return TikTokReply.Wrong("ad_ids", $"Ad {id} does not exist.");
            var rejection = TikTokStatus.Rejected(context, ad);
            map[id] = new JsonObject
            {
                ["id"] = id, ["review_status"] = rejection is not null ? "UNAVAILABLE" : TikTokStatus.IsInReview(context, ad) ? "IN_REVIEW" : "ALL_AVAILABLE", ["is_approved"] = rejection is null && !TikTokStatus.IsInReview(context, ad),
                ["reject_info"] = rejection is null ? new JsonArray() : new JsonArray(new JsonObject { ["reasons"] = new JsonArray(rejection), ["suggestion"] = "Change the text and submit the ad again.", ["content_info"] = new JsonObject { ["content_type"] = "TEXT" } }),
            };
        }
        return new JsonObject { ["ad_review_map"] = map };
    }

    private TikTokReply? Check(JsonObject creative, string path, SandboxObject campaign, SandboxObject group, SandboxObject account)
    {
        string? Text(string name) => creative[name]?.ToString();
        var (format, objective) = (Text("ad_format"), campaign.Body["objective_type"]!.ToString());
        if (format is null) return TikTokReply.Missing(path + "ad_format");
        if (Text("ad_name") is not { Length: > 0 } name) return TikTokReply.Missing(path + "ad_name");
        if (TikTokContext.Length(name) > 512 || TikTokContext.HasEmoji(name)) return TikTokReply.Wrong(path + "ad_name", "Up to 512 characters without emojis are allowed.");
        if (Text("operation_status") is { } status and not ("ENABLE" or "DISABLE")) return TikTokReply.Wrong(path + "operation_status", $"{status} is not one of: ENABLE, DISABLE.");
        if (Text("ad_text") is not { Length: > 0 } text) return TikTokReply.Missing(path + "ad_text");
        if (TikTokContext.Length(text) > LongestText) return TikTokReply.Wrong(path + "ad_text", $"Longer than maximum length {LongestText}.");
        if (TikTokContext.HasEmoji(text)) return TikTokReply.Wrong(path + "ad_text", "Emojis are not supported.");
        if (Text("call_to_action") is null && Text("call_to_action_id") is null) return TikTokReply.Missing(path + "call_to_action");
        if (Text("identity_type") is null || Text("identity_id") is null) return TikTokReply.Missing(path + "identity_id");
        if (context.Store.Find(TikTokWorld.Identity, account.Id + ":" + Text("identity_id")) is not { } identity || identity.Body["identity_type"]!.ToString() != Text("identity_type"))
            return TikTokReply.Wrong(path + "identity_id", $"Identity {Text("identity_id")} of the type {Text("identity_type")} does not exist in the account.");

        if (Files(creative, path, format, objective, account) is { } lacking) return lacking;
        if (Destination(creative, path, objective, group, account) is { } lost) return lost;
        if (Text("tracking_pixel_id") is { } pixel && context.Find(TikTokWorld.Pixel, pixel, account) is null) return TikTokReply.Wrong(path + "tracking_pixel_id", $"Pixel {pixel} does not exist in the account.");
        return context.Policy.Broken("tiktok", "create", text) is { } broken ? TikTokReply.Wrong(path + "ad_text", $"The text contains a word that is not allowed: {broken.Reason}.") : null;
    }

    private TikTokReply? Files(JsonObject creative, string path, string format, string objective, SandboxObject account)
    {
        var images = TikTokCall.Texts(creative["image_ids"]);
        if (images.Find(i => context.Find(TikTokWorld.Image, account.Id + ":" + i, account) is null) is { } missing) return TikTokReply.Wrong(path + "image_ids", $"Image {missing} does not exist in the account.");
        switch (format)
        {
            case "SINGLE_VIDEO":
                if (creative["video_id"]?.ToString() is not { } id) return TikTokReply.Missing(path + "video_id");
                if (context.Find(TikTokWorld.Video, id, account) is not { } video || !TikTokLibrary.IsReady(context, video)) return TikTokReply.Wrong(path + "video_id", $"Video {id} does not exist or is still being processed.");
                if (images.Count != 1) return TikTokReply.Wrong(path + "image_ids", "A video ad needs exactly one image as its cover.");
                var (cover, shape) = (TikTokLibrary.Ratio(context.Find(TikTokWorld.Image, account.Id + ":" + images[0], account)!), TikTokLibrary.Ratio(video));
                return Math.Abs(cover / shape - 1) > 0.05 ? TikTokReply.Wrong(path + "image_ids", "The cover must have the same aspect ratio as the video.") : null;
            case "CAROUSEL_ADS":
                if (objective == "VIDEO_VIEWS") return TikTokReply.Wrong(path + "ad_format", "Only videos are supported for the objective VIDEO_VIEWS.");
                if (images.Count is 0 or > MostImages) return TikTokReply.Wrong(path + "image_ids", $"Length must be between 1 and {MostImages}.");
                if (creative["video_id"] is not null) return TikTokReply.Wrong(path + "video_id", "Not supported for carousel ads.");
                if (creative["music_id"]?.ToString() is not { } music) return TikTokReply.Missing(path + "music_id");
                return TikTokWorld.Music.All(m => m.Id != music) ? TikTokReply.Wrong(path + "music_id", $"Music {music} does not exist.") : null;
            case "SINGLE_IMAGE":
                return TikTokReply.Wrong(path + "ad_format", "Single images are not supported for the placement TikTok.");
            default:
                return TikTokReply.Wrong(path + "ad_format", $"{format} is not supported for this ad group.");
        }
    }

    private TikTokReply? Destination(JsonObject creative, string path, string objective, SandboxObject group, SandboxObject account)
    {
        if (creative["page_id"] is { } page) return context.Find(TikTokWorld.Page, page.ToString(), account) is null ? TikTokReply.Wrong(path + "page_id", $"Page {page} does not exist in the account.") : null;
        if (group.Body["promotion_target_type"]?.ToString() == "INSTANT_PAGE") return TikTokReply.Missing(path + "page_id");
        var address = creative["landing_page_url"]?.ToString();
        if (address is null) return objective is "APP_PROMOTION" or "REACH" or "VIDEO_VIEWS" ? null : TikTokReply.Missing(path + "landing_page_url");
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? null : TikTokReply.Wrong(path + "landing_page_url", "Not a valid URL.");
    }

    private SandboxObject Make(JsonObject creative, SandboxObject campaign, SandboxObject group, SandboxObject account)
    {
        var body = (JsonObject)creative.DeepClone();
        body["operation_status"] ??= "ENABLE";
        (body["advertiser_id"], body["campaign_id"], body["adgroup_id"], body["campaign_name"], body["adgroup_name"], body["is_new_structure"]) =
            (account.Id, campaign.Id, group.Id, campaign.Body["campaign_name"]!.DeepClone(), group.Body["adgroup_name"]!.DeepClone(), true);
        var ad = context.Make(TikTokWorld.Ad, account, group.Id, body, "ad_id");
        ad.Remember(new Moment(context.Now)
        {
            Status = body["operation_status"]!.ToString(), ReviewedAt = context.Now + context.Options.ReviewDelay,
            Rejection = context.Policy.Broken("tiktok", "review", body["ad_text"]!.ToString())?.Reason,
        });
        return ad;
    }
}
