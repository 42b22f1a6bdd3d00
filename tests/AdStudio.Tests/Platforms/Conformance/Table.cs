using System.Text.RegularExpressions;

namespace AdStudio.Tests.Platforms.Conformance;

/// <summary>Reads our own short lines about an API; Tables/README.md says how they are written.</summary>
internal sealed partial class Table
{
    private readonly Dictionary<string, Shape> types = [];
    private readonly HashSet<string> beyond = [];
    private readonly List<(Operation Operation, HashSet<string> Marks)> operations = [];
    private readonly Operation every = new("*", "*");
    private Shape? error;

    private Table(string text)
    {
        foreach (var block in Blocks(text))
            if (TypeLine().Match(block) is { Success: true } type)
            {
                Fill(Named(type.Groups[2].Value), new Words(block[type.Length..]));
                if (type.Groups[1].Length > 0) beyond.Add(type.Groups[2].Value);
            }
            else if (CallLine().Match(block) is { Success: true } call) Call(call, block[call.Length..]);
            else throw new FormatException($"This line of the table is neither a type nor a call: {block}");
        foreach (var (name, shape) in types)
            if (shape is { Kind: ShapeKind.Object, Fields.Count: 0, Others: null, Either.Count: 0 } && !filled.Contains(shape)) throw new FormatException($"The table does not say what {name} is.");
    }

    private readonly HashSet<Shape> filled = [];

    /// <summary>The table alone.</summary>
    public static ApiFacts Read(string text) => new Table(text).Facts();

    /// <summary>The platform's document with what the table adds to it.</summary>
    public static ApiFacts Read(string text, ApiFacts document)
    {
        var table = new Table(text);
        var facts = table.Facts();
        var all = document.Operations.ToList();
        foreach (var (name, shape) in table.types)
            if (document.Types.TryGetValue(name, out var published) && !table.beyond.Contains(name)) Become(shape, published);
        foreach (var (operation, marks) in table.operations)
            if (marks.Contains("call") || Published(document, operation) is not { Count: > 0 } published) all.Add(operation);
            else foreach (var one in published) Join(one, operation, marks);
        foreach (var (name, shape) in document.Everywhere.Fields) facts.Everywhere.Fields.TryAdd(name, shape);
        return facts with { Source = document.Source, Operations = all, Error = facts.Error ?? document.Error };
    }

    /// <summary>What the table says that the platform's document does not say.</summary>
    public static IReadOnlyList<string> Unpublished(string text, ApiFacts document)
    {
        var table = new Table(text);
        var found = new List<string>();
        foreach (var (name, shape) in table.types.Where(t => !table.beyond.Contains(t.Key)))
            found.AddRange(document.Types.TryGetValue(name, out var published) ? published.Lacks(shape, name) : [$"{name} is no published type"]);
        foreach (var (operation, marks) in table.operations.Where(o => !o.Marks.Contains("call")))
        {
            var at = $"{operation.Method} {operation.Path}";
            // Of several that share a path, one has to say it all.
            var lacking = Published(document, operation).Select(o => Lacking(o, operation, marks, at)).MinBy(l => l.Count);
            found.AddRange(lacking ?? [$"{at} is not published"]);
        }
        return found;
    }

    private static List<string> Lacking(Operation published, Operation table, HashSet<string> marks, string at)
    {
        var found = published.Query.Lacks(table.Query, at + " query").ToList();
        foreach (var (part, mine, theirs) in new[] { ("form", table.Form, published.Form), ("body", table.Body, published.Body), ("->", table.Answer, published.Answer) })
            if (mine is not null && !marks.Contains(part)) found.AddRange(theirs?.Lacks(mine, $"{at} {part}") ?? [$"{at} has no published {part}"]);
        return found;
    }

    private ApiFacts Facts() => new("the table", [.. operations.Select(o => o.Operation)], types) { Everywhere = every.Query, Headers = every.Headers, Error = error };

    /// <summary>Several when only the names of its placeholders tell them apart and the table calls them otherwise.</summary>
    private static List<Operation> Published(ApiFacts document, Operation table)
    {
        var same = document.Operations.FindAll(o => o.Method == table.Method && o.Plain == table.Plain);
        return same.FindAll(o => o.Path == table.Path) is { Count: > 0 } exact ? exact : same;
    }

    private static void Join(Operation published, Operation table, HashSet<string> marks)
    {
        published.Query.Add(table.Query);
        if (table.Form is { } form) published.Form = marks.Contains("form") || published.Form is null ? form : Added(published.Form, form);
        if (table.Body is { } body) published.Body = marks.Contains("body") || published.Body is null ? body : Added(published.Body, body);
        if (table.Answer is { } answer) published.Answer = marks.Contains("->") || published.Answer is null ? answer : Added(published.Answer, answer);
        published.Files.UnionWith(table.Files);
        published.Headers.UnionWith(table.Headers);
    }

    private static Shape Added(Shape published, Shape table)
    {
        published.Add(table);
        return published;
    }

    /// <summary>A type of the table becomes the published one, with what the table adds.</summary>
    private static void Become(Shape table, Shape published)
    {
        published.Add(table);
        (table.Kind, table.Others, table.Items, table.Values, table.IsNullable) = (published.Kind, published.Others, published.Items, published.Values, published.IsNullable);
        table.Fields.Clear();
        foreach (var (name, field) in published.Fields) table.Fields[name] = field;
        table.Required.Clear();
        table.Required.UnionWith(published.Required);
        table.Either.AddRange(published.Either);
    }

