using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Delivery;

/// <summary>Where and in what an account counts.</summary>
public sealed record Market(string AccountId, string Currency, TimeZoneInfo Zone)
{
    /// <summary>The smallest amount the platform charges, in micros.</summary>
    public long BillableUnit => Currency is "JPY" or "KRW" or "CLP" or "ISK" or "TWD" or "HUF" ? 1_000_000 : 10_000;

    public DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
}

/// <summary>A stretch of time; the end is not part of it.</summary>
public readonly record struct Span(DateTimeOffset From, DateTimeOffset To);

/// <summary>An ad and when it could be shown.</summary>
public sealed record PlannedAd(string AdId, string AdSetId, string CampaignId, AdProfile Profile, IReadOnlyList<Span> Running);

/// <summary>One budget, how it changed, and the ads that spend it.</summary>
public sealed class DeliveryPlan
{
    private readonly List<(DateTimeOffset From, double PerDay, bool Lifetime, DateTimeOffset End)> rates = [];

    public DeliveryPlan(string id, IReadOnlyList<Moment> budget, IReadOnlyList<PlannedAd> ads)
    {
        Seed = Noise.Seed(id);
        Ads = ads;
        First = ads.SelectMany(a => a.Running).Select(s => s.From).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        Build(budget);
    }

    public ulong Seed { get; }
    public IReadOnlyList<PlannedAd> Ads { get; }

    /// <summary>When something of it first ran.</summary>
    public DateTimeOffset First { get; }

    public IEnumerable<DateTimeOffset> Changes => rates.Select(r => r.From);

    /// <summary>The micros a day that may be spent at an instant; a lifetime budget is spread evenly over its time.</summary>
    public (double PerDay, bool Even) At(DateTimeOffset instant)
    {
        for (var i = rates.Count - 1; i >= 0; i--)
            if (rates[i].From <= instant)
                return rates[i].Lifetime ? (instant < rates[i].End ? rates[i].PerDay : 0, true) : (rates[i].PerDay, false);
        return (0, false);
    }

    /// <summary>When things are on: cuts time at every change and asks for each piece.</summary>
    public static List<Span> Where(IEnumerable<DateTimeOffset> changes, DateTimeOffset until, Func<DateTimeOffset, bool> on)
    {
        var cuts = changes.Where(c => c < until).Distinct().Order().ToList();
        var spans = new List<Span>();
        for (var i = 0; i < cuts.Count; i++)
        {
            if (!on(cuts[i])) continue;
            var end = i + 1 < cuts.Count ? cuts[i + 1] : until;
            if (spans.Count > 0 && spans[^1].To == cuts[i]) spans[^1] = new Span(spans[^1].From, end);
            else spans.Add(new Span(cuts[i], end));
        }
        return spans;
    }

    private void Build(IReadOnlyList<Moment> budget)
    {
        // What could have been spent of a lifetime budget so far; a new budget or end shares out the rest.
        var planned = 0.0;
        for (var i = 0; i < budget.Count; i++)
        {
            var m = budget[i];
            if (m is not { LifetimeBudget: > 0, End: { } end })
            {
                rates.Add((m.At, m.DailyBudget, false, DateTimeOffset.MaxValue));
                continue;
            }
            var from = m.Start is { } start && start > m.At ? start : m.At;
            var days = (end - from).TotalDays;
            var perDay = days > 0 ? Math.Max(0, m.LifetimeBudget - planned) / days : 0;
            if (from > m.At) rates.Add((m.At, 0, true, end));
            var next = i + 1 < budget.Count ? budget[i + 1].At : DateTimeOffset.MaxValue;
            if (from < next) rates.Add((from, perDay, true, end));
            var until = next < end ? next : end;
            if (until > from) planned += perDay * (until - from).TotalDays;
        }
    }
}
