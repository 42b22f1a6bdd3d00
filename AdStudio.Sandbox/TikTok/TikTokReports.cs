using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>Reports: read at once, or ordered, waited for and fetched as a file.</summary>
internal sealed class TikTokReports(TikTokContext context)
{
    private const int MostDaysByDay = 30, MostDays = 365;

    private static readonly string[] Seen = ["gender", "age", "country_code", "platform"];
    private static readonly string[] Attributes = ["campaign_id", "adgroup_id", "campaign_name", "adgroup_name", "ad_name", "objective_type", "currency"];
    private static readonly string[] Basic = ["spend", "impressions", "clicks", "ctr", "cpc", "cpm", "conversion", "cost_per_conversion", "conversion_rate"];
    private static readonly string[] Whole = ["reach", "frequency", "total_complete_payment_rate", "total_purchase_value", "complete_payment", "video_play_actions", "result", "cost_per_result"];

    private readonly TikTokDelivery delivery = new(context);

    public TikTokReply Integrated(TikTokCall call, SandboxObject account)
    {
        if (Rows(call.Params, account, out var rows) is { } wrong) return wrong;
        var (page, size) = (TikTokLists.Number(call, "page", 1), TikTokLists.Number(call, "page_size", 10));
        if (page < 1) return TikTokReply.Wrong("page", "Must be greater than or equal to 1.");
        if (size is < 1 or > 1000) return TikTokReply.Wrong("page_size", "Must be between 1 and 1000.");
        return new JsonObject { ["list"] = new JsonArray([.. rows.Skip((page - 1) * size).Take(size).Select(r => (JsonNode)new JsonObject { ["dimensions"] = r.Dimensions, ["metrics"] = r.Metrics })]), ["page_info"] = TikTokLists.Page(page, size, rows.Count) };
    }

    public TikTokReply Order(TikTokCall call, SandboxObject account)
    {
        if (Rows(call.Params, account, out _) is { } wrong) return wrong;
        if (call.Text("output_format") is "XLSX_DOWNLOAD") return TikTokReply.Wrong("output_format", "Only CSV is served here.");
        var task = new SandboxObject { Kind = TikTokWorld.Report, Id = context.NewId(), AccountId = account.Id, CreatedAt = context.Now, UpdatedAt = context.Now, Body = new() { ["asked"] = call.Params.DeepClone(), ["status"] = "QUEUING" } };
        context.Store.Put(task);
        return new JsonObject { ["task_id"] = task.Id };
    }

    public TikTokReply Check(TikTokCall call, SandboxObject account) => context.Find(TikTokWorld.Report, call.Text("task_id"), account) is { } task
        ? new JsonObject { ["status"] = StatusOf(task), ["message"] = "" }
        : TikTokReply.Wrong("task_id", "The task does not exist.");

    public TikTokReply Cancel(TikTokCall call, SandboxObject account)
    {
        if (context.Find(TikTokWorld.Report, call.Text("task_id"), account)?.Clone() is not { } task) return TikTokReply.Wrong("task_id", "The task does not exist.");
        task.Body["status"] = "CANCELED";
        context.Keep(task);
        return new JsonObject { ["task_id"] = task.Id };
    }

