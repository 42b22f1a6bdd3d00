using System.Collections.Concurrent;
using System.Globalization;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Media;

/// <summary>
/// Makes images and videos over: cuts around the focal point, shrinks, converts, keeps below a size. The same file, focal point and rendition give the same bytes. Whoever asks for what is
/// being made already waits for that one; the work goes on when they leave, so that the next one finds it done.
/// </summary>
public sealed class MediaWorkshop(Ffmpeg ffmpeg) : IDisposable
{
    private static readonly FfmpegLimits Image = new(TimeSpan.FromSeconds(45), 100_000_000);
    private static readonly FfmpegLimits Video = new(TimeSpan.FromMinutes(10), 1_000_000_000);
    private const int AudioBits = 128_000;
    private const int MostVideoBits = 8_000_000;

    // Files must not take the server from those who work on it.
    private readonly SemaphoreSlim imageSeats = new(2);
    private readonly SemaphoreSlim videoSeats = new(1);
    private readonly ConcurrentDictionary<string, Task<bool>> underWay = new(StringComparer.Ordinal);

    public bool IsThere => ffmpeg.IsThere;

    /// <summary>How often something was really made since the start.</summary>
    public int Made => made;
    private int made;

    public void Dispose()
    {
        imageSeats.Dispose();
        videoSeats.Dispose();
    }

    /// <summary>What a rendition of this asset is in the end.</summary>
    public static string TypeOf(MediaAsset asset, Rendition rendition) => rendition.ContentType ?? (asset.Kind == MediaKind.Video ? "video/mp4" : asset.ContentType is "image/png" or "image/gif" ? "image/png" : "image/jpeg");

    public static string ExtensionOf(string contentType) => contentType switch { "video/mp4" => ".mp4", "image/png" => ".png", _ => ".jpg" };

    /// <summary>False when it cannot be made: no ffmpeg, a broken file, or it does not become small enough.</summary>
    public Task<bool> MakeAsync(MediaAsset asset, string source, Rendition rendition, string target, string aside, CancellationToken ct) =>
        OnceAsync(target, () => asset.Kind == MediaKind.Video ? VideoAsync(asset, source, rendition, target, aside) : ImageAsync(asset, source, rendition, target, aside), ct);

    /// <summary>A small picture: of an image the whole, of a video what it shows in its first second.</summary>
    public Task<bool> ThumbnailAsync(MediaAsset asset, string source, int side, string target, string aside, CancellationToken ct) => OnceAsync(target, async () =>
    {
        var within = $"scale='min({side},iw)':'min({side},ih)':force_original_aspect_ratio=decrease:force_divisible_by=2";
        if (asset.Kind == MediaKind.Video)
            return await SeatedAsync(imageSeats, () => ffmpeg.RunAsync(source, "mov", asset.Seconds > 1 ? ["-ss", "0.5"] : [], [.. OnePicture(within), .. Encoding("image/jpeg", 4)], target, aside, Image, CancellationToken.None));
        if (HeaderOf(source) is not { } image) return false;
        var type = TypeOf(asset, new Rendition());
        return await SeatedAsync(imageSeats, () => ffmpeg.RunAsync(source, FormatOf(image.ContentType), ["-noautorotate"], [.. OnePicture([.. Upright(image), within, .. OnWhite(image, type)]), .. Encoding(type, 4)], target, aside, Image, CancellationToken.None));
    }, ct);

    private async Task<bool> ImageAsync(MediaAsset asset, string source, Rendition rendition, string target, string aside)
    {
        if (HeaderOf(source) is not { } image) return false;
        var type = TypeOf(asset, rendition);
        // Softer first, smaller then, until it fits.
        foreach (var (quality, part) in type == "image/jpeg" && rendition.MaxBytes is not null ? new[] { (2, 1.0), (4, 1), (7, 1), (11, 1), (11, 0.75), (11, 0.5), (15, 0.35) } : [(2, 1.0)])
        {
            string[] filters = [.. Upright(image), .. Cut(image.Width, image.Height, asset, rendition, part, even: false), .. OnWhite(image, type)];
            if (!await SeatedAsync(imageSeats, () => ffmpeg.RunAsync(source, FormatOf(image.ContentType), ["-noautorotate"], [.. OnePicture(filters), .. Encoding(type, quality)], target, aside, Image, CancellationToken.None))) return false;
            if (Fits(target, rendition)) return true;
        }
        File.Delete(target);
        return false;
    }

