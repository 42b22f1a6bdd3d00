using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>Carries out the steps of a plan on LinkedIn, and finds what a step made when nobody heard the answer.</summary>
internal sealed class LinkedInPublishing(LinkedInApi api, IServiceScopeFactory scopes, TimeProvider time) : IPublishes
{
    public Platform Platform => Platform.LinkedIn;

    public LaunchPlan PlanLaunch(LaunchBrief brief) => LinkedInPlan.Of(brief);

    // LinkedIn stops all beneath a group with it; what somebody paused by hand below stays paused.
    public IReadOnlyList<PlannedStep> PlanPause(LaunchedObjects launched) => OnGroup(launched, "pause:campaign", StepKind.Pause, "Pause the campaign group", "PAUSED");

    public IReadOnlyList<PlannedStep> PlanResume(LaunchedObjects launched) => OnGroup(launched, "resume:campaign", StepKind.Activate, "Switch the campaign group on again", "ACTIVE");

    /// <summary>A group cannot go before its campaigns, and each campaign takes its ads along.</summary>
    public IReadOnlyList<PlannedStep> PlanRemove(LaunchedObjects launched) =>
    [
        .. CampaignsOf(launched).Select(c => LinkedInPlan.Set($"remove:{c.Key}", StepKind.Remove, "Remove a campaign with its ads", launched.Marker, "adCampaigns", c.Value, "status", "PENDING_DELETION")),
        .. OnGroup(launched, "remove:campaign", StepKind.Remove, "Remove the campaign group", "PENDING_DELETION"),
    ];

    public IReadOnlyList<PlannedStep> PlanBudget(LaunchedObjects launched, Money budget, BudgetType type)
    {
        var campaigns = CampaignsOf(launched);
        if (campaigns.Count == 0) return [];
        var parts = budget.Split(campaigns.Count);
        return [.. campaigns.Select((c, i) => LinkedInPlan.Set($"budget:{c.Key}", StepKind.ChangeBudget, $"Change the budget to {parts[i]}", launched.Marker, "adCampaigns", c.Value, LinkedInPlan.BudgetField(type), LinkedInPlan.Wire(parts[i])))];
    }

    public static IReadOnlyList<KeyValuePair<string, string>> CampaignsOf(LaunchedObjects launched) =>
        [.. launched.Ids.Where(i => i.Key == "adset" || i.Key.StartsWith("adset:", StringComparison.Ordinal)).OrderByDescending(i => i.Key, StringComparer.Ordinal).DistinctBy(i => i.Value).Reverse()];

    private static PlannedStep[] OnGroup(LaunchedObjects launched, string key, StepKind kind, string title, string status) => launched.Ids.TryGetValue("campaign", out var group)
        ? [LinkedInPlan.Set(key, kind, title, launched.Marker, "adCampaignGroups", group, "status", status)]
        : [];

    public Task<Result<string>> CarryOutAsync(PlatformAccess access, StepRequest step, CancellationToken ct) => step.Kind switch
    {
        StepKind.Campaign => CreateAsync(access, "adCampaignGroups", step.Body, ct),
        StepKind.AdSet => CreateAsync(access, "adCampaigns", step.Body, ct),
        StepKind.Ad => CreateAsync(access, "creatives", step.Body, ct),
        StepKind.Creative => api.CreateAsync(access, "posts", step.Body, ct),
        StepKind.Media when step.Key.StartsWith("ready:", StringComparison.Ordinal) => LinkedInMedia.AwaitAsync(api, access, step.Body["id"]!.ToString(), ct),
        StepKind.Media => UploadAsync(access, step, ct),
        StepKind.Audience when step.Key.StartsWith("audience:", StringComparison.Ordinal) => api.CreateAsync(access, "dmpSegments", step.Body, ct),
        StepKind.Audience when step.Key.StartsWith("members:", StringComparison.Ordinal) => SendMembersAsync(access, step, ct),
        StepKind.Audience => AwaitSegmentAsync(access, step.Body["id"]!.ToString(), ct),
        StepKind.Change when step.Body.ContainsKey("conversion") => AssociateAsync(access, step.Body, ct),
        StepKind.Remove => RemoveAsync(access, step, ct),
        StepKind.Activate or StepKind.Pause or StepKind.ChangeBudget or StepKind.Change => ChangeAsync(access, step, ct),
        _ => throw new InvalidOperationException($"LinkedIn has no step of the kind {step.Kind}."),
    };

