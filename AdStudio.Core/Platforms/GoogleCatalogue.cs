namespace AdStudio.Core.Platforms;

/// <summary>Google's rules for Display campaigns with responsive display ads.</summary>
public static class GoogleCatalogue
{
    public static PlatformRules Rules { get; } = new()
    {
        Objectives =
        [
            new(Objective.Awareness, "DISPLAY"),
            new(Objective.Traffic, "DISPLAY"),
            new(Objective.Engagement, "DEMAND_GEN", "Google has no engagement goal for Display campaigns."),
            new(Objective.Leads, "DISPLAY"),
            new(Objective.AppInstalls, "MULTI_CHANNEL", "Google promotes apps in app campaigns, which the studio does not make."),
            new(Objective.Sales, "DISPLAY"),
        ],
        BudgetTypes = [BudgetType.Daily, BudgetType.Lifetime],
        Bids = [new(BidKind.LowestCost), new(BidKind.CostCap, Objective.Leads), new(BidKind.BidCap, Objective.Traffic), new(BidKind.TargetRoas, Objective.Sales)],
        Edits = [new(EditKind.Name), new(EditKind.Budget, "A daily budget stays a daily one, and a lifetime budget a lifetime one."), new(EditKind.Dates, "The start can no longer be moved once the campaign has begun; a lifetime budget keeps its end."), new(EditKind.Targeting, "Criteria that somebody set on Google itself, of the same kinds, give way to those chosen here."), new(EditKind.Creatives, "New ads go through Google's review; the old ones run until then.")],
        Texts =
        [
            new(TextField.Headline, "Headline", null, 30, Required: true),
            // The primary text becomes the long headline and a description where it is short enough for them; it is never refused.
            new(TextField.PrimaryText, "Long headline", 90, null),
            new(TextField.Description, "Description", null, 90),
            new(TextField.BusinessName, "Business name", 25, null, Required: true),
        ],
        CreativeTypes = [CreativeType.Image, CreativeType.Carousel],
        Media =
        [
            new(MediaKind.Image, ["image/jpeg", "image/png"], 5_120_000, [new("1.91:1", "landscape", 1.91, 600, 314), new("1:1", "square", 1, 300, 300)]) { EveryShape = true },
        ],
        // The text on the button, which Google shows in the language of the reader.
        CallsToAction =
        [
            new("LEARN_MORE", "Learn more", "Learn more"), new("SHOP_NOW", "Shop now", "Shop now"), new("SIGN_UP", "Sign up", "Sign up"), new("SUBSCRIBE", "Subscribe", "Subscribe"),
            new("BOOK_NOW", "Book now", "Book now"), new("CONTACT_US", "Contact us", "Contact us"), new("DOWNLOAD", "Download", "Download"), new("GET_QUOTE", "Get quote", "Get quote"),
            new("APPLY_NOW", "Apply now", "Apply now"),
        ],
        // Google names no figure; with less than this a day it shows next to nothing.
        MinimumDailyBudgets = MinimumBudgets.AboutADollar,
        AgeMin = 18,
        AgeMax = 65,
        AgeGroups =
        [
            new("AGE_RANGE_18_24", 18, 24), new("AGE_RANGE_25_34", 25, 34), new("AGE_RANGE_35_44", 35, 44), new("AGE_RANGE_45_54", 45, 54), new("AGE_RANGE_55_64", 55, 64), new("AGE_RANGE_65_UP", 65, null),
        ],
        Genders = [Gender.Women, Gender.Men],
        MaxNameLength = 255,
        AdSetWord = "ad group",
        PixelWord = "conversion action",
        PhonesWithPlus = true,
        Statuses =
        [
            new("ENABLED", PlatformStatus.Active, "Switched on"), new("ELIGIBLE", PlatformStatus.Active, "Running"), new("LIMITED", PlatformStatus.Active, "Running, but held back"), new("APPROVED", PlatformStatus.Active, "Approved"),
            new("APPROVED_LIMITED", PlatformStatus.Active, "Approved with limits"), new("AREA_OF_INTEREST_ONLY", PlatformStatus.Active, "Approved in some places"), new("LEARNING", PlatformStatus.Active, "Running and learning"),
            new("PENDING", PlatformStatus.InReview, "Not started yet"), new("MISCONFIGURED", PlatformStatus.Active, "Set up in a way that keeps it from running"), new("NOT_ELIGIBLE", PlatformStatus.Active, "Cannot be shown"),
            new("PAUSED", PlatformStatus.Paused, "Paused"), new("ENDED", PlatformStatus.Completed, "Ended"), new("DISAPPROVED", PlatformStatus.Rejected, "Rejected in review"), new("REMOVED", PlatformStatus.Deleted, "Removed"),
            // Where an ad is in its review.
            new("REVIEW_IN_PROGRESS", PlatformStatus.InReview, "In review"), new("UNDER_APPEAL", PlatformStatus.InReview, "In review again after an appeal"), new("ELIGIBLE_MAY_SERVE", PlatformStatus.Active, "Running while in review"),
            new("REVIEWED", PlatformStatus.Active, "Reviewed"),
        ],
        Audiences =
        [
            new(AudienceType.CustomerMatch, "Gets a customer list filled with the hashes."),
            new(AudienceType.Retargeting, "Left out.", "Google collects visitors by its own tag only."),
            new(AudienceType.Lookalike, "Left out.", "Google has no lookalikes for Display campaigns."),
        ],
        TargetingKinds = [TargetingKind.Place, TargetingKind.Interest, TargetingKind.Language],
        Breakdowns = [BreakdownKind.Country, BreakdownKind.Age, BreakdownKind.Gender, BreakdownKind.Device],
        // Its views leave out campaigns that have no ad groups, and people of whom it cannot say where they are.
        PartialBreakdowns = [BreakdownKind.Country, BreakdownKind.Age, BreakdownKind.Gender],
        Placements = [AdPlacement.Display],
        Api = new("v25", null, "developers.google.com/google-ads/api/docs/sunset-dates: a version lives about a year, this one is of July 2026; its last day is not announced"),
        Freshness = "Google updates its numbers about every hour and may credit conversions for 28 days.",
        ReadEvery = TimeSpan.FromHours(1),
        RereadDays = 28,
    };
}
