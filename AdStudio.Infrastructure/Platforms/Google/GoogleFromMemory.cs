using System.Globalization;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>
/// What the adapter takes for a fact although no published specification beside the project states it. Everything of that kind stands here, so that a person with an account can check it line by line.
/// Some are written where they belong: the OAuth addresses in <see cref="GoogleSite"/>; the text, image and age limits in <see cref="GoogleCatalogue"/>; in <see cref="GoogleErrors"/>, how long to wait when a limit
/// names no time, that a refused mutate has done nothing, and invalid_grant for a withdrawn consent; in <see cref="GoogleTargeting"/>, that ages and genders which are chosen leave the others out.
/// </summary>
internal static class GoogleFromMemory
{
    /// <summary>Values in one IN list of a query; the specification names the refusal (FILTER_HAS_TOO_MANY_VALUES) and no figure.</summary>
    public const int ValuesAList = 100;

    /// <summary>Countries among the geo target constants are 2000 and the country's ISO number.</summary>
    public static string ConstantOf(Country country) => (2000 + country.Number).ToString(CultureInfo.InvariantCulture);

    /// <summary>The other way round; null for a constant that is no country.</summary>
    public static Country? CountryOf(string? constant) =>
        int.TryParse(constant, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Countries.All.FirstOrDefault(c => c.Number == number - 2000) : null;

    /// <summary>Members in one addOperations: each may have two identifiers, of which a call takes 10 000 without slowing down.</summary>
    public const int MembersACall = 5_000;

    /// <summary>Google has no objectives: how a Display campaign bids stands for what it is after.</summary>
    public static string BiddingOf(Objective objective) => objective switch
    {
        Objective.Awareness => "manualCpm", Objective.Traffic => "targetSpend", Objective.Leads => "maximizeConversions", Objective.Sales => "maximizeConversionValue",
        _ => throw new InvalidOperationException($"Google is not offered for {objective}."),
    };

    /// <summary>The other way round, also for campaigns that are no Display campaigns; null where nothing can be told.</summary>
    public static Objective? ObjectiveOf(string? channel, string? subType, string? bidding) => (channel, subType, bidding) switch
    {
        (_, "APP_CAMPAIGN" or "APP_CAMPAIGN_FOR_ENGAGEMENT" or "APP_CAMPAIGN_FOR_PRE_REGISTRATION", _) => Objective.AppInstalls,
        (_, _, "MAXIMIZE_CONVERSION_VALUE" or "TARGET_ROAS") => Objective.Sales,
        (_, _, "MANUAL_CPM" or "TARGET_CPM" or "FIXED_CPM" or "TARGET_IMPRESSION_SHARE") => Objective.Awareness,
        ("VIDEO", _, "MANUAL_CPV" or "TARGET_CPV") => Objective.Engagement,
        ("DEMAND_GEN", _, _) => Objective.Engagement,
        (_, _, "MAXIMIZE_CONVERSIONS" or "TARGET_CPA") => Objective.Leads,
        (_, _, "TARGET_SPEND" or "MANUAL_CPC" or "PERCENT_CPC" or "TARGET_CPC") => Objective.Traffic,
        _ => null,
    };

    /// <summary>A campaign without an end has one on 30 December 2037.</summary>
    public static bool IsNever(DateTimeOffset end) => end.Year >= 2037;

    /// <summary>Codes by which Google refuses the next page of an answer whose rows have changed; the specification names them and not when.</summary>
    public static bool IsOldPage(string? code) => code is "requestError.EXPIRED_PAGE_TOKEN" or "requestError.INVALID_PAGE_TOKEN";
}
