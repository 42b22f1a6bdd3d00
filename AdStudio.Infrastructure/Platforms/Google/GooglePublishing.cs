using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>Carries out the steps of a plan on Google, and finds what a step made when nobody heard the answer.</summary>
internal sealed class GooglePublishing(GoogleApi api, IServiceScopeFactory scopes) : IPublishes
{
    public Platform Platform => Platform.Google;

    public LaunchPlan PlanLaunch(LaunchBrief brief) => GooglePlan.Of(brief);

    public IReadOnlyList<PlannedStep> PlanPause(LaunchedObjects launched) => Status(launched, "pause:campaign", StepKind.Pause, "Pause the campaign", "PAUSED");

    public IReadOnlyList<PlannedStep> PlanResume(LaunchedObjects launched) => Status(launched, "resume:campaign", StepKind.Activate, "Switch the campaign on again", "ENABLED");

    public IReadOnlyList<PlannedStep> PlanBudget(LaunchedObjects launched, Money budget, BudgetType type) => Resource(launched, "campaignBudgets", "budget") is { } name
        ? [new("budget:budget", StepKind.ChangeBudget, $"Change the budget to {budget}", launched.Marker,
            GooglePlan.Update(new JsonObject { ["resourceName"] = name, [GooglePlan.BudgetField(type)] = GooglePlan.Micros(budget) }, GooglePlan.BudgetMask(type)))]
        : [];

    /// <summary>The campaign with all beneath it; then its budget, which nothing uses any more.</summary>
    public IReadOnlyList<PlannedStep> PlanRemove(LaunchedObjects launched)
    {
        var steps = new List<PlannedStep>();
        if (Resource(launched, "campaigns", "campaign") is { } campaign) steps.Add(new("remove:campaign", StepKind.Remove, "Remove the campaign with its ad group and ads", launched.Marker, GooglePlan.Remove(campaign)));
        if (Resource(launched, "campaignBudgets", "budget") is { } budget) steps.Add(new("remove:budget", StepKind.Remove, "Remove the budget", launched.Marker, GooglePlan.Remove(budget)));
        return steps;
    }

    // Google stops all beneath a campaign with it; what somebody paused by hand below stays paused.
    private static PlannedStep[] Status(LaunchedObjects launched, string key, StepKind kind, string title, string status) => Resource(launched, "campaigns", "campaign") is { } campaign
        ? [new(key, kind, title, launched.Marker, GooglePlan.Update(new JsonObject { ["resourceName"] = campaign, ["status"] = status }, "status"))]
        : [];

    private static string? Resource(LaunchedObjects launched, string collection, string key) =>
        launched.Ids.TryGetValue(key, out var id) ? $"customers/{launched.Account.ExternalId}/{collection}/{id}" : null;

    public async Task<Result<string>> CarryOutAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        if (step.Key.StartsWith("members:", StringComparison.Ordinal)) return await SendMembersAsync(access, step, ct);
        if (step.Body[GooglePlan.Wanted] is JsonArray wanted)
        {
            var parent = (step.Body["campaign"] ?? step.Body["adGroup"])!.ToString();
            return await new GoogleCriteria(api, access, step.Body.ContainsKey("campaign")).ReplaceAsync(GoogleApi.IdOf(parent), [.. wanted.OfType<JsonObject>()], ct);
        }

        var (collection, kind) = step.Kind switch
        {
            StepKind.Audience => ("userLists", CallKind.Create),
            StepKind.Budget => ("campaignBudgets", CallKind.Create),
            StepKind.Campaign => ("campaigns", CallKind.Create),
            StepKind.Targeting => (step.Key == "places" ? "campaignCriteria" : "adGroupCriteria", CallKind.Create),
            StepKind.AdSet => ("adGroups", CallKind.Create),
            StepKind.Media => ("assets", CallKind.Create),
            StepKind.Ad => ("adGroupAds", CallKind.Create),
            StepKind.Activate or StepKind.Pause or StepKind.ChangeBudget or StepKind.Remove or StepKind.Change => (CollectionOf(step.Body), CallKind.Repeatable),
            _ => throw new InvalidOperationException($"Google has no step of the kind {step.Kind}."),
        };
        var body = step.Kind == StepKind.Media ? await WithImageAsync(step, ct) : step.Body;
        var answer = await api.MutateAsync(access, collection, body, kind, ct);
        if (answer.Refusal is not PlatformFailure failure) return answer;

