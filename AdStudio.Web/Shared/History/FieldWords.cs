using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Web.Shared.Figures;

namespace AdStudio.Web.Shared.History;

/// <summary>One field as it was and as it became, in words; null for nothing. Of a list, what came and what went.</summary>
public sealed record FieldLine(string Field, string? Before, string? After)
{
    public IReadOnlyList<string> Added { get; init; } = [];
    public IReadOnlyList<string> Removed { get; init; } = [];
    public bool IsList => Added.Count > 0 || Removed.Count > 0;

    /// <summary>In one cell: what was, and what became of it.</summary>
    public (string Before, string After) Plain => IsList ? (string.Join(", ", Removed), string.Join(", ", Added)) : (Before ?? "", After ?? "");
}

/// <summary>Tells before and after field by field: documents down to what differs in them, money with its currency, ids by name where there is one.</summary>
public sealed partial class FieldWords(IReadOnlyDictionary<Guid, string> names, TimeZoneInfo zone)
{
    private const int Deepest = 8;
    private const int Longest = 300;

    // Said by the sentence and by the time that stand above.
    private static readonly HashSet<string> Silent = ["deletedAt", "createdAt", "createdById", "version"];

    // The campaign's row repeats of its specification what lists need.
    private static readonly HashSet<string> Repeated = ["objective", "budgetMicros", "budgetCurrency"];

    private readonly List<FieldLine> lines = [];

    public static IReadOnlyList<FieldLine> Of(HistoryItem item, string? currency, IReadOnlyDictionary<Guid, string> names, TimeZoneInfo zone)
    {
        var words = new FieldWords(names, zone);
        var isWhole = item.Changes.Any(c => c.Field == "spec");
        foreach (var change in item.Changes.Where(c => !Silent.Contains(c.Field) && !(isWhole && Repeated.Contains(c.Field)))) words.Walk(LabelOf(change.Field), change.Field, Read(change.Before), Read(change.After), currency, 0);
        return words.lines;
    }

    private void Walk(string label, string field, JsonElement? before, JsonElement? after, string? currency, int depth)
    {
        if (IsNothing(before) && IsNothing(after)) return;
        if (depth < Deepest && (IsA(before, JsonValueKind.Object) || IsA(after, JsonValueKind.Object)))
        {
            var within = CurrencyOf(after) ?? CurrencyOf(before) ?? currency;
            foreach (var name in NamesOf(before).Union(NamesOf(after))) Walk(label.Length == 0 ? LabelOf(name) : $"{label} › {LabelOf(name)}", name, Member(before, name), Member(after, name), within, depth + 1);
        }
        else if (IsA(before, JsonValueKind.Array) || IsA(after, JsonValueKind.Array)) WalkList(label, field, ItemsOf(before), ItemsOf(after), currency, depth);
        else if (Value(field, before, currency) is var was && Value(field, after, currency) is var became && was != became) lines.Add(new FieldLine(label, was, became));
    }

    private void WalkList(string label, string field, List<JsonElement> before, List<JsonElement> after, string? currency, int depth)
    {
        if (depth < Deepest && before.Concat(after).Any(i => i.ValueKind is JsonValueKind.Object or JsonValueKind.Array))
        {
            for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
            {
                var (was, became) = (i < before.Count ? before[i] : (JsonElement?)null, i < after.Count ? after[i] : (JsonElement?)null);
                Walk($"{label} {(i + 1).ToString(CultureInfo.InvariantCulture)}", field, was, became, currency, depth + 1);
            }
            return;
        }
        List<string> Words(List<JsonElement> items) => [.. items.Select(i => Value(field, i, currency) ?? "").Where(w => w.Length > 0)];
        var (old, now) = (Words(before), Words(after));
        List<string> added = [.. now.Except(old)], removed = [.. old.Except(now)];
        if (added.Count > 0 || removed.Count > 0) lines.Add(new FieldLine(label, null, null) { Added = added, Removed = removed });
        else if (!old.SequenceEqual(now)) lines.Add(new FieldLine(label, string.Join(", ", old), string.Join(", ", now)));
    }

    private string? Value(string field, JsonElement? value, string? currency) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.True } => "yes",
        { ValueKind: JsonValueKind.False } => "no",
        { ValueKind: JsonValueKind.Number } number when field.EndsWith("Micros", StringComparison.Ordinal) && number.TryGetInt64(out var micros) =>
            currency is { Length: 3 } ? Shown.Money(micros, currency) : Shown.Number(micros / 1_000_000m, 2) + " in the account's currency",
        { ValueKind: JsonValueKind.String } text => Text(text),
        { } other => Cut(other.ToString()),
    };

    private string? Text(JsonElement value)
    {
        var text = value.GetString() ?? "";
        if (text.Length == 0) return null;
        if (Guid.TryParseExact(text, "D", out var id)) return id == Guid.Empty ? null : names.GetValueOrDefault(id) ?? "…" + text[^8..];
        if (text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return Shown.Date(day);
        if (text.Length > 15 && text[10] == 'T' && value.TryGetDateTimeOffset(out var at)) return Shown.Exact(at, zone);
        return Cut(EnumWord().IsMatch(text) ? HistoryWords.Words(text) : text);
    }

    /// <summary>A text that is a document is read as one.</summary>
    private static JsonElement? Read(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String } text || text.GetString() is not { Length: > 1 } words || words[0] is not ('{' or '[')) return value;
        try { return JsonElement.Parse(words); }
        catch (JsonException) { return value; }
    }

    private static string LabelOf(string field) => field switch
    {
        "spec" => "",
        "externalId" => "Id on the platform",
        _ when field.EndsWith("Ids", StringComparison.Ordinal) => HistoryWords.Words(field[..^3] + "s"),
        _ => Label(field),
    };

    private static string Label(string field) => HistoryWords.Words(field.Length > 2 && field.EndsWith("Id", StringComparison.Ordinal) ? field[..^2] : field);

    private static bool IsA(JsonElement? value, JsonValueKind kind) => value?.ValueKind == kind;

    private static bool IsNothing(JsonElement? value) =>
        value is null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } || (value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0) || (value is { ValueKind: JsonValueKind.String } text && text.GetString()!.Length == 0);

    private static IEnumerable<string> NamesOf(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } document ? document.EnumerateObject().Select(p => p.Name) : [];

    private static JsonElement? Member(JsonElement? value, string name) => value is { ValueKind: JsonValueKind.Object } document && document.TryGetProperty(name, out var member) ? member : null;

    private static List<JsonElement> ItemsOf(JsonElement? value) => value is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : IsNothing(value) ? [] : [value!.Value];

    private static string? CurrencyOf(JsonElement? value) => Member(value, "currency") is { ValueKind: JsonValueKind.String } currency ? currency.GetString() : null;

    private static string Cut(string text) => text.Length <= Longest ? text : text[..(Longest - 1)] + "…";

    // "NeedsApproval": a word of ours, written together.
    [GeneratedRegex("^([A-Z][a-z]+){2,}$")]
    private static partial Regex EnumWord();
}
