using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>
/// Changes a launched campaign where it runs: name, budget, dates, targeting, creatives, each as far as the platform allows. What a platform cannot change stays there as it is, and is said.
/// A platform that is at work or not connected is left out and named; trying again brings it up to date.
/// </summary>
public sealed class EditCampaign(Studio studio, ChangeBudget changeBudget, CheckSpec check, PlatformSet platforms, OperationQueue queue, IMediaStore media, TimeProvider time)
{
    /// <param name="readVersion">Of the change that was being written (<see cref="CampaignEdit"/>), which this sends and ends; null when there is none, as for programs.</param>
    public async Task<Result<WorkStarted>> RunAsync(Actor actor, Guid campaignId, string name, CampaignSpec spec, long? readVersion, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        if (!campaign.Platforms.Exists(EditPlans.IsLive)) return new CampaignNotLive(campaign.Name);
        if (campaign.Origin == CampaignOrigin.Imported) return await ChangeImportedAsync(actor, campaign, name, spec, ct);
        if (SpecRules.Check(name, spec) is { } wrong) return wrong;
        if (CampaignEdits.Fixed(campaign.Name, campaign.Spec, spec) is { } isFixed) return isFixed;
        if (!(await check.RunAsync(actor, campaign.WorkspaceId, name, spec, ct)).TryGet(out var findings, out refusal)) return refusal;
        var problems = findings.Where(f => f.Severity == FindingSeverity.Blocks && f.Field != "platforms").Select(f => new FieldProblem(f.Field, f.Message)).Distinct().ToList();
        if (problems.Count > 0) return new CampaignNotReady(problems);

        var after = new SentCampaign(name.Trim(), spec);
        var plans = await EditPlans.MakeAsync(db, actor, platforms, campaign, after, time.GetUtcNow(), media.CanCut, ct);
        var busy = await db.ActiveWorkAsync(campaign.Id, ct);
        List<PlatformOutcome> outcomes = [];
        List<PlannedWork> works = [];
        var deed = CampaignDeed.Edit(campaign, after, plans.SelectMany(p => p.Plan?.Kinds ?? []));
        foreach (var (there, whyNot, plan) in plans)
        {
            if (busy.TryGetValue(there.Id, out var doing)) return new AlreadyAtWork(campaign.Name, there.Platform, doing);
            if (plan is null && whyNot is null) continue;
            outcomes.Add(new(there.Platform, plan is null ? whyNot : null) { GroupName = there.GroupName });
            if (plan is not null)
                works.Add(new PlannedWork(there, OperationKind.Edit, plan.After.Marker, StepRequests.Store(plan.Plan.Steps)) { Id = plan.OperationId, BudgetMicros = plan.Kinds.Contains(EditKind.Budget) ? plan.After.Budget.Micros : null, Notes = [.. plan.Plan.Notes.Concat(plan.Kept).Select(n => n.Text)] });
        }
        var isWritten = campaign.IsWritten(after.Name, spec);
        if (works.Count == 0 && isWritten) return outcomes.Find(o => o.WhyNot is not null)?.WhyNot ?? new NothingToChange(campaign.Name);

        campaign.Write(after.Name, spec);
        db.AuditVerb = "changed";
        var edit = await db.CampaignEdits.SingleOrDefaultAsync(e => e.CampaignId == campaignId, ct);
        if (edit is not null && readVersion is not null && edit.Version != readVersion)
            return new CampaignChangedMeanwhile(new(edit.Name, edit.Spec, edit.Version, edit.SavedByName, edit.UpdatedAt), new(name, spec, readVersion.Value, actor.Name, time.GetUtcNow()));
        // What somebody wrote on since it was asked for is theirs to send.
        if (edit is not null && (actor.Accepted is null || JsonText<SentCampaign>.Comparer.Equals(new(edit.Name, edit.Spec), after))) db.Remove(edit);
        var enqueued = await queue.EnqueueAsync(db, actor, campaign, works, deed with { Outcomes = outcomes }, ct);
        return enqueued.TryGet(out var started, out refusal) ? started.Started(campaign, outcomes) : refusal;
    }

