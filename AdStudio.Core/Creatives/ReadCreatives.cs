using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace AdStudio.Core.Creatives;

/// <summary>A creative as people and programs see it, with its media in their order.</summary>
public sealed record CreativeRow(Guid Id, Guid WorkspaceId, string? ExternalKey, string Name, CreativeType Type, string PrimaryText, string Headline, string Description, string CallToAction, string LinkUrl,
    IReadOnlyList<MediaRow> Assets, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    /// <summary>Of a carousel: the words of each card, in the order of the assets.</summary>
    public IReadOnlyList<CardTexts> Cards { get; init; } = [];

    /// <summary>Of an existing post: which one.</summary>
    public ExistingPost? Post { get; init; }

    /// <summary>The campaigns that name it, those that run first; null where nobody asked.</summary>
    public IReadOnlyList<Use>? Uses { get; init; }

    public CreativeInput ToInput() => new()
    {
        Name = Name, Type = Type, PrimaryText = PrimaryText, Headline = Headline, Description = Description, CallToAction = CallToAction, LinkUrl = LinkUrl, AssetIds = [.. Assets.Select(a => a.Id)], Cards = Cards, Post = Post, ExternalKey = ExternalKey,
    };

    internal static async Task<CreativeRow> ReadAsync(StudioDb db, Creative creative, CancellationToken ct) => (await ReadAsync(db, [creative], ct))[0];

    internal static async Task<List<CreativeRow>> ReadAsync(StudioDb db, List<Creative> creatives, CancellationToken ct)
    {
        var ids = creatives.SelectMany(c => c.AssetIds).Distinct().ToList();
        var assets = ids.Count == 0 ? [] : await db.MediaAssets.AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, MediaRow.Of, ct);
        return creatives.ConvertAll(c => new CreativeRow(c.Id, c.WorkspaceId, c.ExternalKey, c.Name, c.Type, c.PrimaryText, c.Headline, c.Description, c.CallToAction, c.LinkUrl,
            [.. c.AssetIds.Where(assets.ContainsKey).Select(id => assets[id])], c.CreatedAt, c.UpdatedAt, c.Version) { Cards = c.Cards.ToList(), Post = c.Post });
    }
}

public static class CreativeVisibility
{
    /// <summary>Creatives of workspaces that the actor sees.</summary>
    public static IQueryable<Creative> Visible(this IQueryable<Creative> creatives, Actor actor)
    {
        if (actor.IsOrganizationAdmin) return creatives;
        var workspaces = actor.MemberOfWorkspaces.ToList();
        return creatives.Where(c => workspaces.Contains(c.WorkspaceId));
    }

    internal static Task<Creative?> FindVisibleAsync(this IQueryable<Creative> creatives, Actor actor, Guid id, CancellationToken ct) => creatives.Visible(actor).SingleOrDefaultAsync(c => c.Id == id, ct);
}

public sealed class GetCreative(Studio studio)
{
    public async Task<Result<CreativeRow>> RunAsync(Actor actor, Guid creativeId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var creative = await db.Creatives.AsNoTracking().FindVisibleAsync(actor, creativeId, ct);
        return creative is null ? new CreativeNotFound() : await CreativeRow.ReadAsync(db, creative, ct);
    }
}

/// <param name="WorkspaceId">Null lists those of every workspace the actor sees.</param>
/// <param name="Search">In name, headline, primary text and the caller's id.</param>
public sealed record CreativeFilter(Guid? WorkspaceId = null, string? Search = null, CreativeType? Type = null, int Offset = 0, int Limit = 24)
{
    /// <summary>Just these, in any order; null for all.</summary>
    public IReadOnlyList<Guid>? Ids { get; init; }

    public CreativeUse? Use { get; init; }
    public CreativeSort Sort { get; init; }

    /// <summary>Whether to say which campaigns name each.</summary>
    public bool WithUses { get; init; }
}

/// <summary>Running: a campaign that is live names it. Used: any campaign does.</summary>
public enum CreativeUse { Running, Used, Unused }

public enum CreativeSort { Changed, Newest, Name, MostUsed }

