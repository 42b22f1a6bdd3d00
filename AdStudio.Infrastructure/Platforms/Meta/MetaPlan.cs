using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>
/// A launch on Meta: audiences, campaign, ad set, files, creatives and ads, all paused, then everything is switched on from the ads upwards.
/// Keys end in <c>at</c>. Bodies are the parameters as Meta names them; "id" in the body of a change is the object in the path.
/// </summary>
internal sealed partial class MetaPlan(LaunchBrief brief, string at = "")
{
    /// <summary>Stands in a video's creative until the step runs: only then has Meta made the picture.</summary>
    public const string OwnThumbnail = "(the picture that Meta takes from the video)";

    private const int MaxName = 400;

    private readonly List<PlannedStep> steps = [];
    private readonly List<PlanNote> notes = [];
    private readonly Dictionary<(Guid, string?), string> media = [];

    public static LaunchPlan Of(LaunchBrief brief) => new MetaPlan(brief).Make();

    /// <summary>An amount in what Meta counts: whole units in some currencies, the minor unit in the others.</summary>
    public static long Wire(Money money) => MetaCatalogue.Rules.WholeUnitCurrencies.Contains(money.Currency) ? money.Micros / Money.MicrosPerUnit : money.Minor;

    /// <summary>What Meta's count of an amount is worth.</summary>
    public static Money FromWire(long amount, string currency) => MetaCatalogue.Rules.WholeUnitCurrencies.Contains(currency) ? new(checked(amount * Money.MicrosPerUnit), currency) : Money.FromMinor(amount, currency);

    public static string BudgetField(BudgetType type) => type == BudgetType.Daily ? "daily_budget" : "lifetime_budget";

    private LaunchPlan Make()
    {
        var audiences = Audiences();
        Campaign();
        AdSet(audiences);
        var creatives = brief.Creatives.Select((creative, i) => (Creative: creative, Number: i + 1)).ToList();
        foreach (var (creative, number) in creatives) Creative(creative, number);
        foreach (var (creative, number) in creatives) Ad(creative, number, Place("adset"));
        foreach (var (creative, number) in creatives) Activate($"ad:{number}", $"Switch on the ad “{creative.Name}”");
        Activate("adset", "Switch on the ad set");
        Activate("campaign", "Switch on the campaign");
        return new(steps, notes);
    }

    private void Campaign()
    {
        var body = new JsonObject
        {
            ["name"] = PlanWords.Named(brief.Name, brief.Marker, MaxName),
            ["objective"] = MetaCatalogue.Rules.Offer(brief.Objective).Wire,
            ["status"] = "PAUSED",
            ["buying_type"] = "AUCTION",
            ["special_ad_categories"] = new JsonArray([.. (brief.SpecialAdCategories.Count == 0 ? ["NONE"] : brief.SpecialAdCategories).Select(c => (JsonNode)c)]),
        };
        if (brief is { SpecialAdCategories.Count: > 0, SpecialAdCountries.Count: > 0 })
            body["special_ad_category_country"] = new JsonArray([.. brief.SpecialAdCountries.Select(c => (JsonNode)c.ToUpperInvariant())]);
        if (brief.Details?.CatalogId is { } catalog) body["promoted_object"] = new JsonObject { ["product_catalog_id"] = catalog };
        body["is_adset_budget_sharing_enabled"] = false;
        Add("campaign", StepKind.Campaign, "Create the campaign", brief.Marker, body);
    }

