using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>What the API demands of each kind of resource, and what it fills in by itself.</summary>
public sealed class GoogleRules(GoogleContext context)
{
    private static readonly string[] Bidding =
        ["biddingStrategy", "commission", "maximizeConversions", "manualCpa", "targetCpv", "targetCpa", "fixedCpm", "targetCpc", "targetSpend", "targetImpressionShare", "targetCpm", "percentCpc", "manualCpv", "manualCpc", "targetRoas", "manualCpm", "maximizeConversionValue"];

    private static readonly Dictionary<string, string[]> Fixed = new()
    {
        ["campaigns"] = ["advertisingChannelType", "advertisingChannelSubType", "id"],
        ["adGroups"] = ["campaign", "id", "type"],
        ["adGroupAds"] = ["adGroup", "ad"],
        ["campaignBudgets"] = ["id", "period", "type"],
        ["assets"] = ["id", "imageAsset", "textAsset", "youtubeVideoAsset"],
    };

    private static readonly string[] ListTypes = ["crmBasedUserList", "ruleBasedUserList", "logicalUserList", "basicUserList", "lookalikeUserList"];

    private readonly GoogleAdRules ads = new(context);

    public bool IsFixed(GoogleResource resource, string field) => Fixed.TryGetValue(resource.Collection, out var fields) && fields.Contains(field);

    public bool IsBidding(GoogleResource resource, string field) => resource.Collection == "campaigns" && Bidding.Contains(field);

    public void ClearBidding(JsonObject campaign, string except)
    {
        foreach (var other in Bidding.Where(b => b != except)) campaign.Remove(other);
    }

    public string NewId(GoogleResource resource, JsonObject body) => resource.Collection switch
    {
        "adGroupAds" => $"{GoogleContext.IdOf(body["adGroup"]!.ToString())}~{context.NewId()}",
        "campaignCriteria" => $"{GoogleContext.IdOf(body["campaign"]!.ToString())}~{CriterionId(body)}",
        "adGroupCriteria" => $"{GoogleContext.IdOf(body["adGroup"]!.ToString())}~{CriterionId(body)}",
        "campaignAssets" => $"{GoogleContext.IdOf(body["campaign"]!.ToString())}~{GoogleContext.IdOf(body["asset"]!.ToString())}~{body["fieldType"]}",
        _ => context.NewId(),
    };

    /// <summary>The asset that is there already with the same content: Google makes no second one.</summary>
    public SandboxObject? Existing(SandboxObject customer, GoogleResource resource, JsonObject body)
    {
        if (resource.Collection != "assets" || ContentHash(body) is not { } hash) return null;
        return context.All("assets", customer.Id).FirstOrDefault(a => a.Body["contentHash"]?.ToString() == hash);
    }

    public List<GoogleError> Check(SandboxObject customer, GoogleResource resource, JsonObject body, SandboxObject? old) => [.. resource.Collection switch
    {
        "campaignBudgets" => Budget(customer, body, old),
        "campaigns" => Campaign(customer, body, old),
        "adGroups" => AdGroup(customer, body, old),
        "adGroupAds" => ads.Check(customer, body, old),
        "assets" => old is null ? ads.CheckAsset(customer, body) : [],
        "campaignAssets" => CampaignAsset(body),
        "campaignCriteria" or "adGroupCriteria" => Criterion(customer, resource, body, old),
        "userLists" => UserList(customer, body, old),
        _ => ConversionAction(customer, body, old),
    }];

