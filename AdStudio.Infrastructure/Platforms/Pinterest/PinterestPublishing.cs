using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>Carries out the steps of a plan on Pinterest, and finds what a step made when nobody heard the answer.</summary>
internal sealed class PinterestPublishing(PinterestApi api, IServiceScopeFactory scopes) : IPublishes
{
    public Platform Platform => Platform.Pinterest;

    public LaunchPlan PlanLaunch(LaunchBrief brief) => PinterestPlan.Of(brief);

    public IReadOnlyList<PlannedStep> PlanPause(LaunchedObjects launched) => OnCampaign(launched, "pause:campaign", StepKind.Pause, "Pause the campaign", "PAUSED");

    public IReadOnlyList<PlannedStep> PlanResume(LaunchedObjects launched) => OnCampaign(launched, "resume:campaign", StepKind.Activate, "Switch the campaign on again", "ACTIVE");

    /// <summary>Pinterest keeps campaigns for ever, archived; the pins that were made for them would stay on the board.</summary>
    public IReadOnlyList<PlannedStep> PlanRemove(LaunchedObjects launched) =>
    [
        .. OnCampaign(launched, "remove:campaign", StepKind.Remove, "Archive the campaign with its ad group and ads", "ARCHIVED"),
        .. launched.Ids.Where(i => i.Key.StartsWith("creative:", StringComparison.Ordinal)).Select(i => new PlannedStep($"remove:{i.Key}", StepKind.Remove, "Delete its Pin from the board", launched.Marker, new JsonObject { ["pin_id"] = i.Value })),
    ];

    public IReadOnlyList<PlannedStep> PlanBudget(LaunchedObjects launched, Money budget, BudgetType type) => launched.Ids.TryGetValue("adset", out var adGroup)
        ? [new("budget:adset", StepKind.ChangeBudget, $"Change the budget to {budget}", launched.Marker, new JsonObject { ["id"] = adGroup, ["budget_in_micro_currency"] = budget.Micros })]
        : [];

    // Pinterest stops all beneath a campaign with it; what somebody paused by hand below stays paused.
    private static PlannedStep[] OnCampaign(LaunchedObjects launched, string key, StepKind kind, string title, string status) => launched.Ids.TryGetValue("campaign", out var campaign)
        ? [new(key, kind, title, launched.Marker, new JsonObject { ["id"] = campaign, ["ad_account_id"] = launched.Account.ExternalId, ["status"] = status })]
        : [];

    public Task<Result<string>> CarryOutAsync(PlatformAccess access, StepRequest step, CancellationToken ct) => step.Kind switch
    {
        StepKind.Campaign => CreateAsync(access, "campaigns", step.Body, ct),
        StepKind.AdSet => CreateAsync(access, "ad_groups", step.Body, ct),
        StepKind.Ad => CreateAsync(access, "ads", step.Body, ct),
        StepKind.Creative => CreatePinAsync(access, step.Body, ct),
        StepKind.Media when step.Body.ContainsKey("media_id") => AwaitVideoAsync(access, step.Body["media_id"]!.ToString(), ct),
        StepKind.Media => UploadAsync(access, step, ct),
        StepKind.Audience when step.Body.ContainsKey("operation_type") => SendMembersAsync(access, step, ct),
        StepKind.Audience => CreateAudienceAsync(access, step, ct),
        StepKind.Remove when step.Body["pin_id"]?.ToString() is { } pin => DeletePinAsync(access, pin, ct),
        StepKind.Activate or StepKind.Pause or StepKind.ChangeBudget or StepKind.Remove or StepKind.Change => ChangeAsync(access, step, ct),
        _ => throw new InvalidOperationException($"Pinterest has no step of the kind {step.Kind}."),
    };

