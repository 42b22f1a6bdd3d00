using System.Globalization;
using System.Text.RegularExpressions;

namespace AdStudio.Sandbox.Google;

/// <summary>One condition of a WHERE clause.</summary>
public sealed record GaqlCondition(string Field, string Operator, IReadOnlyList<string> Values);

/// <summary>A query in the Google Ads Query Language, taken apart.</summary>
public sealed partial record Gaql(IReadOnlyList<string> Select, string From, IReadOnlyList<GaqlCondition> Where, IReadOnlyList<(string Field, bool Descending)> OrderBy, int? Limit)
{
    private static readonly string[] Keywords = ["FROM", "WHERE", "ORDER", "LIMIT", "PARAMETERS"];

    public static (Gaql? Query, GoogleError? Error) Parse(string text)
    {
        var tokens = Token().Matches(text).Select(m => m.Value).ToList();
        var at = 0;
        string? Peek() => at < tokens.Count ? tokens[at] : null;
        bool Is(string word) => string.Equals(Peek(), word, StringComparison.OrdinalIgnoreCase);
        bool Take(string word)
        {
            if (!Is(word)) return false;
            at++;
            return true;
        }

        if (!Take("SELECT")) return (null, Wrong("EXPECTED_SELECT", $"Error in query: expected SELECT, found '{Peek()}'."));
        var select = new List<string>();
        do
        {
            if (Peek() is not { } field || !Name().IsMatch(field) || Keywords.Contains(field.ToUpperInvariant())) return (null, Wrong("BAD_FIELD_NAME", $"Error in query: unexpected input '{Peek()}'."));
            select.Add(field);
            at++;
        } while (Take(","));
        if (!Take("FROM")) return (null, Peek() is null ? Wrong("EXPECTED_FROM", "Error in query: expected FROM.") : Wrong("UNEXPECTED_INPUT", $"Error in query: unexpected input {Peek()}."));
        if (Peek() is not { } from || !Name().IsMatch(from)) return (null, Wrong("UNEXPECTED_END_OF_QUERY", "Error in query: unexpected end of query."));
        at++;

        var where = new List<GaqlCondition>();
        if (Take("WHERE"))
        {
            do
            {
                if (Peek() is not { } field || !Name().IsMatch(field)) return (null, Wrong("UNEXPECTED_INPUT", $"Error in query: unexpected input {Peek()}."));
                at++;
                var (condition, error) = Condition(field);
                if (error is not null) return (null, error);
                where.Add(condition!);
            } while (Take("AND"));
        }
        var order = new List<(string, bool)>();
        if (Take("ORDER"))
        {
            if (!Take("BY")) return (null, Wrong("EXPECTED_BY", "Error in query: expected BY."));
            do
            {
                if (Peek() is not { } field || !Name().IsMatch(field)) return (null, Wrong("UNEXPECTED_INPUT", $"Error in query: unexpected input {Peek()}."));
                at++;
                var descending = Take("DESC");
                if (!descending) Take("ASC");
                order.Add((field, descending));
            } while (Take(","));
        }
        int? limit = null;
        if (Take("LIMIT"))
        {
            if (!int.TryParse(Peek(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return (null, Wrong("BAD_LIMIT_VALUE", "Error in query: the limit must be a number."));
            if (count == 0) return (null, Wrong("LIMIT_VALUE_TOO_LOW", "Error in query: the limit must be above 0."));
            limit = count;
            at++;
        }
        if (Take("PARAMETERS")) while (Peek() is not null) at++;
        return Peek() is not null ? (null, Wrong("UNEXPECTED_INPUT", $"Error in query: unexpected input {Peek()}.")) : (new Gaql(select, from, where, order, limit), null);

        (GaqlCondition?, GoogleError?) Condition(string field)
        {
            var op = (Peek() ?? "").ToUpperInvariant();
            at++;
            if (op == "IS")
            {
                var not = Take("NOT");
                return Take("NULL") ? (new(field, not ? "IS NOT NULL" : "IS NULL", []), null) : (null, Wrong("BAD_OPERATOR", "Error in query: expected NULL."));
            }
            if (op is "NOT" or "CONTAINS")
            {
                op += " " + (Peek() ?? "").ToUpperInvariant();
                at++;
            }
            switch (op)
            {
                case "IN" or "NOT IN" or "CONTAINS ANY" or "CONTAINS ALL" or "CONTAINS NONE":
                    if (!Take("(")) return (null, Wrong("EXPECTED_LIST", "Error in query: expected a list."));
                    var values = new List<string>();
                    do
                    {
                        if (Is(")")) return (null, Wrong("PROHIBITED_EMPTY_LIST_IN_CONDITION", "Error in query: the list is empty."));
                        values.Add(Unquote(Peek() ?? ""));
                        at++;
                    } while (Take(","));
                    return Take(")") ? (new(field, op, values), null) : (null, Wrong("EXPECTED_LIST", "Error in query: expected ')'."));
                case "BETWEEN":
                    var low = Unquote(Peek() ?? "");
                    at++;
                    if (!Take("AND")) return (null, Wrong("EXPECTED_VALUE_WITH_BETWEEN_OPERATOR", "Error in query: expected AND."));
                    var high = Unquote(Peek() ?? "");
                    at++;
                    return (new(field, op, [low, high]), null);
                case "=" or "!=" or ">" or "<" or ">=" or "<=" or "LIKE" or "NOT LIKE" or "DURING" or "REGEXP_MATCH" or "NOT REGEXP_MATCH":
                    if (Peek() is not { } value) return (null, Wrong("UNEXPECTED_END_OF_QUERY", "Error in query: unexpected end of query."));
                    if (value[0] is '\'' or '"' && (value.Length < 2 || value[^1] != value[0])) return (null, Wrong("STRING_NOT_TERMINATED", "Error in query: the string is not terminated."));
                    at++;
                    return (new(field, op, [Unquote(value)]), null);
                default:
                    return (null, Wrong("BAD_OPERATOR", $"Error in query: '{op}' is no operator."));
            }
        }
    }

    public static GoogleError Wrong(string code, string message) => new("queryError", code, message);

    private static string Unquote(string token) => token.Length >= 2 && token[0] is '\'' or '"' ? token[1..^1].Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal) : token;

    [GeneratedRegex("""'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?|>=|<=|!=|[=<>(),]|[^\s=<>!(),'"]+""")]
    private static partial Regex Token();

    [GeneratedRegex(@"^[a-zA-Z][\w.]*$")]
    private static partial Regex Name();
}