    public TikTokReply Download(TikTokCall call, SandboxObject account)
    {
        if (context.Find(TikTokWorld.Report, call.Text("task_id"), account) is not { } task) return TikTokReply.Wrong("task_id", "The task does not exist.");
        if (StatusOf(task) != "SUCCESS") return new(40201, "The task is not ready.");
        var asked = (JsonObject)task.Body["asked"]!;
        if (Rows(asked, account, out var rows) is { } wrong) return wrong;
        string[] names = [.. TikTokCall.Texts(asked["dimensions"]), .. Metrics(asked).Where(m => !TikTokCall.Texts(asked["dimensions"]).Contains(m))];
        var csv = new StringBuilder().AppendJoin(',', names).Append('\n');
        foreach (var row in rows) csv.AppendJoin(',', names.Select(n => Quoted((row.Dimensions[n] ?? row.Metrics[n])?.ToString() ?? ""))).Append('\n');
        // Whoever has the address has the file, so it cannot be guessed.
        var file = $"reports/{Tokens.New("", 24)}.csv";
        context.Store.PutBlob("tiktok:" + file, "text/csv", Encoding.UTF8.GetBytes(csv.ToString()));
        return new JsonObject { ["download_url"] = $"{call.Origin}/tiktok/files/{file}", ["file_name"] = asked["file_name"]?.ToString() ?? "report.csv", ["output_format"] = "CSV_DOWNLOAD" };
    }

    private string StatusOf(SandboxObject task) => task.Body["status"]!.ToString() == "CANCELED" ? "CANCELED" : task.CreatedAt + context.Options.ProcessingDelay <= context.Now ? "SUCCESS" : "PROCESSING";

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static List<string> Metrics(JsonObject asked) => asked["metrics"] is JsonArray { Count: > 0 } metrics ? TikTokCall.Texts(metrics) : ["spend", "impressions"];

    private TikTokReply? Rows(JsonObject asked, SandboxObject account, out List<(JsonObject Dimensions, JsonObject Metrics)> rows)
    {
        rows = [];
        var (type, level) = (asked["report_type"]!.ToString(), asked["data_level"]?.ToString());
        if (type is not ("BASIC" or "AUDIENCE")) return TikTokReply.Wrong("report_type", "Only BASIC and AUDIENCE are served here.");
        if (level is null) return TikTokReply.Missing("data_level");
        var id = level switch { "AUCTION_ADVERTISER" => "advertiser_id", "AUCTION_CAMPAIGN" => "campaign_id", "AUCTION_ADGROUP" => "adgroup_id", "AUCTION_AD" => "ad_id", _ => null };
        if (id is null) return TikTokReply.Wrong("data_level", $"{level} is deprecated.");
        var (dimensions, metrics) = (TikTokCall.Texts(asked["dimensions"]), Metrics(asked));
        if (dimensions.Count == 0) return TikTokReply.Missing("dimensions");
        if (!dimensions.Contains(id)) return TikTokReply.Wrong("dimensions", $"{id} is required for the data_level {level}.");
        var seen = dimensions.Where(Seen.Contains).ToList();
        if (dimensions.Find(d => d != id && d != "stat_time_day" && !Seen.Contains(d)) is { } unknown) return TikTokReply.Wrong("dimensions", $"{unknown} is not supported here.");
        if (type == "BASIC" && seen.Exists(s => s != "country_code")) return TikTokReply.Wrong("dimensions", $"{seen[0]} needs the report_type AUDIENCE.");
        if (type == "AUDIENCE" && seen.Count == 0) return TikTokReply.Wrong("dimensions", "An audience report needs an audience dimension.");
        if (metrics.Find(m => !Attributes.Contains(m) && !Basic.Contains(m) && (type == "AUDIENCE" || !Whole.Contains(m))) is { } stranger) return TikTokReply.Wrong("metrics", $"{stranger} is not supported for this report.");
        if (TikTokTime.Day(asked["start_date"]?.ToString()) is not { } from) return TikTokReply.Wrong("start_date", "Must have the format YYYY-MM-DD.");
        if (TikTokTime.Day(asked["end_date"]?.ToString()) is not { } to) return TikTokReply.Wrong("end_date", "Must have the format YYYY-MM-DD.");
        var byDay = dimensions.Contains("stat_time_day");
        if (to < from) return TikTokReply.Wrong("end_date", "Must not be earlier than start_date.");
        if (to.DayNumber - from.DayNumber >= (byDay ? MostDaysByDay : MostDays)) return TikTokReply.Wrong("end_date", $"The date range cannot exceed {(byDay ? MostDaysByDay : MostDays)} days.");
        if (Filter(asked, account, level, out var wanted) is { } wrong) return wrong;

        var totals = new Dictionary<string, TikTokTotal>();
        var cells = new Dictionary<string, List<Cell>>();
        foreach (var day in DeliveryModel.Run(delivery.Plans(account), delivery.MarketOf(account), from, to, context.Now).Where(wanted))
        {
            var whose = id switch { "advertiser_id" => account.Id, "campaign_id" => day.Ad.CampaignId, "adgroup_id" => day.Ad.AdSetId, _ => day.Ad.AdId };
            if (!cells.TryGetValue(day.Ad.AdId, out var parts)) cells[day.Ad.AdId] = parts = Breakdown.Cells(day.Ad.Profile, [.. seen.Select(s => s switch { "country_code" => "country", "platform" => "impression_device", _ => s })])!;
            for (var i = 0; i < parts.Count; i++)
            {
                string[] values = [.. seen.Select((s, n) => Word(s, parts[i].Values[n]))];
                var key = string.Join('\n', [whose, byDay ? day.Day.ToString("O", CultureInfo.InvariantCulture) : "", .. values]);
                if (!totals.TryGetValue(key, out var total)) totals[key] = total = new(day.Ad, whose, day.Day, values);
                total.Add(day, parts, i);
            }
        }
        rows = [.. totals.Values.Where(t => t.Impressions > 0 || t.Spend > 0).OrderBy(t => t.Day).Select(t => (Dimensions(t, id, byDay, dimensions, seen), t.Metrics(context, metrics, account)))];
        return null;
    }

