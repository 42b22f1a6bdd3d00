using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>
/// A claim on one operation. <paramref name="Token"/> is new for each claim, so that a worker whose lease lapsed is told apart from its successor,
/// and whatever it still wants to save is refused.
/// </summary>
public sealed class OperationLease(Guid operationId, Guid organizationId, string token, DateTimeOffset until)
{
    private long untilTicks = until.UtcTicks;

    public Guid OperationId { get; } = operationId;
    public Guid OrganizationId { get; } = organizationId;
    public string Token { get; } = token;

    /// <summary>Read and prolonged by different threads.</summary>
    public DateTimeOffset Until
    {
        get => new(Interlocked.Read(ref untilTicks), TimeSpan.Zero);
        internal set => Interlocked.Exchange(ref untilTicks, value.UtcTicks);
    }
}

/// <summary>Gives out operations to workers, by plain conditional updates that every database runs.</summary>
public sealed class OperationLeases(Studio studio, OperationOptions options, TimeProvider time)
{
    private static readonly string Node = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>The operation that has been due longest, or null when none is.</summary>
    public async Task<OperationLease?> ClaimAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        var due = await db.Operations.AsNoTracking()
            .Where(o => ((o.Status == OperationStatus.Queued || o.Status == OperationStatus.Waiting) && o.NotBefore <= now)
                || (o.Status == OperationStatus.Running && o.LeaseUntil < now))
            .OrderBy(o => o.NotBefore).Take(options.Parallel * 2).Select(o => new { o.Id, o.OrganizationId, o.Version }).ToListAsync(ct);

        foreach (var candidate in due)
        {
            var (token, until) = ($"{Node}/{Guid.NewGuid():N}", now + options.Lease);
            var taken = await db.Operations.Where(o => o.Id == candidate.Id && o.Version == candidate.Version).ExecuteUpdateAsync(o => o
                .SetProperty(x => x.Status, OperationStatus.Running)
                .SetProperty(x => x.LeaseOwner, token)
                .SetProperty(x => x.LeaseUntil, until)
                .SetProperty(x => x.Version, x => x.Version + 1), ct);
            if (taken == 1) return new OperationLease(candidate.Id, candidate.OrganizationId, token, until);
        }
        return null;
    }

    /// <summary>False when the lease lapsed and another worker took over, or when the work is finished.</summary>
    public async Task<bool> RenewAsync(OperationLease lease, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var until = time.GetUtcNow() + options.Lease;
        var kept = await db.Operations.Where(o => o.Id == lease.OperationId && o.LeaseOwner == lease.Token)
            .ExecuteUpdateAsync(o => o.SetProperty(x => x.LeaseUntil, until), ct) == 1;
        if (kept) lease.Until = until;
        return kept;
    }

    /// <summary>Hands back what is not finished, so that the next worker need not wait for the lease to lapse.</summary>
    public async Task ReleaseAsync(OperationLease lease, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        await db.Operations.Where(o => o.Id == lease.OperationId && o.LeaseOwner == lease.Token && o.Status == OperationStatus.Running).ExecuteUpdateAsync(o => o
            .SetProperty(x => x.Status, OperationStatus.Waiting)
            .SetProperty(x => x.NotBefore, now)
            .SetProperty(x => x.LeaseOwner, (string?)null)
            .SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(x => x.Version, x => x.Version + 1), ct);
    }

    /// <summary>How long nothing will be due, as far as the database says now; at most <see cref="OperationOptions.Poll"/>.</summary>
    public async Task<TimeSpan> UntilNextAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var next = await db.Operations.AsNoTracking().Where(o => o.Status == OperationStatus.Queued || o.Status == OperationStatus.Waiting)
            .OrderBy(o => o.NotBefore).Select(o => (DateTimeOffset?)o.NotBefore).FirstOrDefaultAsync(ct);
        var wait = (next ?? DateTimeOffset.MaxValue) - time.GetUtcNow();
        return wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < options.Poll ? wait : options.Poll;
    }
}