    public async Task<Result<string?>> FindAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        // What is not listed here may be repeated without harm: files that no post shows, changes that name the state they lead to, members, which are a set.
        switch (step)
        {
            case { Kind: StepKind.Campaign }: return await ByNameAsync("adCampaignGroups");
            case { Kind: StepKind.AdSet }: return await ByNameAsync("adCampaigns");
            case { Kind: StepKind.Ad }:
                var campaign = Restli.List([step.Body["campaign"]!.ToString()]);
                return Id(await api.SearchAsync(access, LinkedInApi.AccountPath(access) + "/creatives", [("q", "criteria"), ("campaigns", campaign)], ct, isFinder: true), c => c["name"]);
            case { Kind: StepKind.Creative }:
                var account = Restli.Text(Restli.Account(access.Account!.ExternalId));
                var posts = await api.ListAsync(access, "posts", [("q", LinkedInFromMemory.PostFinder), ("dscAdAccount", account), ("dscAdTypes", Restli.List(LinkedInFromMemory.PostTypes))], ct, isFinder: true, until: p => Carries(p["adContext"]?["dscName"]));
                return posts.TryGet(out var found, out var refusal) ? Result<string?>.Of(found.FirstOrDefault(p => Carries(p["adContext"]?["dscName"]))?["id"]?.ToString()) : Result<string?>.Refused(refusal);
            case { Kind: StepKind.Audience } when step.Key.StartsWith("audience:", StringComparison.Ordinal): return await LinkedInSegments.FindAsync(api, access, step.Marker, ct);
            default: return Result<string?>.Of(null);
        }

        async Task<Result<string?>> ByNameAsync(string resource) =>
            Id(await api.SearchAsync(access, $"{LinkedInApi.AccountPath(access)}/{resource}", [("q", "search"), ("search", $"(name:(values:{Restli.List([step.Body["name"]!.ToString()])}))")], ct), o => o["name"]);

        Result<string?> Id(Result<IReadOnlyList<JsonObject>> list, Func<JsonObject, JsonNode?> name) => list.TryGet(out var rows, out var refused)
            ? Result<string?>.Of(rows.FirstOrDefault(r => Carries(name(r)))?["id"]?.ToString() is { } id ? Restli.IdOf(id) : null)
            : Result<string?>.Refused(refused);

