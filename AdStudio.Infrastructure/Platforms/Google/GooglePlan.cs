using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>
/// A launch on Google: lists, budget, Display campaign with its places, ad group with its criteria, image assets and responsive display ads, all paused,
/// then everything is switched on from the ads upwards. Bodies are whole requests.
/// </summary>
/// <param name="suffix">Of the keys of an edit's steps, so that they never meet those of the launch.</param>
internal sealed partial class GooglePlan(LaunchBrief brief, string suffix = "")
{
    /// <summary>Stands in an asset's body until the step runs: the file itself is not kept with the plan.</summary>
    public const string ImageData = "(the image, base64)";

    /// <summary>Responsive display ads have no name: the marker is kept in a parameter of theirs that nothing refers to.</summary>
    public const string MarkerParameter = "adstudio";

    private const int MaxName = 255, CpmInMinimums = 5;

    private readonly List<PlannedStep> steps = [];
    private readonly List<PlanNote> notes = [];
    private readonly Dictionary<(Guid, string), string> media = [];
    private readonly string customer = brief.Account.ExternalId;

    public static LaunchPlan Of(LaunchBrief brief) => new GooglePlan(brief).Make();

    public static JsonObject Create(params IEnumerable<JsonObject> resources) => new() { ["operations"] = new JsonArray([.. resources.Select(r => (JsonNode)new JsonObject { ["create"] = r })]) };

    public static JsonObject Update(JsonObject resource, string mask) => new() { ["operations"] = new JsonArray(new JsonObject { ["update"] = resource, ["updateMask"] = mask }) };

    public static JsonObject Remove(string resourceName) => new() { ["operations"] = new JsonArray(new JsonObject { ["remove"] = resourceName }) };

    public static string BudgetField(BudgetType type) => type == BudgetType.Daily ? "amountMicros" : "totalAmountMicros";
    public static string BudgetMask(BudgetType type) => type == BudgetType.Daily ? "amount_micros" : "total_amount_micros";
    public static string Micros(Money money) => money.Micros.ToString(CultureInfo.InvariantCulture);

    private LaunchPlan Make()
    {
        var lists = UserLists();
        Budget();
        Campaign();
        var places = GoogleTargeting.OfCampaign(brief.Audience, notes);
        if (places.Count > 0) Add("places", StepKind.Targeting, "Set the places and languages", brief.Marker, Create(places.Select(InCampaign)));
        AdGroup();
        var criteria = GoogleTargeting.OfAdGroup(brief, lists, notes);
        if (criteria.Count > 0) Add("targeting", StepKind.Targeting, "Set ages, genders, interests and lists", brief.Marker, Create(criteria.Select(InAdGroup)));

        var ads = brief.Creatives.Select((creative, i) => (Creative: creative, Number: i + 1)).Where(a => IsImages(a.Creative)).ToList();
        foreach (var (creative, number) in ads) Ad(creative, number);
        foreach (var (creative, number) in ads) ActivateAd(creative, number);
        Activate("adset", "Switch on the ad group", Resource("adGroups", "adset"));
        Activate("campaign", "Switch on the campaign", Resource("campaigns", "campaign"));

        if (brief.SpecialAdCategories.Count > 0) notes.Add(PlanWords.LeftOut("specialAdCategories", "Google asks for no special categories; it applies its rules by what the ads say."));
        if (brief.Pixel is not null && brief.Objective is Objective.Leads or Objective.Sales)
            notes.Add(PlanWords.LeftOut("pixel", "Google works towards all conversion goals of the account; a single one cannot be chosen for a Display campaign."));
        return new(steps, notes);
    }

    private void Budget()
    {
        var body = new JsonObject { ["name"] = PlanWords.Named(brief.Name, brief.Marker, MaxName), [BudgetField(brief.BudgetType)] = Micros(brief.Budget) };
        if (brief.BudgetType == BudgetType.Lifetime) body["period"] = "CUSTOM_PERIOD";
        (body["deliveryMethod"], body["explicitlyShared"]) = ("STANDARD", false);
        notes.Add(PlanWords.Converted("budget.amount", $"{(brief.BudgetType == BudgetType.Daily ? "Daily" : "Lifetime")} budget {brief.Budget} becomes {Micros(brief.Budget)} micros."));
        Add("budget", StepKind.Budget, "Create the budget", brief.Marker, Create(body));
    }

    private void Campaign()
    {
        var body = new JsonObject
        {
            ["name"] = PlanWords.Named(brief.Name, brief.Marker, MaxName), ["status"] = "PAUSED", ["advertisingChannelType"] = GoogleCatalogue.Rules.Offer(brief.Objective).Wire,
            ["campaignBudget"] = Resource("campaignBudgets", "budget"),
            [GoogleFromMemory.BiddingOf(brief.Objective)] = Bidding(),
            ["networkSettings"] = new JsonObject { ["targetGoogleSearch"] = false, ["targetSearchNetwork"] = false, ["targetContentNetwork"] = true, ["targetPartnerSearchNetwork"] = false },
            ["containsEuPoliticalAdvertising"] = "DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING",
        };
        // Display campaigns run by whole days of the account's clock.
        if (brief.Start is { } start) body["startDateTime"] = Day("schedule.start", "starts", start, "00:00:00");
        if (brief.End is { } end) body["endDateTime"] = Day("schedule.end", "runs until the end of", end, "23:59:59");
        Add("campaign", StepKind.Campaign, "Create the campaign", brief.Marker, Create(body));
    }

