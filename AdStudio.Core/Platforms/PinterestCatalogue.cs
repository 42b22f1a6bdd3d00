namespace AdStudio.Core.Platforms;

/// <summary>Pinterest's rules for pins that are promoted: standard images, videos and carousels.</summary>
public static class PinterestCatalogue
{
    private const long Mega = 1_000_000;

    public static PlatformRules Rules { get; } = new()
    {
        Objectives =
        [
            new(Objective.Awareness, "AWARENESS"),
            new(Objective.Traffic, "CONSIDERATION"),
            // Campaigns of videos alone become VIDEO_COMPLETION.
            new(Objective.Engagement, "CONSIDERATION"),
            // With a tag they become WEB_CONVERSION.
            new(Objective.Leads, "CONSIDERATION"),
            new(Objective.AppInstalls, "CONSIDERATION", "Pinterest has no objective for installs of an app."),
            new(Objective.Sales, "WEB_CONVERSION") { NeedsPixel = true },
        ],
        BudgetTypes = [BudgetType.Daily, BudgetType.Lifetime],
        Texts =
        [
            new(TextField.Headline, "Title", 40, 100, Required: true),
            new(TextField.PrimaryText, "Description", 50, 800),
            // Only the cards of a carousel have a text of their own beside the title.
            new(TextField.Description, "Card description", null, null),
        ],
        CreativeTypes = [CreativeType.Image, CreativeType.Video, CreativeType.Carousel],
        Media =
        [
            new(MediaKind.Image, ["image/jpeg", "image/png"], 20 * Mega, [new("2:3", "tall", 2 / 3.0, 600, 900), new("1:1", "square", 1, 600, 600), new("9:16", "full", 9 / 16.0, 600, 1067)]) { Tolerance = 0.03 },
            new(MediaKind.Video, ["video/mp4", "video/quicktime"], 2000 * Mega, [new("9:16", "full", 9 / 16.0, 240, 427), new("2:3", "tall", 2 / 3.0, 240, 360), new("4:5", "portrait", 0.8, 240, 300), new("1:1", "square", 1, 240, 240), new("16:9", "wide", 16 / 9.0, 427, 240)])
            {
                Tolerance = 0.03, MinSeconds = 4, MaxSeconds = 900,
            },
        ],
        CallsToAction =
        [
            new("LEARN_MORE", "Learn more", "LEARN_MORE"), new("SHOP_NOW", "Shop now", "SHOP_NOW"), new("SIGN_UP", "Sign up", "SIGN_UP"), new("BOOK_NOW", "Book now", "BOOK_NOW"), new("GET_OFFER", "Get offer", "GET_OFFER"),
            new("ORDER_NOW", "Order now", "ORDER_NOW"), new("BUY_NOW", "Buy now", "BUY_NOW"), new("VISIT_SITE", "Visit site", "VISIT_SITE"), new("NO_BUTTON", "No button", ""),
        ],
        // Pinterest publishes no figure; with less than this a day it shows next to nothing.
        MinimumDailyBudgets = MinimumBudgets.AboutADollar,
        AgeMin = 18,
        AgeMax = 65,
        Genders = [Gender.Women, Gender.Men],
        MaxNameLength = 255,
        AdSetWord = "ad group",
        NeedsPage = true,
        PageWord = "board",
        PixelWord = "conversion tag",
        Currencies = new HashSet<string>
        {
            "USD", "GBP", "CAD", "EUR", "AUD", "NZD", "SEK", "ILS", "CHF", "HKD", "JPY", "SGD", "KRW", "NOK", "DKK", "PLN", "RON", "HUF", "CZK", "BRL", "MXN", "ARS", "CLP", "COP", "INR", "TRY",
        },
        Statuses =
        [
            new("RUNNING", PlatformStatus.Active, "Running"), new("NOT_STARTED", PlatformStatus.Active, "Scheduled"), new("PAUSED", PlatformStatus.Paused, "Paused"), new("COMPLETED", PlatformStatus.Completed, "Completed"),
            new("ADVERTISER_DISABLED", PlatformStatus.Failed, "Pinterest has disabled the account"), new("ARCHIVED", PlatformStatus.Deleted, "Archived"), new("DRAFT", PlatformStatus.Waiting, "Draft"),
            new("DELETED_DRAFT", PlatformStatus.Deleted, "Deleted draft"), new("APPROVED", PlatformStatus.Active, "Approved"), new("PENDING", PlatformStatus.InReview, "In review"), new("REJECTED", PlatformStatus.Rejected, "Rejected in review"),
        ],
        Bids = [new(BidKind.LowestCost), new(BidKind.BidCap, Objective.Awareness, Objective.Traffic, Objective.Sales)],
        Edits =
        [
            new(EditKind.Name), new(EditKind.Budget, "A daily budget stays a daily one, and a lifetime budget a lifetime one."), new(EditKind.Dates, "The start can no longer be moved once the campaign has begun; a lifetime budget keeps its end."),
            new(EditKind.Targeting), new(EditKind.Creatives, "New Pins go through Pinterest's review; the old ads are archived."),
        ],
        Audiences =
        [
            new(AudienceType.CustomerMatch, "Gets a customer list filled with the hashes of e-mail addresses; Pinterest takes no phone numbers and needs 100 matches."),
            new(AudienceType.Retargeting, "Gets an audience of visitors whom the conversion tag has seen."),
            new(AudienceType.Lookalike, "Gets an actalike audience, in the United States, Canada or the United Kingdom."),
            new(AudienceType.Saved, "", "Saved targeting is merged into the campaign; Pinterest has no object for it."),
        ],
        TargetingKinds = [TargetingKind.Place, TargetingKind.Interest, TargetingKind.Language],
        Breakdowns = [BreakdownKind.Country, BreakdownKind.Age, BreakdownKind.Gender, BreakdownKind.Device],
        Placements = [AdPlacement.Pin, AdPlacement.Search],
        Api = new("v5", null, "https://developers.pinterest.com/docs/api/v5/ (5.23.0); no end is announced"),
        Freshness = "Pinterest updates its numbers within a day, counts days in UTC and credits conversions for 30 days after a click.",
        ReadEvery = TimeSpan.FromHours(3),
        RereadDays = 30,
    };
}
