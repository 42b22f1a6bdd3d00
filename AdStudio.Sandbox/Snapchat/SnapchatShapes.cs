using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>
/// Which fields objects have: one line a field, its name and its type. "*" it is needed, "=" it cannot be changed once it stands.
/// Types: id, text with its greatest length, url, int, bool, time, any, a list of values, the name of another shape, or "list" and one of them.
/// </summary>
public static class SnapchatShapes
{
    private sealed record Field(string Type, bool IsNeeded, bool IsFixed);

    private static readonly Dictionary<string, Dictionary<string, Field>> Shapes = Read("""
        campaign
        *=ad_account_id id
        *name text:375
        *start_time time
        *status ACTIVE|PAUSED
        end_time time
        =objective_v2_properties objective
        =objective BRAND_AWARENESS|APP_INSTALL|APP_CONVERSION|VIDEO_VIEW|WEB_VIEW|WEB_CONVERSION|ENGAGEMENT|LEAD_GENERATION|PROMOTE_PLACES|CATALOG_SALES
        daily_budget_micro int
        lifetime_spend_cap_micro int
        measurement_spec measurement
        =buy_model AUCTION|RESERVED
        regulations regulations

        objective
        *objective_v2_type AWARENESS_AND_ENGAGEMENT|TRAFFIC|LEADS|APP_PROMOTION|SALES

        measurement
        ios_app_id text:60
        android_app_url text:200

        regulations
        restricted_delivery_signals bool

        adsquad
        *=campaign_id id
        *name text:375
        *=type SNAP_ADS
        *billing_event IMPRESSION
        *=optimization_goal IMPRESSIONS|SWIPES|LANDING_PAGE_VIEW|APP_INSTALLS|VIDEO_VIEWS|VIDEO_VIEWS_15_SEC|USES|STORY_OPENS|PIXEL_PAGE_VIEW|PIXEL_ADD_TO_CART|PIXEL_PURCHASE|PIXEL_SIGNUP|APP_PURCHASE|APP_SIGNUP|APP_ADD_TO_CART
        status ACTIVE|PAUSED
        placement_v2 placement
        *targeting targeting
        daily_budget_micro int
        lifetime_budget_micro int
        =delivery_constraint DAILY_BUDGET|LIFETIME_BUDGET
        bid_strategy AUTO_BID|LOWEST_COST_WITH_MAX_BID|TARGET_COST
        bid_micro int
        =pixel_id id
        conversion_window text:60
        pacing_type STANDARD|ACCELERATED
        start_time time
        end_time time

        placement
        *config AUTOMATIC|CUSTOM
        platforms list text:40
        inclusion any
        exclusion any

        targeting
        *geos list geo
        demographics list demographic
        interests list interest
        segments list segmentchoice
        devices list any
        locations list any
        regulated_content bool
        enable_targeting_expansion bool

        geo
        *country_code text:2
        region_id list text:40
        metro_id list text:40
        postal_code list text:20
        operation INCLUDE|EXCLUDE

        demographic
        min_age int
        max_age int
        age_groups list text:10
        gender MALE|FEMALE|OTHER
        languages list text:10
        operation INCLUDE|EXCLUDE

        interest
        *category_id list text:40
        operation INCLUDE|EXCLUDE

        segmentchoice
        *segment_id list id
        operation INCLUDE|EXCLUDE

        media
        *=ad_account_id id
        *name text:375
        *=type IMAGE|VIDEO

        creative
        *=ad_account_id id
        *name text:375
        *=type SNAP_AD|WEB_VIEW|APP_INSTALL|DEEP_LINK|LEAD_GENERATION
        *headline text:34
        *=top_snap_media_id id
        *profile_properties profile
        brand_name text:32
        shareable bool
        call_to_action text:40
        top_snap_crop_position OPTIMIZED|MIDDLE|TOP|BOTTOM
        web_view_properties webview
        app_install_properties appinstall
        deep_link_properties any

        profile
        *profile_id id

        webview
        *url url
        allow_snap_javascript_sdk bool
        block_preload bool

        appinstall
        *app_name text:60
        ios_app_id text:60
        android_app_url text:200
        icon_media_id id

        ad
        *=ad_squad_id id
        *=creative_id id
        *name text:375
        *=type SNAP_AD|REMOTE_WEBPAGE|APP_INSTALL|DEEP_LINK|LEAD_GENERATION
        *status ACTIVE|PAUSED
        paying_advertiser_name text:200

        segment
        *name text:375
        *=source_type FIRST_PARTY|LOOKALIKE
        *retention_in_days int
        *=ad_account_id id
        description text:2000
        =creation_spec lookalike

        lookalike
        *seed_segment_id id
        *countries list text:2
        type BALANCE|SIMILARITY|REACH

        user
        *schema list EMAIL_SHA256|PHONE_SHA256|MOBILE_AD_ID_SHA256
        *data list any
        """);