/// <summary>A workspace's library of creatives, the last changed first where nothing else is asked.</summary>
public sealed class ListCreatives(Studio studio, UseFinder uses)
{
    public async Task<Result<Page<CreativeRow>>> RunAsync(Actor actor, CreativeFilter filter, CancellationToken ct)
    {
        if (filter.Limit is < 1 or > 200) return new InvalidError("limit", "The limit is a number from 1 to 200.");
        if (filter.Offset < 0) return new InvalidError("offset", "The offset is 0 or more.");

        await using var db = await studio.OpenAsync(actor, ct);
        var found = db.Creatives.AsNoTracking().Visible(actor).Where(c => (filter.WorkspaceId == null || c.WorkspaceId == filter.WorkspaceId) && (filter.Type == null || c.Type == filter.Type));
        if (filter.Ids is { } ids) found = found.Where(c => ids.Contains(c.Id));
        if (filter.Search?.Trim().ToLowerInvariant() is { Length: > 0 } words)
#pragma warning disable CA1304, CA1311, CA1862 // Runs in the database, which knows no cultures.
            found = found.Where(c => c.Name.ToLower().Contains(words) || c.Headline.ToLower().Contains(words) || c.PrimaryText.ToLower().Contains(words) || (c.ExternalKey != null && c.ExternalKey.ToLower().Contains(words)));
#pragma warning restore CA1304, CA1311, CA1862

        IReadOnlyList<Use> used = [];
        if (filter.Use is not null || filter.Sort == CreativeSort.MostUsed)
        {
            // What campaigns name lies in their specs, which the database does not search: asked for all that match, then narrowed by ids.
            var matching = await found.Select(c => c.Id).ToListAsync(ct);
            used = await uses.FindAsync(db, Used.Creative, matching, ct);
            var named = used.Where(u => filter.Use != CreativeUse.Running || u.IsRunning).SelectMany(u => u.Of).ToHashSet();
            if (filter.Use is not null) found = filter.Use == CreativeUse.Unused ? found.Where(c => !named.Contains(c.Id)) : found.Where(c => named.Contains(c.Id));
        }

        var total = await found.CountAsync(ct);
        var page = filter.Sort == CreativeSort.MostUsed
            ? await MostUsedAsync(found, used, filter, ct)
            : await Sorted(found, filter.Sort).Skip(filter.Offset).Take(filter.Limit).ToListAsync(ct);
        var rows = await CreativeRow.ReadAsync(db, page, ct);
        if (filter.WithUses)
        {
            if (used.Count == 0) used = await uses.FindAsync(db, Used.Creative, [.. page.Select(c => c.Id)], ct);
            rows = rows.ConvertAll(r => r with { Uses = [.. used.Where(u => u.Of.Contains(r.Id))] });
        }
        return new Page<CreativeRow>(rows, total, filter.Offset, filter.Limit);
    }

    private static IOrderedQueryable<Creative> Sorted(IQueryable<Creative> found, CreativeSort sort) => sort switch
    {
        CreativeSort.Newest => found.OrderByDescending(c => c.CreatedAt).ThenBy(c => c.Name),
        CreativeSort.Name => found.OrderBy(c => c.Name).ThenByDescending(c => c.UpdatedAt),
        _ => found.OrderByDescending(c => c.UpdatedAt).ThenBy(c => c.Name),
    };

