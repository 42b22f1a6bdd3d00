using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Crm;

/// <summary>Campaigns: written, listed, changed, deleted.</summary>
internal static class CrmCampaigns
{
    public const string BlackFriday = """
        {"name":"Black Friday 2026","objective":"conversions","platforms":["facebook","google","tiktok"],"budget":{"type":"daily","amount":250,"currency":"USD"},"audienceIds":["aud-vip","aud-cart-abandoned"],"creativeIds":["cre-bf-video-1","cre-bf-static-1"],"schedule":{"startAt":"2026-11-24T00:00:00Z","endAt":"2026-11-30T23:59:59Z"}}
        """;

    private static readonly Dictionary<string, CampaignSort> Sorts = new()
    {
        ["updated"] = CampaignSort.Changed, ["name"] = CampaignSort.Name, ["status"] = CampaignSort.Status, ["budget"] = CampaignSort.Budget, ["number"] = CampaignSort.Number,
    };

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/campaigns", CreateAsync)
            .Operation("Write a campaign", "Begins a draft; nothing is sent to a platform before its launch. Without `accounts` the workspace's own are chosen, and `notes` says which.", ApiScopes.WriteCampaigns)
            .Idempotent<Campaign>(AgainAsync).Takes<CrmCampaignRequest>(BlackFriday).Gives<CrmCampaign>(StatusCodes.Status201Created);
        group.MapGet("/campaigns", ListAsync).Operation("List campaigns", "Those that the caller may see, the last changed first.", ApiScopes.ReadCampaigns)
            .Query("workspaceId", "Only this workspace.", QueryKind.Id).Query("status", "Only these statuses. Several with commas.", QueryKind.Words).Query("platforms", "Only on these platforms. Several with commas.", QueryKind.Words)
            .Query("objective", "Only with this objective.").Query("search", "Words of the name, or a number.").Query("sort", "updated, name, status, budget or number; with - before it downwards.").Paged()
            .Gives<CrmList<CrmCampaign>>();
        group.MapGet("/campaigns/{campaignId}", ReadAsync)
            .Operation("Read a campaign", "With how it stands on each platform.", ApiScopes.ReadCampaigns).Gives<CrmCampaign>();
        group.MapPut("/campaigns/{campaignId}", UpdateAsync)
            .Operation("Change a campaign", "What is left out stays. Once it is launched, name, budget, dates, targeting and creatives can change, as far as each platform allows; `notes` says what is under way and what a platform keeps.", ApiScopes.WriteCampaigns)
            .Takes<CrmCampaignChange>("""{"name":"Black Friday and Cyber Monday","version":1}""").Gives<CrmCampaign>();
        group.MapDelete("/campaigns/{campaignId}", async (string campaignId, HttpContext http, DeleteCampaign delete, CancellationToken ct) =>
                IdOf(campaignId) is not { } id ? new CampaignNotFound().Refused() : (await delete.RunAsync(http.Actor(), id, ct)).Refusal is { } refusal ? refusal.Refused() : Results.NoContent())
            .Operation("Delete a campaign", "Not while it runs. Its numbers stay.", ApiScopes.WriteCampaigns).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>A campaign that was made already.</summary>
    public static Task<IResult> AgainAsync(HttpContext http, Guid id)
    {
        http.Response.Headers.Location = $"/api/crm/ads/campaigns/{id}";
        return http.RequestServices.GetRequiredService<CampaignView>().AnswerAsync(http.Actor(), id, http.RequestAborted, StatusCodes.Status201Created);
    }

    /// <summary>The uuid, or the public form of it.</summary>
    public static Guid? IdOf(string text) => PublicId.TryParse("cmp", text, out var id) ? id : null;

    /// <summary>Programs that watch a launch ask again and again: what was answered stands for a second.</summary>
    private static ValueTask<IResult> ReadAsync(string campaignId, HttpContext http, KeptAnswers kept)
    {
        if (IdOf(campaignId) is not { } id) return ValueTask.FromResult(new CampaignNotFound().Refused());
        var caller = http.Actor().Id;
        return kept.Find(caller, id) is { } answer ? ValueTask.FromResult<IResult>(new KeptAnswer(answer)) : AnewAsync();

        async ValueTask<IResult> AnewAsync()
        {
            var generation = kept.Generation;
            var read = await http.RequestServices.GetRequiredService<CampaignView>().ReadAsync(http.Actor(), id, null, http.RequestAborted);
            if (!read.TryGet(out var campaign, out var refusal)) return refusal.Refused();
            return new KeptAnswer(kept.Keep(caller, id, generation, JsonSerializer.SerializeToUtf8Bytes(campaign, CrmJson.Shared.CrmCampaign)));
        }
    }

