using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>Reads and saves an operation for the worker that holds it. Who lost the lease reads nothing and saves nothing.</summary>
public sealed class OperationDesk(Studio studio, OperationSignals signals)
{
    /// <summary>Null when the lease is lost.</summary>
    internal async Task<Operation?> ReadAsync(OperationLease lease, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(Actor.Studio(lease.OrganizationId), ct);
        return await Held(db, lease).AsNoTracking().Include(o => o.PlatformCampaign).ThenInclude(p => p.AdAccount).SingleOrDefaultAsync(ct);
    }

    /// <summary>
    /// Changes the operation, and with it what hangs on it, in one transaction. The save is fenced twice: the row is read by the lease's token,
    /// and its version must not have moved. False when the lease is lost; a change by somebody else in between is read again.
    /// </summary>
    internal async Task<bool> SaveAsync(OperationLease lease, Func<StudioDb, Operation, Task> change, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            await using var db = await studio.OpenAsync(Actor.Studio(lease.OrganizationId), ct);
            if (await Held(db, lease).SingleOrDefaultAsync(ct) is not { } operation) return false;

            await change(db, operation);
            db.Entry(operation).Property(o => o.Version).IsModified = true; // even when only a step changed: the version is the fence
            try
            {
                await db.SaveChangesAsync(ct);
                signals.Progressed(operation.CampaignId);
                return true;
            }
            catch (DbUpdateConcurrencyException) when (tries < 20) { }
        }
    }

    internal Task<bool> SaveAsync(OperationLease lease, Action<Operation> change, CancellationToken ct) =>
        SaveAsync(lease, (_, operation) => { change(operation); return Task.CompletedTask; }, ct);

    private static IQueryable<Operation> Held(StudioDb db, OperationLease lease) =>
        db.Operations.Include(o => o.Steps).Where(o => o.Id == lease.OperationId && o.LeaseOwner == lease.Token);
}
