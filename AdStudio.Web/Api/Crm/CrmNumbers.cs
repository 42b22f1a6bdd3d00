using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Crm;

/// <summary>Numbers: of a campaign, of everything, side by side, over time.</summary>
internal static class CrmNumbers
{
    private static readonly Dictionary<string, Metric> Metrics = new()
    {
        ["spend"] = Metric.Spend, ["impressions"] = Metric.Impressions, ["clicks"] = Metric.Clicks, ["ctr"] = Metric.Ctr, ["cpc"] = Metric.Cpc, ["cpm"] = Metric.Cpm, ["conversions"] = Metric.Conversions,
        ["costperconversion"] = Metric.Cpa, ["conversionvalue"] = Metric.ConversionValue, ["roas"] = Metric.Roas,
    };

    private static readonly Dictionary<string, Division> Divisions = Enum.GetValues<Division>().ToDictionary(d => d.Word());

    private static readonly Dictionary<string, TrendStep> Steps = new() { ["day"] = TrendStep.Day, ["week"] = TrendStep.Week };

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/campaigns/metrics/{campaignId}", MetricsAsync).Operation("Numbers of a campaign", "By currency, by day and by platform.", ApiScopes.ReadNumbers).OfNumbers().Comparing().Converting().Dividing().Gives<CrmCampaignMetrics>();
        group.MapGet("/analytics/overview", OverviewAsync).Operation("Numbers at a glance", "Totals, days and platforms of a workspace, or of all that the caller sees.", ApiScopes.ReadNumbers).OfNumbers().Comparing().Converting().InWorkspace().Gives<CrmOverview>();
        group.MapGet("/analytics/performance", PerformanceAsync).Operation("Numbers by campaign", "Those with delivery in the range, and those that run.", ApiScopes.ReadNumbers).OfNumbers().Comparing().Converting().Dividing().InWorkspace()
            .Query("currency", "Only this currency.").Query("search", "A part of the name.").Query("sort", "A metric such as spend or roas, or name; with - before it downwards.").Paged().Gives<CrmPerformance>();
        group.MapGet("/analytics/comparison", ComparisonAsync).Operation("Numbers side by side", "Several campaigns in one range; or one range beside another, by default the period of equal length before.", ApiScopes.ReadNumbers).OfNumbers().InWorkspace()
            .Query("campaignIds", $"Campaigns to compare, {GetComparison.MostCampaigns} at most, with commas.", QueryKind.Words).Query("compareStartDate", "First day of the other range.", QueryKind.Day).Query("compareEndDate", "Last day of the other range.", QueryKind.Day).Gives<CrmComparison>();
        group.MapGet("/analytics/trends", TrendsAsync).Operation("Numbers over time", "By currency: all platforms together, and each.", ApiScopes.ReadNumbers).OfNumbers().InWorkspace().Query("interval", "day or week (from Monday).").Gives<CrmTrends>();
    }

    private static RouteHandlerBuilder Comparing(this RouteHandlerBuilder endpoint) => endpoint.Query("compare", "false leaves out the period before.", QueryKind.Flag);
    private static RouteHandlerBuilder Converting(this RouteHandlerBuilder endpoint) => endpoint.Query("convertTo", "Figures of other currencies are converted into this one, each day at its stored rate; what has no rate stands beside.");
    private static RouteHandlerBuilder Dividing(this RouteHandlerBuilder endpoint) => endpoint.Query("breakdown", $"Also the figures by {string.Join(", ", Divisions.Keys)}.");
    private static RouteHandlerBuilder InWorkspace(this RouteHandlerBuilder endpoint) => endpoint.Query("workspaceId", "Only this workspace.", QueryKind.Id);

    private static NumbersQuery Read(GivenQuery query) => new()
    {
        WorkspaceId = query.Id("workspaceId", "ws"), Range = query.Range() ?? RangeChoice.Default, Platforms = query.Platforms(), Compare = query.Flag("compare") ?? true, Into = Currency(query, "convertTo"),
    };

    private static string? Currency(GivenQuery query, string name)
    {
        var currency = query.Text(name)?.ToUpperInvariant();
        if (currency is not null && !Currencies.IsKnown(currency)) query.Problems.Add(new(name, $"“{currency}” is no currency code. Use one such as USD or EUR."));
        return currency;
    }

    private static async Task<IResult> MetricsAsync(string campaignId, HttpContext http, GetCampaignMetrics get, DivideNumbers divide, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var (numbers, division) = (Read(query), query.Word("breakdown", Divisions));
        if (query.Refusal() is { } wrong) return wrong;
        if (CrmCampaigns.IdOf(campaignId) is not { } id) return new CampaignNotFound().Refused();
        if (!(await get.RunAsync(http.Actor(), id, numbers, ct)).TryGet(out var m, out var refusal)) return refusal.Refused();

        if (!(await DivideAsync(http, divide, numbers, division, id, ct)).TryGet(out var parts, out refusal)) return refusal.Refused();

        // Two accounts of one platform cannot be in one campaign.
        var platforms = m.Platforms.ToDictionary(p => p.Platform.CrmWire(), p => new CrmAccountMetrics(p.Account, p.Currency, p.TimeZone, CrmMetrics.Of(p.Sums), CrmMetrics.Of(p.Previous), p.AsOf?.UtcDateTime, p.MayChange));
        return new CrmCampaignMetrics(m.CampaignId, m.Name, CrmRange.Of(m.Range), Maybe(m.Previous), [.. m.Currencies.Select(CrmCurrencyNumbers.Of)], platforms, CrmFreshness.Of(m.Freshness),
            CrmConversion.Of(m.Conversion), [.. m.Originals.Select(CrmCurrencyNumbers.Of)], parts.Answer).Answer(CrmJson.Shared.CrmCampaignMetrics);
    }

    private static async Task<IResult> OverviewAsync(HttpContext http, GetOverview get, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var numbers = Read(query);
        if (query.Refusal() is { } wrong) return wrong;
        return (await get.RunAsync(http.Actor(), numbers, ct)).TryGet(out var o, out var refusal)
            ? new CrmOverview(CrmRange.Of(o.Range), Maybe(o.Previous), [.. o.Currencies.Select(CrmCurrencyNumbers.Of)], CrmFreshness.Of(o.Freshness), CrmConversion.Of(o.Conversion), [.. o.Originals.Select(CrmCurrencyNumbers.Of)]).Answer(CrmJson.Shared.CrmOverview)
            : refusal.Refused();
    }

    private static async Task<IResult> PerformanceAsync(HttpContext http, ListCampaignNumbers list, DivideNumbers divide, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var (numbers, sort) = (Read(query), query.Text("sort"));
        var word = sort?.TrimStart('-').ToLowerInvariant() ?? "spend";
        Metric? by = Metrics.TryGetValue(word, out var metric) ? metric : null;
        if (by is null && word != "name") query.Problems.Add(new("sort", $"sort should be name, or one of {string.Join(", ", Metrics.Keys)}, with - before it for downwards"));
        var (currency, division) = (Currency(query, "currency"), query.Word("breakdown", Divisions));
        var asked = new CampaignNumbersQuery
        {
            Numbers = numbers, Currency = currency, Search = query.Text("search"), SortBy = by, Down = sort is null || sort.StartsWith('-'), Offset = query.Whole("offset", 0, 0, 1_000_000), Limit = query.Whole("limit", 50, 1, 200),
        };
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await list.RunAsync(http.Actor(), asked, ct)).TryGet(out var p, out var refusal)) return refusal.Refused();
        if (!(await DivideAsync(http, divide, numbers, division, null, ct)).TryGet(out var parts, out refusal)) return refusal.Refused();
        var (rows, page) = (p.Rows.Items.Select(r => CrmPerformanceRow.Of(r, r.Status.Wire())).ToList(), p.Rows);
        return new CrmPerformance(CrmRange.Of(p.Range), Maybe(p.Previous), rows, rows.Count, page.Total, page.Limit, page.Offset, page.TotalPages, p.Totals.ToDictionary(t => t.Key, t => CrmMetrics.Of(t.Value)!),
            CrmConversion.Of(p.Conversion), parts.Answer)
            .Answer(CrmJson.Shared.CrmPerformance);
    }

    private sealed record Parts(CrmBreakdown? Answer);

    private static async Task<Result<Parts>> DivideAsync(HttpContext http, DivideNumbers divide, NumbersQuery numbers, Division? by, Guid? campaignId, CancellationToken ct)
    {
        if (by is not { } division) return new Parts(null);
        return (await divide.RunAsync(http.Actor(), numbers, division, campaignId, ct)).TryGet(out var divided, out var refusal) ? new Parts(CrmBreakdown.Of(divided)) : refusal;
    }

    private static async Task<IResult> ComparisonAsync(HttpContext http, GetComparison get, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var (numbers, with, campaigns) = (Read(query), query.Range("compareStartDate", "compareEndDate", ""), query.Ids("campaignIds", "cmp"));
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await get.RunAsync(http.Actor(), numbers, with, campaigns, ct)).TryGet(out var c, out var refusal)) return refusal.Refused();
        var sides = c.Sides.Select(s => new CrmComparedSide(s.CampaignId, s.Name, CrmRange.Of(s.Range), s.Currency, CrmMetrics.Of(s.Sums),
            s.Platforms.ToDictionary(p => p.Platform.CrmWire(), p => new CrmPlatformNumbers(CrmMetrics.Of(p.Sums), null)))).ToList();
        return new CrmComparison(sides, sides.Count, CrmFreshness.Of(c.Freshness)).Answer(CrmJson.Shared.CrmComparison);
    }

    private static async Task<IResult> TrendsAsync(HttpContext http, GetTrends get, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var (numbers, step) = (Read(query), query.Word("interval", Steps) ?? TrendStep.Day);
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await get.RunAsync(http.Actor(), numbers, step, ct)).TryGet(out var t, out var refusal)) return refusal.Refused();
        var series = t.Series.Select(s => new CrmTrendSeries(s.Currency, s.Platform?.CrmWire(), [.. s.Points.Select(p => new CrmTrendPoint(p.From, p.To, CrmMetrics.Of(p.Sums), p.MayChange))])).ToList();
        return new CrmTrends(CrmRange.Of(t.Range), t.Step.Word(), series, series.Count, CrmFreshness.Of(t.Freshness)).Answer(CrmJson.Shared.CrmTrends);
    }

    private static CrmRange? Maybe(DayRange? range) => range is { } r ? CrmRange.Of(r) : null;
}
