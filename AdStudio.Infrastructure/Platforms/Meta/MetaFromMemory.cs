using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>
/// What the adapter takes for a fact although no published specification beside the project states it. Everything of that kind stands here, so that a person with an account can check it line by line.
/// The fixed lists of <see cref="MetaCatalogue"/> (relationship statuses, education levels) are of the same kind.
/// </summary>
internal static class MetaFromMemory
{
    /// <summary>The words of a report run's async_status.</summary>
    public static bool ReportIsReady(string? status) => status == "Job Completed";

    /// <summary>The others are "Job Not Started", "Job Started" and "Job Running".</summary>
    public static bool ReportIsLost(string? status) => status is "Job Failed" or "Job Skipped";

    /// <summary>Code 1 with these words, or subcode 1487534, refuses an answer for its size.</summary>
    public static bool IsTooMuchData(int? code, int? subcode, string message) => code is 1 && message.Contains("reduce the amount of data", StringComparison.OrdinalIgnoreCase) || subcode is 1487534;

    /// <summary>Error codes; null for those that only the status tells. 2635 (a version that is no longer served) is quoted in the issues of Meta's own SDKs.</summary>
    public static PlatformFailureKind? KindOf(int? code, int? subcode) => (code, subcode) switch
    {
        (2635, _) => PlatformFailureKind.VersionRetired,
        (190 or 102 or 2500, _) => PlatformFailureKind.ExpiredAuthorization,
        (4 or 17 or 32 or 613 or (>= 80000 and <= 80014), _) or (_, 2446079) => PlatformFailureKind.RateLimited,
        (3 or 10 or 294 or (>= 200 and <= 299), _) => PlatformFailureKind.MissingPermission,
        (368, _) => PlatformFailureKind.RejectedByPolicy,
        (_, CreativeNotMade) => PlatformFailureKind.Unavailable,
        (100, 33) or (803, _) => PlatformFailureKind.NotFound,
        (1 or 2, _) => PlatformFailureKind.Unavailable,
        _ => null,
    };

    /// <summary>The subcode of a creative that was certainly not made; other breakdowns leave open what was done.</summary>
    public const int CreativeNotMade = 1487390;

    /// <summary>Buttons that may open a lead form.</summary>
    public static bool OpensAForm(string button) => button is "APPLY_NOW" or "BOOK_NOW" or "CONTACT_US" or "DOWNLOAD" or "GET_OFFER" or "GET_QUOTE" or "LEARN_MORE" or "SIGN_UP" or "SUBSCRIBE";

    /// <summary>The keys of an app's object_store_urls, for people.</summary>
    public static string StoreName(string store) => store switch { "google_play" => "Google Play", "itunes" => "App Store", "itunes_ipad" => "App Store, iPad", _ => store.Replace('_', ' ') };

    /// <summary>user_os of an ad set that promotes an app: Meta wants it to fit the store. Null for stores that serve neither.</summary>
    public static string? SystemOf(string storeUrl) => new Uri(storeUrl).Host switch { "apps.apple.com" or "itunes.apple.com" => "iOS", "play.google.com" => "Android", _ => null };

    /// <summary>How a kind of trait is searched: "type" of GET /search, and "class" for adTargetingCategory. Null has a fixed list instead.</summary>
    public static (string Type, string? Class)? SearchOf(TargetingKind kind) => kind switch
    {
        TargetingKind.Place => ("adgeolocation", null),
        TargetingKind.Interest => ("adinterest", null),
        TargetingKind.Language => ("adlocale", null),
        TargetingKind.Behavior => (Category, "behaviors"),
        TargetingKind.FamilyStatus => (Category, "family_statuses"),
        TargetingKind.LifeEvent => (Category, "life_events"),
        TargetingKind.Industry => (Category, "industries"),
        TargetingKind.Income => (Category, "income"),
        TargetingKind.School => ("adeducationschool", null),
        TargetingKind.FieldOfStudy => ("adeducationmajor", null),
        TargetingKind.Employer => ("adworkemployer", null),
        TargetingKind.JobTitle => ("adworkposition", null),
        _ => null,
    };

    private const string Category = "adTargetingCategory";

    /// <summary>In the categories that the law singles out Meta takes no excluded places and no traits but interests, behaviours and languages.</summary>
    public static bool IsAllowedInSpecialCategories(TargetingKind kind) => kind is TargetingKind.Interest or TargetingKind.Behavior or TargetingKind.Language;

    /// <summary>Objectives of today (which the specification lists) and those that older campaigns still have; null for what is none of ours.</summary>
    public static Objective? ObjectiveOf(string? wire) => wire switch
    {
        "BRAND_AWARENESS" or "REACH" or "LOCAL_AWARENESS" => Objective.Awareness,
        "LINK_CLICKS" => Objective.Traffic,
        "POST_ENGAGEMENT" or "PAGE_LIKES" or "EVENT_RESPONSES" or "VIDEO_VIEWS" or "MESSAGES" => Objective.Engagement,
        "LEAD_GENERATION" => Objective.Leads,
        "APP_INSTALLS" => Objective.AppInstalls,
        "CONVERSIONS" or "PRODUCT_CATALOG_SALES" or "STORE_VISITS" => Objective.Sales,
        _ => MetaCatalogue.Rules.Objectives.FirstOrDefault(o => o.Wire == wire)?.Objective,
    };

