using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Advertising;

/// <param name="Caption">What it says, as the program told; empty when it did not.</param>
internal sealed record GivenPost(ExistingPost Post, string Caption);

/// <summary>Reads what a campaign shows, in the names of seed 003.</summary>
internal static class GivenCreative
{
    /// <summary>The files in the order in which ads are made of them.</summary>
    public static IReadOnlyList<GivenAsset>? Assets(GivenParts fields)
    {
        if (fields.Of("assets").Object("assets") is not { } assets) return null;
        List<GivenAsset> all = [];
        foreach (var type in AdvertisingWords.AdTypes)
        {
            var number = 0;
            all.AddRange(assets.Objects(type, 20, asset => (asset.Text("url", 2048, required: true), asset.Text("name", 200)) is ({ } url, var name) ? new GivenAsset(type, $"assets.{type}[{number++}].url", url, name) : null) ?? []);
        }
        return all;
    }

    /// <summary>The Instagram post that is promoted, or a page's.</summary>
    public static GivenPost? Post(GivenParts fields)
    {
        var part = fields.Of("igMedia");
        var post = part.Object("igMedia");
        var (field, id) = post is not null ? ("igMedia.id", AdvertisingInput.IdOf(post)) : ("instagram_post_id", AdvertisingInput.IdOf(fields.Of("instagram_post_id"), "instagram_post_id"));
        if (post is null && id is null) return null;
        if (id?.Trim() is not { } text || !ExistingPost.IsId(text))
        {
            (post is not null ? part : fields.Of("instagram_post_id")).Wrong(field, $"{field} should be the id of an Instagram post, in digits");
            return null;
        }
        return new GivenPost(new ExistingPost(text, post?.Text("permalink", 2048) ?? "", post?.Text("thumbnail_url", 2048) ?? post?.Text("media_url", 2048) ?? ""), post?.Text("caption", 5000) ?? "");
    }

    public static IReadOnlyDictionary<string, string>? Captions(GivenParts fields)
    {
        Dictionary<string, string> captions = [];
        foreach (var (name, text) in fields.Of("captions").Object("captions")?.Entries(5000) ?? []) captions[name] = text;
        if (fields.Of("mainCaption").Text("mainCaption", 5000) is { } main) captions.TryAdd("all", main);
        return captions.Count == 0 ? null : captions;
    }

    /// <summary>Where ads lead: the link, the first of several, or where the promoted content is found.</summary>
    public static string? Link(GivenParts fields) =>
        fields.Of("link").Text("link", 2048) ?? fields.Of("url").Text("url", 2048)
        ?? (fields.Of("links").Raw is { } part && part.TryGetProperty("links", out var links) ? links.ValueKind switch
        {
            System.Text.Json.JsonValueKind.String => fields.Of("links").Text("links", 2048),
            System.Text.Json.JsonValueKind.Array => fields.Of("links").Objects("links", 50, l => new ContentLink("", l.Text("url", 2048) ?? ""), text => new ContentLink("", text))?.Select(l => l.Url).FirstOrDefault(u => u.Length > 0),
            System.Text.Json.JsonValueKind.Object => fields.Of("links").Object("links")?.Text("url", 2048),
            _ => null,
        } : null);

    public static PromotedContent? Content(Given? record)
    {
        if (record?.Text("name", 256) is not { Length: > 0 } name) return null;
        Dictionary<string, string> ids = [];
        foreach (var (where, id) in record.Object("external_ids")?.Entries(256) ?? []) ids[where] = id;
        var links = record.Objects("external_links", 50, l => (l.Text("name", 64), l.Text("url", 2048)) is ({ } place, { } url) ? new ContentLink(place, url) : null)?.ToList() ?? [];
        if (record.Text("record_url", 2048) is { } own) links.Insert(0, new ContentLink("record", own));
        return new PromotedContent
        {
            Name = name, Slug = record.Text("slug", 256), Type = record.Text("spotify_release_type", 64)?.ToLowerInvariant() ?? record.Text("type", 64), ThumbnailUrl = record.Text("thumbnail_url", 2048),
            Explicit = record.Raw is { } raw && raw.TryGetProperty("explicit", out var flag) ? flag.ValueKind switch { System.Text.Json.JsonValueKind.True => true, System.Text.Json.JsonValueKind.False => false, _ => null } : null,
            ReleaseDate = record.Text("release_date", 64), ExternalIds = ids, ExternalLinks = links,
        };
    }
}
