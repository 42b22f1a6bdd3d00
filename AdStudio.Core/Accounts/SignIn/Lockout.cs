using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace AdStudio.Core.Accounts;

/// <summary>
/// Five wrong tries, then a rest of fifteen minutes. A try is counted before it is judged, so that many at once are no way around; addresses that nobody
/// has are counted the same way, so that the answers don't tell which ones exist.
/// </summary>
public sealed class Lockout(TimeProvider time, IMemoryCache cache)
{
    public const int Tries = 5;
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    /// <summary>Counts one try; false when sign-in rests.</summary>
    public async Task<bool> TryAsync(StudioDb db, Person person, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var counted = await db.Users.Where(p => p.Id == person.Id && (p.LockoutEnd == null || p.LockoutEnd <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.AccessFailedCount, p => p.AccessFailedCount + 1), ct);
        if (counted == 0) return false;

        DateTimeOffset? until = now + Rest;
        await db.Users.Where(p => p.Id == person.Id && p.AccessFailedCount >= Tries)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.LockoutEnd, until).SetProperty(p => p.AccessFailedCount, 0), ct);
        return true;
    }

    /// <summary>The try was right after all: sets the count to what it was before, or to zero.</summary>
    public static Task ForgiveAsync(StudioDb db, Person person, int count, CancellationToken ct) =>
        db.Users.Where(p => p.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.LockoutEnd, (DateTimeOffset?)null).SetProperty(p => p.AccessFailedCount, count), ct);

    /// <summary>Asks somebody who is signed in for the password once more; null when it is right.</summary>
    internal async Task<Refusal?> CheckPasswordAsync(StudioDb db, Identities identities, Person person, string password, CancellationToken ct)
    {
        if (person.PasswordHash is null) return new PersonSignsInElsewhere();
        if (!await TryAsync(db, person, ct)) return new SignInRests();
        if (identities.Hasher.VerifyHashedPassword(person, person.PasswordHash, password) == PasswordVerificationResult.Failed) return new PasswordWrong();
        await ForgiveAsync(db, person, 0, ct);
        (person.AccessFailedCount, person.LockoutEnd) = (0, null);
        return null;
    }

    /// <summary>The same count for an address that nobody has.</summary>
    public bool TryUnknown(string normalizedEmail)
    {
        var tries = cache.GetOrCreate($"unknown-address:{normalizedEmail}", entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Rest;
            return new StrongCount();
        })!;
        return Interlocked.Increment(ref tries.Value) <= Tries;
    }

    private sealed class StrongCount
    {
        public int Value;
    }
}
