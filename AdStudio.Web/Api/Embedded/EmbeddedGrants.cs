using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded;

/// <param name="AdAccountId">The platform's id of the ad account, or ours.</param>
/// <param name="Permission">MANAGER spends, VIEWER reads.</param>
internal sealed record PermissionRequest(string AdAccountId, string ExternalUserId, string Permission);
internal sealed record RevokeRequest(string AdAccountId, string ExternalUserId);

/// <param name="AccountId">The platform's id.</param>
internal sealed record PermittedAccount(string AccountId);

internal sealed record AccountPermission(Guid Id, string Permission, DateTime UpdatedAt, DateTime CreatedAt, PermittedAccount AdsAccount)
{
    public static AccountPermission Of(GrantRow g) => new(g.Id, g.Access.Wire(), g.UpdatedAt.UtcDateTime, g.CreatedAt.UtcDateTime, new(g.AdAccountExternalId));
}

/// <summary>What a member of a team may do with its ad accounts.</summary>
internal static class EmbeddedGrants
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/{teamId}/ads-accounts/assign", AssignAsync).Operation("Assign ad account", "Gives a member of the team a permission on one of its ad accounts; for an admin of the team.", ApiScopes.ManageWorkspaces)
            .Takes<PermissionRequest>("""{"adAccountId":"act_1001","externalUserId":"Mia-1","permission":"MANAGER"}""").Gives<Envelope<AccountPermission>>(StatusCodes.Status201Created);
        group.MapPost("/{teamId}/ads-accounts/revoke", RevokeAsync).Operation("Revoke ad account", "Takes the permission back; for an admin of the team.", ApiScopes.ManageWorkspaces)
            .Takes<RevokeRequest>("""{"adAccountId":"act_1001","externalUserId":"Mia-1"}""").Gives<Envelope<NoData?>>();
        group.MapPost("/{teamId}/ads-accounts/change-permission", ChangeAsync).Operation("Change ad account permission", "Of a member who has one; for an admin of the team.", ApiScopes.ManageWorkspaces)
            .Takes<PermissionRequest>("""{"adAccountId":"act_483489024830589","externalUserId":"1","permission":"VIEWER"}""").Gives<Envelope<AccountPermission>>();
    }

    private static async Task<IResult> AssignAsync(string teamId, HttpContext http, GrantAdAccount grant, CancellationToken ct)
    {
        var (asked, problem) = await ReadAsync(http, withPermission: true);
        if (problem is not null) return problem;
        return EmbeddedScope.TeamIdOf(teamId) is not { } team ? new TeamNotFound().Refused()
            : (await grant.RunAsync(http.Actor(), team, asked.Account, asked.User, asked.Access, ct)).TryGet(out var row, out var refusal) ? AccountPermission.Of(row).Created(EmbeddedJson.Shared.EnvelopeAccountPermission)
            : refusal.Refused();
    }

    private static async Task<IResult> RevokeAsync(string teamId, HttpContext http, RevokeAdAccountGrant revoke, CancellationToken ct)
    {
        var (asked, problem) = await ReadAsync(http, withPermission: false);
        if (problem is not null) return problem;
        return EmbeddedScope.TeamIdOf(teamId) is not { } team ? new TeamNotFound().Refused()
            : (await revoke.RunAsync(http.Actor(), team, asked.Account, asked.User, ct)).TryGet(out _, out var refusal) ? EmbeddedAnswers.Said("Ad account revoked from member successfully")
            : refusal.Refused();
    }

    private static async Task<IResult> ChangeAsync(string teamId, HttpContext http, ChangeAdAccountGrant change, CancellationToken ct)
    {
        var (asked, problem) = await ReadAsync(http, withPermission: true);
        if (problem is not null) return problem;
        return EmbeddedScope.TeamIdOf(teamId) is not { } team ? new TeamNotFound().Refused()
            : (await change.RunAsync(http.Actor(), team, asked.Account, asked.User, asked.Access, ct)).TryGet(out var row, out var refusal)
                ? AccountPermission.Of(row).Enveloped(EmbeddedJson.Shared.EnvelopeAccountPermission, "Ad account permission changed successfully")
            : refusal.Refused();
    }

    private sealed record Asked(string Account, string User, AccountAccess Access);

    private static async Task<(Asked Asked, IResult? Problem)> ReadAsync(HttpContext http, bool withPermission)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return (null!, unreadable);
        var asked = new Asked(
            body.Text("adAccountId", 64, required: true)!, body.Text("externalUserId", 128, required: true)!,
            withPermission ? body.Word("permission", EmbeddedRoles.Permissions, required: true) ?? AccountAccess.Viewer : AccountAccess.Viewer);
        return (asked, body.Refusal());
    }
}
