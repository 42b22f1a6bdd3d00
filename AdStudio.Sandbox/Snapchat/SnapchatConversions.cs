using System.Text.Json.Nodes;
using AdStudio.Sandbox.Hosting;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>The Conversions API: takes what a website's server saw.</summary>
public sealed class SnapchatConversions(SnapchatContext context)
{
    private static readonly string[] Events =
    [
        "PAGE_VIEW", "VIEW_CONTENT", "ADD_CART", "ADD_TO_WISHLIST", "SIGN_UP", "SEARCH", "PURCHASE", "ADD_BILLING", "COMPLETE_TUTORIAL", "SUBSCRIBE", "START_CHECKOUT", "LOGIN", "RESERVE", "START_TRIAL", "SHARE", "SAVE",
        "CUSTOM_EVENT_1", "CUSTOM_EVENT_2", "CUSTOM_EVENT_3", "CUSTOM_EVENT_4", "CUSTOM_EVENT_5",
    ];

    /// <summary>POST /v3/{pixel}/events, and /events/validate for trying it.</summary>
    public PlatformReply Take(SnapchatCall call)
    {
        if (call.Method != "POST" || call.Path is not ([_, "events"] or [_, "events", "validate"])) return Refused(404, "There is no such endpoint");
        if (call.Query.GetValueOrDefault("access_token") is not { Length: > 0 } token || context.Desk.Check(token).State is TokenState.Expired or TokenState.Revoked) return Refused(401, "The access_token is missing or no longer counts");
        if (context.Store.Find(SnapchatWorld.Pixel, call.Path[0]) is not { } found) return Refused(404, "There is no such pixel");
        if (call.IsGarbled || call.Body?["data"] is not JsonArray { Count: > 0 and <= 2000 } data) return Refused(400, "data must be a list of 1 to 2000 events");
        foreach (var entry in data)
        {
            if (entry is not JsonObject one) return Refused(400, "An event must be an object");
            if (!Events.Contains(one["event_name"]?.ToString())) return Refused(400, $"event_name {one["event_name"]} is not known");
            if (!long.TryParse(one["event_time"]?.ToString(), out var at) || DateTimeOffset.FromUnixTimeSeconds(at) < context.Now.AddDays(-37)) return Refused(400, "event_time must be seconds since 1970, not more than 37 days ago");
            if (one["action_source"]?.ToString() is not ("WEB" or "MOBILE_APP" or "OFFLINE")) return Refused(400, "action_source must be WEB, MOBILE_APP or OFFLINE");
            if (one["user_data"] is not JsonObject { Count: > 0 }) return Refused(400, "user_data must say something of the person");
        }
        if (call.Path.Length == 2)
        {
            var pixel = found.Clone();
            pixel.Body["events"] = (pixel.Body["events"]?.GetValue<long>() ?? 0) + data.Count;
            context.Store.Put(pixel);
        }
        return new(200, new JsonObject { ["status"] = "VALID", ["reason"] = "All events have been processed" }, SnapchatReply.NoHeaders);
    }

    private static PlatformReply Refused(int status, string reason) => new(status, new JsonObject { ["status"] = "ERROR", ["reason"] = reason }, SnapchatReply.NoHeaders);
}
