using AdStudio.Core.Accounts;
using AdStudio.Core.Common;

namespace AdStudio.Web.Api.Embedded;

/// <summary>The surface of seed 002: a partner's key on every call.</summary>
internal sealed class EmbeddedDialect(ApiKeys keys) : ApiDialect
{
    public override PathString Root => "/api/v1";
    public override string Via => "api/v1";

    public override async ValueTask<Result<Actor>> AuthenticateAsync(HttpContext http, CancellationToken ct)
    {
        if (ApiKey(http) is not { } key) return new ApiKeyNeeded();
        return await keys.FindAsync(key, Via, ct) is { } actor ? actor : new TenantNotFound();
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

    /// <summary>The envelope of a success.</summary>
    public static Task WriteAsync<T>(HttpContext http, T data, System.Text.Json.Serialization.Metadata.JsonTypeInfo<Envelope<T>> type, int status, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new Envelope<T>(true, data, message, Timestamp(http), status), type);
    }
}
