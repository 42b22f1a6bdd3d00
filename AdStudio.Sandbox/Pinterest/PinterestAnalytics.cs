using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>What numbers are asked for, by whichever way.</summary>
/// <param name="Level">CAMPAIGN, AD_GROUP, PIN_PROMOTION or ADVERTISER.</param>
/// <param name="Targeting">By what they are divided; empty is not at all.</param>
public sealed record PinterestQuestion(string Level, DateOnly From, DateOnly To, string Granularity, IReadOnlyList<string> Columns, IReadOnlyList<string> Targeting, Func<AdDay, bool> Wanted);

/// <summary>Numbers of an ad account's campaigns, ad groups and ads: at once for what is small, the same ones in reports.</summary>
public sealed class PinterestAnalytics(PinterestContext context)
{
    /// <summary>For how long back the numbers are there at once, and how many days may be asked for in one go.</summary>
    private const int Days = 90, HourDaysBack = 8, HourDays = 3;

    private readonly PinterestDelivery delivery = new(context);

    /// <summary>GET …/analytics: an array of rows.</summary>
    public PinterestReply Read(PinterestCall call)
    {
        var (question, problem) = Ask(call, targeted: false);
        return problem ?? (PinterestReply)new JsonArray([.. Rows(call.Account!, question!).Select(r => (JsonNode)r.Metrics)]);
    }

    /// <summary>GET …/targeting_analytics: each row beside the value it is of.</summary>
    public PinterestReply ReadTargeted(PinterestCall call)
    {
        var (question, problem) = Ask(call, targeted: true);
        return problem ?? (PinterestReply)new JsonObject
        {
            ["data"] = new JsonArray([.. Rows(call.Account!, question!).Select(r => (JsonNode)new JsonObject { ["targeting_type"] = r.Type, ["targeting_value"] = r.Value, ["metrics"] = r.Metrics })]),
        };
    }

    private (PinterestQuestion?, PinterestReply?) Ask(PinterestCall call, bool targeted)
    {
        var path = call.Operation!.Name;
        var level = path.Contains("/campaigns/", StringComparison.Ordinal) ? "CAMPAIGN" : path.Contains("/ad_groups/", StringComparison.Ordinal) ? "AD_GROUP" : path.Contains("/ads/", StringComparison.Ordinal) ? "PIN_PROMOTION" : "ADVERTISER";
        var (from, to, granularity) = (Day(call.Text("start_date")!), Day(call.Text("end_date")!), call.Text("granularity")!);
        var today = DateOnly.FromDateTime(context.Now.UtcDateTime);
        if (from is null || to is null || to < from) return (null, Refused(level));
        var (back, range) = granularity == "HOUR" ? (HourDaysBack, HourDays) : (Days, Days);
        if (from < today.AddDays(-back) || to.Value.DayNumber - from.Value.DayNumber > range) return (null, Refused(level));
        if (granularity == "HOUR") return (null, PinterestReply.Invalid("'granularity' HOUR is not available in this sandbox."));
        var (campaigns, groups, ads) = (call.List("campaign_ids"), call.List("ad_group_ids"), call.List("ad_ids"));
        if (level == "PIN_PROMOTION" && campaigns.Count + ads.Count == 0) return (null, Refused(level));
        foreach (var (kind, ids) in new[] { (PinterestWorld.Campaign, campaigns), (PinterestWorld.AdGroup, groups), (PinterestWorld.Ad, ads) })
            if (ids.Any(id => context.InAccount(call, kind, id) is null)) return (null, PinterestReply.Forbidden());
        return (new(level, from.Value, to.Value, granularity, call.List("columns"), targeted ? call.List("targeting_types") : [],
            d => (campaigns.Count == 0 || campaigns.Contains(d.Ad.CampaignId)) && (groups.Count == 0 || groups.Contains(d.Ad.AdSetId)) && (ads.Count == 0 || ads.Contains(d.Ad.AdId))), null);
    }

