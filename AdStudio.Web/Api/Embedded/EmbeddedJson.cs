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

/// <param name="Email">Unique: the user signs in with it.</param>
/// <param name="Password">At least 8 characters, with an upper-case letter, a lower-case letter, a digit and a special character.</param>
/// <param name="ExternalUserId">The id by which your product knows the user; unique among yours.</param>
internal sealed record SignUpRequest(string Name, string Email, string Password, string WorkspaceName, string ExternalUserId)
{
    /// <summary>Your own id of the workspace; left out, it gets one.</summary>
    public string? EnterpriseId { get; init; }
}

internal sealed record SignUpAnswer(Guid Id, string Name, string Email, string ExternalUserId, CreatedWorkspace Workspace, DateTime CreatedAt);

[JsonSerializable(typeof(Envelope<TokenAnswer>))]
[JsonSerializable(typeof(Envelope<SignUpAnswer>))]
[JsonSerializable(typeof(Envelope<CreatedWorkspace>))]
[JsonSerializable(typeof(Envelope<EmbeddedWorkspace>))]
[JsonSerializable(typeof(Envelope<UpdatedWorkspace>))]
[JsonSerializable(typeof(Envelope<CreatedTeam>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<ListedTeam>>))]
[JsonSerializable(typeof(Envelope<ShownTeam>))]
[JsonSerializable(typeof(Envelope<RenamedTeam>))]
[JsonSerializable(typeof(Envelope<AssignedMember>))]
[JsonSerializable(typeof(Envelope<AssignedMany>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<EmbeddedMember>>))]
[JsonSerializable(typeof(ConnectionStarted))]
[JsonSerializable(typeof(Envelope<ConnectionList>))]
[JsonSerializable(typeof(Envelope<AccountConnections>))]
[JsonSerializable(typeof(Envelope<RemovedAccount>))]
[JsonSerializable(typeof(Envelope<DisconnectedAnswer>))]
[JsonSerializable(typeof(Envelope<AccountPermission>))]
[JsonSerializable(typeof(Envelope<System.Text.Json.Nodes.JsonNode>))]
[JsonSerializable(typeof(Envelope<NoData>))]
[JsonSerializable(typeof(Failure))]
internal sealed partial class EmbeddedJson : JsonSerializerContext
{
    public static EmbeddedJson Shared { get; } = new(ApiJson.Options());
}