    /// <summary>Fills in what the platform sets: ids, types, defaults.</summary>
    public void Complete(SandboxObject customer, GoogleResource resource, JsonObject body, string id)
    {
        switch (resource.Collection)
        {
            case "campaignBudgets":
                body["id"] = id;
                body["name"] ??= "Budget " + id;
                body["status"] = "ENABLED";
                body["period"] ??= "DAILY";
                body["type"] ??= "STANDARD";
                body["deliveryMethod"] ??= "STANDARD";
                body["explicitlyShared"] ??= true;
                break;
            case "campaigns":
                body["id"] = id;
                body["status"] ??= "ENABLED";
                body["startDateTime"] ??= TimeZoneInfo.ConvertTime(context.Now, context.Zone(customer)).ToString("yyyy-MM-dd 00:00:00", CultureInfo.InvariantCulture);
                break;
            case "adGroups":
                body["id"] = id;
                body["status"] ??= "ENABLED";
                body["type"] ??= context.Live("campaigns", body["campaign"]!.ToString())!.Body["advertisingChannelType"]!.ToString() switch { "SEARCH" => "SEARCH_STANDARD", "DISPLAY" => "DISPLAY_STANDARD", "VIDEO" => "VIDEO_RESPONSIVE", _ => "UNKNOWN" };
                break;
            case "adGroupAds":
                body["status"] ??= "ENABLED";
                var ad = body["ad"]!.AsObject();
                ad["id"] = id[(id.IndexOf('~', StringComparison.Ordinal) + 1)..];
                ad["resourceName"] = $"customers/{customer.Id}/ads/{ad["id"]}";
                ad["type"] = GoogleShapes.Snake(GoogleAdRules.TypeOf(ad)!).ToUpperInvariant();
                break;
            case "assets":
                body["id"] = id;
                body["contentHash"] = ContentHash(body);
                ads.CompleteAsset(body, id);
                break;
            case "campaignCriteria" or "adGroupCriteria":
                body["criterionId"] = id[(id.IndexOf('~', StringComparison.Ordinal) + 1)..];
                body["type"] = GoogleShapes.Snake(CriterionOf(resource, body)!).ToUpperInvariant();
                body["status"] ??= "ENABLED";
                break;
            case "userLists":
                body["id"] = id;
                body["membershipStatus"] ??= "OPEN";
                body["type"] = body["crmBasedUserList"] is not null ? "CRM_BASED" : body["ruleBasedUserList"] is not null ? "RULE_BASED" : body["lookalikeUserList"] is not null ? "LOOKALIKE" : "REMARKETING";
                body["sizeForSearch"] = "0";
                body["sizeForDisplay"] = "0";
                break;
            default:
                body["id"] = id;
                body["status"] ??= "ENABLED";
                break;
        }
    }

    /// <summary>How the resource stands for the delivery model.</summary>
    public Moment MomentOf(SandboxObject customer, GoogleResource resource, SandboxObject item)
    {
        var body = item.Body;
        var moment = new Moment(context.Now) { Status = body["status"]?.ToString() ?? "" };
        switch (resource.Collection)
        {
            case "campaignBudgets":
                return moment with { DailyBudget = GoogleContext.Micros(body["amountMicros"]), LifetimeBudget = GoogleContext.Micros(body["totalAmountMicros"]) };
            case "campaigns":
                return moment with { Start = context.Instant(body["startDateTime"]?.ToString(), customer), End = context.Instant(body["endDateTime"]?.ToString(), customer, endOfDay: true), BudgetId = body["campaignBudget"]!.ToString() };
            case "adGroupAds":
                if (item.History.Count > 0) return item.History[^1] with { At = context.Now, Status = moment.Status };
                return moment with { ReviewedAt = context.Now + context.Options.ReviewDelay, Rejection = context.Policy.Broken("google", "review", GoogleAdRules.Words(context, body["ad"]))?.Reason };
            default:
                return moment;
        }
    }

