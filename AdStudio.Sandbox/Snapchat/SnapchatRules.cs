using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>What must hold between the fields of an object and between objects.</summary>
public sealed class SnapchatRules(SnapchatContext context)
{
    private const long LeastDaily = 5_000_000, LeastCampaignCap = 20_000_000;

    private static readonly Dictionary<string, string[]> Goals = new()
    {
        ["AWARENESS_AND_ENGAGEMENT"] = ["IMPRESSIONS", "SWIPES", "VIDEO_VIEWS", "VIDEO_VIEWS_15_SEC", "STORY_OPENS", "USES"], ["TRAFFIC"] = ["SWIPES", "LANDING_PAGE_VIEW", "PIXEL_PAGE_VIEW", "IMPRESSIONS"],
        ["LEADS"] = ["PIXEL_SIGNUP", "SWIPES"], ["APP_PROMOTION"] = ["APP_INSTALLS", "APP_PURCHASE", "APP_SIGNUP", "APP_ADD_TO_CART", "SWIPES"], ["SALES"] = ["PIXEL_PURCHASE", "PIXEL_ADD_TO_CART", "PIXEL_SIGNUP", "PIXEL_PAGE_VIEW", "SWIPES"],
    };

    private static readonly string[] WebButtons = ["APPLY_NOW", "BOOK_NOW", "BUY_NOW", "BUY_TICKETS", "DOWNLOAD", "GET_NOW", "LISTEN", "MORE", "ORDER_NOW", "PLAY", "READ", "SHOP_NOW", "SHOW", "SIGN_UP", "TRY", "VIEW", "VOTE", "WATCH"];
    private static readonly string[] AppButtons = ["INSTALL_NOW", "DOWNLOAD", "GET_NOW", "PLAY", "TRY", "LISTEN", "WATCH"];

    public (string Code, string Reason)? Check(SnapchatKind kind, SandboxObject parent, SandboxObject account, JsonObject body, SandboxObject? old) => kind.Singular switch
    {
        _ when body["ad_account_id"] is { } named && named.ToString() != account.Id => Invalid($"The ad_account_id is not that of the ad account {account.Id}"),
        "campaign" => Campaign(body),
        "adsquad" => AdSquad(parent, account, body, old),
        "creative" => Creative(account, body),
        "ad" => Ad(parent, account, body),
        "segment" => Segment(account, body),
        _ => null,
    };

    /// <summary>All that a reviewer reads of an ad.</summary>
    public string TextOf(SandboxObject ad)
    {
        var creative = context.Store.Find(SnapchatWorld.Creative, ad.Body["creative_id"]!.ToString())!.Body;
        return string.Join('\n', creative["headline"], creative["brand_name"], creative["name"], creative["web_view_properties"]?["url"]);
    }

    private static (string, string)? Campaign(JsonObject body)
    {
        if (SnapchatTime.Read(body["end_time"]?.ToString()) <= SnapchatTime.Read(body["start_time"]!.ToString())) return Invalid("The end_time must be after the start_time");
        if (body["daily_budget_micro"]?.GetValue<long>() < LeastCampaignCap) return Invalid($"The daily_budget_micro of a campaign must be at least {LeastCampaignCap}");
        if (body["objective_v2_properties"]?["objective_v2_type"]?.ToString() == "APP_PROMOTION" && body["measurement_spec"] is null) return Invalid("The field 'measurement_spec' is required for APP_PROMOTION");
        return null;
    }

    private (string, string)? AdSquad(SandboxObject campaign, SandboxObject account, JsonObject body, SandboxObject? old)
    {
        if (body["campaign_id"]!.ToString() != campaign.Id) return Invalid($"The campaign_id is not that of the campaign {campaign.Id}");
        var (daily, lifetime) = (body["daily_budget_micro"]?.GetValue<long>(), body["lifetime_budget_micro"]?.GetValue<long>());
        if (daily is null == lifetime is null) return Invalid("Exactly one of daily_budget_micro and lifetime_budget_micro must be given");
        if (daily < LeastDaily) return Invalid($"The daily_budget_micro must be at least {LeastDaily}");
        var (start, end) = (context.Instant(body["start_time"]), context.Instant(body["end_time"]));
        if (end <= (start ?? context.Now)) return Invalid("The end_time must be after the start_time");
        if (lifetime is not null && end is null) return Invalid("The field 'end_time' is required with a lifetime_budget_micro");
        if (lifetime is { } whole && whole < LeastDaily * Math.Max(1, (long)(end!.Value - (start ?? context.Now)).TotalDays)) return Invalid($"The lifetime_budget_micro must be at least {LeastDaily} a day");
        if (body["delivery_constraint"] is { } constraint && constraint.ToString() != (daily is not null ? "DAILY_BUDGET" : "LIFETIME_BUDGET")) return Invalid("The delivery_constraint does not fit the budget");
        if (old is not null && old.Body["daily_budget_micro"] is null != daily is null) return ("E2023", "A daily budget cannot become a lifetime one, nor the reverse");
        if (old is not null && start != context.Instant(old.Body["start_time"]) && context.Instant(old.Body["start_time"]) is { } begun && begun <= context.Now && SnapchatStatus.Own(old) == "ACTIVE") return ("E2023", "The start_time cannot be changed once it has passed");
        var strategy = body["bid_strategy"]?.ToString() ?? "AUTO_BID";
        if (strategy == "AUTO_BID" == body["bid_micro"] is not null) return Invalid(strategy == "AUTO_BID" ? "AUTO_BID takes no bid_micro" : $"{strategy} needs a bid_micro");
        var (goal, objective) = (body["optimization_goal"]!.ToString(), campaign.Body["objective_v2_properties"]!["objective_v2_type"]!.ToString());
        if (!Goals[objective].Contains(goal)) return Invalid($"The optimization_goal {goal} is not offered for {objective}");
        if (goal.StartsWith("PIXEL_", StringComparison.Ordinal) && body["pixel_id"] is null) return Invalid($"The field 'pixel_id' is required for {goal}");
        if (body["pixel_id"] is { } pixel && context.Store.Find(SnapchatWorld.Pixel, pixel.ToString())?.AccountId != account.Id) return ("E3003", $"The pixel_id {pixel} does not exist in this ad account");
        return SnapchatTargeting.Check(context, account, (JsonObject)body["targeting"]!);
    }