    public async Task<Result<string?>> FindAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        // What is not listed here may be repeated without harm: changes name the state they lead to, members are a set, and a video that was announced twice leaves nothing that anybody sees.
        var account = step.Kind == StepKind.Creative ? "" : PinterestApi.AccountOf(access);
        (string Path, List<(string, string)> Query, string Label)? where = step switch
        {
            { Kind: StepKind.Campaign } => ($"{account}/campaigns", [.. PinterestStructure.Standing, ("order", "DESCENDING")], "name"),
            { Kind: StepKind.AdSet } => ($"{account}/ad_groups", [("campaign_ids", step.Body["campaign_id"]!.ToString()), .. PinterestStructure.Standing], "name"),
            { Kind: StepKind.Ad } => ($"{account}/ads", [("ad_group_ids", step.Body["ad_group_id"]!.ToString()), .. PinterestStructure.Standing], "name"),
            { Kind: StepKind.Creative } => ($"boards/{step.Body["board_id"]}/pins", [("ad_account_id", access.Account!.ExternalId)], "alt_text"),
            { Kind: StepKind.Audience } when step.Key.StartsWith("list:", StringComparison.Ordinal) => ($"{account}/customer_lists", [("order", "DESCENDING")], "name"),
            { Kind: StepKind.Audience } when step.Key.StartsWith("audience:", StringComparison.Ordinal) => ($"{account}/audiences", [("order", "DESCENDING")], "name"),
            _ => null,
        };
        if (where is not var (path, query, label)) return Result<string?>.Of(null);

