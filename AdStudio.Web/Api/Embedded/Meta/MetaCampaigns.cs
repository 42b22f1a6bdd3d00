using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded.Meta;

/// <summary>Campaigns made on Meta in one call, and switched on and off.</summary>
internal static class MetaCampaigns
{
    private static readonly Dictionary<string, bool> Statuses = new() { ["active"] = true, ["paused"] = false };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    public static void Map(RouteGroupBuilder meta)
    {
        foreach (var creator in MetaCreator.All)
            meta.MapPost("/campaign/" + creator.Path, (HttpContext http, string teamId, EmbeddedScope scope, MetaCampaignWriter writer, PublishCampaign publish, StudioAddress address, TimeProvider time, CancellationToken ct) => CreateAsync(http, teamId, creator, scope, writer, publish, address, time, ct))
                .Operation(creator.Summary, creator.Description + " Campaign, ad set and ad stand on Meta when this answers 201, paused unless `status` is ACTIVE. What Meta refuses is answered with its words, and the campaign stays in the studio. Where the account's authority is draft, 202: a person decides first. For managers of the account.", ApiScopes.WriteCampaigns)
                .OfAccount().Idempotent<Campaign>(AgainAsync).Takes<MetaCampaignRequest>(creator.Example).Gives<Envelope<MetaCampaignMade>>(StatusCodes.Status201Created).Gives<Envelope<MetaCampaignWaits>>(StatusCodes.Status202Accepted);

        meta.MapPatch("/campaign/{campaignId}", ChangeStatusAsync)
            .Operation("Switch a campaign on or off", "By Meta's id or ours; waits for Meta. Switching on what was made paused switches on its ad set and ad as well. For managers of the account.", ApiScopes.WriteCampaigns)
            .OfAccount().Takes<MetaStatusRequest>("""{"status":"PAUSED"}""").Gives<Envelope<MetaStatusChanged>>();
    }

    private static async Task<IResult> CreateAsync(HttpContext http, string teamId, MetaCreator creator, EmbeddedScope scope, MetaCampaignWriter writer, PublishCampaign publish, StudioAddress address, TimeProvider time, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var input = MetaCampaignInput.Read(body, creator);
        if (!(await scope.AccountAsync(http, teamId, Platform.Meta, AccountAccess.Manager, ct)).TryGet(out var account, out var refusal)) return refusal.Refused();
        if (body.Refusal() is { } wrong) return wrong;
        if (!(await writer.WriteAsync(http.Actor(), account, creator, input, body, time.GetUtcNow(), ct)).TryGet(out var spec, out refusal)) return refusal.Refused();
        if (body.Refusal() is { } unusable) return unusable;

        var image = input.ImageUrl.StartsWith('/') && !input.ImageUrl.StartsWith("//", StringComparison.Ordinal) ? address.Of(input.ImageUrl) : input.ImageUrl;
        return Answer(await publish.RunAsync(http.Actor(), account.WorkspaceId, new(input.Name, spec, input.Creative, image, body.Raw!.Value.GetRawText()), ct), isVideo: input.Details.VideoId is not null);
    }

    /// <summary>The request was carried out and its answer lost, or given up: what it made is waited for, and launched if that was not reached.</summary>
    private static async Task<IResult> AgainAsync(HttpContext http, Guid campaignId) =>
        Answer(await http.RequestServices.GetRequiredService<FinishPublishingCampaign>().RunAsync(http.Actor(), campaignId, http.RequestAborted), isVideo: false);

    private static IResult Answer(Result<Published> result, bool isVideo) =>
        !result.TryGet(out var published, out var refusal) ? Named(refusal, isVideo).Refused()
        : published.ApprovalId is { } approval ? new EmbeddedAnswer<MetaCampaignWaits>(new(PublicId.Of("cmp", published.There.CampaignId), approval.ToString(), published.VerdictId is { } verdict ? PublicId.Of(Verdict.Prefix, verdict) : null),
            MetaCampaignJson.Shared.EnvelopeMetaCampaignWaits, StatusCodes.Status202Accepted, "Waiting for approval")
        : new MetaCampaignMade(published.There.ExternalId ?? "", published.There.AdSetId ?? "", published.There.AdId ?? "").Created(MetaCampaignJson.Shared.EnvelopeMetaCampaignMade);

