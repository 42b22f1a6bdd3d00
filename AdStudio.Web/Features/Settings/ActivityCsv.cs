using System.Globalization;
using System.Security.Claims;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Upkeep;
using AdStudio.Web.Shared.History;
using CsvHelper;

namespace AdStudio.Web.Features.Settings;

/// <summary>The audit as CSV: what the page's filters show, for whoever is signed in and as far as they may see it. A record for each changed field, written as it is read.</summary>
internal static class ActivityCsv
{
    public const string Path = "/activity/export.csv";

    /// <summary>Lines of the audit in one file.</summary>
    public const int Most = 50_000;

    /// <summary>Texts that a spreadsheet would run as a formula get an apostrophe in front; the byte order mark tells it that this is UTF-8.</summary>
    private static readonly CsvWriterOptions Format = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    private static readonly string[] Heads = ["At (UTC)", "Who", "Kind of actor", "Through", "Did", "To", "Name", "Id", "Workspace", "Verdict", "Field", "Before", "After"];

    public static WebApplication MapActivity(this WebApplication app)
    {
        app.MapGet(Path, AnswerAsync).RequireAuthorization().ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, FindActor find, ReadAudit read, TimeProvider time, CancellationToken ct)
    {
        var actor = Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var person) ? await find.RunAsync(person, "page", ct) : null;
        if (actor is null) return Results.Unauthorized();
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(http.Request.Query["zone"].ToString(), out var named) ? named : TimeZoneInfo.Utc;
        var filter = ActivityUrl.Of(name => http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null).Filter(zone, time.GetUtcNow());
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(stream => WriteAsync(stream, actor, filter, read, Most, ct), "text/csv; charset=utf-8", "adstudio-activity.csv");
    }

    public static async Task WriteAsync(Stream stream, Actor actor, HistoryFilter filter, ReadAudit read, int most, CancellationToken ct)
    {
        HistoryCursor? next = null;
        var written = 0;
        do
        {
            var page = await read.RunAsync(actor, filter with { After = next, Limit = Math.Min(ReadAudit.MaxLimit, most - written) }, ct);
            next = page.Next;
            written += page.Lines.Count;
            var isFirst = written == page.Lines.Count;
            var isCut = next is not null && written >= most;
            await stream.WriteAsync(Write(page, isFirst, isCut ? most : null), ct);
            await stream.FlushAsync(ct);
        } while (next is not null && written < most);
    }

    /// <param name="cutAt">How many lines there are, when more would have followed.</param>
    public static byte[] Write(AuditPage page, bool withHead, int? cutAt = null)
    {
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, withHead ? Format : Format with { WriteByteOrderMark = false }, leaveOpen: true))
        {
            if (withHead) Record(csv, Heads);
            foreach (var line in page.Lines)
            {
                var fields = FieldWords.Of(line.Item, line.Currency, page.Names, TimeZoneInfo.Utc);
                foreach (var field in fields.Count == 0 ? [new FieldLine("", null, null)] : fields)
                {
                    var item = line.Item;
                    var (before, after) = field.Plain;
                    Record(csv,
                    [
                        item.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), item.ActorName, AuditWords.Kind(item.ActorKind), AuditWords.Via(item.Via), item.Verb, HistoryWords.SubjectOf(item.Subject),
                        item.SubjectName, item.SubjectId.ToString(), line.WorkspaceName ?? "", line.VerdictId ?? "", field.Field, before, after,
                    ]);
                }
            }
            if (cutAt is { } lines) Record(csv, [string.Create(CultureInfo.InvariantCulture, $"Only the newest {lines} lines are here. Narrow the filters, for instance by days, to get the older ones."), .. Enumerable.Repeat("", Heads.Length - 1)]);
        }
        return stream.ToArray();
    }

    private static void Record(CsvWriter csv, string[] cells)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        csv.EndRecord();
    }
}
