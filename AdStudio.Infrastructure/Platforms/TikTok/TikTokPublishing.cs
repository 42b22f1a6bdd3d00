using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>Carries out the steps of a plan on TikTok, and finds what a step made when nobody heard the answer.</summary>
internal sealed class TikTokPublishing(TikTokApi api, IMediaSource files, IServiceScopeFactory scopes) : IPublishes
{
    private readonly TikTokLibrary library = new(api, files);

    public Platform Platform => Platform.TikTok;

    public LaunchPlan PlanLaunch(LaunchBrief brief) => TikTokPlan.Of(brief);

    public IReadOnlyList<PlannedStep> PlanPause(LaunchedObjects launched) => OnCampaign(launched, "pause:campaign", StepKind.Pause, "Pause the campaign", "DISABLE");

    public IReadOnlyList<PlannedStep> PlanResume(LaunchedObjects launched) => OnCampaign(launched, "resume:campaign", StepKind.Activate, "Switch the campaign on again", "ENABLE");

    public IReadOnlyList<PlannedStep> PlanRemove(LaunchedObjects launched) => OnCampaign(launched, "remove:campaign", StepKind.Remove, "Remove the campaign with its ad group and ads", "DELETE");

    /// <summary>TikTok changes the amount only: a daily budget stays a daily one.</summary>
    public IReadOnlyList<PlannedStep> PlanBudget(LaunchedObjects launched, Money budget, BudgetType type) => launched.Ids.TryGetValue("adset", out var adGroup)
        ? [new("budget:adset", StepKind.ChangeBudget, $"Change the budget to {budget}", launched.Marker, new JsonObject { ["advertiser_id"] = launched.Account.ExternalId, ["adgroup_id"] = adGroup, ["budget"] = TikTokPlan.Wire(budget) })]
        : [];

    // A campaign stops and takes away all beneath it; what somebody paused by hand below stays paused.
    private static PlannedStep[] OnCampaign(LaunchedObjects launched, string key, StepKind kind, string title, string status) => launched.Ids.TryGetValue("campaign", out var campaign)
        ? [new(key, kind, title, launched.Marker, TikTokPlan.Status(launched.Account.ExternalId, "campaign", campaign, status))]
        : [];

    public async Task<Result<string>> CarryOutAsync(PlatformAccess access, StepRequest step, CancellationToken ct) => step.Kind switch
    {
        StepKind.Campaign => Text(await api.PostAsync(access, "campaign/create/", step.Body, CallKind.Create, ct), "campaign_id"),
        StepKind.AdSet => await CreateAdGroupAsync(access, step.Body, ct),
        StepKind.Ad => (await api.PostAsync(access, "ad/create/", step.Body, CallKind.Create, ct)).TryGet(out var made, out var refusal)
            ? made["ad_ids"]?[0]?.ToString() is { } ad ? ad : TikTokApi.Odd("an ad's id") : Result<string>.Refused(refusal),
        StepKind.Media => await library.CarryOutAsync(access, step, ct),
        StepKind.Audience when step.Key.StartsWith("members:", StringComparison.Ordinal) => await SendMembersAsync(access, step, ct),
        StepKind.Audience => await CreateAudienceAsync(access, step.Body, ct),
        StepKind.Activate or StepKind.Pause or StepKind.Remove => await SetStatusAsync(access, step, ct),
        StepKind.ChangeBudget or StepKind.Change => await ChangeAsync(access, step.Body, ct),
        _ => throw new InvalidOperationException($"TikTok has no step of the kind {step.Kind}."),
    };

    public async Task<Result<string?>> FindAsync(PlatformAccess access, StepRequest step, CancellationToken ct) => step switch
    {
        { Kind: StepKind.Campaign } => await NamedAsync(access, "campaign", new() { ["campaign_name"] = step.Body["campaign_name"]!.ToString() }, step.Marker, ct),
        { Kind: StepKind.AdSet } => await NamedAsync(access, "adgroup", new() { ["campaign_ids"] = new JsonArray(step.Body["campaign_id"]!.ToString()) }, step.Marker, ct),
        { Kind: StepKind.Ad } => await NamedAsync(access, "ad", new() { ["adgroup_ids"] = new JsonArray(step.Body["adgroup_id"]!.ToString()) }, step.Marker, ct),
        { Kind: StepKind.Media } => await library.FindAsync(access, step, ct),
        { Kind: StepKind.Audience } when step.Key.StartsWith("audience:", StringComparison.Ordinal) => await TikTokAudiences.FindAsync(api, access, step.Marker, ct),
        // The rest may be repeated without harm: changes name the state they lead to, a file of hashes does nothing by itself.
        _ => Result<string?>.Of(null),
    };

    /// <summary>Deleted objects are left out of lists, so one that was taken away is not found.</summary>
    private async Task<Result<string?>> NamedAsync(PlatformAccess access, string level, JsonObject filter, string marker, CancellationToken ct)
    {
        var list = await api.ListAsync(access, level + "/get/", new() { ["advertiser_id"] = TikTokApi.AccountOf(access), ["fields"] = new JsonArray(level + "_id", level + "_name"), ["filtering"] = filter }, ct);
        return list.TryGet(out var rows, out var refusal)
            ? Result<string?>.Of(rows.FirstOrDefault(r => PlanWords.Carries(r[level + "_name"]?.ToString(), marker))?[level + "_id"]?.ToString())
            : Result<string?>.Refused(refusal);
    }

