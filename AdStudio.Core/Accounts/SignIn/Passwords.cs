using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>Confirms the address of a person by the code from the mail. Confirming twice is no fault.</summary>
[WithoutActor]
public sealed class ConfirmEmail(Studio studio, Identities identities)
{
    public async Task<Result<Done>> RunAsync(Guid personId, string code, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        if (await db.Users.SingleOrDefaultAsync(p => p.Id == personId, ct) is not { } person || AccountLetters.Decode(code) is not { } token) return new LinkOver();
        if (person.EmailConfirmed) return Done.Value;

        using var people = identities.In(db);
        if (!(await people.ConfirmEmailAsync(person, token)).Succeeded) return new LinkOver();
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }
}

/// <summary>Sends the mail of confirmation once more.</summary>
public sealed class ResendConfirmation(Studio studio, Identities identities, AccountLetters letters, Outbox outbox)
{
    public async Task<Result<Done>> RunAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var person = await db.Users.SingleOrDefaultAsync(p => p.Id == actor.PersonId && p.Email != null && !p.EmailConfirmed, ct);
        if (person is null) return Done.Value;

        using var people = identities.In(db);
        await letters.ConfirmEmailAsync(db, people, person);
        await db.SaveChangesAsync(ct);
        outbox.SendSoon();
        return Done.Value;
    }
}

/// <summary>Mails a link for a new password. Says the same whether anybody has the address or not.</summary>
[WithoutActor]
public sealed class AskForNewPassword(Studio studio, Identities identities, AccountLetters letters, Outbox outbox)
{
    public async Task<Result<Done>> RunAsync(string email, CancellationToken ct)
    {
        var typed = new Typed();
        email = typed.Email("email", email);
        if (typed.Refusal is { } refusal) return refusal;

        await using var db = await studio.OpenForEveryoneAsync(ct);
        var name = identities.Normalize(email);
        if (await db.Users.SingleOrDefaultAsync(p => p.NormalizedUserName == name && p.Email != null, ct) is not { } person) return Done.Value;

        using var people = identities.In(db);
        await letters.ResetPasswordAsync(db, people, person);
        await db.SaveChangesAsync(ct);
        outbox.SendSoon();
        return Done.Value;
    }
}

/// <summary>Sets a new password by the code from the mail: ends the lockout and signs every browser out.</summary>
[WithoutActor]
public sealed class ResetPassword(Studio studio, Identities identities, AccountLetters letters, Outbox outbox, RevokeSessions revoke)
{
    public async Task<Result<Done>> RunAsync(Guid personId, string code, string password, CancellationToken ct)
    {
        var typed = new Typed();
        password = typed.Password("password", password);
        if (typed.Refusal is { } refusal) return refusal;

        await using var db = await studio.OpenForEveryoneAsync(ct);
        if (await db.Users.SingleOrDefaultAsync(p => p.Id == personId, ct) is not { } person || AccountLetters.Decode(code) is not { } token) return new LinkOver();

        using var people = identities.In(db);
        if (!(await people.ResetPasswordAsync(person, token, password)).Succeeded) return new LinkOver();

        // Whoever has the code reads the mail of this address.
        person.EmailConfirmed = true;
        (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
        letters.PasswordChanged(db, person);
        await db.SaveChangesAsync(ct);
        await revoke.InAsync(db, person.Id, except: null, ct);
        outbox.SendSoon();
        return Done.Value;
    }
}

/// <summary>Changes the person's own password; every other browser is signed out.</summary>
public sealed class ChangePassword(Studio studio, Identities identities, AccountLetters letters, Outbox outbox, RevokeSessions revoke, Lockout lockout)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid? thisSession, string currentPassword, string newPassword, CancellationToken ct)
    {
        var typed = new Typed();
        newPassword = typed.Password("newPassword", newPassword);
        if (typed.Refusal is { } refusal) return refusal;

        await using var db = await studio.OpenAsync(actor, ct);
        var person = await db.Users.SingleOrDefaultAsync(p => p.Id == actor.PersonId, ct);
        if (person is null) return new PersonNotFound();
        if (await lockout.CheckPasswordAsync(db, identities, person, currentPassword, ct) is { } refused) return refused;

        using var people = identities.In(db);
        await people.ChangePasswordAsync(person, currentPassword, newPassword);
        if (person.Email is not null) letters.PasswordChanged(db, person);
        await db.SaveChangesAsync(ct);
        await revoke.InAsync(db, person.Id, thisSession, ct);
        outbox.SendSoon();
        return Done.Value;
    }
}
