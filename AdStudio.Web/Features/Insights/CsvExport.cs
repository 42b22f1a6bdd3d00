using System.Globalization;
using System.Security.Claims;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Web.App;
using CsvHelper;

namespace AdStudio.Web.Features.Insights;

/// <summary>The campaigns' numbers as CSV: the same rows that the page's filters show, for whoever is signed in.</summary>
internal static class CsvExport
{
    public const string Path = "/insights/export.csv";

    /// <summary>Texts that a spreadsheet would run as a formula get an apostrophe in front; the byte order mark tells it that this is UTF-8.</summary>
    private static readonly CsvWriterOptions Format = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    public static string Href(Guid workspaceId, NumbersUrl url, string? currency, Guid? campaignId = null, Division? by = null) => Urls.With(Path,
        ("ws", workspaceId), ("range", url.Range), ("on", url.Platforms.Count == 0 ? null : string.Join(',', url.Platforms.Select(p => p.Wire()))), ("currency", currency), ("campaign", campaignId), ("by", by?.ToString().ToLowerInvariant()));

    public static async Task<IResult> AnswerAsync(
        HttpContext http, FindActor find, ListCampaignNumbers list, GetBreakdown breakdown, DivideNumbers divide, Guid? ws, string? range, string? on, string? currency, Guid? campaign, string? by, CancellationToken ct)
    {
        var actor = Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var person) ? await find.RunAsync(person, "page", ct) : null;
        if (actor is null) return Results.Unauthorized();
        var choice = RangeChoice.Default;
        if (range is not null && !RangeChoice.TryParse(range, out choice)) return Results.BadRequest();

        var query = new NumbersQuery
        {
            WorkspaceId = ws, Range = choice, Compare = false,
            Platforms = [.. (on ?? "").Split(',').Select(word => PlatformNames.TryParse(word, out var platform) ? platform : (Platform?)null).OfType<Platform>()],
        };
        Division? division = Enum.TryParse<Division>(by, true, out var named) && Enum.IsDefined(named) ? named : null;
        if (by is not null && division is null) return Results.BadRequest();
        var answer = division is { } parted ? await DividedAsync(actor, campaign, query with { Convert = true }, parted, currency, divide, ct) : campaign is { } id ? await PartsAsync(actor, id, query, breakdown, ct) : await CampaignsAsync(actor, query, currency, list, ct);
        if (!answer.TryGet(out var rows, out var refusal)) return refusal is InvalidError ? Results.BadRequest() : Results.NotFound();

