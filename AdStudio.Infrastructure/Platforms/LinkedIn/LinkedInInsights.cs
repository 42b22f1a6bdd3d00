using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>
/// LinkedIn's numbers by day (UTC), in slices that halve when there are too many: adAnalytics has no pages and gives 15 000 elements at most. https://learn.microsoft.com/en-us/linkedin/marketing/integrations/ads-reporting/ads-reporting
/// </summary>
internal sealed class LinkedInInsights(LinkedInApi api) : IReadsInsights
{
    private const int DaysASlice = 30, GroupsACall = 40, MostElements = 15_000;
    private const string Fields = "dateRange,pivotValues,impressions,clicks,costInLocalCurrency,externalWebsiteConversions,oneClickLeads,conversionValueInLocalCurrency";

    public Platform Platform => Platform.LinkedIn;

    public async IAsyncEnumerable<Result<InsightRow>> ReadInsightsAsync(PlatformAccess access, InsightQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        if (query.CampaignIds is { Count: 0 }) yield break;
        if (!(await ScopesAsync(access, query, ct)).TryGet(out var scopes, out var refusal))
        {
            yield return Result<InsightRow>.Refused(refusal);
            yield break;
        }
        foreach (var scope in scopes)
        {
            var slices = new Stack<(DateOnly From, DateOnly To)>();
            for (var end = query.To; end >= query.From; end = end.AddDays(-DaysASlice)) slices.Push((end.AddDays(1 - DaysASlice) < query.From ? query.From : end.AddDays(1 - DaysASlice), end));
            while (slices.TryPop(out var slice))
            {
                // A slice is read whole before its rows go out: one that has to be halved would otherwise bring rows twice.
                var answer = await api.GetAsync(access, "adAnalytics", [.. scope.Query, ("timeGranularity", "DAILY"), ("dateRange", Restli.Range(slice.From, slice.To)), ("fields", Fields + (query.Breakdown is null ? ",approximateMemberReach" : ""))], ct);
                var isTooMuch = answer.Refusal is PlatformFailure { Kind: PlatformFailureKind.TooMuchData };
                var elements = answer.TryGet(out var body, out refusal) ? LinkedInApi.Elements(body).ToList() : [];
                // As many as there may be: what was cut off, LinkedIn doesn't say.
                if (isTooMuch || elements.Count >= MostElements)
                {
                    if (slice.To > slice.From)
                    {
                        var middle = slice.From.AddDays((slice.To.DayNumber - slice.From.DayNumber) / 2);
                        slices.Push((middle.AddDays(1), slice.To));
                        slices.Push((slice.From, middle));
                        continue;
                    }
                    yield return new PlatformFailure(Platform.LinkedIn, PlatformFailureKind.TooMuchData, "LinkedIn gives no more than 15,000 numbers at once, and one day has more.") { Code = (refusal as PlatformFailure)?.Code };
                    yield break;
                }
                if (refusal is not null)
                {
                    yield return Result<InsightRow>.Refused(refusal);
                    yield break;
                }
                if (!(await RowsAsync(access, query, scope.Group, elements, ct)).TryGet(out var rows, out refusal))
                {
                    yield return Result<InsightRow>.Refused(refusal);
                    yield break;
                }
                foreach (var row in rows.Where(r => r is { Impressions: > 0 } or { Clicks: > 0 } or { SpendMicros: not 0 } or { ConversionsMicros: not 0 } or { ValueMicros: not 0 })) yield return row;
            }
        }
    }

    private sealed record Scope(string? Group, IReadOnlyList<(string, string)> Query);

