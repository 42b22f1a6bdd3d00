using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Pixels and the conversions that servers tell them.</summary>
public sealed partial class MetaPixels(MetaContext context)
{
    private static readonly string[] Sources = ["website", "app", "email", "phone_call", "chat", "physical_store", "system_generated", "business_messaging", "other"];

    public MetaReply Create(MetaCall call, SandboxObject account)
    {
        if (context.MayChange(call, account) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST AdAccount adspixels") is { } misshapen) return misshapen;
        if (!call.Has("name")) return MetaError.Invalid("The parameter name is required.", "name");
        var pixel = context.Create(MetaWorld.Pixel, account.Id, account.Id, new JsonObject { ["name"] = call.Text("name"), ["is_unavailable"] = false });
        context.Store.Put(pixel);
        return new JsonObject { ["id"] = pixel.Id };
    }

    /// <summary>POST /{pixel}/events: all of them are taken or none; one with the name and id of another counts no second time.</summary>
    public MetaReply Events(MetaCall call, SandboxObject pixel)
    {
        if (!context.Has(call, "ads_management", MetaTokens.PixelScope(pixel.Id))) return MetaError.NoPermission("ads_management");
        if (MetaShapes.Check(call, "POST AdsPixel events") is { } misshapen) return misshapen;
        if (call.Json("data") is not JsonArray { Count: > 0 and <= 1000 } data) return MetaError.Invalid("Param data must be an array of 1 to 1000 events.", "data");
        foreach (var told in data)
            if (Check(told as JsonObject) is { } wrong) return wrong;
        if (!call.Has("test_event_code"))
            foreach (var told in data.OfType<JsonObject>())
            {
                var id = told["event_id"]?.ToString() is { Length: > 0 } own ? $"{pixel.Id}:{told["event_name"]}:{own}" : context.NewId();
                if (context.Store.Find(MetaWorld.Event, id) is null) context.Store.Put(new SandboxObject { Kind = MetaWorld.Event, Id = id, AccountId = pixel.AccountId, ParentId = pixel.Id, CreatedAt = context.Now, UpdatedAt = context.Now, Body = (JsonObject)told.DeepClone() });
            }
        var fired = pixel.Clone();
        fired.Body["last_fired_time"] = MetaTime.Write(context.Now, TimeZoneInfo.Utc);
        context.Store.Put(fired);
        return new JsonObject { ["events_received"] = data.Count, ["messages"] = new JsonArray(), ["fbtrace_id"] = "A" + Tokens.New("", 11) };
    }

    private MetaError? Check(JsonObject? told)
    {
        if (told is null) return MetaError.Invalid("Param data[0] must be an object.", "data");
        MetaError Wrong(int subcode, string title, string message) => new(100, "Invalid parameter") { Subcode = subcode, Title = title, UserMessage = message, Field = "data" };
        if (string.IsNullOrEmpty(told["event_name"]?.ToString())) return Wrong(2804050, "Event name is missing", "Each event needs an event_name.");
        if (!long.TryParse(told["event_time"]?.ToString(), out var seconds)) return Wrong(2804003, "Event time is missing", "Each event needs an event_time in seconds.");
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (at > context.Now.AddMinutes(5) || at < context.Now.AddDays(-7)) return Wrong(2804003, "Event time isn't valid", "Events can be told up to seven days after they happened, and not before.");
        if (!Sources.Contains(told["action_source"]?.ToString())) return Wrong(2804012, "Action source is missing", "Say where the event happened: action_source.");
        if (told["user_data"] is not JsonObject { Count: > 0 } person) return Wrong(2804050, "Customer information is missing", "Each event needs user_data.");
        foreach (var name in new[] { "em", "ph" })
            foreach (var hash in person[name] is JsonArray list ? list : [person[name]?.DeepClone()])
                if (hash is not null && !Hash().IsMatch(hash.ToString())) return Wrong(2804055, "Customer information isn't hashed", $"user_data.{name} must be SHA-256, in lower case.");
        if (told["action_source"]!.ToString() == "website" && (string.IsNullOrEmpty(told["event_source_url"]?.ToString()) || string.IsNullOrEmpty(person["client_user_agent"]?.ToString())))
            return Wrong(2804019, "The website event isn't whole", "Events of a website need event_source_url and client_user_agent.");
        if (told["custom_data"]?["value"] is not null && told["custom_data"]?["currency"]?.ToString() is not { Length: 3 }) return Wrong(2804009, "Currency is missing", "A value needs a currency of three letters.");
        return told["event_name"]!.ToString() == "Purchase" && told["custom_data"]?["value"] is null ? Wrong(2804008, "Value is missing", "A purchase needs a value and a currency.") : null;
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
