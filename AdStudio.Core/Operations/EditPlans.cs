using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>What a change of a launched campaign does on one platform.</summary>
/// <param name="Kept">What the platform cannot change while it runs, in words; it stays there as it is.</param>
internal sealed record EditPlan(PlatformCampaign There, Guid OperationId, IReadOnlyList<EditKind> Kinds, LaunchPlan Plan, LaunchBrief After, LaunchedObjects Launched, IReadOnlyList<PlanNote> Kept);

/// <summary>Plans the change of a launched campaign, platform by platform, from what each was last sent.</summary>
internal static class EditPlans
{
    /// <summary>Platforms on which something is to be done or kept; those where nothing differs are left out.</summary>
    public static async Task<IReadOnlyList<(PlatformCampaign There, Refusal? WhyNot, EditPlan? Plan)>> MakeAsync(
        StudioDb db, Actor actor, PlatformSet platforms, Campaign campaign, SentCampaign after, DateTimeOffset now, bool canCut, CancellationToken ct)
    {
        List<(PlatformCampaign, Refusal?, EditPlan?)> plans = [];
        var target = Copy(campaign, after);
        var briefs = BuildLaunchBriefs.Build(target, await CampaignFacts.ReadAsync(db, actor, campaign.WorkspaceId, after.Spec, now, canCut, ct)).ToDictionary(b => (b.Platform, b.GroupName));
        List<(SentCampaign Version, CampaignFacts Facts)> read = [];
        foreach (var there in campaign.Platforms.Where(IsLive))
        {
            var before = await LastSentAsync(db, there, ct) ?? new SentCampaign(campaign.Name, campaign.Spec);
            var kinds = CampaignEdits.KindsOf(before, after).ToList();
            if (!briefs.TryGetValue((there.Platform, there.GroupName), out var brief)) continue;
            if (brief.Brief is { } money && money.Budget.Micros != there.BudgetMicros && !kinds.Contains(EditKind.Budget)) kinds.Add(EditKind.Budget);
            if (brief.Brief is { } same && same.Budget.Micros == there.BudgetMicros) kinds.Remove(EditKind.Budget);
            if (kinds.Count == 0) continue;
            if (brief.Brief is not { } to)
            {
                plans.Add((there, brief.WhyNot, null));
                continue;
            }
            // Most often all platforms were last sent the same.
            var facts = read.Find(r => JsonText<SentCampaign>.Comparer.Equals(r.Version, before)).Facts;
            if (facts is null) read.Add((before, facts = await CampaignFacts.ReadAsync(db, actor, campaign.WorkspaceId, before.Spec, now, canCut, ct)));
            if (BuildLaunchBriefs.AsSent(Copy(campaign, before), there, facts) is not { } was || await db.LaunchedObjectsAsync(there, ct) is not { } launched) continue;
            if (there.GroupName.Length > 0 && kinds.Contains(EditKind.Targeting) && IsSameTargeting(was, to)) kinds.Remove(EditKind.Targeting); // another group's places changed
            if (kinds.Count > 0) plans.Add(PlanOf(platforms, there, kinds, was, to, launched));
        }
        return plans;
    }

    private static bool IsSameTargeting(LaunchBrief was, LaunchBrief to) =>
        JsonText<AudienceSpec>.Comparer.Equals(was.Audience, to.Audience) && was.Audiences.Select(a => a.Id).SequenceEqual(to.Audiences.Select(a => a.Id));

    public static bool IsLive(PlatformCampaign platform) =>
        platform is { ExternalId: not null, LaunchedAt: not null } && platform.Status is PlatformStatus.Active or PlatformStatus.InReview or PlatformStatus.Paused or PlatformStatus.Rejected;

    private static (PlatformCampaign, Refusal?, EditPlan?) PlanOf(PlatformSet platforms, PlatformCampaign there, List<EditKind> kinds, LaunchBrief was, LaunchBrief to, LaunchedObjects launched)
    {
        var (rules, name, id) = (Catalogue.RulesOf(there.Platform), there.Platform.Label(), Guid.CreateVersion7());
        var edits = platforms.Find<IEditsCampaigns>(there.Platform);
        List<PlanNote> kept = [];
        foreach (var kind in kinds.Where(k => k != EditKind.Budget && (edits is null || rules.Edits.All(e => e.Kind != k))).ToList())
        {
            kinds.Remove(kind);
            if (kind != EditKind.Name) kept.Add(new(PlanNoteKind.LeftOut, kind.ToString().ToLowerInvariant(), $"{name} can't change the {Word(kind)} of what runs; {(kind is EditKind.Dates or EditKind.Creatives ? "they stay" : "it stays")} as launched there."));
        }
        var after = to with { Marker = OperationQueue.MarkerOf(id) };
        var plan = new LaunchPlan([], []);
        if (edits is not null && kinds.Exists(k => k != EditKind.Budget)) plan = edits.PlanEdit(launched, was with { Marker = launched.Marker }, Only(kinds, was, after));
        if (kinds.Contains(EditKind.Budget)) plan = plan with { Steps = [.. plan.Steps, .. platforms.Get<IPublishes>(there.Platform).PlanBudget(launched, to.Budget, to.BudgetType)] };
        if (plan.Steps.Count == 0) return (there, kept.Count > 0 ? new PlatformCannotChange(there.Platform, string.Join(" ", kept.Select(k => k.Text))) : null, null);
        return (there, null, new EditPlan(there, id, kinds, plan, after, launched, kept));
    }

    /// <summary>What the platform cannot change stays in the brief as it was.</summary>
    private static LaunchBrief Only(List<EditKind> kinds, LaunchBrief was, LaunchBrief to) => to with
    {
        Name = kinds.Contains(EditKind.Name) ? to.Name : was.Name,
        Bid = kinds.Contains(EditKind.Bid) ? to.Bid : was.Bid,
        Start = kinds.Contains(EditKind.Dates) ? to.Start : was.Start,
        End = kinds.Contains(EditKind.Dates) ? to.End : was.End,
        Audience = kinds.Contains(EditKind.Targeting) ? to.Audience : was.Audience,
        Audiences = kinds.Contains(EditKind.Targeting) ? to.Audiences : was.Audiences,
        Creatives = kinds.Contains(EditKind.Creatives) ? to.Creatives : was.Creatives,
    };

    public static string Word(EditKind kind) => kind switch { EditKind.Dates => "dates", EditKind.Creatives => "creatives", EditKind.Targeting => "targeting", EditKind.Budget => "budget", EditKind.Bid => "bid strategy", _ => "name" };

    private static async Task<SentCampaign?> LastSentAsync(StudioDb db, PlatformCampaign there, CancellationToken ct) =>
        (await db.Operations.AsNoTracking().Where(o => o.PlatformCampaignId == there.Id && o.Status == OperationStatus.Succeeded && o.Sends != null).OrderByDescending(o => o.CreatedAt).FirstOrDefaultAsync(ct))?.Sends;

    /// <summary>The campaign as another version of it, for building briefs; never saved.</summary>
    private static Campaign Copy(Campaign campaign, SentCampaign version) =>
        new() { Id = campaign.Id, OrganizationId = campaign.OrganizationId, WorkspaceId = campaign.WorkspaceId, TeamId = campaign.TeamId, Name = version.Name, Spec = version.Spec };
}
