using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>Files: LinkedIn first says where to put them. A file that no post shows does no harm, so all of it may be repeated. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api</summary>
internal static class LinkedInMedia
{
    public static async Task<Result<string>> ImageAsync(LinkedInApi api, PlatformAccess access, string owner, MediaFile file, CancellationToken ct)
    {
        var answer = await api.PostAsync(access, "images?action=initializeUpload", new JsonObject { ["initializeUploadRequest"] = new JsonObject { ["owner"] = owner } }, CallKind.Repeatable, ct);
        if (!answer.TryGet(out var body, out var refusal)) return Result<string>.Refused(refusal);
        if (body["value"]?["image"]?.ToString() is not { Length: > 0 } image || body["value"]?["uploadUrl"]?.ToString() is not { Length: > 0 } address) return Odd("where to put the image");
        var sent = await api.UploadAsync(access, address, await PartAsync(file.Content, 0, file.Length, ct), file.ContentType, ct);
        return sent.IsDone ? image : Result<string>.Refused(sent.Refusal);
    }

    public static async Task<Result<string>> VideoAsync(LinkedInApi api, PlatformAccess access, string owner, MediaFile file, CancellationToken ct)
    {
        var request = new JsonObject { ["owner"] = owner, ["fileSizeBytes"] = file.Length, ["uploadCaptions"] = false, ["uploadThumbnail"] = false };
        var answer = await api.PostAsync(access, "videos?action=initializeUpload", new JsonObject { ["initializeUploadRequest"] = request }, CallKind.Repeatable, ct);
        if (!answer.TryGet(out var body, out var refusal)) return Result<string>.Refused(refusal);
        if (body["value"]?["video"]?.ToString() is not { Length: > 0 } video || body["value"]?["uploadInstructions"] is not JsonArray { Count: > 0 } instructions) return Odd("where to put the video");

        var parts = new JsonArray();
        foreach (var instruction in instructions.OfType<JsonObject>())
        {
            var (first, last) = (instruction["firstByte"]!.GetValue<long>(), instruction["lastByte"]!.GetValue<long>());
            var sent = await api.UploadAsync(access, instruction["uploadUrl"]!.ToString(), await PartAsync(file.Content, first, last - first + 1, ct), "application/octet-stream", ct);
            if (!sent.TryGet(out var stored, out refusal)) return Result<string>.Refused(refusal);
            if (stored[LinkedInApi.ETag]?.ToString() is not { Length: > 0 } tag) return Odd("the mark of a part");
            parts.Add(tag);
        }
        var finish = new JsonObject { ["video"] = video, ["uploadToken"] = body["value"]?["uploadToken"]?.ToString() ?? "", ["uploadedPartIds"] = parts };
        var done = await api.PostAsync(access, "videos?action=finalizeUpload", new JsonObject { ["finalizeUploadRequest"] = finish }, CallKind.Repeatable, ct);
        return done.IsDone ? video : Result<string>.Refused(done.Refusal);
    }

    public static async Task<Result<string>> AwaitAsync(LinkedInApi api, PlatformAccess access, string video, CancellationToken ct)
    {
        if (!(await api.GetAsync(access, "videos/" + Restli.Text(video), [], ct)).TryGet(out var body, out var refusal)) return Result<string>.Refused(refusal);
        return body["status"]?.ToString() switch
        {
            "AVAILABLE" => video,
            "PROCESSING_FAILED" => new PlatformFailure(Platform.LinkedIn, PlatformFailureKind.InvalidRequest, body["processingFailureReason"]?.ToString() ?? "LinkedIn could not read the video."),
            _ => new PlatformFailure(Platform.LinkedIn, PlatformFailureKind.Unavailable, "LinkedIn is still taking in the video.") { Code = "processing" },
        };
    }

    private static async Task<byte[]> PartAsync(Stream content, long first, long length, CancellationToken ct)
    {
        if (content.CanSeek) content.Position = first;
        var bytes = new byte[length];
        await content.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    private static PlatformFailure Odd(string what) => new(Platform.LinkedIn, PlatformFailureKind.Unavailable, $"LinkedIn answered without {what}.");
}
