using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>Reads what stands on an ad account in the platform's own fields. Whoever may look at the account may ask.</summary>
public sealed class ReadPlatformObjects(Studio studio, PlatformSet platforms, AskPlatform ask)
{
    public async Task<Result<RawObjects>> RunAsync(Actor actor, Guid adAccountId, RawObjectQuery query, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null || !actor.Reads(account.Id, account.WorkspaceId)) return new AdAccountNotFound();
        if (platforms.Find<IReadsRawObjects>(account.Platform) is not { } reads) return new NotTold(account.Platform);

        var offered = reads.FieldsOf(query.Kind);
        if (query.Fields.FirstOrDefault(f => !offered.Contains(f)) is { } stranger) return new InvalidError("fields", $"fields should be among {string.Join(", ", offered)}; “{stranger}” is not");
        return await ask.RunAsync(actor, adAccountId, access => reads.ReadRawObjectsAsync(access, query, ct), ct);
    }
}

/// <summary>Finds out what places are called, by the platform's ids.</summary>
public sealed class FindPlaces(Studio studio, PlatformSet platforms, AskPlatform ask)
{
    public async Task<Result<IReadOnlyList<TargetingOption>>> RunAsync(Actor actor, Guid adAccountId, IReadOnlyCollection<string> regions, IReadOnlyCollection<string> cities, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null || !actor.Reads(account.Id, account.WorkspaceId)) return new AdAccountNotFound();
        if (platforms.Find<IKnowsPlaces>(account.Platform) is not { } knows) return new NotTold(account.Platform);
        return await ask.RunAsync(actor, adAccountId, access => knows.PlacesAsync(access, regions, cities, ct), ct);
    }
}

public sealed record NotTold(Platform Platform) : ConflictError($"{Platform} does not tell that.");