    private async Task<Result<string>> CreateAdGroupAsync(PlatformAccess access, JsonObject body, CancellationToken ct)
    {
        if (await LeaveOutNestedAsync(access, body, ct) is { } unknown) return Result<string>.Refused(unknown);
        if (body["schedule_start_time"]?.ToString() == TikTokPlan.AtLaunch) body["schedule_start_time"] = TikTokPlan.Utc(api.Now);
        return Text(await api.PostAsync(access, "adgroup/create/", body, CallKind.Create, ct), "adgroup_id");
    }

    /// <summary>TikTok refuses places that lie within each other. Which do, only TikTok knows: a city goes where its region is chosen, too, and is reached with it.</summary>
    private async Task<Refusal?> LeaveOutNestedAsync(PlatformAccess access, JsonObject body, CancellationToken ct)
    {
        if (body["location_ids"] is not JsonArray places || places.Select(p => p!.ToString()).Where(p => TikTokPlaces.CountryOf(p) is null).ToList() is not { Count: > 1 } within) return null;
        if (!(await api.PostAsync(access, "tool/targeting/info/", new() { ["advertiser_id"] = TikTokApi.AccountOf(access), ["targeting_ids"] = TikTokApi.Texts(within), ["scene"] = "GEO" }, CallKind.Repeatable, ct)).TryGet(out var data, out var refusal)) return refusal;
        var nested = (data["targeting_tag_list"] as JsonArray ?? []).OfType<JsonObject>().Where(t => within.Contains(t["geo"]?["parent_id"]?.ToString() ?? "")).Select(t => t["geo"]!["geo_id"]!.ToString()).ToHashSet();
        body["location_ids"] = TikTokApi.Texts(places.Select(p => p!.ToString()).Where(p => !nested.Contains(p)));
        return null;
    }

    private async Task<Result<string>> ChangeAsync(PlatformAccess access, JsonObject body, CancellationToken ct)
    {
        if (await LeaveOutNestedAsync(access, body, ct) is { } unknown) return Result<string>.Refused(unknown);
        var level = body.ContainsKey("adgroup_id") ? "adgroup" : "campaign";
        return (await api.PostAsync(access, level + "/update/", body, CallKind.Repeatable, ct)).TryGet(out _, out var refusal) ? body[level + "_id"]!.ToString() : Result<string>.Refused(refusal);
    }

    private async Task<Result<string>> SetStatusAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var level = step.Body.ContainsKey("campaign_ids") ? "campaign" : step.Body.ContainsKey("adgroup_ids") ? "adgroup" : "ad";
        var id = step.Body[level + "_ids"]![0]!.ToString();
        var answer = await api.PostAsync(access, level + "/status/update/", step.Body, CallKind.Repeatable, ct);
        if (answer.IsDone) return id;
        return step.Kind == StepKind.Remove && answer.Refusal is PlatformFailure { Kind: PlatformFailureKind.InvalidRequest or PlatformFailureKind.NotFound } && await IsGoneAsync(access, level, id, ct) ? id : Result<string>.Refused(answer.Refusal);
    }

    /// <summary>TikTok refuses to delete what is deleted already, which is as good as done.</summary>
    private async Task<bool> IsGoneAsync(PlatformAccess access, string level, string id, CancellationToken ct) =>
        (await api.GetAsync(access, level + "/get/", new() { ["advertiser_id"] = TikTokApi.AccountOf(access), ["fields"] = new JsonArray(level + "_id"), ["filtering"] = new JsonObject { [level + "_ids"] = new JsonArray(id) } }, ct))
        .TryGet(out var data, out _) && data["list"] is not JsonArray { Count: > 0 };

    private async Task<Result<string>> CreateAudienceAsync(PlatformAccess access, JsonObject body, CancellationToken ct)
    {
        // Files of one list come as one text from the step that sent them.
        if (body["file_paths"] is JsonArray paths) body["file_paths"] = TikTokApi.Texts(paths.SelectMany(p => p!.ToString().Split('\n')));
        var path = body.ContainsKey("rule_spec") ? TikTokAudience.CreateRule : body.ContainsKey("lookalike_spec") ? TikTokAudience.CreateLookalike : TikTokAudience.Create;
        return Text(await api.PostAsync(access, path, body, CallKind.Create, ct), "custom_audience_id");
    }

    private async Task<Result<string>> SendMembersAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var members = scope.ServiceProvider.GetRequiredService<IAudienceBook>().MembersAsync(step.AudienceId!.Value, Platform.TikTok, ct);
        var paths = new List<string>();
        await foreach (var (rows, _) in members.InBatchesAsync(TikTokAudience.MembersAFile, ct))
        {
            if (!(await TikTokAudiences.UploadAsync(api, access, [.. rows.Select(m => new MemberHashes(m.EmailSha256, m.PhoneSha256))], ct)).TryGet(out var path, out var refusal)) return Result<string>.Refused(refusal);
            paths.Add(path);
        }
        return paths.Count > 0 ? string.Join('\n', paths) : new PlatformFailure(Platform.TikTok, PlatformFailureKind.InvalidRequest, "The customer list has no members, and TikTok makes an audience of at least one.");
    }

    private static Result<string> Text(Result<JsonNode> answer, string field) =>
        answer.TryGet(out var data, out var refusal) ? data[field]?.ToString() is { Length: > 0 } id ? id : TikTokApi.Odd(field) : Result<string>.Refused(refusal);
}
