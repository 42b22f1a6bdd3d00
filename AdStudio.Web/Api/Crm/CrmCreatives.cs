using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Crm;

internal sealed record CrmAsset(Guid Id, string Kind, string FileName, string ContentType, int Width, int Height, double? Seconds, long Bytes, string? SourceUrl);

/// <param name="Id">Your own id where it has one, else ours.</param>
/// <param name="Uuid">Ours.</param>
internal sealed record CrmCreative(
    string Id, Guid Uuid, Guid WorkspaceId, string Name, string Type, string Headline, string PrimaryText, string Description, string CallToAction, string LinkUrl, IReadOnlyList<CrmAsset> Assets,
    DateTime CreatedAt, DateTime UpdatedAt, long Version)
{
    public static CrmCreative Of(CreativeRow c) => new(
        c.ExternalKey ?? c.Id.ToString(), c.Id, c.WorkspaceId, c.Name, c.Type.Word(), c.Headline, c.PrimaryText, c.Description, c.CallToAction, c.LinkUrl,
        [.. c.Assets.Select(a => new CrmAsset(a.Id, a.Kind.Word(), a.FileName, a.ContentType, a.Width, a.Height, a.Seconds, a.Bytes, a.SourceUrl))], c.CreatedAt.UtcDateTime, c.UpdatedAt.UtcDateTime, c.Version);
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
}

/// <summary>Creatives: an asset with its texts, for any number of campaigns.</summary>
internal static class CrmCreatives
{
    private const string Example = """{"id":"cre-bf-static-1","type":"image","name":"Black Friday static","headline":"Half price until Monday","primaryText":"Everything warm, half price.","description":"Free delivery","callToAction":"SHOP_NOW","linkUrl":"https://shop.example/black-friday","imageUrl":"https://shop.example/black-friday.jpg"}""";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/creatives", CreateAsync).Operation("Write a creative", "Files are fetched from their addresses at once.", ApiScopes.WriteCreatives).Takes<CrmCreativeRequest>(Example).Gives<CrmCreative>(StatusCodes.Status201Created);
        group.MapGet("/creatives", ListAsync).Operation("List creatives", "The last changed first.", ApiScopes.ReadCreatives)
            .Query("workspaceId", "Only this workspace.", QueryKind.Id).Query("type", "image, video or carousel.").Query("search", "In name, texts and your own id.").Paged().Gives<CrmList<CrmCreative>>();
        group.MapGet("/creatives/{creativeId}", async (string creativeId, HttpContext http, FindCreativesByKeys find, GetCreative get, CancellationToken ct) =>
                await FindAsync(http, find, creativeId, ct) is { } id && (await get.RunAsync(http.Actor(), id, ct)).TryGet(out var row, out _) ? CrmCreative.Of(row).Answer(CrmJson.Shared.CrmCreative) : new CreativeNotFound().Refused())
            .Operation("Read a creative", "By your own id or ours.", ApiScopes.ReadCreatives).Gives<CrmCreative>();
        group.MapPut("/creatives/{creativeId}", UpdateAsync).Operation("Change a creative", "What is left out stays. Campaigns that run keep what they were launched with.", ApiScopes.WriteCreatives)
            .Takes<CrmCreativeRequest>("""{"type":"image","headline":"Last day"}""").Gives<CrmCreative>();
        group.MapDelete("/creatives/{creativeId}", async (string creativeId, HttpContext http, FindCreativesByKeys find, DeleteCreative delete, CancellationToken ct) =>
                await FindAsync(http, find, creativeId, ct) is not { } id ? new CreativeNotFound().Refused() : (await delete.RunAsync(http.Actor(), id, ct)).Refusal is { } refusal ? refusal.Refused() : Results.NoContent())
            .Operation("Delete a creative", "Campaigns that run keep running.", ApiScopes.WriteCreatives).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<Guid?> FindAsync(HttpContext http, FindCreativesByKeys find, string key, CancellationToken ct) =>
        key.Length <= 128 && (await find.RunAsync(http.Actor(), null, [key], ct)).TryGet(out var found, out _) && found.Ids.Count > 0 ? found.Ids[0] : null;

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
        return before with
        {
            ExternalKey = key ?? before.ExternalKey,
            Name = name ?? "",
            Type = body.Word("type", CrmWords.CreativeTypes, whole) ?? before.Type,
            Headline = headline ?? before.Headline,
            Description = description ?? before.Description,
            PrimaryText = text ?? (whole ? description ?? headline ?? "" : before.PrimaryText),
            CallToAction = body.Text("callToAction", 64)?.Trim().Replace(' ', '_').ToUpperInvariant() ?? before.CallToAction,
            LinkUrl = body.Text("linkUrl", 2048) ?? body.Text("url", 2048) ?? before.LinkUrl,
            AssetIds = assetId is { } asset ? [asset] : before.AssetIds,
        };
    }

    /// <summary>The files behind the addresses that were given, in their order; what was there already when none was.</summary>
    private static async Task<IReadOnlyList<Guid>> ImportAsync(Actor actor, Guid workspaceId, Given body, CreativeInput input, ImportMediaFromUrl import, StudioAddress address, CancellationToken ct)
    {
        List<(string Field, string Url)> given = [];
        foreach (var name in new[] { "imageUrl", "videoUrl", "assetUrl" })
            if (body.Text(name, 2048) is { } url) given.Add((name, url));
        foreach (var (index, url) in (body.Texts("assetUrls", 10, 2048) ?? []).Index()) given.Add(($"assetUrls[{index}]", url));
        if (given.Count == 0 || body.Problems.Count > 0) return input.AssetIds;
        if (input.Type != CreativeType.Carousel && given.Count > 1) body.Wrong(given[1].Field, "Only a carousel has several files.");

        List<Guid> assets = [];
        foreach (var (field, url) in body.Problems.Count == 0 ? given : [])
        {
            var whole = url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal) ? address.Of(url) : url;
            if ((await import.RunAsync(actor, workspaceId, whole, ct)).TryGet(out var asset, out var refusal)) assets.Add(asset.Id);
            else body.Wrong(field, refusal.Message);
        }
        return assets;
    }
}
