using System.Runtime.CompilerServices;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AdStudio.Core.Partners;

/// <summary>What was answered. <paramref name="Status"/> null: it was carried out, but the answer was lost.</summary>
public sealed record KnownRequest(string Route, string BodyHash, string? MadeKind, Guid? MadeId, int? Status, string? Answer, string? Location)
{
    public bool IsOf(IdempotencyClaim claim) => Route == claim.Route && BodyHash == claim.BodyHash;
}

/// <summary>The answer of a request whose work stands, to be written down.</summary>
public sealed record KeptAnswerOf(Guid OrganizationId, IdempotencyClaim Claim, int Status, string Answer, string? Location)
{
    public KnownRequest AsKnown() => new(Claim.Route, Claim.BodyHash, null, null, Status, Answer, Location);
}

/// <summary>Looks up what was carried out under a caller's idempotency key, and keeps the answers.</summary>
public sealed class IdempotencyKeys(Studio studio, TimeProvider time)
{
    private static readonly ConditionalWeakTable<IModel, Func<StudioDb, Guid, Task<IdempotentRequest?>>> Compiled = [];

    /// <summary>Null when nothing was carried out under this key, or so long ago that it is free again.</summary>
    public async Task<KnownRequest?> FindAsync(Actor caller, IdempotencyClaim claim, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(caller, ct);
        var query = Compiled.GetValue(db.Model, _ => EF.CompileAsyncQuery((StudioDb open, Guid id) => open.IdempotentRequests.AsNoTracking().SingleOrDefault(r => r.Id == id)));
        ct.ThrowIfCancellationRequested();
        if (await query(db, claim.Id) is not { } row) return null;
        if (row.ExpiresAt > time.GetUtcNow()) return new(row.Route, row.BodyHash, row.MadeKind, row.MadeId, row.Status, row.Answer, row.Location);

        await db.IdempotentRequests.Where(r => r.Id == claim.Id && r.ExpiresAt == row.ExpiresAt).ExecuteDeleteAsync(ct);
        return null;
    }

    /// <summary>Keeps several answers, of any organizations, in one commit.</summary>
    public async Task KeepAsync(IReadOnlyCollection<KeptAnswerOf> answers, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var ids = answers.Select(a => a.Claim.Id).ToList();
        var rows = await db.IdempotentRequests.Where(r => ids.Contains(r.Id) && r.Status == null).ToDictionaryAsync(r => r.Id, ct);
        foreach (var kept in answers)
            if (rows.TryGetValue(kept.Claim.Id, out var row) && row.OrganizationId == kept.OrganizationId && row.Route == kept.Claim.Route && row.BodyHash == kept.Claim.BodyHash)
                (row.Status, row.Answer, row.Location) = (kept.Status, kept.Answer, kept.Location);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Keeps the answer of what was carried out. What made nothing of its own is kept from here on.</summary>
    public async Task KeepAsync(Actor caller, IdempotencyClaim claim, int status, string answer, string? location, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(caller with { Claim = null }, ct);
        var kept = await db.IdempotentRequests.Where(r => r.Id == claim.Id && r.Route == claim.Route && r.BodyHash == claim.BodyHash && r.Status == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, status).SetProperty(r => r.Answer, answer).SetProperty(r => r.Location, location), ct);
        if (kept > 0 || claim.IsWritten) return;

        var row = IdempotentRequest.Of(caller, claim, time.GetUtcNow());
        (row.Status, row.Answer, row.Location) = (status, answer, location);
        db.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (db.IsDuplicate(failure))
        {
            // Another node answered the same in the same moment.
        }
    }
}

public sealed record IdempotencyConflict() : ConflictError("This Idempotency-Key was used for another request. Send a new key with a new request.");

public sealed record RequestStillUnderWay(DateTimeOffset RetryAt) : ConflictError("The first request with this Idempotency-Key is still under way. Ask again in a moment, with the same key.");

public sealed record AnswerWasLost(string? Kind, Guid? Id)
    : ConflictError($"The first request with this Idempotency-Key was carried out, but its answer was lost{(Id is { } id ? $" ({Kind} {id})" : "")}. Read what it concerned; nothing was done twice.");
