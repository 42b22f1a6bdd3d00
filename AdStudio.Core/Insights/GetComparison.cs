using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Insights;

/// <summary>One side of a comparison in one currency.</summary>
/// <param name="CampaignId">Null for the whole workspace.</param>
public sealed record ComparedNumbers(Guid? CampaignId, string? Name, DayRange Range, string Currency, MetricSums? Sums, IReadOnlyList<PlatformShare> Platforms);

public sealed record PlatformShare(Platform Platform, MetricSums? Sums);

public sealed record Comparison(IReadOnlyList<ComparedNumbers> Sides, Freshness Freshness);

/// <summary>Two ranges side by side, or several campaigns in one range.</summary>
public sealed class GetComparison(GetOverview overview, GetCampaignMetrics metrics)
{
    public const int MostCampaigns = 10;

    /// <param name="with">The other range; null is the period of equal length before.</param>
    /// <param name="campaignIds">With any, these are compared in the query's range, and <paramref name="with"/> is not used.</param>
    public async Task<Result<Comparison>> RunAsync(Actor actor, NumbersQuery query, RangeChoice? with, IReadOnlyCollection<Guid> campaignIds, CancellationToken ct) =>
        campaignIds.Count > 0 ? await CampaignsAsync(actor, query, campaignIds, ct) : await RangesAsync(actor, query, with, ct);

    private async Task<Result<Comparison>> RangesAsync(Actor actor, NumbersQuery query, RangeChoice? with, CancellationToken ct)
    {
        var answer = await overview.RunAsync(actor, query with { Compare = with is null }, ct);
        if (!answer.TryGet(out var now, out var refusal)) return Result<Comparison>.Refused(refusal);
        var sides = Sides(now, now.Range, c => c.Sums, p => p.Sums);
        if (now.Previous is { } previous) return new Comparison([.. sides, .. Sides(now, previous, c => c.Previous, p => p.Previous)], now.Freshness);

        answer = await overview.RunAsync(actor, query with { Range = with!.Value, Compare = false }, ct);
        if (!answer.TryGet(out var other, out refusal)) return Result<Comparison>.Refused(refusal);
        return new Comparison([.. sides, .. Sides(other, other.Range, c => c.Sums, p => p.Sums)], now.Freshness);
    }

    private async Task<Result<Comparison>> CampaignsAsync(Actor actor, NumbersQuery query, IReadOnlyCollection<Guid> campaignIds, CancellationToken ct)
    {
        if (campaignIds.Count > MostCampaigns) return new TooManyToCompare(MostCampaigns);
        List<ComparedNumbers> sides = [];
        Freshness? oldest = null;
        foreach (var id in campaignIds.Distinct())
        {
            var answer = await metrics.RunAsync(actor, id, query with { Compare = false }, ct);
            if (!answer.TryGet(out var campaign, out var refusal)) return Result<Comparison>.Refused(refusal);
            sides.AddRange(campaign.Currencies.Select(c => new ComparedNumbers(id, campaign.Name, campaign.Range, c.Currency, c.Sums, [.. c.Platforms.Select(p => new PlatformShare(p.Platform, p.Sums))])));
            if (oldest is null || campaign.Freshness.AsOf < oldest.AsOf) oldest = campaign.Freshness;
        }
        return new Comparison(sides, oldest!);
    }

    private static IEnumerable<ComparedNumbers> Sides(Overview overview, DayRange range, Func<CurrencyNumbers, MetricSums?> sums, Func<PlatformNumbers, MetricSums?> ofPlatform) =>
        overview.Currencies.Select(c => new ComparedNumbers(null, null, range, c.Currency, sums(c), [.. c.Platforms.Select(p => new PlatformShare(p.Platform, ofPlatform(p)))]));
}
