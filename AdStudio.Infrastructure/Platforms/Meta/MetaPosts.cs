using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>
/// Creatives made of what was posted already: an Instagram post by the id of its media, a page's post by the id of its story.
/// https://developers.facebook.com/docs/marketing-api/reference/ad-creative
/// </summary>
internal static class MetaPosts
{
    public static JsonObject Body(string name, BriefCreative creative, ExistingPost post, LaunchBrief brief)
    {
        var body = post.IsOfPage
            ? new JsonObject { ["name"] = name, ["object_story_id"] = post.Id }
            : new JsonObject { ["name"] = name, ["object_id"] = brief.Page?.Id, ["instagram_user_id"] = brief.Instagram?.Id, ["source_instagram_media_id"] = post.Id };
        if (MetaButtons.Of(creative) is var button && button != "NO_BUTTON" && creative.LinkUrl.Length > 0) body["call_to_action"] = MetaButtons.Action(button, creative.LinkUrl, brief);
        return body;
    }
}
