using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Advertising;

/// <summary>Campaigns: listed, read, created, changed.</summary>
internal static class AdvertisingCampaignEndpoints
{
    private const string CreateExample = """
        {"campaignName":"Traidores out now","campaign_type":"record_streams","goal":"increase_record_streams","campaign_platforms":["fb"],"budget":550,"startDate":"2026-12-01T05:00:00.000Z","endDate":"2026-12-20T15:00:00.000Z",
         "assets":{"all":[{"url":"/sandbox/assets/sample-1200x628.jpg","name":"sunflower.jpg","type":"image","formatType":"feed"}]},"captions":{"all":"Traidores out now on all streaming services"},
         "record":{"name":"Traidores","slug":"traidores","type":"record","record_url":"https://open.spotify.com/track/7teUTYcXcZykRKN3Cve0L4","external_ids":{"isrc":"QZFZ32084517"}},
         "targetedCountries":[{"name":"High Engagement Markets","budget":1,"locations":[{"type":"country","label":"Germany","value":"DE"},{"type":"country","label":"United States of America","value":"US"}]}],
         "targetingDemographics":{"age":{"min":18,"max":28},"gender":"All"},"status":"DRAFT"}
        """;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/campaign", ListAsync).Operation("List campaigns", "The newest first; of all your brands, or of the one that `x-brand-id` names.", ApiScopes.ReadCampaigns)
            .Query("status", "DRAFT, SCHEDULED, SUBMITTED, IN_REVIEW, ACTIVE, PAUSED, COMPLETED, FAILED or REJECTED. Several with commas.", QueryKind.Words).Query("campaign_type", "Only of this kind: record_streams, boost_instagram, link_clicks … Also `type`.")
            .Query("date.between.start", "Only those that start on this day (UTC) or later.", QueryKind.Day).Query("date.between.end", "Only those that end on this day (UTC) or earlier.", QueryKind.Day)
            .Query("budget.between.start", "Only with at least this budget, in whole units.").Query("budget.between.end", "Only with at most this budget, in whole units.")
            .Query("limit", "How many at most, 1 to 200; 10 without it.", QueryKind.Whole).Query("offset", "How many to skip. `ofsset` is understood.", QueryKind.Whole).Query("after", "Only what comes after the campaign of this id: `after` of the page before.", QueryKind.Whole)
            .Gives<Answered<AdvertisingCampaigns>>();
        group.MapGet("/campaign/{id}", async (string id, HttpContext http, BrandScope scopes, AdvertisingView view, CancellationToken ct) =>
                (await scopes.CampaignAsync(http, id, ct)).TryGet(out var campaign, out var refusal) ? await AnswerAsync(http, view, campaign, null, ct) : refusal.Refused())
            .Operation("Read a campaign", "As it was given (`campaign_input`), as it was resolved (`campaign_state`), and as it stands on the platforms (`platform_details`).", ApiScopes.ReadCampaigns).Gives<Answered<AdvertisingCampaign>>();
        group.MapPost("/campaign", CreateAsync)
            .Operation("Create a campaign", "Checks it, keeps it, and hands it to the platforms: it is SUBMITTED, then IN_REVIEW, then PAUSED until it is resumed, or ACTIVE when `status` asks for that. `status` DRAFT only keeps it. Each country group becomes a campaign of its own on each platform, with its part of the budget. Without an ad account the brand's own pays. Files are fetched from their addresses at once.", ApiScopes.WriteCampaigns)
            .Takes<AdvertisingCampaignRequest>(CreateExample).Gives<Answered<AdvertisingCampaign>>(StatusCodes.Status201Created)
            .Idempotent<Campaign>(async (http, id) => await AnswerAsync(http, http.RequestServices.GetRequiredService<AdvertisingView>(), id, null, http.RequestAborted, StatusCodes.Status201Created));
        foreach (var verb in new[] { HttpMethods.Put, HttpMethods.Patch })
            group.MapMethods("/campaign/{id}", [verb], UpdateAsync)
                .Operation("Change a campaign", "What is left out stays. Once it is launched, name, budget, dates, targeting and creatives can change, as far as each platform allows; `status_notes` says what is under way and what a platform keeps. `status` alone pauses (PAUSED) or resumes (ACTIVE).", ApiScopes.WriteCampaigns)
                .Takes<AdvertisingCampaignRequest>("""{"budget":600,"endDate":"2026-12-24T15:00:00.000Z"}""").Gives<Answered<AdvertisingCampaign>>();
    }

    public static async Task<IResult> AnswerAsync(HttpContext http, AdvertisingView view, Guid id, string? note, CancellationToken ct, int status = StatusCodes.Status200OK) =>
        (await view.ReadAsync(http.Actor(), id, note, ct)).TryGet(out var campaign, out var refusal) ? campaign.Answered(AdvertisingJson.Shared.AnsweredAdvertisingCampaign, status) : refusal.Refused();

    private static async Task<IResult> ListAsync(HttpContext http, BrandScope scopes, ListCampaigns list, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var type = (query.Text("campaign_type", 64) ?? query.Text("type", 64))?.Trim().ToLowerInvariant();
        List<CampaignStatus> statuses = [];
        foreach (var word in query.Many("status"))
            if (AdvertisingWords.Statuses.TryGetValue(word.ToLowerInvariant(), out var meant)) statuses.AddRange(meant);
            else query.Problems.Add(new("status", $"status should be one of {string.Join(", ", AdvertisingWords.Statuses.Keys.Select(k => k.ToUpperInvariant()))}"));
        var limit = query.Whole("limit", 10, 1, ListCampaigns.MaxLimit);
        var after = query.Text("after") is null ? (int?)null : query.Whole("after", 0, 0, int.MaxValue);
        var filter = new CampaignFilter
        {
            Statuses = [.. statuses.Distinct()],
            GivenType = type is null ? null : AdvertisingWords.Kind(type),
            OrObjective = type is null ? null : Enum.GetValues<Core.Platforms.Objective>().Cast<Core.Platforms.Objective?>().FirstOrDefault(o => AdvertisingWords.TypeOf(null, o) == type),
            StartsFrom = DayOf(query, "date.between.start"),
            EndsBy = DayOf(query, "date.between.end"),
            BudgetFromMicros = MicrosOf(query, "budget.between.start"),
            BudgetToMicros = MicrosOf(query, "budget.between.end"),
            Sort = CampaignSort.Number,
            Limit = limit,
            Offset = query.Text("offset") is null ? query.Whole("ofsset", 0, 0, 1_000_000) : query.Whole("offset", 0, 0, 1_000_000),
            AfterNumber = after,
        };
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await scopes.ReadAsync(http, ct)).TryGet(out var scope, out var refusal)) return refusal.Refused();
        if (!(await list.RunAsync(http.Actor(), filter with { WorkspaceId = scope.Id }, ct)).TryGet(out var page, out refusal)) return refusal.Refused();
        var last = page.Items.Count == limit ? page.Items[^1].Number : (int?)null;
        return new AdvertisingCampaigns([.. page.Items.Select(row => AdvertisingView.Row(row, scope.Numbers))], page.Total, page.TotalPages, last).Answered(AdvertisingJson.Shared.AnsweredAdvertisingCampaigns);
    }

    private static DateOnly? DayOf(GivenQuery query, string name)
    {
        if (query.Text(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2100) return day;
        query.Problems.Add(new(name, $"{name} should be a day such as 2026-11-24"));
        return null;
    }

    private static long? MicrosOf(GivenQuery query, string name)
    {
        if (query.Text(name) is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) && units <= 1_000_000_000) return (long)(units * Money.MicrosPerUnit);
        query.Problems.Add(new(name, $"{name} should be an amount such as 550"));
        return null;
    }

    private static async Task<IResult> CreateAsync(HttpContext http, BrandScope scopes, AdvertisingWriter writer, CheckSpec check, CreateCampaign create, LaunchCampaign launch, DeleteCampaign delete, AdvertisingView view, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var actor = http.Actor();
        var input = AdvertisingInput.Read(body, whole: true);
        if (!(await scopes.ReadAsync(http, ct)).TryGet(out var scope, out var refusal)) return refusal.Refused();
        if ((scope.Id ?? (input.Brand is { } named ? scope.Of(named) : scope.Numbers.OrderBy(n => n.Value).Select(n => (Guid?)n.Key).FirstOrDefault())) is not { } brand) return new BrandNotFound().Refused();
        if (body.Refusal() is { } early) return early;

        var isDraft = input.Status == "DRAFT";
        var written = await writer.WriteAsync(actor, brand, new CampaignSpec { StartsPaused = input.Status != "ACTIVE" }, input, LinkOf(input.Content), body, ct);
        if (body.Refusal() is { } wrong) return wrong;
        if ((isDraft ? null : await ProblemsAsync(check, actor, brand, input.Name!, written.Spec, ct)) is { } notReady) return await TakenBackAsync(notReady);

        var created = await create.RunAsync(actor, brand, input.Name!, written.Spec, input.Kept.ToJsonString(), ct, new GivenCampaign { Type = input.Type, Content = input.Content });
        if (!created.TryGet(out var campaign, out refusal)) return await TakenBackAsync(refusal);
        string? note = null;
        if (!isDraft)
        {
            if (!(await launch.RunAsync(actor, campaign.Id, ct)).TryGet(out var work, out refusal))
            {
                await delete.RunAsync(actor, campaign.Id, ct);
                return await TakenBackAsync(refusal);
            }
            note = WaitsFor(work);
        }
        http.Response.Headers.Location = $"{http.Request.Path}/{campaign.Number}";
        return await AnswerAsync(http, view, campaign.Id, note, ct, StatusCodes.Status201Created);

        async Task<IResult> TakenBackAsync(Refusal why)
        {
            await writer.DropAsync(actor, written.Made, ct);
            return why.Refused();
        }
    }

    /// <summary>Where the brand's authority is draft, nothing is sent before somebody accepts it.</summary>
    public static string? WaitsFor(WorkStarted work) => work.ApprovalId is null ? null : "Nothing was sent yet: it waits until somebody accepts it under Approvals.";

    /// <summary>What would keep it from being launched; nothing is made while there is something.</summary>
    private static async Task<Refusal?> ProblemsAsync(CheckSpec check, Actor actor, Guid brand, string name, CampaignSpec spec, CancellationToken ct)
    {
        if (!(await check.RunAsync(actor, brand, name, spec, ct)).TryGet(out var findings, out var refusal)) return refusal;
        var problems = findings.Where(f => f.Severity == FindingSeverity.Blocks || (f.Severity == FindingSeverity.LeavesOut && spec.Platforms.Count == 1)).Select(f => new FieldProblem(f.Field, f.Message)).Distinct().ToList();
        return problems.Count > 0 ? new CampaignNotReady(problems) : null;
    }

    private static string? LinkOf(PromotedContent? content) => content?.ExternalLinks.Select(l => l.Url).FirstOrDefault();

    private static async Task<IResult> UpdateAsync(
        string id, HttpContext http, BrandScope scopes, AdvertisingWriter writer, GetCampaign get, UpdateCampaign update, EditCampaign edit, KeepGivenCampaign keep, PauseCampaign pause, ResumeCampaign resume, AdvertisingView view, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var actor = http.Actor();
        if (!(await scopes.CampaignAsync(http, id, ct)).TryGet(out var campaignId, out var refusal) || !(await get.RunAsync(actor, campaignId, ct)).TryGet(out var campaign, out refusal)) return refusal.Refused();

        var input = AdvertisingInput.Read(body, whole: false);
        var isLaunched = campaign.Platforms.Any(p => p.ExternalId is not null && p.LaunchedAt is not null) && !campaign.IsRewritable();
        if (input.Status is { } status && isLaunched && input.Kept.Count > 1) body.Wrong("status", "Send status alone, or use pause and resume.");
        if (body.Refusal() is { } early) return early;
        if (input.Status is { } switched && isLaunched)
        {
            if (switched == "DRAFT") return new CampaignAlreadyLaunched(campaign.Name).Refused();
            var started = switched == "ACTIVE" ? await resume.RunAsync(actor, campaignId, ct) : await pause.RunAsync(actor, campaignId, ct);
            return started.TryGet(out var switching, out refusal) ? await AnswerAsync(http, view, campaignId, WaitsFor(switching), ct) : refusal.Refused();
        }

        var name = input.Name ?? campaign.Name;
        var before = input.Status is null ? campaign.Spec : campaign.Spec with { StartsPaused = input.Status != "ACTIVE" };
        var written = await writer.WriteAsync(actor, campaign.WorkspaceId, before, input, LinkOf(input.Content ?? campaign.Content), body, ct);
        if (body.Refusal() is { } wrong) return wrong;

        string? note = null;
        if (isLaunched && !campaign.IsWritten(name, written.Spec))
        {
            if (!(await edit.RunAsync(actor, campaignId, name, written.Spec, null, ct)).TryGet(out var work, out refusal)) return await TakenBackAsync(refusal);
            note = WaitsFor(work) ?? string.Join(" ", work.Platforms.Where(p => p.WhyNot is not null).Select(p => $"{p.Platform.Label()}: {p.WhyNot!.Message}"));
        }
        else if (!isLaunched && (await update.RunAsync(actor, campaignId, name, written.Spec, campaign.IsRewritable() ? campaign.Version : null, ct)).Refusal is { } notSaved) return await TakenBackAsync(notSaved);

        var kept = GivenJson.Merged(campaign.Input is null ? null : JsonNode.Parse(campaign.Input) as JsonObject, input.Kept).ToJsonString();
        if ((await keep.RunAsync(actor, campaignId, kept, new GivenCampaign { Type = input.Type, Content = input.Content }, ct)).Refusal is { } notKept) return notKept.Refused();
        return await AnswerAsync(http, view, campaignId, string.IsNullOrEmpty(note) ? null : note, ct);

        async Task<IResult> TakenBackAsync(Refusal why)
        {
            await writer.DropAsync(actor, written.Made, ct);
            return why.Refused();
        }
    }
}