    private JsonObject Bidding() => brief.Bid switch
    {
        { Kind: BidKind.CostCap, AmountMicros: { } cost } => new() { ["targetCpaMicros"] = Micros(new(cost, brief.Budget.Currency)) },
        { Kind: BidKind.BidCap, AmountMicros: { } bid } => new() { ["cpcBidCeilingMicros"] = Micros(new(bid, brief.Budget.Currency)) },
        { Kind: BidKind.TargetRoas, Roas: { } roas } => new() { ["targetRoas"] = roas },
        _ => [],
    };

    private string Day(string field, string what, DateTimeOffset instant, string time)
    {
        var local = instant.In(brief.Account);
        notes.Add(PlanWords.Converted(field, $"{PlanWords.Moment(local)} is a moment; on Google the campaign {what} {local.ToString("d MMM yyyy", CultureInfo.InvariantCulture)} ({brief.Account.TimeZone})."));
        return $"{local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {time}";
    }

    private void AdGroup()
    {
        var body = new JsonObject { ["name"] = PlanWords.Named(brief.Name, brief.Marker, MaxName), ["campaign"] = Resource("campaigns", "campaign"), ["status"] = "PAUSED", ["type"] = "DISPLAY_STANDARD" };
        if (brief.Objective == Objective.Awareness)
        {
            var bid = new Money(MinimumBudgets.AboutADollar.Of(brief.Budget.Currency).Micros * CpmInMinimums, brief.Budget.Currency);
            body["cpmBidMicros"] = Micros(bid);
            notes.Add(PlanWords.Converted("objective", $"For awareness Google bids up to {bid} for a thousand impressions."));
        }
        Add("adset", StepKind.AdSet, "Create the ad group", brief.Marker, Create(body));
    }

    private JsonObject InCampaign(JsonObject criterion) => new([KeyValuePair.Create("campaign", (JsonNode?)Resource("campaigns", "campaign")), .. criterion.Select(Copy)]);

