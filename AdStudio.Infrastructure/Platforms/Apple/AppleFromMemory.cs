namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>What no published document at hand says of Apple Ads. Likely, and to be checked against a real organization first.</summary>
internal static class AppleFromMemory
{
    /// <summary>Days of daily numbers that a report reaches back, and covers at most.</summary>
    public const int DaysOfNumbers = 90;

    /// <summary>Rows of a page.</summary>
    public const int PageSize = 1000;

    /// <summary>The least that a search by words takes; the document says it of apps and places.</summary>
    public const int LeastLetters = 3;

    public const string Scope = "searchadsorg";

    /// <summary>To whom a client's assertion is addressed, in the sandbox as well.</summary>
    public const string Audience = "https://appleid.apple.com";

    /// <summary>Placement and price of each objective: both are paid by tap.</summary>
    public const string SearchResults = "APPSTORE_SEARCH_RESULTS", SearchTab = "APPSTORE_SEARCH_TAB", PaidByTap = "TAPS", PricedByTap = "CPC";

    /// <summary>An ad that shows the app's product page as it is.</summary>
    public const string DefaultPage = "DEFAULT_PRODUCT_PAGE";

    /// <summary>Values of the dimension gender.</summary>
    public const string Women = "F", Men = "M";

    /// <summary>Fields by which a report's rows are divided, and which they carry in their metadata.</summary>
    public const string ByCountry = "countryOrRegion", ByAge = "ageRange", ByGender = "gender", ByDevice = "deviceClass";

    /// <summary>Reasons for which something does not run: their names are those of Apple's documentation as remembered.</summary>
    public const string InReview = "AD_APPROVAL_PENDING", Rejected = "AD_APPROVAL_REJECTED";
    public const string NoPayment = "NO_PAYMENT_METHOD_ON_FILE";
    public static readonly string[] Ended = ["END_DATE_REACHED", "CAMPAIGN_END_DATE_REACHED"];

    /// <summary>Codes of refusals that say that the name is taken.</summary>
    public static bool SaysTaken(string? code) => code?.Contains("DUPLICATE", StringComparison.Ordinal) == true;

    /// <summary>Where people find an app.</summary>
    public static string StoreAddress(string adamId) => $"https://apps.apple.com/app/id{adamId}";
}
