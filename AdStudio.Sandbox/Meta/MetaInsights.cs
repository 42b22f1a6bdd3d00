using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Insights of an ad account, campaign, ad set or ad.</summary>
public sealed class MetaInsights(MetaContext context)
{
    private static readonly string[] Dimensions = ["age", "gender", "country", "publisher_platform", "impression_device", "device_platform", "platform_position"];
    private static readonly string[] Default = ["date_start", "date_stop", "impressions", "spend"];
    private readonly MetaDelivery delivery = new(context);

    /// <summary>The rows a call asks for, before paging; each is written only when its page is shown.</summary>
    public (List<Func<JsonObject>>?, MetaError?) Rows(MetaCall call, SandboxObject scope)
    {
        var account = context.AccountOf(scope);
        var market = delivery.MarketOf(account);
        var today = market.DayOf(context.Now);
        var level = call.Text("level") ?? scope.Kind switch { MetaWorld.Account => "account", MetaWorld.Campaign => "campaign", MetaWorld.AdSet => "adset", _ => "ad" };
        var breakdowns = call.List("breakdowns");
        if (breakdowns.FirstOrDefault(b => !Dimensions.Contains(b)) is { } stranger) return (null, MetaError.Invalid($"Breakdown {stranger} is not available here. Available: {string.Join(", ", Dimensions)}", "breakdowns"));
        var fields = call.List("fields") is { Count: > 0 } asked ? asked : [.. Default];
        if (fields.FirstOrDefault(f => !MetaShapes.Fields["AdsInsights"].Contains(f) && !Dimensions.Contains(f)) is { } unknown)
            return (null, MetaError.Invalid($"{unknown} is not valid for fields param. please check https://developers.facebook.com/docs/marketing-api/reference/ads-insights/ for all valid values", "fields"));

        var ranges = new List<(DateOnly From, DateOnly To)>();
        if (call.Json("time_ranges") is JsonArray several)
        {
            foreach (var one in several)
                if (Range(one, today) is { } found) ranges.Add(found);
                else return (null, BadRange("time_ranges"));
        }
        else if (call.Has("time_range"))
        {
            if (Range(call.Json("time_range"), today) is not { } found) return (null, BadRange("time_range"));
            ranges.Add(found);
        }
        else
        {
            ranges.Add(Preset(call.Text("date_preset") ?? "last_30d", today));
        }
        if (ranges.Any(r => r.From < today.AddMonths(-37))) return (null, new MetaError(3018, "(#3018) The start date of the time range cannot be beyond 37 months from the current date"));
        var increment = call.Text("time_increment");
        if (increment is not (null or "all_days" or "monthly") && !(int.TryParse(increment, out var n) && n is >= 1 and <= 90))
            return (null, MetaError.Invalid("time_increment must be all_days, monthly, or a number of days from 1 to 90", "time_increment"));

        var plans = delivery.Plans(account, scope.Kind switch { MetaWorld.Campaign => scope.Id, MetaWorld.AdSet => scope.ParentId, MetaWorld.Ad => context.Store.Find(MetaWorld.AdSet, scope.ParentId)!.ParentId, _ => null });
        var filter = Filter(call);
        var rows = new List<Func<JsonObject>>();
        foreach (var (from, to) in ranges)
        {
            var days = DeliveryModel.Run(plans, market, from, to, context.Now).Where(d => scope.Kind switch { MetaWorld.AdSet => d.Ad.AdSetId == scope.Id, MetaWorld.Ad => d.Ad.AdId == scope.Id, _ => true } && filter(d));
            rows.AddRange(Aggregate(days, level, breakdowns, increment, from, to).Select(t => (Func<JsonObject>)(() => MetaInsightsRow.Write(context, t, fields, level, breakdowns, account))));
        }
        return (Filtered(call, rows), null);
    }

