using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AdStudio.Web.Api.Advertising;

/// <summary>
/// A campaign to be written. Fields may also stand in `campaign_input`, or in `accounts` and `campaign` as `campaign_state` has them. Any further field is kept and given back as it is; tokens and billing ids are not.
/// </summary>
internal sealed record AdvertisingCampaignRequest
{
    public string? CampaignName { get; init; }

    /// <summary>record_streams, boost_instagram, link_clicks, get_playlisted, video_views; or awareness, traffic, engagement, leads, app_installs, sales.</summary>
    [JsonPropertyName("campaign_type")] public string? CampaignType { get; init; }

    /// <summary>In place of the type: increase_record_streams.</summary>
    public string? Goal { get; init; }

    /// <summary>fb, google, tiktok, linkedin, pinterest, snapchat, apple. Without it: fb.</summary>
    [JsonPropertyName("campaign_platforms")] public IReadOnlyList<string>? CampaignPlatforms { get; init; }

    /// <summary>facebook or symphony.</summary>
    public string? Provider { get; init; }

    /// <summary>ACTIVE runs it once it stands; PAUSED, as without it, leaves it paused there; DRAFT hands nothing to the platforms.</summary>
    public string? Status { get; init; }

    /// <summary>The whole budget, in whole units with decimals.</summary>
    public decimal? Budget { get; init; }

    /// <summary>lifetime, as without it, or daily.</summary>
    [JsonPropertyName("budget_type")] public string? BudgetType { get; init; }

    /// <summary>ISO 4217; without it, the ad account's.</summary>
    public string? Currency { get; init; }
    public string? StartDate { get; init; }
    public string? EndDate { get; init; }

    /// <summary>The Instagram post that is promoted as it is: id, permalink, media_url, thumbnail_url, caption. boost_instagram needs one unless it is a draft.</summary>
    public JsonElement? IgMedia { get; init; }

    /// <summary>In place of igMedia, when there is nothing to say of it but its id.</summary>
    [JsonPropertyName("instagram_post_id")] public string? InstagramPostId { get; init; }

    /// <summary>Files by what they are for: all, spotify, apple_music, youtube, soundcloud, custom. Each has url, name, type, fb_id, width, height, thumbnail, formatType.</summary>
    public JsonObject? Assets { get; init; }

    /// <summary>Texts by what they are for.</summary>
    public JsonObject? Captions { get; init; }
    public string? MainCaption { get; init; }

    /// <summary>Where ads lead; without it, to the record.</summary>
    public string? Link { get; init; }
    public string? Headline { get; init; }

    /// <summary>What the button says: LEARN_MORE.</summary>
    public string? Cta { get; init; }

    /// <summary>What is promoted: name, slug, type, thumbnail_url, record_url, explicit, release_date, external_ids, external_links.</summary>
    public JsonObject? Record { get; init; }

    /// <summary>Country groups with their parts of the budget. Each becomes a campaign of its own on each platform.</summary>
    public IReadOnlyList<AdvertisingGroup>? TargetedCountries { get; init; }

    /// <summary>age {min, max}, gender All, Male or Female, languages [{key, name, selected}].</summary>
    public JsonObject? TargetingDemographics { get; init; }
    public IReadOnlyList<AdvertisingInterest>? InterestTargetingAudiences { get; init; }

    /// <summary>Audiences of the brand by your own ids or ours.</summary>
    public IReadOnlyList<string>? UserExistingAudiences { get; init; }

    /// <summary>Which pays, by its id on Meta.</summary>
    public JsonObject? FbAdAccount { get; init; }

    /// <summary>In whose name the ads run, by its id on Meta.</summary>
    public JsonObject? FbPage { get; init; }

    /// <summary>Which pays on other platforms, by its id there: {"tiktok": "…"}.</summary>
    [JsonPropertyName("ad_accounts")] public JsonObject? AdAccounts { get; init; }
    [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; init; }
}
