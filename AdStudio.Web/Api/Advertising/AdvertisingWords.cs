using System.Globalization;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Advertising;

/// <summary>The words of seed 003.</summary>
internal static class AdvertisingWords
{
    /// <summary>Kinds of campaign as partners of this surface name them, and the objectives' own names beside them.</summary>
    public static IReadOnlyDictionary<string, Objective> Types { get; } = new Dictionary<string, Objective>
    {
        ["record_streams"] = Objective.Traffic, ["link_clicks"] = Objective.Traffic, ["get_playlisted"] = Objective.Traffic, ["traffic"] = Objective.Traffic,
        ["boost_instagram"] = Objective.Engagement, ["video_views"] = Objective.Engagement, ["engagement"] = Objective.Engagement,
        ["awareness"] = Objective.Awareness, ["leads"] = Objective.Leads, ["lead_generation"] = Objective.Leads, ["app_installs"] = Objective.AppInstalls, ["sales"] = Objective.Sales, ["conversions"] = Objective.Sales,
    };

    public static IReadOnlyDictionary<string, Platform> Platforms { get; } = new Dictionary<string, Platform>
    {
        ["fb"] = Platform.Meta, ["facebook"] = Platform.Meta, ["meta"] = Platform.Meta, ["google"] = Platform.Google, ["tiktok"] = Platform.TikTok, ["linkedin"] = Platform.LinkedIn,
        ["pinterest"] = Platform.Pinterest, ["snapchat"] = Platform.Snapchat, ["apple"] = Platform.Apple,
    };

    /// <summary>Which of our statuses each of this surface's words means.</summary>
    public static IReadOnlyDictionary<string, CampaignStatus[]> Statuses { get; } = new Dictionary<string, CampaignStatus[]>
    {
        ["draft"] = [CampaignStatus.Draft], ["scheduled"] = [CampaignStatus.Scheduled], ["submitted"] = [CampaignStatus.Submitted, CampaignStatus.Launching], ["launching"] = [CampaignStatus.Launching],
        ["in_review"] = [CampaignStatus.InReview], ["active"] = [CampaignStatus.Active], ["paused"] = [CampaignStatus.Paused], ["completed"] = [CampaignStatus.Completed], ["failed"] = [CampaignStatus.Failed],
        ["rejected"] = [CampaignStatus.Rejected],
    };

    /// <summary>Which texts and files are for which listening service; "all" for every one.</summary>
    public static IReadOnlyList<string> AdTypes { get; } = ["all", "spotify", "apple_music", "youtube", "soundcloud", "custom"];

    /// <summary>"increase_video_views" is the goal of "video_views".</summary>
    public static string Kind(string type) => type.StartsWith("increase_", StringComparison.Ordinal) ? type["increase_".Length..] : type;

    public static Objective? ObjectiveOf(string type) => Types.TryGetValue(Kind(type), out var objective) ? objective : null;

    /// <summary>As it was given; of a campaign from elsewhere what its objective comes to.</summary>
    public static string TypeOf(string? given, Objective? objective) => given ?? objective switch
    {
        null or Objective.Traffic => "link_clicks", Objective.AppInstalls => "app_installs", { } other => other.ToString().ToLowerInvariant(),
    };

    public static string Wire(this Platform platform) => platform == Platform.Meta ? "fb" : platform.ToString().ToLowerInvariant();

    public static string Wire(this CampaignStatus status) => status switch
    {
        CampaignStatus.Launching => "SUBMITTED", CampaignStatus.InReview => "IN_REVIEW", _ => status.ToString().ToUpperInvariant(),
    };

    public static string Wire(this DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
