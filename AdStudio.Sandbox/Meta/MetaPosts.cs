using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Meta;

/// <summary>Creatives made of posts that are there already.</summary>
internal static class MetaPosts
{
    /// <summary>What Meta says against it; otherwise the post's words and address are written into the creative.</summary>
    public static MetaError? Take(MetaContext context, MetaCall call, JsonObject body)
    {
        if (body["object_story_id"]?.ToString() is { } story)
        {
            if (context.PagesOf(call).All(p => p.Id != story.Split('_')[0])) return MetaError.ForPerson(1487194, "Page not found", $"You may not advertise for the Page of the post {story}.", "object_story_id");
            if (context.Store.Find(MetaWorld.PagePost, story) is not { } post) return MetaError.ForPerson(1487472, "Post not found", $"The post {story} doesn't exist or can't be promoted.", "object_story_id");
            body["body"] ??= post.Body["message"]?.DeepClone();
            body["effective_object_story_id"] = story;
        }
        if (body["source_instagram_media_id"]?.ToString() is not { } media) return null;

        var page = context.PagesOf(call).FirstOrDefault(p => p.Id == body["object_id"]?.ToString());
        if (page is null) return MetaError.ForPerson(1487194, "Page not found", "An ad of an Instagram post needs a Page that you may advertise for: object_id.", "object_id");
        var instagram = page.Body["instagram_business_account"]?["id"]?.ToString();
        if (instagram is null || body["instagram_user_id"]?.ToString() != instagram)
            return MetaError.ForPerson(1772103, "Instagram account not found", $"The Page {page.Id} has no such Instagram account. Link the account to the Page first.", "instagram_user_id");
        if (context.Store.Find(MetaWorld.InstagramPost, media) is not { } shown || shown.ParentId != instagram)
            return MetaError.ForPerson(1487472, "Instagram post not found", $"The Instagram post {media} doesn't exist, or it belongs to another account.", "source_instagram_media_id");
        body["body"] ??= shown.Body["caption"]?.DeepClone();
        body["instagram_permalink_url"] = shown.Body["permalink"]?.DeepClone();
        body["effective_instagram_media_id"] = media;
        return null;
    }
}