    private static IEnumerable<Total> Aggregate(IEnumerable<AdDay> days, string level, List<string> breakdowns, string? increment, DateOnly from, DateOnly to)
    {
        var totals = new Dictionary<(string, int, string), Total>();
        var cells = new Dictionary<string, List<Cell>>();
        var order = new List<Total>();
        foreach (var day in days)
        {
            var (start, stop) = Bucket(day.Day, increment, from, to);
            var id = level switch { "account" => "", "campaign" => day.Ad.CampaignId, "adset" => day.Ad.AdSetId, _ => day.Ad.AdId };
            if (breakdowns.Count == 0)
            {
                Of(id, start, stop, "", []).Add(day, day.Spend, day.Impressions, day.Clicks, day.Conversions, day.ConversionValue);
                continue;
            }
            if (!cells.TryGetValue(day.Ad.AdId, out var parts)) cells[day.Ad.AdId] = parts = Breakdown.Cells(day.Ad.Profile, breakdowns)!;
            var value = day.Conversions == 0 ? 0 : day.ConversionValue / day.Conversions;
            for (var i = 0; i < parts.Count; i++)
            {
                var impressions = Breakdown.Part(day.Impressions, parts, i);
                var conversions = Breakdown.Part(day.Conversions, parts, i);
                var spend = Breakdown.Part(day.Spend / 10_000, parts, i) * 10_000;
                var clicks = Breakdown.Part(day.Clicks, parts, i);
                if (impressions == 0 && spend == 0 && clicks == 0 && conversions == 0) continue;
                Of(id, start, stop, string.Join('\n', parts[i].Values), parts[i].Values).Add(day, spend, impressions, clicks, conversions, conversions * value);
            }
        }
        return order.OrderBy(t => t.From);

        Total Of(string id, DateOnly start, DateOnly stop, string cell, string[] values)
        {
            if (totals.TryGetValue((id, start.DayNumber, cell), out var total)) return total;
            total = new Total(id, start, stop, values);
            totals[(id, start.DayNumber, cell)] = total;
            order.Add(total);
            return total;
        }
    }

    private static (DateOnly, DateOnly) Bucket(DateOnly day, string? increment, DateOnly from, DateOnly to)
    {
        if (increment is null or "all_days") return (from, to);
        if (increment == "monthly")
        {
            var first = new DateOnly(day.Year, day.Month, 1);
            var last = first.AddMonths(1).AddDays(-1);
            return (first < from ? from : first, last > to ? to : last);
        }
        var length = int.Parse(increment, CultureInfo.InvariantCulture);
        var start = from.AddDays((day.DayNumber - from.DayNumber) / length * length);
        var stop = start.AddDays(length - 1);
        return (start, stop > to ? to : stop);
    }

    private static (DateOnly, DateOnly)? Range(JsonNode? node, DateOnly today) =>
        MetaTime.Day(node?["since"]?.ToString()) is { } since && MetaTime.Day(node?["until"]?.ToString()) is { } until && since <= until ? (since, until > today ? today < since ? since : today : until) : null;

    private static MetaError BadRange(string name) => MetaError.Invalid($"Must be a dictionary with since and until as YYYY-MM-DD, since not after until: {name}", name);

