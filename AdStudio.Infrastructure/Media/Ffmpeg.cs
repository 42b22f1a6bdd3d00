using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AdStudio.Infrastructure.Media;

/// <summary>
/// Runs ffmpeg, when it is on the PATH, on files that strangers may have made: it reads that one file in the one format that we found in it, opens nothing else, and is bounded in time,
/// memory and in what it writes.
/// </summary>
public sealed class Ffmpeg(ILogger<Ffmpeg> log)
{
    private const long MaxMemory = 1_000_000_000;
    private readonly string? program = Find("ffmpeg");

    public bool IsThere => program is not null;

    /// <summary>Makes <paramref name="target"/> in one go: others see it whole or not at all. False when it could not be made within the limits.</summary>
    /// <param name="format">What is in the file, so that nothing is guessed: a playlist posing as an image is not followed.</param>
    /// <param name="aside">A folder on the same disk for what is not finished.</param>
    public async Task<bool> RunAsync(string source, string format, IEnumerable<string> reading, IEnumerable<string> writing, string target, string aside, FfmpegLimits limits, CancellationToken ct)
    {
        if (program is null) return false;
        Directory.CreateDirectory(aside);
        var unfinished = Path.Combine(aside, $"{Guid.NewGuid():N}{Path.GetExtension(target)}");
        try
        {
            var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
            foreach (var argument in (string[])["-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-max_alloc", $"{MaxMemory}", "-timelimit", $"{(int)limits.Longest.TotalSeconds}",
                "-protocol_whitelist", "file", "-threads", "1", .. reading, "-f", format, "-i", source,
                "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-threads", "1", "-fs", $"{limits.MaxBytes}", .. writing, unfinished]) start.ArgumentList.Add(argument);

            using var process = Process.Start(start) ?? throw new InvalidOperationException("ffmpeg did not start.");
            Yield(process);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(limits.Longest);
            string words;
            try
            {
                var reader = process.StandardError.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                words = await reader;
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                ct.ThrowIfCancellationRequested();
                log.LogWarning("ffmpeg took longer than {Longest} and was stopped", limits.Longest);
                return false;
            }
            if (process.ExitCode != 0 || !File.Exists(unfinished))
            {
                log.LogWarning("ffmpeg ended with {ExitCode}: {Words}", process.ExitCode, words.Length <= 400 ? words : words[..400]);
                return false;
            }
            File.Move(unfinished, target, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Those who work on the server go first.</summary>
    private static void Yield(Process process)
    {
        try { process.PriorityClass = ProcessPriorityClass.BelowNormal; }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception) { }
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") }).FirstOrDefault(File.Exists);
}

public sealed record FfmpegLimits(TimeSpan Longest, long MaxBytes);
