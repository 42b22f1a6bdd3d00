using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>Videos: announced here, sent to an address of their own with a form that was given with it, then taken in.</summary>
public sealed class PinterestMedia(PinterestContext context)
{
    private static readonly string[] Given = ["x-amz-date", "x-amz-signature", "x-amz-security-token", "x-amz-algorithm", "key", "policy", "x-amz-credential", "Content-Type"];

    public PinterestReply Register(PinterestCall call)
    {
        var form = new JsonObject();
        var media = context.Create(PinterestWorld.Media, call.User.Id, "", new JsonObject { ["media_type"] = "video", ["form"] = form });
        foreach (var name in Given) form[name] = Tokens.New("", 12);
        (form["key"], form["Content-Type"], form["x-amz-algorithm"]) = ($"uploads/{media.Id}", "multipart/form-data", "AWS4-HMAC-SHA256");
        context.Store.Put(media);
        return new PinterestReply(201, new JsonObject { ["media_id"] = media.Id, ["media_type"] = "video", ["upload_url"] = $"{call.Home}/upload", ["upload_parameters"] = form.DeepClone() });
    }

    public PinterestReply List(PinterestCall call) => PinterestReply.Page(call, context.Store.InAccount(PinterestWorld.Media, call.User.Id).Select(Show));

    public PinterestReply Get(PinterestCall call) => context.Store.Find(PinterestWorld.Media, call.Ids["media_id"]) is { } media && media.AccountId == call.User.Id ? Show(media) : PinterestReply.NotFound("Media");

    /// <summary>The storage behind upload_url; it knows no tokens, only the form that was given.</summary>
    public PinterestReply Upload(IReadOnlyDictionary<string, string> form, string? fileName, byte[]? file)
    {
        var id = form.GetValueOrDefault("key")?.Split('/') is ["uploads", var key] ? key : null;
        if (id is null || context.Store.Find(PinterestWorld.Media, id) is not { } old || ((JsonObject)old.Body["form"]!).Any(p => form.GetValueOrDefault(p.Key) != p.Value!.ToString())) return new PinterestReply(403, PinterestReply.Error(403, "AccessDenied"));
        if (fileName is null || file is not { Length: > 0 }) return PinterestReply.Invalid("POST requires exactly one file upload per request.");
        var media = old.Clone();
        media.Body["uploaded"] = context.Now.ToString("O", CultureInfo.InvariantCulture);
        media.Body["is_video"] = file.Length > 12 && (file.AsSpan(4, 4).SequenceEqual("ftyp"u8) || file.AsSpan(4, 4).SequenceEqual("moov"u8));
        context.Store.Put(media);
        context.Store.PutBlob("pinterest:" + media.Id, "video/mp4", file);
        return new PinterestReply(204, new JsonObject());
    }

    public static string StatusOf(PinterestContext context, SandboxObject media)
    {
        if (media.Body["uploaded"]?.ToString() is not { } at) return "registered";
        if (media.Body["is_video"]?.GetValue<bool>() != true) return "failed";
        return DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) + context.Options.ProcessingDelay <= context.Now ? "succeeded" : "processing";
    }

    private JsonObject Show(SandboxObject media) => new() { ["media_id"] = media.Id, ["media_type"] = "video", ["status"] = StatusOf(context, media) };
}
