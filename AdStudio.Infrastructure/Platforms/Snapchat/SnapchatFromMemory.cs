using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>
/// What the adapter takes for granted though Snapchat's published pages, as far as they could be read, do not say it: from memory or from what others wrote. When something is refused in earnest, look here first.
/// docs/platforms.md lists the same. The wire values of the buttons stand in <see cref="SnapchatCatalogue"/> and are of this kind too, as are the size limits of images and videos and the highest age (50 and older).
/// </summary>
internal static class SnapchatFromMemory
{
    /// <summary>Public profiles are listed by the business API, which asks for an extra allowance; without it the adapter takes the profiles that the account's creatives carry.</summary>
    public static string PublicProfiles(string organization) => $"organizations/{organization}/public_profiles";

    /// <summary>The host of <see cref="PublicProfiles"/>.</summary>
    public static string BusinessApi(string api) => api.Replace("//adsapi.", "//businessapi.", StringComparison.Ordinal);

    /// <summary>The Conversions API: host, version, and that the token travels in the query.</summary>
    public static string ConversionsApi(string api, string version) => api.Replace("//adsapi.", "//tr.", StringComparison.Ordinal)[..^version.Length] + "v3";

    /// <summary>How the list of an organization's apps is wrapped; its path and its fields are published.</summary>
    public static readonly Noun MobileApp = new("mobile_apps", "mobile_app");

    /// <summary>Deleted objects are listed too, so that their numbers find their campaign.</summary>
    public const string WithDeleted = "read_deleted_entities";

    /// <summary>After a 429 without a Retry-After: limits count single seconds.</summary>
    public static readonly TimeSpan AfterTooManyCalls = TimeSpan.FromSeconds(3);

    /// <summary>The days that one question about numbers by day may cover.</summary>
    public const int DaysAQuestion = 30;

    /// <summary>Members that one call takes at most.</summary>
    public const int MembersACall = 10_000;

    /// <summary>A list that forgets nobody.</summary>
    public const int ForEver = 9999;

    /// <summary>Optimization goals by objective where the pairing is not published.</summary>
    public static string Goal(Objective objective, bool onlyVideos) => objective switch
    {
        Objective.Awareness => "IMPRESSIONS",
        Objective.Traffic => "SWIPES",
        Objective.Engagement => onlyVideos ? "VIDEO_VIEWS" : "SWIPES",
        Objective.Leads => "PIXEL_SIGNUP",
        Objective.AppInstalls => "APP_INSTALLS",
        _ => "PIXEL_PURCHASE",
    };

    /// <summary>Which ad a creative makes: WEB_VIEW is published, the others have the same name.</summary>
    public static string AdType(string creative) => creative == "WEB_VIEW" ? "REMOTE_WEBPAGE" : creative;

    /// <summary>Only Snapchat writes these, and a change sends none of them back.</summary>
    public static readonly IReadOnlySet<string> ReadOnly = new HashSet<string>
    {
        "created_at", "updated_at", "review_status", "review_status_reasons", "render_type", "delivery_status", "effective_status", "targeting_reach_status", "packaging_status", "forced_view_eligibility",
        "preview_creative_id", "playback_type", "ad_product", "placement", "auto_bid", "target_bid", "impression_goal", "reach_goal", "reach_and_frequency_status", "reach_and_frequency_micro", "created_by_user",
        "created_by_app_id", "last_updated_by_user", "last_updated_by_app_id", "deleted", "objective",
    };

    /// <summary>Ad accounts' statuses; only ACTIVE is published.</summary>
    public static (AdAccountStatus, string?) AccountStatus(string? status) => status switch
    {
        "ACTIVE" => (AdAccountStatus.Active, null),
        "PENDING" => (AdAccountStatus.PendingReview, "Snapchat is reviewing this account."),
        "DISABLED" or "SUSPENDED" or "PAUSED" => (AdAccountStatus.Disabled, "Snapchat has disabled this account."),
        "CLOSED" or "DELETED" => (AdAccountStatus.Closed, "This account is closed."),
        _ => (AdAccountStatus.Unknown, $"Snapchat gives the status {status}."),
    };

    /// <summary>In which report_dimension a breakdown is asked for, and that each point then carries "dimension_stats" with the value beside the numbers.</summary>
    public static string Dimension(BreakdownKind kind) => kind switch
    {
        BreakdownKind.Country => "country",
        BreakdownKind.Age => "age",
        BreakdownKind.Gender => "gender",
        BreakdownKind.Device => "os",
        _ => throw new InvalidOperationException($"Snapchat has no breakdown by {kind}."),
    };

    public const string DimensionStats = "dimension_stats";

    /// <summary>The columns of an asynchronous report: what it is about, and the day, each under any of these names, in lower case with underscores.</summary>
    public static readonly string[] DayColumns = ["start_time", "date", "day"];

    public static string[] IdColumns(string breakdown) => breakdown switch
    {
        "campaign" => ["campaign_id", "id"],
        "adsquad" => ["ad_squad_id", "adsquad_id", "id"],
        _ => ["ad_id", "id"],
    };

    /// <summary>Interests that targeting search looks through: Snapchat's lifestyle categories.</summary>
    public const string Interests = "targeting/interests/scls";

    /// <summary>Events by the names that websites commonly give them.</summary>
    public static string Event(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "PURCHASE" => "PURCHASE",
        "LEAD" or "COMPLETEREGISTRATION" or "SIGNUP" => "SIGN_UP",
        "ADDTOCART" or "ADDCART" => "ADD_CART",
        "PAGEVIEW" => "PAGE_VIEW",
        "VIEWCONTENT" => "VIEW_CONTENT",
        "INITIATECHECKOUT" or "STARTCHECKOUT" => "START_CHECKOUT",
        "ADDPAYMENTINFO" or "ADDBILLING" => "ADD_BILLING",
        "SEARCH" => "SEARCH",
        "SUBSCRIBE" => "SUBSCRIBE",
        "STARTTRIAL" => "START_TRIAL",
        _ => "CUSTOM_EVENT_1",
    };
}
