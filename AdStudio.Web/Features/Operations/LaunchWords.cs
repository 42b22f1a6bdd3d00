using AdStudio.Core.Campaigns;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared.Figures;

namespace AdStudio.Web.Features.Operations;

/// <summary>What is or was done on the platforms, in plain words.</summary>
internal static class LaunchWords
{
    /// <summary>"Launching “Winter boots”", "Launched “Winter boots”", "Could not launch “Winter boots” everywhere".</summary>
    public static string Title(Activity activity)
    {
        var (doing, done, infinitive) = Verbs(activity.Kind);
        var what = $"“{activity.CampaignName}”";
        if (activity.IsOpen) return $"{doing} {what}";
        if (!activity.HasFailed) return activity.Platforms.All(p => p.Work.Status == OperationStatus.Cancelled) ? $"Stopped before it could {infinitive} {what}" : $"{done} {what}";
        return $"Could not {infinitive} {what}" + (activity.Platforms.Any(p => p.Work.Status == OperationStatus.Succeeded) ? " everywhere" : "");
    }

    /// <summary>How it stands on one platform: "Step 3 of 8: create the ad set", "tried again at 14:05".</summary>
    public static string Standing(WorkOnPlatform there, TimeZoneInfo? zone)
    {
        var work = there.Work;
        return work.Status switch
        {
            OperationStatus.Waiting when work.RetryAt is { } at => $"Waits; tried again {Shown.Exact(at, zone)}",
            OperationStatus.Queued or OperationStatus.Running or OperationStatus.Waiting => Step(work),
            OperationStatus.Succeeded => "Done",
            OperationStatus.Cancelled => "Stopped",
            _ => $"{there.Platform.Label()} says",
        };
    }

    private static string Step(WorkView work)
    {
        var next = work.Steps.Select((step, i) => (step, Number: i + 1)).FirstOrDefault(s => s.step.Status is not (StepStatus.Done or StepStatus.Undone));
        return next.step is null ? "Finishing" : $"Step {next.Number} of {work.Steps.Count}: {next.step.Title}";
    }

    public static decimal? Part(WorkView work) => work.Steps.Count == 0 ? null : (decimal)work.Steps.Count(s => s.Status == StepStatus.Done) / work.Steps.Count;

    public static string Platforms(Activity activity) => Words.List(activity.Platforms.Select(p => p.Platform.Label()).Distinct());

    /// <summary>Icon and tone.</summary>
    public static (string Icon, string Tone) Sign(Activity activity) => activity switch
    {
        { IsOpen: true } => ("refresh", "busy"),
        { HasFailed: true } => ("error", "bad"),
        _ => ("check-circle", "good"),
    };

    private static (string Doing, string Done, string Infinitive) Verbs(OperationKind kind) => kind switch
    {
        OperationKind.Launch => ("Launching", "Launched", "launch"),
        OperationKind.Pause => ("Pausing", "Paused", "pause"),
        OperationKind.Resume => ("Resuming", "Resumed", "resume"),
        OperationKind.RollBack => ("Rolling back", "Rolled back", "roll back"),
        OperationKind.Edit => ("Changing", "Changed", "change"),
        _ => ("Changing the budget of", "Changed the budget of", "change the budget of"),
    };
}
