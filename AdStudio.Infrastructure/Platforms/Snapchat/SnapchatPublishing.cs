using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>Carries out the steps of a plan on Snapchat, and finds what a step made when nobody heard the answer.</summary>
internal sealed class SnapchatPublishing(SnapchatApi api, IServiceScopeFactory scopes, TimeProvider time) : IPublishes
{
    public Platform Platform => Platform.Snapchat;

    public LaunchPlan PlanLaunch(LaunchBrief brief) => SnapchatPlan.Of(brief);

    public IReadOnlyList<PlannedStep> PlanPause(LaunchedObjects launched) => OnCampaign(launched, "pause:campaign", StepKind.Pause, "Pause the campaign", new() { ["status"] = "PAUSED" });

    public IReadOnlyList<PlannedStep> PlanResume(LaunchedObjects launched) => OnCampaign(launched, "resume:campaign", StepKind.Activate, "Switch the campaign on again", new() { ["status"] = "ACTIVE" });

    public IReadOnlyList<PlannedStep> PlanRemove(LaunchedObjects launched) => OnCampaign(launched, "remove:campaign", StepKind.Remove, "Remove the campaign with its ad squad and ads", []);

    public IReadOnlyList<PlannedStep> PlanBudget(LaunchedObjects launched, Money budget, BudgetType type) => launched.Ids.TryGetValue("adset", out var adset)
        ? [new("budget:adset", StepKind.ChangeBudget, $"Change the budget to {budget}", launched.Marker, new JsonObject { ["id"] = adset, [SnapchatPlan.BudgetField(type)] = budget.Micros })]
        : [];

    // Snapchat stops and removes all beneath a campaign with it; what somebody paused by hand below stays paused.
    private static PlannedStep[] OnCampaign(LaunchedObjects launched, string key, StepKind kind, string title, JsonObject change)
    {
        if (!launched.Ids.TryGetValue("campaign", out var campaign)) return [];
        change["id"] = campaign;
        return [new(key, kind, title, launched.Marker, change)];
    }

    public Task<Result<string>> CarryOutAsync(PlatformAccess access, StepRequest step, CancellationToken ct) => step.Kind switch
    {
        StepKind.Campaign => CreateAsync(access, $"{AccountPath(access)}/campaigns", Noun.Campaign, Started(step.Body), ct),
        StepKind.AdSet => CreateAsync(access, $"campaigns/{step.Body["campaign_id"]}/adsquads", Noun.AdSquad, step.Body, ct),
        StepKind.Creative => CreateAsync(access, $"{AccountPath(access)}/creatives", Noun.Creative, step.Body, ct),
        StepKind.Ad => CreateAsync(access, $"adsquads/{step.Body["ad_squad_id"]}/ads", Noun.Ad, step.Body, ct),
        StepKind.Media when step.Key.StartsWith("upload:", StringComparison.Ordinal) => UploadAsync(access, step, ct),
        StepKind.Media when step.Key.StartsWith("ready:", StringComparison.Ordinal) => AwaitAsync(access, step.Body["id"]!.ToString(), ct),
        StepKind.Media => CreateAsync(access, $"{AccountPath(access)}/media", Noun.Media, step.Body, ct),
        StepKind.Audience when step.Key.StartsWith("members:", StringComparison.Ordinal) => SendMembersAsync(access, step, ct),
        StepKind.Audience => CreateAsync(access, $"{AccountPath(access)}/segments", Noun.Segment, step.Body, ct),
        StepKind.Remove => api.DeleteAsync(access, NounOf(step.Key), step.Body["id"]!.ToString(), ct),
        StepKind.Activate or StepKind.Pause or StepKind.ChangeBudget or StepKind.Change => ChangeAsync(access, step, ct),
        _ => throw new InvalidOperationException($"Snapchat has no step of the kind {step.Kind}."),
    };

    public async Task<Result<string?>> FindAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        // What is not listed here may be repeated without harm: uploads go into the room that was made for them, changes name the state they lead to, members are a set.
        (string, Noun)? where = step switch
        {
            { Kind: StepKind.Campaign } => ($"{AccountPath(access)}/campaigns", Noun.Campaign),
            { Kind: StepKind.AdSet } => ($"campaigns/{step.Body["campaign_id"]}/adsquads", Noun.AdSquad),
            { Kind: StepKind.Creative } => ($"{AccountPath(access)}/creatives", Noun.Creative),
            { Kind: StepKind.Ad } => ($"adsquads/{step.Body["ad_squad_id"]}/ads", Noun.Ad),
            { Kind: StepKind.Media } when step.Key.StartsWith("media:", StringComparison.Ordinal) => ($"{AccountPath(access)}/media", Noun.Media),
            { Kind: StepKind.Audience } when step.Key.StartsWith("audience:", StringComparison.Ordinal) => ($"{AccountPath(access)}/segments", Noun.Segment),
            _ => null,
        };
        if (where is not var (path, noun)) return Result<string?>.Of(null);

