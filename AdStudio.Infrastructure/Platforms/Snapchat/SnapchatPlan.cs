using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>
/// A launch on Snapchat: segments, campaign, ad squad, files, creatives and ads, all paused, then everything is switched on from the ads upwards. Bodies are the objects as Snapchat names them;
/// "id" in the body of a change is the object that is changed. https://developers.snap.com/marketing-api/Ads-API/quick-start
/// </summary>
internal sealed class SnapchatPlan(LaunchBrief brief, string suffix = "")
{
    /// <summary>Stands as a campaign's start until the step runs: Snapchat wants one, and a plan knows no present.</summary>
    public const string Now = "(when this is carried out)";

    private static PlatformRules Rules => SnapchatCatalogue.Rules!;

    private readonly List<PlannedStep> steps = [];
    private readonly List<PlanNote> notes = [];
    private readonly Dictionary<(Guid, string?), string> media = [];

    public static LaunchPlan Of(LaunchBrief brief) => new SnapchatPlan(brief).Make();

    /// <summary>The steps for some creatives only, beneath an ad squad that stands; their keys end in "@MARKER".</summary>
    public static LaunchPlan Creatives(LaunchBrief brief, string adSquad, IReadOnlyList<int> numbers)
    {
        var plan = new SnapchatPlan(brief, "@" + brief.Marker);
        plan.Ads([.. numbers.Select(n => (brief.Creatives[n - 1], n))], adSquad);
        return new(plan.steps, plan.notes);
    }

    /// <summary>The ad squad's targeting alone, with the segments that stand on the account.</summary>
    public static (JsonObject Targeting, IReadOnlyList<PlanNote> Notes) Targeting(LaunchBrief brief)
    {
        var notes = new List<PlanNote>();
        return (SnapchatTargeting.Of(brief, [.. brief.Audiences.Where(a => a.ExternalId is not null).Select(a => a.ExternalId!)], notes), notes);
    }

    public static string BudgetField(BudgetType type) => type == BudgetType.Daily ? "daily_budget_micro" : "lifetime_budget_micro";

    private LaunchPlan Make()
    {
        var segments = Segments();
        Campaign();
        AdSquad(segments);
        Ads([.. brief.Creatives.Select((creative, i) => (creative, i + 1))], "{{adset}}");
        Activate("adset", "Switch on the ad squad");
        Activate("campaign", "Switch on the campaign");
        return new(steps, notes);
    }

    private void Campaign()
    {
        var body = new JsonObject
        {
            ["ad_account_id"] = brief.Account.ExternalId, ["name"] = PlanWords.Named(brief.Name, brief.Marker, Rules.MaxNameLength), ["status"] = "PAUSED", ["buy_model"] = "AUCTION",
            ["objective_v2_properties"] = new JsonObject { ["objective_v2_type"] = Rules.Offer(brief.Objective).Wire },
            ["start_time"] = brief.Start is { } start ? Time("schedule.start", "Starts", start) : Now,
        };
        if (brief.End is { } end) body["end_time"] = Time("schedule.end", "Ends", end);
        if (brief is { Objective: Objective.AppInstalls, App: { } app }) body["measurement_spec"] = AppFields(app);
        Add("campaign", StepKind.Campaign, "Create the campaign", brief.Marker, body);
    }

    private void AdSquad(IReadOnlyList<string> segments)
    {
        var goal = SnapchatFromMemory.Goal(brief.Objective, brief.Creatives.Count > 0 && brief.Creatives.All(c => c.Type == CreativeType.Video));
        var body = new JsonObject
        {
            ["campaign_id"] = "{{campaign}}", ["name"] = PlanWords.Named(brief.Name, brief.Marker, Rules.MaxNameLength), ["type"] = "SNAP_ADS", ["status"] = "PAUSED",
            ["placement_v2"] = new JsonObject { ["config"] = "AUTOMATIC" }, ["billing_event"] = "IMPRESSION", ["optimization_goal"] = goal, ["bid_strategy"] = brief.Bid?.Kind switch { BidKind.BidCap => "LOWEST_COST_WITH_MAX_BID", BidKind.CostCap => "TARGET_COST", _ => "AUTO_BID" },
            [BudgetField(brief.BudgetType)] = Budget(), ["delivery_constraint"] = brief.BudgetType == BudgetType.Daily ? "DAILY_BUDGET" : "LIFETIME_BUDGET",
        };
        if (brief.Bid is { AmountMicros: { } bid }) body["bid_micro"] = bid;
        if (goal.StartsWith("PIXEL_", StringComparison.Ordinal)) body["pixel_id"] = brief.Pixel?.Id;
        if (brief.Start is { } start) body["start_time"] = Instant(start);
        if (brief.End is { } end) body["end_time"] = Instant(end);
        body["targeting"] = SnapchatTargeting.Of(brief, segments, notes);
        Add("adset", StepKind.AdSet, "Create the ad squad", brief.Marker, body);
    }

