using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Features.Campaigns.Wizard;

/// <summary>What the steps of the wizard share: the draft, the accounts there are, and what preflight found.</summary>
public sealed class WizardModel(WizardDraft draft, Guid campaignId, Guid workspaceId, IReadOnlyList<Platform> installed, IReadOnlyList<AdAccountRow> accounts)
{
    private readonly HashSet<WizardStep> left = [.. WizardSteps.All.Where(s => s.HasContent(draft.Spec))];

    public WizardDraft Draft { get; } = draft;
    public Guid CampaignId { get; } = campaignId;

    /// <summary>Whether it runs already: then goal, platforms, accounts and the kind of budget stay as they are.</summary>
    public bool IsLaunched { get; init; }
    public Guid WorkspaceId { get; } = workspaceId;

    /// <summary>Forms that stand on a platform and can open from an ad.</summary>
    public IReadOnlyList<LeadFormRow> LeadForms { get; init; } = [];
    public CampaignSpec Spec => Draft.Spec;
    public IReadOnlyList<Finding> Findings { get; set; } = [];

    /// <summary>Those that can be connected here, and those that the campaign names anyway.</summary>
    public IEnumerable<Platform> Platforms => installed.Concat(Spec.Platforms.Select(p => p.Platform)).Distinct().Order();

    public void Change(Func<CampaignSpec, CampaignSpec> change) => Draft.Change(change);

    public IEnumerable<AdAccountRow> AccountsOn(Platform platform) => accounts.Where(a => a.Platform == platform);

    /// <summary>The account that pays: the chosen one, or the only one there is to choose.</summary>
    public AdAccountRow? AccountOf(PlatformChoice choice)
    {
        if (choice.AdAccountId is { } id) return accounts.FirstOrDefault(a => a.Id == id);
        var usable = AccountsOn(choice.Platform).Where(IsUsable).ToList();
        return usable.Count == 1 ? usable[0] : null;
    }

    public static bool IsUsable(AdAccountRow account) => account is { Access: AccountAccess.Manager, IsInGoodStanding: true };

    public IReadOnlyList<Money?> Shares => BudgetShares.Of(Spec, c => AccountOf(c)?.Currency);

    /// <summary>The creative that the preview shows.</summary>
    public CreativeRow? Shown { get; private set; }

    public event Action? Changed;

    public void Show(CreativeRow? creative)
    {
        Shown = creative;
        Changed?.Invoke();
    }

    public void Leave(WizardStep step) => left.Add(step);

    /// <summary>
    /// What to say beside a field. On a step that one sees for the first time, what is merely missing is not called wrong before one has left it.
    /// </summary>
    public IEnumerable<Finding> At(string field, bool below = false) => Findings.Where(f =>
        (f.Field == field || (below && f.Field.StartsWith(field, StringComparison.Ordinal))) && (f.Platform is not null || left.Contains(WizardSteps.Of(f))));

    public StepState StateOf(WizardStep step)
    {
        if (step == WizardStep.Review) return StepState.Open;
        var blocked = Findings.Any(f => f.Severity == FindingSeverity.Blocks && WizardSteps.Of(f) == step);
        if (blocked) return left.Contains(step) ? StepState.Wrong : StepState.Open;
        return step.HasContent(Spec) || left.Contains(step) ? StepState.Done : StepState.Open;
    }
}
