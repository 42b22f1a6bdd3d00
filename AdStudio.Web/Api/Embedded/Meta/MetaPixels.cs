using System.Text.Json.Serialization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Pixels;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded.Meta;

/// <param name="LastFiredTime">When it last heard from the website (UTC); null when it never did.</param>
internal sealed record PixelAnswer(string Id, string Name, [property: JsonPropertyName("last_fired_time")] DateTimeOffset? LastFiredTime);

internal sealed record PixelRequest(string Name, string Description);

internal static class MetaPixels
{
    public static void Map(RouteGroupBuilder meta)
    {
        meta.MapGet("/pixels", async (HttpContext http, string teamId, EmbeddedScope scope, ListPixels list, CancellationToken ct) =>
        {
            if (!(await scope.AccountAsync(http, teamId, Platform.Meta, AccountAccess.Viewer, ct)).TryGet(out var account, out var refusal)) return refusal.Refused();
            if (!(await list.RunAsync(http.Actor(), account.WorkspaceId, account.Id, ct)).TryGet(out var found, out refusal)) return refusal.Refused();
            if (found.Select(f => f.WhyNot).FirstOrDefault(w => w is not null) is { } why) return new UnavailableError(why).Refused();
            return ((IReadOnlyList<PixelAnswer>)[.. found.SelectMany(f => f.Pixels).Select(p => new PixelAnswer(p.PixelId, p.Name, p.LastFiredAt))]).Enveloped(PlatformJson.Shared.EnvelopeIReadOnlyListPixelAnswer);
        })
        .Operation("List pixels", "The account's pixels, asked of Meta now.", ApiScopes.ReadAccounts).OfAccount().Gives<Envelope<IReadOnlyList<PixelAnswer>>>();

        meta.MapPost("/pixels", async (HttpContext http, string teamId, EmbeddedScope scope, CreatePixel create, CancellationToken ct) =>
        {
            var (body, unreadable) = await JsonBody.ReadAsync(http);
            if (unreadable is not null) return unreadable;
            var (name, description) = (body.Text("name", 100, required: true), body.Text("description", 200, required: true));
            if (!(await scope.AccountAsync(http, teamId, Platform.Meta, AccountAccess.Manager, ct)).TryGet(out var account, out var refusal)) return refusal.Refused();
            if (body.Refusal() is { } wrong) return wrong;
            return (await create.RunAsync(http.Actor(), account.Id, name!, description, ct)).TryGet(out var made, out refusal)
                ? new PixelAnswer(made.ExternalId, made.Name, made.LastFiredAt).Enveloped(PlatformJson.Shared.EnvelopePixelAnswer) : refusal.Refused();
        })
        .Operation("Create a pixel", "Makes a pixel on the account; campaigns can use it at once. Meta lets most accounts have one. For managers of the account.", ApiScopes.WriteAccounts).OfAccount()
        .Takes<PixelRequest>("""{"name":"Test Pixel","description":"Created via API"}""").Gives<Envelope<PixelAnswer>>();
    }
}
