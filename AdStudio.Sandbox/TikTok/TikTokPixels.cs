using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>Pixels, and events that servers send to them.</summary>
internal sealed class TikTokPixels(TikTokContext context)
{
    public TikTokReply List(TikTokCall call, SandboxObject account)
    {
        var (id, code, name) = (call.Text("pixel_id"), call.Text("code"), call.Text("name"));
        return TikTokLists.Paged(call, context.Store.InAccount(TikTokWorld.Pixel, account.Id).Where(p => (id is null || p.Id == id) && (code is null || p.Body["pixel_code"]!.ToString() == code)
            && (name is null || p.Body["pixel_name"]!.ToString().Contains(name, StringComparison.OrdinalIgnoreCase))), "pixels", 20, p => (JsonObject)p.Body.DeepClone());
    }

    public TikTokReply Create(TikTokCall call, SandboxObject account)
    {
        var name = call.Text("pixel_name")!;
        if (name.Length > 40) return TikTokReply.Wrong("pixel_name", "Longer than maximum length 40.");
        if (TikTokContext.HasEmoji(name)) return TikTokReply.Wrong("pixel_name", "Emojis are not supported.");
        if (context.Store.InAccount(TikTokWorld.Pixel, account.Id).Any(p => p.Body["pixel_name"]!.ToString() == name)) return TikTokReply.Wrong("pixel_name", "The pixel name already exists.");
        var code = "C" + Guid.CreateVersion7(context.Now).ToString("N")[..19].ToUpperInvariant();
        var pixel = context.Make(TikTokWorld.Pixel, account, "", new() { ["pixel_code"] = code, ["pixel_name"] = name, ["pixel_category"] = call.Text("pixel_category") ?? "ONLINE_STORE", ["pixel_setup_mode"] = "MANUAL", ["pixel_script"] = Script(code), ["events"] = new JsonArray() }, "pixel_id");
        context.Store.Put(pixel);
        return (JsonObject)pixel.Body.DeepClone();
    }

    /// <summary>POST pixel/track/: an event of the same name and number counts once.</summary>
    public TikTokReply Track(TikTokCall call)
    {
        var mine = context.AccountsOf(call).Select(a => a.Id).ToHashSet();
        if (context.Store.All(TikTokWorld.Pixel).FirstOrDefault(p => p.Body["pixel_code"]!.ToString() == call.Text("pixel_code")) is not { } pixel || !mine.Contains(pixel.AccountId)) return new(40001, "No permission to operate this pixel.");
        if (call.Text("timestamp") is { } at && !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)) return TikTokReply.Wrong("timestamp", "Must have the format of ISO 8601.");
        foreach (var hash in new[] { call.Params["context"]?["user"]?["email"], call.Params["context"]?["user"]?["phone_number"] })
            if (hash is not null && (hash.ToString().Length != 64 || !hash.ToString().All(char.IsAsciiHexDigitLower))) return TikTokReply.Wrong("context.user", "Must be SHA-256 hashes.");
        if (call.Params["properties"]?["value"] is not null && call.Params["properties"]?["currency"] is null) return TikTokReply.Missing("properties.currency");
        context.Store.Put(new SandboxObject { Kind = TikTokWorld.Event, Id = $"{pixel.Id}/{call.Text("event")}/{call.Text("event_id") ?? context.NewId()}", AccountId = pixel.AccountId, ParentId = pixel.Id, CreatedAt = context.Now, Body = (JsonObject)call.Params.DeepClone() });
        return new JsonObject();
    }

    public static string Script(string code) => $"<script>/* sandbox */ ttq.load('{code}'); ttq.page();</script>";
}