    private JsonObject InAdGroup(JsonObject criterion) => new([KeyValuePair.Create("adGroup", (JsonNode?)Resource("adGroups", "adset")), KeyValuePair.Create("status", (JsonNode?)"ENABLED"), .. criterion.Select(Copy)]);

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> field) => KeyValuePair.Create(field.Key, field.Value?.DeepClone());

    private static bool CanBeShown(BriefCreative creative) => creative.Assets.Any(a => a.Kind == MediaKind.Image) && creative.Type != CreativeType.Video;

    private bool IsImages(BriefCreative creative)
    {
        if (CanBeShown(creative)) return true;
        notes.Add(PlanWords.LeftOut("creatives", $"“{creative.Name}” is left out: Google takes videos from YouTube only."));
        return false;
    }

    private void Ad(BriefCreative creative, int number)
    {
        var images = creative.Assets.Where(a => a.Kind == MediaKind.Image).Take(15).ToList();
        var (landscape, square) = (new JsonArray(), new JsonArray());
        foreach (var fit in images.SelectMany(image => GoogleCatalogue.Rules.MediaOf(MediaKind.Image)!.Fits(image).Select(fit => (image, fit))))
            (fit.fit.Shape.Word == "landscape" ? landscape : square).Add(new JsonObject { ["asset"] = Image(fit.image, fit.fit) });

        var display = GoogleTexts.Of(creative, brief.BusinessName, notes);
        (display["marketingImages"], display["squareMarketingImages"]) = (landscape, square);
        var marker = $"{brief.Marker}-{number}";
        Add($"ad:{number}", StepKind.Ad, $"Create the ad “{creative.Name}”", marker, Create(new JsonObject
        {
            ["adGroup"] = Resource("adGroups", "adset"), ["status"] = "PAUSED",
            ["ad"] = new JsonObject
            {
                ["finalUrls"] = new JsonArray(creative.LinkUrl), ["responsiveDisplayAd"] = display,
                ["urlCustomParameters"] = new JsonArray(new JsonObject { ["key"] = MarkerParameter, ["value"] = marker }),
            },
        }), creative.Id);
    }

    private string Image(BriefAsset asset, MediaFit fit)
    {
        if (media.TryGetValue((asset.Id, fit.Shape.Word), out var place)) return place;

        var number = media.Count + 1;
        var (key, marker) = ($"media:{number}:{fit.KeyPart ?? "whole"}", $"{brief.Marker}-{number}");
        if (fit.Cut is not null) notes.Add(PlanWords.Converted("creatives", $"{asset.FileName} is {fit.Words} for Google."));
        Add(key, StepKind.Media, fit.Cut is null ? $"Upload {asset.FileName}" : $"Upload {asset.FileName}, {fit.Words}", marker, Create(new JsonObject
        {
            ["name"] = PlanWords.Named(asset.FileName, marker, 120), ["type"] = "IMAGE", ["imageAsset"] = new JsonObject { ["data"] = ImageData },
        }), assetId: asset.Id);
        return media[(asset.Id, fit.Shape.Word)] = Resource("assets", key + suffix);
    }

    private List<string> UserLists()
    {
        var lists = new List<string>();
        foreach (var audience in brief.Audiences)
        {
            if (audience.ExternalId is { } there) lists.Add($"customers/{customer}/userLists/{GoogleApi.IdOf(there)}");
            else if (audience.Type != AudienceType.CustomerMatch)
                notes.Add(PlanWords.LeftOut("audienceIds", GoogleWords.WhyNoList(audience)));
            else
            {
                var number = steps.Count(s => s.Key.StartsWith("audience:", StringComparison.Ordinal)) + 1;
                var (marker, list) = ($"{brief.Marker}-{number}", Resource("userLists", $"audience:{number}{suffix}"));
                Add($"audience:{number}", StepKind.Audience, $"Create the list “{audience.Name}”", marker, Create(UserList(audience.Name, marker)), audienceId: audience.Id);
                Add($"members:{number}", StepKind.Audience, $"Send the members of “{audience.Name}”, as hashes only", marker, GoogleMembers.Job(list, null), audienceId: audience.Id);
                lists.Add(list);
            }
        }
        return lists;
    }

    /// <summary>A customer list, empty, whose name carries the marker.</summary>
    public static JsonObject UserList(string name, string marker) => new()
    {
        ["name"] = PlanWords.Named(name, marker, MaxName), ["membershipLifeSpan"] = "540", ["crmBasedUserList"] = new JsonObject { ["uploadKeyType"] = "CONTACT_INFO" },
    };

    private void ActivateAd(BriefCreative creative, int number) =>
        Activate($"ad:{number}", $"Switch on the ad “{creative.Name}”", $"customers/{customer}/adGroupAds/{{{{adset}}}}~{{{{ad:{number}{suffix}}}}}");

    private void Activate(string key, string title, string resource) =>
        Add($"activate:{key}", StepKind.Activate, title, brief.Marker, Update(new JsonObject { ["resourceName"] = resource, ["status"] = "ENABLED" }, "status"));

    private string Resource(string collection, string key) => $"customers/{customer}/{collection}/{{{{{key}}}}}";

    private void Add(string key, StepKind kind, string title, string marker, JsonObject body, Guid? creativeId = null, Guid? assetId = null, Guid? audienceId = null) =>
        steps.Add(new(key + suffix, kind, title, marker, body) { CreativeId = creativeId, AssetId = assetId, AudienceId = audienceId });
}

/// <summary>A creative's texts, brought into the fields of a responsive display ad.</summary>
internal static class GoogleTexts
{
    private const int Short = 30, Long = 90, Business = 25;

    public static JsonObject Of(BriefCreative creative, string businessName, List<PlanNote> notes)
    {
        var headline = Fit("headline", creative.Headline, Short);
        var longHeadline = creative.PrimaryText is { Length: > 0 and <= Long } primary ? primary : PlanWords.Shortened(creative.Headline, Long);
        if (creative.PrimaryText.Length > Long) notes.Add(PlanWords.LeftOut("primaryText", $"The primary text of “{creative.Name}” is left out: Google takes {Long} characters at most. The headline is shown instead."));
        string[] descriptions = [.. new[] { creative.Description, creative.PrimaryText }.Where(t => t is { Length: > 0 and <= Long }).Distinct()];
        if (descriptions.Length == 0) descriptions = [Fit("description", creative.Description.Length > 0 ? creative.Description : creative.Headline, Long)];

        var display = new JsonObject
        {
            ["headlines"] = new JsonArray(Text(headline)), ["longHeadline"] = Text(longHeadline), ["descriptions"] = new JsonArray([.. descriptions.Select(Text)]), ["businessName"] = Fit("businessName", businessName, Business),
        };
        if (GoogleCatalogue.Rules.CallToActionOf(creative.CallToAction) is { } action) display["callToActionText"] = action.Wire;
        else if (creative.CallToAction is { Length: > 0 } other && other != "NO_BUTTON") notes.Add(PlanWords.LeftOut("callToAction", $"Google has no button “{other}”; it chooses one itself."));
        return display;

        string Fit(string field, string text, int max)
        {
            var fitted = PlanWords.Shortened(text, max);
            if (fitted != text) notes.Add(PlanWords.Converted(field, $"“{text}” is shortened to “{fitted}”: Google takes {max} characters."));
            return fitted;
        }
    }

    private static JsonNode Text(string text) => new JsonObject { ["text"] = text };
}
