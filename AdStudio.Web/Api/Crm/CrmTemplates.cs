using AdStudio.Core.Accounts;
using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Crm;

/// <summary>A campaign's skeleton: all but its dates.</summary>
/// <param name="AudienceIds">By your own ids where they have one.</param>
/// <param name="CreativeIds">By your own ids where they have one.</param>
/// <param name="Notes">What was decided for you, such as which of several ad accounts pays.</param>
/// <param name="Version">Send it back with a change, and a change by somebody else in between is refused.</param>
internal sealed record CrmTemplate(
    Guid Id, Guid WorkspaceId, string Name, string Description, string? Objective, IReadOnlyList<string> Platforms, CrmBudget Budget, IReadOnlyList<string> AudienceIds, IReadOnlyList<string> CreativeIds, CrmTargeting Targeting,
    IReadOnlyList<string> SpecialAdCategories, IReadOnlyList<string> SpecialAdCountry, string CreatedBy, DateTime CreatedAt, DateTime UpdatedAt, long Version, IReadOnlyList<string> Notes);

// What a program sends; read by CampaignInput, described here for the document.
internal sealed record CrmTemplateRequest(string Name)
{
    public string? Description { get; init; }

    /// <summary>The campaign to take the skeleton from; what else is given here takes the place of its own.</summary>
    public Guid? CampaignId { get; init; }

    /// <summary>With <c>campaignId</c>: whether its creatives come along. Left out: yes.</summary>
    public bool? IncludeCreatives { get; init; }

    /// <summary>With <c>campaignId</c>: whether its audiences come along. Left out: yes.</summary>
    public bool? IncludeAudiences { get; init; }
    public string? Objective { get; init; }
    public IReadOnlyList<string>? Platforms { get; init; }
    public CrmBudgetRequest? Budget { get; init; }
    public IReadOnlyList<string>? AudienceIds { get; init; }
    public IReadOnlyList<string>? CreativeIds { get; init; }
    public CrmTargetingRequest? Targeting { get; init; }

    /// <summary>Which ad account pays on a platform, by our id or the platform's own: {"facebook": "act_123"}.</summary>
    public Dictionary<string, string>? Accounts { get; init; }
    public IReadOnlyList<string>? SpecialAdCategories { get; init; }
    public IReadOnlyList<string>? SpecialAdCountry { get; init; }
    public Guid? WorkspaceId { get; init; }
}

/// <summary>What is left out stays as it is.</summary>
internal sealed record CrmTemplateChange
{
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? Objective { get; init; }
    public IReadOnlyList<string>? Platforms { get; init; }
    public CrmBudgetRequest? Budget { get; init; }
    public IReadOnlyList<string>? AudienceIds { get; init; }
    public IReadOnlyList<string>? CreativeIds { get; init; }
    public CrmTargetingRequest? Targeting { get; init; }
    public Dictionary<string, string>? Accounts { get; init; }
    public IReadOnlyList<string>? SpecialAdCategories { get; init; }
    public IReadOnlyList<string>? SpecialAdCountry { get; init; }

    /// <summary>The version that you have read; a change by somebody else since then answers 409.</summary>
    public long? Version { get; init; }
}

