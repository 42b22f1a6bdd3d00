using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using AdStudio.Core.Audiences;

namespace AdStudio.Web.Features.Audiences;

/// <summary>Reads the members out of a CSV file, a row at a time. Columns are found by their headings, or without headings by what is in them.</summary>
public static class MemberFile
{
    private const int MaxRow = 64 * 1024;
    private static readonly HashSet<string> EmailNames = ["email", "e-mail", "mail", "emailaddress", "e-mailaddress", "emailsha256", "hashedemail"];
    private static readonly HashSet<string> PhoneNames = ["phone", "phonenumber", "mobile", "mobilephone", "mobilenumber", "tel", "telephone", "cell"];

    private static readonly HashSet<string> ConsentNames = ["consent", "optin", "opt-in", "marketingconsent", "adconsent", "subscribed"];
    private static readonly HashSet<string> ConsentDateNames = ["consentdate", "consentat", "consenttime", "consentedat", "optindate", "optinat"];

    private sealed record Columns(int Email, int Phone, int Consent = -1, int ConsentAt = -1);

    public static async IAsyncEnumerable<MemberInput> ReadAsync(Stream content, [EnumeratorCancellation] CancellationToken ct)
    {
        using var text = new StreamReader(content, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        Columns? columns = null;
        await foreach (var row in RowsAsync(text, ct))
        {
            if (columns is null)
            {
                columns = ByHeading(row);
                if (columns is not null) continue;
                columns = ByContent(row);
            }
            yield return Member(row, columns);
        }
    }

    private static MemberInput Member(string[] row, Columns columns)
    {
        var (word, day) = (At(row, columns.Consent), At(row, columns.ConsentAt));
        var consent = ConsentWords.Read(word);
        var at = DateTimeOffset.TryParse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var told) ? told : (DateTimeOffset?)null;
        var problem = consent is null ? $"“{Short(word!)}” does not tell whether they agreed. Write yes, no, or nothing."
            : at is null && !string.IsNullOrWhiteSpace(day) ? $"“{Short(day)}” is not a date. Write it like 2026-06-15." : null;
        return new(At(row, columns.Email), At(row, columns.Phone), consent ?? MemberConsent.NotTold, at) { Problem = problem };
    }

    private static Columns? ByHeading(string[] row)
    {
        var names = Array.ConvertAll(row, cell => cell.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant());
        var (email, phone) = (Array.FindIndex(names, EmailNames.Contains), Array.FindIndex(names, PhoneNames.Contains));
        return email < 0 && phone < 0 ? null : new(email, phone, Array.FindIndex(names, ConsentNames.Contains), Array.FindIndex(names, ConsentDateNames.Contains));
    }

    private static Columns ByContent(string[] row)
    {
        var email = Array.FindIndex(row, cell => cell.Contains('@', StringComparison.Ordinal) || cell.Length == 64);
        var phone = Array.FindIndex(row, cell => cell.Length > 0 && (cell[0] == '+' || cell.StartsWith("00", StringComparison.Ordinal)));
        return new(email < 0 && phone < 0 ? 0 : email, phone);
    }

    /// <summary>Enough of a cell to know it by; whoever wrote an address there should not find it whole on the screen.</summary>
    private static string Short(string cell) => cell.Length > 20 ? cell[..20] + "…" : cell;

    private static string? At(string[] row, int column) => column >= 0 && column < row.Length ? row[column] : null;

    /// <summary>Rows of cells, as RFC 4180 has them; the separator is the one that the first row uses most. A row is held to a length, so that a file that is none costs no memory.</summary>
    private static async IAsyncEnumerable<string[]> RowsAsync(StreamReader text, [EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = new char[8192];
        var row = new StringBuilder();
        var quoted = false;
        char? separator = null;
        for (int got; (got = await text.ReadAsync(buffer, ct)) > 0;)
        {
            for (var i = 0; i < got; i++)
            {
                var c = buffer[i];
                if (c == '"') quoted = !quoted;
                if (c is not ('\n' or '\r') || quoted)
                {
                    if (row.Length >= MaxRow) throw new InvalidDataException("A row is too long.");
                    row.Append(c);
                    continue;
                }
                if (row.Length > 0) yield return Cells(row.ToString(), separator ??= SeparatorOf(row.ToString()));
                row.Clear();
            }
        }
        if (row.Length > 0) yield return Cells(row.ToString(), separator ?? SeparatorOf(row.ToString()));
    }

    private static char SeparatorOf(string row) => ",;\t|".MaxBy(c => row.Count(one => one == c));

    private static string[] Cells(string row, char separator)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < row.Length; i++)
        {
            var c = row[i];
            if (c == '"' && quoted && i + 1 < row.Length && row[i + 1] == '"') { cell.Append('"'); i++; }
            else if (c == '"') quoted = !quoted;
            else if (c == separator && !quoted) { cells.Add(cell.ToString().Trim()); cell.Clear(); }
            else cell.Append(c);
        }
        cells.Add(cell.ToString().Trim());
        return [.. cells];
    }
}
