using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdStudio.Tests.Platforms.Conformance;

/// <summary>One thing that can be asked of a platform.</summary>
/// <param name="Path">Below the base address, with {names} for what varies; outside of it after a "~".</param>
internal sealed record Operation(string Method, string Path)
{
    public Shape Query { get; init; } = new(ShapeKind.Object);

    /// <summary>Null where it takes no form. A JSON body is held against it where there is no <see cref="Body"/>.</summary>
    public Shape? Form { get; set; }
    public Shape? Body { get; set; }

    /// <summary>Null where nothing is said of it.</summary>
    public Shape? Answer { get; set; }

    /// <summary>Parts of the form that are files.</summary>
    public HashSet<string> Files { get; init; } = [];

    /// <summary>Headers that it must carry.</summary>
    public HashSet<string> Headers { get; init; } = [];

    private Regex? pattern;

    /// <summary>How many characters of the path are spelled out, or null when it is another path.</summary>
    public int? Fit(string path) => (pattern ??= new Regex("^" + Regex.Replace(Regex.Escape(Path), @"\\\{[^{}]+}", "[^/]+") + "$")).IsMatch(path) ? Regex.Replace(Path, @"\{[^{}]+\}", "").Length : null;

    /// <summary>The path whatever its placeholders are called.</summary>
    public string Plain => Regex.Replace(Path, @"\{[^{}]+\}", "{}");
}

/// <summary>What is known of a platform's API: the common denominator of the formats in which platforms publish it.</summary>
internal sealed record ApiFacts(string Source, List<Operation> Operations, Dictionary<string, Shape> Types)
{
    /// <summary>What every call may have in its query.</summary>
    public Shape Everywhere { get; init; } = new(ShapeKind.Object);

    /// <summary>Headers that every call below the base address must carry.</summary>
    public HashSet<string> Headers { get; init; } = [];

    /// <summary>What a refusal looks like; null when nothing is said of it.</summary>
    public Shape? Error { get; set; }

    /// <summary>What is wrong with a request, in words.</summary>
    public IReadOnlyList<string> CheckRequest(RecordedCall call)
    {
        var found = Matching(call);
        if (found.Count == 0) return [$"{call.Method} {RecordedCall.Plain(call.Path)} is not among its calls"];
        return Named(call, found.Select(operation => Check(operation, call)).MinBy(p => p.Count)!);
    }

    /// <summary>What is wrong with the answer, in words.</summary>
    public IReadOnlyList<string> CheckResponse(RecordedCall call)
    {
        if (Parse(call.Answer) is not { } body) return call.Answer.Length == 0 ? [] : Named(call, ["answered no JSON"]);
        if (call.Status >= 400) return Named(call, Error?.Check(body, "error", isAnswer: true) ?? []);
        var found = Matching(call);
        return found.Count == 0 ? [] : Named(call, found.Select(o => o.Answer?.Check(body, "answer", isAnswer: true) ?? []).MinBy(p => p.Count)!);
    }

    /// <summary>The one that describes a call best; null when there is none of its path.</summary>
    public Operation? Describing(RecordedCall call) => Matching(call).MinBy(o => Check(o, call).Count);

    /// <summary>Those of the path that spell out the most of it.</summary>
    private List<Operation> Matching(RecordedCall call) => Operations.Where(o => o.Method == call.Method && o.Fit(call.Path) is not null).GroupBy(o => o.Fit(call.Path)).MaxBy(g => g.Key)?.ToList() ?? [];

    private List<string> Check(Operation operation, RecordedCall call)
    {
        var problems = new List<string>();
        CheckPairs(call.Query, operation.Query, "query", Everywhere, problems);
        problems.AddRange(operation.Headers.Concat(call.Path.StartsWith('~') ? [] : Headers).Where(h => !call.Headers.ContainsKey(h)).Select(h => $"the header {h} is missing"));

        if (call.Form is { } form)
        {
            if (operation.Form is null && operation.Files.Count == 0) problems.Add("takes no form");
            else CheckPairs(form, operation.Form ?? new(ShapeKind.Object), "form", null, problems);
            problems.AddRange(call.Files.Except(operation.Files).Select(f => $"the file {f} is no part of it"));
        }
        else if (call.Body.Length > 0 && !call.IsBinary)
        {
            if (Parse(call.Body) is not { } body) problems.Add("the body is no JSON");
            else if ((operation.Body ?? operation.Form) is { } shape) problems.AddRange(shape.Check(body, "body", isAnswer: false));
            else problems.Add("takes no body");
        }
        else if (operation.Body is { Required.Count: > 0 }) problems.Add("the body is missing");
        else if (operation.Form is { } wanted) problems.AddRange(wanted.Required.Select(name => $"form.{name} is missing"));
        return problems;
    }

    private static void CheckPairs(IReadOnlyList<KeyValuePair<string, string>> pairs, Shape shape, string at, Shape? everywhere, List<string> problems)
    {
        problems.AddRange(shape.Required.Where(name => pairs.All(p => p.Key != name)).Select(name => $"{at}.{name} is missing"));
        foreach (var (name, text) in pairs)
            if (shape.Fields.TryGetValue(name, out var field) || everywhere?.Fields.TryGetValue(name, out field) == true) problems.AddRange(field!.CheckText(text, $"{at}.{name}"));
            else if (shape.Others is null) problems.Add($"{at}.{name} is no parameter of it");
    }

    private static IReadOnlyList<string> Named(RecordedCall call, IEnumerable<string> problems) => [.. problems.Select(p => $"{call.Method} {RecordedCall.Plain(call.Path)}: {p}")];

    private static JsonNode? Parse(string text)
    {
        try { return text.Length == 0 ? null : JsonNode.Parse(text); }
        catch (JsonException) { return null; }
    }
}