    private static async Task<List<Creative>> MostUsedAsync(IQueryable<Creative> found, IReadOnlyList<Use> used, CreativeFilter filter, CancellationToken ct)
    {
        var times = used.SelectMany(u => u.Of).CountBy(id => id).ToDictionary();
        var order = (await found.Select(c => new { c.Id, c.UpdatedAt }).ToListAsync(ct)).OrderByDescending(c => times.GetValueOrDefault(c.Id)).ThenByDescending(c => c.UpdatedAt).Skip(filter.Offset).Take(filter.Limit).Select(c => c.Id).ToList();
        var page = await found.Where(c => order.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        return [.. order.Where(page.ContainsKey).Select(id => page[id])];
    }
}

/// <param name="Ids">Ours, in the order of the keys.</param>
/// <param name="Missing">Keys that name nothing here.</param>
public sealed record FoundByKeys(IReadOnlyList<Guid> Ids, IReadOnlyList<string> Missing);

/// <summary>Finds creatives by the caller's ids, or by ours; without a workspace, among all that the actor sees.</summary>
public sealed class FindCreativesByKeys(Studio studio)
{
    public async Task<Result<FoundByKeys>> RunAsync(Actor actor, Guid? workspaceId, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var wanted = keys.Distinct(StringComparer.Ordinal).ToList();
        var ids = wanted.Select(k => PublicId.TryParse("cre", k, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToList();
        var there = await db.Creatives.Visible(actor).Where(c => (workspaceId == null || c.WorkspaceId == workspaceId) && ((c.ExternalKey != null && wanted.Contains(c.ExternalKey)) || ids.Contains(c.Id)))
            .Select(c => new { c.Id, c.ExternalKey }).ToListAsync(ct);

        List<Guid> found = [];
        List<string> missing = [];
        foreach (var key in wanted)
        {
            var match = there.Find(c => c.ExternalKey == key) ?? (PublicId.TryParse("cre", key, out var id) ? there.Find(c => c.Id == id) : null);
            if (match is null) missing.Add(key);
            else found.Add(match.Id);
        }
        return new FoundByKeys(found, missing);
    }
}

/// <summary>A file to be served to the actor.</summary>
public sealed record ServedMedia(Stream Content, string ContentType, string FileName, string Tag) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>Opens an asset, or its small picture, for somebody who may see its workspace.</summary>
public sealed class OpenMedia(Studio studio, IMediaStore store)
{
    public async Task<Result<ServedMedia>> RunAsync(Actor actor, Guid assetId, bool thumbnail, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var asset = await db.MediaAssets.AsNoTracking().SingleOrDefaultAsync(m => m.Id == assetId, ct);
        if (asset is null || !actor.Sees(asset.WorkspaceId)) return new MediaNotFound();

        if (thumbnail)
        {
            if (await store.ThumbnailAsync(asset, ct) is var (small, type)) return new ServedMedia(small, type, asset.FileName, asset.Sha256[..32] + "t");
            if (asset.Kind == MediaKind.Video) return new MediaNotFound();
        }
        return store.Open(asset.OrganizationId, asset.Sha256) is { } content ? new ServedMedia(content, asset.ContentType, asset.FileName, asset.Sha256[..32]) : new MediaNotFound();
    }
}

public static class MediaBriefs
{
    /// <summary>The asset as a launch names it.</summary>
    public static BriefAsset ToBrief(this MediaAsset asset, IMediaStore store) =>
        new(asset.Id, asset.FileName, asset.Kind, asset.ContentType, asset.Width, asset.Height, asset.Bytes, asset.Sha256, asset.SourceUrl, store.CanCut) { Seconds = asset.Seconds };
}

/// <summary>
/// Says by which ids the caller knows creatives that a campaign of theirs names; one without such an id, or deleted, keeps ours. Kept for a few seconds, because every
/// answer about a campaign asks.
/// </summary>
public sealed class NameCreativesByKeys(Studio studio, IMemoryCache cache)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyDictionary<Guid, string>> RunAsync(Actor actor, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var names = new Dictionary<Guid, string>(ids.Count);
        List<Guid> unknown = [];
        foreach (var id in ids)
        {
            if (cache.TryGetValue((actor.OrganizationId, "cre", id), out string? name) && name is not null) names[id] = name;
            else unknown.Add(id);
        }
        if (unknown.Count == 0) return names;

        await using var db = await studio.OpenAsync(actor, ct);
        var keys = await db.Creatives.Where(c => unknown.Contains(c.Id)).Select(c => new { c.Id, c.ExternalKey }).ToDictionaryAsync(c => c.Id, c => c.ExternalKey, ct);
        foreach (var id in unknown) names[id] = cache.Set((actor.OrganizationId, "cre", id), keys.GetValueOrDefault(id) ?? id.ToString(), KeptFor);
        return names;
    }
}