        bool Carries(JsonNode? name) => PlanWords.Carries(name?.ToString(), step.Marker);
    }

    private async Task<Result<string>> CreateAsync(PlatformAccess access, string resource, JsonObject body, CancellationToken ct)
    {
        if (!(await ReadyAsync(access, body, ct)).TryGet(out var ready, out var refusal)) return Result<string>.Refused(refusal);
        var made = await api.CreateAsync(access, $"{LinkedInApi.AccountPath(access)}/{resource}", ready, ct);
        return made.TryGet(out var id, out refusal) ? Restli.IdOf(id) : Result<string>.Refused(refusal);
    }

    /// <summary>The body with the moment of the launch, and with LinkedIn's numbers of the countries.</summary>
    private async Task<Result<JsonObject>> ReadyAsync(PlatformAccess access, JsonObject body, CancellationToken ct)
    {
        var ready = (JsonObject)body.DeepClone();
        // A start that has passed while the launch waited for something is now.
        if (ready["runSchedule"] is JsonObject schedule && schedule["start"] is JsonValue start && (!start.TryGetValue<long>(out var at) || at < time.GetUtcNow().ToUnixTimeMilliseconds() && ready["status"]?.ToString() == "DRAFT"))
            schedule["start"] = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (LinkedInTargeting.Unnumbered(ready["targetingCriteria"]) is not { Count: > 0 } codes) return ready;
        if (!(await LinkedInPlaces.OfCountriesAsync(api, access, codes, ct)).TryGet(out var numbers, out var refusal)) return Result<JsonObject>.Refused(refusal);
        ready["targetingCriteria"] = LinkedInTargeting.Numbered(ready["targetingCriteria"]!, numbers);
        return ready;
    }

    private static string PathOf(PlatformAccess access, StepRequest step)
    {
        var (resource, id) = (step.Body["resource"]!.ToString(), step.Body["id"]!.ToString());
        return $"{LinkedInApi.AccountPath(access)}/{resource}/{(resource == "creatives" ? Restli.Text(Restli.Creative(id)) : id)}";
    }

    private async Task<Result<string>> ChangeAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var given = new JsonObject(step.Body.Where(p => p.Key is not ("resource" or "id")).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        if (!(await ReadyAsync(access, given, ct)).TryGet(out var set, out var refusal)) return Result<string>.Refused(refusal);
        if (given["runSchedule"]?["start"]?.ToString() == LinkedInPlan.AsItIs)
        {
            if (!(await api.GetAsync(access, PathOf(access, step), [], ct)).TryGet(out var stands, out refusal)) return Result<string>.Refused(refusal);
            set["runSchedule"]!["start"] = stands["runSchedule"]?["start"]?.DeepClone();
        }
        var answer = await api.PatchAsync(access, PathOf(access, step), set, ct);
        return answer.IsDone ? step.Body["id"]!.ToString() : Result<string>.Refused(answer.Refusal);
    }

    /// <summary>Drafts can be deleted, everything else is marked for deletion; what is gone already is as good as removed.</summary>
    private async Task<Result<string>> RemoveAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var (path, id) = (PathOf(access, step), step.Body["id"]!.ToString());
        if (!(await api.GetAsync(access, path, [], ct)).TryGet(out var stands, out var refusal)) return refusal is PlatformFailure { Kind: PlatformFailureKind.NotFound } ? id : Result<string>.Refused(refusal);
        var status = (stands["status"] ?? stands["intendedStatus"])?.ToString();
        if (status is "PENDING_DELETION" or "REMOVED") return id;
        var answer = status == "DRAFT" ? await api.DeleteAsync(access, path, ct) : await api.PatchAsync(access, path, new JsonObject { [stands["intendedStatus"] is null ? "status" : "intendedStatus"] = "PENDING_DELETION" }, ct);
        return answer.IsDone || answer.Refusal is PlatformFailure { Kind: PlatformFailureKind.NotFound } ? id : Result<string>.Refused(answer.Refusal);
    }

    private async Task<Result<string>> AssociateAsync(PlatformAccess access, JsonObject body, CancellationToken ct)
    {
        var (campaign, conversion) = (body["campaign"]!.ToString(), body["conversion"]!.ToString());
        var answer = await api.PutAsync(access, $"campaignConversions/(campaign:{Restli.Text(campaign)},conversion:{Restli.Text(conversion)})", body, ct);
        return answer.IsDone ? conversion : Result<string>.Refused(answer.Refusal);
    }

    private async Task<Result<string>> UploadAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var file = await scope.ServiceProvider.GetRequiredService<IMediaSource>().OpenAsync(step.AssetId!.Value, step.Body["cut"]?.ToString(), ct);
        var owner = step.Body["owner"]!.ToString();
        return step.Body["resource"]!.ToString() == "videos" ? await LinkedInMedia.VideoAsync(api, access, owner, file, ct) : await LinkedInMedia.ImageAsync(api, access, owner, file, ct);
    }

    private async Task<Result<string>> SendMembersAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var segment = step.Body["id"]!.ToString();
        await using var scope = scopes.CreateAsyncScope();
        var members = scope.ServiceProvider.GetRequiredService<IAudienceBook>().MembersAsync(step.AudienceId!.Value, Platform.LinkedIn, ct);
        await foreach (var (rows, _) in members.InBatchesAsync(LinkedInFromMemory.MembersACall, ct))
            if ((await LinkedInSegments.SendAsync(api, access, segment, remove: false, rows.Select(r => r.EmailSha256), ct)).Refusal is { } refusal) return Result<string>.Refused(refusal);
        return segment;
    }

    private async Task<Result<string>> AwaitSegmentAsync(PlatformAccess access, string segment, CancellationToken ct)
    {
        if (!(await api.GetAsync(access, "dmpSegments/" + segment, [], ct)).TryGet(out var body, out var refusal)) return Result<string>.Refused(refusal);
        return LinkedInSegments.UrnOf(body) is { Length: > 0 } urn ? urn : new PlatformFailure(Platform.LinkedIn, PlatformFailureKind.Unavailable, "LinkedIn is still matching the audience's members.") { Code = "processing" };
    }
}
