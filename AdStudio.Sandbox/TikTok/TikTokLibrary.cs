using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>The asset library: images, videos with their covers, music.</summary>
internal sealed class TikTokLibrary(TikTokContext context)
{
    private const long MostPixels = 1440L * 2560;
    private static readonly double[] VideoShapes = [9 / 16.0, 1, 16 / 9.0];

    public TikTokReply UploadImage(TikTokCall call, SandboxObject account)
    {
        if (Name(call, account, TikTokWorld.Image, "image_file", out var name) is { } taken) return taken;
        var (bytes, type, width, height) = (Array.Empty<byte>(), "image/jpeg", 1200, 1200);
        switch (call.Text("upload_type") ?? "UPLOAD_BY_FILE")
        {
            case "UPLOAD_BY_FILE":
                if (Signed(call, "image_file", "image_signature", out bytes) is { } unsigned) return unsigned;
                if (ImageFacts.Read(bytes) is not { } facts || facts.Type == "image/gif") return new(40900, "image_file: The file is not an image that can be used. Use JPG, JPEG or PNG.");
                (type, width, height) = (facts.Type, facts.Width, facts.Height);
                break;
            case "UPLOAD_BY_URL":
                if (call.Text("image_url") is not { } url || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return TikTokReply.Wrong("image_url", "Not a valid URL.");
                // Only what TikTok itself shows can be fetched here: a video's cover.
                if (context.Find(TikTokWorld.Video, System.IO.Path.GetFileNameWithoutExtension(uri.AbsolutePath), account) is not { } video) return new(40900, "image_url: The image could not be downloaded.");
                (bytes, width, height) = (context.Store.FindBlob("tiktok:covers/" + video.Id + ".jpg")?.Bytes ?? [], (int)video.Body["width"]!, (int)video.Body["height"]!);
                break;
            default:
                return TikTokReply.Wrong("upload_type", "Must be one of: UPLOAD_BY_FILE, UPLOAD_BY_URL.");
        }
        if ((long)width * height > MostPixels) return new(40900, $"image_file: The image has more than {MostPixels} pixels.");
        var id = "ad-site-i18n-sg/" + Guid.CreateVersion7(context.Now).ToString("N");
        var image = new JsonObject
        {
            ["image_id"] = id, ["material_id"] = context.NewId(), ["file_name"] = name, ["width"] = width, ["height"] = height, ["format"] = type == "image/png" ? "png" : "jpeg", ["size"] = bytes.Length, ["signature"] = call.Text("image_signature") ?? "",
            ["image_url"] = $"{call.Origin}/tiktok/files/images/{id[16..]}", ["is_carousel_usable"] = true, ["displayable"] = true, ["create_time"] = TikTokTime.Write(context.Now), ["modify_time"] = TikTokTime.Write(context.Now),
        };
        context.Store.Put(new SandboxObject { Kind = TikTokWorld.Image, Id = account.Id + ":" + id, AccountId = account.Id, CreatedAt = context.Now, UpdatedAt = context.Now, Body = image });
        context.Store.PutBlob("tiktok:images/" + id[16..], type, bytes);
        return (JsonObject)image.DeepClone();
    }

    public TikTokReply UploadVideo(TikTokCall call, SandboxObject account)
    {
        if (Name(call, account, TikTokWorld.Video, "video_file", out var name) is { } taken) return taken;
        if ((call.Text("upload_type") ?? "UPLOAD_BY_FILE") != "UPLOAD_BY_FILE") return TikTokReply.Wrong("upload_type", "Videos come as files here.");
        if (Signed(call, "video_file", "video_signature", out var bytes) is { } unsigned) return unsigned;
        if (bytes.Length < 12 || !bytes.AsSpan(4, 4).SequenceEqual("ftyp"u8)) return new(40900, "video_file: The file is not a video that can be used. Use MP4, MOV, MPEG or AVI.");
        var (width, height) = Size(bytes);
        if (Array.TrueForAll(VideoShapes, s => Math.Abs(width / (double)height / s - 1) > 0.05)) return new(40900, "video_file: The aspect ratio of the video must be 9:16, 1:1 or 16:9.");
        var id = "v10033g50000" + Guid.CreateVersion7(context.Now).ToString("N")[..20];
        context.Store.Put(new SandboxObject
        {
            Kind = TikTokWorld.Video, Id = id, AccountId = account.Id, CreatedAt = context.Now, UpdatedAt = context.Now,
            Body = new() { ["video_id"] = id, ["material_id"] = context.NewId(), ["file_name"] = name, ["width"] = width, ["height"] = height, ["format"] = "mp4", ["size"] = bytes.Length, ["signature"] = call.Text("video_signature"), ["duration"] = 5.0, ["create_time"] = TikTokTime.Write(context.Now), ["modify_time"] = TikTokTime.Write(context.Now) },
        });
        context.Store.PutBlob($"tiktok:videos/{id}.mp4", "video/mp4", bytes);
        using (var sample = typeof(TikTokLibrary).Assembly.GetManifestResourceStream("assets/sample-1080x1080.jpg")!)
        using (var cover = new MemoryStream())
        {
            sample.CopyTo(cover);
            context.Store.PutBlob($"tiktok:covers/{id}.jpg", "image/jpeg", cover.ToArray());
        }
        return TikTokReply.Ok(new JsonArray(new JsonObject { ["video_id"] = id, ["file_name"] = name, ["width"] = width, ["height"] = height, ["displayable"] = false }));
    }

    public TikTokReply ImageInfo(TikTokCall call, SandboxObject account) => new JsonObject
    {
        ["list"] = new JsonArray([.. call.List("image_ids").Select(i => context.Find(TikTokWorld.Image, account.Id + ":" + i, account)).OfType<SandboxObject>().Select(i => i.Body.DeepClone())]),
    };

    /// <summary>Videos that are not read yet have no cover.</summary>
    public TikTokReply VideoInfo(TikTokCall call, SandboxObject account) => call.List("video_ids").Count > 60
        ? TikTokReply.Wrong("video_ids", "Longer than maximum length 60.")
        : new JsonObject { ["list"] = new JsonArray([.. call.List("video_ids").Select(v => context.Find(TikTokWorld.Video, v, account)).OfType<SandboxObject>().Select(v => (JsonNode)Show(call, v))]) };

    public TikTokReply SearchImages(TikTokCall call, SandboxObject account) => TikTokLists.Paged(call, context.Store.InAccount(TikTokWorld.Image, account.Id).Reverse(), "list", 100, i => (JsonObject)i.Body.DeepClone());

    public TikTokReply SearchVideos(TikTokCall call, SandboxObject account)
    {
        var ids = TikTokCall.Texts(call.Params["filtering"]?["video_ids"]).ToHashSet();
        return TikTokLists.Paged(call, context.Store.InAccount(TikTokWorld.Video, account.Id).Where(v => ids.Count == 0 || ids.Contains(v.Id)).Reverse(), "list", 100, v => Show(call, v));
    }

    public static TikTokReply Music(TikTokCall call, SandboxObject account)
    {
        if (call.Text("music_scene") != "CAROUSEL_ADS") return TikTokReply.Wrong("music_scene", "Only CAROUSEL_ADS is served here.");
        switch (call.Text("search_type"))
        {
            case "SEARCH_BY_RECOMMEND" when TikTokCall.Texts(call.Params["filtering"]?["image_urls"]).Count == 0: return TikTokReply.Missing("filtering.image_urls");
            case "SEARCH_BY_RECOMMEND" or "SEARCH_BY_KEYWORD": break;
            default: return TikTokReply.Wrong("search_type", "Must be one of: SEARCH_BY_RECOMMEND, SEARCH_BY_KEYWORD.");
        }
        var word = call.Params["filtering"]?["keyword"]?.ToString() ?? "";
        return new JsonObject { ["musics"] = new JsonArray([.. TikTokWorld.Music.Where(m => m.Name.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(m => (JsonNode)new JsonObject { ["music_id"] = m.Id, ["file_name"] = m.Name, ["author"] = m.Author, ["duration"] = 30.0 })]) };
    }

    public static bool IsReady(TikTokContext context, SandboxObject video) => video.CreatedAt + context.Options.ProcessingDelay <= context.Now;

    public static double Ratio(SandboxObject file) => (double)(int)file.Body["width"]! / (int)file.Body["height"]!;

    private JsonObject Show(TikTokCall call, SandboxObject video)
    {
        var shown = (JsonObject)video.Body.DeepClone();
        shown["displayable"] = IsReady(context, video);
        if (IsReady(context, video)) (shown["video_cover_url"], shown["preview_url"]) = ($"{call.Origin}/tiktok/files/covers/{video.Id}.jpg", $"{call.Origin}/tiktok/files/videos/{video.Id}.mp4");
        return shown;
    }

    /// <summary>A name counts once in the library.</summary>
    private TikTokReply? Name(TikTokCall call, SandboxObject account, string kind, string part, out string name)
    {
        var given = call.Text("file_name") ?? (call.Files.TryGetValue(part, out var file) ? file.FileName : "image");
        name = given.Length > 100 ? given[..100] : given;
        if (call.Text("file_name") is { Length: > 100 }) return TikTokReply.Wrong("file_name", "Longer than maximum length 100.");
        return context.Store.InAccount(kind, account.Id).Any(f => f.Body["file_name"]!.ToString() == given) ? new(40911, "file_name: The file name already exists. Please rename the file.") : null;
    }

    private static TikTokReply? Signed(TikTokCall call, string part, string signature, out byte[] bytes)
    {
        bytes = [];
        if (!call.Files.TryGetValue(part, out var file)) return TikTokReply.Missing(part);
        if (call.Text(signature) is not { } given) return TikTokReply.Missing(signature);
        bytes = file.Bytes;
#pragma warning disable CA5351 // TikTok checks uploads by their MD5.
        return given == Convert.ToHexStringLower(MD5.HashData(bytes)) ? null : new(40900, $"{signature}: The signature does not match the file.");
#pragma warning restore CA5351
    }

    /// <summary>From the first track header with a size: its last eight bytes, as fixed-point numbers.</summary>
    private static (int Width, int Height) Size(byte[] bytes)
    {
        for (var from = 0; bytes.AsSpan(from).IndexOf("tkhd"u8) is >= 4 and var at; from += at + 4)
        {
            var (start, length) = (from + at - 4, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(from + at - 4)));
            if (length < 84 || start + length > bytes.Length) continue;
            var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(start + length - 8)) >> 16, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(start + length - 4)) >> 16);
            if (width > 0 && height > 0) return (width, height);
        }
        return (1080, 1920);
    }
}
