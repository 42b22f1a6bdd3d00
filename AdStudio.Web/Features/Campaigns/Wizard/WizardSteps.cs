using AdStudio.Core.Campaigns;

namespace AdStudio.Web.Features.Campaigns.Wizard;

public enum WizardStep { Goal, Platforms, Audience, Creative, Budget, Review }

/// <summary>How a step stands: nothing there yet, in order, or something to put right.</summary>
public enum StepState { Open, Done, Wrong }

public static class WizardSteps
{
    public static IReadOnlyList<WizardStep> All { get; } = Enum.GetValues<WizardStep>();

    public static string Title(this WizardStep step) => step switch
    {
        WizardStep.Platforms => "Platforms and accounts",
        WizardStep.Budget => "Budget and schedule",
        _ => step.ToString(),
    };

    /// <summary>The step on which a finding is put right.</summary>
    public static WizardStep Of(Finding finding) => finding.Field switch
    {
        var f when f.StartsWith("platforms", StringComparison.Ordinal) => f.EndsWith(".budget", StringComparison.Ordinal) ? WizardStep.Budget : WizardStep.Platforms,
        var f when f.StartsWith("audience", StringComparison.Ordinal) || f.StartsWith("groups", StringComparison.Ordinal) => WizardStep.Audience,
        var f when f.StartsWith("creativeIds", StringComparison.Ordinal) => WizardStep.Creative,
        var f when f.StartsWith("budget", StringComparison.Ordinal) || f.StartsWith("schedule", StringComparison.Ordinal) => WizardStep.Budget,
        _ => WizardStep.Goal,
    };

    /// <summary>Whether the author has written anything on the step.</summary>
    public static bool HasContent(this WizardStep step, CampaignSpec spec) => step switch
    {
        WizardStep.Goal => spec.Objective is not null,
        WizardStep.Platforms => spec.Platforms.Count > 0,
        WizardStep.Audience => spec.Audience.Places.Count > 0 || spec.Groups.Count > 0 || spec.AudienceIds.Count > 0,
        WizardStep.Creative => spec.CreativeIds.Count > 0,
        WizardStep.Budget => spec.Budget.AmountMicros is not null,
        _ => false,
    };
}
