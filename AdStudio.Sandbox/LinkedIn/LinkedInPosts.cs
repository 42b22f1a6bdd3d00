using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>Posts that were made for ads.</summary>
internal sealed class LinkedInPosts(LinkedInContext context)
{
    private static readonly string[] Labels = ["APPLY", "DOWNLOAD", "VIEW_QUOTE", "LEARN_MORE", "SIGN_UP", "SUBSCRIBE", "REGISTER", "JOIN", "ATTEND", "REQUEST_DEMO", "SEE_MORE", "BUY_NOW", "SHOP_NOW"];

    private static readonly LinkedInShape Media = new LinkedInShape().With("id!", LinkedInShape.Urn("urn:li:image", "urn:li:video")).With("title", LinkedInShape.Text(400)).With("altText", LinkedInShape.Text(4086));

    private static readonly LinkedInShape Shape = new LinkedInShape().With("author!", LinkedInShape.Urn("urn:li:organization")).With("commentary!", LinkedInShape.Text(3000, blank: true)).With("visibility!", LinkedInShape.OneOf("PUBLIC", "LOGGED_IN", "CONNECTIONS"))
        .With("distribution!", new LinkedInShape().With("feedDistribution!", LinkedInShape.OneOf("MAIN_FEED", "NONE")).With("targetEntities", LinkedInShape.ListOf((_, _) => [])).With("thirdPartyDistributionChannels", LinkedInShape.ListOf((_, _) => [])))
        .With("adContext", new LinkedInShape().With("dscAdAccount!", LinkedInShape.Urn("urn:li:sponsoredAccount")).With("dscName", LinkedInShape.Text(255)).With("dscStatus!", LinkedInShape.OneOf("ACTIVE", "ARCHIVED")))
        .With("content", new LinkedInShape().With("media", Media).With("carousel", new LinkedInShape().With("cards!", LinkedInShape.ListOf(new LinkedInShape().With("landingPage!", LinkedInShape.Web).With("media!", Media).Check, fewest: 2, most: 10)))
            .With("article", new LinkedInShape().With("source!", LinkedInShape.Web).With("title!", LinkedInShape.Text(400)).With("description", LinkedInShape.Text(4086)).With("thumbnail", LinkedInShape.Urn("urn:li:image"))))
        .With("lifecycleState!", LinkedInShape.OneOf("PUBLISHED", "DRAFT")).With("isReshareDisabledByAuthor", LinkedInShape.Flag).With("contentLandingPage", LinkedInShape.Web).With("contentCallToActionLabel", LinkedInShape.OneOf(Labels));

    public LinkedInReply Create(LinkedInCall call)
    {
        if (!call.Scopes.Contains("w_organization_social")) return LinkedInReply.NoAccess("posts.CREATE");
        var problems = Shape.Check(call.Body, partial: false);
        if (problems.Count > 0) return LinkedInReply.Old(problems);
        var body = (JsonObject)call.Body!.DeepClone();
        if (!context.MayPostFor(call, body["author"]!.ToString())) return LinkedInReply.Error(403, $"Member does not have permission to create post as {body["author"]}", "ACCESS_DENIED");
        if (Unescaped(body["commentary"]!.ToString())) return LinkedInReply.Old([LinkedInProblem.Wrong("/commentary", body["commentary"])]);
        var account = body["adContext"] is { } ad ? context.Account(call, LinkedInCall.IdOf(ad["dscAdAccount"]!.ToString())) : null;
        if (body["adContext"] is not null && account is null) return LinkedInReply.Error(403, $"Viewer may not have permission CREATE_DSC on entity {body["adContext"]!["dscAdAccount"]}", "NO_PERMISSION_ON_ENTITY");
        if (account is not null && context.Closed(call, account) is { } closed) return closed;
        foreach (var urn in MediaOf(body))
            if (context.Store.Find(LinkedInWorld.Media, urn) is not { } file || file.Body["uploaded"] is null || file.Body["owner"]!.ToString() != body["author"]!.ToString())
                return LinkedInReply.Old([new("FIELD_VALUE_DOES_NOT_EXIST", "/content/media/id", $"/content/media/id value {urn} doesn't exist")]);
        if (MediaOf(body).Any(urn => urn.StartsWith("urn:li:video:", StringComparison.Ordinal) && LinkedInMedia.StatusOf(context, context.Store.Find(LinkedInWorld.Media, urn)!) != "AVAILABLE"))
            return LinkedInReply.Old([new("FIELD_VALUE_NOT_ACTIVE", "/content/media/id", "The video is still being processed")]);
        var post = context.Create(LinkedInWorld.Post, "post", account?.Id ?? "", "", body);
        context.Store.Put(post);
        return LinkedInReply.Made(UrnOf(post));
    }

