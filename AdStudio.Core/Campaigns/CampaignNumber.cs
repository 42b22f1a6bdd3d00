using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

internal static class CampaignNumber
{
    /// <summary>The organization's next campaign number. Claimed by compare-and-set, so that of two at once one asks again; a number that is not used leaves a gap.</summary>
    public static async Task<int> NextAsync(StudioDb db, Actor actor, CancellationToken ct)
    {
        while (true)
        {
            var last = await db.Organizations.Where(o => o.Id == actor.OrganizationId).Select(o => o.LastCampaignNumber).SingleAsync(ct);
            var claimed = await db.Organizations.Where(o => o.Id == actor.OrganizationId && o.LastCampaignNumber == last)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.LastCampaignNumber, last + 1), ct);
            if (claimed == 1) return last + 1;
        }
    }
}
