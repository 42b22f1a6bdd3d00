using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Large videos go to Meta piece by piece: start, transfer, finish (POST /act_…/advideos, AdAccount.json).</summary>
internal static class MetaVideos
{
    /// <summary>Up to this many bytes a video goes in one piece.</summary>
    public const long WholeUpTo = 20_000_000;

    /// <param name="parameters">Its name and title. They are given at the end, so that a video that carries the marker is always whole.</param>
    public static async Task<Result<string>> UploadAsync(MetaApi api, PlatformAccess access, string account, JsonObject parameters, MediaFile file, CancellationToken ct)
    {
        var path = $"{account}/advideos";
        var started = await api.PostAsync(access, path, new() { ["upload_phase"] = "start", ["file_size"] = file.Length }, CallKind.Create, ct);
        if (!started.TryGet(out var told, out var refusal)) return Result<string>.Refused(Unfinished(refusal));
        if (told["upload_session_id"]?.ToString() is not { Length: > 0 } session || told["video_id"]?.ToString() is not { Length: > 0 } video) return Odd();

        if (Range(told) is not { } range) return Odd();
        while (range.From < range.To)
        {
            var piece = new byte[range.To - range.From];
            await file.Content.ReadExactlyAsync(piece, ct);
            await using var part = new MediaFile(new MemoryStream(piece), "application/octet-stream", "piece", piece.Length);
            var sent = await api.UploadAsync(access, path, new() { ["upload_phase"] = "transfer", ["upload_session_id"] = session, ["start_offset"] = range.From.ToString(CultureInfo.InvariantCulture) }, "video_file_chunk", part, CallKind.Create, ct);
            if (!sent.TryGet(out told, out refusal)) return Result<string>.Refused(Unfinished(refusal));
            // Meta names where the next piece begins; pieces are only ever sent in order.
            if (Range(told) is not { } next || next.From != range.To) return Odd();
            range = next;
        }
        var last = new JsonObject(parameters.Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))) { ["upload_phase"] = "finish", ["upload_session_id"] = session };
        var finished = await api.PostAsync(access, path, last, CallKind.Create, ct);
        return finished.IsDone ? video : Result<string>.Refused(finished.Refusal);
    }

    /// <summary>What broke off before the end is no video yet: the next try begins anew and nothing is there twice.</summary>
    private static Refusal Unfinished(Refusal refusal) => refusal is PlatformFailure { Kind: PlatformFailureKind.UnknownOutcome } failure ? failure with { Kind = PlatformFailureKind.Unavailable } : refusal;

    private static (long From, long To)? Range(JsonNode told) =>
        long.TryParse(told["start_offset"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var from) && long.TryParse(told["end_offset"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var to) && to >= from ? (from, to) : null;

    private static PlatformFailure Odd() => new(Platform.Meta, PlatformFailureKind.Unavailable, "Meta lost the thread of the upload. It begins anew.");
}
