using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <summary>Tells which audiences stand in an ad account, and which lookalikes resemble an audience.</summary>
internal sealed class AudienceUses : IKnowsUses
{
    public async Task<IReadOnlyList<Use>> FindUsesAsync(StudioDb db, Used used, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (used == Used.AdAccount)
        {
            var there = await db.PlatformAudiences.Where(p => ids.Contains(p.AdAccountId) && p.Audience.DeletedAt == null).Select(p => new { p.AudienceId, p.Audience.Name }).Distinct().ToListAsync(ct);
            return [.. there.Select(a => new Use("audience", a.AudienceId, a.Name, false))];
        }
        if (used == Used.Audience)
        {
            var sources = ids.Select(id => id.ToString()).ToList();
            var alike = await db.AdAudiences.Where(a => a.SourceAudienceId != null && sources.Contains(a.SourceAudienceId)).Select(a => new { a.Id, a.Name }).ToListAsync(ct);
            return [.. alike.Select(a => new Use("audience", a.Id, a.Name, false))];
        }
        return [];
    }
}
