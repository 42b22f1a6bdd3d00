using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdStudio.Tests.Platforms.Conformance.Formats;

/// <summary>Reads as much of YAML as the platforms' documents use: blocks, flow lists and maps, quoted, folded and literal texts, anchors. Texts that look like numbers stay texts when they are quoted.</summary>
internal sealed partial class Yaml
{
    private readonly List<(int Indent, string Text)> lines;
    private readonly Dictionary<string, JsonNode?> anchors = [];
    private int at;

    private Yaml(string text) => lines = [.. text.Replace("\r", "", StringComparison.Ordinal).Split('\n').Select(line => (line.Length - line.TrimStart(' ').Length, line.Trim()))];

    public static JsonNode? Read(string text)
    {
        var reader = new Yaml(text);
        reader.Skip();
        return reader.Block(reader.at < reader.lines.Count ? reader.lines[reader.at].Indent : 0);
    }

    private void Skip()
    {
        while (at < lines.Count && (lines[at].Text.Length == 0 || lines[at].Text[0] == '#' || lines[at].Text == "---")) at++;
    }

    private JsonNode? Block(int indent)
    {
        Skip();
        if (at >= lines.Count || lines[at].Indent < indent) return null;
        return IsItem(lines[at].Text) ? List(lines[at].Indent) : Key().IsMatch(lines[at].Text) ? Map(lines[at].Indent) : Scalar(Continued(lines[at++].Text, indent - 1));
    }

    private static bool IsItem(string text) => text == "-" || text.StartsWith("- ", StringComparison.Ordinal);

    private JsonArray List(int indent)
    {
        var list = new JsonArray();
        for (Skip(); at < lines.Count && lines[at].Indent == indent && IsItem(lines[at].Text); Skip())
        {
            var rest = lines[at].Text[1..].TrimStart();
            if (rest.Length == 0)
            {
                at++;
                list.Add(Block(indent + 1));
            }
            else if (Key().IsMatch(rest) && rest[0] is not ('{' or '[') || IsItem(rest))
            {
                // What follows the dash is a line of its own, further in.
                lines[at] = (indent + lines[at].Text.Length - rest.Length, rest);
                list.Add(Block(lines[at].Indent));
            }
            else
            {
                at++;
                list.Add(Value(rest, indent));
            }
        }
        return list;
    }

    private JsonObject Map(int indent)
    {
        var map = new JsonObject();
        for (Skip(); at < lines.Count && lines[at].Indent == indent; Skip())
            if (lines[at].Text.StartsWith("? ", StringComparison.Ordinal))
            {
                // A long key has a line to itself, and its value begins with a colon on the next.
                var name = Plain(lines[at++].Text[2..]);
                var rest = lines[at].Text[1..].TrimStart();
                lines[at] = (indent + lines[at].Text.Length - rest.Length, rest);
                map[name] = Block(lines[at].Indent);
            }
            else if (Key().Match(lines[at].Text) is { Success: true } key)
            {
                at++;
                map[Plain(key.Groups[1].Value)] = Value(lines[at - 1].Text[key.Length..].Trim(), indent);
            }
            else break;
        return map;
    }

    /// <summary>What stands after "key:" or "-", or on the lines further in.</summary>
    private JsonNode? Value(string rest, int indent)
    {
        if (rest.StartsWith('#')) rest = "";
        if (rest.StartsWith('&'))
        {
            var (name, after) = rest.Split(' ', 2) is [var n, var a] ? (n[1..], a) : (rest[1..], "");
            return anchors[name] = Value(after, indent);
        }
        if (rest.StartsWith('*') && anchors.TryGetValue(rest[1..], out var known)) return known?.DeepClone();
        if (rest.Length > 0 && rest[0] is '|' or '>') return Text(rest, indent);
        if (rest.Length > 0) return Scalar(Continued(rest, indent));
        Skip();
        // A list may stand as far out as its key.
        if (at < lines.Count && lines[at].Indent == indent && IsItem(lines[at].Text)) return List(indent);
        return Block(indent + 1);
    }

