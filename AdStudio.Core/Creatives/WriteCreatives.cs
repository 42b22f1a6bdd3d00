using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Creatives;

/// <summary>Makes a creative in a workspace's library.</summary>
public sealed class CreateCreative(Studio studio, TimeProvider time)
{
    public async Task<Result<CreativeRow>> RunAsync(Actor actor, Guid workspaceId, CreativeInput input, CancellationToken ct)
    {
        if (await MediaShelf.RefusalAsync(studio, actor, workspaceId, ct) is { } refusal) return Result<CreativeRow>.Refused(refusal);

        await using var db = await studio.OpenAsync(actor, ct);
        if (await input.ProblemsAsync(db, workspaceId, ct) is { } problems) return problems;
        var now = time.GetUtcNow();
        var creative = new Creative { WorkspaceId = workspaceId, CreatedAt = now, UpdatedAt = now };
        input.WriteTo(creative);
        db.Add(creative);
        await db.AddVersionAsync(actor, creative, null, now, null, ct);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (input.ExternalKey is { } key && db.IsDuplicate(failure))
        {
            return new CreativeKeyTaken(key);
        }
        return await CreativeRow.ReadAsync(db, creative, ct);
    }
}

/// <summary>Changes a creative. Campaigns that run already keep what they were launched with.</summary>
public sealed class UpdateCreative(Studio studio, TimeProvider time)
{
    /// <param name="version">The version the author has seen; null saves over whatever is there.</param>
    public Task<Result<CreativeRow>> RunAsync(Actor actor, Guid creativeId, CreativeInput input, long? version, CancellationToken ct) => SaveAsync(actor, creativeId, input, version, null, ct);

    internal async Task<Result<CreativeRow>> SaveAsync(Actor actor, Guid creativeId, CreativeInput input, long? version, int? restoredFrom, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var creative = await db.Creatives.FindVisibleAsync(actor, creativeId, ct);
        if (creative is null) return new CreativeNotFound();
        if (!await db.MayWriteAsync(actor, creative.WorkspaceId, ct)) return new CreativesNeedManager();
        if (await input.ProblemsAsync(db, creative.WorkspaceId, ct) is { } problems) return problems;

        if (version is { } read && read != creative.Version) return new CreativeChangedMeanwhile(creative.Name);

        var before = CreativeInput.Of(creative);
        input.WriteTo(creative);
        if (before.Says(CreativeInput.Of(creative))) return await CreativeRow.ReadAsync(db, creative, ct);
        creative.UpdatedAt = time.GetUtcNow();
        await db.AddVersionAsync(actor, creative, before, creative.UpdatedAt, restoredFrom, ct);
        if (restoredFrom is not null) db.AuditVerb = "restored";
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new CreativeChangedMeanwhile(creative.Name);
        }
        catch (DbUpdateException failure) when (input.ExternalKey is { } key && db.IsDuplicate(failure))
        {
            return new CreativeKeyTaken(key);
        }
        return await CreativeRow.ReadAsync(db, creative, ct);
    }
}

/// <param name="Uses">The campaigns that name it and will need another before they are launched again; none of them runs.</param>
public sealed record DeletedCreative(Guid Id, string Name, IReadOnlyList<Use> Uses);

/// <summary>Takes a creative out of the library; <see cref="RestoreCreative"/> brings it back. Refused while a campaign runs with it.</summary>
public sealed class DeleteCreative(Studio studio, UseFinder uses, TimeProvider time)
{
    public async Task<Result<DeletedCreative>> RunAsync(Actor actor, Guid creativeId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var creative = await db.Creatives.FindVisibleAsync(actor, creativeId, ct);
        if (creative is null) return new CreativeNotFound();
        if (!await db.MayWriteAsync(actor, creative.WorkspaceId, ct)) return new CreativesNeedManager();

        var used = await uses.FindAsync(db, Used.Creative, [creative.Id], ct);
        if (used.Any(u => u.IsRunning)) return new CreativeRuns(creative.Name, [.. used.Where(u => u.IsRunning).Select(u => u.Name)]);
        creative.DeletedAt = time.GetUtcNow();
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new CreativeChangedMeanwhile(creative.Name);
        }
        return new DeletedCreative(creative.Id, creative.Name, used);
    }
}

/// <summary>Says where a creative is used, before it is deleted.</summary>
public sealed class FindCreativeUses(Studio studio, UseFinder uses)
{
    public async Task<Result<IReadOnlyList<Use>>> RunAsync(Actor actor, Guid creativeId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.Creatives.FindVisibleAsync(actor, creativeId, ct) is null) return new CreativeNotFound();
        return Result<IReadOnlyList<Use>>.Of(await uses.FindAsync(db, Used.Creative, [creativeId], ct));
    }
}

/// <summary>Brings a deleted creative back.</summary>
public sealed class RestoreCreative(Studio studio)
{
    public async Task<Result<CreativeRow>> RunAsync(Actor actor, Guid creativeId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var creative = await db.Creatives.IgnoreQueryFilters([StudioDb.DeletedFilter]).SingleOrDefaultAsync(c => c.Id == creativeId && c.DeletedAt != null, ct);
        if (creative is null || !actor.Sees(creative.WorkspaceId)) return new CreativeNotFound();
        if (!await db.MayWriteAsync(actor, creative.WorkspaceId, ct)) return new CreativesNeedManager();

        creative.DeletedAt = null;
        db.AuditVerb = "restored";
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (creative.ExternalKey is { } key && db.IsDuplicate(failure))
        {
            return new CreativeKeyTaken(key);
        }
        return await CreativeRow.ReadAsync(db, creative, ct);
    }
}