    private IEnumerable<GoogleError> Budget(SandboxObject customer, JsonObject body, SandboxObject? old)
    {
        var shared = body["explicitlyShared"]?.GetValue<bool>() ?? true;
        if (shared && string.IsNullOrWhiteSpace(body["name"]?.ToString())) yield return GoogleError.Required("name");
        if (body["name"]?.ToString() is { } name && context.All("campaignBudgets", customer.Id).Any(b => b.Id != old?.Id && GoogleContext.Status(b) != "REMOVED" && b.Body["name"]?.ToString() == name))
            yield return GoogleError.Field("campaignBudgetError", "DUPLICATE_NAME", "A campaign budget with this name already exists.", "name", name);
        var custom = body["period"]?.ToString() == "CUSTOM_PERIOD";
        var field = custom ? "total_amount_micros" : "amount_micros";
        if (custom && body["amountMicros"] is not null) yield return GoogleError.Field("campaignBudgetError", "BUDGET_AMOUNT_MUST_BE_UNSET_FOR_CUSTOM_BUDGET_PERIOD", "The budget amount must be unset for a budget of a custom period.", "amount_micros");
        if (!custom && body["totalAmountMicros"] is not null) yield return GoogleError.Field("campaignBudgetError", "TOTAL_BUDGET_AMOUNT_MUST_BE_UNSET_FOR_BUDGET_PERIOD_DAILY", "The total budget amount must be unset for a daily budget.", "total_amount_micros");
        var value = custom ? body["totalAmountMicros"] : body["amountMicros"];
        if (value is null) { yield return GoogleError.Required(field); yield break; }
        var (micros, unit) = (GoogleContext.Micros(value), context.MarketOf(customer).BillableUnit);
        if (micros < 0) yield return GoogleError.Field("campaignBudgetError", "NEGATIVE_MONEY_AMOUNT", "The money amount must not be negative.", field, value.ToString());
        else if (micros % unit != 0) yield return GoogleError.Field("campaignBudgetError", "NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT", "The money amount is not a multiple of the minimum currency unit.", field, value.ToString());
        else if (micros < unit * 100) yield return GoogleError.Field("campaignBudgetError", "BUDGET_BELOW_PER_DAY_MINIMUM", "The budget is below the minimum for a day.", field, value.ToString()) with
        {
            Details = new JsonObject { ["budgetPerDayMinimumErrorDetails"] = new JsonObject { ["currencyCode"] = customer.Body["currencyCode"]!.ToString(), ["budgetPerDayMinimumMicros"] = (unit * 100).ToString(CultureInfo.InvariantCulture) } },
        };
    }

