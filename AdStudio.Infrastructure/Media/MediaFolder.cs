using System.Buffers;
using System.Security.Cryptography;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Media;

/// <summary>Media on disk: <c>folder/organization/ab/abcdef…</c>. No name that somebody gave is ever part of a path.</summary>
public sealed class MediaFolder(string folder, Ffmpeg ffmpeg) : IMediaStore
{
    private const int ThumbnailSide = 640;

    public bool CanCut => ffmpeg.IsThere;

    public async Task<Result<IncomingMedia>> TakeInAsync(Stream content, long maxBytes, CancellationToken ct)
    {
        var aside = Path.Combine(folder, "incoming");
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
        if (!ffmpeg.IsThere || !File.Exists(source)) return null;
        var (extension, type) = asset.ContentType is "image/png" or "image/gif" or "image/webp" ? (".png", "image/png") : (".jpg", "image/jpeg");
        var small = $"{source}.small{extension}";
        if (!File.Exists(small))
        {
            var made = asset.Kind == MediaKind.Video
                ? await ffmpeg.StillAsync(source, asset.Seconds ?? 0, ThumbnailSide, small, ct)
                : HeaderOf(source) is { } image && await ffmpeg.ShrinkAsync(source, image, ThumbnailSide, small, ct);
            if (!made) return null;
        }
        return OpenFile(small) is { } content ? (content, type) : null;
    }

    /// <summary>An image cut to a ratio, made once and kept.</summary>
    public async Task<(Stream Content, string ContentType)?> CutAsync(MediaAsset asset, string ratio, CancellationToken ct)
    {
        var source = PathOf(asset.OrganizationId, asset.Sha256);
        if (!File.Exists(source) || HeaderOf(source) is not { } image || Ratios.Parse(ratio) is not { } wanted) return null;
        var (extension, type) = asset.ContentType is "image/png" or "image/gif" ? (".png", "image/png") : (".jpg", "image/jpeg");
        var cut = $"{source}.{ratio.Replace(':', 'x')}{extension}";
        if (!File.Exists(cut) && !await ffmpeg.CutAsync(source, image, wanted, cut, ct)) return null;
        return OpenFile(cut) is { } content ? (content, type) : null;
    }

    private string PathOf(Guid organizationId, string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower)) throw new ArgumentException("Not a hash.", nameof(sha256));
        return Path.Combine(folder, organizationId.ToString("N"), sha256[..2], sha256);
    }

    private static ImageHeader? HeaderOf(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[(int)Math.Min(file.Length, ImageHeader.Enough)];
        file.ReadExactly(head);
        return ImageHeader.Read(head);
    }

    private static FileStream? OpenFile(string path)
    {
        try { return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 81920, FileOptions.Asynchronous | FileOptions.SequentialScan); }
        catch (IOException gone) when (gone is FileNotFoundException or DirectoryNotFoundException) { return null; }
    }
}

public static class Ratios
{
    /// <summary>"1.91:1" is 1.91; null for what is no ratio.</summary>
    public static double? Parse(string ratio)
    {
        var parts = ratio.Split(':');
        return parts.Length == 2 && Number(parts[0]) is { } width && Number(parts[1]) is { } height ? width / height : null;

        static double? Number(string text) =>
            double.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1000 ? value : null;
    }
}
