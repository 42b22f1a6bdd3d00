using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Instant forms of a page and what people send with them. A page is spoken for with its own token, which is asked for each time and kept nowhere.</summary>
internal sealed class MetaLeads(MetaApi api) : ICollectsLeads
{
    private const string FormFields = "id,name,status,locale,leads_count,created_time", LeadFields = "id,created_time,form_id,ad_id,adset_id,campaign_id,is_organic,field_data";

    public Platform Platform => Platform.Meta;

    /// <summary>POST /{page}/leadgen_forms (Page.json).</summary>
    public async Task<Result<string>> CreateFormAsync(PlatformAccess access, string pageId, string name, LeadFormContent form, CancellationToken ct)
    {
        if (!(await AsPageAsync(access, pageId, ct)).TryGet(out var page, out var refusal)) return Result<string>.Refused(refusal);
        var answer = await api.PostAsync(page, $"{pageId}/leadgen_forms", MetaFromMemory.FormOf(name, form), CallKind.Create, ct);
        if (!answer.TryGet(out var made, out refusal)) return Result<string>.Refused(refusal);
        return made["id"]?.ToString() is { Length: > 0 } id ? id : new PlatformFailure(Platform.Meta, PlatformFailureKind.UnknownOutcome, "Meta answered without an id.");
    }

    public async Task<Result<string?>> FindFormAsync(PlatformAccess access, string pageId, string marker, CancellationToken ct)
    {
        var list = await FormsAsync(access, pageId, "id,name", ct);
        return list.TryGet(out var forms, out var refusal) ? Result<string?>.Of(forms.FirstOrDefault(f => PlanWords.Carries(f["name"]?.ToString(), marker))?["id"]?.ToString()) : Result<string?>.Refused(refusal);
    }

    public async Task<Result<IReadOnlyList<PlatformLeadForm>>> ListFormsAsync(PlatformAccess access, string pageId, CancellationToken ct)
    {
        var list = await FormsAsync(access, pageId, FormFields, ct);
        if (!list.TryGet(out var forms, out var refusal)) return Result<IReadOnlyList<PlatformLeadForm>>.Refused(refusal);
        return Result<IReadOnlyList<PlatformLeadForm>>.Of([.. forms.Select(f => new PlatformLeadForm(f["id"]!.ToString(), f["name"]?.ToString() ?? "", f["status"]?.ToString() ?? "", f["locale"]?.ToString(),
            long.TryParse(f["leads_count"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var leads) ? leads : null, MetaStructure.Time(f["created_time"])))]);
    }

    /// <summary>POST /{form} status=ARCHIVED (LeadgenForm.json).</summary>
    public async Task<Result<bool>> ArchiveFormAsync(PlatformAccess access, string pageId, string formId, CancellationToken ct)
    {
        if (!(await AsPageAsync(access, pageId, ct)).TryGet(out var page, out var refusal)) return Result<bool>.Refused(refusal);
        return Done(await api.PostAsync(page, formId, new() { ["status"] = "ARCHIVED" }, CallKind.Repeatable, ct));
    }

    /// <summary>GET /{form}/leads (LeadgenForm.json), page by page.</summary>
    public async IAsyncEnumerable<Result<PlatformLead>> ReadLeadsAsync(PlatformAccess access, string pageId, string formId, DateTimeOffset since, [EnumeratorCancellation] CancellationToken ct)
    {
        var asPage = await AsPageAsync(access, pageId, ct);
        if (!asPage.TryGet(out var page, out var refusal))
        {
            yield return Result<PlatformLead>.Refused(refusal);
            yield break;
        }
        var list = await api.ListAsync(page, $"{formId}/leads", [("fields", LeadFields), ("filtering", MetaFromMemory.LeadsSince(since)), ("limit", "100")], ct);
        if (!list.TryGet(out var leads, out refusal))
        {
            yield return Result<PlatformLead>.Refused(refusal);
            yield break;
        }
        foreach (var lead in leads.Select(l => Lead(l, formId)).OrderByDescending(l => l.CreatedAt)) yield return lead;
    }

    public async Task<Result<PlatformLead>> ReadLeadAsync(PlatformAccess access, string pageId, string leadId, CancellationToken ct)
    {
        if (!(await AsPageAsync(access, pageId, ct)).TryGet(out var page, out var refusal)) return Result<PlatformLead>.Refused(refusal);
        var answer = await api.GetAsync(page, leadId, [("fields", LeadFields)], ct);
        return answer.TryGet(out var lead, out refusal) ? Lead(lead.AsObject(), "") : Result<PlatformLead>.Refused(refusal);
    }

    /// <summary>POST /{page}/subscribed_apps (Page.json).</summary>
    public async Task<Result<bool>> SubscribeAsync(PlatformAccess access, string pageId, CancellationToken ct)
    {
        if (!(await AsPageAsync(access, pageId, ct)).TryGet(out var page, out var refusal)) return Result<bool>.Refused(refusal);
        return Done(await api.PostAsync(page, $"{pageId}/subscribed_apps", new() { ["subscribed_fields"] = new JsonArray("leadgen") }, CallKind.Repeatable, ct));
    }

    private async Task<Result<IReadOnlyList<JsonObject>>> FormsAsync(PlatformAccess access, string pageId, string fields, CancellationToken ct)
    {
        if (!(await AsPageAsync(access, pageId, ct)).TryGet(out var page, out var refusal)) return Result<IReadOnlyList<JsonObject>>.Refused(refusal);
        return await api.ListAsync(page, $"{pageId}/leadgen_forms", [("fields", fields), ("limit", "100")], ct);
    }

    /// <summary>GET /me/accounts gives the token of each page that the person may speak for.</summary>
    private async Task<Result<PlatformAccess>> AsPageAsync(PlatformAccess access, string pageId, CancellationToken ct)
    {
        var list = await api.ListAsync(access, "me/accounts", [("fields", "id,access_token"), ("limit", "100")], ct);
        if (!list.TryGet(out var pages, out var refusal)) return Result<PlatformAccess>.Refused(refusal);
        return pages.FirstOrDefault(p => p["id"]?.ToString() == pageId)?["access_token"]?.ToString() is { Length: > 0 } token
            ? access with { AccessToken = token }
            : new PlatformFailure(Platform.Meta, PlatformFailureKind.MissingPermission, "Whoever connected Meta may not speak for this page. Reconnect and choose the page as well.");
    }

    private static Result<bool> Done(Result<JsonNode> answer) => answer.IsDone ? true : Result<bool>.Refused(answer.Refusal);

    private static PlatformLead Lead(JsonObject lead, string formId) => new(lead["id"]!.ToString(), lead["form_id"]?.ToString() ?? formId, MetaStructure.Time(lead["created_time"]) ?? DateTimeOffset.UnixEpoch,
        [.. (lead["field_data"] as JsonArray ?? []).OfType<JsonObject>().Select(f => KeyValuePair.Create(f["name"]?.ToString() ?? "", string.Join(", ", (f["values"] as JsonArray ?? []).Select(v => v?.ToString()))))])
    {
        CampaignId = lead["campaign_id"]?.ToString(), AdSetId = lead["adset_id"]?.ToString(), AdId = lead["ad_id"]?.ToString(), IsOrganic = lead["is_organic"]?.ToString() == "true",
    };
}
