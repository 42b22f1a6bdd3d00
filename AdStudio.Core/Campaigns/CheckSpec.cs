using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;

namespace AdStudio.Core.Campaigns;

/// <summary>The same check for a spec that is not stored, as it is being written.</summary>
public sealed class CheckSpec(Studio studio, IMediaStore media, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<Finding>>> RunAsync(Actor actor, Guid workspaceId, string name, CampaignSpec spec, CancellationToken ct)
    {
        if (!actor.Sees(workspaceId)) return new WorkspaceOfCampaignNotFound();
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.Workspaces.FindAsync([workspaceId], ct) is null) return new WorkspaceOfCampaignNotFound();
        var facts = await CampaignFacts.ReadAsync(db, actor, workspaceId, spec, time.GetUtcNow(), media.CanCut, ct);
        return Result<IReadOnlyList<Finding>>.Of(Preflight.Check(name, spec, facts));
    }
}
