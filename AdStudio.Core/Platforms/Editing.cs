namespace AdStudio.Core.Platforms;

/// <summary>Changes what runs, within what <see cref="PlatformRules.Edits"/> says. The steps are carried out by <see cref="IPublishes.CarryOutAsync"/>.</summary>
public interface IEditsCampaigns : IPlatformCapability
{
    /// <summary>
    /// Pure. The steps that bring a launched campaign from <paramref name="before"/> to <paramref name="after"/>: name, dates, targeting, creatives; money is <see cref="IPublishes.PlanBudget"/>'s.
    /// New objects carry <paramref name="after"/>'s marker, and their keys end in it ("ad:1@MARKER"), so that they never meet a key of <see cref="LaunchedObjects.Ids"/>. What replaces something is
    /// made and switched on before the old is taken away.
    /// </summary>
    LaunchPlan PlanEdit(LaunchedObjects launched, LaunchBrief before, LaunchBrief after);
}
