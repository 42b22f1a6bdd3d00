using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Crm;

internal sealed record CrmAsset(Guid Id, string Kind, string FileName, string ContentType, int Width, int Height, double? Seconds, long Bytes, string? SourceUrl, double FocalX, double FocalY);

/// <summary>A card of a carousel; what it leaves out is the creative's.</summary>
internal sealed record CrmCard(Guid? AssetId, string Headline, string Description, string LinkUrl);

internal sealed record CrmCreativeChange(string Part, string Before, string After);

/// <param name="Changes">Against the version before; empty for the first.</param>
/// <param name="RestoredFrom">The version that it brought back, when it was not written.</param>
internal sealed record CrmCreativeVersion(int Number, DateTime At, string By, string Via, int? RestoredFrom, IReadOnlyList<CrmCreativeChange> Changes);

/// <param name="Id">Your own id where it has one, else ours.</param>
/// <param name="Uuid">Ours.</param>
/// <param name="PostId">Of an existing post: the platform's id of it.</param>
/// <param name="Permalink">Of an existing post: where people see it, if it was said.</param>
internal sealed record CrmCreative(
    string Id, Guid Uuid, Guid WorkspaceId, string Name, string Type, string Headline, string PrimaryText, string Description, string CallToAction, string LinkUrl, IReadOnlyList<CrmAsset> Assets,
    IReadOnlyList<CrmCard> Cards, string? PostId, string? Permalink, DateTime CreatedAt, DateTime UpdatedAt, long Version)
{
    public static CrmCreative Of(CreativeRow c) => new(
        c.ExternalKey ?? c.Id.ToString(), c.Id, c.WorkspaceId, c.Name, c.Type.Word(), c.Headline, c.PrimaryText, c.Description, c.CallToAction, c.LinkUrl,
        [.. c.Assets.Select(a => new CrmAsset(a.Id, a.Kind.Word(), a.FileName, a.ContentType, a.Width, a.Height, a.Seconds, a.Bytes, a.SourceUrl, a.FocalX, a.FocalY))],
        [.. c.Cards.Select((card, i) => new CrmCard(i < c.Assets.Count ? c.Assets[i].Id : null, card.Headline, card.Description, card.LinkUrl))], c.Post?.Id, c.Post is { Permalink.Length: > 0 } post ? post.Permalink : null, c.CreatedAt.UtcDateTime, c.UpdatedAt.UtcDateTime, c.Version);
}

internal sealed record CrmCreativeRequest(string Type)
{
    /// <summary>Your own id, by which campaigns may name it.</summary>
    public string? Id { get; init; }
    public Guid? WorkspaceId { get; init; }
    public string? Name { get; init; }
    public string? Headline { get; init; }
    public string? Description { get; init; }

    /// <summary>Left out: the description, or else the headline.</summary>
    public string? PrimaryText { get; init; }
    public string? CallToAction { get; init; }
    public string? LinkUrl { get; init; }
    public string? ImageUrl { get; init; }
    public string? VideoUrl { get; init; }

    /// <summary>Of a carousel: two to ten images in their order.</summary>
    public IReadOnlyList<string>? AssetUrls { get; init; }

    /// <summary>A file that is in the studio already, in place of an address.</summary>
    public Guid? AssetId { get; init; }

    /// <summary>Of an existing post, which brings its own picture and text: the id of the Instagram post's media, or "pageId_postId" of a page's post. Runs on Meta alone.</summary>
    public string? PostId { get; init; }

    /// <summary>Of an existing post: where people see it.</summary>
    public string? Permalink { get; init; }

    /// <summary>Of a carousel: its cards in their order, each with an image of its own or the one of <c>assetUrls</c> in its place.</summary>
    public IReadOnlyList<CrmCardRequest>? Cards { get; init; }
}

internal sealed record CrmCardRequest
{
    public string? ImageUrl { get; init; }
    public Guid? AssetId { get; init; }
    public string? Headline { get; init; }
    public string? Description { get; init; }
    public string? LinkUrl { get; init; }
}

