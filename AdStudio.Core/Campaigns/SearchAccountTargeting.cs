using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>Searches what an ad account's platform can target, in the platform's own ids. Countries, regions and cities are all asked of it.</summary>
public sealed class SearchAccountTargeting(Studio studio, PlatformSet platforms, AskPlatform ask)
{
    public async Task<Result<IReadOnlyList<TargetingOption>>> RunAsync(Actor actor, Guid adAccountId, TargetingKind kind, string query, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().Visible(actor).SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null) return new AdAccountNotFound();
        if (platforms.Find<ISearchesTargeting>(account.Platform) is not { } search || !Catalogue.RulesOf(account.Platform).TargetingKinds.Contains(kind)) return new InvalidError("type", $"{account.Platform.Label()} has nothing of this kind to target.");
        return await ask.RunAsync(actor, account.Id, access => search.SearchAsync(access, kind, query, ct), ct);
    }
}
