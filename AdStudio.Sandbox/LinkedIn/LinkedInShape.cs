using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>What may stand in a body: unknown names, missing fields, wrong types and words that are none are refused before anything else is looked at.</summary>
internal sealed class LinkedInShape
{
    private readonly Dictionary<string, (bool Required, Func<JsonNode?, string, IEnumerable<LinkedInProblem>> Check)> fields = [];

    public static readonly LinkedInShape Money = new LinkedInShape().With("amount!", Decimal).With("currencyCode!", Text(3));
    public static readonly LinkedInShape Schedule = new LinkedInShape().With("start!", Whole).With("end", Whole);

    /// <param name="name">With a "!" where it must be there.</param>
    public LinkedInShape With(string name, Func<JsonNode?, string, IEnumerable<LinkedInProblem>> check)
    {
        fields[name.TrimEnd('!')] = (name.EndsWith('!'), check);
        return this;
    }

    public LinkedInShape With(string name, LinkedInShape inner) => With(name, inner.Check);

    /// <param name="partial">A patch: nothing has to be there.</param>
    public List<LinkedInProblem> Check(JsonNode? value, bool partial) => value is JsonObject body ? [.. Fields(body, "", partial)] : [LinkedInProblem.Wrong("/", value)];

    public IEnumerable<LinkedInProblem> Check(JsonNode? value, string path) => value is JsonObject body ? Fields(body, path, partial: false) : [LinkedInProblem.Wrong(path, value)];

    private IEnumerable<LinkedInProblem> Fields(JsonObject body, string path, bool partial)
    {
        foreach (var (name, (required, _)) in fields)
            if (required && !partial && !body.ContainsKey(name)) yield return LinkedInProblem.Missing($"{path}/{name}");
        foreach (var (name, value) in body)
            if (!fields.TryGetValue(name, out var field)) yield return LinkedInProblem.Unknown($"{path}/{name}");
            else foreach (var problem in field.Check(value, $"{path}/{name}")) yield return problem;
    }

    public static Func<JsonNode?, string, IEnumerable<LinkedInProblem>> Text(int most = 3000, bool blank = false) => (value, path) => !Is(value, out string text) ? [LinkedInProblem.Wrong(path, value)]
        : text.Trim().Length == 0 && !blank ? [new("INVALID_VALUE_BLANK_FIELD", path, $"{path} can't be blank")]
        : text.Length > most ? [new("FIELD_LENGTH_TOO_LONG", path, $"{path} length {text.Length} can't exceeded maximum {most} length")] : [];

    public static Func<JsonNode?, string, IEnumerable<LinkedInProblem>> OneOf(params string[] values) => (value, path) => Is(value, out string text) && values.Contains(text) ? [] : [LinkedInProblem.Wrong(path, value)];

    public static Func<JsonNode?, string, IEnumerable<LinkedInProblem>> Urn(params string[] kinds) => (value, path) =>
        Is(value, out string text) && kinds.Any(k => text.StartsWith(k + ":", StringComparison.Ordinal) && text.Length > k.Length + 1) ? [] : [LinkedInProblem.Wrong(path, value)];

    public static Func<JsonNode?, string, IEnumerable<LinkedInProblem>> ListOf(Func<JsonNode?, string, IEnumerable<LinkedInProblem>> item, int fewest = 0, int most = int.MaxValue) => (value, path) => value is not JsonArray list || list.Count < fewest || list.Count > most
        ? [LinkedInProblem.Wrong(path, value)] : list.SelectMany((v, i) => item(v, $"{path}/{i}"));

    public static IEnumerable<LinkedInProblem> Flag(JsonNode? value, string path) => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? [] : [LinkedInProblem.Wrong(path, value)];

    public static IEnumerable<LinkedInProblem> Whole(JsonNode? value, string path) => value?.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? [] : [LinkedInProblem.Wrong(path, value)];

    public static IEnumerable<LinkedInProblem> Decimal(JsonNode? value, string path) => Is(value, out string text) && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) ? [] : [LinkedInProblem.Wrong(path, value)];

    public static IEnumerable<LinkedInProblem> Web(JsonNode? value, string path) => Is(value, out string text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? [] : [LinkedInProblem.Wrong(path, value)];

    private static bool Is(JsonNode? value, out string text)
    {
        text = "";
        return value is JsonValue v && v.TryGetValue(out text!);
    }
}