    private void Ads(List<(BriefCreative Creative, int Number)> creatives, string adSquad)
    {
        foreach (var (creative, number) in creatives) Creative(creative, number);
        foreach (var (creative, number) in creatives)
            Add($"ad:{number}{suffix}", StepKind.Ad, $"Create the ad “{creative.Name}”", $"{brief.Marker}-{number}", new JsonObject
            {
                ["ad_squad_id"] = adSquad, ["creative_id"] = $"{{{{creative:{number}{suffix}}}}}", ["name"] = PlanWords.Named(creative.Name, $"{brief.Marker}-{number}", Rules.MaxNameLength),
                ["type"] = SnapchatFromMemory.AdType(CreativeKind), ["status"] = "PAUSED",
            }, creative.Id);
        foreach (var (creative, number) in creatives) Activate($"ad:{number}{suffix}", $"Switch on the ad “{creative.Name}”");
    }

    private string CreativeKind => brief.Objective == Objective.AppInstalls ? "APP_INSTALL" : "WEB_VIEW";

    private void Creative(BriefCreative creative, int number)
    {
        var file = creative.Type == CreativeType.Video ? creative.Assets.FirstOrDefault(a => a.Kind == MediaKind.Video) : null;
        if (file is null && creative.Assets.Count > 0) file = creative.Assets[0];
        if (creative.Type == CreativeType.Carousel) notes.Add(PlanWords.Converted("creatives", $"A snap shows one picture: of “{creative.Name}” the first one."));
        if (creative.PrimaryText.Length > 0 || creative.Description.Length > 0) notes.Add(PlanWords.LeftOut("creatives", $"Of “{creative.Name}” Snapchat shows the headline; a snap has no other text."));
        if (brief.BusinessName.Length > 32) notes.Add(PlanWords.Converted("businessName", $"“{brief.BusinessName}” is shortened to 32 characters."));

        var body = new JsonObject
        {
            ["ad_account_id"] = brief.Account.ExternalId, ["name"] = PlanWords.Named(creative.Name, $"{brief.Marker}-{number}", Rules.MaxNameLength), ["type"] = CreativeKind,
            ["brand_name"] = PlanWords.Shortened(brief.BusinessName, 32), ["headline"] = creative.Headline, ["shareable"] = true, ["call_to_action"] = CallToAction(creative),
            ["top_snap_media_id"] = file is null ? null : Media(file, Fit(file).Cut, Fit(file).Words),
        };
        if (brief.Page is { } page) body["profile_properties"] = new JsonObject { ["profile_id"] = page.Id };
        if (CreativeKind == "WEB_VIEW") body["web_view_properties"] = new JsonObject { ["url"] = creative.LinkUrl };
        else if (brief.App is { } app)
        {
            var properties = AppFields(app);
            properties["app_name"] = AppName(app);
            if (creative.Assets.FirstOrDefault(a => a is { Kind: MediaKind.Image, CanCrop: true }) is { } picture)
            {
                notes.Add(PlanWords.Converted("creatives", $"Snapchat shows a small picture of the app: {picture.FileName}, cut to a square."));
                properties["icon_media_id"] = Media(picture, "1:1", "cut to 1:1");
            }
            body["app_install_properties"] = properties;
        }
        Add($"creative:{number}{suffix}", StepKind.Creative, $"Create the creative “{creative.Name}”", $"{brief.Marker}-{number}", body, creative.Id);
    }

    private string CallToAction(BriefCreative creative)
    {
        if (CreativeKind == "APP_INSTALL") return "INSTALL_NOW";
        if (Rules.CallToActionOf(creative.CallToAction) is { } known) return known.Wire;
        notes.Add(PlanWords.Converted("callToAction", $"Snapchat has no button like that of “{creative.Name}”: it gets “More”."));
        return "MORE";
    }

