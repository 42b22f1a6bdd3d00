namespace AdStudio.Sandbox.Delivery;

/// <summary>One ad on one day of its account. Money is in micros; conversions are those known at the time of asking.</summary>
public readonly record struct AdDay(PlannedAd Ad, DateOnly Day, long Spend, long Impressions, long Clicks, long Conversions, long ConversionValue);

/// <summary>
/// What ads deliver: spend follows the budget, impressions follow spend and price, clicks follow impressions, conversions
/// follow clicks and come late. Every number is a whole number for one ad and one day, so that every sum agrees with every other.
/// </summary>
public static class DeliveryModel
{
    /// <summary>How much of a day's conversions is known so many days after its end.</summary>
    private static readonly double[] Known = [0.55, 0.74, 0.83, 0.89, 0.93, 0.96, 0.985, 1.0];

    /// <summary>The days from the first to the last, up to now, of every ad that delivered.</summary>
    public static List<AdDay> Run(IEnumerable<DeliveryPlan> plans, Market market, DateOnly first, DateOnly last, DateTimeOffset now)
    {
        var today = market.DayOf(now);
        if (last > today) last = today;
        var result = new List<AdDay>();
        foreach (var plan in plans)
        {
            if (plan.First >= now) continue;
            var firstRun = market.DayOf(plan.First);
            for (var day = first > firstRun ? first : firstRun; day <= last; day = day.AddDays(1))
                RunDay(plan, market, day, day.DayNumber - firstRun.DayNumber, now, result);
        }
        return result;
    }

    private static void RunDay(DeliveryPlan plan, Market market, DateOnly day, int daysRunning, DateTimeOffset now, List<AdDay> result)
    {
        var (start, end) = (market.StartOf(day), market.StartOf(day.AddDays(1)));
        var until = end < now ? end : now;
        if (until <= start) return;
        if (!plan.Ads.Any(a => a.Running.Any(s => s.From < until && s.To > start))) return;

        var cuts = new SortedSet<DateTimeOffset> { start, until };
        foreach (var change in plan.Changes) Cut(change);
        foreach (var ad in plan.Ads)
            foreach (var span in ad.Running) { Cut(span.From); Cut(span.To); }
        void Cut(DateTimeOffset at) { if (at > start && at < until) cuts.Add(at); }

        var spend = new double[plan.Ads.Count];
        var pacing = AdProfile.Pacing(plan.Seed, day, daysRunning);
        var from = start;
        foreach (var to in cuts.Skip(1))
        {
            var (perDay, even) = plan.At(from);
            if (perDay > 0)
            {
                // A lifetime budget is spread evenly, a daily one follows the hours at which people are awake.
                var share = even ? (to - from).TotalDays : Curve((to - start) / (end - start)) - Curve((from - start) / (end - start));
                var running = plan.Ads.Select(a => a.Running.Any(s => s.From <= from && s.To > from)).ToArray();
                var weights = plan.Ads.Where((_, i) => running[i]).Sum(a => a.Profile.Weight);
                for (var i = 0; i < spend.Length; i++)
                    if (running[i]) spend[i] += perDay * pacing * share * plan.Ads[i].Profile.Weight / weights;
            }
            from = to;
        }

        for (var i = 0; i < spend.Length; i++)
            if (spend[i] > 0 && Count(plan.Ads[i], day, spend[i], market, end, now) is { Impressions: > 0 } counted)
                result.Add(counted);
    }

    private static AdDay Count(PlannedAd ad, DateOnly day, double money, Market market, DateTimeOffset end, DateTimeOffset now)
    {
        var profile = ad.Profile;
        var cpm = profile.CpmMicros(day);
        var impressions = (long)(money * 1000 / cpm);
        // Nobody sees one ad more than every other day on average: a small audience cannot take a large budget.
        var most = Math.Max(100, profile.Audience.People / 2);
        if (impressions > most)
        {
            impressions = most;
            money = most * cpm / 1000;
        }
        var spend = (long)(money / market.BillableUnit) * market.BillableUnit;
        var clicks = (long)(impressions * profile.ClickRate(day) + profile.Rounding(30, day));
        var conversions = (long)(clicks * profile.ConversionRate(day) + profile.Rounding(31, day));
        var known = (long)(conversions * Maturity((now - end).TotalDays) + profile.Rounding(32, day));
        if (impressions == 0) (clicks, known) = (0, 0);
        if (clicks == 0) known = 0;
        return new AdDay(ad, day, spend, impressions, clicks, Math.Min(known, conversions), Math.Min(known, conversions) * profile.ValueMicros(day));
    }

    private static double Maturity(double days)
    {
        if (days <= 0) return Known[0];
        if (days >= Known.Length - 1) return 1;
        var i = (int)days;
        return Known[i] + (Known[i + 1] - Known[i]) * (days - i);
    }

    /// <summary>The share of a day's traffic that has happened at a fraction of the day: little at night, most in the evening.</summary>
    private static double Curve(double fraction)
    {
        var f = Math.Clamp(fraction, 0, 1);
        return f - 0.1 * Math.Sin(2 * Math.PI * f) - 0.02 * Math.Sin(4 * Math.PI * f);
    }
}