    /// <summary>Only the platform writes these; what is sent of them is passed over.</summary>
    public static readonly IReadOnlySet<string> PlatformOnly = new HashSet<string> { "id", "created_at", "updated_at", "ad_account_id", "review_status", "review_status_reasons", "render_type", "delivery_status", "packaging_status", "targeting_reach_status", "deleted" };

    /// <summary>The names of a shape's fields.</summary>
    public static IReadOnlyCollection<string> Fields(string shape) => Shapes[shape].Keys;

    /// <summary>What is wrong with an object, with the platform's code; null when nothing is.</summary>
    /// <param name="before">How it stood, when this changes it.</param>
    public static (string Code, string Reason)? Check(string shape, JsonObject body, JsonObject? before = null)
    {
        foreach (var (name, value) in body)
        {
            if (!Shapes[shape].TryGetValue(name, out var field))
            {
                if (PlatformOnly.Contains(name)) continue;
                return ("E1001", $"Unrecognized field '{name}' of {shape}");
            }
            if (value is not null && Misfit(field.Type, value, name) is { } misfit) return ("E1001", misfit);
            if (before is not null && field.IsFixed && !JsonNode.DeepEquals(value, before[name])) return ("E2023", $"The field {name} cannot be changed");
        }
        var missing = Shapes[shape].FirstOrDefault(f => f.Value.IsNeeded && body[f.Key] is null).Key;
        return missing is null ? null : ("E1001", $"The field '{missing}' is required");
    }

    private static string? Misfit(string type, JsonNode value, string name)
    {
        if (type == "any") return null;
        if (type.StartsWith("list ", StringComparison.Ordinal))
            return value is JsonArray list ? list.Select(item => item is null ? $"The field '{name}' has an empty entry" : Misfit(type[5..], item, name)).FirstOrDefault(m => m is not null) : $"The field '{name}' must be a list";
        if (Shapes.ContainsKey(type)) return value is not JsonObject inner ? $"The field '{name}' must be an object" : Check(type, inner) is { } wrong ? $"{wrong.Reason} (in {name})" : null;

        var kind = value.GetValueKind();
        var text = kind == JsonValueKind.String ? value.GetValue<string>() : null;
        if (type == "int") return kind == JsonValueKind.Number && long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : $"The field '{name}' must be a whole number";
        if (type == "bool") return kind is JsonValueKind.True or JsonValueKind.False ? null : $"The field '{name}' must be true or false";
        if (text is null) return $"The field '{name}' must be a text";
        if (type == "time") return SnapchatTime.Read(text) is null ? $"The field '{name}' must be an instant as ISO 8601 writes it, with an offset" : null;
        if (type == "url") return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && text.Length <= 2048 ? null : $"The field '{name}' must be an address that begins with https:// and has at most 2048 characters";
        if (type == "id") return Guid.TryParse(text, out _) ? null : $"The field '{name}' must be an id";
        if (type.StartsWith("text:", StringComparison.Ordinal)) return text.Length == 0 ? $"The field '{name}' must not be empty" : text.Length > int.Parse(type[5..], CultureInfo.InvariantCulture) ? $"The field '{name}' has more than {type[5..]} characters" : null;
        return type.Split('|').Contains(text) ? null : $"The field '{name}' must be one of {type.Replace("|", ", ", StringComparison.Ordinal)}";
    }

    private static Dictionary<string, Dictionary<string, Field>> Read(string table)
    {
        var shapes = new Dictionary<string, Dictionary<string, Field>>();
        foreach (var block in table.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var lines = block.Split('\n', StringSplitOptions.TrimEntries);
            shapes[lines[0]] = lines[1..].Select(line => line.Split(' ', 2)).ToDictionary(l => l[0].TrimStart('*', '='), l => new Field(l[1], l[0].StartsWith('*'), l[0].TrimStart('*').StartsWith('=')));
        }
        return shapes;
    }
}
