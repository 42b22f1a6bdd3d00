using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>Planned works as a person sees them before they are sent: step by step, in the platforms' own names and units.</summary>
internal static class WorkPlan
{
    public static async Task<ApprovalPlan> MakeAsync(StudioDb db, Campaign campaign, IReadOnlyList<PlannedWork> works, CampaignDeed deed, CancellationToken ct)
    {
        var ids = works.Select(w => w.Platform.AdAccountId).OfType<Guid>().Distinct().ToList();
        var accounts = await db.AdAccounts.IgnoreQueryFilters([StudioDb.DeletedFilter]).AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var type = campaign.Spec.Budget.Type == Platforms.BudgetType.Daily ? " a day" : " in all";
        List<PlanChange> changes = [.. deed.Changes];
        foreach (var work in works)
        {
            var before = new Money(work.Platform.BudgetMicros, work.Platform.Currency);
            if (work.Kind == OperationKind.Launch) changes.Add(new($"Budget on {CampaignDeed.Place(work.Platform)}", null, before + type));
            else if (work.BudgetMicros is { } after) changes.Add(new($"Budget on {CampaignDeed.Place(work.Platform)}", before + type, before with { Micros = after } + type));
            else if (work.Kind is OperationKind.Pause or OperationKind.Resume or OperationKind.RollBack) changes.Add(new($"On {CampaignDeed.Place(work.Platform)}", work.Platform.Status.Label(), Becomes(work.Kind)));
        }
        var leftOut = deed.Outcomes.Where(o => o.WhyNot is not null && works.All(w => w.Platform.Platform != o.Platform || w.Platform.GroupName != o.GroupName));
        return new ApprovalPlan
        {
            Changes = changes,
            Platforms =
            [
                .. works.Select(w => new PlanPlatform(w.Platform.Platform, w.Platform.AdAccountId is { } id && accounts.TryGetValue(id, out var account) ? account.Name : null, RequestsOf(w), w.Notes) { Group = w.Platform.GroupName }),
                .. leftOut.Select(o => new PlanPlatform(o.Platform, null, [], [], o.WhyNot!.Message) { Group = o.GroupName }),
            ],
        };
    }

    private static List<PlanRequest> RequestsOf(PlannedWork work)
    {
        // The mark in the names is drawn anew when it is sent; all else is sent just so.
        var mark = OperationQueue.MarkerOf(work.Id);
        var titles = work.Steps.ToDictionary(s => Plain(s.Key), s => Plain(s.Title));
        return [.. work.Steps.Where(s => s.Status != StepStatus.Held).OrderBy(s => s.Ordinal).Select(step => new PlanRequest(Plain(step.Title), [.. ReviewFields.Of((JsonObject)JsonNode.Parse(Plain(step.Body))!, titles).Select(f => new PlanField(f.Name, f.Value))]))];

        string Plain(string text) => text.Replace("@" + mark, "@", StringComparison.Ordinal).Replace(mark, "‹mark›", StringComparison.Ordinal);
    }

    private static string Becomes(OperationKind kind) => kind switch { OperationKind.Pause => "Paused", OperationKind.Resume => "Running again", _ => "Removed" };
}
