using AdStudio.Core.Common;

namespace AdStudio.Core.Platforms;

/// <summary>Snapchat's rules for single image or video snaps with a website or an app behind them.</summary>
public static class SnapchatCatalogue
{
    private const long Mega = 1_000_000;

    public static PlatformRules? Rules { get; } = new()
    {
        Objectives =
        [
            new(Objective.Awareness, "AWARENESS_AND_ENGAGEMENT"),
            new(Objective.Traffic, "TRAFFIC"),
            new(Objective.Engagement, "AWARENESS_AND_ENGAGEMENT"),
            new(Objective.Leads, "LEADS") { NeedsPixel = true },
            new(Objective.AppInstalls, "APP_PROMOTION") { NeedsApp = true },
            new(Objective.Sales, "SALES") { NeedsPixel = true },
        ],
        BudgetTypes = [BudgetType.Daily, BudgetType.Lifetime],
        Texts =
        [
            new(TextField.Headline, "Headline", null, 34, Required: true),
            // A longer name is shortened: it is the workspace's and fits elsewhere.
            new(TextField.BusinessName, "Brand name", 32, null, Required: true),
        ],
        CreativeTypes = [CreativeType.Image, CreativeType.Video],
        Media =
        [
            new(MediaKind.Image, ["image/jpeg", "image/png"], 5 * Mega, [Tall]),
            new(MediaKind.Video, ["video/mp4", "video/quicktime"], 1000 * Mega, [Tall]) { MinSeconds = 3, MaxSeconds = 180 },
        ],
        CallsToAction =
        [
            new("LEARN_MORE", "More", "MORE"), new("SHOP_NOW", "Shop now", "SHOP_NOW"), new("SIGN_UP", "Sign up", "SIGN_UP"), new("BOOK_NOW", "Book now", "BOOK_NOW"), new("DOWNLOAD", "Download", "DOWNLOAD"),
            new("GET_OFFER", "Get now", "GET_NOW"), new("APPLY_NOW", "Apply now", "APPLY_NOW"), new("ORDER_NOW", "Order now", "ORDER_NOW"), new("WATCH_MORE", "Watch", "WATCH"),
        ],
        MinimumDailyBudgets = new MinimumBudgets(Currencies.All.ToDictionary(c => c, _ => 5m)),
        AgeMin = 18,
        AgeMax = 50,
        Genders = [Gender.Women, Gender.Men],
        MaxNameLength = 375,
        AdSetWord = "ad squad",
        NeedsPage = true,
        PageWord = "public profile",
        Statuses =
        [
            new("ACTIVE", PlatformStatus.Active, "On"), new("PAUSED", PlatformStatus.Paused, "Paused"), new("PENDING", PlatformStatus.InReview, "In review"), new("APPROVED", PlatformStatus.Active, "Approved in review"),
            new("REJECTED", PlatformStatus.Rejected, "Rejected in review"), new("DELETED", PlatformStatus.Deleted, "Deleted"),
        ],
        Bids = [new(BidKind.LowestCost), new(BidKind.CostCap), new(BidKind.BidCap)],
        Edits =
        [
            new(EditKind.Name), new(EditKind.Budget, "A daily budget stays a daily one, a lifetime budget a lifetime one."), new(EditKind.Dates, "The end can be moved; the start only until the first ad was shown."),
            new(EditKind.Targeting), new(EditKind.Creatives, "A changed ad is made anew and reviewed again; the old one is deleted once the new one is on, and keeps its numbers."),
        ],
        Audiences =
        [
            new(AudienceType.CustomerMatch, "Gets a customer list segment filled with the hashes; below about 1,000 people found it cannot be used."),
            new(AudienceType.Lookalike, "Gets a lookalike segment of the source's list, in the country chosen."),
            new(AudienceType.Retargeting, "", "Snapchat makes audiences of a pixel only in its Ads Manager; one made there can be used here."),
            new(AudienceType.Saved, "", "Saved targeting is the studio's own; it goes into the ad squad."),
        ],
        TargetingKinds = [TargetingKind.Place, TargetingKind.Interest, TargetingKind.Language],
        Breakdowns = [BreakdownKind.Country, BreakdownKind.Age, BreakdownKind.Gender, BreakdownKind.Device],
        Placements = [AdPlacement.Snap, AdPlacement.Story],
        Api = new("v1", null, "https://developers.snap.com/api/marketing-api/Ads-API/introduction"),
        Freshness = "Snapchat updates its numbers about every 15 minutes and may credit conversions for 28 days.",
        ReadEvery = TimeSpan.FromHours(1),
        RereadDays = 28,
    };

    private static MediaShape Tall => new("9:16", "tall", 9 / 16.0, 540, 960);
}
