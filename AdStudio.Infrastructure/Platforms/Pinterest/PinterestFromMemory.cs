using System.Globalization;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>What Pinterest's API description does not say, gathered in one place: known from experience, to be checked against the live platform first.</summary>
internal static class PinterestFromMemory
{
    /// <summary>Headers that tell how many calls are left: "400, 400;w=60", "399", and the seconds until there are more.</summary>
    public const string LimitHeader = "x-ratelimit-limit", RemainingHeader = "x-ratelimit-remaining", ResetHeader = "x-ratelimit-reset";

    /// <summary>How long to wait when a refusal for too many calls does not say.</summary>
    public static readonly TimeSpan RateLimitWithoutWord = TimeSpan.FromMinutes(1);

    /// <summary>Lets Pinterest choose the bid, so that none has to be given even where the description says one is required.</summary>
    public const string AutomaticBid = "AUTOMATIC_BID";

    /// <summary>What is paid for, by objective; the description names the events but not which go together.</summary>
    public static string BillableEvent(string objective) => objective switch { "CONSIDERATION" => "CLICKTHROUGH", "VIDEO_COMPLETION" => "VIDEO_V_50_MRC", _ => "IMPRESSION" };

    /// <summary>Objectives whose ads may carry a button.</summary>
    public static bool HasButton(string objective) => objective is "CONSIDERATION" or "WEB_CONVERSION";

    /// <summary>Names of campaigns and ad groups; only the ad's is published, with the same number.</summary>
    public const int MaxName = 255;

    /// <summary>Hashes in one call of a customer list.</summary>
    public const int RecordsACall = 10_000;

    /// <summary>The API's version is gone.</summary>
    public const int GoneStatus = 410;

    /// <summary>Words by which a refusal is one of policy; such refusals have no code of their own.</summary>
    public static bool IsPolicy(string message) =>
        PolicyWords.Any(w => message.Contains(w, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] PolicyWords = ["Community Guidelines", "advertising guidelines", "advertising standards", "lead to spam", "may be spam", "blocked this link"];

    /// <summary>Countries in which ads can be shown: where a campaign names none, it is for all of these.</summary>
    public static readonly IReadOnlyList<string> AdCountries =
        ["US", "CA", "GB", "IE", "AU", "NZ", "FR", "DE", "AT", "CH", "ES", "IT", "PT", "NL", "BE", "LU", "SE", "NO", "DK", "FI", "BR", "MX", "AR", "CL", "CO", "JP", "PL", "CZ", "HU", "RO", "GR", "SK", "CY", "MT"];

    /// <summary>How names of places are prefixed in lists: "U.S.: Reno", "Germany: Bavaria".</summary>
    public static (string? Country, string Name) PlaceName(string name) => name.Split(": ", 2) is [var country, var rest] ? (country == "U.S." ? "United States" : country, rest) : (null, name);

    /// <summary>A report names the value that a row is of in these columns.</summary>
    public const string TargetingValueColumn = "TARGETING_VALUE";

    /// <summary>Roles by which a person may change campaigns, of the published ones.</summary>
    public static bool MayChange(IReadOnlyCollection<string> permissions) => permissions.Any(p => p is "OWNER" or "ADMIN" or "CAMPAIGN_MANAGER");

    /// <summary>The published events by the names that other platforms and websites give them; anything else is a custom event.</summary>
    public static string EventName(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        "purchase" or "checkout" or "completepayment" => "checkout",
        "lead" or "submitform" or "generatelead" => "lead",
        "completeregistration" or "signup" => "signup",
        "addtocart" => "add_to_cart",
        "addtowishlist" => "add_to_wishlist",
        "addpaymentinfo" => "add_payment_info",
        "initiatecheckout" => "initiate_checkout",
        "pageview" or "pagevisit" => "page_visit",
        "viewcontent" => "view_content",
        "viewcategory" => "view_category",
        "search" => "search",
        "subscribe" => "subscribe",
        "watchvideo" => "watch_video",
        "appinstall" or "install" => "app_install",
        _ => "custom",
    };

    /// <summary>Devices by the published kinds of app.</summary>
    public static string Device(string appType) => appType switch { "iphone" or "android_mobile" or "web_mobile" => "mobile", "ipad" or "android_tablet" => "tablet", "web" => "desktop", _ => "unknown" };

    /// <summary>Where a value of a breakdown by country is no code, it is a name.</summary>
    public static string CountryCode(string value) => Countries.Find(value)?.Code ?? Countries.All.FirstOrDefault(c => string.Equals(c.Name, value, StringComparison.OrdinalIgnoreCase))?.Code ?? value.ToUpper(CultureInfo.InvariantCulture);
}