    /// <summary>Lines with those further in that belong to them; without comments.</summary>
    private static IEnumerable<string> Blocks(string text)
    {
        var block = "";
        foreach (var line in text.Split('\n').Select(l => CommentEnd().Replace(l, "").TrimEnd()).Where(l => l.Length > 0))
            if (line[0] is ' ' or '\t') block += " " + line.Trim();
            else
            {
                if (block.Length > 0) yield return block;
                block = line;
            }
        if (block.Length > 0) yield return block;
    }

    private void Call(Match head, string rest)
    {
        var operation = head.Groups[2].Value == "EVERY" ? every : new Operation(head.Groups[2].Value, head.Groups[3].Value);
        var marks = new HashSet<string>();
        if (head.Groups[1].Length > 0) marks.Add("call");
        var parts = Part().Matches(rest);
        for (var i = 0; i < parts.Count; i++)
        {
            var (part, from) = (parts[i].Groups[2].Value.TrimEnd(':'), parts[i].Index + parts[i].Length);
            if (parts[i].Groups[1].Length > 0) marks.Add(part);
            var text = rest[from..(i + 1 < parts.Count ? parts[i + 1].Index : rest.Length)];
            switch (part)
            {
                case "query": FieldsOf(operation.Query, new Words(text), ""); break;
                case "form": FieldsOf(operation.Form ??= new(ShapeKind.Object), new Words(text), ""); break;
                case "file": operation.Files.UnionWith(text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)); break;
                case "header": operation.Headers.UnionWith(text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)); break;
                case "body": operation.Body = Value(new Words(text)); break;
                case "error": error = Value(new Words(text)); break;
                default: operation.Answer = Value(new Words(text)); break;
            }
        }
        if (operation != every) operations.Add((operation, marks));
    }

    private Shape Named(string name) => types.TryGetValue(name, out var known) ? known : types[name] = new(ShapeKind.Object);

    private void Fill(Shape shape, Words words)
    {
        var read = Value(words);
        (shape.Kind, shape.Others, shape.Items, shape.Values, shape.IsNullable) = (read.Kind, read.Others, read.Items, read.Values, read.IsNullable);
        foreach (var (name, field) in read.Fields) shape.Fields[name] = field;
        shape.Required.UnionWith(read.Required);
        shape.Beyond.UnionWith(read.Beyond);
        shape.Either.AddRange(read.Either);
        filled.Add(shape);
    }

    private Shape Value(Words words)
    {
        var first = Single(words);
        if (!words.Take("or")) return first;
        var either = Shape.Any;
        either.Either.Add(first);
        do either.Either.Add(Single(words)); while (words.Take("or"));
        return either;
    }

    private Shape Single(Words words)
    {
        var shape = words.Next() switch
        {
            "string" => new(ShapeKind.String), "digits" => new(ShapeKind.Digits), "integer" => new(ShapeKind.Integer), "number" => new(ShapeKind.Number), "boolean" => new(ShapeKind.Boolean), "any" => Shape.Any,
            "object" => new(ShapeKind.Object) { Others = Shape.Any }, "(" => OneOf(words), "[" => ListOf(words), "{" => FieldsOf(new(ShapeKind.Object), words, "}"), var name => Named(name),
        };
        if (words.Take("?")) shape.IsNullable = true;
        return shape;
    }

    private static Shape OneOf(Words words)
    {
        var values = new HashSet<string>();
        do values.Add(words.Next()); while (words.Take("|"));
        words.Want(")");
        return new(ShapeKind.String) { Values = values };
    }

    private Shape ListOf(Words words)
    {
        var list = new Shape(ShapeKind.List) { Items = Value(words) };
        words.Want("]");
        return list;
    }

    private Shape FieldsOf(Shape shape, Words words, string end)
    {
        while (!words.Take(end))
        {
            var isBeyond = words.Take("+");
            var name = words.Next();
            if (isBeyond) shape.Beyond.Add(name);
            if (name == "*") shape.Others = words.At(",") || words.At(end) ? Shape.Any : Value(words);
            else
            {
                if (words.Take("!")) shape.Required.Add(name);
                shape.Fields[name] = words.At(",") || words.At(end) ? new(ShapeKind.String) : Value(words);
            }
            if (!words.Take(",") && !words.At(end)) throw new FormatException($"A comma is missing after {name}: {words}");
        }
        return shape;
    }

    private sealed class Words(string text)
    {
        private readonly List<string> words = [.. Word().Matches(text).Select(m => m.Value)];
        private int at;

        /// <summary>"" asks for the end.</summary>
        public bool At(string word) => word.Length == 0 ? at >= words.Count : at < words.Count && words[at] == word;

        public bool Take(string word)
        {
            if (!At(word)) return false;
            at++;
            return true;
        }

        public string Next() => at < words.Count ? words[at++] : throw new FormatException($"Something is missing at the end of: {text}");

        public void Want(string word)
        {
            if (!Take(word)) throw new FormatException($"{word} is missing: {this}");
        }

        public override string ToString() => string.Join(' ', words.Skip(Math.Max(0, at - 5)).Take(10));
    }

    [GeneratedRegex(@"^(\+?)\s*TYPE (\S+)\s*=?")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(\+?)\s*(EVERY|GET|POST|PUT|PATCH|DELETE)(?:\s+([/~]\S*))?")]
    private static partial Regex CallLine();

    [GeneratedRegex(@"(?<=\s)(\+?)((?:query|form|file|header|body|error):|->)(?=\s|$)")]
    private static partial Regex Part();

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex CommentEnd();

    [GeneratedRegex(@"[{}\[\](),|?!+]|\*|[^\s{}\[\](),|?!+*]+")]
    private static partial Regex Word();
}
