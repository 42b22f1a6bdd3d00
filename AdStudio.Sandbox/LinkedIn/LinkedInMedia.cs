using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>Images and videos: an address to put them first, then the bytes.</summary>
internal sealed class LinkedInMedia(LinkedInContext context)
{
    private const long Part = 4 * 1024 * 1024;

    private static readonly LinkedInShape Image = new LinkedInShape().With("initializeUploadRequest!", new LinkedInShape().With("owner!", LinkedInShape.Urn("urn:li:organization", "urn:li:person")));
    private static readonly LinkedInShape Video = new LinkedInShape().With("initializeUploadRequest!", new LinkedInShape().With("owner!", LinkedInShape.Urn("urn:li:organization", "urn:li:person")).With("fileSizeBytes!", LinkedInShape.Whole).With("uploadCaptions", LinkedInShape.Flag).With("uploadThumbnail", LinkedInShape.Flag));
    private static readonly LinkedInShape Finish = new LinkedInShape().With("finalizeUploadRequest!", new LinkedInShape().With("video!", LinkedInShape.Urn("urn:li:video")).With("uploadToken!", LinkedInShape.Text(200, blank: true)).With("uploadedPartIds!", LinkedInShape.ListOf(LinkedInShape.Text(200), fewest: 1)));

    public LinkedInReply Begin(LinkedInCall call)
    {
        var isVideo = call.Path[0] == "videos";
        if (!call.Scopes.Contains("w_organization_social")) return LinkedInReply.NoAccess(call.Path[0] + ".ACTION-initializeUpload");
        var problems = (isVideo ? Video : Image).Check(call.Body, partial: false);
        if (problems.Count > 0) return LinkedInReply.Old(problems);
        var request = call.Body!["initializeUploadRequest"]!;
        if (!context.MayPostFor(call, request["owner"]!.ToString())) return LinkedInReply.Error(403, "Accessing this resource is forbidden. Please check your permissions for this resource");
        var size = request["fileSizeBytes"]?.GetValue<long>() ?? 0;
        if (isVideo && size is < 1 or > 500L * 1024 * 1024) return LinkedInReply.Old([LinkedInProblem.Wrong("/initializeUploadRequest/fileSizeBytes", size)]);
        var urn = $"urn:li:{(isVideo ? "video" : "image")}:C5{Tokens.New("", 12)}";
        context.Store.Put(new SandboxObject { Kind = LinkedInWorld.Media, Id = urn, CreatedAt = context.Now, UpdatedAt = context.Now, Body = new() { ["owner"] = request["owner"]!.ToString(), ["size"] = size, ["parts"] = new JsonObject() } });
        string Address(long first) => $"{call.Home}/dms-uploads/{Uri.EscapeDataString(urn)}/{first.ToString(CultureInfo.InvariantCulture)}";
        if (!isVideo) return new JsonObject { ["value"] = new JsonObject { ["uploadUrlExpiresAt"] = context.Now.AddDays(1).ToUnixTimeMilliseconds(), ["uploadUrl"] = Address(0), ["image"] = urn } };
        var instructions = new JsonArray();
        for (long first = 0; first < size; first += Part) instructions.Add(new JsonObject { ["uploadUrl"] = Address(first), ["firstByte"] = first, ["lastByte"] = Math.Min(size, first + Part) - 1 });
        return new JsonObject { ["value"] = new JsonObject { ["uploadUrlsExpireAt"] = context.Now.AddDays(1).ToUnixTimeMilliseconds(), ["video"] = urn, ["uploadInstructions"] = instructions, ["uploadToken"] = "" } };
    }

    /// <summary>PUT to an address that was given.</summary>
    public LinkedInReply Take(string urn, string first, byte[] bytes)
    {
        if (context.Store.Find(LinkedInWorld.Media, urn)?.Clone() is not { } media) return LinkedInReply.NotFound("Upload");
        if (bytes.Length == 0) return LinkedInReply.Error(400, "The file is empty");
        var tag = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (urn.StartsWith("urn:li:image:", StringComparison.Ordinal))
        {
            if (ImageFacts.Read(bytes) is not { } facts) return LinkedInReply.Error(400, "The file is no image that can be read");
            context.Store.PutBlob("linkedin:" + urn, facts.Type, bytes);
            media.Body["uploaded"] = true;
            media.UpdatedAt = context.Now;
        }
        else
        {
            media.Body["parts"]![first] = new JsonObject { ["tag"] = tag, ["size"] = bytes.LongLength };
            if (first == "0") context.Store.PutBlob("linkedin:" + urn, "video/mp4", bytes);
        }
        context.Store.Put(media);
        return new LinkedInReply(201, null) { ETag = tag };
    }

    public LinkedInReply End(LinkedInCall call)
    {
        var problems = Finish.Check(call.Body, partial: false);
        if (problems.Count > 0) return LinkedInReply.Old(problems);
        var request = call.Body!["finalizeUploadRequest"]!;
        if (context.Store.Find(LinkedInWorld.Media, request["video"]!.ToString())?.Clone() is not { } media || !context.MayPostFor(call, media.Body["owner"]!.ToString())) return LinkedInReply.NotFound("Video");
        var parts = ((JsonObject)media.Body["parts"]!).OrderBy(p => long.Parse(p.Key, CultureInfo.InvariantCulture)).Select(p => p.Value!).ToList();
        var given = ((JsonArray)request["uploadedPartIds"]!).Select(i => i!.ToString());
        if (!parts.Select(p => p["tag"]!.ToString()).SequenceEqual(given) || parts.Sum(p => p["size"]!.GetValue<long>()) != media.Body["size"]!.GetValue<long>()) return LinkedInReply.Old([LinkedInProblem.Wrong("/finalizeUploadRequest/uploadedPartIds", request["uploadedPartIds"])]);
        media.Body["uploaded"] = true;
        media.UpdatedAt = context.Now;
        context.Store.Put(media);
        return new LinkedInReply(200, null);
    }

    public LinkedInReply Get(LinkedInCall call)
    {
        if (context.Store.Find(LinkedInWorld.Media, call.Path[1]) is not { } media || !context.MayPostFor(call, media.Body["owner"]!.ToString())) return LinkedInReply.NotFound(call.Path[1]);
        return new JsonObject { ["id"] = media.Id, ["owner"] = media.Body["owner"]!.ToString(), ["status"] = StatusOf(context, media), ["downloadUrl"] = $"{call.Home}/dms/{Uri.EscapeDataString(media.Id)}" };
    }

    public static string StatusOf(LinkedInContext context, SandboxObject media) => media.Body["uploaded"] is null ? "WAITING_UPLOAD" : media.UpdatedAt + context.Options.ProcessingDelay > context.Now ? "PROCESSING" : "AVAILABLE";
}