    /// <summary>Objects go together in one question, as pivots of each other; people and devices have to be asked for one campaign group at a time.</summary>
    private async Task<Result<IReadOnlyList<Scope>>> ScopesAsync(PlatformAccess access, InsightQuery query, CancellationToken ct)
    {
        var groups = query.CampaignIds?.Distinct().ToList();
        if (query.Breakdown is { } breakdown)
        {
            if (groups is null)
            {
                var list = await api.SearchAsync(access, LinkedInApi.AccountPath(access) + "/adCampaignGroups", [("q", "search")], ct);
                if (!list.TryGet(out var all, out var refusal)) return Result<IReadOnlyList<Scope>>.Refused(refusal);
                groups = [.. all.Where(g => LinkedInTree.Status(g) != "DRAFT").Select(LinkedInTree.Id)];
            }
            var pivot = breakdown switch { BreakdownKind.Country => "MEMBER_COUNTRY_V2", BreakdownKind.Device => LinkedInFromMemory.DevicePivot, _ => throw new InvalidOperationException($"LinkedIn has no breakdown by {breakdown}.") };
            return Result<IReadOnlyList<Scope>>.Of([.. groups.Select(g => new Scope(g, [("q", "analytics"), ("pivot", pivot), ("campaignGroups", Restli.List([Restli.Group(g)]))]))]);
        }
        var pivots = query.Level switch { MetricLevel.Campaign => "List(CAMPAIGN_GROUP)", MetricLevel.AdSet => "List(CAMPAIGN_GROUP,CAMPAIGN)", _ => "List(CAMPAIGN_GROUP,CAMPAIGN,CREATIVE)" };
        (string, string)[] what = [("q", "statistics"), ("pivots", pivots)];
        return Result<IReadOnlyList<Scope>>.Of(groups is null
            ? [new Scope(null, [.. what, ("accounts", Restli.List([Restli.Account(access.Account!.ExternalId)]))])]
            : [.. groups.Select(Restli.Group).Chunk(GroupsACall).Select(some => new Scope(null, [.. what, ("campaignGroups", Restli.List(some))]))]);
    }

    private async Task<Result<IReadOnlyList<InsightRow>>> RowsAsync(PlatformAccess access, InsightQuery query, string? group, IReadOnlyList<JsonObject> elements, CancellationToken ct)
    {
        IReadOnlyDictionary<string, string> names = new Dictionary<string, string>();
        if (query.Breakdown == BreakdownKind.Country && !(await LinkedInPlaces.NamesAsync(api, access, elements.Select(e => Value(e, 0) ?? "").Where(v => v.Length > 0), ct)).TryGet(out names!, out var refusal)) return Result<IReadOnlyList<InsightRow>>.Refused(refusal);
        return Result<IReadOnlyList<InsightRow>>.Of([.. elements.Select(Row)]);

        InsightRow Row(JsonObject element)
        {
            var day = element["dateRange"]!["start"]!;
            string? Id(int i) => Value(element, i) is { } urn ? Restli.IdOf(urn) : null;
            return new(query.Level, group ?? Id(0)!, query.Level >= MetricLevel.AdSet ? Id(1) : null, query.Level == MetricLevel.Ad ? Id(2) : null, new DateOnly(day["year"]!.GetValue<int>(), day["month"]!.GetValue<int>(), day["day"]!.GetValue<int>()),
                Whole(element["impressions"]), Whole(element["clicks"]), Micros(element["costInLocalCurrency"]), (Whole(element["externalWebsiteConversions"]) + Whole(element["oneClickLeads"])) * Money.MicrosPerUnit,
                Micros(element["conversionValueInLocalCurrency"]), element["approximateMemberReach"] is { } reach ? Whole(reach) : null)
            {
                BreakdownValue = query.Breakdown switch
                {
                    null => null,
                    BreakdownKind.Country => Value(element, 0) is { } urn ? names.GetValueOrDefault(urn) is { } name ? LinkedInPlaces.CodeOf(name) ?? name : urn : "",
                    _ => LinkedInFromMemory.DeviceOf(Value(element, 0) ?? ""),
                },
            };
        }
    }

    private static string? Value(JsonObject element, int i) => element["pivotValues"] is JsonArray values && i < values.Count ? values[i]?.ToString() : null;

    private static long Whole(JsonNode? value) => long.TryParse(value?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static long Micros(JsonNode? value) => decimal.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? decimal.ToInt64(decimal.Round(number * Money.MicrosPerUnit)) : 0;
}