        // Gone already: what was to be reached.
        if (failure.Kind == PlatformFailureKind.NotFound && step.Kind == StepKind.Remove) return GoogleApi.IdOf(step.Body["operations"]![0]!["remove"]!.ToString());
        if (kind == CallKind.Create && GoogleErrors.IsDuplicate(failure) && (await FindAsync(access, step, ct)).TryGet(out var there, out _) && there is not null) return there;
        return answer;
    }

    public async Task<Result<string?>> FindAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var customer = GoogleApi.Customer(access);
        var pattern = GoogleApi.Like(step.Marker);
        switch (step.Kind)
        {
            case StepKind.Audience when step.Key.StartsWith("audience:", StringComparison.Ordinal): return await NamedAsync("user_list", "userList", "");
            case StepKind.Budget: return await NamedAsync("campaign_budget", "campaignBudget", " AND campaign_budget.status != 'REMOVED'");
            case StepKind.Campaign: return await NamedAsync("campaign", "campaign", " AND campaign.status != 'REMOVED'");
            case StepKind.AdSet: return await NamedAsync("ad_group", "adGroup", " AND ad_group.status != 'REMOVED'");
            case StepKind.Media: return await NamedAsync("asset", "asset", "");
            case StepKind.Ad: return await AdAsync();
            case StepKind.Targeting:
                var ofCampaign = step.Key == "places";
                return await new GoogleCriteria(api, access, ofCampaign).FindAsync(step.Done[ofCampaign ? "campaign" : "adset"], (step.Body["operations"] as JsonArray)!.Select(o => (JsonObject)o!["create"]!), ct);
            default: return Result<string?>.Of(null);
        }

        async Task<Result<string?>> NamedAsync(string resource, string field, string also) => Pick(
            await api.SearchAsync(access, customer, $"SELECT {resource}.id, {resource}.name FROM {resource} WHERE {resource}.name LIKE '%{pattern}'{also}", ct),
            row => PlanWords.Carries(row[field]?["name"]?.ToString(), step.Marker) ? row[field]?["id"]?.ToString() : null);

        async Task<Result<string?>> AdAsync() => Pick(
            await api.SearchAsync(access, customer, $"SELECT ad_group_ad.ad.id, ad_group_ad.ad.url_custom_parameters, ad_group_ad.status FROM ad_group_ad WHERE ad_group.id = {step.Done["adset"]} AND ad_group_ad.status != 'REMOVED'", ct),
            row => (row["adGroupAd"]?["ad"]?["urlCustomParameters"] as JsonArray ?? []).Any(p => p?["key"]?.ToString() == GooglePlan.MarkerParameter && p["value"]?.ToString() == step.Marker)
                ? row["adGroupAd"]!["ad"]!["id"]?.ToString() : null);
    }

    private static Result<string?> Pick(Result<IReadOnlyList<JsonObject>> rows, Func<JsonObject, string?> id) =>
        rows.TryGet(out var found, out var refusal) ? Result<string?>.Of(found.Select(id).FirstOrDefault(i => i is not null)) : Result<string?>.Refused(refusal);

    private static string CollectionOf(JsonObject body)
    {
        var operation = body["operations"]![0]!;
        var name = (operation["remove"] ?? operation["update"]!["resourceName"])!.ToString();
        return name.Split('/')[2];
    }

    private async Task<JsonObject> WithImageAsync(StepRequest step, CancellationToken ct)
    {
        var rendition = GoogleCatalogue.Rules.MediaOf(MediaKind.Image)!.RenditionOf(step.Key);
        await using var scope = scopes.CreateAsyncScope();
        await using var file = await scope.ServiceProvider.GetRequiredService<IMediaSource>().OpenAsync(step.AssetId!.Value, rendition, ct);
        using var bytes = new MemoryStream();
        await file.Content.CopyToAsync(bytes, ct);

        var body = (JsonObject)step.Body.DeepClone();
        body["operations"]![0]!["create"]!["imageAsset"]!["data"] = Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length);
        return body;
    }

    private async Task<Result<string>> SendMembersAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        var list = step.Body["job"]!["customerMatchUserListMetadata"]!["userList"]!.ToString();
        await using var scope = scopes.CreateAsyncScope();
        var members = scope.ServiceProvider.GetRequiredService<IAudienceBook>().MembersAsync(step.AudienceId!.Value, Platform.Google, ct);
        var sent = await GoogleMembers.SendAsync(api, access, list, members.InBatchesAsync(GoogleFromMemory.MembersACall, ct).Select(b => (IReadOnlyList<MemberHashes>)[.. b.Rows.Select(m => new MemberHashes(m.EmailSha256, m.PhoneSha256))]), remove: false, ct);
        return sent.Refusal is { } refusal ? Result<string>.Refused(refusal) : GoogleApi.IdOf(list);
    }
}
