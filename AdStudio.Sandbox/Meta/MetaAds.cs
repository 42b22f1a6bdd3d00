using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Creates and changes ads and what they show.</summary>
public sealed class MetaAds(MetaContext context)
{
    public MetaReply Create(MetaCall call, SandboxObject account)
    {
        if (context.MayChange(call, account) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST AdAccount ads") is { } misshapen) return misshapen;
        if (!call.Has("adset_id")) return MetaError.Invalid("The parameter adset_id is required.", "adset_id");
        var adSet = context.Store.Find(MetaWorld.AdSet, call.Text("adset_id")!);
        if (adSet is null || adSet.AccountId != account.Id || MetaStatus.Own(adSet) == "DELETED")
            return MetaError.ForPerson(1487852, "Ad set not found", "The ad set of this ad doesn't exist or belongs to another ad account.", "adset_id");
        if (call.Text("status") is "ARCHIVED" or "DELETED") return MetaError.Invalid("Only ACTIVE and PAUSED are valid during creation.", "status");
        var (creative, error) = Creative(call, account);
        if (error is not null) return error;
        if (CheckDestination(adSet, creative!) is { } elsewhere) return elsewhere;
        if (call.List("execution_options").Contains("validate_only")) return new JsonObject { ["success"] = true };

        var zone = context.Zone(account);
        var body = MetaShapes.Keep(call, "POST AdAccount ads", at => MetaTime.Write(at, zone), text => MetaTime.Read(text, zone));
        body["status"] ??= "ACTIVE";
        body["creative"] = new JsonObject { ["id"] = creative!.Id };
        var ad = context.Create(MetaWorld.Ad, account.Id, adSet.Id, body);
        body["campaign_id"] = adSet.ParentId;
        ad.Remember(Reviewed(ad, creative));
        context.Store.Put(ad);
        return new JsonObject { ["id"] = ad.Id };
    }

    public MetaReply Update(MetaCall call, SandboxObject old)
    {
        var account = context.AccountOf(old);
        if (context.MayChange(call, account) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST Ad") is { } misshapen) return misshapen;
        if (MetaStatus.Own(old) == "DELETED") return MetaError.ForPerson(1487056, "This ad has been deleted", "A deleted ad can't be changed.");
        var ad = old.Clone();
        var zone = context.Zone(account);
        foreach (var (name, value) in MetaShapes.Keep(call, "POST Ad", at => MetaTime.Write(at, zone), text => MetaTime.Read(text, zone)).ToList())
            if (name != "creative") ad.Body[name] = value?.DeepClone();
        ad.UpdatedAt = context.Now;
        if (call.Has("creative"))
        {
            var (creative, error) = Creative(call, account);
            if (error is not null) return error;
            if (CheckDestination(context.Store.Find(MetaWorld.AdSet, ad.ParentId)!, creative!) is { } elsewhere) return elsewhere;
            ad.Body["creative"] = new JsonObject { ["id"] = creative!.Id };
            ad.Remember(Reviewed(ad, creative));
        }
        else
        {
            ad.Remember(old.History[^1] with { At = context.Now, Status = MetaStatus.Own(ad) });
        }
        if (call.List("execution_options").Contains("validate_only")) return new JsonObject { ["success"] = true };
        context.Store.Put(ad);
        return new JsonObject { ["success"] = true };
    }

    public MetaReply CreateCreative(MetaCall call, SandboxObject account)
    {
        if (context.MayChange(call, account) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST AdAccount adcreatives") is { } misshapen) return misshapen;
        var zone = context.Zone(account);
        var body = MetaShapes.Keep(call, "POST AdAccount adcreatives", at => MetaTime.Write(at, zone), text => MetaTime.Read(text, zone));
        return NewCreative(call, body, account) switch
        {
            (_, { } error) => error,
            _ when call.List("execution_options").Contains("validate_only") => new JsonObject { ["success"] = true },
            ({ } creative, _) => Put(creative),
            _ => MetaError.Unknown(),
        };

        MetaReply Put(SandboxObject creative)
        {
            context.Store.Put(creative);
            return new JsonObject { ["id"] = creative.Id };
        }
    }

    public MetaReply UpdateCreative(MetaCall call, SandboxObject old)
    {
        if (context.MayChange(call, context.AccountOf(old)) is { } forbidden) return forbidden;
        if (MetaShapes.Check(call, "POST AdCreative") is { } misshapen) return misshapen;
        var creative = old.Clone();
        if (call.Text("name") is { } name) creative.Body["name"] = name;
        if (call.Text("status") is { } status) creative.Body["status"] = status;
        creative.UpdatedAt = context.Now;
        context.Store.Put(creative);
        return new JsonObject { ["success"] = true };
    }

    /// <summary>All the words of a creative, for the review.</summary>
    public static string Words(JsonNode? node) => node switch
    {
        JsonObject found => string.Join(' ', found.Select(p => Words(p.Value))),
        JsonArray list => string.Join(' ', list.Select(Words)),
        JsonValue value => value.ToString(),
        _ => "",
    };

    private Moment Reviewed(SandboxObject ad, SandboxObject creative) => new(context.Now)
    {
        Status = MetaStatus.Own(ad),
        ReviewedAt = context.Now + context.Options.ReviewDelay,
        Rejection = context.Policy.Broken("meta", "review", Words(creative.Body))?.Reason,
    };

    /// <summary>The creative an ad names, or a new one when the ad brings its description.</summary>
    private (SandboxObject?, MetaError?) Creative(MetaCall call, SandboxObject account)
    {
        if (call.Json("creative") is not JsonObject given) return (null, MetaError.Invalid("Param creative must be a JSON object", "creative"));
        if ((given["creative_id"] ?? given["id"])?.ToString() is { } id)
        {
            var found = context.Store.Find(MetaWorld.Creative, id);
            return found is not null && found.AccountId == account.Id && found.Body["status"]!.GetValue<string>() != "DELETED"
                ? (found, null)
                : (null, MetaError.ForPerson(1487015, "Creative not found", "The ad creative doesn't exist or belongs to another ad account.", "creative"));
        }
        var (creative, error) = NewCreative(call, (JsonObject)given.DeepClone(), account);
        if (creative is not null && !call.List("execution_options").Contains("validate_only")) context.Store.Put(creative);
        return (creative, error);
    }

    private (SandboxObject?, MetaError?) NewCreative(MetaCall call, JsonObject body, SandboxObject account)
    {
        var story = body["object_story_spec"] as JsonObject;
        if (story is null && body["object_story_id"] is null && body["asset_feed_spec"] is null && body["source_instagram_media_id"] is null)
            return (null, MetaError.ForPerson(1487929, "The creative shows nothing", "Give object_story_spec, object_story_id or asset_feed_spec.", "object_story_spec"));
        if (story is not null && CheckStory(call, story, account) is { } wrong) return (null, wrong);
        if (MetaPosts.Take(context, call, body) is { } unusable) return (null, unusable);
        if (context.Policy.Broken("meta", "create", Words(body)) is { } rule)
            return (null, new MetaError(368, "The action attempted has been deemed abusive or is otherwise disallowed")
            {
                Status = 400, Subcode = 1346003, Title = "Your ad goes against our policies", UserMessage = $"The text \"{rule.Word}\" goes against our policy on {rule.Reason}.", Field = "object_story_spec",
            });
        body["status"] = "ACTIVE";
        body["account_id"] = account.Id;
        if (story?["link_data"] is JsonObject link)
        {
            body["body"] ??= link["message"]?.DeepClone();
            body["title"] ??= link["name"]?.DeepClone();
            body["image_hash"] ??= link["image_hash"]?.DeepClone();
            body["call_to_action_type"] ??= link["call_to_action"]?["type"]?.DeepClone();
            body["link_url"] ??= link["link"]?.DeepClone();
            body["object_type"] = "SHARE";
        }
        if (story?["video_data"] is JsonObject video)
        {
            body["body"] ??= video["message"]?.DeepClone();
            body["title"] ??= video["title"]?.DeepClone();
            body["video_id"] ??= video["video_id"]?.DeepClone();
            body["call_to_action_type"] ??= video["call_to_action"]?["type"]?.DeepClone();
            body["object_type"] = "VIDEO";
        }
        if (body["image_hash"]?.ToString() is { } hash) body["image_url"] ??= call.BaseUrl[..call.BaseUrl.LastIndexOf('/')] + "/images/" + hash;
        return (context.Create(MetaWorld.Creative, account.Id, account.Id, body), null);
    }

    private MetaError? CheckStory(MetaCall call, JsonObject story, SandboxObject account)
    {
        if (MetaShapes.CheckObject(story, "AdCreativeObjectStorySpec", "object_story_spec") is { } unknown) return unknown;
        var page = story["page_id"]?.ToString();
        if (string.IsNullOrEmpty(page)) return MetaError.ForPerson(1487202, "Page is missing", "An ad needs the Page it comes from: object_story_spec.page_id.", "object_story_spec");
        if (context.PagesOf(call).All(p => p.Id != page)) return MetaError.ForPerson(1487194, "Page not found", $"You may not advertise for the Page {page}.", "object_story_spec");
        if (story["instagram_user_id"]?.ToString() is { } instagram && context.PagesOf(call).All(p => p.Body["instagram_business_account"]?["id"]?.ToString() != instagram))
            return MetaError.ForPerson(1772103, "Instagram account not found", $"There is no Instagram account {instagram} that you may use.", "object_story_spec");

        if (story["link_data"] is JsonObject link)
        {
            if (MetaShapes.CheckObject(link, "AdCreativeLinkData", "object_story_spec[link_data]") is { } wrong) return wrong;
            if (string.IsNullOrEmpty(link["link"]?.ToString())) return MetaError.ForPerson(1443048, "Link is missing", "Give the page people go to: link_data.link.", "object_story_spec");
            if (!Uri.TryCreate(link["link"]!.ToString(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "fb"))
                return MetaError.ForPerson(1487930, "The link isn't valid", "Give a whole address that begins with https://.", "object_story_spec");
            foreach (var card in link["child_attachments"] as JsonArray ?? [])
            {
                if (MetaShapes.CheckObject(card, "AdCreativeLinkDataChildAttachment", "object_story_spec[link_data][child_attachments]") is { } bad) return bad;
                if ((CheckImage(card?["image_hash"]?.ToString(), account) ?? CheckAction(card?["call_to_action"], page)) is { } lost) return lost;
            }
            if (link["child_attachments"] is JsonArray { Count: < 2 or > 10 }) return MetaError.ForPerson(1443050, "Carousel isn't valid", "A carousel has from 2 to 10 cards.", "object_story_spec");
            return CheckImage(link["image_hash"]?.ToString(), account) ?? CheckAction(link["call_to_action"], page);
        }
        if (story["video_data"] is JsonObject video)
        {
            if (MetaShapes.CheckObject(video, "AdCreativeVideoData", "object_story_spec[video_data]") is { } wrong) return wrong;
            var id = video["video_id"]?.ToString();
            if (id is null || context.Store.Find(MetaWorld.Video, id)?.AccountId != account.Id) return MetaError.ForPerson(1885252, "Video not found", $"There is no video {id} in this ad account.", "object_story_spec");
            if (!MetaMedia.IsReady(context, context.Store.Find(MetaWorld.Video, id)!)) return MetaError.ForPerson(1885252, "Video not ready for use in an ad", "The video is still being processed. Try again when it is ready.", "object_story_spec");
            if (video["image_hash"] is null && video["image_url"] is null)
                return MetaError.ForPerson(1443226, "Please specify one of image_hash or image_url in the video_data field", "A video ad needs a thumbnail.", "object_story_spec");
            return CheckImage(video["image_hash"]?.ToString(), account) ?? CheckAction(video["call_to_action"], page);
        }
        return story["photo_data"] is null && story["text_data"] is null && story["template_data"] is null && story["product_data"] is null
            ? MetaError.ForPerson(1487929, "The creative shows nothing", "Give link_data, video_data or photo_data.", "object_story_spec") : null;
    }

    private MetaError? CheckImage(string? hash, SandboxObject account) =>
        hash is null || context.Store.Find(MetaWorld.Image, account.Id + ":" + hash) is not null
            ? null : MetaError.ForPerson(1487148, "Image not found", $"There is no image with the hash {hash} in this ad account.", "object_story_spec");

    /// <summary>An ad leads where its ad set says: into a form, or to the app in its store.</summary>
    private static MetaError? CheckDestination(SandboxObject adSet, SandboxObject creative)
    {
        var story = creative.Body["object_story_spec"];
        if (story is null) return null;
        var actions = ((JsonNode?[])[story["link_data"]?["call_to_action"], story["video_data"]?["call_to_action"], .. (story["link_data"]?["child_attachments"] as JsonArray ?? []).Select(c => c?["call_to_action"])]).Select(a => a?["value"]).ToList();
        if (adSet.Body["destination_type"]?.ToString() == "ON_AD" && actions.All(a => a?["lead_gen_form_id"] is null))
            return MetaError.ForPerson(1892040, "The ad needs a form", "Ads of this ad set open a form, and the creative has no lead_gen_form_id.", "creative");
        if (adSet.Body["destination_type"]?.ToString() is "MESSENGER" or "INSTAGRAM_DIRECT" && actions.All(a => a?["app_destination"]?.ToString() != adSet.Body["destination_type"]!.ToString()))
            return MetaError.ForPerson(1885041, "The ad doesn't open a conversation", $"Ads of this ad set need a button whose app_destination is {adSet.Body["destination_type"]}.", "creative");
        if (adSet.Body["destination_type"]?.ToString() == "INSTAGRAM_DIRECT" && story["instagram_user_id"] is null)
            return MetaError.ForPerson(1772103, "Instagram account is missing", "Ads that open an Instagram conversation need an Instagram account.", "creative");
        if (adSet.Body["promoted_object"]?["object_store_url"]?.ToString() is { } store && actions.All(a => a?["link"]?.ToString() != store))
            return MetaError.ForPerson(1885254, "The ad doesn't lead to the app", "Ads of this ad set have to lead to the app's object_store_url.", "creative");
        return null;
    }

    private MetaError? CheckAction(JsonNode? action, string page)
    {
        if (action is null) return null;
        if (MetaShapes.CheckObject(action, "AdCreativeLinkDataCallToAction", "call_to_action") is { } unknown) return unknown;
        if (MetaShapes.CheckObject(action["value"], "AdCreativeLinkDataCallToActionValue", "call_to_action[value]") is { } odd) return odd;
        if (action["value"]?["lead_gen_form_id"]?.ToString() is { } id && !(context.Store.Find(MetaWorld.Form, id) is { } form && form.ParentId == page && form.Body["status"]!.ToString() == "ACTIVE"))
            return MetaError.ForPerson(1892048, "Form not found", $"The Page {page} has no active form {id}.", "object_story_spec");
        var type = action["type"]?.ToString();
        return type is not null && MetaShapes.Values("call_to_action_type").Contains(type) ? null
            : MetaError.Invalid($"Param call_to_action[type] must be one of {{{string.Join(", ", MetaShapes.Values("call_to_action_type"))}}}", "call_to_action");
    }
}