    private static PinterestReply Refused(string level) =>
        new(400, PinterestReply.Error(400, $"Invalid ad account {level switch { "CAMPAIGN" => "campaign analytics", "AD_GROUP" => "group analytics", "PIN_PROMOTION" => "ads analytics", _ => "analytics" }} parameters."));

    /// <summary>The rows, by entity and day, and by value where they are divided.</summary>
    public IEnumerable<(string Type, string Value, JsonObject Metrics)> Rows(SandboxObject account, PinterestQuestion question)
    {
        var days = DeliveryModel.Run(delivery.Plans(account), PinterestContext.MarketOf(account), question.From, question.To, context.Now).Where(question.Wanted).ToList();
        if (question.Targeting.Count == 0) return Totals(days.Select(d => (d, "", "", 0, (IReadOnlyList<Cell>)[])), question, account);
        return question.Targeting.SelectMany(type => Totals(days.SelectMany(d => Divided(d, type)), question, account));
    }

    private static IEnumerable<(AdDay Day, string Type, string Value, int Index, IReadOnlyList<Cell> Cells)> Divided(AdDay day, string type)
    {
        string? dimension = type switch { "GENDER" => "gender", "AGE_BUCKET" => "age", "COUNTRY" or "LOCATION" => "country", "APPTYPE" => "impression_device", _ => null };
        if (dimension is null || Breakdown.Cells(day.Ad.Profile, [dimension]) is not { } cells) yield break;
        for (var i = 0; i < cells.Count; i++) yield return (day, type, cells[i].Values[0], i, cells);
    }

    private IEnumerable<(string, string, JsonObject)> Totals(IEnumerable<(AdDay Day, string Type, string Value, int Index, IReadOnlyList<Cell> Cells)> parts, PinterestQuestion question, SandboxObject account)
    {
        var totals = new Dictionary<(string, DateOnly, string), Total>();
        foreach (var (day, type, value, index, cells) in parts)
        {
            long Part(long whole, long unit = 1) => cells.Count == 0 ? whole : Breakdown.Part(whole / unit, cells, index) * unit;
            var each = day.Conversions == 0 ? 0 : day.ConversionValue / day.Conversions;
            var numbers = (Spend: Part(day.Spend, 10_000), Impressions: Part(day.Impressions), Clicks: Part(day.Clicks), Conversions: Part(day.Conversions));
            // Pinterest tells people of 45 to 54 apart where the model does not.
            if (type == "AGE_BUCKET" && value == "45-54")
            {
                var first = (Spend: numbers.Spend / 10_000 * 3 / 5 * 10_000, Impressions: numbers.Impressions * 3 / 5, Clicks: numbers.Clicks * 3 / 5, Conversions: numbers.Conversions * 3 / 5);
                Of(day, type, "45-49").Add(day, first.Spend, first.Impressions, first.Clicks, first.Conversions, each);
                Of(day, type, "50-54").Add(day, numbers.Spend - first.Spend, numbers.Impressions - first.Impressions, numbers.Clicks - first.Clicks, numbers.Conversions - first.Conversions, each);
            }
            else Of(day, type, value switch { "android_smartphone" => "android_mobile", "desktop" => "web", _ => value }).Add(day, numbers.Spend, numbers.Impressions, numbers.Clicks, numbers.Conversions, each);
        }
        return totals.Values.Where(t => t.Spend + t.Impressions + t.Clicks > 0).Select(t => (t.Type, t.Of, Write(t, question, account)));

        Total Of(AdDay day, string type, string value)
        {
            var id = question.Level switch { "CAMPAIGN" => day.Ad.CampaignId, "AD_GROUP" => day.Ad.AdSetId, "PIN_PROMOTION" => day.Ad.AdId, _ => account.Id };
            var bucket = Bucket(day.Day, question);
            if (!totals.TryGetValue((id, bucket, value), out var total)) totals[(id, bucket, value)] = total = new Total(bucket, type, value, day.Ad);
            return total;
        }
    }

    private static DateOnly Bucket(DateOnly day, PinterestQuestion question) => question.Granularity switch
    {
        "TOTAL" => question.From,
        "WEEK" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        "MONTH" => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };

    private JsonObject Write(Total t, PinterestQuestion question, SandboxObject account)
    {
        var row = new JsonObject();
        switch (question.Level)
        {
            case "CAMPAIGN": row["CAMPAIGN_ID"] = t.Sample.CampaignId; break;
            case "AD_GROUP": row["AD_GROUP_ID"] = t.Sample.AdSetId; break;
            case "PIN_PROMOTION": row["AD_ID"] = t.Sample.AdId; break;
            default: row["AD_ACCOUNT_ID"] = account.Id; break;
        }
        if (question.Granularity != "TOTAL") row["DATE"] = PinterestTargeting.Day(t.Day);
        // A column without a value is left out.
        foreach (var column in question.Columns)
            if (Value(t, column, account) is { } value) row[column] = value;
        return row;
    }

    private JsonNode? Value(Total t, string column, SandboxObject account) => column switch
    {
        "CAMPAIGN_ID" => t.Sample.CampaignId,
        "AD_GROUP_ID" => t.Sample.AdSetId,
        "AD_ID" or "PIN_PROMOTION_ID" => t.Sample.AdId,
        "AD_ACCOUNT_ID" or "ADVERTISER_ID" => account.Id,
        "CAMPAIGN_NAME" => context.Store.Find(PinterestWorld.Campaign, t.Sample.CampaignId)!.Body["name"]!.ToString(),
        "SPEND_IN_MICRO_DOLLAR" => t.Spend,
        "SPEND_IN_DOLLAR" => t.Spend / 1_000_000m,
        "PAID_IMPRESSION" or "IMPRESSION_1" => t.Impressions,
        "TOTAL_IMPRESSION" => t.Impressions + t.Impressions / 25,
        "TOTAL_IMPRESSION_USER" => t.Impressions == 0 ? 0 : Math.Max(1, (long)(t.Impressions / 1.2)),
        "CLICKTHROUGH_1" => t.Clicks,
        "TOTAL_CLICKTHROUGH" => t.Clicks + t.Clicks / 25,
        "OUTBOUND_CLICK_1" => t.Clicks * 78 / 100,
        "TOTAL_ENGAGEMENT" => t.Clicks + t.Impressions / 90,
        "TOTAL_CHECKOUT" => t.Checkouts == 0 ? null : t.Checkouts,
        "TOTAL_CHECKOUT_VALUE_IN_MICRO_DOLLAR" => t.Checkouts == 0 ? null : t.Value,
        "TOTAL_LEAD" => t.Leads == 0 ? null : t.Leads,
        "TOTAL_PAGE_VISIT" => t.Clicks * 7 / 10,
        "TOTAL_CONVERSIONS" => t.Checkouts + t.Leads + t.Clicks * 7 / 10,
        "CTR" => t.Impressions == 0 ? null : (double)t.Clicks / t.Impressions,
        "CPC_IN_MICRO_DOLLAR" => t.Clicks == 0 ? null : t.Spend / (double)t.Clicks,
        "CPM_IN_MICRO_DOLLAR" => t.Impressions == 0 ? null : t.Spend * 1000.0 / t.Impressions,
        _ => null,
    };

    public static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private sealed class Total(DateOnly day, string type, string value, PlannedAd sample)
    {
        public DateOnly Day => day;
        public string Type => type;
        public string Of => value;
        public PlannedAd Sample => sample;
        public long Spend { get; private set; }
        public long Impressions { get; private set; }
        public long Clicks { get; private set; }
        public long Checkouts { get; private set; }
        public long Leads { get; private set; }
        public long Value { get; private set; }

        public void Add(AdDay day, long spend, long impressions, long clicks, long conversions, long each)
        {
            Spend += spend;
            Impressions += impressions;
            Clicks += clicks;
            if (day.Ad.Profile.Goal == Goal.Leads) Leads += conversions;
            else (Checkouts, Value) = (Checkouts + conversions, Value + conversions * each);
        }
    }
}