    public LinkedInReply Get(LinkedInCall call) => context.Store.Find(LinkedInWorld.Post, LinkedInCall.IdOf(call.Path[1])) is { } post && context.MayPostFor(call, post.Body["author"]!.ToString()) ? Show(post) : LinkedInReply.NotFound("Post " + call.Path[1]);

    public LinkedInReply List(LinkedInCall call)
    {
        if (!call.Scopes.Contains("r_organization_social")) return LinkedInReply.NoAccess("posts.FINDER");
        if (call.Query.ContainsKey("ids"))
        {
            var ids = call.List("ids") ?? [];
            return new JsonObject { ["results"] = new JsonObject(ids.Select(u => (u, Post: context.Store.Find(LinkedInWorld.Post, LinkedInCall.IdOf(u)))).Where(p => p.Post is not null && context.MayPostFor(call, p.Post.Body["author"]!.ToString())).Select(p => KeyValuePair.Create(p.u, (JsonNode?)Show(p.Post!)))), ["statuses"] = new JsonObject(), ["errors"] = new JsonObject() };
        }
        if (call.Stranger("q", "dscAdAccount", "dscAdTypes", "start", "count") is { } stranger) return LinkedInReply.Query(stranger);
        if (call.Text("q") != "dscAdAccount" || call.Verb != "FINDER") return LinkedInReply.Query("q");
        if (context.Account(call, LinkedInCall.IdOf(call.Text("dscAdAccount"))) is not { } account) return LinkedInReply.Query("dscAdAccount");
        var types = call.List("dscAdTypes");
        return LinkedInContext.ByCount(call, [.. context.Store.InAccount(LinkedInWorld.Post, account.Id).Where(p => types?.Contains(FormatOf(p) switch { "SINGLE_VIDEO" => "VIDEO", "CAROUSEL" => "CAROUSEL", _ => "STANDARD" }) != false).OrderByDescending(p => p.CreatedAt).Select(Show)]);
    }

    public static string UrnOf(SandboxObject post) => (FormatOf(post) == "SINGLE_VIDEO" ? "urn:li:ugcPost:" : "urn:li:share:") + post.Id;

    public static string FormatOf(SandboxObject post) => post.Body["content"]?["carousel"] is not null ? "CAROUSEL" : post.Body["content"]?["media"]?["id"]?.ToString().StartsWith("urn:li:video:", StringComparison.Ordinal) == true ? "SINGLE_VIDEO" : "STANDARD_UPDATE";

    /// <summary>All that people read of it.</summary>
    public static string WordsOf(SandboxObject post) => string.Join('\n', Texts(post.Body));

    private static IEnumerable<string> MediaOf(JsonObject body) =>
        new[] { body["content"]?["media"]?["id"], body["content"]?["article"]?["thumbnail"] }.Concat((body["content"]?["carousel"]?["cards"] as JsonArray ?? []).Select(c => c?["media"]?["id"])).OfType<JsonNode>().Select(u => u.ToString());

    private static IEnumerable<string> Texts(JsonNode? node) => node switch { JsonObject o => o.SelectMany(p => Texts(p.Value)), JsonArray a => a.SelectMany(Texts), JsonValue v when v.TryGetValue<string>(out var text) => [text], _ => [] };

    /// <summary>Characters that have a meaning in a post's text stand in it only after a backslash, or as part of a mention or hashtag, which ads here don't have.</summary>
    private static bool Unescaped(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\\') i++;
            else if (text[i] is '|' or '{' or '}' or '@' or '[' or ']' or '(' or ')' or '<' or '>' or '*' or '_' or '~') return true;
        return false;
    }

    private static JsonObject Show(SandboxObject post)
    {
        var shown = (JsonObject)post.Body.DeepClone();
        shown["id"] = UrnOf(post);
        if (shown["adContext"] is JsonObject ad) (ad["isDsc"], ad["dscAdType"]) = (true, FormatOf(post) switch { "SINGLE_VIDEO" => "VIDEO", "CAROUSEL" => "CAROUSEL", _ => "STANDARD" });
        (shown["createdAt"], shown["lastModifiedAt"], shown["publishedAt"]) = (post.CreatedAt.ToUnixTimeMilliseconds(), post.UpdatedAt.ToUnixTimeMilliseconds(), post.CreatedAt.ToUnixTimeMilliseconds());
        shown["lifecycleStateInfo"] = new JsonObject { ["isEditedByAuthor"] = false };
        return shown;
    }
}
