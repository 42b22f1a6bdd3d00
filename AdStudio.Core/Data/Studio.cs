using AdStudio.Core.Common;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Data;

/// <summary>Opens the database for an actor. An action opens it, works, and disposes it; no page holds it longer.</summary>
public sealed class Studio(IDbContextFactory<StudioDb> factory, TimeProvider time)
{
    public async Task<StudioDb> OpenAsync(Actor actor, CancellationToken ct)
    {
        var db = await factory.CreateDbContextAsync(ct);
        db.ActAs(actor, time);
        return db;
    }

    /// <summary>
    /// Over all organizations: only for what comes before there is an actor (signing in, finding a key) and for workers that claim work.
    /// What is saved through it must name its organization.
    /// </summary>
    public async Task<StudioDb> OpenForEveryoneAsync(CancellationToken ct)
    {
        var db = await factory.CreateDbContextAsync(ct);
        db.ActForEveryone(time);
        return db;
    }
}
