using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Creatives;

/// <summary>A creative as it was saved once. Ads that run keep the version with which they were launched.</summary>
public sealed class CreativeVersion : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid CreativeId { get; set; }
    public Creative Creative { get; set; } = null!;

    /// <summary>Counts from one.</summary>
    public int Number { get; set; }
    public DateTimeOffset At { get; set; }
    public string ByName { get; set; } = "";
    public ActorKind ByKind { get; set; }

    /// <summary>Through what: "page", "api/crm".</summary>
    public string Via { get; set; } = "";
    public CreativeInput Content { get; set; } = new();

    /// <summary>The version that was brought back by it; null for one that was written.</summary>
    public int? RestoredFrom { get; set; }
}

/// <summary>What somebody was writing when the page was left: kept on the server, for that person alone, until it is saved or thrown away.</summary>
public sealed class UnfinishedCreative : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid PersonId { get; set; }

    /// <summary>The creative that is being changed; of a new one the workspace.</summary>
    public Guid SubjectId { get; set; }

    /// <summary>The version of the creative with which the writing began; 0 for a new one.</summary>
    public long BasedOn { get; set; }
    public CreativeInput Content { get; set; } = new();
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A saved version as people see it.</summary>
/// <param name="What">What it changed, in short: "Headline", "Picture"; empty for the first.</param>
public sealed record CreativeVersionRow(int Number, DateTimeOffset At, string Who, ActorKind Kind, string Via, IReadOnlyList<CreativeChange> What, CreativeInput Content, int? RestoredFrom);

/// <summary>The versions of a creative, the latest first; at most a hundred.</summary>
public sealed class ListCreativeVersions(Studio studio)
{
    public async Task<Result<IReadOnlyList<CreativeVersionRow>>> RunAsync(Actor actor, Guid creativeId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var creative = await db.Creatives.AsNoTracking().FindVisibleAsync(actor, creativeId, ct);
        if (creative is null) return new CreativeNotFound();

        var versions = await db.CreativeVersions.AsNoTracking().Where(v => v.CreativeId == creativeId).OrderByDescending(v => v.Number).Take(101).ToListAsync(ct);
        var files = versions.SelectMany(v => v.Content.AssetIds).Distinct().ToList();
        var names = files.Count == 0 ? [] : await db.MediaAssets.AsNoTracking().Where(m => files.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.FileName, ct);
        return Result<IReadOnlyList<CreativeVersionRow>>.Of([.. versions.Take(100).Select((v, i) => new CreativeVersionRow(v.Number, v.At, v.ByName, v.ByKind, v.Via,
            i + 1 < versions.Count ? CreativeChange.Between(versions[i + 1].Content, v.Content, names) : [], v.Content, v.RestoredFrom))]);
    }
}

/// <summary>Saves an earlier version of a creative once more, as its latest.</summary>
public sealed class RestoreCreativeVersion(Studio studio, UpdateCreative update)
{
    /// <param name="version">The row's version the author has seen; null saves over whatever is there.</param>
    public async Task<Result<CreativeRow>> RunAsync(Actor actor, Guid creativeId, int number, long? version, CancellationToken ct)
    {
        CreativeInput content;
        await using (var db = await studio.OpenAsync(actor, ct))
        {
            var creative = await db.Creatives.AsNoTracking().FindVisibleAsync(actor, creativeId, ct);
            if (creative is null) return new CreativeNotFound();
            var old = await db.CreativeVersions.AsNoTracking().SingleOrDefaultAsync(v => v.CreativeId == creativeId && v.Number == number, ct);
            if (old is null) return new CreativeVersionNotFound(number);
            // The caller's id says which creative it is, not what it looks like.
            content = old.Content with { ExternalKey = creative.ExternalKey };
        }
        return await update.SaveAsync(actor, creativeId, content, version, number, ct);
    }
}

internal static class Versions
{
    /// <summary>Adds the next version to the save. A creative that has none yet gets what it was before as its first.</summary>
    public static async Task AddVersionAsync(this StudioDb db, Actor actor, Creative creative, CreativeInput? before, DateTimeOffset now, int? restoredFrom, CancellationToken ct)
    {
        var last = await db.CreativeVersions.Where(v => v.CreativeId == creative.Id).MaxAsync(v => (int?)v.Number, ct) ?? 0;
        if (last == 0 && before is not null) db.Add(new CreativeVersion { CreativeId = creative.Id, Number = ++last, At = creative.CreatedAt, Via = "page", ByKind = ActorKind.Studio, ByName = "AdStudio", Content = before });
        db.Add(new CreativeVersion { CreativeId = creative.Id, Number = last + 1, At = now, ByName = actor.Name, ByKind = actor.Kind, Via = actor.Via, Content = CreativeInput.Of(creative), RestoredFrom = restoredFrom });
    }
}
