using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>Brings a file into the room that was made for it: whole up to 32 MB, in parts beyond. https://developers.snap.com/api/marketing-api/Ads-API/media</summary>
internal static class SnapchatUpload
{
    private const int PartSize = 32 * 1024 * 1024;

    public static async Task<Result<string>> SendAsync(SnapchatApi api, PlatformAccess access, string media, MediaFile file, CancellationToken ct)
    {
        if (file.Length <= PartSize)
        {
            var whole = await api.UploadAsync(access, $"media/{media}/upload", [], await ReadAsync(file, (int)file.Length, ct), file.FileName, ct);
            return whole.IsDone ? media : Result<string>.Refused(whole.Refusal);
        }

        var parts = (int)((file.Length + PartSize - 1) / PartSize);
        var begun = await api.UploadAsync(access, $"media/{media}/multipart-upload-v2?action=INIT", [("file_name", file.FileName), ("file_size", Text(file.Length)), ("number_of_parts", Text(parts))], null, "", ct);
        if (!begun.TryGet(out var session, out var refusal)) return Result<string>.Refused(refusal);
        if (session["upload_id"]?.ToString() is not { } upload || Path(session["add_path"]) is not { } add || Path(session["finalize_path"]) is not { } finalize)
            return new PlatformFailure(Platform.Snapchat, PlatformFailureKind.Unavailable, "Snapchat did not say where to send the file's parts.");

        for (var part = 1; part <= parts; part++)
        {
            var bytes = await ReadAsync(file, (int)Math.Min(PartSize, file.Length - (long)(part - 1) * PartSize), ct);
            var sent = await api.UploadAsync(access, add, [("upload_id", upload), ("part_number", Text(part))], bytes, file.FileName, ct);
            if (sent.Refusal is { } refused) return Result<string>.Refused(refused);
        }
        var ended = await api.UploadAsync(access, finalize, [("upload_id", upload)], null, "", ct);
        return ended.IsDone ? media : Result<string>.Refused(ended.Refusal);
    }

    /// <summary>Only paths are taken, never another host: the token goes with them.</summary>
    private static string? Path(JsonNode? value) => value?.ToString() is { } path && path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) ? path : null;

    private static async Task<byte[]> ReadAsync(MediaFile file, int length, CancellationToken ct)
    {
        var bytes = new byte[length];
        await file.Content.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
