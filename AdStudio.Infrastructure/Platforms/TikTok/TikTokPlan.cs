using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>
/// A launch on TikTok: audiences, campaign, ad group, files and ads, all switched off, then everything is switched on from the ads upwards. Bodies are what TikTok receives, in its own names and units:
/// budgets in units of the currency, times in UTC.
/// </summary>
internal sealed class TikTokPlan
{
    /// <summary>Stands where only the moment of carrying out can say it.</summary>
    public const string AtLaunch = "(the moment of the launch)";

    private const int MaxName = 512;

    private readonly LaunchBrief brief;
    private readonly string account;
    private readonly List<PlannedStep> steps = [];
    private readonly List<PlanNote> notes = [];

    private TikTokPlan(LaunchBrief brief) => (this.brief, account) = (brief, brief.Account.ExternalId);

    public static LaunchPlan Of(LaunchBrief brief) => new TikTokPlan(brief).Make();

    public static JsonNode Wire(Money money) => JsonValue.Create(TikTokCatalogue.Rules.WholeUnitCurrencies.Contains(money.Currency) ? decimal.Truncate(money.Units) : money.Units);

    public static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The same for the same step, so that TikTok makes a thing once, too: any positive 64-bit number as text.</summary>
    public static string RequestId(string marker, string key) =>
        (BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(marker + "/" + key))) & long.MaxValue).ToString(CultureInfo.InvariantCulture);

    /// <summary>What an objective of ours is called for these ads. Video views need videos: with images among the ads TikTok is asked for clicks instead.</summary>
    public static string ObjectiveOf(LaunchBrief brief) =>
        brief.Objective == Objective.Engagement && !brief.Creatives.All(c => c.Type == CreativeType.Video) ? "TRAFFIC" : TikTokCatalogue.Rules.Offer(brief.Objective).Wire;

    /// <summary>A change of status names its objects by the level in the field: "ad_ids".</summary>
    public static JsonObject Status(string account, string level, string id, string status) =>
        new() { ["advertiser_id"] = account, [level + "_ids"] = new JsonArray(id), ["operation_status"] = status };

    private LaunchPlan Make()
    {
        var audiences = TikTokAudience.Plan(brief, "", steps, notes);
        Campaign();
        AdGroup(audiences);
        var ads = new TikTokAds(brief, "{{adset}}", "", steps, notes);
        for (var i = 0; i < brief.Creatives.Count; i++) ads.Add(brief.Creatives[i], i + 1);

        for (var i = 0; i < brief.Creatives.Count; i++) Activate("ad", $"ad:{i + 1}", $"Switch on the ad “{brief.Creatives[i].Name}”");
        Activate("adgroup", "adset", "Switch on the ad group");
        Activate("campaign", "campaign", "Switch on the campaign");
        return new(steps, notes);
    }

    private void Campaign()
    {
        var objective = ObjectiveOf(brief);
        if (brief.Objective == Objective.Engagement && objective == "TRAFFIC") notes.Add(PlanWords.Converted("objective", "TikTok's goal of video views takes videos only; with images among the ads it looks for people who open the link."));
        var body = new JsonObject { ["advertiser_id"] = account, ["campaign_name"] = Named(brief.Name, brief.Marker), ["objective_type"] = objective, ["budget_mode"] = "BUDGET_MODE_INFINITE", ["operation_status"] = "DISABLE" };
        if (objective == "APP_PROMOTION")
        {
            body["app_promotion_type"] = "APP_INSTALL";
            // An app for iPhones is counted by Apple's own attribution, which TikTok ties to a campaign of its own kind.
            if (IsForIphone(brief.App)) (body["campaign_type"], body["app_id"]) = ("IOS14_CAMPAIGN", brief.App!.Id);
        }
        if (brief.SpecialAdCategories.Count > 0) body["special_industries"] = TikTokApi.Texts(brief.SpecialAdCategories);
        body["request_id"] = RequestId(brief.Marker, "campaign");
        Add("campaign", StepKind.Campaign, "Create the campaign", brief.Marker, body);
    }

    private void AdGroup(IReadOnlyList<string> audiences)
    {
        var body = new JsonObject { ["advertiser_id"] = account, ["campaign_id"] = "{{campaign}}", ["adgroup_name"] = Named(brief.Name, brief.Marker), ["operation_status"] = "DISABLE" };
        foreach (var (name, value) in Goal(ObjectiveOf(brief))) body[name] = value?.DeepClone();
        (body["placement_type"], body["placements"]) = ("PLACEMENT_TYPE_NORMAL", new JsonArray("PLACEMENT_TIKTOK"));
        foreach (var (name, value) in TikTokTargeting.Of(brief, audiences, notes)) body[name] = value?.DeepClone();
        (body["bid_type"], body["pacing"]) = (brief.Bid is null ? "BID_TYPE_NO_BID" : "BID_TYPE_CUSTOM", TikTokFromMemory.Pacing);
        // What is billed by what people do afterwards is bid for by its cost; what is billed by views and clicks by a ceiling.
        if (brief.Bid is { AmountMicros: { } bid }) body[body["billing_event"]?.ToString() == "OCPM" ? "conversion_bid_price" : "bid_price"] = Wire(new(bid, brief.Budget.Currency));
        (body["budget_mode"], body["budget"]) = (brief.BudgetType == BudgetType.Daily ? "BUDGET_MODE_DAY" : "BUDGET_MODE_TOTAL", Budget());
        foreach (var (name, value) in Schedule(brief, notes)) body[name] = value?.DeepClone();
        body["request_id"] = RequestId(brief.Marker, "adset");
        Add("adset", StepKind.AdSet, "Create the ad group", brief.Marker, body);
    }

    private JsonObject Goal(string objective)
    {
        var (goal, billing) = TikTokFromMemory.Pairing(objective);
        JsonObject With(string optimization, string event_, JsonObject more) => new([.. more.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())), new("optimization_goal", optimization), new("billing_event", event_)]);
        switch (objective)
        {
            case "TRAFFIC": return With(goal, billing, new() { ["promotion_type"] = "WEBSITE" });
            case "WEB_CONVERSIONS": return With(goal, billing, new() { ["promotion_type"] = "WEBSITE", ["pixel_id"] = brief.Pixel?.Id, ["optimization_event"] = TikTokFromMemory.PaymentEvent });
            case "APP_PROMOTION":
                var iphone = IsForIphone(brief.App);
                return With(goal, billing, new() { ["promotion_type"] = iphone ? "APP_IOS" : "APP_ANDROID", ["app_id"] = brief.App?.Id, ["operating_systems"] = new JsonArray(iphone ? "IOS" : "ANDROID") });
            case "LEAD_GENERATION" when brief.LeadFormId is not null: return With(goal, billing, new() { ["promotion_type"] = "LEAD_GENERATION", ["promotion_target_type"] = "INSTANT_PAGE" });
            case "LEAD_GENERATION" when brief.Pixel is { } pixel:
                return With("CONVERT", "OCPM", new() { ["promotion_type"] = "LEAD_GENERATION", ["promotion_target_type"] = "EXTERNAL_WEBSITE", ["pixel_id"] = pixel.Id, ["optimization_event"] = TikTokFromMemory.FormEvent });
            case "LEAD_GENERATION":
                notes.Add(PlanWords.Converted("objective", "Without a pixel TikTok cannot see leads on your site: it looks for people who open the link."));
                return With("CLICK", "CPC", new() { ["promotion_type"] = "LEAD_GENERATION", ["promotion_target_type"] = "EXTERNAL_WEBSITE" });
            default: return With(goal, billing, []);
        }
    }

    private JsonNode Budget()
    {
        var amount = Wire(brief.Budget);
        if (brief.Budget.Micros % Money.MicrosPerUnit != 0 && TikTokCatalogue.Rules.WholeUnitCurrencies.Contains(brief.Budget.Currency))
            notes.Add(PlanWords.Converted("budget.amount", $"{brief.Budget} becomes {amount} whole {brief.Budget.Currency} (TikTok takes no smaller unit)."));
        return amount;
    }

    public static JsonObject Schedule(LaunchBrief brief, List<PlanNote> notes)
    {
        var schedule = new JsonObject { ["schedule_type"] = brief.End is null ? "SCHEDULE_FROM_NOW" : "SCHEDULE_START_END", ["schedule_start_time"] = brief.Start is { } start ? Time("schedule.start", "Starts", start) : AtLaunch };
        if (brief.End is { } end) schedule["schedule_end_time"] = Time("schedule.end", "Ends", end);
        return schedule;

        string Time(string field, string what, DateTimeOffset instant)
        {
            notes.Add(PlanWords.Converted(field, $"{what} {PlanWords.Moment(instant.In(brief.Account))} on the account's clock ({brief.Account.TimeZone}), {PlanWords.Moment(instant.ToUniversalTime())} in UTC."));
            return Utc(instant);
        }
    }

    public static bool IsForIphone(AccountAsset? app) => app?.Url is { } url && (url.Contains("apps.apple.com", StringComparison.OrdinalIgnoreCase) || url.Contains("itunes.apple.com", StringComparison.OrdinalIgnoreCase));

    public static string Named(string name, string marker, int max = MaxName) => PlanWords.Named(TikTokText.Plain(name), marker, max);

    public static PlannedStep Activation(string account, string level, string key, string title, string marker) => new($"activate:{key}", StepKind.Activate, title, marker, Status(account, level, $"{{{{{key}}}}}", "ENABLE"));

    private void Activate(string level, string key, string title) => steps.Add(Activation(account, level, key, title, brief.Marker));

    private void Add(string key, StepKind kind, string title, string marker, JsonObject body) => steps.Add(new(key, kind, title, marker, body));
}

/// <summary>Names and texts as TikTok takes them.</summary>
internal static class TikTokText
{
    /// <summary>Without emoji, which TikTok refuses in names and texts.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is < 0x1F000 and not (>= 0x2600 and <= 0x27BF) and not (0xFE0F or 0x200D or 0x20E3)) plain.Append(rune);
        return plain.Length == text.Length ? text : string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