/// <summary>Creatives: an asset with its texts, for any number of campaigns.</summary>
internal static class CrmCreatives
{
    private const string Example = """{"id":"cre-bf-static-1","type":"image","name":"Black Friday static","headline":"Half price until Monday","primaryText":"Everything warm, half price.","description":"Free delivery","callToAction":"SHOP_NOW","linkUrl":"https://shop.example/black-friday","imageUrl":"https://shop.example/black-friday.jpg"}""";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/creatives", CreateAsync).Operation("Write a creative", "Files are fetched from their addresses at once.", ApiScopes.WriteCreatives).Idempotent<Creative>(AgainAsync).Takes<CrmCreativeRequest>(Example).Gives<CrmCreative>(StatusCodes.Status201Created);
        group.MapGet("/creatives", ListAsync).Operation("List creatives", "The last changed first.", ApiScopes.ReadCreatives)
            .Query("workspaceId", "Only this workspace.", QueryKind.Id).Query("type", "image, video, carousel or existing_post.").Query("search", "In name, texts and your own id.").Paged().Gives<CrmList<CrmCreative>>();
        group.MapGet("/creatives/{creativeId}", async (string creativeId, HttpContext http, FindCreativesByKeys find, GetCreative get, CancellationToken ct) =>
                await FindAsync(http, find, creativeId, ct) is { } id && (await get.RunAsync(http.Actor(), id, ct)).TryGet(out var row, out _) ? CrmCreative.Of(row).Answer(CrmJson.Shared.CrmCreative) : new CreativeNotFound().Refused())
            .Operation("Read a creative", "By your own id or ours.", ApiScopes.ReadCreatives).Gives<CrmCreative>();
        foreach (var verb in new[] { HttpMethods.Put, HttpMethods.Patch })
            group.MapMethods("/creatives/{creativeId}", [verb], UpdateAsync).Operation("Change a creative", "What is left out stays. Each change is a version. Campaigns that run keep what they were launched with.", ApiScopes.WriteCreatives)
                .Takes<CrmCreativeRequest>("""{"type":"image","headline":"Last day"}""").Gives<CrmCreative>();
        group.MapGet("/creatives/{creativeId}/versions", ListVersionsAsync).Operation("List a creative's versions", "The latest first, with what each changed.", ApiScopes.ReadCreatives).Gives<CrmList<CrmCreativeVersion>>();
        group.MapPost("/creatives/{creativeId}/versions/{number:int}/restore", async (string creativeId, int number, HttpContext http, FindCreativesByKeys find, RestoreCreativeVersion restore, CancellationToken ct) =>
                await FindAsync(http, find, creativeId, ct) is not { } id ? new CreativeNotFound().Refused()
                : (await restore.RunAsync(http.Actor(), id, number, null, ct)).TryGet(out var row, out var refusal) ? CrmCreative.Of(row).Answer(CrmJson.Shared.CrmCreative) : refusal.Refused())
            .Operation("Restore a version", "Saves it once more, as the latest.", ApiScopes.WriteCreatives).Gives<CrmCreative>();
        group.MapDelete("/creatives/{creativeId}", async (string creativeId, HttpContext http, FindCreativesByKeys find, DeleteCreative delete, CancellationToken ct) =>
                await FindAsync(http, find, creativeId, ct) is not { } id ? new CreativeNotFound().Refused() : (await delete.RunAsync(http.Actor(), id, ct)).Refusal is { } refusal ? refusal.Refused() : Results.NoContent())
            .Operation("Delete a creative", "Refused while a campaign runs with it; the answer names the campaigns.", ApiScopes.WriteCreatives).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> AgainAsync(HttpContext http, Guid id)
    {
        if (!(await http.RequestServices.GetRequiredService<GetCreative>().RunAsync(http.Actor(), id, http.RequestAborted)).TryGet(out var row, out var refusal)) return refusal.Refused();
        http.Response.Headers.Location = $"{http.Request.Path}/{id}";
        return CrmCreative.Of(row).Answer(CrmJson.Shared.CrmCreative, StatusCodes.Status201Created);
    }

    private static async Task<Guid?> FindAsync(HttpContext http, FindCreativesByKeys find, string key, CancellationToken ct) =>
        key.Length <= 128 && (await find.RunAsync(http.Actor(), null, [key], ct)).TryGet(out var found, out _) && found.Ids.Count > 0 ? found.Ids[0] : null;

