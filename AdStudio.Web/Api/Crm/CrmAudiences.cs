using AdStudio.Core.Accounts;
using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Crm;

internal sealed record CrmAudienceRequest(string Type)
{
    /// <summary>Your own id, by which campaigns may name it.</summary>
    public string? Id { get; init; }
    public Guid? WorkspaceId { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }

    /// <summary>The audience that a lookalike resembles; or the CRM audience that a customer list comes from.</summary>
    public string? SourceAudienceId { get; init; }

    /// <summary>Of a customer list. Hashed at once; nothing else of them is kept.</summary>
    public IReadOnlyList<CrmMember>? Members { get; init; }
    public CrmRetargeting? Retargeting { get; init; }
    public CrmLookalike? Lookalike { get; init; }
    public CrmTargetingRequest? Targeting { get; init; }
}

/// <summary>Ad audiences: customer lists, visitors, lookalikes, saved targeting.</summary>
internal static class CrmAudiences
{
    private const string Example = """{"id":"aud-vip","type":"customer_match","name":"VIP customers","members":[{"email":"nora@customer.example"},{"phone":"+49 30 1234567"}]}""";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/audiences", CreateAsync).Operation("Make an audience", "A platform gets it by POST …/placements, or at the first launch that uses it.", ApiScopes.WriteAudiences).Idempotent<AdAudience>(AgainAsync).Takes<CrmAudienceRequest>(Example).Gives<CrmAudience>(StatusCodes.Status201Created);
        group.MapGet("/audiences", ListAsync).Operation("List audiences", "By name.", ApiScopes.ReadAudiences)
            .Query("workspaceId", "Only this workspace.", QueryKind.Id).Query("type", "customer_match, retargeting, lookalike or saved.").Query("search", "In name, description and your own id.").Paged().Gives<CrmList<CrmAudience>>();
        group.MapGet("/audiences/{audienceId}", async (string audienceId, HttpContext http, FindAudiencesByKeys find, GetAudience get, CancellationToken ct) =>
                await FindAsync(http, find, audienceId, ct) is { } id && (await get.RunAsync(http.Actor(), id, ct)).TryGet(out var row, out _) ? CrmAudience.Of(row).Answer(CrmJson.Shared.CrmAudience) : new AudienceNotFound().Refused())
            .Operation("Read an audience", "By your own id or ours.", ApiScopes.ReadAudiences).Gives<CrmAudience>();
        const string Change = """{"type":"customer_match","members":[{"email":"sam@customer.example"}]}""";
        group.MapPut("/audiences/{audienceId}", UpdateAsync).Operation("Change an audience", "What is left out stays. Members are added to those there.", ApiScopes.WriteAudiences).Takes<CrmAudienceRequest>(Change).Gives<CrmAudience>();
        group.MapPatch("/audiences/{audienceId}", UpdateAsync).Operation("Change parts of an audience", "The same as PUT.", ApiScopes.WriteAudiences).Takes<CrmAudienceRequest>(Change).Gives<CrmAudience>();
        group.MapDelete("/audiences/{audienceId}", DeleteAsync)
            .Operation("Delete an audience", "Where a platform has it already, it stays there, unless you ask to delete it there too. That goes on in the background and can't be undone.", ApiScopes.WriteAudiences)
            .Query("onPlatforms", "true deletes it on every ad account where it stands.").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> AgainAsync(HttpContext http, Guid id)
    {
        if (!(await http.RequestServices.GetRequiredService<GetAudience>().RunAsync(http.Actor(), id, http.RequestAborted)).TryGet(out var row, out var refusal)) return refusal.Refused();
        http.Response.Headers.Location = $"{http.Request.Path}/{id}";
        return CrmAudience.Of(row).Answer(CrmJson.Shared.CrmAudience, StatusCodes.Status201Created);
    }

    internal static async Task<Guid?> FindAsync(HttpContext http, FindAudiencesByKeys find, string key, CancellationToken ct) =>
        key.Length <= 128 && (await find.RunAsync(http.Actor(), null, [key], ct)).TryGet(out var found, out _) && found.Ids.Count > 0 ? found.Ids[0] : null;

    private static async Task<IResult> DeleteAsync(string audienceId, HttpContext http, FindAudiencesByKeys find, DeleteAudience delete, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var onPlatforms = query.Flag("onPlatforms") ?? false;
        if (query.Refusal() is { } wrong) return wrong;
        if (await FindAsync(http, find, audienceId, ct) is not { } id) return new AudienceNotFound().Refused();
        return (await delete.RunAsync(http.Actor(), id, onPlatforms, ct)).Refusal is { } refusal ? refusal.Refused() : Results.NoContent();
    }

