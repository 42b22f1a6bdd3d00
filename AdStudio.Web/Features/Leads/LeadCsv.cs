using System.Globalization;
using System.Security.Claims;
using AdStudio.Core.Accounts;
using AdStudio.Core.Leads;
using AdStudio.Web.App;
using CsvHelper;

namespace AdStudio.Web.Features.Leads;

/// <summary>The leads that the page's filters show, as CSV, for whoever is signed in and may see them. A column for each question.</summary>
internal static class LeadCsv
{
    public const string Path = "/leads/export.csv";

    private static readonly CsvWriterOptions Format = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    private static readonly string[] Heads = ["Lead", "Sent at (UTC)", "Platform", "Form", "Campaign", "Status", "Assigned to", "Name", "E-mail", "Phone"];

    public static string Href(LeadFilter filter) => Urls.With(Path, ("ws", filter.WorkspaceId), ("form", filter.FormId), ("status", filter.Status), ("who", filter.Assigned), ("q", filter.Search), ("archived", filter.Archived));

    public static async Task<IResult> AnswerAsync(HttpContext http, FindActor find, ListLeads list, Guid ws, Guid? form, LeadStatus? status, Guid? who, string? q, bool? archived, CancellationToken ct)
    {
        var actor = Guid.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var person) ? await find.RunAsync(person, "page", ct) : null;
        if (actor is null) return Results.Unauthorized();
        var rows = new List<LeadRow>();
        for (var offset = 0; ; offset += ListLeads.MaxLimit)
        {
            var answer = await list.RunAsync(actor, new LeadFilter(ws, form, status, who, q, archived, Offset: offset, Limit: ListLeads.MaxLimit), ct);
            if (!answer.TryGet(out var page, out _)) return Results.NotFound();
            rows.AddRange(page.Items);
            if (rows.Count >= page.Total || page.Items.Count == 0) break;
        }
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(Write(rows), "text/csv; charset=utf-8", "adstudio-leads.csv");
    }

    public static byte[] Write(IReadOnlyList<LeadRow> rows)
    {
        var questions = rows.SelectMany(r => r.Answers).Select(a => a.Question).Distinct().ToList();
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, Format, leaveOpen: true))
        {
            foreach (var head in Heads.Concat(questions)) csv.WriteField(head);
            csv.EndRecord();
            foreach (var row in rows)
            {
                foreach (var cell in new[]
                {
                    Core.Common.PublicId.Of("lead", row.Id), row.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), row.Platform.ToString(), row.FormName, row.CampaignName ?? "", row.Status.ToString(), row.AssignedToName ?? "",
                    row.Name, row.Email, row.Phone,
                }.Concat(questions.Select(q => string.Join(", ", row.Answers.Where(a => a.Question == q).Select(a => a.Value))))) csv.WriteField(cell);
                csv.EndRecord();
            }
        }
        return stream.ToArray();
    }
}