    private static async Task<IResult> ListVersionsAsync(string creativeId, HttpContext http, FindCreativesByKeys find, ListCreativeVersions list, CancellationToken ct)
    {
        if (await FindAsync(http, find, creativeId, ct) is not { } id) return new CreativeNotFound().Refused();
        if (!(await list.RunAsync(http.Actor(), id, ct)).TryGet(out var versions, out var refusal)) return refusal.Refused();
        var page = new Page<CreativeVersionRow>(versions, versions.Count, 0, 100);
        return CrmList<CrmCreativeVersion>.Of(page, v => new(v.Number, v.At.UtcDateTime, v.Who, v.Via, v.RestoredFrom, [.. v.What.Select(c => new CrmCreativeChange(c.Part, c.Before, c.After))])).Answer(CrmJson.Shared.CrmListCrmCreativeVersion);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ListCreatives list, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var filter = new CreativeFilter(query.Id("workspaceId", "ws"), query.Text("search"), query.Word("type", CrmWords.CreativeTypes), query.Whole("offset", 0, 0, 1_000_000), query.Whole("limit", 25, 1, 200));
        if (query.Refusal() is { } wrong) return wrong;
        return (await list.RunAsync(http.Actor(), filter, ct)).TryGet(out var page, out var refusal) ? CrmList<CrmCreative>.Of(page, CrmCreative.Of).Answer(CrmJson.Shared.CrmListCrmCreative) : refusal.Refused();
    }

