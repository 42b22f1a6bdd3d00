using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdStudio.Tests.Platforms.Conformance;

/// <summary>Digits: a whole number written as text, as Google writes 64 bits.</summary>
internal enum ShapeKind { Any, String, Digits, Integer, Number, Boolean, Object, List }

/// <summary>What a platform says of a value: its type, its fields, its values. A class, so that a type may hold itself.</summary>
internal sealed class Shape(ShapeKind kind)
{
    private const int MostProblems = 30;

    public static Shape Any => new(ShapeKind.Any);

    public ShapeKind Kind { get; set; } = kind;
    public Dictionary<string, Shape> Fields { get; } = [];
    public HashSet<string> Required { get; } = [];

    /// <summary>Fields that only answers have.</summary>
    public HashSet<string> OutputOnly { get; } = [];

    /// <summary>Fields that a table adds to what the platform's document says.</summary>
    public HashSet<string> Beyond { get; } = [];

    /// <summary>What fields with other names are; null when there are no others.</summary>
    public Shape? Others { get; set; }
    public Shape? Items { get; set; }

    /// <summary>The only values there are; null when any will do.</summary>
    public HashSet<string>? Values { get; set; }

    /// <summary>It is one of these instead.</summary>
    public List<Shape> Either { get; } = [];
    public bool IsNullable { get; set; }

    /// <summary>What is wrong with a value of JSON, in words.</summary>
    public List<string> Check(JsonNode? value, string at, bool isAnswer)
    {
        var problems = new List<string>();
        Check(value, at, isAnswer, problems);
        return problems;
    }

    private void Check(JsonNode? value, string at, bool isAnswer, List<string> problems)
    {
        if (problems.Count >= MostProblems) return;
        if (value is null)
        {
            if (!isAnswer && !IsNullable && Kind != ShapeKind.Any) problems.Add($"{at} is null");
            return;
        }
        if (Either.Count > 0)
        {
            var best = Either.Select(e => e.Check(value, at, isAnswer)).MinBy(p => p.Count)!;
            problems.AddRange(best);
            return;
        }
        switch (Kind)
        {
            case ShapeKind.Any: break;
            case ShapeKind.Object when value is JsonObject o: CheckFields(o, at, isAnswer, problems); break;
            case ShapeKind.List when value is JsonArray list:
                for (var i = 0; i < list.Count && Items is not null; i++) Items.Check(list[i], $"{at}[{i}]", isAnswer, problems);
                break;
            default:
                if (value is not JsonValue plain || !IsOf(plain)) problems.Add($"{at} is {Shown(value)}, which is no {Name}");
                else if (Values is not null && !Values.Contains(value.ToString())) problems.Add($"{at} is {Shown(value)}, which is none of {Some(Values)}");
                break;
        }
    }

    private void CheckFields(JsonObject value, string at, bool isAnswer, List<string> problems)
    {
        foreach (var name in Required.Where(n => !value.ContainsKey(n) && (isAnswer || !OutputOnly.Contains(n)))) problems.Add($"{at}.{name} is missing");
        foreach (var (name, inner) in value)
            if (Fields.TryGetValue(name, out var shape))
            {
                if (!isAnswer && OutputOnly.Contains(name)) problems.Add($"{at}.{name} is only for answers");
                shape.Check(inner, $"{at}.{name}", isAnswer, problems);
            }
            else if (Others is not null) Others.Check(inner, $"{at}.{name}", isAnswer, problems);
            else problems.Add($"{at}.{name} is no field of it");
    }