    private async Task<bool> VideoAsync(MediaAsset asset, string source, Rendition rendition, string target, string aside)
    {
        var seconds = Math.Max(asset.Seconds ?? 0, 0.1);
        foreach (var part in rendition.MaxBytes is null ? [1.0] : new[] { 0.92, 0.7, 0.45 })
        {
            var bits = rendition.MaxBytes is { } most ? (long)Math.Clamp(most * 8 * part / seconds - AudioBits, 100_000, MostVideoBits) : MostVideoBits;
            // Its own size first: a video may be stored in other proportions than it is shown in.
            string[] filters = [$"scale={Even(asset.Width)}:{Even(asset.Height)}", .. Cut(Even(asset.Width), Even(asset.Height), asset, rendition, 1, even: true), "setsar=1", "format=yuv420p"];
            string[] quality = rendition.MaxBytes is null ? ["-crf", "21"] : ["-b:v", Text(bits)];
            var done = await SeatedAsync(videoSeats, () => ffmpeg.RunAsync(source, "mov", [], [
                "-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn", "-vf", string.Join(',', filters), "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", .. quality, "-maxrate", Text(bits), "-bufsize", Text(bits * 2),
                "-c:a", "aac", "-b:a", Text(AudioBits), "-ac", "2", "-ar", "44100", "-movflags", "+faststart", "-f", "mp4"], target, aside, Video, CancellationToken.None));
            if (!done) return false;
            if (Fits(target, rendition)) return true;
        }
        File.Delete(target);
        return false;
    }

    private static IEnumerable<string> Cut(int width, int height, MediaAsset asset, Rendition rendition, double part, bool even)
    {
        var box = new CropBox(0, 0, width, height);
        if (rendition.Ratio is { } name && Rendition.RatioOf(name) is { } ratio)
        {
            box = CropBox.Of(width, height, ratio, asset.FocalX, asset.FocalY);
            if (even) box = box with { Width = Even(box.Width), Height = Even(box.Height), X = box.X & ~1, Y = box.Y & ~1 };
            yield return $"crop={box.Width}:{box.Height}:{box.X}:{box.Y}";
        }
        var (wide, high) = (Math.Min(rendition.Width ?? box.Width, box.Width) * part, Math.Min(rendition.Height ?? box.Height, box.Height) * part);
        var (w, h) = even ? (Even((int)wide), Even((int)high)) : (Math.Max(1, (int)wide), Math.Max(1, (int)high));
        if (w != box.Width || h != box.Height) yield return $"scale={w}:{h}:flags=lanczos";
    }

    private static string[] OnePicture(params IReadOnlyList<string> filters) => ["-an", "-sn", "-dn", "-frames:v", "1", .. filters.Count > 0 ? (string[])["-vf", string.Join(',', filters)] : []];

    private static string[] Encoding(string type, int quality) => type == "image/png" ? ["-c:v", "png", "-f", "image2", "-update", "1"] : ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", Text(quality), "-f", "image2", "-update", "1"];

    /// <summary>A JPEG has no transparency: what shows through becomes white.</summary>
    private static string[] OnWhite(ImageHeader image, string type) =>
        type == "image/jpeg" && image.ContentType != "image/jpeg" ? ["format=rgba", "split[under][over];[under]lutrgb=r=255:g=255:b=255:a=255[white];[white][over]overlay=format=auto"] : [];

    private static string FormatOf(string contentType) => contentType switch { "image/png" => "png_pipe", "image/gif" => "gif", "image/webp" => "webp_pipe", _ => "jpeg_pipe" };

    private static string[] Upright(ImageHeader image) => image.Orientation switch
    {
        2 => ["hflip"], 3 => ["hflip", "vflip"], 4 => ["vflip"], 5 => ["transpose=0"], 6 => ["transpose=1"], 7 => ["transpose=3"], 8 => ["transpose=2"], _ => [],
    };

    private static bool Fits(string target, Rendition rendition) => rendition.MaxBytes is null || new FileInfo(target).Length <= rendition.MaxBytes;

    private static int Even(int side) => Math.Max(2, side & ~1);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static ImageHeader? HeaderOf(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[(int)Math.Min(file.Length, ImageHeader.Enough)];
        file.ReadExactly(head);
        return ImageHeader.Read(head);
    }

    private static async Task<bool> SeatedAsync(SemaphoreSlim seats, Func<Task<bool>> work)
    {
        await seats.WaitAsync();
        try { return await work(); }
        finally { seats.Release(); }
    }

    private async Task<bool> OnceAsync(string target, Func<Task<bool>> make, CancellationToken ct)
    {
        if (!ffmpeg.IsThere) return false;
        while (true)
        {
            if (File.Exists(target)) return true;
            var ours = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!underWay.TryAdd(target, ours.Task))
            {
                if (underWay.TryGetValue(target, out var theirs)) return await theirs.WaitAsync(ct);
                continue;
            }
            _ = RunAsync(ours);
            return await ours.Task.WaitAsync(ct);
        }

        async Task RunAsync(TaskCompletionSource<bool> ours)
        {
            try
            {
                var done = File.Exists(target) || await MakeOneAsync();
                underWay.TryRemove(target, out _);
                ours.SetResult(done);
            }
            catch (Exception failure)
            {
                underWay.TryRemove(target, out _);
                ours.SetException(failure);
            }
        }

        async Task<bool> MakeOneAsync()
        {
            Interlocked.Increment(ref made);
            return await make();
        }
    }
}
