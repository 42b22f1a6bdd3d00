using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>Client credentials: a person brings an API user's keys, and each access token of an hour is asked for with a secret that is signed anew.</summary>
internal sealed class AppleAuthorization(AppleApi api, TimeProvider time) : IAuthorizes
{
    public Platform Platform => Platform.Apple;
    public bool SupportsPkce => false;
    public IReadOnlyList<string> Scopes { get; } = [AppleFromMemory.Scope];
    public IReadOnlyList<KeyField> KeyFields => AppleKeys.Fields;

    public IReadOnlyList<FieldProblem> CheckKeys(IReadOnlyDictionary<string, string> keys) =>
        new AppleKeys(keys.GetValueOrDefault("clientId", "").Trim(), keys.GetValueOrDefault("teamId", "").Trim(), keys.GetValueOrDefault("keyId", "").Trim(), keys.GetValueOrDefault("privateKey", "").Trim()).Check();

    public Uri AuthorizeUrl(string state, Uri redirectUri, string? codeChallenge) => new(redirectUri, $"/connections/keys/{Platform.Wire()}?state={Uri.EscapeDataString(state)}");

    public async Task<Result<PlatformTokens>> ExchangeCodeAsync(string code, Uri redirectUri, string? codeVerifier, CancellationToken ct)
    {
        if (AppleKeys.Read(code) is not { } keys) return new PlatformFailure(Platform.Apple, PlatformFailureKind.InvalidRequest, "These are no keys.");
        if (keys.Check() is [var problem, ..]) return new PlatformFailure(Platform.Apple, PlatformFailureKind.InvalidRequest, problem.Message) { Field = problem.Field };
        var asked = await AskAsync(keys, ct);
        // Nobody has to connect again who is only just connecting: the keys are wrong.
        return asked.Refusal is PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization } refused
            ? refused with { Kind = PlatformFailureKind.InvalidRequest, Message = "Apple does not know these keys. Check that the three IDs stand on the same page as the public key that belongs to this private key." }
            : asked;
    }

    public async Task<Result<PlatformTokens>> RefreshAsync(string accessToken, string? refreshToken, CancellationToken ct) => AppleKeys.Read(refreshToken) is { } keys && keys.Check().Count == 0
        ? await AskAsync(keys, ct)
        : new PlatformFailure(Platform.Apple, PlatformFailureKind.ExpiredAuthorization, "The keys for Apple are not there any more. Connect again.");

    /// <summary>Apple tells no name of an API user, so the consent goes by the organization above those that it opens.</summary>
    public async Task<Result<PlatformIdentity>> WhoAmIAsync(PlatformAccess access, CancellationToken ct)
    {
        if (!(await api.GetAsync(access, "me", null, ct)).TryGet(out var me, out var refusal)) return Result<PlatformIdentity>.Refused(refusal);
        if (!(await api.GetAsync(access, "acls", null, ct)).TryGet(out var acls, out refusal)) return Result<PlatformIdentity>.Refused(refusal);
        var organizations = (acls["data"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var parent = me["data"]?["parentOrgId"]?.ToString();
        var named = organizations.Find(o => o["orgId"]?.ToString() == parent) ?? organizations.FirstOrDefault();
        return new PlatformIdentity(me["data"]?["userId"]?.ToString() ?? parent ?? "", named?["orgName"]?.ToString() ?? "Apple Ads", Scopes, []);
    }

    private async Task<Result<PlatformTokens>> AskAsync(AppleKeys keys, CancellationToken ct)
    {
        var answer = await api.TokenAsync([("grant_type", "client_credentials"), ("client_id", keys.ClientId), ("client_secret", keys.Assertion(time.GetUtcNow())), ("scope", AppleFromMemory.Scope)], ct);
        if (!answer.TryGet(out var body, out var refusal)) return Result<PlatformTokens>.Refused(refusal);
        if (body["access_token"]?.ToString() is not { Length: > 0 } token) return new PlatformFailure(Platform.Apple, PlatformFailureKind.Unavailable, "Apple answered without a token.");
        var seconds = double.TryParse(body["expires_in"]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var s) ? s : 3600;
        return new PlatformTokens(token, keys.ToJson(), time.GetUtcNow().AddSeconds(seconds));
    }
}
