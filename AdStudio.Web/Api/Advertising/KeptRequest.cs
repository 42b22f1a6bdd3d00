using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdStudio.Web.Api.Advertising;

/// <summary>The request that was kept with a campaign, wherever in it a field stood.</summary>
internal sealed class KeptRequest
{
    private readonly List<JsonObject> parts = [];

    public KeptRequest(JsonObject? kept)
    {
        Add(kept);
        var metadata = kept?["campaign_metadata"] as JsonObject;
        Add(metadata);
        var input = (kept?["campaign_input"] ?? metadata?["campaign_input"]) as JsonObject;
        Add(input);
        Whole = (input ?? kept)?.DeepClone().AsObject() ?? [];
    }

    /// <summary>A copy of what was given of the campaign itself.</summary>
    public JsonObject Whole { get; }

    public JsonNode? Node(string name) => parts.Select(p => p[name]).FirstOrDefault(n => n is not null)?.DeepClone();
    public JsonObject? Object(string name) => parts.Select(p => p[name]).OfType<JsonObject>().FirstOrDefault()?.DeepClone().AsObject();
    public string? Text(string name) => Values(name).Where(v => v.GetValueKind() == JsonValueKind.String).Select(v => v.GetValue<string>()).FirstOrDefault();
    public bool? Flag(string name) => Values(name).Where(v => v.GetValueKind() is JsonValueKind.True or JsonValueKind.False).Select(v => (bool?)v.GetValue<bool>()).FirstOrDefault();

    /// <summary>The files in the order in which ads were made of them, each with what it is for.</summary>
    public IReadOnlyList<(string For, JsonObject File)> Files() => Object("assets") is not { } assets ? [] :
        [.. AdvertisingWords.AdTypes.SelectMany(type => (assets[type] as JsonArray ?? []).OfType<JsonObject>().Select(file => (type, file)))];

    private IEnumerable<JsonValue> Values(string name) => parts.Select(p => p[name]).OfType<JsonValue>();

    private void Add(JsonObject? whole)
    {
        if (whole is null) return;
        parts.Add(whole);
        if (whole["accounts"] is JsonObject accounts) parts.Add(accounts);
        if (whole["campaign"] is not JsonObject campaign) return;
        parts.Add(campaign);
        parts.AddRange(GivenParts.OfCampaign.Select(name => campaign[name]).OfType<JsonObject>());
    }
}
