using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Carries out the steps of a plan on Meta, and finds what a step made when nobody heard the answer.</summary>
internal sealed class MetaPublishing(MetaApi api, IServiceScopeFactory scopes) : IPublishes
{
    public Platform Platform => Platform.Meta;

    public LaunchPlan PlanLaunch(LaunchBrief brief) => MetaPlan.Of(brief);

    public IReadOnlyList<PlannedStep> PlanPause(LaunchedObjects launched) => OnCampaign(launched, "pause:campaign", StepKind.Pause, "Pause the campaign", "PAUSED");

    public IReadOnlyList<PlannedStep> PlanResume(LaunchedObjects launched) => OnCampaign(launched, "resume:campaign", StepKind.Activate, "Switch the campaign on again", "ACTIVE");

    public IReadOnlyList<PlannedStep> PlanRemove(LaunchedObjects launched) => OnCampaign(launched, "remove:campaign", StepKind.Remove, "Remove the campaign with its ad set and ads", "DELETED");

    public IReadOnlyList<PlannedStep> PlanBudget(LaunchedObjects launched, Money budget, BudgetType type) => launched.Ids.TryGetValue("adset", out var adset)
        ? [new("budget:adset", StepKind.ChangeBudget, $"Change the budget to {budget}", launched.Marker, new JsonObject { ["id"] = adset, [MetaPlan.BudgetField(type)] = MetaPlan.Wire(budget) })]
        : [];

    // Meta stops and removes all beneath a campaign with it; what somebody paused by hand below stays paused.
    private static PlannedStep[] OnCampaign(LaunchedObjects launched, string key, StepKind kind, string title, string status) => launched.Ids.TryGetValue("campaign", out var campaign)
        ? [new(key, kind, title, launched.Marker, new JsonObject { ["id"] = campaign, ["status"] = status })]
        : [];

    public Task<Result<string>> CarryOutAsync(PlatformAccess access, StepRequest step, CancellationToken ct) => step.Kind switch
    {
        StepKind.Campaign => CreateAsync(access, "campaigns", step.Body, ct),
        StepKind.AdSet => CreateAsync(access, "adsets", step.Body, ct),
        StepKind.Ad => CreateAsync(access, "ads", step.Body, ct),
        StepKind.Creative => CreateCreativeAsync(access, step.Body, ct),
        StepKind.Media when step.Key.StartsWith("ready:", StringComparison.Ordinal) => AwaitVideoAsync(access, step.Body["id"]!.ToString(), ct),
        StepKind.Media => UploadAsync(access, step, ct),
        StepKind.Audience when step.Key.StartsWith("members:", StringComparison.Ordinal) => SendMembersAsync(access, step, ct),
        StepKind.Audience => CreateAsync(access, "customaudiences", step.Body, ct),
        StepKind.Activate or StepKind.Pause or StepKind.ChangeBudget or StepKind.Change or StepKind.Remove => ChangeAsync(access, step, ct),
        _ => throw new InvalidOperationException($"Meta has no step of the kind {step.Kind}."),
    };

    public async Task<Result<string?>> FindAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        // What is not listed here may be repeated without harm: images go by their hash, changes name the state they lead to, members are a set.
        var (edge, label) = step switch
        {
            { Kind: StepKind.Campaign } => ("campaigns", "name"),
            { Kind: StepKind.AdSet } => ("adsets", "name"),
            { Kind: StepKind.Ad } => ("ads", "name"),
            { Kind: StepKind.Creative } => ("adcreatives", "name"),
            { Kind: StepKind.Audience } when step.Key.StartsWith("audience:", StringComparison.Ordinal) => ("customaudiences", "name"),
            { Kind: StepKind.Media } when step.Body.ContainsKey("source") => ("advideos", "title"),
            _ => (null, ""),
        };
        if (edge is null) return Result<string?>.Of(null);

