using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

/// <summary>What a platform would refuse, found before anything is sent. Pure: the same spec and facts give the same findings, in the wizard's order.</summary>
public static partial class Preflight
{
    public static IReadOnlyList<Finding> Check(string name, CampaignSpec spec, CampaignFacts facts)
    {
        var findings = new Findings();
        CheckGoal(name, spec, findings);
        var connected = new List<PlatformChoice>();
        foreach (var (choice, index) in spec.Platforms.Select((p, i) => (p, i)))
            if (CheckAccount(choice, index, spec, facts, findings)) connected.Add(choice);
        if (spec.Platforms.Count > 0 && spec.Platforms.All(p => findings.LeavesOut(p.Platform)))
            findings.Blocks(null, "platforms", "None of the chosen platforms can be launched on now. Connect one of them first.");
        CheckAudience(spec, facts, findings);
        CheckCreatives(spec, facts, connected, findings);
        CheckBudget(spec, facts, connected, findings);
        CheckBid(spec, connected, findings);
        CheckSchedule(spec, facts, findings);
        return findings.All;
    }

    private static void CheckGoal(string name, CampaignSpec spec, Findings findings)
    {
        if (name.Trim().Length == 0) findings.Blocks(null, "name", "Give the campaign a name.");
        if (spec.Objective is null) findings.Blocks(null, "objective", "Choose what the campaign is for.");
        if (spec.Platforms.Count == 0) findings.Blocks(null, "platforms", "Choose at least one platform.");
        if (spec.SpecialAdCategories.Count > 0 && spec.SpecialAdCountries.Count == 0)
            findings.Blocks(null, "specialAdCountries", "Ads of a special category need the countries they are declared for. Name at least one.");
    }

    private static void CheckSchedule(CampaignSpec spec, CampaignFacts facts, Findings findings)
    {
        var zone = spec.Schedule.TimeZone ?? spec.Platforms.Select(facts.AccountFor).FirstOrDefault(a => a is not null)?.TimeZone;
        var (start, end) = spec.Schedule.Instants(zone);
        if (spec.Budget.Type == BudgetType.Lifetime && end is null)
            findings.Blocks(null, "schedule.endAt", "A lifetime budget is spread over the whole run. Choose when it ends.");
        if (end <= facts.Now) findings.Blocks(null, "schedule.endAt", "The end lies in the past. Choose a later one.");
        else if (end <= start) findings.Blocks(null, "schedule.endAt", "The end comes before the start. Choose a later end or an earlier start.");
        else if (start < facts.Now) findings.Warns(null, "schedule.startAt", "The start lies in the past, so the ads start as soon as they are launched.");
    }

    internal static bool StartsLater(CampaignSpec spec, CampaignFacts facts) =>
        spec.Schedule.Instants(spec.Platforms.Select(facts.AccountFor).FirstOrDefault(a => a is not null)?.TimeZone).Start > facts.Now;

    /// <summary>Collects in order.</summary>
    private sealed class Findings
    {
        private readonly List<Finding> all = [];

        public IReadOnlyList<Finding> All => all;

        public void Blocks(Platform? platform, string field, string message) => all.Add(new(platform, field, FindingSeverity.Blocks, message));
        public void Warns(Platform? platform, string field, string message) => all.Add(new(platform, field, FindingSeverity.Warns, message));
        public void LeavesOut(Platform platform, string field, string message) => all.Add(new(platform, field, FindingSeverity.LeavesOut, message));
        public bool LeavesOut(Platform platform) => all.Exists(f => f.Platform == platform && f.Severity == FindingSeverity.LeavesOut);
    }
}
