using System.Globalization;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Advertising;

/// <summary>Shows a campaign's numbers as seed 003 does.</summary>
internal sealed class AnalyticsView(
    GetCampaign get, GetCampaignAds getAds, GetCampaignMetrics getMetrics, ListCampaignReach getReach, DivideNumbers divide, ListAdNumbers listAds, ListAdAccounts adAccounts, ListCreatives listCreatives, TimeProvider time)
{
    public async Task<Result<CampaignAnalytics>> ReadAsync(Actor actor, Guid id, RangeChoice? asked, CancellationToken ct)
    {
        if (!(await get.RunAsync(actor, id, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        var query = new NumbersQuery { WorkspaceId = campaign.WorkspaceId, Range = asked ?? Whole(campaign), Compare = false };
        if (!(await getMetrics.RunAsync(actor, id, query, ct)).TryGet(out var metrics, out refusal)) return refusal;
        if (!(await divide.RunAsync(actor, query, Division.Country, id, ct)).TryGet(out var divided, out refusal)) return refusal;
        if (!(await getReach.RunAsync(actor, id, query, ct)).TryGet(out var reach, out refusal)) return refusal;
        if (!(await SharesAsync(actor, id, asked, ct)).TryGet(out var shares, out refusal)) return refusal;
        var ads = (await getAds.RunAsync(actor, id, ct)).TryGet(out var found, out _) ? found : [];
        var accounts = (await adAccounts.RunAsync(actor, new ConnectionFilter(campaign.WorkspaceId), ct)).TryGet(out var all, out _) ? all : [];

        var numbers = metrics.In(campaign.Spec.Budget.Currency);
        var sums = numbers?.Sums ?? default;
        var currency = numbers?.Currency;
        var inCurrency = reach.Where(r => r.Currency == currency).ToList();
        var data = new AnalyticData(
            StandingOf(campaign, accounts),
            [.. campaign.Platforms.Where(p => p.ExternalId is not null).Select(p => new EffectiveStatus(p.Status.ToString().ToUpperInvariant(), p.ExternalId!, p.GroupName.Length == 0 ? campaign.Name : $"{campaign.Name} / {p.GroupName}"))],
            [.. ads.SelectMany(p => p.AdSets).SelectMany(s => s.Ads).Select(a => new EffectiveStatus(a.Status, a.ExternalId, a.Name))],
            Stats(sums, inCurrency.Sum(r => r.Reach), metrics.Range), Impact(sums), Days(numbers, inCurrency), new GeographicBreakdown(Countries(divided.In(currency), inCurrency)), currency, metrics.Freshness.AsOf?.Wire());
        return new CampaignAnalytics(await MediaAsync(actor, campaign, accounts, ct), data, shares);
    }

    public async Task<Result<IReadOnlyList<CreativeShare>>> SharesAsync(Actor actor, Guid id, RangeChoice? asked, CancellationToken ct)
    {
        if (!(await get.RunAsync(actor, id, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        if (!(await listAds.RunAsync(actor, id, new NumbersQuery { Range = asked ?? Whole(campaign) }, ct)).TryGet(out var ads, out refusal)) return refusal;
        var ids = ads.Select(a => a.CreativeId).OfType<Guid>().Distinct().ToList();
        var creatives = ids.Count == 0 ? [] : (await listCreatives.RunAsync(actor, new CreativeFilter(Limit: 200) { Ids = ids }, ct)).Value.Items.ToDictionary(c => c.Id);
        var byType = ads.Select(a => (Type: TypeOf(a.CreativeId is { } c ? creatives.GetValueOrDefault(c) : null, a.Type), a.Clicks)).GroupBy(a => a.Type).Select(g => (Type: g.Key, Clicks: g.Sum(a => a.Clicks))).ToList();
        var sum = byType.Sum(t => t.Clicks);
        return Result<IReadOnlyList<CreativeShare>>.Of([.. byType.OrderByDescending(t => t.Clicks).ThenBy(t => t.Type, StringComparer.Ordinal).Select(t => new CreativeShare(t.Type, t.Clicks, sum == 0 ? 0 : Math.Round(100m * t.Clicks / sum, 2)))]);
    }

    private static string TypeOf(CreativeRow? creative, CreativeType? type) =>
        (creative?.Type ?? type) == CreativeType.Carousel ? "carousel" : creative?.Assets is [var asset, ..] ? ShownCreatives.FormatOf(asset) : "feed";

    /// <summary>From its first day, as far as numbers are kept in one question.</summary>
    private RangeChoice Whole(Campaign campaign)
    {
        // A day more on both sides: the account's days may be ahead of UTC or behind it.
        var last = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime.AddDays(1));
        var first = DateOnly.FromDateTime((campaign.LaunchedAt ?? campaign.CreatedAt).UtcDateTime.AddDays(-1));
        return RangeChoice.Of(last.DayNumber - first.DayNumber >= RangeChoice.LongestDays ? last.AddDays(1 - RangeChoice.LongestDays) : first, last);
    }

    private static AccountGood StandingOf(Campaign campaign, IReadOnlyList<AdAccountRow> accounts)
    {
        var used = campaign.Platforms.Select(p => p.AdAccountId).Concat(campaign.Spec.Platforms.Select(p => p.AdAccountId)).OfType<Guid>().ToHashSet();
        var troubles = accounts.Where(a => used.Contains(a.Id) && !a.IsInGoodStanding).Select(a => $"{a.Name}: {AccountParts.TroubleOf(a)}").ToList();
        if (accounts.Count(a => used.Contains(a.Id)) < used.Count) troubles.Add("An ad account is no longer connected.");
        return new AccountGood(troubles.Count == 0, troubles.Count == 0 ? null : string.Join(" ", troubles));
    }

    private static PerformanceStats Stats(MetricSums sums, long reach, DayRange range)
    {
        List<ActionCount> actions = [new("link_click", Text(sums.Clicks))], costs = sums.CpcMicros is null ? [] : [new("link_click", MoneyText(sums.CpcMicros))];
        if (sums.ConversionsMicros > 0)
        {
            actions.Add(new("conversion", Text(sums.Conversions)));
            costs.Add(new("conversion", MoneyText(sums.CpaMicros)));
        }
        return new PerformanceStats(
            MoneyText(sums.CpcMicros), actions, MoneyText(sums.CpcMicros), MoneyText(sums.CpmMicros), Text(reach), Text(sums.Impressions), MoneyText(sums.SpendMicros), Text(sums.Clicks), Text(sums.Clicks), costs, Day(range.From), Day(range.To));
    }

    private static IReadOnlyList<ImpactStat> Impact(MetricSums sums) =>
    [
        new("impressions", Text(sums.Impressions), "Times shown"), new("clicks", Text(sums.Clicks), "Clicks"), new("ctr", Text(Math.Round((sums.Ctr ?? 0) * 100, 2)), "Clicks per 100 times shown"),
        new("conversions", Text(sums.Conversions), "Conversions"), new("conversion_value", MoneyText(sums.ValueMicros), "Conversion value"), new("roas", Text(Math.Round(sums.Roas ?? 0, 2)), "Return on ad spend"),
    ];

    /// <summary>Days with delivery or spend; "total" are the sums up to the day.</summary>
    private static IReadOnlyList<DayStats> Days(CurrencyNumbers? numbers, List<DayReach> reach)
    {
        List<DayStats> days = [];
        var reachOf = reach.GroupBy(r => r.Day).ToDictionary(g => g.Key, g => g.Sum(r => r.Reach));
        var (total, reached) = (default(MetricSums), 0L);
        foreach (var day in numbers?.Days ?? [])
        {
            if (day.Sums is not { } sums) continue;
            (total, reached) = (total + sums, reached + reachOf.GetValueOrDefault(day.Day));
            days.Add(new DayStats(Day(day.Day), Units(total.SpendMicros), reached, total.Impressions, total.Clicks, Text(sums.Clicks), sums.Clicks, Units(sums.CpcMicros), Units(sums.CpcMicros), Units(sums.SpendMicros), Units(sums.CpaMicros), sums.Conversions));
        }
        return days;
    }

    private static IReadOnlyList<CountryStats> Countries(DividedCurrency? divided, List<DayReach> reach)
    {
        var told = reach.SelectMany(r => r.Countries).GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
        return [.. (divided?.Rows ?? []).Select(r => new CountryStats(r.Key, Core.Platforms.Countries.Find(r.Key)?.Name ?? r.Key, Units(r.Sums.CpcMicros), told.GetValueOrDefault(r.Key), r.Sums.Impressions, r.Sums.Clicks, Units(r.Sums.SpendMicros)))];
    }

    private async Task<AdMedia?> MediaAsync(Actor actor, Campaign campaign, IReadOnlyList<AdAccountRow> accounts, CancellationToken ct)
    {
        if (campaign.Spec.CreativeIds is not [var first, ..] || !(await listCreatives.RunAsync(actor, new CreativeFilter(campaign.WorkspaceId, Limit: 1) { Ids = [first] }, ct)).TryGet(out var page, out _)) return null;
        var choice = campaign.Spec.Platforms.FirstOrDefault(p => p.Platform == Platform.Meta);
        var owner = accounts.FirstOrDefault(a => a.Id == choice?.AdAccountId) is { } account ? AccountParts.Owner(account, choice!.PageId) : null;
        var media = page.Items is not [var shown, ..] ? null : shown.Post is { } post ? post.ImageUrl.Length > 0 ? post.ImageUrl : post.Permalink : shown.Assets is [var asset, ..] ? asset.SourceUrl ?? "" : null;
        return media is null ? null : new AdMedia(media, new MediaOwner("", owner?.Name ?? "", owner?.Id ?? ""));
    }

    private static decimal Units(long? micros) => (micros ?? 0) / (decimal)Money.MicrosPerUnit;
    private static string MoneyText(long? micros) => Units(micros).ToString("0.00####", CultureInfo.InvariantCulture);
    private static string Text(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);
    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
