using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>Boards and the pins on them; what an ad shows is a pin.</summary>
public sealed class PinterestPins(PinterestContext context)
{
    public PinterestReply Boards(PinterestCall call) => PinterestReply.Page(call, context.Store.InAccount(PinterestWorld.Board, PinterestContext.OwnerOf(call))
        .Where(b => call.Text("privacy") is null or "ALL" || b.Body["privacy"]!.ToString() == call.Text("privacy")).Select(Show));

    public PinterestReply CreateBoard(PinterestCall call)
    {
        var body = (JsonObject)call.Object.DeepClone();
        if (body["name"]!.ToString().Length is 0 or > 50) return PinterestReply.Invalid("'name' must have 1 to 50 characters.");
        body["privacy"] ??= "PUBLIC";
        body["is_ads_only"] ??= false;
        body["owner"] = new JsonObject { ["username"] = context.Store.Find(PinterestWorld.User, PinterestContext.OwnerOf(call))!.Body["username"]!.ToString() };
        var board = context.Create(PinterestWorld.Board, PinterestContext.OwnerOf(call), "", body);
        context.Store.Put(board);
        return new PinterestReply(201, Show(board));
    }

    public PinterestReply OnBoard(PinterestCall call) => Board(call, call.Ids["board_id"]) is { } board
        ? PinterestReply.Page(call, Newest(context.Store.Under(PinterestWorld.Pin, board.Id)).Select(p => ShowPin(call, p))) : PinterestReply.NotFound("Board");

    public PinterestReply List(PinterestCall call) => PinterestReply.Page(call, Newest(context.Store.InAccount(PinterestWorld.Pin, PinterestContext.OwnerOf(call))).Select(p => ShowPin(call, p)));

    public PinterestReply Get(PinterestCall call) => Pin(call) is { } pin ? ShowPin(call, pin) : PinterestReply.NotFound("Pin", 50);

    public PinterestReply Delete(PinterestCall call)
    {
        if (Pin(call) is not { } pin) return PinterestReply.NotFound("Pin", 50);
        context.Store.Remove(PinterestWorld.Pin, pin.Id);
        return new PinterestReply(204, new JsonObject());
    }

    public PinterestReply Create(PinterestCall call)
    {
        var body = (JsonObject)call.Object.DeepClone();
        if (body["board_id"]?.ToString() is not { } id) return PinterestReply.Invalid("'board_id' is a required property.");
        if (Board(call, id) is null) return PinterestReply.NotFound("Board", 40);
        if (body["media_source"] is not JsonObject source) return PinterestReply.Invalid("'media_source' is a required property.");
        if (body["link"]?.ToString() is { } link && !IsLink(link)) return PinterestReply.Invalid("Whoops! It looks like you entered an invalid URL. Try creating a Pin again with a valid URL.");
        var pin = context.Create(PinterestWorld.Pin, PinterestContext.OwnerOf(call), id, body);
        if (Take(source, pin) is { } problem) return PinterestReply.Invalid(problem);
        var words = string.Join('\n', body["title"]?.ToString(), body["description"]?.ToString(), string.Join('\n', SlotTexts(pin)));
        if (context.Policy.Broken("pinterest", "create", words) is { } rule) return new PinterestReply(403, PinterestReply.Error(403, $"This Pin goes against our Community Guidelines ({rule.Reason})."));
        context.Store.Put(pin);
        return new PinterestReply(201, ShowPin(call, pin));
    }

    public static IEnumerable<string> SlotTexts(SandboxObject pin) => (pin.Body["slots"] as JsonArray ?? []).SelectMany(s => new[] { s!["title"]?.ToString() ?? "", s["description"]?.ToString() ?? "" });

