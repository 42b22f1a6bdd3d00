using AdStudio.Core.Accounts;
using AdStudio.Core.Common;

namespace AdStudio.Web.Api.Advertising;

/// <summary>The surface of seed 003: a partner's key on every call; a brand may be named beside it.</summary>
internal sealed class AdvertisingDialect(ApiKeys keys) : ApiDialect
{
    public override PathString Root => "/advertising/v1";
    public override string Via => "api/advertising";

    public override async ValueTask<Result<Actor>> AuthenticateAsync(HttpContext http, CancellationToken ct)
    {
        if (ApiKey(http) is not { } key) return new ApiKeyNeeded();
        return await keys.FindAsync(key, Via, ct) is { } actor ? actor : new TenantNotFound();
    }

    public override Task WriteAsync(HttpContext http, ApiProblem problem)
    {
        Begin(http, problem);
        var error = new AdvertisingError(problem.Code, problem.Message, [.. problem.Fields.Select(f => new AdvertisingFieldProblem(f.Field, f.Message))], http.TraceIdentifier);
        return http.Response.WriteAsJsonAsync(new AdvertisingFailure(error, problem.Status), AdvertisingJson.Shared.AdvertisingFailure);
    }
}