    private void AdSet(IReadOnlyList<(BriefAudience, string)> audiences)
    {
        var (goal, destination, promoted) = MetaDetails.Of(brief, Goal());
        if (brief.LeadFormId is not null && brief.Objective != Objective.Leads) notes.Add(PlanWords.LeftOut("leadForm", "A lead form opens only from ads of campaigns that want leads."));
        var body = new JsonObject
        {
            ["name"] = PlanWords.Named(brief.Details?.AdSetName ?? brief.Name, brief.Marker, MaxName), ["campaign_id"] = Place("campaign"), ["status"] = "PAUSED",
            [BudgetField(brief.BudgetType)] = Budget(),
            ["billing_event"] = "IMPRESSIONS", ["optimization_goal"] = goal,
        };
        foreach (var (name, value) in Bid()) body[name] = value?.DeepClone();
        if (destination is not null) body["destination_type"] = destination;
        if (promoted is not null) body["promoted_object"] = promoted;
        if (brief.Start is { } start) body["start_time"] = Time("schedule.start", "Starts", start);
        if (brief.End is { } end) body["end_time"] = Time("schedule.end", "Ends", end);
        body["targeting"] = MetaTargeting.Of(brief, audiences, notes);
        Add("adset", StepKind.AdSet, "Create the ad set", brief.Marker, body);
    }

    private (string Goal, string? Destination, JsonObject? Promoted) Goal()
    {
        var onlyVideos = brief.Creatives.Count > 0 && brief.Creatives.All(c => c.Type == CreativeType.Video);
        switch (brief.Objective)
        {
            case Objective.Awareness: return ("REACH", null, brief.Page is { } page ? new JsonObject { ["page_id"] = page.Id } : null);
            case Objective.Traffic: return ("LINK_CLICKS", "WEBSITE", null);
            case Objective.Engagement: return onlyVideos ? ("THRUPLAY", "ON_VIDEO", null) : ("POST_ENGAGEMENT", "ON_POST", null);
            case Objective.AppInstalls:
                if (brief.App is null) notes.Add(PlanWords.LeftOut("app", "Meta wants to know which app the ads promote; choose one."));
                return ("APP_INSTALLS", null, brief.App is { } app ? new JsonObject { ["application_id"] = MetaApps.IdOf(app), ["object_store_url"] = app.Url } : null);
            case Objective.Leads when brief is { LeadFormId: not null, Page: not null }: return ("LEAD_GENERATION", "ON_AD", new JsonObject { ["page_id"] = brief.Page.Id });
            case Objective.Sales: return ("OFFSITE_CONVERSIONS", "WEBSITE", Event("PURCHASE"));
            case Objective.Leads when brief.Pixel is not null: return ("OFFSITE_CONVERSIONS", "WEBSITE", Event("LEAD"));
            case Objective.Leads:
                notes.Add(PlanWords.Converted("objective", "Without a pixel Meta cannot see leads on your site: it looks for people who open the link."));
                return ("LINK_CLICKS", "WEBSITE", null);
            default: throw new InvalidOperationException($"Meta is not offered for {brief.Objective}.");
        }
    }

    private JsonObject Bid() => brief.Bid switch
    {
        { Kind: BidKind.CostCap, AmountMicros: { } cost } => new() { ["bid_strategy"] = "COST_CAP", ["bid_amount"] = Wire(new(cost, brief.Budget.Currency)) },
        { Kind: BidKind.BidCap, AmountMicros: { } bid } => new() { ["bid_strategy"] = "LOWEST_COST_WITH_BID_CAP", ["bid_amount"] = Wire(new(bid, brief.Budget.Currency)) },
        _ => new() { ["bid_strategy"] = "LOWEST_COST_WITHOUT_CAP" },
    };

    private JsonObject Event(string type) => new() { ["pixel_id"] = brief.Pixel?.Id, ["custom_event_type"] = type };

    private long Budget()
    {
        var amount = Wire(brief.Budget);
        var unit = MetaCatalogue.Rules.WholeUnitCurrencies.Contains(brief.Budget.Currency) ? $"whole {brief.Budget.Currency}" : Currencies.Digits(brief.Budget.Currency) == 2 ? "cents" : "minor units";
        var rest = brief.Budget.Micros % Money.MicrosPerUnit != 0 && MetaCatalogue.Rules.WholeUnitCurrencies.Contains(brief.Budget.Currency) ? " (Meta takes no smaller unit)" : "";
        notes.Add(PlanWords.Converted("budget.amount", $"{(brief.BudgetType == BudgetType.Daily ? "Daily" : "Lifetime")} budget {brief.Budget} becomes {amount.ToString(CultureInfo.InvariantCulture)} {unit}{rest}."));
        return amount;
    }

