using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Media;

/// <summary>Media on disk: <c>folder/organization/ab/abcdef…</c>. No name that somebody gave is ever part of a path.</summary>
public sealed class MediaFolder : IMediaStore
{
    private const int ThumbnailSide = 640;
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(2);
    private readonly string folder;
    private readonly string aside;
    private readonly MediaWorkshop workshop;

    public MediaFolder(string folder, MediaWorkshop workshop)
    {
        (this.folder, this.workshop, aside) = (folder, workshop, Path.Combine(folder, "incoming"));
        // What a process that died had not finished. Files carry the machine's own clock.
        if (!Directory.Exists(aside)) return;
        foreach (var file in Directory.EnumerateFiles(aside).Where(f => File.GetLastWriteTimeUtc(f) < TimeProvider.System.GetUtcNow().UtcDateTime - Abandoned).ToList()) File.Delete(file);
    }

    public bool CanCut => workshop.IsThere;

    public async Task<Result<IncomingMedia>> TakeInAsync(Stream content, long maxBytes, CancellationToken ct)
    {
        Directory.CreateDirectory(aside);
        var file = new FileStream(Path.Combine(aside, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 81920, FileOptions.Asynchronous);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        var done = false;
        try
        {
            long bytes = 0;
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
            {
                if ((bytes += read) > maxBytes) return new MediaTooLarge("file", maxBytes);
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }
            await file.FlushAsync(ct);
            done = true;
            return new IncomingMedia(file, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (!done)
            {
                await file.DisposeAsync();
                File.Delete(file.Name);
            }
        }
    }

    public async Task KeepAsync(Guid organizationId, IncomingMedia incoming, CancellationToken ct)
    {
        var place = PathOf(organizationId, incoming.Sha256);
        if (File.Exists(place)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        await incoming.File.FlushAsync(ct);
        incoming.File.Flush(flushToDisk: true);
        File.Move(incoming.File.Name, place, overwrite: true);
    }

    public Stream? Open(Guid organizationId, string sha256) => OpenFile(PathOf(organizationId, sha256));

    public async Task<(Stream Content, string ContentType)?> ThumbnailAsync(MediaAsset asset, CancellationToken ct)
    {
        var source = PathOf(asset.OrganizationId, asset.Sha256);
        if (!workshop.IsThere || !File.Exists(source)) return null;
        var type = asset.Kind == MediaKind.Video ? "image/jpeg" : MediaWorkshop.TypeOf(asset, new Rendition());
        var small = $"{source}.small{MediaWorkshop.ExtensionOf(type)}";
        return await workshop.ThumbnailAsync(asset, source, ThumbnailSide, small, aside, ct) && OpenFile(small) is { } content ? (content, type) : null;
    }

    /// <summary>The asset made over, once for each focal point; null when that cannot be done.</summary>
    public async Task<(Stream Content, string ContentType)?> RenditionAsync(MediaAsset asset, Rendition rendition, CancellationToken ct)
    {
        var source = PathOf(asset.OrganizationId, asset.Sha256);
        if (!File.Exists(source)) return null;
        var type = MediaWorkshop.TypeOf(asset, rendition);
        // The focal point counts only where something is cut away.
        var wanted = rendition.Ratio is null ? rendition.Name! : string.Create(CultureInfo.InvariantCulture, $"{rendition.Name}@{asset.FocalX:0.####},{asset.FocalY:0.####}");
        var target = $"{source}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..20]}{MediaWorkshop.ExtensionOf(type)}";
        return await workshop.MakeAsync(asset, source, rendition, target, aside, ct) && OpenFile(target) is { } content ? (content, type) : null;
    }

    private string PathOf(Guid organizationId, string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower)) throw new ArgumentException("Not a hash.", nameof(sha256));
        return Path.Combine(folder, organizationId.ToString("N"), sha256[..2], sha256);
    }

    private static FileStream? OpenFile(string path)
    {
        try { return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 81920, FileOptions.Asynchronous | FileOptions.SequentialScan); }
        catch (IOException gone) when (gone is FileNotFoundException or DirectoryNotFoundException) { return null; }
    }
}