/// <summary>Templates: kept, listed, changed, deleted, and campaigns begun from them.</summary>
internal static class CrmTemplates
{
    private const string Example = """{"name":"Seasonal sale","description":"Two weeks, three platforms","objective":"conversions","platforms":["facebook","google"],"budget":{"type":"daily","amount":120,"currency":"USD"},"targeting":{"countries":["US"],"ageMin":25}}""";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/templates", CreateAsync)
            .Operation("Write a template", "A campaign's skeleton without dates, taken from a campaign (`campaignId`), written here, or both.", ApiScopes.WriteCampaigns)
            .Idempotent<CampaignTemplate>(AgainAsync).Takes<CrmTemplateRequest>(Example).Gives<CrmTemplate>(StatusCodes.Status201Created);
        group.MapGet("/templates", ListAsync).Operation("List templates", "The last changed first.", ApiScopes.ReadCampaigns)
            .Query("workspaceId", "Only this workspace.", QueryKind.Id).Query("search", "In name and description.").Paged().Gives<CrmList<CrmTemplate>>();
        group.MapGet("/templates/{templateId}", async (string templateId, HttpContext http, GetTemplate get, CancellationToken ct) =>
                IdOf(templateId) is { } id && (await get.RunAsync(http.Actor(), id, ct)).TryGet(out var row, out _) ? await AnswerAsync(http, row, []) : new TemplateNotFound().Refused())
            .Operation("Read a template", "", ApiScopes.ReadCampaigns).Gives<CrmTemplate>();
        group.MapPut("/templates/{templateId}", UpdateAsync).Operation("Change a template", "What is left out stays. Campaigns that were begun from it stay as they are.", ApiScopes.WriteCampaigns)
            .Takes<CrmTemplateChange>("""{"name":"Seasonal sale, larger","budget":{"type":"daily","amount":200,"currency":"USD"}}""").Gives<CrmTemplate>();
        group.MapDelete("/templates/{templateId}", async (string templateId, HttpContext http, DeleteTemplate delete, CancellationToken ct) =>
                IdOf(templateId) is not { } id ? new TemplateNotFound().Refused() : (await delete.RunAsync(http.Actor(), id, ct)).Refusal is { } refusal ? refusal.Refused() : Results.NoContent())
            .Operation("Delete a template", "Campaigns that were begun from it stay.", ApiScopes.WriteCampaigns).Produces(StatusCodes.Status204NoContent);
        group.MapPost("/campaigns/from-template/{templateId}", BeginAsync)
            .Operation("Write a campaign from a template", "What the body gives takes the place of the template's own: name, budget, schedule, accounts, platforms and the rest. Answers as a new campaign does; `notes` says what of the template could not be taken over.", ApiScopes.WriteCampaigns)
            .Idempotent<Campaign>(CrmCampaigns.AgainAsync).Takes<CrmCampaignChange>("""{"name":"Winter sale","budget":{"type":"daily","amount":150,"currency":"USD"},"schedule":{"startAt":"2026-12-26T00:00:00Z","endAt":"2027-01-06T23:59:59Z"}}""", optional: true)
            .Gives<CrmCampaign>(StatusCodes.Status201Created);
    }

    private static Guid? IdOf(string text) => PublicId.TryParse("tpl", text, out var id) ? id : null;

    private static async Task<IResult> AgainAsync(HttpContext http, Guid id)
    {
        if (!(await http.RequestServices.GetRequiredService<GetTemplate>().RunAsync(http.Actor(), id, http.RequestAborted)).TryGet(out var row, out var refusal)) return refusal.Refused();
        http.Response.Headers.Location = $"{http.Request.Path}/{id}";
        return await AnswerAsync(http, row, [], StatusCodes.Status201Created);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, CampaignWriter writer, CreateTemplate create, GetCampaign get, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var actor = http.Actor();
        var input = CampaignInput.Read(body, whole: false, named: true);
        var (description, from) = (body.Text("description", CampaignTemplate.MaxDescription), body.Id("campaignId", "cmp"));
        var keeps = new TemplateKeeps(body.Flag("includeCreatives") ?? true, body.Flag("includeAudiences") ?? true);
        NoDates(input, body);

        Campaign? original = null;
        if (from is { } campaignId && !(await get.RunAsync(actor, campaignId, ct)).TryGet(out original, out _)) body.Wrong("campaignId", "There is no such campaign.");
        if (original is not null && input.WorkspaceId is { } named && named != original.WorkspaceId) body.Wrong("workspaceId", "The campaign lies in another workspace.");
        if (await writer.WorkspaceAsync(actor, original?.WorkspaceId ?? input.WorkspaceId, body, ct) is not { } workspace) return body.Refusal()!;
        var (spec, notes) = await writer.WriteAsync(actor, workspace, original is null ? new CampaignSpec() : keeps.Of(original.Spec), input, body, ct);
        if (body.Refusal() is { } wrong) return wrong;

        if (!(await create.RunAsync(actor, workspace, new(input.Name!, description ?? "", spec), ct)).TryGet(out var row, out var refusal)) return refusal.Refused();
        http.Response.Headers.Location = $"{http.Request.Path}/{row.Id}";
        return await AnswerAsync(http, row, notes, StatusCodes.Status201Created);
    }

    private static async Task<IResult> UpdateAsync(string templateId, HttpContext http, CampaignWriter writer, GetTemplate get, UpdateTemplate update, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var actor = http.Actor();
        if (IdOf(templateId) is not { } id || !(await get.RunAsync(actor, id, ct)).TryGet(out var template, out _)) return new TemplateNotFound().Refused();
        var input = CampaignInput.Read(body, whole: false);
        var description = body.Text("description", CampaignTemplate.MaxDescription);
        NoDates(input, body);
        if (input.WorkspaceId is { } moved && moved != template.WorkspaceId) body.Wrong("workspaceId", "A template stays in its workspace. Write it anew in the other one.");
        var (spec, notes) = await writer.WriteAsync(actor, template.WorkspaceId, template.Spec, input, body, ct);
        if (body.Refusal() is { } wrong) return wrong;
        return (await update.RunAsync(actor, id, new(input.Name ?? template.Name, description ?? template.Description, spec), input.Version, ct)).TryGet(out var row, out var refusal)
            ? await AnswerAsync(http, row, notes)
            : refusal.Refused();
    }

    private static async Task<IResult> BeginAsync(string templateId, HttpContext http, CampaignWriter writer, FitTemplate fit, CreateCampaign create, CampaignView view, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http, optional: true);
        if (unreadable is not null) return unreadable;
        var actor = http.Actor();
        if (IdOf(templateId) is not { } id || !(await fit.RunAsync(actor, id, ct)).TryGet(out var draft, out _)) return new TemplateNotFound().Refused();
        var input = CampaignInput.Read(body, whole: false);
        if (input.WorkspaceId is { } other && other != draft.WorkspaceId) body.Wrong("workspaceId", "A template begins campaigns in its own workspace.");
        var (spec, notes) = await writer.WriteAsync(actor, draft.WorkspaceId, draft.Spec, input, body, ct);
        if (body.Refusal() is { } wrong) return wrong;

        if (!(await create.RunAsync(actor, draft.WorkspaceId, input.Name ?? draft.Name, spec, body.Raw?.GetRawText(), ct)).TryGet(out var campaign, out var refusal)) return refusal.Refused();
        http.Response.Headers.Location = $"/api/crm/ads/campaigns/{campaign.Id}";
        return await view.AnswerAsync(actor, campaign.Id, ct, StatusCodes.Status201Created, [.. draft.Notes, .. notes]);
    }

    private static void NoDates(CampaignInput input, Given body)
    {
        if (input.Schedule is { } schedule && (schedule.Start is not null || schedule.End is not null)) body.Wrong("schedule", "A template has no dates. Give them when a campaign is begun from it.");
    }

    private static async Task<IResult> ListAsync(HttpContext http, ListTemplates list, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var filter = new TemplateFilter(query.Id("workspaceId", "ws"), query.Text("search"), query.Whole("offset", 0, 0, 1_000_000), query.Whole("limit", 25, 1, 200));
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await list.RunAsync(http.Actor(), filter, ct)).TryGet(out var page, out var refusal)) return refusal.Refused();
        var (creatives, audiences) = await NamesAsync(http, page.Items);
        return CrmList<CrmTemplate>.Of(page, row => Of(row, creatives, audiences, [])).Answer(CrmJson.Shared.CrmListCrmTemplate);
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, TemplateRow row, IReadOnlyList<string> notes, int status = StatusCodes.Status200OK)
    {
        var (creatives, audiences) = await NamesAsync(http, [row]);
        return Of(row, creatives, audiences, notes).Answer(CrmJson.Shared.CrmTemplate, status);
    }

    private static async Task<(IReadOnlyDictionary<Guid, string> Creatives, IReadOnlyDictionary<Guid, string> Audiences)> NamesAsync(HttpContext http, IReadOnlyList<TemplateRow> rows) =>
        (await http.RequestServices.GetRequiredService<NameCreativesByKeys>().RunAsync(http.Actor(), [.. rows.SelectMany(r => r.Spec.CreativeIds).Distinct()], http.RequestAborted),
         await http.RequestServices.GetRequiredService<NameAudiencesByKeys>().RunAsync(http.Actor(), [.. rows.SelectMany(r => r.Spec.AudienceIds).Distinct()], http.RequestAborted));

    private static CrmTemplate Of(TemplateRow row, IReadOnlyDictionary<Guid, string> creatives, IReadOnlyDictionary<Guid, string> audiences, IReadOnlyList<string> notes)
    {
        var spec = row.Spec;
        return new(
            row.Id, row.WorkspaceId, row.Name, row.Description, CrmWords.ObjectiveWord(spec.Objective, null), [.. spec.Platforms.Select(p => p.Platform.CrmWire())], CampaignView.BudgetOf(spec),
            [.. spec.AudienceIds.Select(id => audiences.GetValueOrDefault(id) ?? id.ToString())], [.. spec.CreativeIds.Select(id => creatives.GetValueOrDefault(id) ?? id.ToString())], CampaignView.TargetingOf(spec),
            spec.SpecialAdCategories, spec.SpecialAdCountries, row.CreatedByName, row.CreatedAt.UtcDateTime, row.UpdatedAt.UtcDateTime, row.Version, notes);
    }
}
