namespace AdStudio.Core.Platforms;

/// <summary>LinkedIn's rules for sponsored content: single images, videos and carousels in the feed.</summary>
public static class LinkedInCatalogue
{
    private const long Mega = 1_000_000;

    /// <summary>LinkedIn takes at most so many cards, and at least two.</summary>
    public const int MostCards = 10, FewestCards = 2;

    public static PlatformRules Rules { get; } = new()
    {
        Objectives =
        [
            new(Objective.Awareness, "BRAND_AWARENESS"),
            new(Objective.Traffic, "WEBSITE_VISIT"),
            new(Objective.Engagement, "ENGAGEMENT"),
            // Leads are won on the advertiser's own page: a conversion rule counts them.
            new(Objective.Leads, "WEBSITE_CONVERSION") { NeedsPixel = true },
            new(Objective.AppInstalls, "WEBSITE_VISIT", "LinkedIn has no objective for app installs."),
            new(Objective.Sales, "WEBSITE_CONVERSION") { NeedsPixel = true },
        ],
        BudgetTypes = [BudgetType.Daily, BudgetType.Lifetime],
        // The lengths are from memory: LinkedIn's help pages name them, its API does not.
        Texts =
        [
            new(TextField.PrimaryText, "Introductory text", 150, 600, Required: true),
            new(TextField.Headline, "Headline", 70, 200, Required: true),
        ],
        CreativeTypes = [CreativeType.Image, CreativeType.Video, CreativeType.Carousel],
        Media =
        [
            new(MediaKind.Image, ["image/jpeg", "image/png", "image/gif"], 5 * Mega, [new("1.91:1", "landscape", 1.91, 640, 335), new("1:1", "square", 1, 360, 360), new("4:5", "portrait", 0.8, 360, 450)]) { Tolerance = 0.03 },
            new(MediaKind.Video, ["video/mp4"], 500 * Mega, [new("any", "video", 1, 256, 256)]) { Tolerance = double.PositiveInfinity },
        ],
        CallsToAction =
        [
            new("LEARN_MORE", "Learn more", "LEARN_MORE"), new("SHOP_NOW", "Shop now", "SHOP_NOW"), new("SIGN_UP", "Sign up", "SIGN_UP"), new("SUBSCRIBE", "Subscribe", "SUBSCRIBE"), new("DOWNLOAD", "Download", "DOWNLOAD"),
            new("APPLY_NOW", "Apply", "APPLY"), new("GET_QUOTE", "View quote", "VIEW_QUOTE"), new("BOOK_NOW", "Register", "REGISTER"), new("ORDER_NOW", "Buy now", "BUY_NOW"), new("WATCH_MORE", "See more", "SEE_MORE"),
            new("CONTACT_US", "Request demo", "REQUEST_DEMO"),
        ],
        // Ten dollars a day for each of LinkedIn's campaigns.
        MinimumDailyBudgets = MinimumBudgets.AboutADollar.Times(10),
        AgeMin = 18,
        AgeMax = 55,
        AgeGroups = [new("urn:li:ageRange:(18,24)", 18, 24), new("urn:li:ageRange:(25,34)", 25, 34), new("urn:li:ageRange:(35,54)", 35, 54), new("urn:li:ageRange:(55,2147483647)", 55, null)],
        Genders = [Gender.Women, Gender.Men],
        MaxNameLength = 100,
        AdSetWord = "campaign",
        NeedsPage = true,
        PageWord = "company page",
        PixelWord = "conversion rule",
        Statuses =
        [
            new("ACTIVE", PlatformStatus.Active, "Switched on"), new("RUNNABLE", PlatformStatus.Active, "Running"), new("DRAFT", PlatformStatus.Paused, "Draft"), new("PAUSED", PlatformStatus.Paused, "Paused"),
            new("ARCHIVED", PlatformStatus.Completed, "Archived"), new("COMPLETED", PlatformStatus.Completed, "Ended"), new("CANCELED", PlatformStatus.Completed, "Cancelled"),
            new("PENDING_DELETION", PlatformStatus.Deleted, "Being deleted"), new("REMOVED", PlatformStatus.Deleted, "Removed"),
            new("ACCOUNT_SERVING_HOLD", PlatformStatus.Failed, "The account is on hold"), new("PENDING", PlatformStatus.InReview, "In review"), new("NEEDS_REVIEW", PlatformStatus.InReview, "Waits for a review"), new("APPROVED", PlatformStatus.Active, "Approved"), new("REJECTED", PlatformStatus.Rejected, "Rejected in review"),
        ],
        Bids = [new(BidKind.LowestCost)],
        Edits =
        [
            new(EditKind.Name), new(EditKind.Budget), new(EditKind.Dates, "The start can no longer be moved once the campaign has begun."), new(EditKind.Targeting),
            new(EditKind.Creatives, "New ads go through LinkedIn's review. They have to be of a kind that the campaign began with: image, video or carousel."),
        ],
        Audiences =
        [
            new(AudienceType.CustomerMatch, "Gets a matched audience filled with the hashes of e-mail addresses; it takes up to two days, and 300 matched members, until ads reach it."),
            new(AudienceType.Retargeting, "Left out.", "LinkedIn makes audiences of website visitors in its own Campaign Manager only."),
            new(AudienceType.Lookalike, "Left out.", "LinkedIn no longer makes lookalike audiences."),
        ],
        TargetingKinds = [TargetingKind.Place, TargetingKind.Interest, TargetingKind.School, TargetingKind.FieldOfStudy, TargetingKind.Employer, TargetingKind.JobTitle, TargetingKind.Industry, TargetingKind.EducationLevel],
        Breakdowns = [BreakdownKind.Country, BreakdownKind.Device],
        PartialBreakdowns = [BreakdownKind.Country],
        Placements = [AdPlacement.Feed],
        // A version a month; each is served for a year.
        Api = new("202607", new DateOnly(2027, 7, 15), "https://learn.microsoft.com/en-us/linkedin/marketing/versioning"),
        Freshness = "LinkedIn updates its numbers several times a day, in days of UTC, and may correct them for 30 days: daily figures are what to go by.",
        ReadEvery = TimeSpan.FromHours(6),
        RereadDays = 30,
    };
}
