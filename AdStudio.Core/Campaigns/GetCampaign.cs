using System.Runtime.CompilerServices;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AdStudio.Core.Campaigns;

/// <summary>Reads one campaign with its platforms and their accounts. Asked for often, so its query is compiled once a model.</summary>
public sealed class GetCampaign(Studio studio)
{
    private static readonly ConditionalWeakTable<IModel, Func<StudioDb, Guid, IAsyncEnumerable<Campaign>>> Compiled = [];

    public async Task<Result<Campaign>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var query = Compiled.GetValue(db.Model, _ => Compile());
        await foreach (var campaign in query(db, campaignId).WithCancellation(ct))
            return actor.SeesCampaign(campaign) ? campaign : new CampaignNotFound();
        return new CampaignNotFound();
    }

    private static Func<StudioDb, Guid, IAsyncEnumerable<Campaign>> Compile() => EF.CompileAsyncQuery((StudioDb db, Guid id) =>
        db.Campaigns.AsNoTrackingWithIdentityResolution().AsSingleQuery().Include(c => c.Targets).Include(c => c.Platforms).ThenInclude(p => p.AdAccount)
            .Where(c => c.Id == id && c.Workspace.DeletedAt == null));
}
