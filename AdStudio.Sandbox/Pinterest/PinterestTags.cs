using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>Conversion tags, and the events that a server sends beside them.</summary>
public sealed class PinterestTags(PinterestContext context)
{
    private static readonly string[] Names =
        ["add_payment_info", "add_to_cart", "add_to_wishlist", "app_install", "checkout", "custom", "initiate_checkout", "lead", "page_visit", "search", "signup", "subscribe", "view_category", "view_content", "watch_video"];

    private static readonly string[] Sources = ["app_android", "app_ios", "web", "offline"];

    public PinterestReply List(PinterestCall call) => new JsonObject { ["items"] = new JsonArray([.. context.Store.InAccount(PinterestWorld.Tag, call.Account!.Id).Select(t => (JsonNode)Show(t))]) };

    public PinterestReply Get(PinterestCall call) => context.InAccount(call, PinterestWorld.Tag, call.Ids["conversion_tag_id"]) is { } tag ? Show(tag) : PinterestReply.NotFound("Conversion tag");

    public PinterestReply Create(PinterestCall call)
    {
        if (string.IsNullOrWhiteSpace(call.Object["name"]!.ToString())) return PinterestReply.Invalid("'name' must not be empty.");
        var tag = context.Create(PinterestWorld.Tag, call.Account!.Id, "", new JsonObject { ["name"] = call.Object["name"]!.ToString(), ["ad_account_id"] = call.Account.Id, ["status"] = "ACTIVE", ["version"] = "3", ["last_fired_time_ms"] = null });
        context.Store.Put(tag);
        return new PinterestReply(201, Show(tag));
    }

    public PinterestReply Events(PinterestCall call)
    {
        var answers = new JsonArray();
        foreach (var given in ((JsonArray)call.Object["data"]!).OfType<JsonObject>())
        {
            var (name, source, at) = (given["event_name"]!.ToString(), given["action_source"]!.ToString(), DateTimeOffset.FromUnixTimeSeconds(given["event_time"]!.GetValue<long>()));
            var problem = !Names.Contains(name) ? $"'event_name' {name} is unknown."
                : !Sources.Contains(source) ? $"'action_source' {source} is unknown."
                : at > context.Now.AddMinutes(10) || at < context.Now.AddDays(-7) ? "'event_time' must lie within the last 7 days." : null;
            answers.Add(new JsonObject { ["status"] = problem is null ? "processed" : "failed", ["error_message"] = problem, ["warning_message"] = null });
            if (problem is not null || call.Flag("test")) continue;
            // The tag in the browser tells the same events: one id counts once.
            var item = context.Create(PinterestWorld.Event, call.Account!.Id, "", (JsonObject)given.DeepClone());
            if (context.Store.InAccount(PinterestWorld.Event, call.Account.Id).All(e => e.Body["event_id"]!.ToString() != given["event_id"]!.ToString())) context.Store.Put(item);
        }
        return new JsonObject { ["num_events_received"] = answers.Count, ["num_events_processed"] = answers.Count(a => a!["status"]!.ToString() == "processed"), ["events"] = answers };
    }

    private static JsonObject Show(SandboxObject tag)
    {
        var shown = (JsonObject)tag.Body.DeepClone();
        shown["enhanced_match_status"] = "UNKNOWN";
        shown["configs"] = new JsonObject { ["aem_enabled"] = false, ["md_frequency"] = 1 };
        shown["code_snippet"] = $"<script>pintrk('load', '{tag.Id}');pintrk('page');</script>";
        return shown;
    }
}