    private static async Task<IResult> ListAsync(HttpContext http, ListAudiences list, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var filter = new AudienceFilter(query.Id("workspaceId", "ws"), query.Text("search"), query.Word("type", CrmWords.AudienceTypes), query.Whole("offset", 0, 0, 1_000_000), query.Whole("limit", 25, 1, 200));
        if (query.Refusal() is { } wrong) return wrong;
        return (await list.RunAsync(http.Actor(), filter, ct)).TryGet(out var page, out var refusal) ? CrmList<CrmAudience>.Of(page, CrmAudience.Of).Answer(CrmJson.Shared.CrmListCrmAudience) : refusal.Refused();
    }

    private static async Task<IResult> CreateAsync(HttpContext http, CampaignWriter writer, CreateAudience create, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var actor = http.Actor();
        var (input, members) = Read(body, new AudienceInput(), whole: true);
        var workspace = await writer.WorkspaceAsync(actor, body.Id("workspaceId", "ws"), body, ct);
        if (body.Refusal() is { } wrong) return wrong;

        if (!(await create.RunAsync(actor, workspace!.Value, input, members, ct)).TryGet(out var created, out var refusal)) return refusal.Refused();
        http.Response.Headers.Location = $"{http.Request.Path}/{created.Audience.Id}";
        return CrmAudience.Of(created.Audience, created.Rejected).Answer(CrmJson.Shared.CrmAudience, StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateAsync(string audienceId, HttpContext http, FindAudiencesByKeys find, GetAudience get, UpdateAudience update, AddAudienceMembers add, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var actor = http.Actor();
        if (await FindAsync(http, find, audienceId, ct) is not { } id || !(await get.RunAsync(actor, id, ct)).TryGet(out var before, out _)) return new AudienceNotFound().Refused();
        var (input, members) = Read(body, before.ToInput(), whole: false);
        var version = body.Whole("version", 0, long.MaxValue);
        if (body.Refusal() is { } wrong) return wrong;

        if (!(await update.RunAsync(actor, id, input, version ?? before.Version, ct)).TryGet(out var row, out var refusal)) return refusal.Refused();
        if (members is not { Count: > 0 }) return CrmAudience.Of(row).Answer(CrmJson.Shared.CrmAudience);
        if (!(await add.RunAsync(actor, id, members, 1, ct)).TryGet(out var added, out refusal)) return refusal.Refused();
        return (await get.RunAsync(actor, id, ct)).TryGet(out var filled, out refusal) ? CrmAudience.Of(filled, added.Rejected).Answer(CrmJson.Shared.CrmAudience) : refusal.Refused();
    }

    /// <summary>Objects, or addresses alone.</summary>
    internal static IReadOnlyList<MemberInput>? ReadMembers(Given body) => body.Objects("members", AddAudienceMembers.AtOnce,
        m => new MemberInput(m.Text("email", 256), m.Text("phone", 64), m.Word("consent", CrmWords.Consents) ?? MemberConsent.NotTold, At(m.Moment("consentAt"))), email => new MemberInput(email, null));

    private static DateTimeOffset? At((DateTimeOffset? Instant, DateTime? Local) given) => given.Instant ?? (given.Local is { } local ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Utc)) : null);

    private static (AudienceInput Input, IReadOnlyList<MemberInput>? Members) Read(Given body, AudienceInput before, bool whole)
    {
        var key = body.Text("id", 128);
        if (key?.Trim().Length == 0) body.Wrong("id", "id should not be empty");
        var name = body.Text("name", 256) ?? (whole ? key : before.Name);
        if (string.IsNullOrWhiteSpace(name)) body.Wrong("name", "name should not be empty");
        var type = body.Word("type", CrmWords.AudienceTypes, whole) ?? before.Type;
        var members = ReadMembers(body);
        var (rule, like) = (body.Object("retargeting"), body.Object("lookalike"));
        return (before with
        {
            ExternalKey = key ?? before.ExternalKey,
            Name = name ?? "",
            Description = body.Text("description", 2000) ?? before.Description,
            Type = type,
            SourceAudienceId = body.Text("sourceAudienceId", 128) ?? before.SourceAudienceId,
            Retargeting = rule is null ? before.Retargeting : new RetargetingRule((int)(rule.Whole("days", 1, 180) ?? 30), rule.Text("urlContains", 500)),
            Lookalike = like is null ? before.Lookalike : new LookalikeRule(like.Text("country", 8, required: true) ?? "", (int)(like.Whole("percent", 1, 10) ?? 1)),
            Targeting = CampaignInput.ReadTargeting(body.Object("targeting")) ?? before.Targeting,
        }, members);
    }
}
