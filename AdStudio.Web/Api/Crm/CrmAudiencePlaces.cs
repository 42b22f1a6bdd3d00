using AdStudio.Core.Accounts;
using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Crm;

internal sealed record CrmMembersRequest(IReadOnlyList<CrmMember> Members);

internal sealed record CrmMembersToRemove(IReadOnlyList<CrmMember> Members)
{
    /// <summary>consent_withdrawn when that is why: then nobody can add them again unless they give it anew. Otherwise leave it out.</summary>
    public string? Reason { get; init; }
}

internal sealed record CrmPlaceChoice(Guid AdAccountId)
{
    /// <summary>The pixel whose visitors count, for website visitors; the account's only one when left out.</summary>
    public string? PixelId { get; init; }
}

internal sealed record CrmPlaceRequest(IReadOnlyList<CrmPlaceChoice> Accounts);

internal sealed record CrmTakeOverRequest(Guid AdAccountId, string PlatformAudienceId);

/// <summary>Who is on a customer list, where audiences stand, and what stands on the platforms already.</summary>
internal static class CrmAudiencePlaces
{
    private const string Example = """{"members":[{"email":"sam@customer.example","consent":"given","consentAt":"2026-05-01T09:00:00Z"},{"phone":"+49 30 1234567"}]}""";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/audiences/{audienceId}/members", AddAsync).Operation("Add members", "Up to 10,000 at once. Where the list stands on platforms, they are sent there by themselves.", ApiScopes.WriteAudiences).Takes<CrmMembersRequest>(Example).Gives<CrmMembersAdded>();
        group.MapDelete("/audiences/{audienceId}/members", RemoveAsync).Operation("Take members out", "Everybody who has one of the addresses or numbers. Where the list stands on platforms, they are taken out there too.", ApiScopes.WriteAudiences)
            .Takes<CrmMembersToRemove>("""{"members":[{"email":"sam@customer.example"}],"reason":"consent_withdrawn"}""").Gives<CrmMembersRemoved>();
        group.MapPost("/audiences/{audienceId}/placements", PlaceAsync).Operation("Put an audience on ad accounts", "Goes on in the background; read the audience to see how far it is. All of the accounts or none.", ApiScopes.WriteAudiences)
            .Idempotent<PlatformAudience>().Takes<CrmPlaceRequest>("""{"accounts":[{"adAccountId":"0190b5a3-2c52-7c3e-9d5b-3a8f1f0e7d11"}]}""").Gives<CrmAudience>(StatusCodes.Status202Accepted);
        group.MapPost("/audiences/{audienceId}/placements/{placementId}/retry", RetryAsync).Operation("Try a placement again", "One that failed, now.", ApiScopes.WriteAudiences).Gives<CrmAudience>(StatusCodes.Status202Accepted);
        group.MapDelete("/audiences/{audienceId}/placements/{placementId}", TakeOffAsync).Operation("Take an audience off an ad account", "It is deleted on the platform, in the background.", ApiScopes.WriteAudiences).Gives<CrmAudience>(StatusCodes.Status202Accepted);
        group.MapGet("/audiences/platform", StandingAsync).Operation("List what stands on an ad account", "Asks the platform: its own audiences, whoever made them; Meta's and TikTok's saved ones among them.", ApiScopes.ReadAudiences)
            .Query("adAccountId", "The ad account. Required.", QueryKind.Id).Gives<CrmStandingAudiences>();
        group.MapPost("/audiences/platform", TakeOverAsync).Operation("Take over an audience that stands on an ad account", "Campaigns on that account can use it. It stays as it is there.", ApiScopes.WriteAudiences)
            .Idempotent([typeof(AdAudience), typeof(PlatformAudience)]).Takes<CrmTakeOverRequest>("""{"adAccountId":"0190b5a3-2c52-7c3e-9d5b-3a8f1f0e7d11","platformAudienceId":"23842587123450123"}""").Gives<CrmAudience>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> AddAsync(string audienceId, HttpContext http, FindAudiencesByKeys find, AddAudienceMembers add, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var members = Members(body);
        if (body.Refusal() is { } wrong) return wrong;
        if (await CrmAudiences.FindAsync(http, find, audienceId, ct) is not { } id) return new AudienceNotFound().Refused();
        return (await add.RunAsync(http.Actor(), id, members, 1, ct)).TryGet(out var added, out var refusal)
            ? new CrmMembersAdded(added.Added, added.AlreadyThere, added.Withdrawn, added.Members, Rejected(added.Rejected)).Answer(CrmJson.Shared.CrmMembersAdded) : refusal.Refused();
    }