        var list = await api.ListAsync(access, path, query, ct);
        return list.TryGet(out var rows, out var refusal)
            ? Result<string?>.Of(rows.FirstOrDefault(r => PlanWords.Carries(r[label]?.ToString(), step.Marker))?["id"]?.ToString())
            : Result<string?>.Refused(refusal);
    }

    private async Task<Result<string>> CreateAsync(PlatformAccess access, string list, JsonObject body, CancellationToken ct)
    {
        var made = await api.WriteAsync(access, HttpMethod.Post, $"{PinterestApi.AccountOf(access)}/{list}", body, CallKind.Create, ct);
        return made.TryGet(out var data, out var refusal) ? data["id"]!.ToString() : Result<string>.Refused(refusal);
    }

    /// <summary>Changes what the step's key ends with: a campaign, an ad group or an ad.</summary>
    private async Task<Result<string>> ChangeAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var id = step.Body["id"]!.ToString();
        var list = step.Key.Split(':', '@')[1] switch { "campaign" => "campaigns", "adset" => "ad_groups", "ad" => "ads", var other => throw new InvalidOperationException($"Pinterest has no {other} to change.") };
        var answer = await api.WriteAsync(access, HttpMethod.Patch, $"{PinterestApi.AccountOf(access)}/{list}", step.Body, CallKind.Repeatable, ct);
        if (answer.TryGet(out _, out var refusal)) return id;
        return step.Body["status"]?.ToString() == "ARCHIVED" && await IsArchivedAsync(access, list, id, refusal, ct) ? id : Result<string>.Refused(refusal);
    }

    /// <summary>To archive what is archived already may be refused, which is as good as done.</summary>
    private async Task<bool> IsArchivedAsync(PlatformAccess access, string list, string id, Refusal refusal, CancellationToken ct)
    {
        if (refusal is not PlatformFailure { Kind: PlatformFailureKind.InvalidRequest or PlatformFailureKind.NotFound }) return false;
        var answer = await api.GetAsync(access, $"{PinterestApi.AccountOf(access)}/{list}/{id}", [], ct);
        return answer.TryGet(out var body, out var unread) ? body["status"]?.ToString() == "ARCHIVED" : unread is PlatformFailure { Kind: PlatformFailureKind.NotFound };
    }

    private async Task<Result<string>> CreatePinAsync(PlatformAccess access, JsonObject body, CancellationToken ct)
    {
        var pin = (JsonObject)body.DeepClone();
        await using var scope = scopes.CreateAsyncScope();
        await FillAsync(scope.ServiceProvider.GetRequiredService<IMediaSource>(), (JsonObject)pin["media_source"]!, ct);
        // The account's owner is whose board it is; whoever has a role in the account may write there.
        return IdOf(await api.SendAsync(access, HttpMethod.Post, "pins", pin, CallKind.Create, ct, [("ad_account_id", access.Account!.ExternalId)]), "id");
    }

    /// <summary>Puts the images where the plan names them.</summary>
    private static async Task FillAsync(IMediaSource media, JsonObject source, CancellationToken ct)
    {
        foreach (var item in (source["items"] as JsonArray ?? []).OfType<JsonObject>()) await FillAsync(media, item, ct);
        foreach (var (data, type) in ((string, string)[])[("data", "content_type"), ("cover_image_data", "cover_image_content_type")])
        {
            if (source[data]?.ToString() is not { } text || PinterestPins.AssetOf(text) is not var (asset, rendition)) continue;
            await using var file = await media.OpenAsync(asset, rendition, ct);
            using var bytes = new MemoryStream();
            await file.Content.CopyToAsync(bytes, ct);
            (source[data], source[type]) = (Convert.ToBase64String(bytes.ToArray()), file.ContentType);
        }
    }

    private async Task<Result<string>> UploadAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        // An announced upload that nothing is sent to is forgotten, so this may be repeated.
        var announced = await api.SendAsync(access, HttpMethod.Post, "media", new JsonObject { ["media_type"] = "video" }, CallKind.Repeatable, ct);
        if (!announced.TryGet(out var told, out var refusal)) return Result<string>.Refused(refusal);
        if (told["media_id"]?.ToString() is not { Length: > 0 } id || !Uri.TryCreate(told["upload_url"]?.ToString(), UriKind.Absolute, out var address)) return Odd("an address for the video");

        await using var scope = scopes.CreateAsyncScope();
        await using var file = await scope.ServiceProvider.GetRequiredService<IMediaSource>().OpenAsync(step.AssetId!.Value, PinterestPins.AssetOf(step.Body["file"]!.ToString())?.Rendition, ct);
        var sent = await api.UploadAsync(access, address, told["upload_parameters"] as JsonObject ?? [], file, ct);
        return sent.IsDone ? id : Result<string>.Refused(sent.Refusal);
    }

    private async Task<Result<string>> AwaitVideoAsync(PlatformAccess access, string video, CancellationToken ct)
    {
        var answer = await api.GetAsync(access, $"media/{video}", [], ct);
        if (!answer.TryGet(out var body, out var refusal)) return Result<string>.Refused(refusal);
        return body["status"]?.ToString() switch
        {
            "succeeded" => video,
            "failed" => new PlatformFailure(Platform.Pinterest, PlatformFailureKind.InvalidRequest, "Pinterest could not read the video.") { Field = "media_source" },
            _ => new PlatformFailure(Platform.Pinterest, PlatformFailureKind.Unavailable, "Pinterest is still taking in the video.") { Code = "processing" },
        };
    }

    private async Task<Result<string>> DeletePinAsync(PlatformAccess access, string pin, CancellationToken ct)
    {
        var answer = await api.DeleteAsync(access, $"pins/{pin}", [("ad_account_id", access.Account!.ExternalId)], ct);
        return answer.IsDone || answer.Refusal is PlatformFailure { Kind: PlatformFailureKind.NotFound } ? pin : Result<string>.Refused(answer.Refusal);
    }

    private async Task<Result<string>> CreateAudienceAsync(PlatformAccess access, StepRequest step, CancellationToken ct) =>
        IdOf(await api.SendAsync(access, HttpMethod.Post, $"{PinterestApi.AccountOf(access)}/{(step.Key.StartsWith("list:", StringComparison.Ordinal) ? "customer_lists" : "audiences")}", step.Body, CallKind.Create, ct), "id");

    private async Task<Result<string>> SendMembersAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var list = step.Body["id"]!.ToString();
        var members = scope.ServiceProvider.GetRequiredService<IAudienceBook>().MembersAsync(step.AudienceId!.Value, Platform.Pinterest, ct);
        await foreach (var (rows, _) in members.InBatchesAsync(PinterestFromMemory.RecordsACall, ct))
        {
            var hashes = rows.Select(r => r.EmailSha256).OfType<string>().ToList();
            if (hashes.Count == 0) continue;
            if ((await PinterestAudience.SendAsync(api, access, list, hashes, remove: false, ct)).Refusal is { } refusal) return Result<string>.Refused(refusal);
        }
        return list;
    }

    private static Result<string> IdOf(Result<JsonNode> answer, string field)
    {
        if (!answer.TryGet(out var body, out var refusal)) return Result<string>.Refused(refusal);
        return body[field]?.ToString() is { Length: > 0 } id ? id : Odd("an id");
    }

    private static PlatformFailure Odd(string what) => new(Platform.Pinterest, PlatformFailureKind.UnknownOutcome, $"Pinterest answered without {what}.");
}
