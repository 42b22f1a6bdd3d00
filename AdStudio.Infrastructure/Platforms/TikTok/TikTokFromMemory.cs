using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>
/// What TikTok's published SDK (v1.3: OpenAPI of some operations, names and types of the others) does not say. Each fact is from the documentation of the portal as remembered, or as a third-party client repeats it;
/// it is kept here so that one place is corrected when TikTok answers otherwise.
/// </summary>
internal static class TikTokFromMemory
{
    // ---- calls that the SDK leaves out ----------------------------------------

    /// <summary>Who consented: core_user_id, display_name, email.</summary>
    public const string UserInfo = "user/info/";

    /// <summary>Images of the asset library with their file_name; the SDK has it for videos only.</summary>
    public const string ImageSearch = "file/image/ad/search/";

    /// <summary>Music that may accompany images. A carousel of images is refused without a music_id.</summary>
    public const string MusicGet = "file/music/get/";

    /// <summary>Where a finished report lies: data.download_url.</summary>
    public const string ReportDownload = "report/task/download/";

    /// <summary>What review said of ads; the SDK has it for Smart+ ads only, and shows no answer. By the ad's id: reject_info[].reasons[] and .suggestion.</summary>
    public const string ReviewInfo = "ad/review_info/", ReviewMap = "ad_review_map";

    // ---- values of fields whose enumeration is not published ------------------

    public const string Pacing = "PACING_MODE_SMOOTH";

    /// <summary>A rule's event of somebody who opened a page with the pixel.</summary>
    public const string PageBrowse = "PAGE BROWSE";

    /// <summary>Look-back times, in days, that a rule of an audience may have.</summary>
    public static readonly int[] RetentionDays = [7, 14, 30, 60, 90, 180];

    /// <summary>How a lookalike names TikTok's own app; the SDK's description writes it so, too.</summary>
    public const string LookalikePlacement = "TikTok";

    /// <summary>The first line of a customer file with several kinds of ids (calculate_type MULTIPLE_TYPES).</summary>
    public const string CustomerFileHeader = "EMAIL_SHA256,PHONE_SHA256";

    /// <summary>Where a report's download says how far it is.</summary>
    public const string ReportReady = "SUCCESS", ReportFailed = "FAILED", ReportCanceled = "CANCELED";

    /// <summary>Marks a server's event as a test; the SDK's model of pixel/track/ has no such field.</summary>
    public const string TestEventCode = "test_event_code";

    // ---- numbers ----------------------------------------------------------------

    /// <summary>Rows of a report that the synchronous call may leaf through; above it the studio orders the report as a task.</summary>
    public const int MostSynchronousRows = 10_000;

    /// <summary>Days that a report by day may cover.</summary>
    public const int MostDays = 30;

    /// <summary>Ids that a report's filter takes.</summary>
    public const int MostFilterIds = 100;

    /// <summary>The value of purchases: of payments on websites (the name says rate, but it is the value) and in apps. Both are in units of the account's currency.</summary>
    public static readonly string[] ValueMetrics = ["total_complete_payment_rate", "total_purchase_value"];

    // ---- which goal goes with which objective ----------------------------------

    /// <summary>What an ad group is optimized for and charged by.</summary>
    public static (string Goal, string Billing) Pairing(string objective) => objective switch
    {
        "REACH" => ("REACH", "CPM"),
        "TRAFFIC" => ("CLICK", "CPC"),
        "VIDEO_VIEWS" => ("ENGAGED_VIEW", "CPV"),
        "LEAD_GENERATION" => ("LEAD_GENERATION", "OCPM"),
        "APP_PROMOTION" => ("INSTALL", "OCPM"),
        _ => ("CONVERT", "OCPM"),
    };

    /// <summary>The pixel's events as ad groups name them: a payment, a form that was sent.</summary>
    public const string PaymentEvent = "SHOPPING", FormEvent = "FORM";

    // ---- errors -----------------------------------------------------------------

    /// <summary>TikTok gives no time to come back; its limits are by the second and by the minute.</summary>
    public static readonly TimeSpan RateLimitPause = TimeSpan.FromMinutes(1);

    /// <summary>
    /// 40100 and 40133 too many requests, 40102 token expired, 40104 token empty, 40105 token wrong or revoked, 40110 authorization code wrong or used, 40001 no permission, 40300 no such account, 40202 another change is
    /// being written, 40200 and 40201 a task that is not ready, 40700 and 5xxxx TikTok's own trouble. Everything else from 40000 is a wrong request.
    /// </summary>
    public static PlatformFailureKind KindOf(int code, string message) => code switch
    {
        40100 or 40133 => PlatformFailureKind.RateLimited,
        40101 or 40102 or 40103 or 40104 or 40105 or 40110 => PlatformFailureKind.ExpiredAuthorization,
        40001 => PlatformFailureKind.MissingPermission,
        40300 or 40404 => PlatformFailureKind.NotFound,
        40200 or 40201 or 40202 or 40700 => PlatformFailureKind.Unavailable,
        40002 when message.Contains("too much data", StringComparison.OrdinalIgnoreCase) => PlatformFailureKind.TooMuchData,
        40010 => PlatformFailureKind.VersionRetired,
        >= 50000 and < 60000 => PlatformFailureKind.Unavailable,
        _ => PlatformFailureKind.InvalidRequest,
    };

    /// <summary>Codes with which TikTok certainly did nothing, though it may do it later.</summary>
    public static bool IsCertain(int code) => code is < 50000 or >= 60000;

    /// <summary>The platform dimension of audience reports, in our words; others are "other".</summary>
    public static string Device(string platform) => platform.ToUpperInvariant() switch { "ANDROID" or "IPHONE" => "mobile", "IPAD" => "tablet", "PC" => "desktop", _ => "other" };

    /// <summary>TikTok's own words of age groups and genders in reports ("AGE_25_34", "FEMALE"), in ours.</summary>
    public static string Age(string word) => word switch { "AGE_55_100" => "55+", _ when word.StartsWith("AGE_", StringComparison.Ordinal) => word[4..].Replace('_', '-'), _ => "unknown" };
    public static string Gender(string word) => word.ToUpperInvariant() switch { "FEMALE" => "female", "MALE" => "male", _ => "unknown" };
}
