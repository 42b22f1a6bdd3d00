using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Creatives;

/// <summary>An asset as people and programs see it.</summary>
public sealed record MediaRow(Guid Id, Guid WorkspaceId, string FileName, MediaKind Kind, string ContentType, long Bytes, int Width, int Height, double? Seconds, string? SourceUrl, DateTimeOffset CreatedAt)
{
    /// <summary>What must stay in sight when it is cut, as parts of the width and the height.</summary>
    public double FocalX { get; init; } = 0.5;
    public double FocalY { get; init; } = 0.5;

    /// <summary>What it was called just now, when the workspace had the very same file already under its <see cref="FileName"/>; else null.</summary>
    public string? GivenName { get; init; }

    public static MediaRow Of(MediaAsset a) => new(a.Id, a.WorkspaceId, a.FileName, a.Kind, a.ContentType, a.Bytes, a.Width, a.Height, a.Seconds, a.SourceUrl, a.CreatedAt) { FocalX = a.FocalX, FocalY = a.FocalY };
}

/// <summary>Takes an image or a video into a workspace. What it is, its content says; bytes that are there already are reused.</summary>
public sealed class UploadMedia(Studio studio, MediaShelf shelf)
{
    public async Task<Result<MediaRow>> RunAsync(Actor actor, Guid workspaceId, string fileName, Stream content, CancellationToken ct)
    {
        if (await MediaShelf.RefusalAsync(studio, actor, workspaceId, ct) is { } refusal) return Result<MediaRow>.Refused(refusal);
        return await shelf.PutAsync(actor, workspaceId, fileName, null, content, ct);
    }
}

/// <summary>Fetches an image or a video from a public https URL into a workspace.</summary>
public sealed class ImportMediaFromUrl(Studio studio, MediaShelf shelf, IRemoteMedia remote)
{
    public async Task<Result<MediaRow>> RunAsync(Actor actor, Guid workspaceId, string url, CancellationToken ct)
    {
        if (await MediaShelf.RefusalAsync(studio, actor, workspaceId, ct) is { } refusal) return Result<MediaRow>.Refused(refusal);
        if (url.Length > 2048 || !Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")) return new UrlNotUsable("Give the whole address of the file, beginning with https://.");

        return await remote.FetchAsync(address, (content, token) => shelf.PutAsync(actor, workspaceId, Uri.UnescapeDataString(address.Segments[^1]), address.AbsoluteUri, content, token), ct);
    }
}

/// <summary>Sets what must stay in sight when a file is cut for a platform. What was sent already stays as it is.</summary>
public sealed class SetFocalPoint(Studio studio)
{
    /// <param name="x">0 is the left edge, 1 the right one.</param>
    /// <param name="y">0 is the top, 1 the bottom.</param>
    public async Task<Result<MediaRow>> RunAsync(Actor actor, Guid assetId, double x, double y, CancellationToken ct)
    {
        var wrong = new[] { ("focalX", x), ("focalY", y) }.Where(p => p.Item2 is not (>= 0 and <= 1)).Select(p => new FieldProblem(p.Item1, "Give a number from 0 to 1.")).ToList();
        if (wrong.Count > 0) return new InvalidError(wrong);

        await using var db = await studio.OpenAsync(actor, ct);
        var asset = await db.MediaAssets.SingleOrDefaultAsync(m => m.Id == assetId, ct);
        if (asset is null || !actor.Sees(asset.WorkspaceId)) return new MediaNotFound();
        if (!await db.MayWriteAsync(actor, asset.WorkspaceId, ct)) return new CreativesNeedManager();

        (asset.FocalX, asset.FocalY) = (Math.Round(x, 4), Math.Round(y, 4));
        await db.SaveChangesAsync(ct);
        return MediaRow.Of(asset);
    }
}

/// <summary>Puts files on the shelf: takes them in, looks what they are, keeps them once.</summary>
public sealed class MediaShelf(Studio studio, IMediaStore store, MediaLimits limits, TimeProvider time)
{
    internal static async Task<Refusal?> RefusalAsync(Studio studio, Actor actor, Guid workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!actor.Sees(workspaceId) || !await db.Workspaces.AnyAsync(w => w.Id == workspaceId, ct)) return new CreativeWorkspaceNotFound();
        return await db.MayWriteAsync(actor, workspaceId, ct) ? null : new CreativesNeedManager();
    }

    internal async Task<Result<MediaRow>> PutAsync(Actor actor, Guid workspaceId, string fileName, string? sourceUrl, Stream content, CancellationToken ct)
    {
        var taken = await store.TakeInAsync(content, limits.MaxBytes, ct);
        if (!taken.TryGet(out var incoming, out var refusal)) return Result<MediaRow>.Refused(refusal);
        await using var _ = incoming;
        if (!MediaFacts.Of(incoming.File, limits).TryGet(out var facts, out refusal)) return Result<MediaRow>.Refused(refusal);

        await using var db = await studio.OpenAsync(actor, ct);
        var known = await db.MediaAssets.AsNoTracking().FirstOrDefaultAsync(m => m.WorkspaceId == workspaceId && m.Sha256 == incoming.Sha256, ct);
        await store.KeepAsync(actor.OrganizationId, incoming, ct);
        var name = NameOf(fileName, facts);
        if (known is not null) return MediaRow.Of(known) with { GivenName = name == known.FileName ? null : name };

        var asset = new MediaAsset
        {
            OrganizationId = actor.OrganizationId, WorkspaceId = workspaceId, FileName = name, Kind = facts.Kind, ContentType = facts.ContentType, Bytes = incoming.Bytes,
            Width = facts.Width, Height = facts.Height, Seconds = facts.Seconds, Sha256 = incoming.Sha256, SourceUrl = sourceUrl, CreatedAt = time.GetUtcNow(),
        };
        db.Add(asset);
        await db.SaveChangesAsync(ct);
        return MediaRow.Of(asset);
    }

    /// <summary>The last part of what it was called, without what no file should be called; for people only.</summary>
    private static string NameOf(string given, MediaFacts facts)
    {
        var last = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new string([.. last.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or '|' or ':' or '*' or '?'))]).Trim(' ', '.');
        if (clean.Length == 0) clean = facts.Kind == MediaKind.Image ? "image" : "video";
        return clean.Length <= 200 ? clean : clean[^200..];
    }
}