    /// <summary>By ids; what is deleted is left out unless its status is asked for.</summary>
    private TikTokReply? Filter(JsonObject asked, SandboxObject account, string level, out Func<AdDay, bool> wanted)
    {
        var tests = new List<Func<AdDay, bool>>();
        var all = false;
        wanted = d => tests.TrueForAll(t => t(d));
        foreach (var filter in (asked["filtering"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var (field, text) = (filter["field_name"]?.ToString(), filter["filter_value"]?.ToString() ?? "");
            List<string> values;
            try { values = TikTokCall.Texts(JsonNode.Parse(text)); }
            catch (System.Text.Json.JsonException) { return TikTokReply.Wrong("filtering", "filter_value must be a JSON array in a string when filter_type is IN."); }
            if (filter["filter_type"]?.ToString() != "IN") return TikTokReply.Wrong("filtering", "Only IN is served here.");
            switch (field)
            {
                case "campaign_ids": tests.Add(d => values.Contains(d.Ad.CampaignId)); break;
                case "adgroup_ids": tests.Add(d => values.Contains(d.Ad.AdSetId)); break;
                case "ad_ids": tests.Add(d => values.Contains(d.Ad.AdId)); break;
                case "campaign_status" or "adgroup_status" or "ad_status": all |= values.Contains("STATUS_ALL"); break;
                default: return TikTokReply.Wrong("filtering", $"field_name {field} is not supported.");
            }
            if (values.Count > 100) return TikTokReply.Wrong("filtering", "Up to 100 values are supported.");
        }
        var (kind, of) = level switch
        {
            "AUCTION_ADGROUP" => (TikTokWorld.AdGroup, (Func<AdDay, string>)(d => d.Ad.AdSetId)),
            "AUCTION_AD" => (TikTokWorld.Ad, d => d.Ad.AdId),
            _ => (TikTokWorld.Campaign, d => d.Ad.CampaignId),
        };
        if (!all && level != "AUCTION_ADVERTISER") tests.Add(d => context.Find(kind, of(d), account) is not null);
        return null;
    }

    private static JsonObject Dimensions(TikTokTotal total, string id, bool byDay, List<string> asked, List<string> seen) => new(asked.Select(d => KeyValuePair.Create(d, (JsonNode?)(d == id ? total.Id
        : d == "stat_time_day" && byDay ? total.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " 00:00:00" : total.Values[seen.IndexOf(d)]))));

    /// <summary>A value of a breakdown in TikTok's words.</summary>
    private static string Word(string dimension, string value) => dimension switch
    {
        "age" => value is "55-64" or "65+" ? "AGE_55_100" : "AGE_" + value.Replace('-', '_'),
        "gender" => value switch { "female" => "FEMALE", "male" => "MALE", _ => "NONE" },
        "platform" => value switch { "iphone" => "IPHONE", "ipad" => "IPAD", "desktop" => "PC", _ => "ANDROID" },
        _ => value,
    };
}

/// <summary>The numbers of one object, day and cell, summed.</summary>
internal sealed class TikTokTotal(PlannedAd sample, string id, DateOnly day, string[] values)
{
    private long conversions, payments, paid, bought;

    public string Id => id;
    public DateOnly Day => day;
    public string[] Values => values;
    public long Spend { get; private set; }
    public long Impressions { get; private set; }
    private long Clicks { get; set; }

    public void Add(AdDay one, IReadOnlyList<Cell> cells, int part)
    {
        long Of(long whole) => Breakdown.Part(whole, cells, part);
        Spend += Of(one.Spend / 10_000) * 10_000;
        Impressions += Of(one.Impressions);
        Clicks += Of(one.Clicks);
        var known = Of(one.Conversions);
        conversions += known;
        var value = one.Conversions == 0 ? 0 : one.ConversionValue / one.Conversions * known;
        if (one.Ad.Profile.Goal == Goal.Apps) bought += value;
        else (payments, paid) = (payments + known, paid + value);
    }

    public JsonObject Metrics(TikTokContext context, List<string> asked, SandboxObject account) => new(asked.Select(m => KeyValuePair.Create(m, (JsonNode?)Metric(context, m, account))));

    private string Metric(TikTokContext context, string name, SandboxObject account)
    {
        // People see an ad again and again, so fewer are reached than are shown it.
        var reach = Math.Max(1, (long)(Impressions / 1.22));
        return name switch
        {
            "spend" => Money(Spend),
            "impressions" => Number(Impressions),
            "clicks" => Number(Clicks),
            "conversion" or "result" => Number(conversions),
            "complete_payment" => Number(payments),
            "total_complete_payment_rate" => Money(paid),
            "total_purchase_value" => Money(bought),
            "ctr" => Ratio(Clicks * 100m, Impressions),
            "cpc" => Ratio(Spend / 1_000_000m, Clicks),
            "cpm" => Ratio(Spend / 1_000m, Impressions),
            "cost_per_conversion" or "cost_per_result" => Ratio(Spend / 1_000_000m, conversions),
            "conversion_rate" => Ratio(conversions * 100m, Clicks),
            "reach" => Number(reach),
            "frequency" => Ratio(Impressions, reach),
            "video_play_actions" => Number((long)(Impressions * sample.Profile.VideoRate)),
            "currency" => account.Body["currency"]!.ToString(),
            "campaign_id" => sample.CampaignId,
            "adgroup_id" => sample.AdSetId,
            "campaign_name" or "objective_type" => context.Store.Find(TikTokWorld.Campaign, sample.CampaignId)!.Body[name]!.ToString(),
            "adgroup_name" => context.Store.Find(TikTokWorld.AdGroup, sample.AdSetId)!.Body[name]!.ToString(),
            _ => context.Store.Find(TikTokWorld.Ad, sample.AdId)!.Body[name]?.ToString() ?? "",
        };
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
    private static string Money(long micros) => (micros / 1_000_000m).ToString("0.00", CultureInfo.InvariantCulture);
    private static string Ratio(decimal value, decimal by) => by == 0 ? "0.00" : Math.Round(value / by, 2).ToString("0.00", CultureInfo.InvariantCulture);
}
