using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Which objects of a list a call wants: by effective_status and by filtering.</summary>
internal static class MetaFilter
{
    public static bool Fits(MetaContext context, SandboxObject item, List<string> statuses, JsonArray? filtering)
    {
        var structural = item.Kind is MetaWorld.Campaign or MetaWorld.AdSet or MetaWorld.Ad;
        if (structural)
        {
            var asked = statuses.Concat((filtering ?? []).Where(f => f?["field"]?.ToString().EndsWith("effective_status", StringComparison.Ordinal) == true).SelectMany(f => Values(f))).ToList();
            var effective = MetaStatus.Effective(context, item);
            // What is deleted or archived is listed only when it is asked for.
            if (asked.Count == 0 ? effective is "DELETED" or "ARCHIVED" : statuses.Count > 0 && !statuses.Contains(effective)) return false;
        }
        return (filtering ?? []).All(f => f is JsonObject condition && One(context, item, condition, structural));
    }

    private static bool One(MetaContext context, SandboxObject item, JsonObject condition, bool structural)
    {
        var field = condition["field"]?.ToString() ?? "";
        var name = field.Contains('.', StringComparison.Ordinal) ? field[(field.LastIndexOf('.') + 1)..] : field;
        var actual = (field, name) switch
        {
            ("campaign.id", _) => item.Kind switch { MetaWorld.Campaign => item.Id, MetaWorld.AdSet => item.ParentId, _ => item.Body["campaign_id"]?.ToString() },
            ("adset.id", _) => item.Kind switch { MetaWorld.AdSet => item.Id, _ => item.ParentId },
            (_, "id") => item.Id,
            (_, "effective_status") when structural => MetaStatus.Effective(context, item),
            (_, "created_time") => item.CreatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            (_, "updated_time") => item.UpdatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            _ => item.Body[name]?.ToString(),
        } ?? "";
        var values = Values(condition);
        var first = values.FirstOrDefault() ?? "";
        return condition["operator"]?.ToString() switch
        {
            "EQUAL" => actual == first,
            "NOT_EQUAL" => actual != first,
            "IN" => values.Contains(actual),
            "NOT_IN" => !values.Contains(actual),
            "CONTAIN" => actual.Contains(first, StringComparison.OrdinalIgnoreCase),
            "NOT_CONTAIN" => !actual.Contains(first, StringComparison.OrdinalIgnoreCase),
            "STARTS_WITH" => actual.StartsWith(first, StringComparison.OrdinalIgnoreCase),
            "GREATER_THAN" => Compare(actual, first) > 0,
            "GREATER_THAN_OR_EQUAL" => Compare(actual, first) >= 0,
            "LESS_THAN" => Compare(actual, first) < 0,
            "LESS_THAN_OR_EQUAL" => Compare(actual, first) <= 0,
            "IN_RANGE" => Compare(actual, first) >= 0 && Compare(actual, values[^1]) <= 0,
            _ => false,
        };
    }

    private static List<string> Values(JsonNode? condition) =>
        condition?["value"] is JsonArray list ? [.. list.Select(v => v?.ToString() ?? "")] : [condition?["value"]?.ToString() ?? ""];

    private static int Compare(string a, string b) =>
        decimal.TryParse(a, CultureInfo.InvariantCulture, out var x) && decimal.TryParse(b, CultureInfo.InvariantCulture, out var y) ? x.CompareTo(y) : string.CompareOrdinal(a, b);
}
