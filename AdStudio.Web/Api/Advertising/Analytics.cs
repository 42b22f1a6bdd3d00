using System.Text.Json.Serialization;

namespace AdStudio.Web.Api.Advertising;

// Figures are texts where seed 003 has texts, numbers where it has numbers. Money is in whole units of the campaign's currency.

/// <param name="FacebookAdMedia">What the ads show and in whose name; null while there is nothing to show.</param>
/// <param name="CreativePerformance">Clicks by the shape of what was shown.</param>
internal sealed record CampaignAnalytics(
    [property: JsonPropertyName("facebook_ad_media")] AdMedia? FacebookAdMedia, [property: JsonPropertyName("analytic_data")] AnalyticData AnalyticData,
    [property: JsonPropertyName("creative_performance")] IReadOnlyList<CreativeShare> CreativePerformance);

internal sealed record AdMedia([property: JsonPropertyName("media_url")] string MediaUrl, MediaOwner Owner);

/// <param name="ProfilePic">Address of its picture; empty where it is not known.</param>
internal sealed record MediaOwner([property: JsonPropertyName("profile_pic")] string ProfilePic, string Username, string Id);

/// <param name="Type">feed, stories, reels or carousel.</param>
/// <param name="Percentage">Of all clicks, 0 to 100.</param>
internal sealed record CreativeShare(string Type, long Clicks, decimal Percentage);

/// <param name="Currency">Of the money in it; null without numbers. A campaign that runs in several currencies shows the one with the highest spend.</param>
/// <param name="AsOf">When the oldest of these numbers was read; null when none was.</param>
internal sealed record AnalyticData(
    AccountGood AdAccountStatus, IReadOnlyList<EffectiveStatus> CampaignStatuses, IReadOnlyList<EffectiveStatus> AdStatuses, PerformanceStats CampaignPerformanceStats, IReadOnlyList<ImpactStat> ImpactStats,
    IReadOnlyList<DayStats> DailyStats, GeographicBreakdown GeographicBreakdown, string? Currency, string? AsOf);

/// <param name="Error">What is wrong with the account; null when it is good.</param>
internal sealed record AccountGood(bool Good, string? Error);

internal sealed record EffectiveStatus([property: JsonPropertyName("effective_status")] string Status, string Id, string Name);

internal sealed record ActionCount([property: JsonPropertyName("action_type")] string ActionType, string Value);

/// <param name="InlineLinkClicks">As the platforms tell clicks that open the link; they are counted once.</param>
/// <param name="Reach">The sum of the days: who was reached on two days counts twice.</param>
/// <param name="Cpm">For a thousand impressions.</param>
internal sealed record PerformanceStats(
    [property: JsonPropertyName("cost_per_inline_link_click")] string CostPerInlineLinkClick, IReadOnlyList<ActionCount> Actions, string Cpc, string Cpm, string Reach, string Impressions, string Spend,
    [property: JsonPropertyName("inline_link_clicks")] string InlineLinkClicks, string Clicks, [property: JsonPropertyName("cost_per_action_type")] IReadOnlyList<ActionCount> CostPerActionType,
    [property: JsonPropertyName("date_start")] string DateStart, [property: JsonPropertyName("date_stop")] string DateStop);

internal sealed record ImpactStat(string Name, string Data, string? FriendlyName);

/// <param name="Cpic">Cost of a click that opens the link.</param>
internal sealed record DayStats(
    string Date, decimal TotalSpend, long TotalReach, long TotalImpressions, long TotalClicks, string Clicks, long InlineClicks, decimal Cpic, decimal Cpc, decimal Spend, decimal CostPerConversion, decimal Conversions);

internal sealed record GeographicBreakdown(IReadOnlyList<CountryStats> Countries);

/// <param name="Country">ISO 3166-1 alpha-2; "unknown" where the platform does not tell.</param>
internal sealed record CountryStats(string Country, string CountryName, decimal Cpc, long Reach, long Impressions, long Clicks, decimal Spend);
