using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>TikTok's asset library: images, videos with their covers, and the music that goes with images.</summary>
internal sealed class TikTokLibrary(TikTokApi api, IMediaSource files)
{
    private const int SearchPage = 100;

    public async Task<Result<string>> CarryOutAsync(PlatformAccess access, StepRequest step, CancellationToken ct) =>
        step.Body.ContainsKey("music_scene") ? await MusicAsync(access, step.Body, ct)
        : step.Body.ContainsKey("image_url") ? await CoverAsync(access, step.Body, ct)
        : step.Body.ContainsKey("video_file") ? await VideoAsync(access, step, ct)
        : await ImageAsync(access, step, ct);

    /// <summary>By the file's name, which carries the marker and is unique in the account. Music is chosen anew.</summary>
    public async Task<Result<string?>> FindAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        if (step.Body["file_name"]?.ToString() is not { } name) return Result<string?>.Of(null);
        var (path, id) = step.Body.ContainsKey("video_file") ? ("file/video/ad/search/", "video_id") : (TikTokFromMemory.ImageSearch, "image_id");
        var list = await api.ListAsync(access, path, new() { ["advertiser_id"] = TikTokApi.AccountOf(access) }, ct, size: SearchPage);
        return list.TryGet(out var rows, out var refusal) ? Result<string?>.Of(rows.FirstOrDefault(r => r["file_name"]?.ToString() == name)?[id]?.ToString()) : Result<string?>.Refused(refusal);
    }

    /// <summary>POST file/image/ad/upload/ (SDK: FileApi).</summary>
    private async Task<Result<string>> ImageAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        await using var file = await files.OpenAsync(step.AssetId!.Value, TikTokCatalogue.Rules.MediaOf(MediaKind.Image)!.RenditionOf(step.Key), ct);
        return Id(await api.UploadAsync(access, "file/image/ad/upload/", Without(step.Body, "image_file"), "image_file", "image_signature", file.Content, file.ContentType, file.FileName, CallKind.Create, ct), "image_id");
    }

    /// <summary>POST file/video/ad/upload/: the same video again makes another one.</summary>
    private async Task<Result<string>> VideoAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        await using var file = await files.OpenAsync(step.AssetId!.Value, TikTokCatalogue.Rules.MediaOf(MediaKind.Video)!.RenditionOf(step.Key), ct);
        var answer = await api.UploadAsync(access, "file/video/ad/upload/", Without(step.Body, "video_file"), "video_file", "video_signature", file.Content, file.ContentType, file.FileName, CallKind.Create, ct);
        return Id(answer.TryGet(out var data, out _) && data is JsonArray list ? Result<JsonNode>.Of(list.FirstOrDefault()?.DeepClone() ?? new JsonObject()) : answer, "video_id");
    }

    /// <summary>GET file/video/ad/info/ tells the picture once the video has been read; it goes back into the library as an image.</summary>
    private async Task<Result<string>> CoverAsync(PlatformAccess access, JsonObject body, CancellationToken ct)
    {
        var video = body["image_url"]!.ToString()[TikTokAds.OwnCover.Length..].Trim();
        var answer = await api.GetAsync(access, "file/video/ad/info/", new() { ["advertiser_id"] = TikTokApi.AccountOf(access), ["video_ids"] = new JsonArray(video) }, ct);
        if (!answer.TryGet(out var data, out var refusal)) return Result<string>.Refused(refusal);
        if (data["list"]?[0]?["video_cover_url"]?.ToString() is not { Length: > 0 } cover)
            return new PlatformFailure(Platform.TikTok, PlatformFailureKind.Unavailable, "TikTok is still taking in the video.") { Code = "processing" };
        body["image_url"] = cover;
        return Id(await api.FormAsync(access, "file/image/ad/upload/", body, CallKind.Create, ct), "image_id");
    }

    private async Task<Result<string>> MusicAsync(PlatformAccess access, JsonObject body, CancellationToken ct)
    {
        var account = TikTokApi.AccountOf(access);
        var images = (JsonArray)body["filtering"]!["image_urls"]!;
        var told = await api.GetAsync(access, "file/image/ad/info/", new() { ["advertiser_id"] = account, ["image_ids"] = images.DeepClone() }, ct);
        if (!told.TryGet(out var data, out var refusal)) return Result<string>.Refused(refusal);
        body["filtering"] = new JsonObject { ["image_urls"] = TikTokApi.Texts((data["list"] as JsonArray ?? []).Select(i => i?["image_url"]?.ToString()).OfType<string>()) };
        if (!(await api.GetAsync(access, TikTokFromMemory.MusicGet, body, ct)).TryGet(out data, out refusal)) return Result<string>.Refused(refusal);
        return data["musics"]?[0]?["music_id"]?.ToString() is { } music ? music : new PlatformFailure(Platform.TikTok, PlatformFailureKind.InvalidRequest, "TikTok recommends no music for these images, and takes no images without.");
    }

    private static Result<string> Id(Result<JsonNode> answer, string field) =>
        answer.TryGet(out var data, out var refusal) ? data[field]?.ToString() is { Length: > 0 } id ? id : TikTokApi.Odd(field) : Result<string>.Refused(refusal);

    private static JsonObject Without(JsonObject body, string name) => new(body.Where(p => p.Key != name).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
}
