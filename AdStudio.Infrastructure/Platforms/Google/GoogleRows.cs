using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>A field of a query as somebody calls it, and as Google does ("metrics.cost_micros").</summary>
internal sealed record GoogleColumn(string Name, string Field)
{
    /// <summary>The name that has no resource in it belongs to this one.</summary>
    public static GoogleColumn Of(string name, string resource) => new(name, name.Contains('.', StringComparison.Ordinal) ? name : $"{resource}.{name}");

    /// <summary>What is spent is asked for in micros.</summary>
    public static GoogleColumn Metric(string name) => name is "spend" ? new(name, "metrics.cost_micros") : Of(name, "metrics");
}

/// <summary>Rows of a search, flat, under the names by which their fields were asked for.</summary>
internal static class GoogleRows
{
    public static string Select(IEnumerable<GoogleColumn> columns) => string.Join(", ", columns.Select(c => c.Field).Distinct());

    public static JsonObject Flat(JsonObject row, IEnumerable<GoogleColumn> columns) => new(columns.DistinctBy(c => c.Name).Select(c => KeyValuePair.Create(c.Name, Value(row, c))));

    private static JsonNode? Value(JsonObject row, GoogleColumn column)
    {
        JsonNode? node = row;
        foreach (var step in column.Field.Split('.')) node = (node as JsonObject)?[Camel(step)];
        // Google leaves out a number that is nought, and writes whole ones as texts.
        if (column.Field.StartsWith("metrics.", StringComparison.Ordinal) || column.Field.EndsWith("_micros", StringComparison.Ordinal))
            return node is null ? JsonValue.Create(0m) : node is JsonValue && decimal.TryParse(node.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(column.Name == "spend" ? number / Money.MicrosPerUnit : number) : node.DeepClone();
        return node?.DeepClone();
    }

    private static string Camel(string snake)
    {
        var words = snake.Split('_');
        return words[0] + string.Concat(words.Skip(1).Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }
}