    private IEnumerable<GoogleError> Campaign(SandboxObject customer, JsonObject body, SandboxObject? old)
    {
        var name = body["name"]?.ToString();
        if (string.IsNullOrWhiteSpace(name)) yield return GoogleError.Required("name");
        else if (name.Length > 255) yield return GoogleError.Field("stringLengthError", "TOO_LONG", "Too long.", "name", name);
        else if (context.All("campaigns", customer.Id).Any(c => c.Id != old?.Id && GoogleContext.Status(c) != "REMOVED" && c.Body["name"]?.ToString() == name))
            yield return GoogleError.Field("campaignError", "DUPLICATE_CAMPAIGN_NAME", "A campaign with this name already exists.", "name", name);
        var channel = body["advertisingChannelType"]?.ToString();
        if (channel is null) yield return GoogleError.Required("advertising_channel_type");
        if (body["containsEuPoliticalAdvertising"] is null) yield return GoogleError.Required("contains_eu_political_advertising");

        var budgetName = body["campaignBudget"]?.ToString();
        var budget = context.Live("campaignBudgets", budgetName);
        if (budgetName is null) yield return GoogleError.Required("campaign_budget");
        else if (budget is null || budget.AccountId != customer.Id) yield return GoogleError.NotFound("campaign_budget", budgetName);
        else if (budget.Body["explicitlyShared"]?.GetValue<bool>() == false && context.All("campaigns", customer.Id).Any(c => c.Id != old?.Id && GoogleContext.Status(c) != "REMOVED" && c.Body["campaignBudget"]?.ToString() == budgetName))
            yield return GoogleError.Field("campaignBudgetError", "CANNOT_USE_IMPLICITLY_SHARED_CAMPAIGN_BUDGET_WITH_MULTIPLE_CAMPAIGNS", "A budget that isn't shared can't be used by several campaigns.", "campaign_budget", budgetName);

        var bidding = Bidding.Where(b => body[b] is not null).ToList();
        if (bidding.Count == 0) yield return GoogleError.Required("campaign_bidding_strategy");
        else if (bidding.Count > 1) yield return GoogleError.Field("fieldError", "VALUE_MUST_BE_UNSET", "Only one bidding strategy may be set.", GoogleShapes.Snake(bidding[1]));
        else if (channel == "SEARCH" && bidding[0] == "manualCpm") yield return GoogleError.Field("campaignError", "CANNOT_TARGET_GOOGLE_SEARCH_FOR_CPM_CAMPAIGN", "A campaign bidding per thousand impressions can't target Google Search.", "manual_cpm");
        else if (channel == "PERFORMANCE_MAX" && bidding[0] is not ("maximizeConversions" or "maximizeConversionValue")) yield return GoogleError.Field("biddingError", "INVALID_BIDDING_STRATEGY_TYPE", "The bidding strategy isn't available for this campaign type.", GoogleShapes.Snake(bidding[0]));

        var (start, end) = (context.Instant(body["startDateTime"]?.ToString(), customer), context.Instant(body["endDateTime"]?.ToString(), customer, endOfDay: true));
        foreach (var (field, instant) in new[] { ("startDateTime", start), ("endDateTime", end) })
            if (body[field] is not null && instant is null) yield return GoogleError.Field("dateError", "INVALID_STRING_DATE_TIME_SECONDS", "The string date time's format should be yyyy-mm-dd hh:mm:ss.", GoogleShapes.Snake(field), body[field]!.ToString());
        var today = context.MarketOf(customer).StartOf(context.MarketOf(customer).DayOf(context.Now));
        var moved = old is not null && body["startDateTime"]?.ToString() != old.Body["startDateTime"]?.ToString();
        if (moved && context.Instant(old!.Body["startDateTime"]?.ToString(), customer) <= context.Now)
            yield return GoogleError.Field("campaignError", "CANNOT_MODIFY_START_DATE_IF_ALREADY_STARTED", "The start date can't be changed once the campaign has started.", "start_date_time");
        if (start < today && body["startDateTime"]?.ToString() != old?.Body["startDateTime"]?.ToString()) yield return GoogleError.Field("campaignError", "CANNOT_SET_DATE_TO_PAST", "The date can't be set to the past.", "start_date_time");
        if (end < context.Now && body["endDateTime"]?.ToString() != old?.Body["endDateTime"]?.ToString()) yield return GoogleError.Field("campaignError", "CANNOT_SET_DATE_TO_PAST", "The date can't be set to the past.", "end_date_time");
        if (end is not null && start is not null && end <= start) yield return GoogleError.Field("dateError", "DATE_RANGE_MINIMUM_DATE_LATER_THAN_MAXIMUM_DATE", "The start is after the end.", "end_date_time");
        if (budget?.Body["period"]?.ToString() == "CUSTOM_PERIOD" && end is null) yield return GoogleError.Field("campaignError", "END_DATE_TIME_REQUIRED_FOR_TOTAL_BUDGET", "A campaign with a total budget needs an end.", "end_date_time");

        if (body["networkSettings"] is JsonObject network && channel == "SEARCH" && network["targetSearchNetwork"]?.GetValue<bool>() == true && network["targetGoogleSearch"]?.GetValue<bool>() != true)
            yield return GoogleError.Field("campaignError", "CANNOT_TARGET_SEARCH_NETWORK_WITHOUT_GOOGLE_SEARCH", "Search partners can't be targeted without Google Search.", "network_settings.target_search_network");
        if (body["advertisingChannelSubType"]?.ToString() == "APP_CAMPAIGN" && string.IsNullOrEmpty(body["appCampaignSetting"]?["appId"]?.ToString())) yield return GoogleError.Required("app_campaign_setting.app_id");
        if (body["status"]?.ToString() == "REMOVED") yield return GoogleError.Field("campaignError", "INVALID_STATUS_CHANGE", "Use remove to remove a campaign.", "status");
    }

    private IEnumerable<GoogleError> AdGroup(SandboxObject customer, JsonObject body, SandboxObject? old)
    {
        var name = body["name"]?.ToString();
        var campaignName = body["campaign"]?.ToString();
        if (string.IsNullOrWhiteSpace(name)) yield return GoogleError.Field("adGroupError", "MISSING_ADGROUP_NAME", "The ad group needs a name.", "name");
        if (campaignName is null) { yield return GoogleError.Required("campaign"); yield break; }
        if (context.Live("campaigns", campaignName) is not { } campaign || campaign.AccountId != customer.Id) { yield return GoogleError.NotFound("campaign", campaignName); yield break; }
        if (context.All("adGroups", customer.Id).Any(g => g.Id != old?.Id && GoogleContext.Status(g) != "REMOVED" && g.ParentId == campaignName && g.Body["name"]?.ToString() == name))
            yield return GoogleError.Field("adGroupError", "DUPLICATE_ADGROUP_NAME", "An ad group with this name already exists in the campaign.", "name", name);
        var channel = campaign.Body["advertisingChannelType"]!.ToString();
        if (channel == "PERFORMANCE_MAX") yield return GoogleError.Field("adGroupError", "CANNOT_ADD_AD_GROUP_FOR_CAMPAIGN_TYPE", "This type of campaign has no ad groups.", "campaign");
        var type = body["type"]?.ToString() ?? "";
        if (channel is "SEARCH" or "DISPLAY" && type.Length > 0 && !type.StartsWith(channel, StringComparison.Ordinal))
            yield return GoogleError.Field("adGroupError", "AD_GROUP_TYPE_NOT_VALID_FOR_ADVERTISING_CHANNEL_TYPE", "The type of the ad group doesn't fit the campaign.", "type", type);
        foreach (var bid in new[] { "cpcBidMicros", "cpmBidMicros" })
            if (body[bid] is not null && GoogleContext.Micros(body[bid]) % context.MarketOf(customer).BillableUnit != 0)
                yield return GoogleError.Field("biddingError", "BID_TOO_MANY_FRACTIONAL_DIGITS", "The bid has too many fractional digits.", GoogleShapes.Snake(bid), body[bid]!.ToString());
    }

