using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;

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

    public override ApiProblem Of(Refusal refusal)
    {
        var problem = base.Of(refusal);
        if (refusal is AuthorityDenied) return problem with { Code = "AUTHORITY_DENIED" };
        return problem.Fields.Count == 0 ? problem : problem with { Fields = [.. problem.Fields.Select(f => f with { Field = NameHere(f.Field) })] };
    }

    /// <summary>Where one of the studio's own fields stands in a request of this surface.</summary>
    private static string NameHere(string field)
    {
        if (field.StartsWith("creativeIds[", StringComparison.Ordinal) && field.IndexOf(']', StringComparison.Ordinal) is var end and > 0)
            return field[(end + 1)..] is { Length: > 1 } part && part != ".assets" ? AdvertisingWriter.CreativeField(part[1..], int.Parse(field[12..end], System.Globalization.CultureInfo.InvariantCulture)) : $"assets.all{field[11..(end + 1)]}";
        if (field.StartsWith("groups", StringComparison.Ordinal)) return "targetedCountries" + field[6..].Replace(".fraction", ".budget", StringComparison.Ordinal).Replace(".places", ".locations", StringComparison.Ordinal).Replace(".excludedPlaces", ".excluded_locations", StringComparison.Ordinal);
        if (field.EndsWith(".adAccountId", StringComparison.Ordinal)) return "fbAdAccount.id";
        if (field.EndsWith(".pageId", StringComparison.Ordinal)) return "fbPage.id";
        return field switch
        {
            "name" => "campaignName", "objective" => "campaign_type", "platforms" => "campaign_platforms", "creativeIds" => "assets", "audienceIds" => "userExistingAudiences", "budget.amount" => "budget", "budget.currency" => "currency",
            "schedule.startAt" => "startDate", "schedule.endAt" => "endDate", "audience.places" => "targetedCountries", "audience.ages" => "targetingDemographics.age", "audience.interests" => "interestTargetingAudiences", _ => field,
        };
    }

    public override Task WriteAsync(HttpContext http, ApiProblem problem)
    {
        Begin(http, problem);
        var error = new AdvertisingError(problem.Code, problem.Message, [.. problem.Fields.Select(f => new AdvertisingFieldProblem(f.Field, f.Message))], http.TraceIdentifier);
        return http.Response.WriteAsJsonAsync(new AdvertisingFailure(error, problem.Status), AdvertisingJson.Shared.AdvertisingFailure);
    }
}
