using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>What is asked of statistics, once it was found to be allowed.</summary>
/// <param name="Breakdown">campaign, adsquad or ad; null for the object itself.</param>
/// <param name="To">The last day.</param>
public sealed record StatsQuestion(SandboxObject Of, string Type, string Granularity, string[] Fields, string? Breakdown, string? Dimension, DateOnly From, DateOnly To, DateTimeOffset Start, DateTimeOffset End);

/// <summary>Numbers of an ad account, campaign, ad squad or ad: in all, or by day.</summary>
public sealed class SnapchatStats(SnapchatContext context)
{
    private const int MostDays = 31;

    private static readonly string[] Parameters =
    [
        "granularity", "fields", "start_time", "end_time", "breakdown", "report_dimension", "swipe_up_attribution_window", "view_attribution_window", "omit_empty", "conversion_source_types", "async", "async_format", "limit",
    ];

    private static readonly string[] Levels = ["adaccount", "campaign", "adsquad", "ad"];

    private readonly SnapchatDelivery delivery = new(context);

    /// <summary>GET /{kind}/{id}/stats.</summary>
    public PlatformReply Answer(SnapchatCall call, SnapchatKind kind, SandboxObject item)
    {
        var (question, error) = Read(call, kind, item);
        if (question is null) return error!;
        var omitsEmpty = call.Query.GetValueOrDefault("omit_empty") == "true";
        var stat = Head(question);
        var rows = Rows(question);
        if (question.Breakdown is null) Fill(stat, question, [.. rows], omitsEmpty);
        else
        {
            var list = new JsonArray();
            foreach (var group in rows.GroupBy(r => IdOf(r.Day, question.Breakdown)))
            {
                var part = Head(question);
                (part["id"], part["type"]) = (group.Key, TypeOf(question.Breakdown));
                Fill(part, question, [.. group], omitsEmpty);
                list.Add((JsonNode)part);
            }
            stat["breakdown_stats"] = new JsonObject { [question.Breakdown] = list };
        }
        var one = question.Granularity == "TOTAL" ? "total_stat" : "timeseries_stat";
        return SnapchatReply.Of(new() { [one + "s"] = new JsonArray(new JsonObject { ["sub_request_status"] = "SUCCESS", [one] = stat }) });
    }

    /// <summary>What a call asks, or why it may not.</summary>
    public (StatsQuestion?, SnapchatError?) Read(SnapchatCall call, SnapchatKind kind, SandboxObject item)
    {
        (StatsQuestion?, SnapchatError?) No(string message) => (null, SnapchatError.BadQuery(message));
        if (call.Query.Keys.FirstOrDefault(k => !Parameters.Contains(k)) is { } stranger) return No($"Unrecognized parameter '{stranger}'");
        var granularity = call.Query.GetValueOrDefault("granularity") ?? "TOTAL";
        if (granularity is not ("TOTAL" or "DAY")) return No("granularity must be TOTAL or DAY here");
        var fields = (call.Query.GetValueOrDefault("fields") ?? "impressions,swipes,spend").Split(',');
        if (Array.Find(fields, f => !SnapchatNumbers.Names.Contains(f)) is { } field) return No($"Unrecognized field '{field}'");
        var breakdown = call.Query.GetValueOrDefault("breakdown");
        if (breakdown is not null && Array.IndexOf(Levels, breakdown) <= Array.IndexOf(Levels, kind.Singular)) return No($"breakdown {breakdown} is not beneath {kind.Singular}");
        var dimension = call.Query.GetValueOrDefault("report_dimension");
        if (dimension is not (null or "country" or "age" or "gender" or "os")) return No("report_dimension must be country, age, gender or os here");
        if (dimension is not null && breakdown is not null) return No("breakdown and report_dimension cannot be asked for together");
        if (kind.Singular == "adaccount" && breakdown is null && fields is not ["spend"]) return No("Only field 'spend' should be used when querying AdAccount stats");
        foreach (var (window, allowed) in new[] { ("swipe_up_attribution_window", "1_DAY 7_DAY 28_DAY"), ("view_attribution_window", "1_HOUR 3_HOUR 6_HOUR 1_DAY 7_DAY 28_DAY") })
            if (call.Query.TryGetValue(window, out var asked) && !allowed.Split(' ').Contains(asked)) return No($"{window} must be one of {allowed}");

        var account = kind.Singular == "adaccount" ? item : context.Store.Find(SnapchatWorld.Account, item.AccountId)!;
        var market = delivery.MarketOf(account);
        if (granularity == "TOTAL" && !call.Query.ContainsKey("start_time")) return (new(item, TypeOf(kind.Singular), granularity, fields, breakdown, dimension, market.DayOf(item.CreatedAt), market.DayOf(context.Now), market.StartOf(market.DayOf(item.CreatedAt)), context.Now), null);
        if (SnapchatTime.Read(call.Query.GetValueOrDefault("start_time")) is not { } start || SnapchatTime.Read(call.Query.GetValueOrDefault("end_time")) is not { } end) return No("start_time and end_time must be instants as ISO 8601 writes them, with an offset");
        if (end <= start) return No("end_time must be after start_time");
        var (from, to) = (market.DayOf(start), market.DayOf(end.AddTicks(-1)));
        if (granularity == "DAY" && (market.StartOf(from) != start || market.StartOf(to.AddDays(1)) != end)) return No($"start_time and end_time must be the start of a day in the ad account's time zone ({account.Body["timezone"]})");
        if (granularity == "DAY" && to.DayNumber - from.DayNumber + 1 > MostDays) return No($"The time range must not be longer than {MostDays} days");
        return (new(item, TypeOf(kind.Singular), granularity, fields, breakdown, dimension, from, to, start, end), null);
    }

