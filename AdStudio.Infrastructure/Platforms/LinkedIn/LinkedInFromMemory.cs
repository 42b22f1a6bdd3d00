using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>
/// What the adapter takes for a fact although no published specification beside the project states it: LinkedIn publishes no machine-readable one. Everything of that kind stands here,
/// so that a person with an account can check it line by line. The text lengths of <see cref="LinkedInCatalogue"/> are of the same kind.
/// </summary>
internal static class LinkedInFromMemory
{
    /// <summary>The objectives' wire values are singular ("WEBSITE_VISIT"); LinkedIn's own table prints some of them in the plural. Each goes with one thing to optimise for, paid by impressions.</summary>
    public static string TargetOf(string objective) => objective switch
    {
        "BRAND_AWARENESS" => "MAX_IMPRESSION", "WEBSITE_CONVERSION" => "MAX_CONVERSION", "LEAD_GENERATION" => "MAX_LEAD", "VIDEO_VIEW" => "MAX_VIDEO_VIEW", _ => "MAX_CLICK",
    };

    /// <summary>A campaign shows ads of one format.</summary>
    public static string FormatOf(CreativeType type) => type switch { CreativeType.Video => "SINGLE_VIDEO", CreativeType.Carousel => "CAROUSEL", _ => "STANDARD_UPDATE" };

    /// <summary>A bid of nothing lets LinkedIn bid by itself.</summary>
    public const string NoBid = "0";

    /// <summary>The finder of the posts that were made for ads: GET /posts?q=dscAdAccount. A post made for ads carries a name of its own, adContext.dscName.</summary>
    public const string PostFinder = "dscAdAccount";
    public static readonly string[] PostTypes = ["STANDARD", "VIDEO", "CAROUSEL"];

    /// <summary>Characters that have a meaning in a post's text and are written with a backslash before them.</summary>
    public const string Reserved = @"\|{}@[]()<>#*_~";

    /// <summary>Field names of targeting facets; their values are found by the typeahead.</summary>
    public static string? FacetOf(TargetingKind kind) => kind switch
    {
        TargetingKind.Place => "locations", TargetingKind.Interest => "interests", TargetingKind.School => "schools", TargetingKind.FieldOfStudy => "fieldsOfStudy", TargetingKind.Employer => "employers",
        TargetingKind.JobTitle => "titles", TargetingKind.Industry => "industries", TargetingKind.EducationLevel => "degrees", _ => null,
    };

    /// <summary>The segment's urn that campaigns are aimed at stands in the segment's first destination, once LinkedIn has matched its members.</summary>
    public const string SegmentOfDestination = "destinationSegmentId";

    /// <summary>At most so many people in one call of dmpSegments/{id}/users.</summary>
    public const int MembersACall = 5000;

    /// <summary>service error codes of a token that was revoked, has expired, or is no token.</summary>
    public static bool IsTokenGone(int? code) => code is 65600 or 65601 or 65602 or 65604;

    /// <summary>How a report of more than 15 000 elements is refused; the number itself is documented.</summary>
    public static bool IsTooMuchData(int status, string message) => status is 413 or 414 || status == 400 && message.Contains("15000", StringComparison.Ordinal) || message.Contains("too many elements", StringComparison.OrdinalIgnoreCase);

    /// <summary>Roles on a company page in which ads may be run in its name.</summary>
    public static bool MayAdvertise(string? role) => role is "ADMINISTRATOR" or "DIRECT_SPONSORED_CONTENT_POSTER" or "CONTENT_ADMINISTRATOR" or "CONTENT_ADMIN";

    /// <summary>Where a token tells what it is good for, beside the address that gives tokens.</summary>
    public const string Introspection = "introspectToken";

    /// <summary>Pivot of adAnalytics for the device on which an ad was seen, and what its values mean.</summary>
    public const string DevicePivot = "IMPRESSION_DEVICE_TYPE";
    public static string DeviceOf(string value) => value switch { "DESKTOP_WEB" => "desktop", "MOBILE_WEB" or "MOBILE_APP" => "mobile", _ => value.ToLowerInvariant() };
}
