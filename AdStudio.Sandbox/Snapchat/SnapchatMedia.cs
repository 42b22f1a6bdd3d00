using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>Takes in the files for which room was made: whole, or in parts.</summary>
public sealed class SnapchatMedia(SnapchatContext context)
{
    private const int LargestWhole = 32 * 1024 * 1024;

    /// <summary>PENDING_UPLOAD until the file is there and was looked through.</summary>
    public static string Status(SnapchatContext context, SandboxObject media) =>
        media.Body["file_name"] is not null && media.UpdatedAt + context.Options.ProcessingDelay <= context.Now ? "READY" : "PENDING_UPLOAD";

    public static bool IsReady(SnapchatContext context, SandboxObject account, JsonNode? id, out SandboxObject? media)
    {
        media = context.Store.Find(SnapchatWorld.Media, id?.ToString() ?? "");
        return media?.AccountId == account.Id && Status(context, media) == "READY";
    }

    /// <summary>POST /media/{id}/upload.</summary>
    public PlatformReply Upload(SnapchatCall call, SandboxObject media)
    {
        if (Closed(media) is { } refused) return refused;
        if (call.File is null) return SnapchatError.Invalid("The part 'file' is required");
        if (call.File.Length > LargestWhole) return SnapchatError.Invalid("A file of more than 32 MB must be sent in parts");
        return Keep(call, media, call.FileName, call.File) is { } kept ? SnapchatReply.Of(new() { ["result"] = kept }) : Unreadable(media);
    }

    /// <summary>POST /media/{id}/multipart-upload-v2 with the action INIT, ADD or FINALIZE.</summary>
    public PlatformReply Parts(SnapchatCall call, SandboxObject media)
    {
        if (Closed(media) is { } refused) return refused;
        var changed = media.Clone();
        switch (call.Query.GetValueOrDefault("action"))
        {
            case "INIT":
                if (call.Form.GetValueOrDefault("file_name") is not { Length: > 0 } name || !long.TryParse(call.Form.GetValueOrDefault("file_size"), out var size) || !int.TryParse(call.Form.GetValueOrDefault("number_of_parts"), out var parts) || parts < 1)
                    return SnapchatError.Invalid("file_name, file_size and number_of_parts are required");
                var upload = context.NewId();
                changed.Body["upload"] = new JsonObject { ["id"] = upload, ["name"] = name, ["size"] = size, ["parts"] = parts, ["received"] = new JsonObject() };
                context.Store.Put(changed);
                var path = $"/us/v1/media/{media.Id}/multipart-upload-v2?action=";
                return SnapchatReply.Of(new() { ["upload_id"] = upload, ["add_path"] = path + "ADD", ["finalize_path"] = path + "FINALIZE" });

            case "ADD":
                if (Session(call, changed) is not { } session) return SnapchatError.Invalid("The upload_id is none of this media's");
                if (!int.TryParse(call.Form.GetValueOrDefault("part_number"), out var part) || part < 1 || part > session["parts"]!.GetValue<int>()) return SnapchatError.Invalid("The part_number is out of range");
                if (call.File is not { Length: > 0 and <= LargestWhole }) return SnapchatError.Invalid("The part 'file' with at most 32 MB is required");
                if (part == 1 && !IsFile(changed, call.File)) return Unreadable(media);
                session["received"]![part.ToString(CultureInfo.InvariantCulture)] = call.File.Length;
                context.Store.Put(changed);
                return SnapchatReply.Of([]);

            case "FINALIZE":
                if (Session(call, changed) is not { } ended) return SnapchatError.Invalid("The upload_id is none of this media's");
                if (((JsonObject)ended["received"]!).Sum(r => r.Value!.GetValue<int>()) != ended["size"]!.GetValue<long>()) return SnapchatError.Invalid("Not all parts have arrived");
                changed.Body.Remove("upload");
                return SnapchatReply.Of(new() { ["result"] = Take(changed, ended["name"]!.ToString(), ended["size"]!.GetValue<long>()) });

            default: return SnapchatError.BadQuery("action must be INIT, ADD or FINALIZE");
        }
    }

    private SnapchatError? Closed(SandboxObject media)
    {
        if (SnapchatContext.MayChange(context.Store.Find(SnapchatWorld.Account, media.AccountId)!) is { } closed) return closed;
        return media.Body["file_name"] is null ? null : SnapchatError.Invalid("The media has been uploaded already");
    }

    private static JsonObject? Session(SnapchatCall call, SandboxObject media) => media.Body["upload"] is JsonObject session && session["id"]!.ToString() == call.Form.GetValueOrDefault("upload_id") ? session : null;

    private JsonObject? Keep(SnapchatCall call, SandboxObject media, string name, byte[] bytes)
    {
        if (!IsFile(media, bytes)) return null;
        var changed = media.Clone();
        if (ImageFacts.Read(bytes) is { } image)
        {
            changed.Body["image_metadata"] = new JsonObject { ["height_px"] = image.Height, ["width_px"] = image.Width, ["image_format"] = image.Type == "image/png" ? "PNG" : "JPEG" };
            changed.Body["download_link"] = $"{call.Origin[..call.Origin.LastIndexOf('/')]}/media/{media.Id}";
            context.Store.PutBlob("snapchat:" + media.Id, image.Type, bytes);
        }
        return Take(changed, name, bytes.Length);
    }

    private JsonObject Take(SandboxObject media, string name, long size)
    {
        media.Body["file_name"] = name.Length > 0 ? name : "file";
        media.Body["file_size_in_bytes"] = size;
        if (media.Body["type"]!.ToString() == "VIDEO") media.Body["video_metadata"] = new JsonObject { ["duration_in_seconds"] = 6.0 };
        media.UpdatedAt = context.Now;
        media.Body["updated_at"] = SnapchatTime.Write(context.Now);
        media.Body["media_status"] = Status(context, media);
        context.Store.Put(media);
        return (JsonObject)media.Body.DeepClone();
    }

    /// <summary>Every MP4 and MOV says "ftyp" behind its first four bytes.</summary>
    public static bool IsVideo(byte[] bytes) => bytes.Length > 12 && bytes.AsSpan(4, 4).SequenceEqual("ftyp"u8);

    /// <summary>Whether the first bytes are those of the type that was announced.</summary>
    private static bool IsFile(SandboxObject media, byte[] bytes) => media.Body["type"]!.ToString() == "VIDEO"
        ? IsVideo(bytes)
        : ImageFacts.Read(bytes) is { Type: "image/jpeg" or "image/png" };

    private static SnapchatError Unreadable(SandboxObject media) => SnapchatError.Invalid(media.Body["type"]!.ToString() == "VIDEO" ? "The file is no video that can be used: MP4 or MOV" : "The file is no image that can be used: JPG or PNG");
}
