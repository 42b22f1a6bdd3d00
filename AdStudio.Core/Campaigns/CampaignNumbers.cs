using System.Collections.Concurrent;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>
/// Numbers for new campaigns, unique in their organization. Taken from the database some at a time, because each taking is a commit of its own;
/// what a node has taken and not used when it stops is a gap.
/// </summary>
public sealed class CampaignNumbers(Studio studio)
{
    private const int AtOnce = 10;
    private readonly ConcurrentDictionary<Guid, Taken> taken = new();

    public async Task<int> NextAsync(Guid organizationId, CancellationToken ct)
    {
        var mine = taken.GetOrAdd(organizationId, _ => new Taken());
        await mine.Turn.WaitAsync(ct);
        try
        {
            if (mine.Next > mine.Last) (mine.Next, mine.Last) = await TakeAsync(organizationId, ct);
            return mine.Next++;
        }
        finally
        {
            mine.Turn.Release();
        }
    }

    /// <summary>Claimed by compare-and-set, so that of two nodes at once one asks again.</summary>
    private async Task<(int First, int Last)> TakeAsync(Guid organizationId, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        while (true)
        {
            var last = await db.Organizations.Where(o => o.Id == organizationId).Select(o => o.LastCampaignNumber).SingleAsync(ct);
            var claimed = await db.Organizations.Where(o => o.Id == organizationId && o.LastCampaignNumber == last).ExecuteUpdateAsync(set => set.SetProperty(o => o.LastCampaignNumber, last + AtOnce), ct);
            if (claimed == 1) return (last + 1, last + AtOnce);
        }
    }

    private sealed class Taken
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);
        public int Next { get; set; } = 1;
        public int Last { get; set; }
    }
}
