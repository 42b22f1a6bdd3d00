using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Creatives;

public sealed record NoAssetsOn(Platform Platform) : ConflictError($"{Catalogue.Of(Platform).Name} keeps no assets beside its ads.");

/// <summary>What ads of an account are made of, in the platform's own fields, asked of it now.</summary>
public sealed class ReadAccountAssets(Studio studio, PlatformSet platforms, AskPlatform ask)
{
    /// <param name="level">Null takes the platform's first.</param>
    /// <param name="fields">None takes the usual ones.</param>
    public async Task<Result<IReadOnlyList<JsonObject>>> RunAsync(Actor actor, Guid adAccountId, string? level, IReadOnlyList<string> fields, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null || !actor.Reads(account.Id, account.WorkspaceId)) return new AdAccountNotFound();
        if (platforms.Find<IReadsAssets>(account.Platform) is not { } reads) return new NoAssetsOn(account.Platform);
        if (level is not null && !reads.AssetLevels.Contains(level)) return new InvalidError("level", $"level should be one of {string.Join(", ", reads.AssetLevels)}");
        if (FieldNames.Check(fields) is { } wrong) return new InvalidError("fields", wrong);
        return await ask.RunAsync(actor, account.Id, access => reads.ReadAssetsAsync(access, level ?? reads.AssetLevels[0], fields, ct), ct);
    }
}
