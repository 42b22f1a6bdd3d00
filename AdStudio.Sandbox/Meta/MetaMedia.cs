using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Images and videos of an ad account.</summary>
public sealed class MetaMedia(MetaContext context)
{
    private const int LargestImage = 30 * 1024 * 1024;

    public MetaReply UploadImages(MetaCall call, SandboxObject account)
    {
        if (context.MayChange(call, account) is { } forbidden) return forbidden;
        var given = new List<(string Name, byte[] Bytes)>();
        foreach (var file in call.Files) given.Add((file.FileName.Length > 0 ? file.FileName : file.Field, file.Bytes));
        var named = call.Text("name");
        if (call.Text("bytes") is { } text)
        {
            var buffer = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, buffer, out var length)) return MetaError.Invalid("Param bytes must be base64", "bytes");
            given.Add(("bytes", buffer[..length]));
        }
        if (MetaShapes.Check(call.With(call.Method, call.Path, call.Params.Where(p => p.Key is not ("name" or "filename")).ToDictionary()), "POST AdAccount adimages") is { } misshapen) return misshapen;
        if (given.Count == 0) return MetaError.Invalid("An image file or bytes are required", "bytes");

        var images = new JsonObject();
        foreach (var (name, bytes) in given)
        {
            if (bytes.Length > LargestImage) return MetaError.ForPerson(1487411, "Image is too large", "An image can have up to 30 MB.", "bytes");
            if (ImageFacts.Read(bytes) is not { } facts) return MetaError.ForPerson(1487411, "Invalid image format", "The file isn't an image that can be used. Use JPG, PNG or GIF.", "bytes");
#pragma warning disable CA5351 // The platform's image hash is MD5.
            var hash = Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
            var url = $"{call.BaseUrl[..call.BaseUrl.LastIndexOf('/')]}/images/{hash}";
            var image = context.Create(MetaWorld.Image, account.Id, account.Id, new JsonObject
            {
                ["hash"] = hash, ["name"] = named ?? name, ["width"] = facts.Width, ["height"] = facts.Height, ["original_width"] = facts.Width, ["original_height"] = facts.Height,
                ["url"] = url, ["permalink_url"] = url, ["status"] = "ACTIVE", ["account_id"] = account.Id,
            }, account.Id + ":" + hash);
            context.Store.Put(image);
            context.Store.PutBlob("meta:" + hash, facts.Type, bytes);
            images[name] = new JsonObject { ["hash"] = hash, ["url"] = url, ["name"] = named ?? name, ["width"] = facts.Width, ["height"] = facts.Height };
        }
        return new JsonObject { ["images"] = images };
    }

    public MetaReply UploadVideo(MetaCall call, SandboxObject account)
    {
        if (context.MayChange(call, account) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST AdAccount advideos") is { } misshapen) return misshapen;
        switch (call.Text("upload_phase"))
        {
            case "start":
                if (call.Number("file_size") is not > 0) return MetaError.Invalid("The parameter file_size is required.", "file_size");
                var pending = NewVideo(call, account, call.Number("file_size")!.Value, uploaded: false);
                return new JsonObject { ["upload_session_id"] = pending.Id + "0", ["video_id"] = pending.Id, ["start_offset"] = "0", ["end_offset"] = Math.Min(call.Number("file_size")!.Value, 1 << 20).ToString(CultureInfo.InvariantCulture) };
            case "transfer" or "finish" or "cancel":
                return Continue(call, account);
        }
        if (call.Text("file_url") is { } url)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return MetaError.ForPerson(1363041, "The video could not be fetched", "Give a whole address that begins with https://.", "file_url");
            return new JsonObject { ["id"] = NewVideo(call, account, 0, uploaded: true).Id };
        }
        if (call.Files.FirstOrDefault(f => f.Field == "source") is not { } file) return MetaError.Invalid("The parameter source or file_url is required.", "source");
        // Every MP4 and MOV says "ftyp" behind its first four bytes.
        if (file.Bytes.Length < 12 || !file.Bytes.AsSpan(4, 4).SequenceEqual("ftyp"u8)) return MetaError.ForPerson(1363024, "Unsupported video format", "The file isn't a video that can be used. Use MP4 or MOV.", "source");
        return new JsonObject { ["id"] = NewVideo(call, account, file.Bytes.Length, uploaded: true).Id };
    }

    public static bool IsReady(MetaContext context, SandboxObject video) =>
        video.Body["uploaded"]!.GetValue<bool>() && video.UpdatedAt + context.Options.ProcessingDelay <= context.Now;

    /// <summary>How far the platform is with a video.</summary>
    public static JsonObject Status(MetaContext context, SandboxObject video)
    {
        var ready = IsReady(context, video);
        var uploaded = video.Body["uploaded"]!.GetValue<bool>();
        return new JsonObject
        {
            ["video_status"] = ready ? "ready" : uploaded ? "processing" : "uploading",
            ["processing_progress"] = ready ? 100 : 40,
            ["uploading_phase"] = new JsonObject { ["status"] = uploaded ? "complete" : "in_progress" },
            ["processing_phase"] = new JsonObject { ["status"] = ready ? "complete" : uploaded ? "in_progress" : "not_started" },
            ["publishing_phase"] = new JsonObject { ["status"] = ready ? "complete" : "not_started" },
        };
    }

    private MetaReply Continue(MetaCall call, SandboxObject account)
    {
        var session = call.Text("upload_session_id") ?? "";
        var video = context.Store.Find(MetaWorld.Video, session.Length > 1 ? session[..^1] : "")?.Clone();
        if (video is null || video.AccountId != account.Id || video.Body["uploaded"]!.GetValue<bool>()) return MetaError.Invalid("The upload session doesn't exist", "upload_session_id");
        var size = video.Body["file_size"]!.GetValue<long>();
        var received = video.Body["received"]!.GetValue<long>();
        switch (call.Text("upload_phase"))
        {
            case "transfer":
                if (call.Number("start_offset") != received) return MetaError.Invalid($"Expected start_offset {received}", "start_offset");
                received += call.Files.FirstOrDefault(f => f.Field == "video_file_chunk")?.Bytes.Length ?? 0;
                video.Body["received"] = received;
                context.Store.Put(video);
                return new JsonObject { ["start_offset"] = received.ToString(CultureInfo.InvariantCulture), ["end_offset"] = Math.Min(size, received + (1 << 20)).ToString(CultureInfo.InvariantCulture) };
            case "finish":
                if (received < size) return MetaError.Invalid($"The upload is not complete: {received} of {size} bytes", "upload_phase");
                video.Body["uploaded"] = true;
                if ((call.Text("title") ?? call.Text("name")) is { } title) video.Body["title"] = title;
                video.UpdatedAt = context.Now;
                context.Store.Put(video);
                return new JsonObject { ["success"] = true };
            default:
                context.Store.Remove(MetaWorld.Video, video.Id);
                return new JsonObject { ["success"] = true };
        }
    }

    private SandboxObject NewVideo(MetaCall call, SandboxObject account, long size, bool uploaded)
    {
        var origin = call.BaseUrl[..call.BaseUrl.IndexOf("/meta/", StringComparison.Ordinal)];
        var video = context.Create(MetaWorld.Video, account.Id, account.Id, new JsonObject
        {
            ["title"] = call.Text("title") ?? call.Text("name") ?? "Video", ["description"] = call.Text("description"), ["file_size"] = size, ["received"] = 0L, ["uploaded"] = uploaded, ["length"] = 5.0,
            ["picture"] = origin + "/assets/sample-1080x1080.jpg", ["source"] = call.Text("file_url"), ["published"] = false,
        });
        context.Store.Put(video);
        return video;
    }
}
