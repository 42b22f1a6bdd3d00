using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Tests.Operations;

public enum Fault { Unavailable, RateLimited, TimeoutBefore, TimeoutAfter, Bug, ExpiredToken, Policy, KilledBefore, KilledAfter }

/// <summary>An ad platform in memory with a fault dial. What it holds is what money would be spent on.</summary>
public sealed class FakeAds(Platform platform, TimeProvider time) : IPublishes, IEditsCampaigns, IReadsStructure, IAuthorizes
{
    public const string PolicyWords = "Your ad may violate our policy on personal attributes.";

    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<Fault>> faults = [];
    private int nextId = 100;

    public sealed record Thing(string Id, string Name, string Key, string? Parent) { public bool Active { get; set; } }

    public Platform Platform => platform;
    public List<Thing> Things { get; } = [];
    public List<string> Calls { get; } = [];

    /// <summary>What must never be: something active while the rest does not stand.</summary>
    public List<string> Violations { get; } = [];
    public string GoodToken { get; set; } = "token-1";
    public bool RefreshWorks { get; set; } = true;
    public TimeSpan RateLimitedFor { get; set; } = TimeSpan.FromMinutes(7);
    public string? Rejects { get; set; }
    public long? LastBudget { get; private set; }

    /// <summary>What was set on something that stands, in order.</summary>
    public List<JsonObject> Settings { get; } = [];

    /// <summary>Called when a call arrives, before anything happens.</summary>
    public Func<string, CancellationToken, Task>? OnCall { get; set; }

    public static readonly string[] Keys = ["budget", "campaign", "adset", "media", "creative:1", "ad:1", "activate"];

    public void Set(string key, params Fault[] next) => faults[key] = new(next);

    public LaunchPlan PlanLaunch(LaunchBrief brief)
    {
        var creative = brief.Creatives[0];
        return new LaunchPlan(
        [
            Named("budget", StepKind.Budget, new() { ["amount"] = brief.Budget.Minor }),
            Named("campaign", StepKind.Campaign, new() { ["budget"] = "{{budget}}" }),
            Named("adset", StepKind.AdSet, new() { ["parent"] = "{{campaign}}" }),
            Named("media", StepKind.Media, []),
            Named("creative:1", StepKind.Creative, new() { ["image"] = "images/{{media}}", ["text"] = creative.PrimaryText }) with { CreativeId = creative.Id },
            Named("ad:1", StepKind.Ad, new() { ["parent"] = "{{adset}}", ["creative"] = "{{creative:1}}" }) with { CreativeId = creative.Id },
            Named("activate", StepKind.Activate, new() { ["id"] = "{{campaign}}" }),
        ], []);

        PlannedStep Named(string key, StepKind kind, JsonObject body)
        {
            var marker = $"{brief.Marker}-{key}";
            body["name"] = $"{brief.Name} [{marker}]";
            return new PlannedStep(key, kind, $"Do {key}", marker, body);
        }
    }

    /// <summary>New ads are made beside the old ones, which go afterwards; all else is set on the ad set.</summary>
    public LaunchPlan PlanEdit(LaunchedObjects launched, LaunchBrief before, LaunchBrief after)
    {
        List<PlannedStep> steps = [];
        if (!before.Creatives.Select(c => c.Id).SequenceEqual(after.Creatives.Select(c => c.Id)))
        {
            var (key, marker) = ($"ad:1@{after.Marker}", $"{after.Marker}-ad:1");
            steps.Add(new(key, StepKind.Ad, "Make the new ad", marker, new() { ["parent"] = launched.Ids["adset"], ["text"] = after.Creatives[0].PrimaryText, ["name"] = $"{after.Name} [{marker}]" }) { CreativeId = after.Creatives[0].Id });
            steps.AddRange(launched.Ids.Where(i => i.Key.StartsWith("ad:", StringComparison.Ordinal)).Select(i => Step($"remove {i.Key}@{after.Marker}", StepKind.Remove, new() { ["id"] = i.Value })));
        }
        if (before.End != after.End || before.Audience != after.Audience || before.Name != after.Name)
            steps.Add(Step($"set@{after.Marker}", StepKind.Change, new() { ["id"] = launched.Ids["adset"], ["end"] = after.End?.ToString("O"), ["places"] = string.Join(",", after.Audience.Places.Select(p => p.Country)) }));
        return new(steps, []);
    }

    private static PlannedStep Step(string key, StepKind kind, JsonObject body) => new(key, kind, key, "", body);