    private IEnumerable<GoogleError> Criterion(SandboxObject customer, GoogleResource resource, JsonObject body, SandboxObject? old)
    {
        var (field, collection) = resource.Collection == "campaignCriteria" ? ("campaign", "campaigns") : ("adGroup", "adGroups");
        var parent = body[field]?.ToString();
        if (parent is null) yield return GoogleError.Required(GoogleShapes.Snake(field));
        else if (context.Live(collection, parent)?.AccountId != customer.Id) yield return GoogleError.NotFound(GoogleShapes.Snake(field), parent);
        if (CriterionOf(resource, body) is not { } kind) { yield return GoogleError.Field("criterionError", "CONCRETE_TYPE_REQUIRED", "A concrete type of criterion is required.", ""); yield break; }
        if (kind == "location" && GoogleGeo.Places.All(p => GoogleGeo.Name(p.Id) != body["location"]?["geoTargetConstant"]?.ToString())) yield return GoogleError.NotFound("location.geo_target_constant", body["location"]?["geoTargetConstant"]?.ToString() ?? "");
        if (kind == "language" && GoogleGeo.Languages.All(l => "languageConstants/" + l.Id != body["language"]?["languageConstant"]?.ToString())) yield return GoogleError.NotFound("language.language_constant", body["language"]?["languageConstant"]?.ToString() ?? "");
        if (old is null && kind == "location" && context.Store.Under("google.campaignCriteria", parent ?? "").Any(c =>
            GoogleContext.Status(c) != "REMOVED" && c.Body["location"]?["geoTargetConstant"]?.ToString() == body["location"]!["geoTargetConstant"]?.ToString() && IsNegative(c.Body) != IsNegative(body)))
            yield return GoogleError.Field("campaignCriterionError", "CANNOT_TARGET_AND_EXCLUDE", "A location can't be both targeted and excluded.", "location.geo_target_constant");
        if (kind == "userList" && context.Live("userLists", body["userList"]?["userList"]?.ToString())?.AccountId != customer.Id) yield return GoogleError.Field("criterionError", "INVALID_USER_LIST", "The user list doesn't exist.", "user_list.user_list");
        if (kind == "userInterest" && GoogleGeo.Interests.All(i => body["userInterest"]?["userInterestCategory"]?.ToString().EndsWith("/userInterests/" + i.Id, StringComparison.Ordinal) != true)) yield return GoogleError.Field("criterionError", "INVALID_USER_INTEREST", "The user interest doesn't exist.", "user_interest.user_interest_category");
        if (kind == "keyword")
        {
            var text = body["keyword"]?["text"]?.ToString() ?? "";
            if (text.Length == 0) yield return GoogleError.Required("keyword.text");
            else if (text.Length > 80) yield return GoogleError.Field("criterionError", "KEYWORD_TEXT_TOO_LONG", "Keyword text is too long.", "keyword.text", text);
            else if (text.Split(' ').Length > 10) yield return GoogleError.Field("criterionError", "KEYWORD_HAS_TOO_MANY_WORDS", "A keyword has up to ten words.", "keyword.text", text);
            else if (text.IndexOfAny(['!', '@', '%', '^', '(', ')', '=', '{', '}', ';', '~', '`', '<', '>', '?', '\\', '|', ',']) >= 0) yield return GoogleError.Field("criterionError", "KEYWORD_HAS_INVALID_CHARS", "Keyword text contains invalid characters.", "keyword.text", text);
            if (body["keyword"]?["matchType"] is null) yield return GoogleError.Required("keyword.match_type");
        }
    }

