using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>Reads Rest.li 2.0's queries from their raw text: List(a,b), (name:value,…), and values in which everything that belongs to the syntax is percent-encoded.</summary>
internal sealed class LinkedInQuery
{
    private readonly string text;
    private int at;

    private LinkedInQuery(string text) => this.text = text;

    /// <summary>The parameters of a raw query; null values are those that can't be read.</summary>
    public static Dictionary<string, JsonNode?> Parse(string query)
    {
        var found = new Dictionary<string, JsonNode?>();
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            found[Uri.UnescapeDataString(parts[0])] = parts.Length == 2 ? Value(parts[1]) : "";
        }
        return found;
    }

    private static JsonNode? Value(string raw)
    {
        if (raw.Length == 0 || raw[0] != '(' && !raw.StartsWith("List(", StringComparison.Ordinal)) return Uri.UnescapeDataString(raw);
        var reader = new LinkedInQuery(raw);
        try
        {
            var value = reader.Any();
            return reader.at == raw.Length ? value : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private JsonNode Any()
    {
        if (Takes("List("))
        {
            var list = new JsonArray();
            if (Takes(")")) return list;
            do list.Add(Any()); while (Takes(","));
            Want(")");
            return list;
        }
        if (!Takes("(")) return Plain();
        var fields = new JsonObject();
        do
        {
            var name = Plain().ToString();
            Want(":");
            fields[name] = Any();
        }
        while (Takes(","));
        Want(")");
        return fields;
    }

    private JsonNode Plain()
    {
        var from = at;
        while (at < text.Length && text[at] is not ('(' or ')' or ',' or ':')) at++;
        if (at == from) throw new FormatException();
        return Uri.UnescapeDataString(text[from..at]);
    }

    private bool Takes(string word)
    {
        if (!text.AsSpan(at).StartsWith(word, StringComparison.Ordinal)) return false;
        at += word.Length;
        return true;
    }

    private void Want(string word)
    {
        if (!Takes(word)) throw new FormatException();
    }
}
