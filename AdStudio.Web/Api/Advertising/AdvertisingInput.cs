using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Advertising;

/// <summary>A file as a program names it.</summary>
/// <param name="For">One of <see cref="AdvertisingWords.AdTypes"/>.</param>
internal sealed record GivenAsset(string For, string Field, string Url, string? Name);

/// <summary>What a program says of a campaign. Null is what it left out.</summary>
internal sealed record AdvertisingInput
{
    private const string BoostsAPost = "boost_instagram";

    /// <summary>How much of a request is kept with the campaign, in characters.</summary>
    private const int MostKept = 256 * 1024;

    /// <summary>The brand that the request itself names; the header goes before it.</summary>
    public long? Brand { get; private init; }
    public string? Name { get; private init; }
    public string? Type { get; private init; }
    public Objective? Objective { get; private init; }
    public IReadOnlyList<Platform>? Platforms { get; private init; }
    public IReadOnlyDictionary<Platform, string> Accounts { get; private init; } = new Dictionary<Platform, string>();
    public string? PageId { get; private init; }
    public decimal? Budget { get; private init; }
    public BudgetType? BudgetType { get; private init; }
    public string? Currency { get; private init; }
    public DateTime? Start { get; private init; }
    public DateTime? End { get; private init; }
    public IReadOnlyList<CountryGroup>? Groups { get; private init; }
    public GivenDemographics? Demographics { get; private init; }
    public IReadOnlyList<TargetInterest>? Interests { get; private init; }
    public IReadOnlyList<string>? Audiences { get; private init; }
    public IReadOnlyList<GivenAsset>? Assets { get; private init; }

    /// <summary>What was posted already and is promoted as it is.</summary>
    public GivenPost? Post { get; private init; }

    /// <summary>By <see cref="AdvertisingWords.AdTypes"/>.</summary>
    public IReadOnlyDictionary<string, string>? Captions { get; private init; }
    public string? Link { get; private init; }
    public string? Headline { get; private init; }
    public string? CallToAction { get; private init; }
    public PromotedContent? Content { get; private init; }

    /// <summary>ACTIVE, PAUSED or DRAFT.</summary>
    public string? Status { get; private init; }

    /// <summary>The whole request without secrets.</summary>
    public JsonObject Kept { get; private init; } = [];

    public bool HasCreative => Post is not null || Assets is not null || Captions is not null || Link is not null || Headline is not null || CallToAction is not null;

    /// <param name="whole">A new campaign needs what a campaign is made of.</param>
    public static AdvertisingInput Read(Given body, bool whole)
    {
        var fields = new GivenParts(body);
        var (start, end) = (fields.Of("startDate").Moment("startDate"), fields.Of("endDate").Moment("endDate"));
        var type = TypeOf(fields, whole);
        var input = new AdvertisingInput
        {
            Brand = body.Whole("brand_id", 1, int.MaxValue) ?? fields.Of("brand").Object("brand")?.Whole("id", 1, int.MaxValue),
            Name = fields.Of("campaignName").Text("campaignName", 128) ?? fields.Of("name").Text("name", 128),
            Type = type,
            Objective = type is null ? null : AdvertisingWords.ObjectiveOf(type),
            Platforms = fields.Of("campaign_platforms").Words("campaign_platforms", AdvertisingWords.Platforms),
            Accounts = AccountsOf(fields),
            PageId = IdOf(fields.Of("fbPage").Object("fbPage")),
            Budget = fields.Of("budget").Number("budget", 0, 1_000_000_000, whole),
            BudgetType = fields.Of("budget_type").Word("budget_type", BudgetTypes),
            Currency = fields.Of("currency").Text("currency", 3)?.ToUpperInvariant(),
            Start = Utc(start),
            End = Utc(end),
            Groups = GivenTargeting.Groups(fields.Of("targetedCountries")),
            Demographics = GivenTargeting.Demographics(fields.Of("targetingDemographics").Object("targetingDemographics")),
            Interests = fields.Of("interestTargetingAudiences").Objects("interestTargetingAudiences", 200, GivenTargeting.Interest),
            Audiences = fields.Of("userExistingAudiences").Objects("userExistingAudiences", 50, a => new GivenKey(IdOf(a) ?? ""), text => new GivenKey(text))?.Select(a => a.Key).ToList(),
            Assets = GivenCreative.Assets(fields),
            Post = GivenCreative.Post(fields),
            Captions = GivenCreative.Captions(fields),
            Link = GivenCreative.Link(fields),
            Headline = fields.Of("headline").Text("headline", 1000),
            CallToAction = fields.Of("cta").Text("cta", 64),
            Content = GivenCreative.Content(fields.Of("record").Object("record") ?? fields.Of("content").Object("content")),
            Status = StatusOf(body),
            Kept = KeptOf(body),
        };
        if (fields.Of("provider").Text("provider", 64) is { } provider && provider is not ("facebook" or "symphony")) fields.Of("provider").Wrong("provider", "provider should be one of facebook, symphony");
        if (whole && string.IsNullOrWhiteSpace(input.Name)) body.Wrong("campaignName", "campaignName should not be empty");
        if (whole && type?.EndsWith(BoostsAPost, StringComparison.Ordinal) == true && input.Post is null && input.Status != "DRAFT" && !body.Problems.Any(p => p.Field is "igMedia.id" or "instagram_post_id"))
            fields.Of("igMedia").Wrong("igMedia", "boost_instagram promotes a post: igMedia should have its id, or instagram_post_id should be it");
        if (input.Budget == 0) fields.Of("budget").Wrong("budget", "budget should be more than nothing");
        if (input.Currency is { } currency && !Currencies.IsKnown(currency)) fields.Of("currency").Wrong("currency", $"“{currency}” is no currency code. Use one such as USD or EUR.");
        if (input.End <= input.Start) fields.Of("endDate").Wrong("endDate", "endDate should come after startDate");
        if (input.Platforms is { } platforms && platforms.Distinct().Count() != platforms.Count) fields.Of("campaign_platforms").Wrong("campaign_platforms", "campaign_platforms should name each platform once");
        if (input.Kept.ToJsonString().Length > MostKept) body.Wrong("", $"A campaign's request has at most {MostKept / 1024} KB.");
        return input;
    }

