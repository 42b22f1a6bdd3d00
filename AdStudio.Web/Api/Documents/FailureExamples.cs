using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Web.Api.Advertising;
using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Embedded;
using AdStudio.Web.Api.Partner;

namespace AdStudio.Web.Api.Documents;

/// <summary>How an operation may fail, and what the refusal looks like in each surface's envelope.</summary>
internal static class FailureExamples
{
    private const string Id = "req_01kcsv5m3nf1tt8ws2xq7h4rb6", At = "2026-11-24T09:30:00.000Z", Field = "name", Wrong = "Give it a name.";

    /// <param name="Says">For the document.</param>
    /// <param name="Message">As an answer words it.</param>
    /// <param name="OfBodies">Only where a body is sent.</param>
    internal sealed record Failing(string Status, string Code, string Says, string Message, bool OfBodies = false);

    public static IReadOnlyList<Failing> Known { get; } =
    [
        new("400", "BAD_REQUEST", "Something is wrong in the request; `details` names every field.", "Something in the request needs another look."),
        new("401", "UNAUTHORIZED", "Nobody we know: the key or token is missing, unknown or has run out.", "This key is unknown or has ended."),
        new("403", "FORBIDDEN_SCOPE", "Not allowed: the grant, the role or the key's scope is missing.", "This key may not do that: a scope is missing."),
        new("404", "NOT_FOUND", "It does not exist, or not for you.", "There is nothing here by that id."),
        new("409", "CONFLICT", "Not in its present state, or somebody else changed it meanwhile.", "Somebody else changed it meanwhile. Read it again."),
        new("413", "PAYLOAD_TOO_LARGE", "The body is too large.", "The body is larger than 2 MB.", OfBodies: true),
        new("415", "UNSUPPORTED_MEDIA_TYPE", "Send JSON, with `Content-Type: application/json`.", "Send JSON.", OfBodies: true),
        new("429", "RATE_LIMITED", "Too many requests; `Retry-After` says when to go on.", "Too many requests. Go on in a moment."),
        new("500", "INTERNAL_ERROR", "Our fault; quote the request id.", "Something went wrong on our side."),
        new("503", "UNAVAILABLE", "A platform, or something else outside, does not answer now; try again later.", "The platform does not answer now. Try again later."),
    ];

    public static JsonNode? Of(ApiSurface surface, string status, string path)
    {
        if (Known.FirstOrDefault(f => f.Status == status) is not { } failing) return null;
        var (code, message, number, names) = (failing.Code, failing.Message, int.Parse(status, CultureInfo.InvariantCulture), status == "400");
        return surface.SignIn switch
        {
            SignIn.TokenOrKey => JsonSerializer.SerializeToNode(new CrmFailure(false, new CrmError(code, message, names ? [new CrmErrorDetail(Field, Wrong)] : [], Id), At, number, path), CrmJson.Shared.CrmFailure),
            SignIn.KeyAndToken => JsonSerializer.SerializeToNode(new Failure(false, new FailureError(code, names ? "Validation failed" : message, names ? [$"{Field}: {Wrong}"] : null), At, number, path), EmbeddedJson.Shared.Failure),
            SignIn.Key => JsonSerializer.SerializeToNode(new AdvertisingFailure(new AdvertisingError(code, message, names ? [new AdvertisingFieldProblem(Field, Wrong)] : [], Id), number), AdvertisingJson.Shared.AdvertisingFailure),
            _ => JsonSerializer.SerializeToNode(new PartnerFailure(new PartnerError(names ? "VALIDATION" : code, message, Id, names ? new PartnerErrorDetails { Fields = [new PartnerFieldProblem(Field, Wrong)] } : null)), PartnerJson.Shared.PartnerFailure),
        };
    }
}
