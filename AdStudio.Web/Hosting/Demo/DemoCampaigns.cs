using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Hosting.Demo;

/// <summary>A campaign of the demo's past: how many days ago it was launched, and when it was paused, if it was.</summary>
internal sealed record DemoCampaign(string Name, Objective Objective, decimal PerDay, int LaunchedDaysAgo, IReadOnlyList<Platform> Platforms, IReadOnlyList<string> Creatives)
{
    public int? PausedDaysAgo { get; init; }

    /// <summary>Whether the demo's lead form opens from its ads, where the platform has them.</summary>
    public bool TakesLeads { get; init; }
    public int AgeMin { get; init; } = 18;
    public int AgeMax { get; init; } = 65;

    /// <summary>Stays a draft, for the visitor to launch.</summary>
    public bool IsDraft { get; init; }
}

internal sealed record DemoCreative(string Key, string Name, CreativeType Type, string Asset, string PrimaryText, string Headline, string Description, string CallToAction);

/// <summary>The demo's shop and what it advertises.</summary>
internal static class DemoContent
{
    public const string Link = "https://harborandpine.example/autumn";

    public static IReadOnlyList<DemoCreative> Creatives { get; } =
    [
        new("autumn-wide", "Autumn collection, wide", CreativeType.Image, "sample-1200x628.jpg", "The autumn collection is here: jackets, boots and blankets made to last.", "Made for colder days", "Free returns for 60 days", "SHOP_NOW"),
        new("autumn-square", "Autumn collection, square", CreativeType.Image, "sample-1080x1080.jpg", "Layers that keep the rain out and the warmth in.", "New: the rain collection", "Free returns for 60 days", "SHOP_NOW"),
        new("rain-tall", "Rain collection, tall", CreativeType.Image, "sample-1080x1920.jpg", "Rain outside, dry inside. The rain collection is in store.", "Dry all day", "Free returns for 60 days", "SHOP_NOW"),
        new("stores-video", "Stores, five seconds", CreativeType.Video, "sample.mp4", "Come in, try it on, stay for a coffee.", "Three stores near you", "Open every day until eight", "LEARN_MORE"),
    ];

    public const string LeadForm = "Catalogue by post";

    public static LeadFormContent LeadFormContent { get; } = new()
    {
        Language = "EN_US",
        Intro = new("Our catalogue, by post", "LIST_STYLE", ["96 pages of jackets, boots and blankets", "Free, twice a year", "No other mail"]),
        Questions =
        [
            new("FULL_NAME", "", "full_name", []), new("EMAIL", "", "email", []), new("STREET_ADDRESS", "", "street_address", []), new("CITY", "", "city", []),
            new("CUSTOM", "What are you looking for?", "looking_for", [new("jackets", "Jackets"), new("boots", "Boots"), new("blankets", "Blankets")]),
        ],
        PrivacyPolicyUrl = "https://harborandpine.example/privacy",
        PrivacyPolicyName = "Privacy policy",
        ThankYou = new() { Title = "It is on its way", Body = "Give the post office a week. Meanwhile, everything is in the shop too.", ButtonText = "See the shop", ButtonType = "VIEW_WEBSITE", WebsiteUrl = "https://harborandpine.example" },
    };

    public static IReadOnlyList<DemoCampaign> Campaigns { get; } =
    [
        new("Autumn collection", Objective.Sales, 320, 89, [Platform.Meta, Platform.Google, Platform.Pinterest], ["autumn-wide", "autumn-square"]),
        new("Rain jackets, always on", Objective.Traffic, 90, 89, [Platform.Meta, Platform.Google], ["autumn-square"]) { AgeMin = 25, AgeMax = 54 },
        new("Summer clearance", Objective.Sales, 150, 75, [Platform.Meta, Platform.Google], ["autumn-wide"]) { PausedDaysAgo = 34 },
        new("Five seconds of rain", Objective.Traffic, 160, 62, [Platform.TikTok, Platform.Snapchat], ["stores-video", "rain-tall"]),
        new("Wholesale partners", Objective.Traffic, 110, 55, [Platform.LinkedIn], ["autumn-wide"]) { AgeMin = 25 },
        new("Trail guide app", Objective.AppInstalls, 120, 48, [Platform.Apple], []),
        new("Catalogue by post", Objective.Leads, 70, 30, [Platform.Meta], ["autumn-wide", "autumn-square"]) { TakesLeads = true },
        new("Store opening Portland", Objective.Awareness, 60, 41, [Platform.Meta], ["stores-video", "autumn-wide"]),
        new("Everywhere at once", Objective.Awareness, 420, 20, [.. Enum.GetValues<Platform>()], ["autumn-wide", "rain-tall", "stores-video"]),
        new("Gift guide", Objective.Traffic, 120, 12, [Platform.Meta, Platform.Google], ["autumn-wide", "autumn-square"]),
        new("Black Friday", Objective.Sales, 250, 0, [Platform.Meta, Platform.Google], ["autumn-wide", "autumn-square"]) { IsDraft = true },
    ];

    public static CampaignSpec SpecOf(DemoCampaign campaign, IReadOnlyDictionary<Platform, Guid> accounts, IReadOnlyDictionary<string, Guid> creatives, Guid? leadForm) => new()
    {
        Objective = campaign.Objective,
        Platforms = [.. campaign.Platforms.Where(accounts.ContainsKey).Select(p => new PlatformChoice { Platform = p, AdAccountId = accounts[p], LeadFormId = campaign.TakesLeads ? leadForm : null })],
        Audience = new AudienceSpec { Places = [new TargetPlace { Kind = PlaceKind.Country, Name = "United States", Country = "US" }], AgeMin = campaign.AgeMin, AgeMax = campaign.AgeMax },
        CreativeIds = [.. campaign.Creatives.Select(key => creatives[key])],
        Budget = new BudgetSpec { Type = BudgetType.Daily, AmountMicros = Money.FromUnits(campaign.PerDay, "USD").Micros, Currency = "USD" },
    };
}
