using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>The campaign's audiences by whatever ids a caller has: ours, the caller's own, or the platform's. Of the platform's, lists are taken over and saved targeting is read.</summary>
public sealed class FindPlatformAudiences(Studio studio, FindAudiencesByKeys byKeys, TakeOverAudience takeOver, AskForAudiences ask)
{
    /// <returns>The audiences, and the targeting with that of saved ones merged into it.</returns>
    public async Task<Result<(IReadOnlyList<Guid> Ids, AudienceSpec Targeting)>> RunAsync(Actor actor, Guid adAccountId, IReadOnlyList<string> words, AudienceSpec targeting, CancellationToken ct)
    {
        if (words.Count == 0) return ((IReadOnlyList<Guid>)[], targeting);
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null || !actor.Reads(account.Id, account.WorkspaceId)) return new AdAccountNotFound();
        if (!(await byKeys.RunAsync(actor, account.WorkspaceId, words, ct)).TryGet(out var known, out var refusal)) return Refused(refusal);

        List<Guid> ids = [.. known.Ids];
        IReadOnlyList<ListedAudience>? standing = null;
        foreach (var word in known.Missing)
        {
            var taken = await takeOver.RunAsync(actor, adAccountId, word, ct);
            if (taken.IsDone) ids.Add(taken.Value.Id);
            else if (taken.Refusal is SavedTargetingStaysThere)
            {
                if (standing is null && !(await ask.RunAsync(actor, account, ct)).TryGet(out standing, out refusal)) return Refused(refusal);
                if (standing.FirstOrDefault(a => a.ExternalId == word)?.Targeting is { } saved) targeting = AudienceMerge.Both(targeting, saved);
            }
            else if (taken.Refusal is NotFoundError) return new InvalidError($"audienceId[{words.ToList().IndexOf(word)}]", $"There is no audience “{word}”, neither here nor on {account.Name}.");
            else return Refused(taken.Refusal);
        }
        return ((IReadOnlyList<Guid>)[.. ids.Distinct()], targeting);

        static Result<(IReadOnlyList<Guid>, AudienceSpec)> Refused(Refusal refusal) => Result<(IReadOnlyList<Guid>, AudienceSpec)>.Refused(refusal);
    }
}
