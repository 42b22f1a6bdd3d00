using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;

namespace AdStudio.Web.Api.Embedded;

/// <summary>What the addresses of this surface name, as far as the actor may go there.</summary>
internal sealed class EmbeddedScope(FindTeamAdAccounts accounts, FindWorkspaceByEnterpriseId byEnterpriseId, GetWorkspace byId)
{
    /// <summary>
    /// The ad account that <c>adAccountId</c> of the query names, among those of the team in the path. Left out, it is the team's only one on the platform.
    /// Refuses a team or an account that the actor does not see (404) and a grant that is missing or falls short (403).
    /// </summary>
    /// <param name="needed">Viewer to read, Manager to change what runs there.</param>
    public async Task<Result<AdAccountRow>> AccountAsync(HttpContext http, string teamId, Platform platform, AccountAccess needed, CancellationToken ct) =>
        !(await AccountsAsync(http, teamId, platform, needed, ct)).TryGet(out var found, out var refusal) ? refusal
        : found.Count == 1 ? found[0]
        : new InvalidError("adAccountId", $"adAccountId should name one of the team's accounts: {string.Join(", ", found.Take(10).Select(a => a.ExternalId))}");

    /// <summary>The same; left out, <c>adAccountId</c> means all of the team's on the platform on which the actor may do what is needed.</summary>
    public async Task<Result<IReadOnlyList<AdAccountRow>>> AccountsAsync(HttpContext http, string teamId, Platform platform, AccountAccess needed, CancellationToken ct)
    {
        if (TeamIdOf(teamId) is not { } team) return new TeamNotFound();
        var word = http.Request.Query["adAccountId"].ToString();
        return await accounts.RunAsync(http.Actor(), team, platform, word.Length == 0 ? null : word, needed, ct);
    }

    /// <summary>The workspace that the caller names by its own id, or by ours.</summary>
    public async Task<Result<WorkspaceRow>> WorkspaceAsync(Actor actor, string word, CancellationToken ct)
    {
        var found = await byEnterpriseId.RunAsync(actor, word, ct);
        return !found.IsDone && PublicId.TryParse("ws", word, out var id) ? await byId.RunAsync(actor, id, ct) : found;
    }

    public static Guid? TeamIdOf(string text) => PublicId.TryParse("team", text, out var id) ? id : null;
}

internal static class EmbeddedOperations
{
    public static RouteHandlerBuilder OfAccount(this RouteHandlerBuilder endpoint) => endpoint.Query("adAccountId", "The ad account, by the platform's id or ours. Left out, the team's only one.");
}
