using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

internal static class RefreshTokenQueries
{
    public static async Task<bool> UseRefreshTokenAsync(this StudioDb db, Guid id, DateTimeOffset now, CancellationToken ct) =>
        await db.RefreshTokens.Where(t => t.Id == id && t.UsedAt == null && t.RevokedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.UsedAt, now), ct) == 1;

    public static Task RevokeFamilyAsync(this StudioDb db, Guid familyId, DateTimeOffset now, CancellationToken ct) =>
        db.RefreshTokens.Where(t => t.FamilyId == familyId && t.RevokedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.RevokedAt, now), ct);
}