    private JsonValue Text(string head, int indent)
    {
        var parts = new List<string>();
        for (; at < lines.Count && (lines[at].Text.Length == 0 || lines[at].Indent > indent); at++) parts.Add(lines[at].Text);
        return JsonValue.Create(string.Join(head[0] == '|' ? '\n' : ' ', parts).TrimEnd());
    }

    /// <summary>A value that goes on over the next lines.</summary>
    private string Continued(string text, int indent)
    {
        var whole = new StringBuilder(text);
        while (at < lines.Count && (IsOpen(whole.ToString()) ? true : lines[at].Indent > indent && lines[at].Text.Length > 0 && text[0] is not ('"' or '\'' or '{' or '[')))
            whole.Append(' ').Append(lines[at++].Text);
        return whole.ToString();
    }

    private static bool IsOpen(string text) => text[0] switch
    {
        '"' => !DoubleQuoted().IsMatch(text), '\'' => !SingleQuoted().IsMatch(text), '[' => text.Count(c => c == '[') > text.Count(c => c == ']'), '{' => text.Count(c => c == '{') > text.Count(c => c == '}'), _ => false,
    };

    private static JsonNode? Scalar(string text)
    {
        if (text[0] is '[' or '{') return Flow(text);
        if (text[0] is '"' or '\'') return JsonValue.Create(Plain(text));
        text = Comment().Replace(text, "").Trim();
        if (text is "" or "null" or "~") return null;
        if (text is "true" or "false") return JsonValue.Create(text == "true");
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text);
    }

    private static JsonNode? Flow(string text)
    {
        var parts = new List<string>();
        var (depth, quote, part) = (0, '\0', new StringBuilder());
        foreach (var c in text)
        {
            if (quote != '\0' ? c == quote : c is '"' or '\'') quote = quote == '\0' ? c : '\0';
            if (quote == '\0' && c is ']' or '}' && --depth == 0) break;
            if (quote == '\0' && c == ',' && depth == 1)
            {
                parts.Add(part.ToString().Trim());
                part.Clear();
            }
            else if (depth > 0) part.Append(c);
            if (quote == '\0' && c is '[' or '{') depth++;
        }
        if (part.ToString().Trim() is { Length: > 0 } last) parts.Add(last);
        if (text[0] == '[') return new JsonArray([.. parts.Select(Scalar)]);
        return new JsonObject(parts.Select(p => Key().Match(p) is { Success: true } key ? KeyValuePair.Create(Plain(key.Groups[1].Value), p[key.Length..].Trim() is { Length: > 0 } value ? Scalar(value) : null) : KeyValuePair.Create(p, (JsonNode?)null)));
    }

    private static string Plain(string text) => text.Length > 1 && text[0] == '"' && DoubleQuoted().Match(text) is { Success: true } quoted
        ? Regex.Replace(quoted.Groups[1].Value, @"\\(u[0-9a-fA-F]{4}|.)", m => m.Groups[1].Value switch { "n" => "\n", "t" => "\t", ['u', .. var code] when code.Length == 4 => ((char)Convert.ToInt32(code, 16)).ToString(), var c => c })
        : text.Length > 1 && text[0] == '\'' && SingleQuoted().Match(text) is { Success: true } single ? single.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal) : text;

    [GeneratedRegex("""^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#\[{&*|>][^#]*?)\s*:(?=\s|$)""")]
    private static partial Regex Key();

    [GeneratedRegex("""^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$""")]
    private static partial Regex DoubleQuoted();

    [GeneratedRegex("""^'((?:[^']|'')*)'\s*(?:#.*)?$""")]
    private static partial Regex SingleQuoted();

    [GeneratedRegex(@"\s#.*$")]
    private static partial Regex Comment();
}
