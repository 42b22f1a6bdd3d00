namespace AdStudio.Core.Platforms;

/// <summary>Meta's rules for link ads in feeds, stories and reels.</summary>
public static partial class MetaCatalogue
{
    private const long Mega = 1_000_000;

    public static PlatformRules Rules { get; } = new()
    {
        Objectives =
        [
            new(Objective.Awareness, "OUTCOME_AWARENESS"),
            new(Objective.Traffic, "OUTCOME_TRAFFIC"),
            new(Objective.Engagement, "OUTCOME_ENGAGEMENT"),
            new(Objective.Leads, "OUTCOME_LEADS") { TakesLeadForm = true },
            new(Objective.AppInstalls, "OUTCOME_APP_PROMOTION") { NeedsApp = true },
            new(Objective.Sales, "OUTCOME_SALES") { NeedsPixel = true },
        ],
        BudgetTypes = [BudgetType.Daily, BudgetType.Lifetime],
        Bids = [new(BidKind.LowestCost), new(BidKind.CostCap), new(BidKind.BidCap)],
        Edits = [new(EditKind.Name), new(EditKind.Budget), new(EditKind.Bid), new(EditKind.Dates, "The start can no longer be moved once the campaign has begun."), new(EditKind.Targeting, "Meta learns anew after such a change."), new(EditKind.Creatives, "New ads go through Meta's review; the old ones run until then.")],
        Texts =
        [
            new(TextField.PrimaryText, "Primary text", 125, 2200),
            new(TextField.Headline, "Headline", 40, 255, Required: true),
            new(TextField.Description, "Description", 30, 255),
        ],
        CreativeTypes = [CreativeType.Image, CreativeType.Video, CreativeType.Carousel, CreativeType.ExistingPost],
        Media =
        [
            new(MediaKind.Image, ["image/jpeg", "image/png"], 30 * Mega, [new("1.91:1", "landscape", 1.91, 600, 314), new("1:1", "square", 1, 600, 600), new("4:5", "portrait", 0.8, 600, 750)]) { Tolerance = 0.03 },
            // Videos are taken as they are: Meta fits them into each place itself.
            new(MediaKind.Video, ["video/mp4", "video/quicktime"], 4000 * Mega, [new("any", "video", 1, 120, 120)]) { Tolerance = double.PositiveInfinity },
        ],
        CallsToAction =
        [
            new("LEARN_MORE", "Learn more", "LEARN_MORE"), new("SHOP_NOW", "Shop now", "SHOP_NOW"), new("SIGN_UP", "Sign up", "SIGN_UP"), new("SUBSCRIBE", "Subscribe", "SUBSCRIBE"),
            new("BOOK_NOW", "Book now", "BOOK_NOW"), new("CONTACT_US", "Contact us", "CONTACT_US"), new("DOWNLOAD", "Download", "DOWNLOAD"), new("GET_OFFER", "Get offer", "GET_OFFER"),
            new("GET_QUOTE", "Get quote", "GET_QUOTE"), new("APPLY_NOW", "Apply now", "APPLY_NOW"), new("ORDER_NOW", "Order now", "ORDER_NOW"), new("WATCH_MORE", "Watch more", "WATCH_MORE"),
            new("BOOK_TRAVEL", "Book travel", "BOOK_TRAVEL"), new("NO_BUTTON", "No button", "NO_BUTTON"),
        ],
        MinimumDailyBudgets = MinimumBudgets.AboutADollar,
        // Meta counts these in whole units, though some have a smaller one by ISO 4217.
        WholeUnitCurrencies = new HashSet<string> { "CLP", "COP", "CRC", "HUF", "IDR", "ISK", "JPY", "KRW", "PYG", "TWD", "VND" },
        SpecialAdCategories =
        [
            new("CREDIT", "Credit", NarrowsTargeting: true), new("FINANCIAL_PRODUCTS_SERVICES", "Financial products and services", NarrowsTargeting: true), new("EMPLOYMENT", "Employment", NarrowsTargeting: true),
            new("HOUSING", "Housing", NarrowsTargeting: true), new("ISSUES_ELECTIONS_POLITICS", "Social issues, elections or politics", NarrowsTargeting: false),
            new("ONLINE_GAMBLING_AND_GAMING", "Online gambling and gaming", NarrowsTargeting: false),
        ],
        AgeMin = 18,
        AgeMax = 65,
        Genders = [Gender.Women, Gender.Men],
        MaxNameLength = 400,
        AdSetWord = "ad set",
        NeedsPage = true,
        Statuses = Words,
        Audiences =
        [
            new(AudienceType.CustomerMatch, "Gets a custom audience filled with the hashes."),
            new(AudienceType.Retargeting, "Gets a website audience on the ad account's pixel."),
            new(AudienceType.Lookalike, "Gets a lookalike of an audience that stands on the same ad account."),
        ],
        TargetingKinds = Enum.GetValues<TargetingKind>(),
        Breakdowns = Enum.GetValues<BreakdownKind>(),
        Placements = [AdPlacement.Feed, AdPlacement.Story, AdPlacement.Reel],
        Api = new("v25.0", null, "from memory"),
        Freshness = "Meta updates its numbers about every hour and may correct them for 28 days.",
        ReadEvery = TimeSpan.FromHours(1),
        RereadDays = 28,
    };
}
