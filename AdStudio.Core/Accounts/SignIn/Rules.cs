using System.Net.Mail;
using AdStudio.Core.Common;

namespace AdStudio.Core.Accounts;

public static class PasswordRule
{
    public const int Length = 8;
    public const string Text = "Use at least 8 characters, with an upper-case letter, a lower-case letter, a digit and a special character.";

    public static bool Accepts(string password) =>
        password.Length is >= Length and <= 256 && password.Any(char.IsUpper) && password.Any(char.IsLower) && password.Any(char.IsDigit) && password.Any(c => !char.IsLetterOrDigit(c));
}

/// <summary>What people type, made fit: names trimmed and bounded, addresses checked for their shape.</summary>
internal sealed class Typed
{
    private readonly List<FieldProblem> problems = [];

    public InvalidError? Refusal => problems.Count == 0 ? null : new InvalidError(problems);

    /// <param name="what">As in "Give {what}": "the team a name".</param>
    public string Name(string field, string? text, string what)
    {
        var name = string.Concat((text ?? "").Where(c => !char.IsControl(c))).Trim();
        if (name.Length == 0) problems.Add(new(field, $"Give {what}."));
        if (name.Length > 128) problems.Add(new(field, "That is too long: use at most 128 characters."));
        return name;
    }

    public string Email(string field, string? text)
    {
        var email = (text ?? "").Trim();
        if (email.Length == 0) problems.Add(new(field, "Enter an e-mail address."));
        else if (email.Length > 256 || !MailAddress.TryCreate(email, out var parsed) || parsed.Address != email || email.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            problems.Add(new(field, "This doesn't look like an e-mail address."));
        return email;
    }

    public string Password(string field, string? text)
    {
        if (!PasswordRule.Accepts(text ?? "")) problems.Add(new(field, PasswordRule.Text));
        return text ?? "";
    }

    public void Refuse(string field, string message) => problems.Add(new(field, message));
}
