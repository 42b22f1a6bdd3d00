namespace AdStudio.Core.Platforms;

/// <summary>TikTok's rules for ads in its own app: videos, and images that are swiped through to music.</summary>
public static class TikTokCatalogue
{
    private const long Mega = 1_000_000;

    public static PlatformRules Rules { get; } = new()
    {
        Objectives =
        [
            new(Objective.Awareness, "REACH"),
            new(Objective.Traffic, "TRAFFIC"),
            new(Objective.Engagement, "VIDEO_VIEWS"),
            // On the website: TikTok's own forms are made in its tools, and its SDK has no calls for them.
            new(Objective.Leads, "LEAD_GENERATION"),
            new(Objective.AppInstalls, "APP_PROMOTION") { NeedsApp = true },
            new(Objective.Sales, "WEB_CONVERSIONS") { NeedsPixel = true },
        ],
        BudgetTypes = [BudgetType.Daily, BudgetType.Lifetime],
        // There is no headline: above the text stands the name of the identity.
        Texts = [new(TextField.PrimaryText, "Ad text", null, 100, Required: true)],
        CreativeTypes = [CreativeType.Image, CreativeType.Video, CreativeType.Carousel],
        Media =
        [
            // At most 1440 × 2560 pixels, whatever the shape.
            new(MediaKind.Image, ["image/jpeg", "image/png"], 50 * Mega,
            [
                new("9:16", "portrait", 9 / 16.0, 720, 1280) { MaxWidth = 1440, MaxHeight = 2560 }, new("1:1", "square", 1, 640, 640) { MaxWidth = 1920, MaxHeight = 1920 },
                new("1.91:1", "landscape", 1.91, 1200, 628) { MaxWidth = 2640, MaxHeight = 1382 },
            ]) { Tolerance = 0.03 },
            new(MediaKind.Video, ["video/mp4", "video/quicktime", "video/mpeg", "video/x-msvideo"], 500 * Mega,
                [new("9:16", "portrait", 9 / 16.0, 540, 960), new("1:1", "square", 1, 640, 640), new("16:9", "landscape", 16 / 9.0, 960, 540)]),
        ],
        // Every ad has a button.
        CallsToAction =
        [
            new("LEARN_MORE", "Learn more", "LEARN_MORE"), new("SHOP_NOW", "Shop now", "SHOP_NOW"), new("SIGN_UP", "Sign up", "SIGN_UP"), new("SUBSCRIBE", "Subscribe", "SUBSCRIBE"),
            new("BOOK_NOW", "Book now", "BOOK_NOW"), new("CONTACT_US", "Contact us", "CONTACT_US"), new("DOWNLOAD", "Download now", "DOWNLOAD_NOW"), new("INSTALL_NOW", "Install now", "INSTALL_NOW"),
            new("GET_QUOTE", "Get quote", "GET_QUOTE"), new("APPLY_NOW", "Apply now", "APPLY_NOW"), new("ORDER_NOW", "Order now", "ORDER_NOW"), new("WATCH_MORE", "Watch now", "WATCH_NOW"),
        ],
        // Of an ad group, by the day; from memory, in round figures of about twenty US dollars.
        MinimumDailyBudgets = new(new Dictionary<string, decimal>
        {
            ["USD"] = 20, ["EUR"] = 20, ["GBP"] = 20, ["CHF"] = 20, ["CAD"] = 20, ["AUD"] = 20, ["NZD"] = 20, ["SGD"] = 20, ["JPY"] = 2000, ["KRW"] = 20_000, ["CNY"] = 130, ["HKD"] = 150, ["TWD"] = 600, ["MOP"] = 150,
            ["INR"] = 1500, ["IDR"] = 280_000, ["MYR"] = 80, ["PHP"] = 1000, ["THB"] = 600, ["VND"] = 450_000, ["PKR"] = 3000, ["BDT"] = 1700, ["SEK"] = 190, ["NOK"] = 180, ["DKK"] = 130, ["ISK"] = 2600,
            ["PLN"] = 80, ["CZK"] = 440, ["HUF"] = 6000, ["RON"] = 80, ["UAH"] = 540, ["TRY"] = 200, ["ILS"] = 70, ["AED"] = 73, ["SAR"] = 75, ["QAR"] = 73, ["KWD"] = 6, ["BHD"] = 7, ["EGP"] = 310, ["MAD"] = 200,
            ["DZD"] = 2600, ["ZAR"] = 280, ["NGN"] = 7500, ["KES"] = 2100, ["BRL"] = 100, ["MXN"] = 400, ["ARS"] = 1700, ["CLP"] = 16_000, ["COP"] = 75_000, ["PEN"] = 70, ["UYU"] = 860, ["BOB"] = 140, ["CRC"] = 12_000,
            ["GTQ"] = 150, ["HNL"] = 480, ["NIO"] = 700, ["PYG"] = 140_000,
        }),
        WholeUnitCurrencies = new HashSet<string> { "CLP", "COP", "IDR", "ISK", "JPY", "KRW", "PYG", "TWD", "VND" },
        SpecialAdCategories =
        [
            new("HOUSING", "Housing", NarrowsTargeting: true), new("EMPLOYMENT", "Employment", NarrowsTargeting: true), new("CREDIT", "Credit", NarrowsTargeting: true),
        ],
        AgeMin = 18,
        AgeMax = 65,
        AgeGroups = [new("AGE_18_24", 18, 24), new("AGE_25_34", 25, 34), new("AGE_35_44", 35, 44), new("AGE_45_54", 45, 54), new("AGE_55_100", 55, null)],
        Genders = [Gender.Women, Gender.Men],
        MaxNameLength = 512,
        AdSetWord = "ad group",
        NeedsPage = true,
        PageWord = "identity",
        Statuses =
        [
            new("CAMPAIGN_STATUS_ENABLE", PlatformStatus.Active, "On"), new("CAMPAIGN_STATUS_DISABLE", PlatformStatus.Paused, "Paused"), new("CAMPAIGN_STATUS_DELETE", PlatformStatus.Deleted, "Deleted"),
            new("CAMPAIGN_STATUS_ADVERTISER_AUDIT", PlatformStatus.InReview, "The account is in review"), new("CAMPAIGN_STATUS_ADVERTISER_AUDIT_DENY", PlatformStatus.Rejected, "The account was rejected"),
            new("CAMPAIGN_STATUS_BUDGET_EXCEED", PlatformStatus.Active, "Budget used up"), new("ADVERTISER_ACCOUNT_PUNISH", PlatformStatus.Paused, "The account is suspended"),
            new("ADGROUP_STATUS_DELIVERY_OK", PlatformStatus.Active, "Delivering"), new("ADGROUP_STATUS_NOT_START", PlatformStatus.Active, "Not started yet"), new("ADGROUP_STATUS_TIME_DONE", PlatformStatus.Completed, "Over"),
            new("ADGROUP_STATUS_AUDIT", PlatformStatus.InReview, "In review"), new("ADGROUP_STATUS_REAUDIT", PlatformStatus.InReview, "In review again"), new("ADGROUP_STATUS_AUDIT_DENY", PlatformStatus.Rejected, "Rejected in review"),
            new("ADGROUP_STATUS_DISABLE", PlatformStatus.Paused, "Paused"), new("ADGROUP_STATUS_CAMPAIGN_DISABLE", PlatformStatus.Paused, "Paused with its campaign"), new("ADGROUP_STATUS_DELETE", PlatformStatus.Deleted, "Deleted"),
            new("ADGROUP_STATUS_BUDGET_EXCEED", PlatformStatus.Active, "Budget used up"), new("ADGROUP_STATUS_BALANCE_EXCEED", PlatformStatus.Paused, "The account has no money left"),
            new("AD_STATUS_DELIVERY_OK", PlatformStatus.Active, "Delivering"), new("AD_STATUS_NOT_START", PlatformStatus.Active, "Not started yet"), new("AD_STATUS_DONE", PlatformStatus.Completed, "Over"),
            new("AD_STATUS_AUDIT", PlatformStatus.InReview, "In review"), new("AD_STATUS_REAUDIT", PlatformStatus.InReview, "In review again"), new("AD_STATUS_AUDIT_DENY", PlatformStatus.Rejected, "Rejected in review"),
            new("AD_STATUS_ADGROUP_AUDIT_DENY", PlatformStatus.Rejected, "Its ad group was rejected"), new("AD_STATUS_DISABLE", PlatformStatus.Paused, "Paused"), new("AD_STATUS_DELETE", PlatformStatus.Deleted, "Deleted"),
            new("AD_STATUS_CAMPAIGN_DISABLE", PlatformStatus.Paused, "Paused with its campaign"), new("AD_STATUS_ADGROUP_DISABLE", PlatformStatus.Paused, "Paused with its ad group"),
            new("AD_STATUS_BALANCE_EXCEED", PlatformStatus.Paused, "The account has no money left"),
        ],
        Bids = [new(BidKind.LowestCost), new(BidKind.CostCap, Objective.Leads, Objective.AppInstalls, Objective.Sales), new(BidKind.BidCap, Objective.Awareness, Objective.Traffic, Objective.Engagement)],
        Edits =
        [
            new(EditKind.Name), new(EditKind.Budget, "A daily budget stays a daily one, and a lifetime budget a lifetime one."), new(EditKind.Dates, "The start can only be moved until it has come; an end cannot be taken away from a lifetime budget."),
            new(EditKind.Targeting, "TikTok reviews the ads again."), new(EditKind.Creatives, "Each changed ad is made anew and reviewed; the old one runs until the new one stands."),
        ],
        // As TikTok's help on customer files and its Events API have it: "+" and the country code. From memory; its published SDK names the field alone.
        PhonesWithPlus = true,
        Audiences =
        [
            new(AudienceType.CustomerMatch, "Gets a customer file of the hashes; TikTok shows ads to it from about 1,000 people that it knows."),
            new(AudienceType.Retargeting, "Gets an audience of the pixel's visitors."),
            new(AudienceType.Lookalike, "Gets a lookalike: narrow up to 3 %, balanced up to 7 %, broad above."),
        ],
        TargetingKinds = [TargetingKind.Place, TargetingKind.Interest, TargetingKind.Language],
        Breakdowns = [BreakdownKind.Country, BreakdownKind.Age, BreakdownKind.Gender, BreakdownKind.Device],
        Placements = [AdPlacement.Reel],
        Api = new("v1.3", null, "business-api.tiktok.com/portal/docs: no end is published"),
        Freshness = "TikTok updates its numbers within a few hours and may credit conversions for 28 days.",
        ReadEvery = TimeSpan.FromHours(3),
        RereadDays = 28,
    };
}