    public async Task<Result<string>> CarryOutAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        if (OnCall is { } arrived) await arrived(step.Key, ct);
        lock (gate)
        {
            Calls.Add(step.Key);
            var fault = access.AccessToken != GoodToken ? Fault.ExpiredToken : faults.GetValueOrDefault(step.Key) is { Count: > 0 } queue ? queue.Dequeue() : (Fault?)null;
            switch (fault)
            {
                case Fault.Unavailable: return Failure(PlatformFailureKind.Unavailable, "Please try again later.");
                case Fault.RateLimited: return Failure(PlatformFailureKind.RateLimited, "Too many calls.") with { RetryAt = time.GetUtcNow() + RateLimitedFor };
                case Fault.ExpiredToken: return Failure(PlatformFailureKind.ExpiredAuthorization, "The session has expired.");
                case Fault.Policy: return Failure(PlatformFailureKind.RejectedByPolicy, PolicyWords) with { Field = "text" };
                case Fault.TimeoutBefore: return Failure(PlatformFailureKind.UnknownOutcome, "The connection was lost.");
                case Fault.KilledBefore: throw new OperationCanceledException("killed", Killed());
            }
            var id = Do(step);
            return fault switch
            {
                Fault.TimeoutAfter => Failure(PlatformFailureKind.UnknownOutcome, "The connection was lost."),
                Fault.Bug => throw new FormatException("An answer that the adapter cannot read."),
                Fault.KilledAfter => throw new OperationCanceledException("killed", Killed()),
                _ => id,
            };
        }
    }

    private string Do(StepRequest step)
    {
        switch (step.Kind)
        {
            case StepKind.Activate: return Switch(step, on: true);
            case StepKind.Pause: return Switch(step, on: false);
            case StepKind.ChangeBudget:
                LastBudget = (long)step.Body["amount"]!;
                return (string)step.Body["id"]!;
            case StepKind.Change:
                Settings.Add(step.Body);
                return (string)step.Body["id"]!;
            case StepKind.Remove:
                var gone = (string)step.Body["id"]!;
                Things.RemoveAll(t => t.Id == gone || t.Parent == gone || Things.Any(p => p.Id == t.Parent && p.Parent == gone));
                return gone;
            default:
                var thing = new Thing($"{platform}-{nextId++}", (string)step.Body["name"]!, step.Key, (string?)step.Body["parent"]);
                Things.Add(thing);
                return thing.Id;
        }
    }

    private string Switch(StepRequest step, bool on)
    {
        var campaign = Things.Single(t => t.Id == (string)step.Body["id"]!);
        if (on && !(Things.Exists(t => t.Key == "adset" && t.Parent == campaign.Id) && Things.Exists(t => t.Key == "ad:1" && Things.Exists(s => s.Id == t.Parent && s.Parent == campaign.Id))))
            Violations.Add($"{campaign.Name} was turned on half-made");
        campaign.Active = on;
        return campaign.Id;
    }

    public Task<Result<string?>> FindAsync(PlatformAccess access, StepRequest step, CancellationToken ct)
    {
        lock (gate)
        {
            Calls.Add("find " + step.Key);
            if (access.AccessToken != GoodToken) return Task.FromResult<Result<string?>>(Failure(PlatformFailureKind.ExpiredAuthorization, "The session has expired."));
            return Task.FromResult(Result<string?>.Of(Things.SingleOrDefault(t => t.Name.Contains($"[{step.Marker}]", StringComparison.Ordinal))?.Id));
        }
    }

    public IReadOnlyList<PlannedStep> PlanPause(LaunchedObjects launched) => [Step("pause", StepKind.Pause, new() { ["id"] = launched.Ids["campaign"] })];
    public IReadOnlyList<PlannedStep> PlanResume(LaunchedObjects launched) => [Step("resume", StepKind.Activate, new() { ["id"] = launched.Ids["campaign"] })];
    public IReadOnlyList<PlannedStep> PlanBudget(LaunchedObjects launched, Money budget, BudgetType type) => [Step("change", StepKind.ChangeBudget, new() { ["id"] = launched.Ids["campaign"], ["amount"] = budget.Minor })];
    public IReadOnlyList<PlannedStep> PlanRemove(LaunchedObjects launched) =>
        [.. new[] { "ad:1", "creative:1", "media", "adset", "campaign", "budget" }.Where(launched.Ids.ContainsKey).Select(k => Step($"remove {k}", StepKind.Remove, new() { ["id"] = launched.Ids[k] }))];

    public Task<Result<IReadOnlyList<CampaignState>>> ReadCampaignsAsync(PlatformAccess access, IReadOnlyCollection<string> campaignIds, CancellationToken ct)
    {
        lock (gate)
        {
            IReadOnlyList<CampaignState> states = [.. Things.Where(t => t.Key == "campaign" && campaignIds.Contains(t.Id)).Select(c => new CampaignState(
                c.Id, c.Name, Rejects is not null ? PlatformStatus.Rejected : c.Active ? PlatformStatus.Active : PlatformStatus.Paused, c.Active ? "ACTIVE" : "PAUSED",
                [.. Things.Where(s => s.Parent == c.Id).Select(s => new AdSetState(s.Id, s.Name, "ACTIVE",
                    [.. Things.Where(a => a.Parent == s.Id).Select(a => new AdState(a.Id, a.Name, "ACTIVE", false, Rejects))]))]))];
            return Task.FromResult(Result<IReadOnlyList<CampaignState>>.Of(states));
        }
    }

    public bool SupportsPkce => false;
    public IReadOnlyList<string> Scopes => [];
    public Uri AuthorizeUrl(string state, Uri redirectUri, string? codeChallenge) => throw new NotSupportedException();
    public Task<Result<PlatformTokens>> ExchangeCodeAsync(string code, Uri redirectUri, string? codeVerifier, CancellationToken ct) => throw new NotSupportedException();
    public Task<Result<PlatformIdentity>> WhoAmIAsync(PlatformAccess access, CancellationToken ct) => throw new NotSupportedException();
    public Task<Result<PlatformTokens>> RefreshAsync(string accessToken, string? refreshToken, CancellationToken ct) => Task.FromResult<Result<PlatformTokens>>(
        RefreshWorks ? new PlatformTokens(GoodToken, null, null) : Failure(PlatformFailureKind.ExpiredAuthorization, "The person has to sign in again."));

    private PlatformFailure Failure(PlatformFailureKind kind, string words) => new(platform, kind, words);

    private static CancellationToken Killed() => new(canceled: true);
}