        http.Response.Headers.CacheControl = "no-store";
        return Results.File(Write(rows), "text/csv; charset=utf-8", $"adstudio-numbers-{choice.ToString().Replace("..", "-", StringComparison.Ordinal)}.csv");
    }

    /// <summary>Figures stand bare, with their unit in the head of the column.</summary>
    public static byte[] Write(IEnumerable<CsvRow> rows)
    {
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, Format, leaveOpen: true))
        {
            foreach (var head in new[]
            {
                "Campaign", "Level", "Name", "Platform", "First day", "Last day", "Currency", "Spend (currency units)", "Impressions", "Clicks", "CTR (%)", "CPC (currency units)", "CPM (currency units)",
                "Conversions", "CPA (currency units)", "Conversion value (currency units)", "ROAS (value per spend)", "Read at (UTC)", "Spend before conversion",
            }) csv.WriteField(head);
            csv.EndRecord();
            foreach (var row in rows) Write(csv, row);
        }
        return stream.ToArray();
    }

    private static void Write(CsvWriter csv, CsvRow row)
    {
        foreach (var text in new[] { row.Campaign, row.Level, row.Name, row.Platform }) csv.WriteField(text);
        foreach (var day in new[] { row.Range.From, row.Range.To }) csv.WriteField(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        csv.WriteField(row.Currency);
        var digits = Currencies.Digits(row.Currency);
        Figure(row.Sums?.SpendMicros / 1_000_000m, digits);
        Figure(row.Sums?.Impressions, 0);
        Figure(row.Sums?.Clicks, 0);
        Figure(row.Sums?.Ctr * 100, 4);
        Figure(row.Sums?.CpcMicros / 1_000_000m, digits);
        Figure(row.Sums?.CpmMicros / 1_000_000m, digits);
        Figure(row.Sums?.Conversions, 2);
        Figure(row.Sums?.CpaMicros / 1_000_000m, digits);
        Figure(row.Sums?.ValueMicros / 1_000_000m, digits);
        Figure(row.Sums?.Roas, 4);
        csv.WriteField(row.ReadAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        csv.WriteField(row.Original);
        csv.EndRecord();

        // No figure is an empty cell, never 0.
        void Figure(decimal? value, int decimals) => csv.WriteField(value is { } v ? Math.Round(v, decimals, MidpointRounding.AwayFromZero) : (decimal?)null);
    }

    private static async Task<Result<List<CsvRow>>> CampaignsAsync(Actor actor, NumbersQuery query, string? currency, ListCampaignNumbers list, CancellationToken ct)
    {
        List<CsvRow> rows = [];
        // With the workspace's reporting currency the rows are what the page shows; another currency was asked for by itself.
        var first = await list.RunAsync(actor, new CampaignNumbersQuery { Numbers = query with { Convert = true }, Limit = 1 }, ct);
        if (first.TryGet(out var look, out _) && look.Conversion is { From.Count: > 0 } conversion && (currency is null || !conversion.From.Contains(currency))) query = query with { Convert = true };
        while (true)
        {
            var answer = await list.RunAsync(actor, new CampaignNumbersQuery { Numbers = query, Currency = currency, Offset = rows.Count, Limit = 500 }, ct);
            if (!answer.TryGet(out var page, out var refusal)) return Result<List<CsvRow>>.Refused(refusal);
            rows.AddRange(page.Rows.Items.Select(r => new CsvRow(r.Name, "Campaign", r.Name, string.Join(" + ", r.Platforms.Select(p => p.Platform)), page.Range, r.Currency, r.Sums, r.AsOf)
            {
                Original = string.Join(" + ", r.Originals.Select(o => new Money(o.Value.SpendMicros, o.Key).ToString())),
            }));
            if (!page.Rows.HasMore) return rows;
        }
    }

    private static async Task<Result<List<CsvRow>>> DividedAsync(Actor actor, Guid? campaignId, NumbersQuery query, Division by, string? currency, DivideNumbers divide, CancellationToken ct)
    {
        var answer = await divide.RunAsync(actor, query, by, campaignId, ct);
        // A currency that was converted was asked for by itself.
        if (answer.TryGet(out var all, out _) && currency is not null && all.Conversion?.From.Contains(currency) == true) answer = await divide.RunAsync(actor, query with { Convert = false }, by, campaignId, ct);
        if (!answer.TryGet(out var divided, out var refusal)) return Result<List<CsvRow>>.Refused(refusal);
        return divided.Currencies.Where(c => currency is null || c.Currency == currency)
            .SelectMany(c => c.Rows.Select(r => new CsvRow("", DivisionWords.Head(by), DivisionWords.Of(by, r.Key), string.Join(" + ", r.Platforms), divided.Range, c.Currency, r.Sums, divided.AsOf))).ToList();
    }

    private static async Task<Result<List<CsvRow>>> PartsAsync(Actor actor, Guid campaignId, NumbersQuery query, GetBreakdown breakdown, CancellationToken ct)
    {
        var answer = await breakdown.RunAsync(actor, campaignId, query, ct);
        if (!answer.TryGet(out var parts, out var refusal)) return Result<List<CsvRow>>.Refused(refusal);
        return parts.Rows.SelectMany(Flat).Select(r => new CsvRow(parts.Name, r.Level switch { MetricLevel.Campaign => "Campaign", MetricLevel.AdSet => "Ad set", _ => "Ad" }, r.Name, r.Platform.ToString(), parts.Range, r.Currency, r.Sums, null)).ToList();

        static IEnumerable<BreakdownRow> Flat(BreakdownRow row) => row.Parts.SelectMany(Flat).Prepend(row);
    }
}

internal sealed record CsvRow(string Campaign, string Level, string Name, string Platform, DayRange Range, string Currency, MetricSums? Sums, DateTimeOffset? ReadAt)
{
    /// <summary>Spend as the platforms gave it, where it was converted.</summary>
    public string Original { get; init; } = "";
}
