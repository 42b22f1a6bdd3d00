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
}

internal sealed record PartnerFieldProblem(string Field, string Message);

[JsonSerializable(typeof(PartnerFailure))]
internal sealed partial class PartnerJson : JsonSerializerContext
{
    public static PartnerJson Shared { get; } = new(ApiJson.Options());
}
