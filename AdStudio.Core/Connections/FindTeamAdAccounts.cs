using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>Ad accounts of a team for somebody who wants to read there, or to change what runs there.</summary>
public sealed class FindTeamAdAccounts(Studio studio)
{
    /// <param name="adAccount">The platform's id of one, or ours; null finds all on which the actor may do what is needed.</param>
    /// <returns>At least one. A team or an account that the actor does not see is not found; a grant that falls short is forbidden.</returns>
    public async Task<Result<IReadOnlyList<AdAccountRow>>> RunAsync(Actor actor, Guid teamId, Platform platform, string? adAccount, AccountAccess needed, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var team = await db.Teams.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(t => t.Id == teamId, ct);
        if (team is null) return new TeamNotFound();

        var rows = await ListAdAccounts.ReadAsync(db, actor, a => a.TeamId == teamId && a.Platform == platform, ct);
        if (adAccount is not null) rows.RemoveAll(a => !AdAccountNames.Fit(adAccount, a.Id, a.Platform, a.ExternalId));
        if (rows.Count == 0) return new AdAccountNotInTeam(team.Name);

        var usable = rows.FindAll(a => a.Access is { } access && access >= needed);
        return usable.Count > 0 ? usable : rows[0].Access is null ? new AccountGrantNeeded(rows[0].Name) : new AccountManagerNeeded(rows[0].Name);
    }
}

public static class AdAccountNames
{
    /// <summary>Whether a caller's word names an account: by our id or the platform's, on Meta also without "act_", on Google also with its dashes.</summary>
    public static bool Fit(string word, Guid id, Platform platform, string externalId) =>
        word == externalId || (Guid.TryParse(word, out var ours) && ours == id)
        || (platform == Platform.Meta && "act_" + word == externalId)
        || (platform == Platform.Google && word.Length == 12 && word.Replace("-", "", StringComparison.Ordinal) == externalId);
}
