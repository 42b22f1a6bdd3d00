using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Tests.Insights;

/// <summary>An account on which somebody has made campaigns, as a platform tells of it; it can be switched and given another budget.</summary>
public sealed class StandingAccount(Platform platform) : IImportsCampaigns, IPublishes
{
    public Platform Platform => platform;
    public List<ImportedCampaign> Campaigns { get; } = [];
    public Refusal? Refuses { get; set; }

    /// <summary>Asked before each campaign is told.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;
    public int Readings { get; private set; }

    public async IAsyncEnumerable<Result<ImportedCampaign>> ReadAllAsync(PlatformAccess access, [EnumeratorCancellation] CancellationToken ct)
    {
        Readings++;
        foreach (var campaign in Campaigns.ToList())
        {
            await Before();
            if (Refuses is { } refusal)
            {
                yield return Result<ImportedCampaign>.Refused(refusal);
                yield break;
            }
            yield return campaign;
        }
    }

    public LaunchPlan PlanLaunch(LaunchBrief brief) => throw new InvalidOperationException("Nothing is launched here.");
    public Task<Result<string>> CarryOutAsync(PlatformAccess access, StepRequest step, CancellationToken ct) => throw new InvalidOperationException("Nothing is carried out here.");
    public Task<Result<string?>> FindAsync(PlatformAccess access, StepRequest step, CancellationToken ct) => throw new InvalidOperationException("Nothing is looked for here.");
    public IReadOnlyList<PlannedStep> PlanPause(LaunchedObjects launched) => Of(launched, "campaign", StepKind.Pause);
    public IReadOnlyList<PlannedStep> PlanResume(LaunchedObjects launched) => Of(launched, "campaign", StepKind.Activate);
    public IReadOnlyList<PlannedStep> PlanBudget(LaunchedObjects launched, Money budget, BudgetType type) => Of(launched, "adset", StepKind.ChangeBudget);
    public IReadOnlyList<PlannedStep> PlanRemove(LaunchedObjects launched) => Of(launched, "campaign", StepKind.Remove);

    private static PlannedStep[] Of(LaunchedObjects launched, string key, StepKind kind) =>
        launched.Ids.TryGetValue(key, out var id) ? [new($"{kind}:{key}", kind, $"{kind} {key}", launched.Marker, new JsonObject { ["id"] = id })] : [];
}
