using System.Globalization;
using System.Text.Json;
using AdStudio.Core.Common;

namespace AdStudio.Web.Api.Reading;

/// <summary>
/// A JSON object that a program sent, read field by field. What is wrong is collected under its whole path, so that an answer names all of it at once.
/// A field that is null counts as left out.
/// </summary>
internal sealed class Given
{
    private readonly Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);
    private readonly string path;

    private Given(JsonElement? json, string path, List<FieldProblem> problems)
    {
        (this.path, Problems) = (path, problems);
        if (json is not { ValueKind: JsonValueKind.Object } whole) return;
        Raw = whole;
        try
        {
            foreach (var field in whole.EnumerateObject())
                if (field.Value.ValueKind != JsonValueKind.Null) fields[field.Name] = field.Value;
        }
        catch (InvalidOperationException)
        {
            Problems.Add(new(path, "A name in it holds characters that are no Unicode."));
        }
    }

    public static Given Of(JsonElement json) => new(json, "", []);
    public static Given Empty() => new(null, "", []);

    /// <summary>All that was found wrong so far, in this object and in those inside it.</summary>
    public List<FieldProblem> Problems { get; }
    public JsonElement? Raw { get; }

    public bool Has(string name) => fields.ContainsKey(name);
    public bool HasAny(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (fields.ContainsKey(name)) return true;
        return false;
    }

    public void Wrong(string name, string message) => Problems.Add(new(PathOf(name), message));

    /// <summary>What was found wrong, as an answer; null when nothing was.</summary>
    public ApiProblem? Refusal() => Problems.Count == 0 ? null : ApiProblem.Of(new InvalidError(Problems));

    public string? Text(string name, int max, bool required = false)
    {
        if (!Take(name, required, out var json)) return null;
        return TextOf(json, name, max) is not { } text ? null
            : required && string.IsNullOrWhiteSpace(text) ? Missing<string>(name)
            : text;
    }

    public decimal? Number(string name, decimal min, decimal max, bool required = false)
    {
        if (!Take(name, required, out var json)) return null;
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetDecimal(out var number)) return Wrong<decimal?>(name, "should be a number");
        return number < min || number > max ? Wrong<decimal?>(name, string.Create(CultureInfo.InvariantCulture, $"should be a number from {min} to {max}")) : number;
    }

    public long? Whole(string name, long min, long max, bool required = false)
    {
        if (!Take(name, required, out var json)) return null;
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetInt64(out var number)) return Wrong<long?>(name, "should be a whole number");
        return number < min || number > max ? Wrong<long?>(name, string.Create(CultureInfo.InvariantCulture, $"should be a whole number from {min} to {max}")) : number;
    }

    public bool? Flag(string name, bool required = false)
    {
        if (!Take(name, required, out var json)) return null;
        return json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : Wrong<bool?>(name, "should be true or false");
    }

    public Guid? Id(string name, string prefix, bool required = false)
    {
        if (!Take(name, required, out var json)) return null;
        return json.ValueKind == JsonValueKind.String && TextOf(json, name, 64) is { } text && PublicId.TryParse(prefix, text, out var id) ? id : Wrong<Guid?>(name, "should be an id");
    }

    /// <summary>One of several words, whatever their case.</summary>
    public T? Word<T>(string name, IReadOnlyDictionary<string, T> words, bool required = false) where T : struct
    {
        if (!Take(name, required, out var json)) return null;
        return WordOf(json, name, words);
    }

    public IReadOnlyList<T>? Words<T>(string name, IReadOnlyDictionary<string, T> words, bool required = false) where T : struct =>
        List<T>(name, words.Count * 2, required, (json, field) => WordOf(json, field, words));

    public IReadOnlyList<string>? Texts(string name, int maxCount, int maxLength, bool required = false) =>
        List<string>(name, maxCount, required, (json, field) => TextOf(json, field, maxLength) is not { } text ? null : text.Length == 0 ? Wrong<string>(field, "should not be empty") : text);

    /// <summary>A text, or several.</summary>
    public IReadOnlyList<string>? TextOrTexts(string name, int maxCount, int maxLength) =>
        fields.TryGetValue(name, out var json) && json.ValueKind == JsonValueKind.String ? (TextOf(json, name, maxLength) is { } one ? [one] : null) : Texts(name, maxCount, maxLength);

    public Given? Object(string name, bool required = false)
    {
        if (!Take(name, required, out var json)) return null;
        return json.ValueKind == JsonValueKind.Object ? new Given(json, PathOf(name), Problems) : Wrong<Given>(name, "should be an object");
    }

    /// <summary>The names of this object's fields with their texts: for maps.</summary>
    public IEnumerable<(string Name, string Value)> Entries(int maxLength)
    {
        foreach (var (name, json) in fields)
            if (TextOf(json, name, maxLength) is { } text) yield return (name, text);
    }

    /// <summary>Objects, each read by <paramref name="read"/>; a bare text among them by <paramref name="readText"/>.</summary>
    public IReadOnlyList<T>? Objects<T>(string name, int maxCount, Func<Given, T?> read, Func<string, T>? readText = null) where T : class =>
        List<T>(name, maxCount, false, (json, field) =>
            json.ValueKind == JsonValueKind.Object ? read(new Given(json, PathOf(field), Problems))
            : json.ValueKind == JsonValueKind.String && readText is not null ? (TextOf(json, field, 512) is { } text ? readText(text) : null)
            : Wrong<T>(field, "should be an object"));

    /// <summary>
    /// A moment: with its offset an instant, without one the local time of whatever zone the request names.
    /// </summary>
    public (DateTimeOffset? Instant, DateTime? Local) Moment(string name, bool required = false)
    {
        if (!Take(name, required, out var json)) return default;
        if (TextOf(json, name, 64) is not { } text) return default;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read) || text.Length < 10 || !char.IsAsciiDigit(text[0]) || text[4] != '-')
            return Wrong<(DateTimeOffset?, DateTime?)>(name, "should be a time such as 2026-11-24T00:00:00Z");
        if (read.Year is < 2000 or > 2100) return Wrong<(DateTimeOffset?, DateTime?)>(name, "should lie between 2000 and 2100");
        if (read.Kind == DateTimeKind.Unspecified) return (null, read);
        return (DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime(), null);
    }

    /// <summary>Whole numbers; digits in quotes count as such.</summary>
    public IReadOnlyList<long>? Wholes(string name, int maxCount, long min, long max) => List<long>(name, maxCount, false, (json, field) =>
    {
        long number = 0;
        var isNumber = json.ValueKind == JsonValueKind.Number ? json.TryGetInt64(out number) : json.ValueKind == JsonValueKind.String && long.TryParse(json.GetRawText().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return isNumber && number >= min && number <= max ? number : Wrong<object>(field, string.Create(CultureInfo.InvariantCulture, $"should be a whole number from {min} to {max}"));
    });

    private IReadOnlyList<T>? List<T>(string name, int maxCount, bool required, Func<JsonElement, string, object?> read)
    {
        if (!Take(name, required, out var json)) return null;
        if (json.ValueKind != JsonValueKind.Array) return Wrong<IReadOnlyList<T>>(name, "should be a list");
        if (json.GetArrayLength() > maxCount) return Wrong<IReadOnlyList<T>>(name, $"should have at most {maxCount} entries");
        if (required && json.GetArrayLength() == 0) return Wrong<IReadOnlyList<T>>(name, "should not be empty");
        List<T> list = [];
        foreach (var (index, entry) in json.EnumerateArray().Index())
            if (read(entry, $"{name}[{index}]") is T value) list.Add(value);
        return list;
    }

    private T? WordOf<T>(JsonElement json, string name, IReadOnlyDictionary<string, T> words) where T : struct
    {
        if (TextOf(json, name, 64) is not { } text) return null;
        return words.TryGetValue(text.Trim().ToLowerInvariant(), out var value) ? value : Wrong<T?>(name, $"should be one of {string.Join(", ", words.Keys)}");
    }

    private string? TextOf(JsonElement json, string name, int max)
    {
        if (json.ValueKind != JsonValueKind.String) return Wrong<string>(name, "should be a text");
        string text;
        try
        {
            text = json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Wrong<string>(name, "holds characters that are no Unicode");
        }
        return text.Length > max ? Wrong<string>(name, $"should have at most {max} characters")
            : text.Contains('\0', StringComparison.Ordinal) ? Wrong<string>(name, "holds a character that can't be kept")
            : text;
    }

    private bool Take(string name, bool required, out JsonElement json)
    {
        if (fields.TryGetValue(name, out json)) return true;
        if (required) Missing<object>(name);
        return false;
    }

    private T? Missing<T>(string name) where T : class => Wrong<T>(name, "should not be empty");

    // "budget.amount should be a number": the sentence names its field, as seed 002 does.
    private T? Wrong<T>(string name, string what)
    {
        Problems.Add(new(PathOf(name), $"{PathOf(name)} {what}"));
        return default;
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