    private static async Task<IResult> RemoveAsync(string audienceId, HttpContext http, FindAudiencesByKeys find, RemoveAudienceMembers remove, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var members = Members(body);
        var withdrawn = body.Word("reason", CrmWords.RemovalReasons) ?? false;
        if (body.Refusal() is { } wrong) return wrong;
        if (await CrmAudiences.FindAsync(http, find, audienceId, ct) is not { } id) return new AudienceNotFound().Refused();
        return (await remove.RunAsync(http.Actor(), id, members, 1, withdrawn, ct)).TryGet(out var removed, out var refusal)
            ? new CrmMembersRemoved(removed.Removed, removed.NotThere, removed.Members, Rejected(removed.Rejected)).Answer(CrmJson.Shared.CrmMembersRemoved) : refusal.Refused();
    }

    private static async Task<IResult> PlaceAsync(string audienceId, HttpContext http, FindAudiencesByKeys find, PlaceAudience place, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var accounts = body.Objects("accounts", 100, a => a.Id("adAccountId", "acc", required: true) is { } account ? new AccountChoice(account, a.Text("pixelId", 128)) : null);
        if (accounts is null && !body.Has("accounts")) body.Wrong("accounts", "accounts should not be empty");
        if (body.Refusal() is { } wrong) return wrong;
        if (await CrmAudiences.FindAsync(http, find, audienceId, ct) is not { } id) return new AudienceNotFound().Refused();
        return Accepted(await place.RunAsync(http.Actor(), id, accounts ?? [], ct));
    }

    private static async Task<IResult> RetryAsync(string audienceId, Guid placementId, HttpContext http, FindAudiencesByKeys find, GetAudience get, RetryPlacement retry, CancellationToken ct) =>
        await IsOfAsync(http, find, get, audienceId, placementId, ct) ? Accepted(await retry.RunAsync(http.Actor(), placementId, ct)) : new PlacementNotFound().Refused();

    private static async Task<IResult> TakeOffAsync(string audienceId, Guid placementId, HttpContext http, FindAudiencesByKeys find, GetAudience get, TakeOffAccount takeOff, CancellationToken ct) =>
        await IsOfAsync(http, find, get, audienceId, placementId, ct) ? Accepted(await takeOff.RunAsync(http.Actor(), placementId, ct)) : new PlacementNotFound().Refused();

    private static async Task<IResult> StandingAsync(HttpContext http, ListStandingAudiences list, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var account = query.Id("adAccountId", "acc");
        if (query.Refusal() is { } wrong) return wrong;
        if (account is not { } id) return new InvalidError("adAccountId", "adAccountId should not be empty").Refused();
        return (await list.RunAsync(http.Actor(), id, ct)).TryGet(out var all, out var refusal)
            ? new CrmStandingAudiences([.. all.Select(CrmStandingAudience.Of)], all.Count).Answer(CrmJson.Shared.CrmStandingAudiences) : refusal.Refused();
    }

    private static async Task<IResult> TakeOverAsync(HttpContext http, TakeOverAudience takeOver, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var (account, audience) = (body.Id("adAccountId", "acc", required: true), body.Text("platformAudienceId", 128, required: true));
        if (body.Refusal() is { } wrong) return wrong;
        if (!(await takeOver.RunAsync(http.Actor(), account!.Value, audience!, ct)).TryGet(out var row, out var refusal)) return refusal.Refused();
        http.Response.Headers.Location = $"{http.Request.Path.Value![..^"/platform".Length]}/{row.Id}";
        return CrmAudience.Of(row).Answer(CrmJson.Shared.CrmAudience, StatusCodes.Status201Created);
    }

    private static IReadOnlyList<MemberInput> Members(Given body)
    {
        var members = CrmAudiences.ReadMembers(body);
        if (members is null && !body.Has("members")) body.Wrong("members", "members should not be empty");
        return members ?? [];
    }

    private static async Task<bool> IsOfAsync(HttpContext http, FindAudiencesByKeys find, GetAudience get, string audienceId, Guid placementId, CancellationToken ct) =>
        await CrmAudiences.FindAsync(http, find, audienceId, ct) is { } id && (await get.RunAsync(http.Actor(), id, ct)).TryGet(out var row, out _) && row.Platforms.Any(p => p.Id == placementId);

    private static IResult Accepted(Result<AudienceRow> result) => result.TryGet(out var row, out var refusal) ? CrmAudience.Of(row).Answer(CrmJson.Shared.CrmAudience, StatusCodes.Status202Accepted) : refusal.Refused();

    private static IReadOnlyList<CrmRejectedMember> Rejected(IReadOnlyList<RejectedMember> rejected) => [.. rejected.Select(m => new CrmRejectedMember(m.Line, m.Why))];
}
