using AdStudio.Core.Accounts;
using AdStudio.Core.Common;

namespace AdStudio.Web.Api.Embedded;

/// <summary>The surface of seed 002: a partner's key on every call, and with it the token of the user who acts.</summary>
internal sealed class EmbeddedDialect(ApiKeys keys, TokenCallers callers) : ApiDialect
{
    public override PathString Root => "/api/v1";
    public override string Via => "api/v1";

    public override async ValueTask<Result<Actor>> AuthenticateAsync(HttpContext http, CancellationToken ct)
    {
        if (ApiKey(http) is not { } key) return new ApiKeyNeeded();
        if (await keys.FindAsync(key, Via, ct) is not { } tenant) return new TenantNotFound();
        if (http.GetEndpoint()?.Metadata.GetMetadata<KeyAlone>() is not null) return tenant;
        if (Bearer(http) is not { } token) return new UserTokenNeeded();
        var found = await callers.FindAsync(token, Via, ct);
        // A token of another tenant's user is nobody's here; and no token reaches beyond the key that came with it.
        if (found.TryGet(out var person, out _) && person.OrganizationId != tenant.OrganizationId) return new TokenNoLongerCounts();
        if (found.TryGet(out person, out _) && !tenant.ReachesPlatforms) found = person with { ReachesPlatforms = false };
        return found.TryGet(out person, out _) && !tenant.HasScope(ApiScopes.Everything) ? person with { Scopes = Both(person, tenant) } : found;
    }

    /// <summary>What both keys allow: the one that brought the token, and the one that came with it.</summary>
    private static HashSet<string> Both(Actor person, Actor tenant) =>
        [.. tenant.Scopes!.Where(person.HasScope), .. person.Scopes?.Where(tenant.HasScope) ?? []];

    public override ApiProblem Of(Refusal refusal) => refusal switch
    {
        // The seed's own words, and its own status for who comes without a user's token.
        WorkspaceExists or AlreadyInTeam => ApiProblem.BadRequest(refusal.Message),
        UserTokenNeeded or TokenNoLongerCounts => new ApiProblem(StatusCodes.Status403Forbidden, "FORBIDDEN", "Access denied", [new("Authorization", refusal.Message)]),
        _ => base.Of(refusal),
    };

    public override Task WriteAsync(HttpContext http, ApiProblem problem)
    {
        Begin(http, problem);
        // Seed 002's details are sentences: each names its field.
        var details = problem.Fields.Count == 0 ? null : problem.Fields.Select(f => f.Message.StartsWith(f.Field, StringComparison.Ordinal) ? f.Message : $"{f.Field}: {f.Message}").ToList();
        return http.Response.WriteAsJsonAsync(new Failure(false, new FailureError(problem.Code, problem is { Status: StatusCodes.Status400BadRequest, Fields.Count: > 0 } ? "Validation failed" : problem.Message, details), Timestamp(http), problem.Status, http.Request.Path.Value!.TrimEnd('/')), EmbeddedJson.Shared.Failure);
    }

    /// <summary>Now, as the envelopes write it.</summary>
    public static string Stamp(HttpContext http) => Timestamp(http);

    /// <summary>The envelope of a success.</summary>
    public static Task WriteAsync<T>(HttpContext http, T data, System.Text.Json.Serialization.Metadata.JsonTypeInfo<Envelope<T>> type, int status, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new Envelope<T>(true, data, message, Timestamp(http), status), type);
    }
}
