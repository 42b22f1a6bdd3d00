using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdStudio.Web.Api.Partner;

// The error of seed 004.
internal sealed record PartnerFailure(PartnerError Error);

/// <param name="RequestId">Quote it to support.</param>
/// <param name="Details">What more there is to say; left out when there is nothing.</param>
internal sealed record PartnerError(string Code, string Message, string RequestId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PartnerErrorDetails? Details);

internal sealed record PartnerErrorDetails
{
    /// <summary>Every wrong field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<PartnerFieldProblem>? Fields { get; init; }

    /// <summary>Of AUTHORITY_DENIED: the decision, to quote to support.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? VerdictId { get; init; }

    /// <summary>structural, tactical or creative.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Axis { get; init; }

    /// <summary>off, draft or auto.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? CurrentMode { get; init; }
}

internal sealed record PartnerFieldProblem(string Field, string Message);

[JsonSerializable(typeof(PartnerFailure))]
[JsonSerializable(typeof(PartnerAccepted))]
[JsonSerializable(typeof(PartnerJobAnswer))]
[JsonSerializable(typeof(PartnerCampaignAnswer))]
[JsonSerializable(typeof(PartnerCampaignList))]
[JsonSerializable(typeof(PartnerProjectList))]
[JsonSerializable(typeof(PartnerAdAccountList))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class PartnerJson : JsonSerializerContext
{
    public static PartnerJson Shared { get; } = new(ApiJson.Options());

    /// <summary>For what is kept and given back as it came: nothing in it is escaped that need not be.</summary>
    public static PartnerJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
