using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AdStudio.Core.Platforms;

/// <summary>Puts the ids that earlier steps brought where a step's body says "{{key}}".</summary>
public static partial class StepFilling
{
    /// <summary>A filled copy of the body. Also inside longer texts: "customers/1/campaigns/{{campaign}}". Asking for a step that brought nothing is a bug.</summary>
    public static JsonObject Fill(JsonObject body, IReadOnlyDictionary<string, string> done) => (JsonObject)Filled(body, done)!;

    /// <summary>Whether every step that the body asks for has brought something.</summary>
    public static bool CanFill(JsonObject body, IReadOnlyDictionary<string, string> done) => Place().Matches(body.ToJsonString(Plain)).All(m => done.ContainsKey(m.Groups[1].Value));

    public static StepRequest Fill(this PlannedStep step, IReadOnlyDictionary<string, string> done) =>
        new(step.Key, step.Kind, step.Marker, Fill(step.Body, done), step.AssetId, step.AudienceId, done);

    private static JsonNode? Filled(JsonNode? node, IReadOnlyDictionary<string, string> done) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Filled(p.Value, done)))),
        JsonArray a => new JsonArray([.. a.Select(item => Filled(item, done))]),
        JsonValue v when v.TryGetValue<string>(out var text) => JsonValue.Create(Place().Replace(text, m =>
            done.TryGetValue(m.Groups[1].Value, out var id) ? id : throw new InvalidOperationException($"The step {m.Groups[1].Value} brought no id."))),
        _ => node?.DeepClone(),
    };

    // Keys stand in it as they are written, whatever letters they have.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"\{\{([^{}]+)\}\}")]
    private static partial Regex Place();
}
