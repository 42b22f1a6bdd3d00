using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>A campaign's id by its number in the organization.</summary>
public sealed class FindCampaignByNumber(Studio studio)
{
    /// <param name="workspaceId">Only one of this workspace; null for any that the actor sees.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, int number, Guid? workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var found = await db.Campaigns.Visible(actor).Where(c => c.Number == number && (workspaceId == null || c.WorkspaceId == workspaceId)).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct);
        return found is { } id ? id : new CampaignNotFound();
    }
}
