namespace AdStudio.Core.Platforms;

/// <summary>Apple Ads's rules: ads for apps in the App Store, made from the app's product page.</summary>
public static class AppleCatalogue
{
    private const string OnlyApps = "Apple advertises apps in the App Store only; ";

    /// <summary>Money that its accounts can be in (schema Money).</summary>
    private static readonly HashSet<string> Money = ["AUD", "CAD", "EUR", "GBP", "JPY", "MXN", "NZD", "RUB", "USD"];

    public static PlatformRules? Rules { get; } = new()
    {
        Objectives =
        [
            new(Objective.Awareness, "DISPLAY") { NeedsApp = true },
            new(Objective.Traffic, "", OnlyApps + "it sends nobody to a website."),
            new(Objective.Engagement, "", OnlyApps + "there is nothing to engage with."),
            new(Objective.Leads, "", OnlyApps + "it has no lead forms."),
            new(Objective.AppInstalls, "SEARCH") { NeedsApp = true },
            new(Objective.Sales, "", OnlyApps + "it counts installs, not orders."),
        ],
        BudgetTypes = [BudgetType.Daily],
        Texts = [],
        Media = [],
        CreativeTypes = [],
        CallsToAction = [],
        NeedsCreative = false,
        MinimumDailyBudgets = MinimumBudgets.AboutADollar,
        Currencies = Money,
        AgeMin = 18,
        AgeMax = 65,
        Genders = [Gender.Women, Gender.Men],
        MaxNameLength = 200,
        AdSetWord = "ad group",
        PageWord = "product page",
        Statuses =
        [
            new("RUNNING", PlatformStatus.Active, "Running"), new("PAUSED", PlatformStatus.Paused, "Paused"), new("DELETED", PlatformStatus.Deleted, "Deleted"),
            new("ON_HOLD", PlatformStatus.Active, "On hold"), new("CAMPAIGN_START_DATE_IN_FUTURE", PlatformStatus.Active, "Starts later"), new("START_DATE_IN_THE_FUTURE", PlatformStatus.Active, "Starts later"),
            new("AD_APPROVAL_PENDING", PlatformStatus.InReview, "In review"), new("AD_APPROVAL_REJECTED", PlatformStatus.Rejected, "Rejected in review"),
            new("END_DATE_REACHED", PlatformStatus.Completed, "Ended"), new("CAMPAIGN_END_DATE_REACHED", PlatformStatus.Completed, "Ended"),
            new("NO_PAYMENT_METHOD_ON_FILE", PlatformStatus.Failed, "No way to pay"), new("ENABLED", PlatformStatus.Active, "On"),
        ],
        Bids = [new(BidKind.BidCap)],
        Edits =
        [
            new(EditKind.Name), new(EditKind.Budget), new(EditKind.Dates, "The end can be moved, not taken away."),
            new(EditKind.Targeting, "When the countries change, Apple forgets the regions and cities; they are set anew."),
        ],
        Audiences =
        [
            new(AudienceType.CustomerMatch, "", "Apple takes no customer lists."), new(AudienceType.Retargeting, "", "Apple has no pixel to follow people by."), new(AudienceType.Lookalike, "", "Apple has no lookalikes."),
            new(AudienceType.Saved, "Becomes the ad group's targeting."),
        ],
        TargetingKinds = [TargetingKind.Place],
        Breakdowns = [BreakdownKind.Country, BreakdownKind.Age, BreakdownKind.Gender, BreakdownKind.Device],
        Placements = [AdPlacement.AppStore],
        Api = new("v5", new(2027, 1, 26), "https://developer.apple.com/documentation/apple_ads (changelog)"),
        Freshness = "Apple updates its numbers within about three hours and credits installs for 30 days. It tells numbers by day for the last 90 days.",
        ReadEvery = TimeSpan.FromHours(2),
        RereadDays = 30,
    };
}
