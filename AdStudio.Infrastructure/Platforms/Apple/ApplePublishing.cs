using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>Carries out the steps of a plan on Apple, and finds what a step made when nobody heard the answer.</summary>
internal sealed class ApplePublishing(AppleApi api) : IPublishes, IEditsCampaigns
{
    public Platform Platform => Platform.Apple;

    public LaunchPlan PlanLaunch(LaunchBrief brief) => ApplePlan.Of(brief);

    public LaunchPlan PlanEdit(LaunchedObjects launched, LaunchBrief before, LaunchBrief after) => AppleEdit.Of(launched, before, after);

    public IReadOnlyList<PlannedStep> PlanPause(LaunchedObjects launched) => OfCampaign(launched, "pause:campaign", StepKind.Pause, "Pause the campaign", ApplePlan.Status("PAUSED"));

    public IReadOnlyList<PlannedStep> PlanResume(LaunchedObjects launched) => OfCampaign(launched, "resume:campaign", StepKind.Activate, "Switch the campaign on again", ApplePlan.Status("ENABLED"));

    public IReadOnlyList<PlannedStep> PlanBudget(LaunchedObjects launched, Money budget, BudgetType type) => OfCampaign(launched, "budget:campaign", StepKind.ChangeBudget, $"Change the daily budget to {budget}",
        new() { ["campaign"] = new JsonObject { ["dailyBudgetAmount"] = ApplePlan.Money(budget) } });

    public IReadOnlyList<PlannedStep> PlanRemove(LaunchedObjects launched) => OfCampaign(launched, "remove:campaign", StepKind.Remove, "Remove the campaign with its ad group and ad", []);

    // Apple stops all beneath a campaign with it; what somebody paused by hand below stays paused.
    private static PlannedStep[] OfCampaign(LaunchedObjects launched, string key, StepKind kind, string title, JsonObject body) =>
        launched.Ids.TryGetValue("campaign", out var id) ? [new(key, kind, title, launched.Marker, At($"campaigns/{id}", body))] : [];

    /// <summary>A change is carried out by itself, without the launch that brought the ids: so it says where.</summary>
    internal static JsonObject At(string path, JsonObject body)
    {
        body["at"] = path;
        return body;
    }

    public async Task<Result<string>> CarryOutAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        switch (step.Kind)
        {
            case StepKind.Campaign: return await CreateAsync("campaigns", step.Body);
            case StepKind.AdSet: return await AdGroupAsync();
            case StepKind.Ad: return await CreateAsync(PathOf("adset", step) + "/ads", WithNumber(step.Body, "creativeId"));
            case StepKind.Creative:
                // An app has one ad of its product page; what another campaign made of it is used again.
                if (!(await FindAsync(access, step, ct)).TryGet(out var there, out var unread)) return Result<string>.Refused(unread);
                return there ?? await CreateAsync("creatives", step.Body);
            case StepKind.Remove:
                var (place, _, gone) = Where(step);
                var removed = await api.SendAsync(access, HttpMethod.Delete, place, null, CallKind.Repeatable, ct);
                return removed.IsDone || removed.Refusal is PlatformFailure { Kind: PlatformFailureKind.NotFound } ? gone : Result<string>.Refused(removed.Refusal);
            case StepKind.Activate or StepKind.Pause or StepKind.ChangeBudget or StepKind.Change:
                var (path, body, id) = Where(step);
                var changed = await api.SendAsync(access, HttpMethod.Put, path, body, CallKind.Repeatable, ct);
                return changed.IsDone ? id : Result<string>.Refused(changed.Refusal);
            default: throw new InvalidOperationException($"Apple has no step of the kind {step.Kind}.");
        }

        async Task<Result<string>> AdGroupAsync()
        {
            var body = (JsonObject)step.Body.DeepClone();
            if (body["startTime"]?.ToString() == ApplePlan.AtLaunch)
            {
                var campaign = await api.GetAsync(access, PathOf("campaign", step), null, ct);
                if (!campaign.TryGet(out var found, out var refusal)) return Result<string>.Refused(refusal);
                body["startTime"] = (found["data"]?["startTime"] ?? found["data"]?["creationTime"])?.ToString() ?? ApplePlan.Time(api.Now);
            }
            return await CreateAsync(PathOf("campaign", step) + "/adgroups", body);
        }

        async Task<Result<string>> CreateAsync(string path, JsonObject body)
        {
            var answer = await api.SendAsync(access, HttpMethod.Post, path, body, CallKind.Create, ct);
            if (answer.TryGet(out var made, out var refusal))
                return made["data"]?["id"]?.ToString() is { } id ? id : new PlatformFailure(Platform.Apple, PlatformFailureKind.UnknownOutcome, "Apple answered without an id.");
            if (refusal is PlatformFailure failure && AppleFromMemory.SaysTaken(failure.Code) && (await FindAsync(access, step, ct)).TryGet(out var there, out _) && there is not null) return there;
            return Result<string>.Refused(refusal);
        }
    }

    public async Task<Result<string?>> FindAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var name = step.Body["name"]?.ToString() ?? "";
        var (path, conditions) = step.Kind switch
        {
            StepKind.Campaign => ("campaigns/find", (IReadOnlyList<JsonObject>)[AppleApi.Equal("name", name)]),
            StepKind.AdSet => (PathOf("campaign", step) + "/adgroups/find", [AppleApi.Equal("name", name)]),
            StepKind.Ad => (PathOf("campaign", step) + "/ads/find", [AppleApi.Equal("name", name)]),
            StepKind.Creative => ("creatives/find", [AppleApi.Equal("adamId", step.Body["adamId"]!.ToString()), AppleApi.Equal("type", AppleFromMemory.DefaultPage)]),
            _ => ("", []),
        };
        if (path.Length == 0) return Result<string?>.Of(null);
        var found = await api.FindAsync(access, path, conditions, ct);
        return found.TryGet(out var rows, out var refusal)
            ? Result<string?>.Of(rows.FirstOrDefault(r => r["deleted"]?.GetValue<bool>() != true && (step.Kind == StepKind.Creative || PlanWords.Carries(r["name"]?.ToString(), step.Marker)))?["id"]?.ToString())
            : Result<string?>.Refused(refusal);
    }

    /// <summary>Where a change says that it goes; else what a step of the launch is about: "activate:ad:1" is about "ad:1".</summary>
    private static (string Path, JsonObject Body, string Id) Where(StepRequest step)
    {
        if (step.Body["at"]?.ToString() is not { } at)
        {
            var target = step.Key[(step.Key.IndexOf(':', StringComparison.Ordinal) + 1)..];
            return (PathOf(target, step), step.Body, step.Done[target]);
        }
        var body = (JsonObject)step.Body.DeepClone();
        body.Remove("at");
        return (at, body, at[(at.LastIndexOf('/') + 1)..]);
    }

    private static string PathOf(string target, StepRequest step)
    {
        var campaign = "campaigns/" + step.Done["campaign"];
        return target switch { "campaign" => campaign, "adset" => $"{campaign}/adgroups/{step.Done["adset"]}", _ => $"{campaign}/adgroups/{step.Done["adset"]}/ads/{step.Done[target]}" };
    }

    /// <summary>Ids are texts with us and numbers with Apple.</summary>
    private static JsonObject WithNumber(JsonObject body, string field)
    {
        var copy = (JsonObject)body.DeepClone();
        copy[field] = long.Parse(body[field]!.ToString(), CultureInfo.InvariantCulture);
        return copy;
    }
}
