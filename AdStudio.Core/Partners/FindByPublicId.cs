using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Partners;

/// <summary>What an id that somebody quotes stands for.</summary>
/// <param name="What">For people: "Job", "Verdict on “Spring sale”".</param>
/// <param name="CampaignId">Where it belongs; null when it concerns no campaign.</param>
public sealed record FoundThing(string What, Guid? CampaignId)
{
    /// <summary>The card on which somebody decides, or decided; null for what needs none.</summary>
    public Guid? ApprovalId { get; init; }
}

/// <summary>Finds campaigns, jobs, verdicts and approvals by their public ids (cmp_, job_, ver_, apr_), as partners quote them to support.</summary>
public sealed class FindByPublicId(Studio studio)
{
    /// <summary>Whether it is worth looking: a text of that form.</summary>
    public static bool IsOne(string text) => PrefixOf(text) is not null;

    public async Task<Result<FoundThing>> RunAsync(Actor actor, string text, CancellationToken ct)
    {
        if (PrefixOf(text.Trim()) is not { } prefix || !PublicId.TryParse(prefix, text.Trim(), out var id)) return new NothingHasThisId();
        await using var db = await studio.OpenAsync(actor, ct);
        switch (prefix)
        {
            case Verdict.Prefix when await db.Verdicts.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, ct) is { } verdict:
                return await OfAsync(db, actor, $"Verdict on “{verdict.SubjectName}”", verdict.CampaignId, verdict.WorkspaceId, ct, verdict.ApprovalId);
            case Approval.Prefix when await db.Approvals.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is { } approval:
                return await OfAsync(db, actor, $"Approval: {approval.Title}", approval.CampaignId, approval.WorkspaceId, ct, approval.Id);
            case PartnerJob.Prefix when await db.PartnerJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, ct) is { } job:
                return await OfAsync(db, actor, "Job", job.CampaignId, job.WorkspaceId, ct);
            case "cmp":
                return await OfAsync(db, actor, "Campaign", id, Guid.Empty, ct);
            default:
                return new NothingHasThisId();
        }
    }

    private static async Task<Result<FoundThing>> OfAsync(StudioDb db, Actor actor, string what, Guid? campaignId, Guid workspaceId, CancellationToken ct, Guid? approvalId = null)
    {
        if (campaignId is not { } id) return actor.Administers(workspaceId) ? new FoundThing(what, null) { ApprovalId = approvalId } : new NothingHasThisId();
        return await db.FindVisibleCampaignAsync(actor, id, ct) is { } campaign ? new FoundThing(what == "Job" || what == "Campaign" ? $"{what} “{campaign.Name}”" : what, id) { ApprovalId = approvalId } : new NothingHasThisId();
    }

    private static string? PrefixOf(string text) =>
        Array.Find<string>(["cmp", PartnerJob.Prefix, Verdict.Prefix, Approval.Prefix], p => text.Length == p.Length + 27 && text.StartsWith(p + "_", StringComparison.Ordinal));
}

public sealed record NothingHasThisId() : NotFoundError("Nothing here has this id. It may belong to another organization, or to something that you may not see.");
