using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Meta's webhook for leads: signed with the app's secret over the raw body (X-Hub-Signature-256), made sure of with the word under AdPlatforms:Meta:WebhookVerifyToken.</summary>
internal sealed class MetaLeadNotices(PlatformSettings settings) : ITellsOfLeads
{
    public Platform Platform => Platform.Meta;

    public string? AnswerChallenge(IReadOnlyDictionary<string, string> query) =>
        settings.Own(Platform.Meta, "WebhookVerifyToken") is { } agreed && query.GetValueOrDefault("hub.mode") == "subscribe" && Same(query.GetValueOrDefault("hub.verify_token"), agreed) ? query.GetValueOrDefault("hub.challenge") : null;

    public IReadOnlyList<LeadNotice>? Read(string body, string? signature)
    {
        var expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(settings.Of(Platform.Meta).ClientSecret), Encoding.UTF8.GetBytes(body)));
        if (!Same(signature, expected)) return null;
        try
        {
            if (JsonNode.Parse(body) is not JsonObject { } root || root["object"]?.ToString() != "page") return null;
            return [.. (root["entry"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(e => (e["changes"] as JsonArray ?? []).OfType<JsonObject>())
                .Where(c => c["field"]?.ToString() == "leadgen").Select(c => c["value"]).OfType<JsonObject>()
                .Where(v => v["leadgen_id"] is not null && v["form_id"] is not null)
                .Select(v => new LeadNotice(Platform.Meta, v["page_id"]?.ToString() ?? "", v["form_id"]!.ToString(), v["leadgen_id"]!.ToString()))];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Same(string? given, string expected) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
