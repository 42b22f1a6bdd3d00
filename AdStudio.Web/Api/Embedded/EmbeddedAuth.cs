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
    }

    private static IResult Answer(Core.Common.Result<TokenPair> result, int status, string message) =>
        result.TryGet(out var pair, out var refusal) ? new EmbeddedAnswer<TokenAnswer>(new(pair.AccessToken, pair.RefreshToken), EmbeddedJson.Shared.EnvelopeTokenAnswer, status, message) : new RefusedAnswer(refusal);
}
