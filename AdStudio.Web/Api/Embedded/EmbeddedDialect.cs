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
        return found.TryGet(out person, out _) && person.Scopes is null && !tenant.HasScope(ApiScopes.Everything) ? person with { Scopes = tenant.Scopes } : found;
    }

    public override ApiProblem Of(Refusal refusal) =>
        refusal is InvalidError { Fields.Count: > 0 } invalid ? ApiProblem.BadRequest("Validation failed", invalid.Fields) : base.Of(refusal);

    public override Task WriteAsync(HttpContext http, ApiProblem problem)
    {
        Begin(http, problem);
        // Seed 002's details are sentences: each names its field.
        var details = problem.Fields.Count == 0 ? null : problem.Fields.Select(f => f.Message.StartsWith(f.Field, StringComparison.Ordinal) ? f.Message : $"{f.Field}: {f.Message}").ToList();
        return http.Response.WriteAsJsonAsync(new Failure(false, new FailureError(problem.Code, problem.Message, details), Timestamp(http), problem.Status, http.Request.Path), EmbeddedJson.Shared.Failure);
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
