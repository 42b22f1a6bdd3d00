using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <param name="Key">What the app takes when it can't read the picture, in groups of four.</param>
/// <param name="Uri">What the picture says.</param>
public sealed record TwoFactorOffer(string Key, string Uri);

/// <summary>Begins to set up the second factor with a new key. Nothing is asked for at sign-in before a code has proved it.</summary>
public sealed class StartTwoFactor(Studio studio, Identities identities)
{
    public async Task<Result<TwoFactorOffer>> RunAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.Users.SingleOrDefaultAsync(p => p.Id == actor.PersonId, ct) is not { PasswordHash: not null } person) return new PersonSignsInElsewhere();
        if (person.TwoFactorEnabled) return new TwoFactorOnAlready();

        using var people = identities.In(db);
        await people.ResetAuthenticatorKeyAsync(person);
        await db.SaveChangesAsync(ct);
        var key = await people.GetAuthenticatorKeyAsync(person) ?? throw new InvalidOperationException("The key that was just made can't be read.");
        return new TwoFactorOffer(
            string.Join(' ', key.ToLowerInvariant().Chunk(4).Select(four => new string(four))),
            $"otpauth://totp/AdStudio:{Uri.EscapeDataString(person.Email ?? person.UserName!)}?secret={key}&issuer=AdStudio&digits=6");
    }
}

/// <summary>Switches the second factor on, once a code shows that the app has the key. Answers the recovery codes, which are shown this once.</summary>
public sealed class ConfirmTwoFactor(Studio studio, Identities identities)
{
    public const int Codes = 10;

    public async Task<Result<IReadOnlyList<string>>> RunAsync(Actor actor, string code, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.Users.SingleOrDefaultAsync(p => p.Id == actor.PersonId, ct) is not { PasswordHash: not null } person) return new PersonSignsInElsewhere();
        if (person.TwoFactorEnabled) return new TwoFactorOnAlready();

        using var people = identities.In(db);
        if (!await people.VerifyTwoFactorTokenAsync(person, people.Options.Tokens.AuthenticatorTokenProvider, SignInBySecondFactor.TotpDigits(code))) return new InvalidError("code", new CodeWrong().Message);
        await people.SetTwoFactorEnabledAsync(person, true);
        return await SaveNewCodesAsync(db, people, person, ct);
    }

    internal static async Task<Result<IReadOnlyList<string>>> SaveNewCodesAsync(StudioDb db, UserManager<Person> people, Person person, CancellationToken ct)
    {
        var codes = await people.GenerateNewTwoFactorRecoveryCodesAsync(person, Codes) ?? throw new InvalidOperationException("No recovery codes were made.");
        var shown = codes.ToList();
        await db.SaveChangesAsync(ct);
        return shown;
    }
}

/// <summary>Makes new recovery codes; the old ones no longer work. Asks for the password, because they replace the phone.</summary>
public sealed class NewRecoveryCodes(Studio studio, Identities identities, Lockout lockout)
{
    public async Task<Result<IReadOnlyList<string>>> RunAsync(Actor actor, string password, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var person = await db.Users.SingleOrDefaultAsync(p => p.Id == actor.PersonId && p.TwoFactorEnabled, ct);
        if (person is null) return new TwoFactorOff();
        if (await lockout.CheckPasswordAsync(db, identities, person, password, ct) is { } refusal) return refusal;
        using var people = identities.In(db);
        return await ConfirmTwoFactor.SaveNewCodesAsync(db, people, person, ct);
    }
}

/// <summary>Switches the second factor off. Asks for the password first.</summary>
public sealed class DisableTwoFactor(Studio studio, Identities identities, Lockout lockout)
{
    public async Task<Result<Done>> RunAsync(Actor actor, string password, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var person = await db.Users.SingleOrDefaultAsync(p => p.Id == actor.PersonId && p.TwoFactorEnabled, ct);
        if (person is null) return new TwoFactorOff();
        if (await lockout.CheckPasswordAsync(db, identities, person, password, ct) is { } refusal) return refusal;

        using var people = identities.In(db);
        await people.SetTwoFactorEnabledAsync(person, false);
        await people.ResetAuthenticatorKeyAsync(person);
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }
}
