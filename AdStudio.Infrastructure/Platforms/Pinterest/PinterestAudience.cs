using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>What Pinterest's audiences are made from: https://developers.pinterest.com/docs/api/v5/audiences-create</summary>
internal static class PinterestAudience
{
    public const int MaxName = 200;

    private static readonly string[] LookalikeCountries = ["US", "CA", "GB"];

    /// <summary>A list cannot be made empty: it begins with a hash that belongs to nobody.</summary>
    public static JsonObject List(string name, string marker) =>
        new() { ["name"] = name, ["list_type"] = "EMAIL", ["records"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("adstudio " + marker))) };

    public static JsonObject OfList(string name, string list) => new() { ["name"] = name, ["audience_type"] = "CUSTOMER_LIST", ["rule"] = new JsonObject { ["customer_list_id"] = list } };

    /// <summary>Visitors or an actalike audience; null with words for people when Pinterest cannot have it.</summary>
    public static JsonObject? Other(BriefAudience audience, AccountAsset? tag, string? country, string name, out string? whyNot)
    {
        whyNot = null;
        var definition = Definition(audience.Definition);
        if (audience.Type == AudienceType.Retargeting && tag is not null)
        {
            var rule = new JsonObject { ["visitor_source_id"] = tag.Id, ["retention_days"] = Number(definition?["days"], 30, 1, 540), ["prefill"] = true };
            if (definition?["urlContains"]?.ToString() is { Length: > 0 } part) rule["url"] = new JsonArray(part);
            return new() { ["name"] = name, ["audience_type"] = "VISITOR", ["rule"] = rule };
        }
        if (audience is { Type: AudienceType.Lookalike, SourceExternalId: { } source })
        {
            country = definition?["country"]?.ToString() ?? country ?? "US";
            if (LookalikeCountries.Contains(country.ToUpperInvariant()))
                return new()
                {
                    ["name"] = name, ["audience_type"] = "ACTALIKE",
                    ["rule"] = new JsonObject { ["seed_id"] = new JsonArray(source), ["country"] = country.ToUpperInvariant(), ["percentage"] = Number(definition?["percent"], 1, 1, 10) },
                };
        }
        whyNot = audience.Type switch
        {
            AudienceType.Retargeting => $"The audience “{audience.Name}” needs a conversion tag on this account.",
            AudienceType.Lookalike when audience.SourceExternalId is null => $"The audience “{audience.Name}” resembles one that this account does not have.",
            AudienceType.Lookalike => $"Pinterest makes audiences like “{audience.Name}” only in the United States, Canada and the United Kingdom.",
            _ => $"“{audience.Name}” is saved targeting, not an audience on Pinterest.",
        };
        return null;
    }

    /// <summary>Adds or removes the hashes of addresses; the same ones again change nothing. Phone numbers are none of Pinterest's records.</summary>
    public static async Task<Result<JsonNode>> SendAsync(PinterestApi api, PlatformAccess access, string list, IEnumerable<string> hashes, bool remove, CancellationToken ct) =>
        await api.SendAsync(access, HttpMethod.Patch, $"{PinterestApi.AccountOf(access)}/customer_lists/{list}", new JsonObject { ["operation_type"] = remove ? "REMOVE" : "ADD", ["records"] = string.Join(',', hashes) }, CallKind.Repeatable, ct);

    private static int Number(JsonNode? value, int otherwise, int least, int most) =>
        decimal.TryParse(value?.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? (int)Math.Clamp(decimal.Ceiling(number), least, most) : otherwise;

    private static JsonObject? Definition(string? json)
    {
        if (string.IsNullOrWhiteSpace(json)) return null;
        try { return JsonNode.Parse(json) as JsonObject; }
        catch (JsonException) { return null; }
    }
}
