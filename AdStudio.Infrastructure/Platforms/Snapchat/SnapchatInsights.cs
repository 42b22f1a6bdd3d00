using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>
/// Snapchat's numbers by day, in slices that it allows: of single campaigns when few are asked for, else of the whole account, and by an asynchronous report where that is much.
/// Days begin at midnight of the account's time zone. https://developers.snap.com/api/marketing-api/Ads-API/measurement
/// </summary>
internal sealed class SnapchatInsights(SnapchatApi api, TimeProvider time) : IReadsInsights
{
    public const string Fields = "impressions,swipes,spend,conversion_purchases,conversion_purchases_value,conversion_sign_ups,total_installs,uniques";

    // Above so many campaigns one question about the account costs less than one for each.
    private const int FewCampaigns = 10;

    // More days of every ad of an account are left to a report.
    private const int DaysAtOnce = 7;

    public Platform Platform => Platform.Snapchat;

    public async IAsyncEnumerable<Result<InsightRow>> ReadInsightsAsync(PlatformAccess access, InsightQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!(await SourcesAsync(access, query, ct)).TryGet(out var sources, out var refusal))
        {
            yield return Result<InsightRow>.Refused(refusal);
            yield break;
        }
        foreach (var source in sources)
            for (var from = query.From; from <= query.To; from = from.AddDays(SnapchatFromMemory.DaysAQuestion))
            {
                var to = from.AddDays(SnapchatFromMemory.DaysAQuestion - 1) is var last && last < query.To ? last : query.To;
                // A slice is read whole before its rows go out, so that a refusal brings none of it.
                if (!(await ReadAsync(access, source, query, from, to, ct)).TryGet(out var rows, out refusal))
                {
                    yield return Result<InsightRow>.Refused(refusal);
                    yield break;
                }
                foreach (var row in rows) yield return row;
            }
    }

    /// <param name="Of">"campaigns/…" or "adaccounts/…".</param>
    /// <param name="Campaign">Null when it is the account.</param>
    private sealed record Source(string Of, string? Campaign, SnapchatParents Parents);

    private async Task<Result<IReadOnlyList<Source>>> SourcesAsync(PlatformAccess access, InsightQuery query, CancellationToken ct)
    {
        var account = "adaccounts/" + access.Account!.ExternalId;
        var campaigns = query.CampaignIds?.Distinct().ToList();
        if (query.Breakdown is not null && campaigns is null)
        {
            // Snapchat divides either by object or by dimension: each campaign is asked for its own.
            var list = await api.ListAsync(access, account + "/campaigns", Noun.Campaign, ct, (SnapchatFromMemory.WithDeleted, "true"));
            if (!list.TryGet(out var all, out var refused)) return Result<IReadOnlyList<Source>>.Refused(refused);
            campaigns = [.. all.Select(c => c["id"]!.ToString()).Distinct()];
        }
        var alone = campaigns is not null && (query.Breakdown is not null || campaigns.Count <= FewCampaigns);
        if (!(await SnapchatParents.ReadAsync(api, access, query.Level, alone, ct)).TryGet(out var parents, out var refusal)) return Result<IReadOnlyList<Source>>.Refused(refusal);
        return alone ? Result<IReadOnlyList<Source>>.Of([.. campaigns!.Select(id => new Source("campaigns/" + id, id, parents))]) : Result<IReadOnlyList<Source>>.Of([new(account, null, parents)]);
    }

    private async Task<Result<IReadOnlyList<InsightRow>>> ReadAsync(PlatformAccess access, Source source, InsightQuery query, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var level = query.Level switch { MetricLevel.Campaign => "campaign", MetricLevel.AdSet => "adsquad", _ => "ad" };
        var asked = new List<(string, string)>
        {
            ("granularity", "DAY"), ("fields", Fields), ("start_time", Midnight(access.Account!, from)), ("end_time", Midnight(access.Account!, to.AddDays(1))), ("swipe_up_attribution_window", "28_DAY"), ("view_attribution_window", "1_DAY"), ("omit_empty", "true"),
        };
        var breakdown = source.Campaign is null || query.Level != MetricLevel.Campaign ? level : null;
        if (query.Breakdown is { } kind) asked.Add(("report_dimension", SnapchatFromMemory.Dimension(kind)));
        else if (breakdown is not null) asked.Add(("breakdown", breakdown));

        var isMuch = source.Campaign is null && query.Level == MetricLevel.Ad && to.DayNumber - from.DayNumber >= DaysAtOnce;
        var points = isMuch ? await SnapchatReport.ReadAsync(api, access, time, source.Of, asked, level, ct) : await AskAsync(access, source, asked, breakdown, ct);
        if (!points.TryGet(out var found, out var refusal))
            // A campaign that is gone for good has no numbers any more.
            return source.Campaign is not null && refusal is PlatformFailure { Kind: PlatformFailureKind.NotFound } ? Result<IReadOnlyList<InsightRow>>.Of([]) : Result<IReadOnlyList<InsightRow>>.Refused(refusal);

        var rows = new List<InsightRow>();
        foreach (var point in found)
        {
            if (source.Parents.Of(query.Level, point.Id, source.Campaign) is not { } ids) return new PlatformFailure(Platform.Snapchat, PlatformFailureKind.Unavailable, $"Snapchat tells numbers of {point.Id}, which it does not list.") { Code = "unlisted" };
            if (source.Campaign is null && query.CampaignIds?.Contains(ids.Campaign) == false) continue;
            if (SnapchatTime.DayOf(point.At, access.Account!) is not { } day) return new PlatformFailure(Platform.Snapchat, PlatformFailureKind.Unavailable, "Snapchat tells numbers without a day.") { Code = "undated" };
            rows.AddRange(Rows(query, ids, day, point));
        }
        return rows;
    }

    /// <summary>One object on one day, with its numbers: by field, or for each value of a dimension.</summary>
    internal sealed record Point(string Id, string? At, JsonObject Numbers, JsonArray? ByDimension);

    private async Task<Result<IReadOnlyList<Point>>> AskAsync(PlatformAccess access, Source source, IEnumerable<(string, string)> asked, string? breakdown, CancellationToken ct)
    {
        if (!(await api.GetAsync(access, source.Of + "/stats", asked, ct)).TryGet(out var body, out var refusal)) return Result<IReadOnlyList<Point>>.Refused(refusal);
        if (!api.Entities(body, new("timeseries_stats", "timeseries_stat")).TryGet(out var stats, out refusal)) return Result<IReadOnlyList<Point>>.Refused(refusal);
        var points = new List<Point>();
        foreach (var stat in stats)
            foreach (var one in stat["breakdown_stats"]?[breakdown ?? ""] is JsonArray parts ? parts.OfType<JsonObject>() : [stat])
                points.AddRange((one["timeseries"] as JsonArray ?? []).OfType<JsonObject>().Select(p => new Point(one["id"]?.ToString() ?? "", p["start_time"]?.ToString(), p["stats"] as JsonObject ?? [], p[SnapchatFromMemory.DimensionStats] as JsonArray)));
        return points;
    }

    private static IEnumerable<InsightRow> Rows(InsightQuery query, (string Campaign, string? AdSquad, string? Ad) ids, DateOnly day, Point point)
    {
        if (query.Breakdown is not { } kind) return Row(query.Level, ids, day, point.Numbers, null) is { } row ? [row] : [];
        return (point.ByDimension ?? []).OfType<JsonObject>().Select(part => Row(query.Level, ids, day, part, Word(kind, part[SnapchatFromMemory.Dimension(kind)]?.ToString()))).OfType<InsightRow>();
    }

    private static InsightRow? Row(MetricLevel level, (string Campaign, string? AdSquad, string? Ad) ids, DateOnly day, JsonObject numbers, string? value)
    {
        long Of(string name) => decimal.TryParse(numbers[name]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? decimal.ToInt64(decimal.Round(number)) : 0;
        var (impressions, swipes, spend) = (Of("impressions"), Of("swipes"), Of("spend"));
        // What each kind of campaign is after: a purchase, a sign-up, an install. None of them includes another.
        var conversions = Of("conversion_purchases") + Of("conversion_sign_ups") + Of("total_installs");
        var worth = Of("conversion_purchases_value");
        if (impressions == 0 && swipes == 0 && spend == 0 && conversions == 0 && worth == 0) return null;
        return new(level, ids.Campaign, ids.AdSquad, ids.Ad, day, impressions, swipes, spend, conversions * Money.MicrosPerUnit, worth, numbers["uniques"] is null ? null : Of("uniques")) { BreakdownValue = value };
    }

    private static string Word(BreakdownKind kind, string? value) => kind switch
    {
        BreakdownKind.Country => (value ?? "").ToUpperInvariant(),
        BreakdownKind.Gender => (value ?? "unknown").ToLowerInvariant(),
        BreakdownKind.Device => value?.ToUpperInvariant() switch { "IOS" => "iOS", "ANDROID" => "Android", "WEB" => "desktop", _ => value ?? "unknown" },
        _ => value ?? "unknown",
    };

    private static string Midnight(AccountHandle account, DateOnly day) => SnapchatApi.Instant(SnapchatTime.Midnight(account, day));
}