    private bool IsOf(JsonValue value) => (Kind, value.GetValueKind()) switch
    {
        (ShapeKind.String, JsonValueKind.String) => true,
        (ShapeKind.Digits, JsonValueKind.String) => long.TryParse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        (ShapeKind.Boolean, JsonValueKind.True or JsonValueKind.False) => true,
        (ShapeKind.Number, JsonValueKind.Number) => true,
        (ShapeKind.Integer, JsonValueKind.Number) => decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number),
        _ => false,
    };

    /// <summary>What is wrong with a value in a query or a form: nested values are JSON texts there, lists also parts between commas.</summary>
    public List<string> CheckText(string text, string at)
    {
        if (Either.Count > 0) return Either.Select(e => e.CheckText(text, at)).MinBy(p => p.Count)!;
        if (Kind is ShapeKind.Object || Kind is ShapeKind.List && text.StartsWith('['))
            try { return Check(JsonNode.Parse(text), at, isAnswer: false); }
            catch (JsonException) { return [$"{at} is \"{text}\", which is no JSON"]; }
        return Kind switch
        {
            ShapeKind.List => [.. text.Split(',').SelectMany(part => Items?.CheckText(part, at) ?? [])],
            ShapeKind.Integer or ShapeKind.Digits when !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => [$"{at} is \"{text}\", which is no {Name}"],
            ShapeKind.Number when !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => [$"{at} is \"{text}\", which is no {Name}"],
            ShapeKind.Boolean when text is not ("true" or "false") => [$"{at} is \"{text}\", which is no {Name}"],
            _ => Values is not null && !Values.Contains(text) ? [$"{at} is \"{text}\", which is none of {Some(Values)}"] : [],
        };
    }

    /// <summary>Takes over what a table adds to the platform's document.</summary>
    public void Add(Shape table, HashSet<Shape>? seen = null)
    {
        if (!(seen ??= []).Add(table)) return;
        foreach (var (name, shape) in table.Fields)
            if (table.Beyond.Contains(name))
            {
                Fields[name] = shape;
                OutputOnly.Remove(name);
            }
            else if (Fields.TryGetValue(name, out var mine)) mine.Add(shape, seen);
        if (table.Beyond.Contains("*")) Others = table.Others;
        if (table.Items is not null) Items?.Add(table.Items, seen);
    }

    /// <summary>What a table says of this value and the platform's document does not.</summary>
    public IEnumerable<string> Lacks(Shape table, string at, HashSet<(Shape, Shape)>? seen = null)
    {
        if (!(seen ??= []).Add((this, table)) || table.Kind == ShapeKind.Any && table.Either.Count == 0) return [];
        if (Either.Count > 0) return Either.Any(e => !e.Lacks(table, at, [.. seen]).Any()) ? [] : [$"{at} is none of what is published"];
        if (table.Either.Count > 0) return table.Either.SelectMany(e => Lacks(e, at, seen));
        if (Kind != table.Kind && (Kind, table.Kind) is not ((ShapeKind.Number, ShapeKind.Integer) or (ShapeKind.String, ShapeKind.Digits))) return [$"{at} is published as {Name}, not as {table.Name}"];
        var found = new List<string>();
        if (table.Values is not null && table.Values.Except(Values ?? []).ToList() is { Count: > 0 } unknown) found.Add($"{at} is not published with {Some(unknown)}");
        foreach (var (name, shape) in table.Fields.Where(f => !table.Beyond.Contains(f.Key)))
        {
            if (Fields.TryGetValue(name, out var mine)) found.AddRange(mine.Lacks(shape, $"{at}.{name}", seen));
            else found.Add($"{at}.{name} is not published");
            if (table.Required.Contains(name) && !Required.Contains(name)) found.Add($"{at}.{name} is not published as required");
        }
        if (table.Items is not null && Items is not null) found.AddRange(Items.Lacks(table.Items, at + "[]", seen));
        return found;
    }

    private string Name => Kind.ToString().ToLowerInvariant();
    private static string Some(IEnumerable<string> values) => values.ToList() is { Count: > 12 } many ? string.Join(", ", many.Take(12)) + " …" : string.Join(", ", values);
    private static string Shown(JsonNode value) => value.ToJsonString() is { Length: > 80 } text ? text[..80] + "…" : value.ToJsonString();
}
