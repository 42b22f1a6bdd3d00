using System.Globalization;
using AdStudio.Core.Accounts;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Advertising;

/// <summary>A campaign's numbers, and how its kinds of creatives do.</summary>
internal static class AnalyticsEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/analytic/campaign/{id}", CampaignAsync)
            .Operation("Read a campaign's analytics", "From its start until today, at most 800 days, or of the days that are asked for. Days are days of the ad account's time zone. What was not read yet counts as nothing; `asOf` says when the numbers were read.", ApiScopes.ReadNumbers)
            .Query("startDate", "First day, such as 2026-11-01.", QueryKind.Day).Query("endDate", "Last day.", QueryKind.Day).Gives<Answered<CampaignAnalytics>>();
        group.MapGet("/analytic/creative/performance", PerformanceAsync)
            .Operation("Read creative performance", "Clicks by the shape of what a campaign shows: feed, stories, reels or carousel.", ApiScopes.ReadNumbers).Query("campaignId", "The campaign's id. Required.", QueryKind.Whole)
            .Query("startDate", "First day, such as 2026-11-01. Without days: from its start.", QueryKind.Day).Query("endDate", "Last day.", QueryKind.Day).Gives<Answered<IReadOnlyList<CreativeShare>>>();
    }

    private static async Task<IResult> CampaignAsync(string id, HttpContext http, BrandScope scopes, AnalyticsView view, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var range = query.Range(word: "");
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await scopes.CampaignAsync(http, id, ct)).TryGet(out var campaign, out var refusal)) return refusal.Refused();
        return (await view.ReadAsync(http.Actor(), campaign, range, ct)).TryGet(out var analytics, out refusal) ? analytics.Answered(AdvertisingJson.Shared.AnsweredCampaignAnalytics) : refusal.Refused();
    }

    private static async Task<IResult> PerformanceAsync(HttpContext http, BrandScope scopes, AnalyticsView view, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var range = query.Range(word: "");
        if (query.Text("campaignId", 64) is not { } id) query.Problems.Add(new("campaignId", "campaignId should not be empty"));
        else if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _)) query.Problems.Add(new("campaignId", "campaignId should be a whole number"));
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await scopes.CampaignAsync(http, query.Text("campaignId"), ct)).TryGet(out var campaign, out var refusal)) return refusal.Refused();
        return (await view.SharesAsync(http.Actor(), campaign, range, ct)).TryGet(out var shares, out refusal) ? shares.Answered(AdvertisingJson.Shared.AnsweredIReadOnlyListCreativeShare) : refusal.Refused();
    }
}