    private string Time(string field, string what, DateTimeOffset instant)
    {
        var local = instant.In(brief.Account);
        notes.Add(PlanWords.Converted(field, $"{what} {PlanWords.Moment(local)} on the account's clock ({brief.Account.TimeZone})."));
        return local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture).Remove(22, 1);
    }

    private void Creative(BriefCreative creative, int number)
    {
        var story = new JsonObject { ["page_id"] = brief.Page?.Id };
        if (brief.Instagram is { } instagram) story["instagram_user_id"] = instagram.Id;
        var video = creative.Type == CreativeType.Video ? creative.Assets.FirstOrDefault(a => a.Kind == MediaKind.Video) : null;
        creative = MetaButtons.Fitting(creative, brief, notes);
        if (creative.Post is { } post)
        {
            Add($"creative:{number}", StepKind.Creative, $"Create the creative “{creative.Name}” from the post {post.Id}", $"{brief.Marker}-{number}", MetaPosts.Body(PlanWords.Named(creative.Name, $"{brief.Marker}-{number}", MaxName), creative, post, brief), creative.Id);
            return;
        }
        if (video is not null) story["video_data"] = VideoData(creative, Video(video));
        else if (creative.Type == CreativeType.Image && brief.Details?.VideoId is { } there) story["video_data"] = VideoData(creative, there);
        else story["link_data"] = LinkData(creative);
        Add($"creative:{number}", StepKind.Creative, $"Create the creative “{creative.Name}”", $"{brief.Marker}-{number}", new JsonObject
        {
            ["name"] = PlanWords.Named(creative.Name, $"{brief.Marker}-{number}", MaxName), ["object_story_spec"] = story,
        }, creative.Id);
    }

    private void Ad(BriefCreative creative, int number, string adSet) =>
        Add($"ad:{number}", StepKind.Ad, $"Create the ad “{creative.Name}”", $"{brief.Marker}-{number}", new JsonObject
        {
            ["name"] = PlanWords.Named(creative.Name, $"{brief.Marker}-{number}", MaxName), ["adset_id"] = adSet, ["creative"] = new JsonObject { ["creative_id"] = Place($"creative:{number}") }, ["status"] = "PAUSED",
        }, creative.Id);

    private JsonObject LinkData(BriefCreative creative)
    {
        var images = creative.Assets.Where(a => a.Kind == MediaKind.Image).ToList();
        var data = new JsonObject { ["link"] = creative.LinkUrl, ["message"] = creative.PrimaryText };
        if (creative.Type == CreativeType.Carousel && creative.Cards.Count > 1)
        {
            data["child_attachments"] = new JsonArray([.. creative.Cards.Select(card => (JsonNode)WithAction(new JsonObject
            {
                ["link"] = card.LinkUrl, ["name"] = card.Headline, ["description"] = card.Description, ["image_hash"] = Image(card.Asset),
            }, creative, card.LinkUrl))]);
            return WithAction(data, creative);
        }
        data["name"] = creative.Headline;
        if (creative.Description.Length > 0) data["description"] = creative.Description;
        if (images.Count > 0) data["image_hash"] = Image(images[0]);
        return WithAction(data, creative);
    }

    private JsonObject VideoData(BriefCreative creative, string video)
    {
        var data = new JsonObject { ["video_id"] = video };
        if (creative.Assets.FirstOrDefault(a => a.Kind == MediaKind.Image) is { } cover) data["image_hash"] = Image(cover);
        else data["image_url"] = OwnThumbnail;
        (data["title"], data["message"]) = (creative.Headline, creative.PrimaryText);
        if (creative.Description.Length > 0) data["link_description"] = creative.Description;
        if (MetaButtons.Of(creative) == "NO_BUTTON") notes.Add(PlanWords.Converted("callToAction", $"The video “{creative.Name}” gets the button “Learn more”: without a button nobody could open the link."));
        data["call_to_action"] = MetaButtons.Action(MetaButtons.Of(creative) == "NO_BUTTON" ? "LEARN_MORE" : MetaButtons.Of(creative), creative.LinkUrl, brief);
        return data;
    }

    private JsonObject WithAction(JsonObject data, BriefCreative creative, string? link = null)
    {
        if (MetaButtons.Of(creative) is var button && button != "NO_BUTTON") data["call_to_action"] = MetaButtons.Action(button, link ?? creative.LinkUrl, brief);
        return data;
    }

    /// <summary>The place of the image's hash; the same file is sent once.</summary>
    private string Image(BriefAsset asset)
    {
        var fit = MetaCatalogue.Rules.MediaOf(MediaKind.Image)!.Fits(asset)[0];
        if (media.TryGetValue((asset.Id, fit.Cut), out var place)) return place;

        var key = $"media:{media.Count + 1}{(fit.KeyPart is { } part ? ":" + part : "")}";
        if (fit.Cut is not null) notes.Add(PlanWords.Converted("creatives", $"{asset.FileName} is {fit.Words} for Meta."));
        Add(key, StepKind.Media, fit.Cut is null ? $"Upload {asset.FileName}" : $"Upload {asset.FileName}, {fit.Words}", brief.Marker, new JsonObject { ["filename"] = asset.FileName }, assetId: asset.Id);
        return media[(asset.Id, fit.Cut)] = Place(key);
    }

    private string Video(BriefAsset asset)
    {
        if (media.TryGetValue((asset.Id, null), out var place)) return place;

        var number = media.Count + 1;
        var marker = $"{brief.Marker}-{number}";
        var name = PlanWords.Named(asset.FileName, marker, 200);
        var fit = MetaCatalogue.Rules.MediaOf(MediaKind.Video)!.Fits(asset)[0];
        var key = $"media:{number}{(fit.KeyPart is { } part ? ":" + part : "")}";
        if (fit.Words is { } made) notes.Add(PlanWords.Converted("creatives", $"{asset.FileName} is {made} for Meta."));
        Add(key, StepKind.Media, $"Upload {asset.FileName}", marker, new JsonObject { ["name"] = name, ["title"] = name, ["source"] = asset.FileName }, assetId: asset.Id);
        Add($"ready:{number}", StepKind.Media, $"Wait until Meta has taken in {asset.FileName}", marker, new JsonObject { ["id"] = Place(key) });
        return media[(asset.Id, null)] = Place($"ready:{number}");
    }

    private List<(BriefAudience, string)> Audiences()
    {
        var used = new List<(BriefAudience, string)>();
        foreach (var audience in brief.Audiences)
        {
            if (audience.ExternalId is { } there) used.Add((audience, there));
            else if (MetaAudience.Body(audience, brief.Pixel, brief.Audience.Places is [var first, ..] ? first.Country : null, notes) is { } body)
            {
                var number = steps.Count(s => s.Key.StartsWith("audience:", StringComparison.Ordinal)) + 1;
                Add($"audience:{number}", StepKind.Audience, $"Create the audience “{audience.Name}”", $"{brief.Marker}-{number}", body(PlanWords.Named(audience.Name, $"{brief.Marker}-{number}", 200)), audienceId: audience.Id);
                if (audience.Type == AudienceType.CustomerMatch)
                    Add($"members:{number}", StepKind.Audience, $"Send the members of “{audience.Name}”, as hashes only", $"{brief.Marker}-{number}", MetaAudience.Members(Place($"audience:{number}")), audienceId: audience.Id);
                used.Add((audience, Place($"audience:{number}")));
            }
        }
        return used;
    }

    private void Activate(string key, string title) =>
        Add($"activate:{key}", StepKind.Activate, title, brief.Marker, new JsonObject { ["id"] = Place(key), ["status"] = "ACTIVE" });

    private void Add(string key, StepKind kind, string title, string marker, JsonObject body, Guid? creativeId = null, Guid? assetId = null, Guid? audienceId = null) =>
        steps.Add(new(key + at, kind, title, marker, body) { CreativeId = creativeId, AssetId = assetId, AudienceId = audienceId });

    /// <summary>Where the id that a step of this plan brings will stand.</summary>
    private string Place(string key) => $"{{{{{key}{at}}}}}";
}
