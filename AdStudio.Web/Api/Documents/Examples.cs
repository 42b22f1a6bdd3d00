using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace AdStudio.Web.Api.Documents;

/// <summary>The example of an answer, made from its schema: it can't be of another form than the answer is, and what a field is called says what stands in it.</summary>
internal static class Examples
{
    private const int Deepest = 7;
    private const string Uuid = "0199f3a1-6c2e-7b44-9d10-5a7c2e8f4b61", Instant = "2026-11-24T09:30:00.000Z", Day = "2026-11-24";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["name"] = "Black Friday", ["campaignName"] = "Black Friday", ["status"] = "ACTIVE", ["currency"] = "USD", ["platform"] = "meta", ["objective"] = "traffic", ["email"] = "nora@shop.example", ["message"] = "Request successful", ["headline"] = "Half price now",
        ["primaryText"] = "Everything warm, half price.", ["description"] = "Free delivery", ["callToAction"] = "SHOP_NOW", ["timezone"] = "Europe/Berlin", ["time_zone"] = "Europe/Berlin", ["country"] = "DE", ["countries"] = "DE", ["language"] = "en", ["role"] = "MEMBER",
        ["permission"] = "MANAGER", ["adAccountId"] = "act_1001", ["accountId"] = "act_1001", ["externalUserId"] = "nora-7", ["enterpriseId"] = "shop-1", ["accessToken"] = "eyJhbGciOiJFUzI1NiJ9.…", ["refreshToken"] = "rt_…", ["secret"] = "whsec_…", ["hint"] = "whsec_…7f3a",
        ["platformCampaignId"] = "120210000000000001", ["jobId"] = "job_01kcsv5m3nf1tt8ws2xq7h4rb6", ["projectId"] = "ws_01kcsv5m3nf1tt8ws2xq7h4rb6", ["verdictId"] = "ver_01kcsv5m3nf1tt8ws2xq7h4rb6", ["approvalId"] = "apr_01kcsv5m3nf1tt8ws2xq7h4rb6",
        ["requestId"] = "req_01kcsv5m3nf1tt8ws2xq7h4rb6", ["type"] = "image", ["kind"] = "image", ["gender"] = "women", ["axis"] = "structural", ["currentMode"] = "draft", ["mode"] = "draft", ["stage"] = "launching", ["source"] = "adstudio", ["code"] = "NOT_FOUND",
        ["field"] = "budget.amount", ["workspaceName"] = "Nora's Shop", ["teamName"] = "Default team", ["event"] = "campaign.completed", ["events"] = "campaign.completed", ["outcome"] = "traffic", ["platformStatus"] = "ACTIVE", ["platformStatusDetail"] = "Delivering", ["creative"] = "draft", ["tactical"] = "auto", ["structural"] = "auto", ["platformAccountId"] = "act_1001", ["path"] = "/sandbox/assets/sample-1200x628.jpg", ["slug"] = "black-friday",
    };

    private static readonly Dictionary<string, double> Figures = new(StringComparer.OrdinalIgnoreCase)
    {
        ["limit"] = 25, ["offset"] = 0, ["failed"] = 0, ["errors"] = 0, ["amount"] = 50, ["budget"] = 50, ["dailyBudgetCents"] = 5000, ["lifetimeBudgetCents"] = 90000, ["spend"] = 412.5, ["cost"] = 412.5, ["impressions"] = 18240, ["reach"] = 12100, ["clicks"] = 512, ["ctr"] = 2.81,
        ["cpc"] = 0.81, ["cpm"] = 22.62, ["conversions"] = 18, ["cost_per_conversion"] = 22.92, ["costPerConversion"] = 22.92, ["conversion_value"] = 1260, ["conversionValue"] = 1260, ["roas"] = 3.05, ["frequency"] = 1.51, ["width"] = 1200, ["height"] = 628, ["progress"] = 40,
        ["fraction"] = 0.6, ["id"] = 42, ["campaignId"] = 42, ["brandId"] = 7, ["expires_in"] = 3600, ["min"] = 18, ["max"] = 65, ["bytes"] = 84213, ["size"] = 84213, ["version"] = 1, ["attempts"] = 1,
    };

    /// <summary>The JSON of a body or an answer; null when it has none.</summary>
    public static OpenApiMediaType? Json(this IDictionary<string, OpenApiMediaType>? content) => content is not null && content.TryGetValue("application/json", out var json) ? json : null;

    /// <summary>Null where nothing can be said.</summary>
    public static JsonNode? Of(IOpenApiSchema schema, int status)
    {
        var made = Of(schema, "", 0);
        foreach (var name in new[] { "statusCode", "status" })
            if (made is JsonObject answer && answer[name] is JsonValue value && value.TryGetValue<long>(out _)) answer[name] = status;
        return made;
    }

    /// <summary>A value of a query that can't be left out.</summary>
    public static JsonNode OfQuery(QueryKind kind) => kind switch { QueryKind.Day => Day, QueryKind.Whole => 42, QueryKind.Flag => true, QueryKind.Id => Uuid, QueryKind.Words => "impressions,clicks,spend", _ => "text" };

    private static JsonNode? Of(IOpenApiSchema schema, string name, int depth)
    {
        var choices = schema.OneOf is { Count: > 0 } one ? one : schema.AnyOf;
        if (choices is { Count: > 0 }) return OfOne(choices, name, depth);
        if (schema.Enum?.FirstOrDefault(w => w is not null) is { } word) return word.DeepClone();
        var type = schema.Type ?? (schema.Properties is { Count: > 0 } ? JsonSchemaType.Object : default);
        var nullable = type.HasFlag(JsonSchemaType.Null);
        if (nullable && (depth > Deepest || IsTrouble(name))) return null;
        if (type.HasFlag(JsonSchemaType.Object)) return OfObject(schema, name, depth);
        if (type.HasFlag(JsonSchemaType.Array)) return schema.Items is not { } items || depth > Deepest || IsTrouble(name) ? new JsonArray() : new JsonArray(Of(items, name, depth + 1));
        if (type.HasFlag(JsonSchemaType.Boolean)) return !name.StartsWith("still", StringComparison.Ordinal) && !IsTrouble(name);
        if (type.HasFlag(JsonSchemaType.Integer)) return (long)Figures.GetValueOrDefault(name, 1);
        if (type.HasFlag(JsonSchemaType.Number)) return Figures.GetValueOrDefault(name, 1);
        return type.HasFlag(JsonSchemaType.String) ? TextOf(schema.Format, name) : new JsonObject();
    }

    private static JsonNode? OfOne(IList<IOpenApiSchema> choices, string name, int depth)
    {
        var some = choices.FirstOrDefault(c => c.Type != JsonSchemaType.Null);
        var mayBeNull = choices.Any(c => c.Type == JsonSchemaType.Null);
        return some is null || (mayBeNull && (depth > Deepest || IsTrouble(name))) ? null : Of(some, name, depth);
    }

    private static JsonObject OfObject(IOpenApiSchema schema, string name, int depth)
    {
        var made = new JsonObject();
        foreach (var (property, its) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            if (depth <= Deepest || (schema.Required?.Contains(property) ?? false)) made[property] = Of(its, property, depth + 1);
        if (made.Count == 0 && depth <= Deepest && schema.AdditionalProperties is { } each) made["facebook"] = Of(each, name, depth + 1);
        return made;
    }

    private static string TextOf(string? format, string name) => format switch
    {
        "uuid" => Uuid,
        "date" => Day,
        "date-time" => Instant,
        "uri" => "https://shop.example/sale",
        _ when Texts.TryGetValue(name, out var known) => known,
        _ when name.EndsWith("Url", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_uri", StringComparison.Ordinal) || name == "link" => "https://shop.example/sale",
        _ when name == "timestamp" || name.EndsWith("At", StringComparison.Ordinal) || name.EndsWith("_at", StringComparison.Ordinal) || name.EndsWith("_time", StringComparison.Ordinal) || name.EndsWith("Time", StringComparison.Ordinal) => Instant,
        _ when name.EndsWith("date", StringComparison.OrdinalIgnoreCase) || name is "day" or "date_start" or "date_stop" => Day,
        _ when name.EndsWith("Name", StringComparison.Ordinal) || name.EndsWith("_name", StringComparison.Ordinal) => Texts["name"],
        "" => "text",
        _ when name == "id" || name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("Ids", StringComparison.Ordinal) || name.EndsWith("_id", StringComparison.Ordinal) => Uuid,
        _ => Words(name),
    };

    // What an answer holds when something went wrong; the example is of one where all is well.
    private static bool IsTrouble(string name) => name is "error" or "errors" or "errorCampaigns" or "details" or "notes" or "failure" or "problem" or "hasError";

    // "brandProfile" reads as "brand profile".
    private static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name) _ = char.IsUpper(letter) && words.Length > 0 ? words.Append(' ').Append(char.ToLowerInvariant(letter)) : words.Append(letter == '_' ? ' ' : letter);
        return words.ToString();
    }
}