    /// <summary>A form's parameters: the specification names questions, privacy_policy, context_card and thank_you_page, and only what these look like when they are read.</summary>
    public static JsonObject FormOf(string name, LeadFormContent form)
    {
        var thanks = new JsonObject { ["title"] = form.ThankYou.Title, ["body"] = form.ThankYou.Body, ["button_type"] = form.ThankYou.ButtonType };
        Add(thanks, "button_text", form.ThankYou.ButtonText);
        Add(thanks, "website_url", form.ThankYou.WebsiteUrl);
        Add(thanks, "country_code", form.ThankYou.CountryCode);
        Add(thanks, "business_phone_number", form.ThankYou.BusinessPhoneNumber);
        var body = new JsonObject
        {
            ["name"] = name, ["locale"] = form.Language, ["questions"] = new JsonArray([.. form.Questions.Select(q => (JsonNode)QuestionOf(q))]),
            ["privacy_policy"] = new JsonObject { ["url"] = form.PrivacyPolicyUrl, ["link_text"] = form.PrivacyPolicyName }, ["thank_you_page"] = thanks,
        };
        // Older forms cannot be made without an address to go on to.
        Add(body, "follow_up_action_url", form.ThankYou.WebsiteUrl ?? form.PrivacyPolicyUrl);
        if (form.Intro is { } intro) body["context_card"] = new JsonObject { ["title"] = intro.Title, ["style"] = intro.Style, ["content"] = new JsonArray([.. intro.Content.Where(l => l.Trim().Length > 0).Select(l => (JsonNode)l)]) };
        return body;

        static void Add(JsonObject into, string field, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text)) into[field] = text;
        }
    }

    private static JsonObject QuestionOf(LeadQuestion question)
    {
        // The studio's word has the spelling of one of the interfaces that it serves.
        var asked = new JsonObject { ["type"] = question.Type == "MARITIAL_STATUS" ? "MARITAL_STATUS" : question.Type, ["key"] = question.Key };
        if (question.Type == "CUSTOM") asked["label"] = question.Label;
        if (question.Options.Count > 0) asked["options"] = new JsonArray([.. question.Options.Select(o => (JsonNode)new JsonObject { ["key"] = o.Key, ["value"] = o.Value })]);
        return asked;
    }

    /// <summary>"filtering" of a form's leads: whole seconds, so the second itself is taken in.</summary>
    public static string LeadsSince(DateTimeOffset since) =>
        new JsonArray(new JsonObject { ["field"] = "time_created", ["operator"] = "GREATER_THAN", ["value"] = since.ToUnixTimeSeconds() - 1 }).ToJsonString();

    /// <summary>One entry of the Conversions API's "data": the specification names the parameter only.</summary>
    public static JsonObject EventOf(ConversionEvent conversion)
    {
        var person = new JsonObject();
        if (conversion.Person.EmailSha256 is { } email) person["em"] = new JsonArray(email);
        if (conversion.Person.PhoneSha256 is { } phone) person["ph"] = new JsonArray(phone);
        if (conversion.ClientIp is { } ip) person["client_ip_address"] = ip;
        if (conversion.UserAgent is { } agent) person["client_user_agent"] = agent;
        var told = new JsonObject
        {
            ["event_name"] = conversion.Name, ["event_time"] = conversion.At.ToUnixTimeSeconds(), ["event_id"] = conversion.EventId, ["event_source_url"] = conversion.SourceUrl, ["action_source"] = "website", ["user_data"] = person,
        };
        if (conversion.Value is { } value) told["custom_data"] = new JsonObject { ["value"] = value.Units, ["currency"] = value.Currency };
        return told;
    }

    /// <summary>Rows that one call to an audience's users takes.</summary>
    public const int MembersACall = 10_000;

    /// <summary>Videos are sent to a host of their own.</summary>
    public static string VideoHost(string api) => api.Replace("https://graph.facebook.com/", "https://graph-video.facebook.com/", StringComparison.Ordinal);

    /// <summary>end_time of an ad set that is to run until it is paused.</summary>
    public const string NoEnd = "0";

    /// <summary>account_status: 1 active (201 any active), 2 disabled, 3 unsettled, 7 and 8 under review, 9 in grace, 100 and 101 closed.</summary>
    public static AdAccountStatus AccountStatusOf(string? status) => status switch
    {
        "1" or "201" => AdAccountStatus.Active,
        "2" => AdAccountStatus.Disabled,
        "3" => AdAccountStatus.Unsettled,
        "7" or "8" => AdAccountStatus.PendingReview,
        "9" => AdAccountStatus.InGracePeriod,
        "100" or "101" => AdAccountStatus.Closed,
        _ => AdAccountStatus.Unknown,
    };
}