/// <summary>Days in the account's time zone.</summary>
internal static class SnapchatTime
{
    /// <summary>When the day begins there; where the clocks skip midnight, the first moment after.</summary>
    public static DateTimeOffset Midnight(AccountHandle account, DateOnly day)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(account.TimeZone, out var zone)) zone = TimeZoneInfo.Utc;
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return new(local, zone.GetUtcOffset(local));
    }

    public static DateOnly? DayOf(string? instant, AccountHandle account) =>
        DateTimeOffset.TryParse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? DateOnly.FromDateTime(at.In(account).DateTime) : null;
}

/// <summary>Which campaign an ad squad is of, and which ad squad an ad: numbers name the object alone. Deleted ones are among them.</summary>
internal sealed record SnapchatParents(IReadOnlyDictionary<string, string> CampaignOfAdSquad, IReadOnlyDictionary<string, string> AdSquadOfAd)
{
    private static readonly Dictionary<string, string> None = [];

    /// <param name="campaignIsKnown">Then ad squads need not be looked up for their campaign.</param>
    public static async Task<Result<SnapchatParents>> ReadAsync(SnapchatApi api, PlatformAccess access, MetricLevel level, bool campaignIsKnown, CancellationToken ct)
    {
        var (squads, ads) = (None, None);
        var account = "adaccounts/" + access.Account!.ExternalId;
        if (level != MetricLevel.Campaign && !campaignIsKnown)
        {
            if (!(await api.ListAsync(access, account + "/adsquads", Noun.AdSquad, ct, (SnapchatFromMemory.WithDeleted, "true"))).TryGet(out var list, out var refusal)) return Result<SnapchatParents>.Refused(refusal);
            squads = list.GroupBy(s => s["id"]!.ToString()).ToDictionary(g => g.Key, g => g.Last()["campaign_id"]?.ToString() ?? "");
        }
        if (level == MetricLevel.Ad)
        {
            if (!(await api.ListAsync(access, account + "/ads", Noun.Ad, ct, (SnapchatFromMemory.WithDeleted, "true"))).TryGet(out var list, out var refusal)) return Result<SnapchatParents>.Refused(refusal);
            ads = list.GroupBy(a => a["id"]!.ToString()).ToDictionary(g => g.Key, g => g.Last()["ad_squad_id"]?.ToString() ?? "");
        }
        return new SnapchatParents(squads, ads);
    }

    /// <summary>The ids above an object and its own; null when it is not listed.</summary>
    public (string Campaign, string? AdSquad, string? Ad)? Of(MetricLevel level, string id, string? campaign)
    {
        if (level == MetricLevel.Campaign) return (campaign ?? id, null, null);
        var squad = level == MetricLevel.AdSet ? id : AdSquadOfAd.GetValueOrDefault(id);
        return squad is not null && (campaign ?? CampaignOfAdSquad.GetValueOrDefault(squad)) is { } known ? (known, squad, level == MetricLevel.Ad ? id : null) : null;
    }
}
