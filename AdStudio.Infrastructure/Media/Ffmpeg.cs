using System.Diagnostics;
using AdStudio.Core.Creatives;

namespace AdStudio.Infrastructure.Media;

/// <summary>Cuts and shrinks pictures with ffmpeg, when it is on the PATH.</summary>
public sealed class Ffmpeg : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly string? program = Find("ffmpeg");

    // Two at a time: pictures must not take the server from those who work on it.
    private readonly SemaphoreSlim seats = new(2);

    public bool IsThere => program is not null;

    public void Dispose() => seats.Dispose();

    /// <summary>Cuts the middle of an image to a ratio, upright. The same bytes give the same bytes.</summary>
    public Task<bool> CutAsync(string source, ImageHeader image, double ratio, string target, CancellationToken ct)
    {
        var (width, height) = (Math.Min(image.Width, (int)Math.Round(image.Height * ratio)), Math.Min(image.Height, (int)Math.Round(image.Width / ratio)));
        return RunAsync(source, FormatOf(image.ContentType), [.. Upright(image), $"crop={width}:{height}"], target, ct);
    }

    /// <summary>At most <paramref name="side"/> pixels wide and high.</summary>
    public Task<bool> ShrinkAsync(string source, ImageHeader image, int side, string target, CancellationToken ct) =>
        RunAsync(source, FormatOf(image.ContentType), [.. Upright(image), Within(side)], target, ct);

    /// <summary>A picture out of the first second of a video.</summary>
    public Task<bool> StillAsync(string source, double seconds, int side, string target, CancellationToken ct) =>
        RunAsync(source, "mov", [Within(side)], target, ct, seconds > 1 ? ["-ss", "0.5"] : []);

    private static string Within(int side) => $"scale='min({side},iw)':'min({side},ih)':force_original_aspect_ratio=decrease:force_divisible_by=2";

    /// <summary>The format by what we found in the file, so that ffmpeg does not guess: a playlist posing as an image is not followed.</summary>
    private static string FormatOf(string contentType) => contentType switch { "image/png" => "png_pipe", "image/gif" => "gif", "image/webp" => "webp_pipe", _ => "jpeg_pipe" };

    private static string[] Upright(ImageHeader image) => image.Orientation switch
    {
        2 => ["hflip"], 3 => ["hflip", "vflip"], 4 => ["vflip"], 5 => ["transpose=0"], 6 => ["transpose=1"], 7 => ["transpose=3"], 8 => ["transpose=2"], _ => [],
    };

    private async Task<bool> RunAsync(string source, string format, string[] filters, string target, CancellationToken ct, string[]? before = null)
    {
        if (program is null) return false;
        await seats.WaitAsync(ct);
        var unfinished = $"{target}.{Guid.NewGuid():N}{Path.GetExtension(target)}";
        try
        {
            var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
            foreach (var argument in (string[])["-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-threads", "1", "-protocol_whitelist", "file", "-noautorotate", .. before ?? [], "-f", format, "-i", source,
                "-map_metadata", "-1", "-frames:v", "1", "-vf", string.Join(',', filters), "-fflags", "+bitexact", "-flags", "+bitexact", "-q:v", "2", unfinished]) start.ArgumentList.Add(argument);

            using var process = Process.Start(start) ?? throw new InvalidOperationException("ffmpeg did not start.");
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Longest);
            try
            {
                var words = process.StandardError.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                await words;
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                ct.ThrowIfCancellationRequested();
                return false;
            }
            if (process.ExitCode != 0 || !File.Exists(unfinished)) return false;
            File.Move(unfinished, target, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(unfinished);
            seats.Release();
        }
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") }).FirstOrDefault(File.Exists);
}