    private static async Task<IResult> CreateAsync(HttpContext http, CampaignWriter writer, CreateCampaign create, CampaignView view, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var actor = http.Actor();
        var input = CampaignInput.Read(body, whole: true);
        if (await writer.WorkspaceAsync(actor, input.WorkspaceId, body, ct) is not { } workspace) return body.Refusal()!;
        var (spec, notes) = await writer.WriteAsync(actor, workspace, new CampaignSpec(), input, body, ct);
        if (body.Refusal() is { } wrong) return wrong;

        var created = await create.RunAsync(actor, workspace, input.Name!, spec, body.Raw?.GetRawText(), ct);
        if (!created.TryGet(out var campaign, out var refusal)) return refusal.Refused();
        http.Response.Headers.Location = $"{http.Request.Path}/{campaign.Id}";
        return await view.AnswerAsync(actor, campaign.Id, ct, StatusCodes.Status201Created, notes);
    }

    private static async Task<IResult> UpdateAsync(string campaignId, HttpContext http, CampaignWriter writer, GetCampaign get, UpdateCampaign update, EditCampaign edit, CampaignView view, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var actor = http.Actor();
        if (IdOf(campaignId) is not { } id) return new CampaignNotFound().Refused();
        if (!(await get.RunAsync(actor, id, ct)).TryGet(out var campaign, out var refusal)) return refusal.Refused();

        var input = CampaignInput.Read(body, whole: false);
        if (input.WorkspaceId is { } moved && moved != campaign.WorkspaceId) body.Wrong("workspaceId", "A campaign stays in its workspace. Write it anew in the other one.");
        var (spec, notes) = await writer.WriteAsync(actor, campaign.WorkspaceId, campaign.Spec, input, body, ct);
        if (body.Refusal() is { } wrong) return wrong;

        if (campaign.Platforms.Any(p => p.ExternalId is not null && p.LaunchedAt is not null) && !campaign.IsRewritable() && !campaign.IsWritten(input.Name ?? campaign.Name, spec))
        {
            if (input.Version is { } read && read != campaign.Version) return new Core.Operations.ChangedMeanwhile(campaign.Name).Refused();
            var started = await edit.RunAsync(actor, id, input.Name ?? campaign.Name, spec, null, ct);
            return started.TryGet(out var work, out refusal) ? await view.AnswerAsync(actor, id, ct, notes: [.. notes, .. NotesOf(work)]) : refusal.Refused();
        }

        // Without a version of the caller's, what was just read is what is changed: a save by somebody else in between is not written over.
        var version = input.Version ?? (campaign.IsRewritable() ? campaign.Version : null);
        var updated = await update.RunAsync(actor, id, input.Name ?? campaign.Name, spec, version, ct, input.Objective is null ? null : body.Raw?.GetRawText());
        return updated.Refusal is { } why ? why.Refused() : await view.AnswerAsync(actor, id, ct, notes: notes);
    }

    private static IEnumerable<string> NotesOf(WorkStarted work)
    {
        if (work.ApprovalId is { } approval)
        {
            yield return CrmLifecycle.Waiting(approval);
            yield break;
        }
        var going = work.Platforms.Where(p => p.WhyNot is null).Select(p => CountryGroups.Label(p.Platform, p.GroupName)).ToList();
        if (going.Count > 0) yield return $"The change is being made on {Words.List(going)}; platformStatus says when it is done.";
        foreach (var kept in work.Platforms.Where(p => p.WhyNot is not null)) yield return $"{CountryGroups.Label(kept.Platform, kept.GroupName)}: {kept.WhyNot!.Message}";
    }

    private static async Task<IResult> ListAsync(HttpContext http, ListCampaigns list, CampaignView view, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var sort = query.Text("sort");
        var known = Sorts.TryGetValue(sort?.TrimStart('-').ToLowerInvariant() ?? "updated", out var by);
        if (!known) query.Problems.Add(new("sort", $"sort should be one of {string.Join(", ", Sorts.Keys)}, with - before it for downwards"));
        var filter = new CampaignFilter
        {
            WorkspaceId = query.Id("workspaceId", "ws"),
            Search = query.Text("search"),
            Statuses = query.Words("status", CrmWords.Statuses),
            Platforms = query.Platforms(),
            Objective = query.Word("objective", CrmWords.Objectives),
            Sort = by,
            Descending = sort is null || sort.StartsWith('-'),
            Offset = query.Whole("offset", 0, 0, 1_000_000),
            Limit = query.Whole("limit", 25, 1, ListCampaigns.MaxLimit),
        };
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await list.RunAsync(http.Actor(), filter, ct)).TryGet(out var page, out var refusal)) return refusal.Refused();
        return (await view.ListAsync(http.Actor(), page, ct)).Answer(CrmJson.Shared.CrmListCrmCampaign);
    }
}