    private static async Task<IResult> CreateAsync(HttpContext http, CampaignWriter writer, CreateCreative create, ImportMediaFromUrl import, StudioAddress address, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var actor = http.Actor();
        var input = Read(body, new CreativeInput(), whole: true);
        var workspace = await writer.WorkspaceAsync(actor, body.Id("workspaceId", "ws"), body, ct);
        if (body.Refusal() is { } wrong) return wrong;
        input = input with { AssetIds = await ImportAsync(actor, workspace!.Value, body, input, import, address, ct) };
        if (body.Refusal() is { } unusable) return unusable;

        if (!(await create.RunAsync(actor, workspace.Value, input, ct)).TryGet(out var row, out var refusal)) return refusal.Refused();
        http.Response.Headers.Location = $"{http.Request.Path}/{row.Id}";
        return CrmCreative.Of(row).Answer(CrmJson.Shared.CrmCreative, StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateAsync(string creativeId, HttpContext http, FindCreativesByKeys find, GetCreative get, UpdateCreative update, ImportMediaFromUrl import, StudioAddress address, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var actor = http.Actor();
        if (await FindAsync(http, find, creativeId, ct) is not { } id || !(await get.RunAsync(actor, id, ct)).TryGet(out var before, out _)) return new CreativeNotFound().Refused();
        var input = Read(body, before.ToInput(), whole: false);
        var version = body.Whole("version", 0, long.MaxValue);
        if (body.Refusal() is { } wrong) return wrong;
        input = input with { AssetIds = await ImportAsync(actor, before.WorkspaceId, body, input, import, address, ct) };
        if (body.Refusal() is { } unusable) return unusable;
        return (await update.RunAsync(actor, id, input, version ?? before.Version, ct)).TryGet(out var row, out var refusal) ? CrmCreative.Of(row).Answer(CrmJson.Shared.CrmCreative) : refusal.Refused();
    }

    private static CreativeInput Read(Given body, CreativeInput before, bool whole)
    {
        var (key, headline, description) = (body.Text("id", 128), body.Text("headline", 1000), body.Text("description", 1000));
        if (key?.Trim().Length == 0) body.Wrong("id", "id should not be empty");
        var text = body.Text("primaryText", 5000) ?? body.Text("text", 5000);
        var name = body.Text("name", 256) ?? (whole ? headline ?? key : before.Name);
        if (string.IsNullOrWhiteSpace(name)) body.Wrong("name", "name should not be empty");
        var assetId = body.Id("assetId", "med");
        var type = body.Word("type", CrmWords.CreativeTypes, whole) ?? before.Type;
        var cards = body.Objects("cards", 10, card => new CardTexts(card.Text("headline", 1000) ?? "", card.Text("description", 1000) ?? "", card.Text("linkUrl", 2048) ?? card.Text("url", 2048) ?? ""));
        var (postId, permalink) = (body.Text("postId", ExistingPost.LongestId)?.Trim(), body.Text("permalink", 2048));
        if (type != CreativeType.ExistingPost && postId is not null) body.Wrong("postId", "Only an existing post has a post's id.");
        return before with
        {
            Post = type != CreativeType.ExistingPost ? null : new(postId ?? before.Post?.Id ?? "", permalink ?? before.Post?.Permalink ?? "", before.Post?.ImageUrl ?? ""),
            Cards = cards ?? (type == CreativeType.Carousel ? before.Cards : []),
            ExternalKey = key ?? before.ExternalKey,
            Name = name ?? "",
            Type = type,
            Headline = headline ?? before.Headline,
            Description = description ?? before.Description,
            PrimaryText = text ?? (whole ? description ?? headline ?? "" : before.PrimaryText),
            CallToAction = body.Text("callToAction", 64)?.Trim().Replace(' ', '_').ToUpperInvariant() ?? before.CallToAction,
            LinkUrl = body.Text("linkUrl", 2048) ?? body.Text("url", 2048) ?? before.LinkUrl,
            AssetIds = assetId is { } asset ? [asset] : type == CreativeType.ExistingPost && before.Type != type ? [] : before.AssetIds,
        };
    }

    /// <summary>The files behind the addresses that were given, in their order; what was there already when none was.</summary>
    private static async Task<IReadOnlyList<Guid>> ImportAsync(Actor actor, Guid workspaceId, Given body, CreativeInput input, ImportMediaFromUrl import, StudioAddress address, CancellationToken ct)
    {
        List<(string Field, string Url)> given = [];
        foreach (var name in new[] { "imageUrl", "videoUrl", "assetUrl" })
            if (body.Text(name, 2048) is { } url) given.Add((name, url));
        foreach (var (index, url) in (body.Texts("assetUrls", 10, 2048) ?? []).Index()) given.Add(($"assetUrls[{index}]", url));
        if (given.Count == 0 && await ImportCardsAsync(actor, workspaceId, body, import, address, ct) is { Count: > 0 } cards) return cards;
        if (given.Count == 0 || body.Problems.Count > 0) return input.AssetIds;
        if (input.Type != CreativeType.Carousel && given.Count > 1) body.Wrong(given[1].Field, "Only a carousel has several files.");

        List<Guid> assets = [];
        foreach (var (field, url) in body.Problems.Count == 0 ? given : [])
            if (await ImportAsync(actor, workspaceId, body, field, url, import, address, ct) is { } asset) assets.Add(asset);
        return assets;
    }

    /// <summary>The files of the cards, when they bring their own: all of them, or none.</summary>
    private static async Task<IReadOnlyList<Guid>> ImportCardsAsync(Actor actor, Guid workspaceId, Given body, ImportMediaFromUrl import, StudioAddress address, CancellationToken ct)
    {
        var cards = body.Objects("cards", 10, card => new CardFile(card.Id("assetId", "med"), card.Text("imageUrl", 2048) ?? card.Text("assetUrl", 2048))) ?? [];
        if (body.Problems.Count > 0 || cards.All(c => c is { AssetId: null, Url: null })) return [];

        List<Guid> assets = [];
        foreach (var (i, card) in cards.Index())
        {
            if (card.AssetId is { } there) assets.Add(there);
            else if (card.Url is null) body.Wrong($"cards[{i}].imageUrl", "Each card needs an image where one of them brings its own.");
            else if (await ImportAsync(actor, workspaceId, body, $"cards[{i}].imageUrl", card.Url, import, address, ct) is { } asset) assets.Add(asset);
        }
        return assets;
    }

    private static async Task<Guid?> ImportAsync(Actor actor, Guid workspaceId, Given body, string field, string url, ImportMediaFromUrl import, StudioAddress address, CancellationToken ct)
    {
        var whole = url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal) ? address.Of(url) : url;
        if ((await import.RunAsync(actor, workspaceId, whole, ct)).TryGet(out var asset, out var refusal)) return asset.Id;
        body.Wrong(field, refusal.Message);
        return null;
    }

    private sealed record CardFile(Guid? AssetId, string? Url);
}
