using AdStudio.Core.Accounts;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded;

/// <summary>Tokens for a partner's users.</summary>
internal static class EmbeddedAuth
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/auth/token", async (HttpContext http, IssueTokens issue, CancellationToken ct) =>
        {
            var (body, unreadable) = await JsonBody.ReadAsync(http);
            if (unreadable is not null) return unreadable;
            var user = body.Text("externalUserId", 128, required: true);
            if (body.Refusal() is { } wrong) return wrong;
            return Answer(await issue.RunAsync(http.Actor(), user!, ct), StatusCodes.Status201Created, "Resource created successfully");
        })
        .Operation("Get a user's tokens", "The access token acts for that user for an hour. A user who is not known yet becomes one without grants.", null)
        .ByKeyAlone().Takes<TokenRequest>("""{"externalUserId":"demo-admin"}""").Gives<Envelope<TokenAnswer>>(StatusCodes.Status201Created);

        group.MapGet("/auth/refresh-token", async (HttpContext http, RefreshTokens refresh, CancellationToken ct) =>
        {
            var header = http.Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || header.Length is < 8 or > 512) return new RefusedAnswer(new RefreshTokenNeeded());
            return Answer(await refresh.RunAsync(http.Actor(), header[7..].Trim(), ct), StatusCodes.Status200OK, "Request successful");
        })
        .Operation("Refresh a user's tokens", "Send the refresh token as Bearer. It is spent with this; the answer holds its successor. A spent one that comes again ends the whole family.", null)
        .ByKeyAlone().Gives<Envelope<TokenAnswer>>();

        group.MapPost("/auth/register", RegisterAsync)
        .Operation("Sign up a user", "Makes a user of yours who may also sign in at AdStudio with e-mail and password, and their workspace with its default team. They are asked by mail to confirm the address.", ApiScopes.ManageWorkspaces)
        .ByKeyAlone().Takes<SignUpRequest>("""{"name":"Nora Field","email":"nora@shop.example","password":"Blue-Kettle-7","workspaceName":"Nora's Shop","externalUserId":"nora-7"}""").Gives<Envelope<SignUpAnswer>>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> RegisterAsync(HttpContext http, RegisterMember register, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        // In the seed's order and words.
        var email = body.Text("email", 256);
        if (!System.Net.Mail.MailAddress.TryCreate(email, out _) && body.Problems.Count == 0) body.Wrong("email", "email must be an email");
        var (name, password) = (body.Text("name", 128, required: true), body.Text("password", 256, required: true));
        var (workspace, user, enterpriseId) = (body.Text("workspaceName", 128, required: true), body.Text("externalUserId", 128, required: true), body.Text("enterpriseId", 128));
        if (body.Refusal() is { } wrong) return wrong;
        return (await register.RunAsync(http.Actor(), new NewMember(name!, email!, password!, workspace!, user!, enterpriseId), ct)).TryGet(out var m, out var refusal)
            ? new SignUpAnswer(m.PersonId, m.Name, m.Email, m.ExternalUserId, new(m.WorkspaceId, m.WorkspaceName, m.EnterpriseId, m.CreatedAt.UtcDateTime, m.CreatedAt.UtcDateTime), m.CreatedAt.UtcDateTime).Created(EmbeddedJson.Shared.EnvelopeSignUpAnswer)
            : refusal.Refused();
    }

    private static IResult Answer(Core.Common.Result<TokenPair> result, int status, string message) =>
        result.TryGet(out var pair, out var refusal) ? new EmbeddedAnswer<TokenAnswer>(new(pair.AccessToken, pair.RefreshToken), EmbeddedJson.Shared.EnvelopeTokenAnswer, status, message) : new RefusedAnswer(refusal);
}
