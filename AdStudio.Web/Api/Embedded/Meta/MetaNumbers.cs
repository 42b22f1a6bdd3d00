using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded.Meta;

/// <summary>Meta's numbers: of campaigns from what the studio has read, everything else from Meta itself.</summary>
internal static class MetaNumbers
{
    public static readonly IReadOnlyList<string> Levels = ["campaign", "ad", "adset", "account"];

    /// <summary>What the studio's own facts can answer.</summary>
    public static readonly IReadOnlyList<string> Fields = ["impressions", "clicks", "spend", "cpm", "cpc", "actions", "action_values"];

    public static readonly IReadOnlyDictionary<string, BreakdownKind> Breakdowns = new Dictionary<string, BreakdownKind>
    {
        ["gender"] = BreakdownKind.Gender, ["country"] = BreakdownKind.Country, ["age"] = BreakdownKind.Age, ["publisher_platform"] = BreakdownKind.PublisherPlatform, ["impression_device"] = BreakdownKind.Device,
    };

    public static void Map(RouteGroupBuilder meta) => meta.MapGet("/insights", RunAsync)
        .Operation("Get insights",
            "Numbers over a range of days. Level `campaign` with the fields " + string.Join(", ", Fields) + " and at most one of the breakdowns " + string.Join(", ", Breakdowns.Keys)
            + " comes from what AdStudio has read (`source` is `adstudio`, `asOf` says when), as long as that holds the whole range; every other level, field or breakdown, or several breakdowns, is asked of Meta (`source` is `meta`). "
            + "Each row says what it is about (`campaign_id`, `campaign_name`, `date_start`, `date_stop`) and has the fields asked for; numbers are numbers, money is in whole units of the account's currency, actions are lists of `action_type` and `value`. "
            + "From AdStudio they are one entry, `conversions`: purchases, leads, registrations and installs together; devices are `mobile`, `tablet` and `desktop`.", ApiScopes.ReadNumbers)
        .OfAccount().Query("level", "campaign (if left out), adset, ad or account.").Query("breakdown", "gender, country, age, publisher_platform, impression_device; others, or several with commas, are asked of Meta.", QueryKind.Words)
        .Query("fields", "impressions, clicks, spend, cpm, cpc, actions, action_values (all of these if left out); others are asked of Meta.", QueryKind.Words)
        .Query("startDate", "First day, in the account's time zone. Required.", QueryKind.Day).Query("endDate", "Last day. Required.", QueryKind.Day)
        .Query("source", "meta asks Meta even for what AdStudio has read.").Gives<NumbersEnvelope>();

    private static async Task<IResult> RunAsync(HttpContext http, string teamId, EmbeddedScope scope, GetAccountNumbers facts, ReadLiveNumbers live, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var (asked, source) = (AskedRows.Read(query), query.Text("source", 20));
        if (source is not (null or "meta" or "adstudio")) query.Problems.Add(new("source", "source should be meta, or left out"));
        if (asked.Level is { } level && !Levels.Contains(level)) query.Problems.Add(new("level", $"level should be one of {string.Join(", ", Levels)}"));
        if (!(await scope.AccountAsync(http, teamId, Platform.Meta, AccountAccess.Viewer, ct)).TryGet(out var account, out var refusal)) return refusal.Refused();
        if (query.Refusal() is { } wrong) return wrong;

        if (source != "meta" && asked.Level is null or "campaign" && asked.Fields.All(Fields.Contains) && asked.Breakdowns.Count <= 1 && asked.Breakdowns.All(Breakdowns.ContainsKey))
        {
            var kind = asked.Breakdowns is [var only] ? Breakdowns[only] : (BreakdownKind?)null;
            if (!(await facts.RunAsync(http.Actor(), account.Id, asked.Range, kind, ct)).TryGet(out var numbers, out refusal) && refusal is not null) return refusal.Refused();
            if (numbers is not null) return new NumbersAnswer([.. numbers.Rows.Select(r => Row(r, asked))], "adstudio", numbers.AsOf);
        }
        return (await live.RunAsync(http.Actor(), account.Id, new(asked.Level, asked.Range, asked.Fields, asked.Breakdowns), ct)).TryGet(out var rows, out refusal) ? new NumbersAnswer(rows, "meta", null) : refusal.Refused();
    }

    private static JsonObject Row(AccountNumbersRow row, AskedRows asked)
    {
        var written = new JsonObject { ["campaign_id"] = row.CampaignId, ["campaign_name"] = row.CampaignName };
        foreach (var field in asked.Fields.Count == 0 ? Fields : asked.Fields)
            if (Value(field, row.Sums) is { } value) written[field] = value;
        (written["date_start"], written["date_stop"]) = (Day(asked.Range.From), Day(asked.Range.To));
        if (row.Value is { } part) written[asked.Breakdowns[0]] = part;
        return written;
    }

    /// <summary>Null, and left out as Meta leaves it out, where there is nothing to say: the cost of clicks that nobody made.</summary>
    private static JsonNode? Value(string field, MetricSums sums) => field switch
    {
        "impressions" => sums.Impressions,
        "clicks" => sums.Clicks,
        "spend" => Units(sums.SpendMicros),
        "cpm" => sums.CpmMicros is { } cpm ? Units(cpm) : null,
        "cpc" => sums.CpcMicros is { } cpc ? Units(cpc) : null,
        "actions" => Action(sums.ConversionsMicros),
        _ => Action(sums.ValueMicros),
    };

    private static JsonArray Action(long micros) => micros == 0 ? [] : [new JsonObject { ["action_type"] = "conversions", ["value"] = Units(micros) }];

    private static decimal Units(long micros) => (decimal)micros / Money.MicrosPerUnit;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
