using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Creatives;

/// <summary>What a person had not saved yet.</summary>
/// <param name="BasedOn">The version of the creative with which the writing began; 0 for a new one.</param>
public sealed record UnfinishedRow(CreativeInput Content, IReadOnlyList<MediaRow> Assets, long BasedOn, DateTimeOffset SavedAt);

/// <summary>Keeps what somebody is writing, for that person alone; the creative itself stays as it is.</summary>
public sealed class KeepUnfinishedCreative(Studio studio, TimeProvider time)
{
    /// <param name="creativeId">Null for a new creative.</param>
    public async Task<Result<DateTimeOffset>> RunAsync(Actor actor, Guid workspaceId, Guid? creativeId, long basedOn, CreativeInput content, CancellationToken ct)
    {
        if (await MediaShelf.RefusalAsync(studio, actor, workspaceId, ct) is { } refusal) return Result<DateTimeOffset>.Refused(refusal);
        if (content.IsTooLong) return new InvalidError("primaryText", "This is longer than any ad can be.");

        await using var db = await studio.OpenAsync(actor, ct);
        var (person, subject, now) = (UnfinishedCreatives.PersonOf(actor), creativeId ?? workspaceId, time.GetUtcNow());
        for (var tries = 0; ; tries++)
        {
            var row = await db.UnfinishedCreatives.SingleOrDefaultAsync(u => u.PersonId == person && u.SubjectId == subject, ct);
            if (row is null) db.Add(row = new UnfinishedCreative { PersonId = person, SubjectId = subject });
            (row.BasedOn, row.Content, row.UpdatedAt) = (basedOn, content, now);
            try
            {
                await db.SaveChangesAsync(ct);
                return now;
            }
            catch (DbUpdateException failure) when (tries == 0 && db.IsDuplicate(failure))
            {
                // The same person in a second window was first.
                db.ChangeTracker.Clear();
            }
        }
    }
}

/// <summary>What the person had not saved of this creative, or of a new one; null when there is nothing.</summary>
public sealed class FindUnfinishedCreative(Studio studio)
{
    public async Task<Result<UnfinishedRow?>> RunAsync(Actor actor, Guid workspaceId, Guid? creativeId, CancellationToken ct)
    {
        if (!actor.Sees(workspaceId)) return new CreativeWorkspaceNotFound();
        await using var db = await studio.OpenAsync(actor, ct);
        var (person, subject) = (UnfinishedCreatives.PersonOf(actor), creativeId ?? workspaceId);
        if (await db.UnfinishedCreatives.AsNoTracking().SingleOrDefaultAsync(u => u.PersonId == person && u.SubjectId == subject, ct) is not { } row) return Result<UnfinishedRow?>.Of(null);

        var ids = row.Content.AssetIds.Distinct().ToList();
        var assets = await db.MediaAssets.AsNoTracking().Where(m => ids.Contains(m.Id) && m.WorkspaceId == workspaceId).ToDictionaryAsync(m => m.Id, MediaRow.Of, ct);
        return Result<UnfinishedRow?>.Of(new UnfinishedRow(row.Content, [.. row.Content.AssetIds.Where(assets.ContainsKey).Select(id => assets[id])], row.BasedOn, row.UpdatedAt));
    }
}

/// <summary>Throws away what the person had not saved: because it is saved now, or not wanted.</summary>
public sealed class DropUnfinishedCreative(Studio studio)
{
    public async Task<Result<bool>> RunAsync(Actor actor, Guid workspaceId, Guid? creativeId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var (person, subject) = (UnfinishedCreatives.PersonOf(actor), creativeId ?? workspaceId);
        return await db.UnfinishedCreatives.Where(u => u.PersonId == person && u.SubjectId == subject).ExecuteDeleteAsync(ct) > 0;
    }
}

internal static class UnfinishedCreatives
{
    public static Guid PersonOf(Actor actor) => actor.PersonId ?? actor.Id;
}
