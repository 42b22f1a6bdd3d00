using System.Globalization;
using System.Text;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace AdStudio.Core.Accounts;

/// <summary>The mails about accounts, with the links that open doors.</summary>
public sealed class AccountLetters(Outbox outbox, StudioAddress address)
{
    public async Task ConfirmEmailAsync(StudioDb db, UserManager<Person> people, Person person) =>
        outbox.Write(db, person.OrganizationId, person.Email!, "Confirm your e-mail address for AdStudio", $"""
            Hello {person.Name},

            please confirm that this is your address:

            {Link("confirm-email", ("person", person.Id.ToString()), ("code", Encode(await people.GenerateEmailConfirmationTokenAsync(person))))}

            The link works for one day. If you didn't sign up for AdStudio, you need not do anything.
            """);

    public async Task ResetPasswordAsync(StudioDb db, UserManager<Person> people, Person person) =>
        outbox.Write(db, person.OrganizationId, person.Email!, "A new password for AdStudio", $"""
            Hello {person.Name},

            somebody, probably you, asked for a new password. Choose it here:

            {Link("reset-password", ("person", person.Id.ToString()), ("code", Encode(await people.GeneratePasswordResetTokenAsync(person))))}

            The link works once, for one day. If it wasn't you, you need not do anything: your password stays as it is.
            """);

    public void PasswordChanged(StudioDb db, Person person) =>
        outbox.Write(db, person.OrganizationId, person.Email!, "Your AdStudio password was changed", $"""
            Hello {person.Name},

            the password of your AdStudio account was changed just now. If it wasn't you, ask for a new one at once:

            {Link("forgotten-password")}
            """);

    public void Invite(StudioDb db, Invitation invitation, string inviter, string organization, string team, string workspace, string token) =>
        outbox.Write(db, invitation.OrganizationId, invitation.Email, $"{inviter} invites you to {organization} on AdStudio", $"""
            Hello,

            {inviter} invites you to work in the team "{team}" of "{workspace}" at {organization}. Join here:

            {Link("invitation", ("code", token))}

            The invitation is open until {invitation.ExpiresAt.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC. If you don't know {inviter}, you need not do anything.
            """);

    /// <summary>Reads a code back from a link; null when it is none.</summary>
    internal static string? Decode(string code)
    {
        try { return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code)); }
        catch (FormatException) { return null; }
    }

    private static string Encode(string token) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token));

    private string Link(string page, params (string Name, string Value)[] query) =>
        QueryHelpers.AddQueryString(address.Of($"/account/{page}"), query.Select(q => KeyValuePair.Create(q.Name, (string?)q.Value)));
}