    private static MediaFit Fit(BriefAsset asset) => Rules.MediaOf(asset.Kind)!.Fits(asset)[0];

    private static JsonObject AppFields(AccountAsset app) => app.Id.All(char.IsAsciiDigit) ? new() { ["ios_app_id"] = app.Id } : new() { ["android_app_url"] = app.Id };
    private static string AppName(AccountAsset app) => app.Name.LastIndexOf(" (", StringComparison.Ordinal) is var at and > 0 ? app.Name[..at] : app.Name;

    /// <summary>The place of the file's id once Snapchat has taken it in; the same file is sent once.</summary>
    private string Media(BriefAsset asset, string? cut, string? words)
    {
        if (media.TryGetValue((asset.Id, cut), out var place)) return place;

        var number = $"{media.Count + 1}{suffix}";
        var marker = $"{brief.Marker}-m{media.Count + 1}";
        var isVideo = asset.Kind == MediaKind.Video;
        if (words is not null) notes.Add(PlanWords.Converted("creatives", $"{asset.FileName} is {words} for Snapchat."));
        Add($"media:{number}", StepKind.Media, $"Make room for {asset.FileName}", marker, new JsonObject
        {
            ["name"] = PlanWords.Named(asset.FileName, marker, Rules.MaxNameLength), ["type"] = isVideo ? "VIDEO" : "IMAGE", ["ad_account_id"] = brief.Account.ExternalId,
        });
        Add($"upload:{number}", StepKind.Media, words is null ? $"Upload {asset.FileName}" : $"Upload {asset.FileName}, {words}", marker,
            new JsonObject { ["id"] = $"{{{{media:{number}}}}}", ["file"] = asset.FileName, ["cut"] = cut }, assetId: asset.Id);
        Add($"ready:{number}", StepKind.Media, $"Wait until Snapchat has taken in {asset.FileName}", marker, new JsonObject { ["id"] = $"{{{{upload:{number}}}}}" });
        return media[(asset.Id, cut)] = $"{{{{ready:{number}}}}}";
    }

    private List<string> Segments()
    {
        var used = new List<string>();
        foreach (var audience in brief.Audiences)
        {
            if (audience.ExternalId is { } there) used.Add(there);
            else if (SnapchatSegments.Body(audience, brief.Account, brief.Audience.Places.Select(p => p.Country).FirstOrDefault(), notes) is { } body)
            {
                var number = steps.Count(s => s.Key.StartsWith("audience:", StringComparison.Ordinal)) + 1;
                body["name"] = PlanWords.Named(audience.Name, $"{brief.Marker}-{number}", Rules.MaxNameLength);
                steps.Add(new($"audience:{number}", StepKind.Audience, $"Create the audience “{audience.Name}”", $"{brief.Marker}-{number}", body) { AudienceId = audience.Id });
                if (audience.Type == AudienceType.CustomerMatch)
                    steps.Add(new($"members:{number}", StepKind.Audience, $"Send the members of “{audience.Name}”, as hashes only", $"{brief.Marker}-{number}", SnapchatSegments.Members($"{{{{audience:{number}}}}}")) { AudienceId = audience.Id });
                used.Add($"{{{{audience:{number}}}}}");
            }
        }
        return used;
    }

    private long Budget()
    {
        notes.Add(PlanWords.Converted("budget.amount", $"{(brief.BudgetType == BudgetType.Daily ? "Daily" : "Lifetime")} budget {brief.Budget} becomes {brief.Budget.Micros.ToString(CultureInfo.InvariantCulture)} micros."));
        return brief.Budget.Micros;
    }

    private string Time(string field, string what, DateTimeOffset instant)
    {
        notes.Add(PlanWords.Converted(field, $"{what} {PlanWords.Moment(instant.In(brief.Account))} on the account's clock ({brief.Account.TimeZone})."));
        return Instant(instant);
    }

    private string Instant(DateTimeOffset instant) => SnapchatApi.Instant(instant.In(brief.Account));

    private void Activate(string key, string title) => Add($"activate:{key}", StepKind.Activate, title, brief.Marker, new JsonObject { ["id"] = $"{{{{{key}}}}}", ["status"] = "ACTIVE" });

    private void Add(string key, StepKind kind, string title, string marker, JsonObject body, Guid? creativeId = null, Guid? assetId = null) =>
        steps.Add(new(key, kind, title, marker, body) { CreativeId = creativeId, AssetId = assetId });
}
