using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdStudio.Web.Api.Embedded;

// The envelopes of seed 002.
internal sealed record Envelope<T>(bool Success, T Data, string Message, string Timestamp, int StatusCode);
internal sealed record Failure(bool Success, FailureError Error, string Timestamp, int StatusCode, string Path);

/// <param name="Details">Every wrong field in a sentence; left out when no field is wrong.</param>
internal sealed record FailureError(string Code, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Details);

/// <param name="AccessToken">Good for one hour.</param>
/// <param name="RefreshToken">Good for one day and for one use.</param>
internal sealed record TokenAnswer(string AccessToken, string RefreshToken);

/// <param name="ExternalUserId">The id by which your product knows the user.</param>
internal sealed record TokenRequest(string ExternalUserId);

[JsonSerializable(typeof(Envelope<TokenAnswer>))]
[JsonSerializable(typeof(Envelope<NoData>))]
[JsonSerializable(typeof(Failure))]
internal sealed partial class EmbeddedJson : JsonSerializerContext
{
    public static EmbeddedJson Shared { get; } = new(ApiJson.Options());
}