        var list = await api.ListAsync(access, path, noun, ct);
        return list.TryGet(out var entities, out var refusal)
            ? Result<string?>.Of(entities.FirstOrDefault(e => PlanWords.Carries(e["name"]?.ToString(), step.Marker))?["id"]?.ToString())
            : Result<string?>.Refused(refusal);
    }

    private async Task<Result<string>> CreateAsync(PlatformAccess access, string path, Noun noun, JsonObject body, CancellationToken ct)
    {
        if (!(await api.CreateAsync(access, path, noun, body, ct)).TryGet(out var made, out var refusal)) return Result<string>.Refused(refusal);
        return made["id"]?.ToString() is { Length: > 0 } id ? id : new PlatformFailure(Platform.Snapchat, PlatformFailureKind.UnknownOutcome, $"Snapchat answered without the id of the {noun.Singular}.");
    }

    private JsonObject Started(JsonObject body)
    {
        if (body["start_time"]?.ToString() != SnapchatPlan.Now) return body;
        var started = (JsonObject)body.DeepClone();
        started["start_time"] = SnapchatApi.Instant(time.GetUtcNow());
        return started;
    }

    private Task<Result<string>> ChangeAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var changes = new JsonObject(step.Body.Where(p => p.Key != "id").Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        return api.ChangeAsync(access, NounOf(step.Key), step.Body["id"]!.ToString(), changes, ct);
    }

    /// <summary>What a change is of stands in its key: "activate:ad:1", "budget:adset", "pause:campaign".</summary>
    private static Noun NounOf(string key) => key.Split(':', '@')[1] switch { "campaign" => Noun.Campaign, "adset" => Noun.AdSquad, "ad" => Noun.Ad, _ => throw new InvalidOperationException($"The step {key} does not say what it changes.") };

    private async Task<Result<string>> UploadAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var id = step.Body["id"]!.ToString();
        // What is there already needs no second sending; Snapchat would refuse it.
        if (!(await api.FindAsync(access, Noun.Media, id, ct)).TryGet(out var room, out var refusal)) return Result<string>.Refused(refusal);
        if (IsThere(room)) return id;

        await using var scope = scopes.CreateAsyncScope();
        await using var file = await scope.ServiceProvider.GetRequiredService<IMediaSource>().OpenAsync(step.AssetId!.Value, step.Body["cut"]?.ToString(), ct);
        var sent = await SnapchatUpload.SendAsync(api, access, id, file, ct);
        // It may have come with a first try whose answer was lost.
        if (sent.Refusal is PlatformFailure { Kind: PlatformFailureKind.InvalidRequest } && (await api.FindAsync(access, Noun.Media, id, ct)).TryGet(out room, out _) && IsThere(room)) return id;
        return sent;
    }

    private static bool IsThere(JsonObject media) => media["media_status"]?.ToString() != "PENDING_UPLOAD" || media["file_name"] is not null;

    private async Task<Result<string>> AwaitAsync(PlatformAccess access, string id, CancellationToken ct)
    {
        if (!(await api.FindAsync(access, Noun.Media, id, ct)).TryGet(out var media, out var refusal)) return Result<string>.Refused(refusal);
        return media["media_status"]?.ToString() switch
        {
            "READY" => id,
            "PENDING_UPLOAD" => new PlatformFailure(Platform.Snapchat, PlatformFailureKind.Unavailable, "Snapchat is still taking in the file.") { Code = "processing" },
            var other => new PlatformFailure(Platform.Snapchat, PlatformFailureKind.InvalidRequest, $"Snapchat could not read the file ({other})."),
        };
    }

    private async Task<Result<string>> SendMembersAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var id = step.Body["id"]!.ToString();
        var members = scope.ServiceProvider.GetRequiredService<IAudienceBook>().MembersAsync(step.AudienceId!.Value, Platform.Snapchat, ct);
        await foreach (var (rows, _) in members.InBatchesAsync(SnapchatFromMemory.MembersACall, ct))
        {
            var sent = await SnapchatSegments.SendAsync(api, access, id, [.. rows.Select(r => new MemberHashes(r.EmailSha256, r.PhoneSha256))], remove: false, ct);
            if (sent.Refusal is { } refusal) return Result<string>.Refused(refusal);
        }
        return id;
    }

    private static string AccountPath(PlatformAccess access) => "adaccounts/" + (access.Account?.ExternalId ?? throw new InvalidOperationException("Publishing needs an account."));
}
