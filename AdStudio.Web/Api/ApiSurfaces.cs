using AdStudio.Web.Api.Advertising;
using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Embedded;
using AdStudio.Web.Api.Partner;

namespace AdStudio.Web.Api;

/// <summary>How a caller of a surface says who it is.</summary>
public enum SignIn
{
    /// <summary>A user's token as Bearer, or a key as x-api-key.</summary>
    TokenOrKey,

    /// <summary>A key as x-api-key and a user's token as Bearer, both.</summary>
    KeyAndToken,

    /// <summary>A key as x-api-key.</summary>
    Key,

    /// <summary>A key as Bearer.</summary>
    BearerKey,
}

/// <summary>One dialect of the APIs, as its document and the developers' pages name it.</summary>
/// <param name="Name">In addresses: /openapi/{Name}.json.</param>
/// <param name="Root">All its operations begin with it.</param>
/// <param name="Says">In one sentence, for whom it is.</param>
/// <param name="Description">For the document: who calls and how it answers.</param>
/// <param name="Failure">The envelope of a refusal.</param>
public sealed record ApiSurface(string Name, string Title, string Root, string Says, string Description, Type Failure, SignIn SignIn)
{
    public static IReadOnlyList<ApiSurface> All { get; } =
    [
        new("partner", "Partner API", "/v1", "Create campaigns from your product in one call, follow them as jobs, and be told by webhooks.",
            "Send your API key as `Authorization: Bearer`. Money is in the currency's minor unit. Work on a platform is accepted with 202 and followed at `/v1/jobs/{jobId}`. Errors carry `code`, `message`, `requestId` and, where there is more to say, `details`.", typeof(PartnerFailure), SignIn.BearerKey),
        new("embedded", "Embedded API", "/api/v1", "Workspaces, teams and permissions of your users, their connections, and Meta and Google in their own words.",
            "Your API key goes with every call, as `x-api-key`, and beside it the acting user's access token as `Authorization: Bearer`. Answers come in an envelope: `success`, `data`, `message`, `timestamp`, `statusCode`.", typeof(Failure), SignIn.KeyAndToken),
        new("advertising", "Advertising API", "/advertising/v1", "Campaigns of your customers' brands, with country groups and analytics.",
            "Your API key goes with every call, as `x-api-key`; `x-brand-id` names one of your brands. Ids are integers, money is in whole units of the brand's currency.", typeof(AdvertisingFailure), SignIn.Key),
        new("crm", "CRM ads API", "/api/crm", "Campaigns, creatives, audiences, ad accounts and numbers, with a user's token or with your key alone.",
            "Act for a person with `Authorization: Bearer`, or for your organization with `x-api-key`. `orgid` may name the organization; another than the caller's own answers 404. Answers are the plain resource, errors an envelope that names every wrong field.", typeof(CrmFailure), SignIn.TokenOrKey),
    ];

    /// <summary>The surface of an operation's address; null for what belongs to none.</summary>
    public static ApiSurface? Of(string path) => All.FirstOrDefault(s => path.StartsWith(s.Root + "/", StringComparison.Ordinal));
}