    /// <summary>The days of every ad that belongs to the question; with a dimension each is divided.</summary>
    public IEnumerable<(AdDay Day, string? Value)> Rows(StatsQuestion question)
    {
        var account = question.Of.Kind == SnapchatWorld.Account ? question.Of : context.Store.Find(SnapchatWorld.Account, question.Of.AccountId)!;
        var days = DeliveryModel.Run(delivery.Plans(account), delivery.MarketOf(account), question.From, question.To, context.Now).Where(d => question.Of.Kind == SnapchatWorld.Account || IdOf(d, question.Of.Kind[9..]) == question.Of.Id);
        return question.Dimension is null ? days.Select(d => (d, (string?)null)) : days.SelectMany(d => SnapchatNumbers.Divided(d, question.Dimension));
    }

    public static string IdOf(AdDay day, string level) => level switch { "campaign" => day.Ad.CampaignId, "adsquad" => day.Ad.AdSetId, _ => day.Ad.AdId };

    private static string TypeOf(string level) => level switch { "adaccount" => "AD_ACCOUNT", "adsquad" => "AD_SQUAD", _ => level.ToUpperInvariant() };

    private JsonObject Head(StatsQuestion question)
    {
        var zone = Zone(question);
        return new()
        {
            ["id"] = question.Of.Id, ["type"] = question.Type, ["granularity"] = question.Granularity, ["swipe_up_attribution_window"] = "28_DAY", ["view_attribution_window"] = "1_DAY",
            ["start_time"] = SnapchatTime.Write(question.Start, zone), ["end_time"] = SnapchatTime.Write(question.End, zone), ["finalized_data_end_time"] = SnapchatTime.Write(context.Now.AddDays(-2), zone),
        };
    }

    private void Fill(JsonObject stat, StatsQuestion question, List<(AdDay Day, string? Value)> rows, bool omitsEmpty)
    {
        if (question.Granularity == "TOTAL")
        {
            foreach (var (name, value) in Numbers(question, rows)) stat[name] = value?.DeepClone();
            return;
        }
        var market = delivery.MarketOf(question.Of.Kind == SnapchatWorld.Account ? question.Of : context.Store.Find(SnapchatWorld.Account, question.Of.AccountId)!);
        var series = new JsonArray();
        for (var day = question.From; day <= question.To; day = day.AddDays(1))
        {
            var of = rows.Where(r => r.Day.Day == day).ToList();
            if (of.Count == 0 && omitsEmpty) continue;
            var point = new JsonObject { ["start_time"] = SnapchatTime.Write(market.StartOf(day), market.Zone), ["end_time"] = SnapchatTime.Write(market.StartOf(day.AddDays(1)), market.Zone) };
            foreach (var (name, value) in Numbers(question, of)) point[name] = value?.DeepClone();
            series.Add((JsonNode)point);
        }
        stat["timeseries"] = series;
    }

    private static JsonObject Numbers(StatsQuestion question, List<(AdDay Day, string? Value)> rows) => question.Dimension is null
        ? new() { ["stats"] = SnapchatNumbers.Of(rows.Select(r => r.Day), question.Fields) }
        : new()
        {
            ["dimension_stats"] = new JsonArray([.. rows.GroupBy(r => r.Value!).Select(g =>
            {
                var numbers = SnapchatNumbers.Of(g.Select(r => r.Day), question.Fields);
                numbers[question.Dimension] = g.Key;
                return (JsonNode)numbers;
            })]),
        };

    private TimeZoneInfo Zone(StatsQuestion question) => context.Zone(question.Of.Kind == SnapchatWorld.Account ? question.Of : context.Store.Find(SnapchatWorld.Account, question.Of.AccountId)!);
}