    private (string, string)? Creative(SandboxObject account, JsonObject body)
    {
        if (!SnapchatMedia.IsReady(context, account, body["top_snap_media_id"], out var file)) return Invalid("The top_snap_media_id hasn't been uploaded yet or is none of this ad account's media");
        if (file!.Body["image_metadata"] is { } image && !IsTall(image)) return Invalid("The top_snap_media_id must be a file of 9:16 with at least 540 × 960 pixels");
        if (context.Store.Find(SnapchatWorld.Profile, body["profile_properties"]!["profile_id"]!.ToString())?.Body["organization_id"]!.ToString() != account.Body["organization_id"]!.ToString()) return ("E3003", "The profile_properties.profile_id does not exist in this organization");
        var (type, button) = (body["type"]!.ToString(), body["call_to_action"]?.ToString());
        if (type == "WEB_VIEW" && body["web_view_properties"] is null) return Invalid("The field 'web_view_properties' is required for WEB_VIEW");
        if (type == "APP_INSTALL" && (body["app_install_properties"] is not { } app || app["ios_app_id"] is null && app["android_app_url"] is null)) return Invalid("The field 'app_install_properties' with an ios_app_id or an android_app_url is required for APP_INSTALL");
        if (body["app_install_properties"]?["icon_media_id"] is { } icon && !SnapchatMedia.IsReady(context, account, icon, out _)) return Invalid("The app_install_properties.icon_media_id hasn't been uploaded yet");
        if (type == "SNAP_AD" && button is not null) return Invalid("A SNAP_AD takes no call_to_action");
        if (type == "WEB_VIEW" && button is not null && !WebButtons.Contains(button) || type == "APP_INSTALL" && button is not null && !AppButtons.Contains(button)) return Invalid($"The call_to_action {button} is not offered for {type}");
        return context.Policy.Broken("snapchat", "create", $"{body["headline"]}\n{body["name"]}\n{body["brand_name"]}") is { } broken ? ("E2024", broken.Reason) : null;
    }

    private (string, string)? Ad(SandboxObject adSquad, SandboxObject account, JsonObject body)
    {
        if (body["ad_squad_id"]!.ToString() != adSquad.Id) return Invalid($"The ad_squad_id is not that of the ad squad {adSquad.Id}");
        if (context.Store.Find(SnapchatWorld.Creative, body["creative_id"]!.ToString()) is not { } creative || creative.AccountId != account.Id) return ("E3003", $"The creative_id {body["creative_id"]} does not exist in this ad account");
        var fits = creative.Body["type"]!.ToString() is var type && type == "WEB_VIEW" ? "REMOTE_WEBPAGE" : type;
        return body["type"]!.ToString() == fits ? null : ("E1008", $"The type must be {fits} for a creative of the type {type}");
    }

    private (string, string)? Segment(SandboxObject account, JsonObject body)
    {
        var isLookalike = body["source_type"]!.ToString() == "LOOKALIKE";
        if (isLookalike == body["creation_spec"] is null) return Invalid(isLookalike ? "The field 'creation_spec' is required for LOOKALIKE" : "FIRST_PARTY takes no creation_spec");
        if (body["retention_in_days"]!.GetValue<long>() is var days && (days < 1 || days > (isLookalike ? 180 : 9999))) return Invalid("The retention_in_days is out of range");
        if (!isLookalike) return null;
        var seed = context.Store.Find(SnapchatWorld.Segment, body["creation_spec"]!["seed_segment_id"]!.ToString());
        if (seed is null || seed.AccountId != account.Id || SnapchatContext.IsDeleted(seed)) return ("E3003", "The seed_segment_id does not exist in this ad account");
        return seed.Body["source_type"]!.ToString() != "FIRST_PARTY" ? Invalid("The seed_segment_id must be a customer list") : null;
    }

    private static bool IsTall(JsonNode image)
    {
        var (width, height) = (image["width_px"]!.GetValue<int>(), image["height_px"]!.GetValue<int>());
        return width >= 540 && height >= 960 && Math.Abs(width / (double)height / (9 / 16.0) - 1) < 0.03;
    }

    private static (string, string) Invalid(string reason) => ("E1001", reason);
}
