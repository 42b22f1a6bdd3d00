using AdStudio.Core.Accounts;
using AdStudio.Core.Common;

namespace AdStudio.Web.Api.Crm;

/// <summary>The surface of seeds 000 and 001: a person's token with the organization beside it, or a key that acts for itself.</summary>
internal sealed class CrmDialect(TokenCallers callers, ApiKeys keys) : ApiDialect
{
    // Where the studio's own fields are called otherwise here.
    private static readonly Dictionary<string, string> FieldNames = new(StringComparer.Ordinal)
    {
        ["audience.places"] = "targeting.countries", ["audience.ages"] = "targeting.ageMin", ["targeting.places"] = "targeting.countries", ["schedule.timeZone"] = "schedule.timezone",
        ["specialAdCountries"] = "specialAdCountry", ["ids"] = "campaignIds", ["range"] = "endDate",
    };

    public override PathString Root => "/api/crm";
    public override string Via => "api/crm";

    public override async ValueTask<Result<Actor>> AuthenticateAsync(HttpContext http, CancellationToken ct)
    {
        var found = Bearer(http) is { } token ? await callers.FindAsync(token, Via, ct) : ApiKey(http) is { } key ? await OfKeyAsync(key, ct) : new TokenNeeded();
        if (!found.TryGet(out var actor, out _)) return found;
        var organization = http.Request.Headers["orgid"].ToString();
        return organization.Length == 0 || (Guid.TryParse(organization, out var id) && id == actor.OrganizationId) ? found : new OrganizationNotFound();
    }

    private async ValueTask<Result<Actor>> OfKeyAsync(string key, CancellationToken ct) => await keys.FindAsync(key, Via, ct) is { } actor ? actor : new KeyNoLongerCounts();

    public override ApiProblem Of(Refusal refusal)
    {
        var problem = base.Of(refusal);
        return problem.Fields.Count == 0 ? problem : problem with { Fields = [.. problem.Fields.Select(f => f with { Field = FieldNames.GetValueOrDefault(f.Field, f.Field) })] };
    }

    public override Task WriteAsync(HttpContext http, ApiProblem problem)
    {
        Begin(http, problem);
        var error = new CrmError(problem.Code, problem.Message, [.. problem.Fields.Select(f => new CrmErrorDetail(f.Field, f.Message))], http.TraceIdentifier);
        return http.Response.WriteAsJsonAsync(new CrmFailure(false, error, Timestamp(http), problem.Status, http.Request.Path), CrmJson.Shared.CrmFailure);
    }
}