    /// <summary>Of a campaign that was made on the platform nobody here knows all that it is made of: its budget alone can be changed.</summary>
    private async Task<Result<WorkStarted>> ChangeImportedAsync(Actor actor, Campaign campaign, string name, CampaignSpec spec, CancellationToken ct)
    {
        var differs = SpecMerge.Compare((campaign.Name, campaign.Spec), (campaign.Name, campaign.Spec), (name.Trim(), spec));
        if (differs.Count == 0) return new NothingToChange(campaign.Name);
        return differs is [{ Part: "budget" }] && spec.Budget is { AmountMicros: { } micros, Currency: { } currency } && spec.Budget.Type == campaign.Spec.Budget.Type
            ? await changeBudget.RunAsync(actor, campaign.Id, new Money(micros, currency), null, ct) : campaign.WhyNotRewritable();
    }
}

/// <summary>What a change of a launched campaign would do, before anything is sent.</summary>
public sealed record EditReview(IReadOnlyList<SpecDifference> Differences, IReadOnlyList<PlatformEdit> Platforms, IReadOnlyList<Finding> Findings)
{
    public bool CanSend => Differences.Count > 0 && Findings.All(f => f.Severity != FindingSeverity.Blocks || f.Field == "platforms");
}

/// <param name="Steps">What the platform will receive, in order.</param>
/// <param name="Notes">What is converted, kept as it is, or worth knowing before it is sent.</param>
/// <param name="WhyNot">Why nothing can be sent there now; null when something is.</param>
public sealed record PlatformEdit(Platform Platform, IReadOnlyList<ReviewStep> Steps, IReadOnlyList<string> Notes, string? WhyNot)
{
    /// <summary>The country group; empty for all places.</summary>
    public string GroupName { get; init; } = "";
}

/// <summary>Shows what a change would do on each platform, without sending anything.</summary>
public sealed class ReviewEdit(Studio studio, CheckSpec check, PlatformSet platforms, IMediaStore media, TimeProvider time)
{
    public async Task<Result<EditReview>> RunAsync(Actor actor, Guid campaignId, string name, CampaignSpec spec, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is not { } campaign) return new CampaignNotFound();
        if (!(await check.RunAsync(actor, campaign.WorkspaceId, name, spec, ct)).TryGet(out var findings, out var refusal)) return refusal;

        var plans = await EditPlans.MakeAsync(db, actor, platforms, campaign, new(name.Trim(), spec), time.GetUtcNow(), media.CanCut, ct);
        var differences = SpecMerge.Compare((campaign.Name, campaign.Spec), (campaign.Name, campaign.Spec), (name, spec));
        return new EditReview(differences, [.. plans.Select(p => ReviewOf(p.There.Platform, p.WhyNot, p.Plan) with { GroupName = p.There.GroupName })], findings);
    }

    private static PlatformEdit ReviewOf(Platform platform, Refusal? whyNot, EditPlan? plan)
    {
        if (plan is null) return new(platform, [], [], whyNot is CampaignNotReady notReady ? string.Join(" ", notReady.Problems.Select(p => p.Message).Distinct()) : whyNot?.Message ?? "Nothing is changed there.");
        var titles = plan.Plan.Steps.ToDictionary(s => s.Key, s => s.Title);
        var offers = Catalogue.RulesOf(platform).Edits.Where(e => plan.Kinds.Contains(e.Kind)).Select(e => e.Note).OfType<string>();
        return new(platform, [.. plan.Plan.Steps.Select(s => new ReviewStep(s.Title, s.Kind, ReviewFields.Of(s.Body, titles)))], [.. offers, .. plan.Plan.Notes.Concat(plan.Kept).Select(n => n.Text)], null);
    }
}