        var filter = new JsonArray(new JsonObject { ["field"] = label, ["operator"] = "CONTAIN", ["value"] = step.Marker });
        var list = await api.ListAsync(access, $"{AccountOf(access)}/{edge}", [("fields", "id," + label), ("filtering", filter.ToJsonString()), ("limit", "100")], ct);
        return list.TryGet(out var rows, out var refusal)
            ? Result<string?>.Of(rows.FirstOrDefault(r => PlanWords.Carries(r[label]?.ToString(), step.Marker))?["id"]?.ToString())
            : Result<string?>.Refused(refusal);
    }

    private async Task<Result<string>> CreateAsync(PlatformAccess access, string edge, JsonObject body, CancellationToken ct) =>
        IdOf(await api.PostAsync(access, $"{AccountOf(access)}/{edge}", body, CallKind.Create, ct));

    private async Task<Result<string>> CreateCreativeAsync(PlatformAccess access, JsonObject body, CancellationToken ct)
    {
        if (body["object_story_spec"]?["video_data"] is JsonObject video && video["image_url"]?.ToString() == MetaPlan.OwnThumbnail)
        {
            var answer = await api.GetAsync(access, video["video_id"]!.ToString(), [("fields", "picture")], ct);
            if (!answer.TryGet(out var told, out var refusal)) return Result<string>.Refused(refusal);
            video["image_url"] = told["picture"]?.ToString();
        }
        return await CreateAsync(access, "adcreatives", body, ct);
    }

    private async Task<Result<string>> ChangeAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var id = step.Body["id"]!.ToString();
        var parameters = new JsonObject(step.Body.Where(p => p.Key != "id").Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        var answer = await api.PostAsync(access, id, parameters, CallKind.Repeatable, ct);
        if (answer.IsDone) return id;
        return step.Kind == StepKind.Remove && await IsGoneAsync(access, id, answer.Refusal, ct) ? id : Result<string>.Refused(answer.Refusal);
    }

    /// <summary>Meta refuses to delete what is deleted already, which is as good as done.</summary>
    private async Task<bool> IsGoneAsync(PlatformAccess access, string id, Refusal refusal, CancellationToken ct)
    {
        if (refusal is PlatformFailure { Kind: PlatformFailureKind.NotFound }) return true;
        if (refusal is not PlatformFailure { Kind: PlatformFailureKind.InvalidRequest }) return false;
        var answer = await api.GetAsync(access, id, [("fields", "effective_status")], ct);
        return answer.TryGet(out var body, out var unread) ? body["effective_status"]?.ToString() == "DELETED" : unread is PlatformFailure { Kind: PlatformFailureKind.NotFound };
    }

    private async Task<Result<string>> UploadAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var isVideo = step.Body.ContainsKey("source");
        var rendition = MetaCatalogue.Rules.MediaOf(isVideo ? MediaKind.Video : MediaKind.Image)!.RenditionOf(step.Key);
        await using var scope = scopes.CreateAsyncScope();
        await using var file = await scope.ServiceProvider.GetRequiredService<IMediaSource>().OpenAsync(step.AssetId!.Value, rendition, ct);

        var parameters = new JsonObject(step.Body.Where(p => p.Key is not ("source" or "filename")).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        if (isVideo && file.Length > MetaVideos.WholeUpTo) return await MetaVideos.UploadAsync(api, access, AccountOf(access), parameters, file, ct);
        // An image is kept by its hash, so sending it twice makes no second one; a video is made anew each time.
        var answer = isVideo
            ? await api.UploadAsync(access, $"{AccountOf(access)}/advideos", parameters, "source", file, CallKind.Create, ct)
            : await api.UploadAsync(access, $"{AccountOf(access)}/adimages", parameters, "filename", file, CallKind.Repeatable, ct);
        if (isVideo) return IdOf(answer);
        if (!answer.TryGet(out var body, out var refusal)) return Result<string>.Refused(refusal);
        return (body["images"] as JsonObject)?.FirstOrDefault().Value?["hash"]?.ToString() is { } hash ? hash : Odd("an image's hash");
    }

    private async Task<Result<string>> AwaitVideoAsync(PlatformAccess access, string video, CancellationToken ct)
    {
        var answer = await api.GetAsync(access, video, [("fields", "status")], ct);
        if (!answer.TryGet(out var body, out var refusal)) return Result<string>.Refused(refusal);
        return body["status"]?["video_status"]?.ToString() switch
        {
            "ready" => video,
            "error" or "expired" => new PlatformFailure(Platform.Meta, PlatformFailureKind.InvalidRequest, body["status"]?["processing_phase"]?["errors"]?[0]?["message"]?.ToString() ?? "Meta could not read the video."),
            _ => new PlatformFailure(Platform.Meta, PlatformFailureKind.Unavailable, "Meta is still taking in the video.") { Code = "processing" },
        };
    }

    private async Task<Result<string>> SendMembersAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var members = scope.ServiceProvider.GetRequiredService<IAudienceBook>().MembersAsync(step.AudienceId!.Value, Platform.Meta, ct);
        return await MetaAudience.SendAsync(api, access, step.Body["id"]!.ToString(), step.Marker, members, ct);
    }

    private static Result<string> IdOf(Result<JsonNode> answer)
    {
        if (!answer.TryGet(out var body, out var refusal)) return Result<string>.Refused(refusal);
        return body["id"]?.ToString() is { Length: > 0 } id ? id : Odd("an id");
    }

    private static PlatformFailure Odd(string what) => new(Platform.Meta, PlatformFailureKind.UnknownOutcome, $"Meta answered without {what}.");

    private static string AccountOf(PlatformAccess access) => access.Account?.ExternalId ?? throw new InvalidOperationException("Publishing needs an account.");
}