    public static bool IsLink(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    /// <summary>Keeps what the pin shows in place of the source that brought it; says why it cannot be shown.</summary>
    private string? Take(JsonObject source, SandboxObject pin)
    {
        var (type, slots) = (source["source_type"]!.ToString(), new JsonArray());
        switch (type)
        {
            case "image_base64" or "image_url":
                if (Slot(source, pin.Id, 0, slots) is { } wrong) return wrong;
                pin.Body["creative_type"] = "REGULAR";
                break;
            case "multiple_image_base64" or "multiple_image_urls":
                foreach (var (item, i) in ((JsonArray)source["items"]!).OfType<JsonObject>().Select((item, i) => (item, i)))
                    if (Slot(item, pin.Id, i, slots) is { } bad) return bad;
                var ratios = slots.Select(s => s!["width"]!.GetValue<int>() / (double)s["height"]!.GetValue<int>()).ToList();
                if (ratios.Max() / ratios.Min() > 1.02) return "All images of a carousel must have the same aspect ratio.";
                pin.Body["creative_type"] = "CAROUSEL";
                break;
            case "video_id":
                if (context.Store.Find(PinterestWorld.Media, source["media_id"]!.ToString()) is not { } video || video.AccountId != pin.AccountId) return $"'media_source.media_id' value '{source["media_id"]}' was not found.";
                if (PinterestMedia.StatusOf(context, video) != "succeeded") return $"The video {video.Id} has not been processed yet.";
                if (source["cover_image_url"] is null && source["cover_image_data"] is null && source["cover_image_key_frame_time"] is null) return "A video needs a cover image: give a URL, its data or a key frame.";
                if (source["cover_image_data"]?.ToString() is { } cover && Slot(new JsonObject { ["data"] = cover, ["content_type"] = source["cover_image_content_type"]?.DeepClone() }, pin.Id, 0, slots) is { } odd) return odd;
                (pin.Body["creative_type"], pin.Body["media_id"]) = ("VIDEO", video.Id);
                break;
            default:
                return $"'media_source.source_type' value '{type}' is not available here.";
        }
        pin.Body.Remove("media_source");
        pin.Body["slots"] = slots;
        return null;
    }

    private string? Slot(JsonObject given, string pin, int number, JsonArray slots)
    {
        var slot = new JsonObject { ["title"] = given["title"]?.DeepClone(), ["description"] = given["description"]?.DeepClone(), ["link"] = given["link"]?.DeepClone() };
        if (given["url"]?.ToString() is { } url)
        {
            if (!IsLink(url)) return "'media_source.url' is not a valid URL.";
            (slot["url"], slot["width"], slot["height"]) = (url, 1000, 1500);
            slots.Add(slot);
            return null;
        }
        var text = given["data"]!.ToString();
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count)) return "'media_source.data' is not valid base64.";
        if (ImageFacts.Read(bytes.AsSpan(0, count)) is not { } facts) return "'media_source.data' is not an image.";
        if (facts.Type != given["content_type"]?.ToString()) return $"'media_source.content_type' is {given["content_type"]}, but the image is {facts.Type}.";
        var name = $"{pin}-{number.ToString(CultureInfo.InvariantCulture)}";
        context.Store.PutBlob("pinterest:" + name, facts.Type, bytes[..count]);
        (slot["image"], slot["width"], slot["height"]) = (name, facts.Width, facts.Height);
        slots.Add(slot);
        return null;
    }

    private SandboxObject? Board(PinterestCall call, string id) => context.Store.Find(PinterestWorld.Board, id) is { } board && board.AccountId == PinterestContext.OwnerOf(call) ? board : null;

    private SandboxObject? Pin(PinterestCall call) => context.Store.Find(PinterestWorld.Pin, call.Ids["pin_id"]) is { } pin && pin.AccountId == PinterestContext.OwnerOf(call) ? pin : null;

    private static IEnumerable<SandboxObject> Newest(IEnumerable<SandboxObject> pins) => pins.OrderByDescending(PinterestContext.Number);

    private JsonObject Show(SandboxObject board)
    {
        var shown = (JsonObject)board.Body.DeepClone();
        shown["created_at"] = board.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        shown["pin_count"] = context.Store.Under(PinterestWorld.Pin, board.Id).Count();
        return shown;
    }

    private JsonObject ShowPin(PinterestCall call, SandboxObject pin)
    {
        var shown = new JsonObject();
        foreach (var name in (string[])["id", "board_id", "board_section_id", "title", "description", "alt_text", "link", "dominant_color", "parent_pin_id", "creative_type"]) shown[name] = pin.Body[name]?.DeepClone();
        shown["created_at"] = pin.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        shown["is_owner"] = pin.AccountId == call.User.Id;
        shown["is_standard"] = true;
        shown["has_been_promoted"] = pin.Body["has_been_promoted"]?.DeepClone() ?? false;
        shown["board_owner"] = new JsonObject { ["username"] = context.Store.Find(PinterestWorld.User, pin.AccountId)!.Body["username"]!.ToString() };
        var slots = (JsonArray)pin.Body["slots"]!;
        shown["media"] = pin.Body["creative_type"]!.ToString() switch
        {
            "VIDEO" => new JsonObject { ["media_type"] = "video", ["video_url"] = $"{call.Home}/videos/{pin.Body["media_id"]}", ["cover_image_url"] = slots.Count > 0 ? Address(call, slots[0]!) : null, ["duration"] = 6000, ["width"] = 1080, ["height"] = 1920 },
            "CAROUSEL" => new JsonObject
            {
                ["media_type"] = "multiple_images",
                ["items"] = new JsonArray([.. slots.Select(s => (JsonNode)new JsonObject { ["item_type"] = "image", ["images"] = Sizes(call, s!), ["title"] = s!["title"]?.DeepClone(), ["description"] = s["description"]?.DeepClone(), ["link"] = s["link"]?.DeepClone() })]),
            },
            _ => new JsonObject { ["media_type"] = "image", ["images"] = Sizes(call, slots[0]!) },
        };
        return shown;
    }

    private static JsonObject Sizes(PinterestCall call, JsonNode slot)
    {
        var (width, height) = (slot["width"]!.GetValue<int>(), slot["height"]!.GetValue<int>());
        JsonObject Size(int w, int h) => new() { ["width"] = w, ["height"] = h, ["url"] = Address(call, slot) };
        return new() { ["150x150"] = Size(150, 150), ["400x300"] = Size(400, 300), ["600x"] = Size(600, 600 * height / width), ["1200x"] = Size(1200, 1200 * height / width) };
    }

    private static string Address(PinterestCall call, JsonNode slot) => slot["url"]?.ToString() ?? $"{call.Home}/images/{slot["image"]}";
}