    private static bool IsNegative(JsonObject criterion) => criterion["negative"]?.GetValue<bool>() == true;

    private IEnumerable<GoogleError> CampaignAsset(JsonObject body)
    {
        foreach (var (field, collection) in new[] { ("campaign", "campaigns"), ("asset", "assets") })
            if (body[field]?.ToString() is not { } name) yield return GoogleError.Required(field);
            else if (context.Live(collection, name) is null) yield return GoogleError.NotFound(field, name);
        if (body["fieldType"] is null) yield return GoogleError.Required("field_type");
    }

    private IEnumerable<GoogleError> UserList(SandboxObject customer, JsonObject body, SandboxObject? old)
    {
        var name = body["name"]?.ToString();
        if (string.IsNullOrWhiteSpace(name)) yield return GoogleError.Field("userListError", "INVALID_NAME", "The name isn't valid.", "name");
        else if (context.All("userLists", customer.Id).Any(l => l.Id != old?.Id && GoogleContext.Status(l) != "REMOVED" && l.Body["name"]?.ToString() == name)) yield return GoogleError.Field("userListError", "NAME_ALREADY_USED", "The name is already used.", "name", name);
        if (!ListTypes.Any(k => body[k] is not null)) yield return GoogleError.Field("userListError", "CONCRETE_TYPE_REQUIRED", "A concrete type of user list is required.", "user_list");
        if (body["crmBasedUserList"] is JsonObject crm && crm["uploadKeyType"] is null) yield return GoogleError.Required("crm_based_user_list.upload_key_type");
    }

    private IEnumerable<GoogleError> ConversionAction(SandboxObject customer, JsonObject body, SandboxObject? old)
    {
        if (string.IsNullOrWhiteSpace(body["name"]?.ToString())) yield return GoogleError.Required("name");
        else if (context.All("conversionActions", customer.Id).Any(a => a.Id != old?.Id && GoogleContext.Status(a) != "REMOVED" && a.Body["name"]?.ToString() == body["name"]!.ToString())) yield return GoogleError.Field("conversionActionError", "DUPLICATE_NAME", "A conversion action with this name already exists.", "name", body["name"]!.ToString());
        if (old is null && body["type"] is null) yield return GoogleError.Required("type");
    }

    /// <summary>Which of the possible criteria a resource holds.</summary>
    public static string? CriterionOf(GoogleResource resource, JsonObject body) =>
        body.Select(p => p.Key).FirstOrDefault(k => GoogleShapes.Types[resource.Message].TryGetValue(k, out var type) && type.StartsWith("Common.", StringComparison.Ordinal) && type.EndsWith("Info", StringComparison.Ordinal));

    private string CriterionId(JsonObject body)
    {
        if (body["location"]?["geoTargetConstant"]?.ToString() is { } place) return GoogleContext.IdOf(place);
        if (body["language"]?["languageConstant"]?.ToString() is { } language) return GoogleContext.IdOf(language);
        return body["ageRange"]?["type"]?.ToString() switch
        {
            "AGE_RANGE_18_24" => "503001", "AGE_RANGE_25_34" => "503002", "AGE_RANGE_35_44" => "503003", "AGE_RANGE_45_54" => "503004", "AGE_RANGE_55_64" => "503005", "AGE_RANGE_65_UP" => "503006", "AGE_RANGE_UNDETERMINED" => "503999",
            _ => body["gender"]?["type"]?.ToString() switch { "MALE" => "10", "FEMALE" => "11", "UNDETERMINED" => "20", _ => context.NewId() },
        };
    }

    private static string? ContentHash(JsonObject asset)
    {
        if (asset["contentHash"]?.ToString() is { } kept) return kept;
        var content = asset["imageAsset"]?["data"]?.ToString() ?? asset["textAsset"]?["text"]?.ToString() ?? asset["youtubeVideoAsset"]?["youtubeVideoId"]?.ToString();
        return content is null ? null : Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
    }
}
