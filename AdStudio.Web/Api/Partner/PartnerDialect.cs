using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Web.Api.Crm;

namespace AdStudio.Web.Api.Partner;

/// <summary>The surface of seed 004: an API key with scopes, as Bearer.</summary>
internal sealed class PartnerDialect(ApiKeys keys) : ApiDialect
{
    public override PathString Root => "/v1";
    public override string Via => "api/partner";

    public override async ValueTask<Result<Actor>> AuthenticateAsync(HttpContext http, CancellationToken ct)
    {
        if (Bearer(http) is not { } key) return new BearerKeyNeeded();
        return await keys.FindAsync(key, Via, ct) is { } actor ? actor : new KeyNoLongerCounts();
    }

    public override ApiProblem Of(Refusal refusal) => base.Of(refusal) switch
    {
        { Code: "BAD_REQUEST" } wrong => wrong with { Code = "VALIDATION", Fields = [.. wrong.Fields.Select(f => f with { Field = PartnerWords.FieldOf(f.Field) })] },
        var problem when refusal is AuthorityDenied denied => problem with
        {
            Code = "AUTHORITY_DENIED", Why = refusal, Message = $"AdStudio's {denied.Axis.Word()} axis is set to '{denied.CurrentMode.Word()}'; {(denied.Axis == AuthorityAxis.Structural ? "campaign-create" : "campaign-update")} denied.",
        },
        var problem => problem,
    };

    public override Task WriteAsync(HttpContext http, ApiProblem problem)
    {
        Begin(http, problem);
        var details = problem.Why is AuthorityDenied denied ? new PartnerErrorDetails { VerdictId = PartnerWords.Id(Verdict.Prefix, denied.VerdictId), Axis = denied.Axis.Word(), CurrentMode = denied.CurrentMode.Word() }
            : problem.Fields.Count == 0 ? null : new PartnerErrorDetails { Fields = [.. problem.Fields.Select(f => new PartnerFieldProblem(f.Field, f.Message))] };
        var code = problem.Code == "BAD_REQUEST" ? "VALIDATION" : problem.Code;
        return http.Response.WriteAsJsonAsync(new PartnerFailure(new PartnerError(code, problem.Message, http.TraceIdentifier, details)), PartnerJson.Shared.PartnerFailure);
    }
}
