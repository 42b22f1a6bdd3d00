using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <param name="NeedsSecondFactor">The password was right; a code must follow before a session starts.</param>
public sealed record SignedIn(Guid PersonId, bool NeedsSecondFactor);

/// <summary>Checks an e-mail address and a password. Takes as long, and says the same, for an address that nobody has.</summary>
[WithoutActor]
public sealed class SignIn(Studio studio, Identities identities, Lockout lockout)
{
    private static string? decoy;

    public async Task<Result<SignedIn>> RunAsync(string email, string password, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var name = identities.Normalize(email.Trim());
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.NormalizedUserName == name, ct);
        if (person?.PasswordHash is null)
        {
            if (!lockout.TryUnknown(name)) return new SignInRests();
            decoy ??= identities.Hasher.HashPassword(new Person(), Guid.NewGuid().ToString());
            identities.Hasher.VerifyHashedPassword(new Person(), decoy, password);
            return new SignInWrong();
        }

        if (!await lockout.TryAsync(db, person, ct)) return new SignInRests();
        var verdict = identities.Hasher.VerifyHashedPassword(person, person.PasswordHash, password);
        if (verdict == PasswordVerificationResult.Failed) return new SignInWrong();

        await Lockout.ForgiveAsync(db, person, person.TwoFactorEnabled ? person.AccessFailedCount : 0, ct);
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            var hash = identities.Hasher.HashPassword(person, password);
            await db.Users.Where(p => p.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.PasswordHash, hash), ct);
        }
        return new SignedIn(person.Id, person.TwoFactorEnabled);
    }
}

/// <summary>The second step of signing in: a code of the authenticator app, or one of the recovery codes, which then is used up.</summary>
[WithoutActor]
public sealed class SignInBySecondFactor(Studio studio, Identities identities, Lockout lockout)
{
    public async Task<Result<SignedIn>> RunAsync(Guid personId, string code, bool isRecoveryCode, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        if (await db.Users.SingleOrDefaultAsync(p => p.Id == personId && p.TwoFactorEnabled, ct) is not { } person) return new SignInWrong();
        if (!await lockout.TryAsync(db, person, ct)) return new SignInRests();

        using var people = identities.In(db);
        if (isRecoveryCode)
        {
            if (!(await people.RedeemTwoFactorRecoveryCodeAsync(person, RecoveryCode(code))).Succeeded) return new RecoveryCodeWrong();
            try { await db.SaveChangesAsync(ct); }
            catch (DbUpdateConcurrencyException) { return new RecoveryCodeWrong(); }
        }
        else if (!await people.VerifyTwoFactorTokenAsync(person, people.Options.Tokens.AuthenticatorTokenProvider, TotpDigits(code))) return new CodeWrong();

        await Lockout.ForgiveAsync(db, person, 0, ct);
        return new SignedIn(person.Id, false);
    }

    // As it was shown, however it was typed: "ABCDE-FGHIJ".
    private static string RecoveryCode(string code)
    {
        var letters = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return letters.Length == 10 ? $"{letters[..5]}-{letters[5..]}" : letters;
    }

    internal static string TotpDigits(string code) => string.Concat(code.Where(char.IsAsciiDigit));
}