    /// <summary>The request without secrets, to be kept.</summary>
    public static JsonObject KeptOf(Given body)
    {
        if (GivenJson.Read(body.Raw?.GetRawText() ?? "{}") is { } kept) return kept;
        body.Wrong("", "The body holds characters that are no Unicode.");
        return [];
    }

    private static readonly Dictionary<string, BudgetType> BudgetTypes = new() { ["daily"] = Core.Platforms.BudgetType.Daily, ["lifetime"] = Core.Platforms.BudgetType.Lifetime };

    /// <summary>The type goes before the goal: "record_streams" is what "increase_record_streams" wants.</summary>
    private static string? TypeOf(GivenParts fields, bool whole)
    {
        var (type, goal) = (Word("campaign_type") ?? Word("type"), Word("goal"));
        if (type is null && goal is null && whole) fields.Of("campaign_type").Wrong("campaign_type", "campaign_type should not be empty");
        return type ?? (goal is null ? null : AdvertisingWords.Kind(goal));

        string? Word(string name)
        {
            if (fields.Of(name).Text(name, 64) is not { } given) return null;
            var word = given.Trim().ToLowerInvariant();
            if (AdvertisingWords.ObjectiveOf(word) is null) fields.Of(name).Wrong(name, $"{name} should be one of {string.Join(", ", AdvertisingWords.Types.Keys)}");
            return word;
        }
    }

    private static string? StatusOf(Given body)
    {
        if (body.Text("status", 64)?.Trim().ToUpperInvariant() is not { } status) return null;
        if (status is not ("ACTIVE" or "PAUSED" or "DRAFT" or "SUBMITTED" or "IN_REVIEW")) body.Wrong("status", "status should be one of ACTIVE, PAUSED, DRAFT");
        return status is "SUBMITTED" or "IN_REVIEW" ? "PAUSED" : status;
    }

    private static Dictionary<Platform, string> AccountsOf(GivenParts fields)
    {
        Dictionary<Platform, string> accounts = [];
        var others = fields.Of("ad_accounts").Object("ad_accounts");
        foreach (var (name, account) in others?.Entries(128) ?? [])
            if (AdvertisingWords.Platforms.TryGetValue(name.ToLowerInvariant(), out var platform)) accounts[platform] = account;
            else others!.Wrong(name, $"“{name}” is no platform. Use {string.Join(", ", AdvertisingWords.Platforms.Keys)}.");
        if (IdOf(fields.Of("fbAdAccount").Object("fbAdAccount")) is { } meta) accounts[Platform.Meta] = meta;
        return accounts;
    }

    /// <summary>Ids of platforms come as texts or as numbers.</summary>
    internal static string? IdOf(Given? thing, string name = "id") => thing?.Raw is { } raw && raw.TryGetProperty(name, out var id) && id.ValueKind == JsonValueKind.Number ? id.GetRawText() is { Length: <= 64 } number ? number : null : thing?.Text(name, 128);

    private static DateTime? Utc((DateTimeOffset? Instant, DateTime? Local) moment) =>
        moment.Instant is { } instant ? DateTime.SpecifyKind(instant.UtcDateTime, DateTimeKind.Unspecified) : moment.Local;

    private sealed record GivenKey(string Key);
}

/// <summary>
/// The parts of a request in which a field may stand: the request itself, the campaign as it was given or resolved, and the parts of these. So what this surface answers can be sent back to it.
/// </summary>
internal sealed class GivenParts
{
    /// <summary>Of what the resolved campaign is made.</summary>
    public static readonly string[] OfCampaign = ["details", "creative", "targeting", "conversions"];

    private readonly List<Given> parts = [];

    public GivenParts(Given body)
    {
        Add(body);
        var metadata = body.Object("campaign_metadata");
        Add(metadata);
        Add(body.Object("campaign_input") ?? metadata?.Object("campaign_input"));
    }

    /// <summary>The part that has the field, or the request itself.</summary>
    public Given Of(string name) => parts.Find(p => p.Has(name)) ?? parts[0];

    private void Add(Given? whole)
    {
        if (whole is null) return;
        parts.Add(whole);
        if (whole.Object("accounts") is { } accounts) parts.Add(accounts);
        if (whole.Object("campaign") is not { } campaign) return;
        parts.Add(campaign);
        foreach (var name in OfCampaign)
            if (campaign.Object(name) is { } part) parts.Add(part);
    }
}