    private static (DateOnly, DateOnly) Preset(string preset, DateOnly today)
    {
        var yesterday = today.AddDays(-1);
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = new DateOnly(today.Year, (today.Month - 1) / 3 * 3 + 1, 1);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var sunday = today.AddDays(-(int)today.DayOfWeek);
        return preset.ToLowerInvariant() switch
        {
            "today" => (today, today),
            "yesterday" => (yesterday, yesterday),
            "last_3d" => (today.AddDays(-3), yesterday),
            "last_7d" => (today.AddDays(-7), yesterday),
            "last_14d" => (today.AddDays(-14), yesterday),
            "last_28d" => (today.AddDays(-28), yesterday),
            "last_90d" => (today.AddDays(-90), yesterday),
            "this_month" => (month, today),
            "last_month" => (month.AddMonths(-1), month.AddDays(-1)),
            "this_quarter" => (quarter, today),
            "last_quarter" => (quarter.AddMonths(-3), quarter.AddDays(-1)),
            "this_year" => (new DateOnly(today.Year, 1, 1), today),
            "last_year" => (new DateOnly(today.Year - 1, 1, 1), new DateOnly(today.Year - 1, 12, 31)),
            "this_week_mon_today" => (monday, today),
            "this_week_sun_today" => (sunday, today),
            "last_week_mon_sun" => (monday.AddDays(-7), monday.AddDays(-1)),
            "last_week_sun_sat" => (sunday.AddDays(-7), sunday.AddDays(-1)),
            "maximum" or "data_maximum" => (today.AddMonths(-36), today),
            _ => (today.AddDays(-30), yesterday),
        };
    }

    /// <summary>Filters by the objects the numbers belong to.</summary>
    private static Func<AdDay, bool> Filter(MetaCall call)
    {
        var tests = new List<Func<AdDay, bool>>();
        foreach (var condition in call.Json("filtering") as JsonArray ?? [])
        {
            var values = condition?["value"] is JsonArray list ? list.Select(v => v!.ToString()).ToHashSet() : [condition?["value"]?.ToString() ?? ""];
            Func<AdDay, string>? of = condition?["field"]?.ToString() switch { "campaign.id" => d => d.Ad.CampaignId, "adset.id" => d => d.Ad.AdSetId, "ad.id" => d => d.Ad.AdId, _ => null };
            if (of is not null) tests.Add(condition?["operator"]?.ToString() is "NOT_IN" or "NOT_EQUAL" ? d => !values.Contains(of(d)) : d => values.Contains(of(d)));
        }
        return d => tests.TrueForAll(t => t(d));
    }

    /// <summary>Filters by the numbers themselves.</summary>
    private static List<Func<JsonObject>> Filtered(MetaCall call, List<Func<JsonObject>> rows)
    {
        foreach (var condition in call.Json("filtering") as JsonArray ?? [])
        {
            var field = condition?["field"]?.ToString() ?? "";
            if (field is not ("impressions" or "spend" or "clicks" or "reach") || !double.TryParse(condition?["value"]?.ToString(), CultureInfo.InvariantCulture, out var bound)) continue;
            var less = condition?["operator"]?.ToString() == "LESS_THAN";
            rows = [.. rows.Where(r => double.TryParse(r()[field]?.ToString(), CultureInfo.InvariantCulture, out var value) && (less ? value < bound : value > bound))];
        }
        return rows;
    }

    /// <summary>Numbers of one object, time and cell, summed.</summary>
    internal sealed class Total(string id, DateOnly from, DateOnly to, string[] cell)
    {
        private readonly HashSet<int> days = [];

        public string Id => id;
        public DateOnly From => from;
        public DateOnly To => to;
        public string[] Cell => cell;
        public PlannedAd Sample { get; private set; } = null!;
        public long Spend { get; private set; }
        public long Impressions { get; private set; }
        public long Clicks { get; private set; }
        public long Purchases { get; private set; }
        public long Leads { get; private set; }
        public long Installs { get; private set; }
        public long Value { get; private set; }
        public double VideoPlays { get; private set; }
        public int Days => days.Count;

        public void Add(AdDay day, long spend, long impressions, long clicks, long conversions, long value)
        {
            Sample = day.Ad;
            Spend += spend;
            Impressions += impressions;
            Clicks += clicks;
            Value += value;
            VideoPlays += impressions * day.Ad.Profile.VideoRate;
            days.Add(day.Day.DayNumber);
            switch (day.Ad.Profile.Goal)
            {
                case Goal.Leads: Leads += conversions; break;
                case Goal.Apps: Installs += conversions; break;
                default: Purchases += conversions; break;
            }
        }
    }
}