    private static async Task<IResult> ChangeStatusAsync(HttpContext http, string teamId, string campaignId, EmbeddedScope scope, FindCampaignOnAccount find, ResumeCampaign resume, PauseCampaign pause, AwaitWork wait, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var on = body.Word("status", Statuses, required: true);
        if (!(await scope.AccountAsync(http, teamId, Platform.Meta, AccountAccess.Manager, ct)).TryGet(out var account, out var refusal)) return refusal.Refused();
        if (body.Refusal() is { } wrong) return wrong;

        var actor = http.Actor();
        if (campaignId.Length > 64) return new CampaignNotOnAccount().Refused();
        if (!(await find.RunAsync(actor, account.Id, campaignId, ct)).TryGet(out var id, out refusal)) return refusal.Refused();
        var begun = on!.Value ? await resume.RunAsync(actor, id, ct) : await pause.RunAsync(actor, id, ct);
        // What stands so already is as it was asked to be.
        if (begun.Refusal is { } whyNot and not (CampaignNotPaused or CampaignNotRunning)) return whyNot.Refused();
        if (begun is { IsDone: true, Value.Waits: true }) return new StatusWaitsForApproval().Refused();
        if (!(await wait.RunAsync(actor, id, Platform.Meta, Patience, ct)).TryGet(out var there, out refusal)) return refusal.Refused();
        if (begun.Refusal is { } neither && there.Status != (on.Value ? PlatformStatus.Active : PlatformStatus.Paused) && !(on.Value && there.Status == PlatformStatus.InReview)) return neither.Refused();
        if (there.IsAtWork) return new StillPublishing(there, Platform.Meta).Refused();
        return there.Failed ? new UnavailableError($"Meta answered: {there.Words}").Refused() : new MetaStatusChanged(there.ExternalId ?? campaignId, on.Value ? "ACTIVE" : "PAUSED").Enveloped(MetaCampaignJson.Shared.EnvelopeMetaStatusChanged);
    }

    /// <summary>What is wrong with a campaign, under the names that the body has for it.</summary>
    private static Refusal Named(Refusal refusal, bool isVideo)
    {
        if (refusal is not InvalidError { Fields.Count: > 0 } wrong) return refusal;
        return new InvalidError(wrong.Message, [.. wrong.Fields.Select(f => new FieldProblem(FieldOf(f.Field, isVideo), f.Message)).Distinct()]);
    }

    private static string FieldOf(string field, bool isVideo)
    {
        var image = isVideo ? "creatives.thumbnailUrl" : "creatives.imageUrl";
        var last = field[(field.LastIndexOf('.') + 1)..];
        return field switch
        {
            "name" => "campaignName",
            "image" => image,
            "specialAdCountries" => "specialAdCountry",
            "schedule.startAt" => "startDate",
            "schedule.endAt" => "endDate",
            "audience.ages" => "targeting.ageMin",
            "audience.places" => "targeting.geoLocations",
            _ when field.StartsWith("budget", StringComparison.Ordinal) || last == "budget" => "budget",
            _ when field.StartsWith("audience.", StringComparison.Ordinal) => "targeting",
            _ when field.StartsWith("audienceIds", StringComparison.Ordinal) => "audienceId",
            _ when field.StartsWith("platforms", StringComparison.Ordinal) => last switch { "instagramId" => "instagramActorId", "pageId" or "pixelId" or "appId" or "leadFormId" => last, _ => "adAccountId" },
            _ when field.StartsWith("creativeIds", StringComparison.Ordinal) || field is "linkUrl" or "headline" or "primaryText" or "description" or "callToAction" or "assetIds" =>
                last switch { "linkUrl" => "creatives.url", "headline" or "primaryText" or "description" or "callToAction" => "creatives." + last, _ => image },
            _ => field,
        };
    }
}

internal sealed record StatusWaitsForApproval() : ConflictError("Nothing was sent yet: a person decides on it in the studio first.");
