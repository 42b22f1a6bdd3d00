using System.Security.Cryptography;
using System.Text;

namespace AdStudio.Core.Audiences;

/// <summary>Somebody on a customer list, as the list has them. Never stored, never logged: only <see cref="MemberHash"/> is.</summary>
/// <param name="ConsentAt">When they said so (UTC); null is now.</param>
public sealed record MemberInput(string? Email, string? Phone, MemberConsent Consent = MemberConsent.NotTold, DateTimeOffset? ConsentAt = null)
{
    /// <summary>Why the row cannot be used although its address may be fine: a word for consent that nobody knows.</summary>
    public string? Problem { get; init; }

    public override string ToString() => nameof(MemberInput);
}

/// <summary>What is kept of a member, and all that a platform gets: hashes of the normalised address and number.</summary>
public sealed record MemberHash(string? Email, string? Phone, string? PhoneDigits)
{
    /// <summary>The hashes, or why there are none.</summary>
    public static (MemberHash? Hash, string? Problem) Of(MemberInput member)
    {
        if (member.Problem is not null) return (null, member.Problem);
        var email = member.Email?.Trim();
        var phone = member.Phone?.Trim();
        if (string.IsNullOrEmpty(email) && string.IsNullOrEmpty(phone)) return (null, "Neither an e-mail address nor a phone number.");

        var address = Address(email);
        var number = Number(phone);
        if (address is null && number is null)
            return (null, string.IsNullOrEmpty(email) ? "The phone number needs its country code, like +49 30 1234567." : "This is not an e-mail address.");
        return (new(address, number is null ? null : Sha256("+" + number), number is null ? null : Sha256(number)), null);
    }

    /// <summary>Trimmed and lower case. What is a hash already is taken as it is.</summary>
    private static string? Address(string? email)
    {
        if (string.IsNullOrEmpty(email) || email.Length > 320) return null;
        var lower = email.ToLowerInvariant();
        if (lower.Length == 64 && lower.All(char.IsAsciiHexDigitLower)) return lower;
        var at = lower.IndexOf('@', StringComparison.Ordinal);
        var isAddress = at > 0 && at == lower.LastIndexOf('@') && lower.IndexOf('.', at) is var dot && dot > at + 1 && lower[^1] != '.' && !lower.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or ';' or '<' or '>');
        return isAddress ? Sha256(lower) : null;
    }

    /// <summary>E.164 without its plus sign: country code and number, 8 to 15 digits.</summary>
    private static string? Number(string? phone)
    {
        if (string.IsNullOrEmpty(phone) || phone.Any(c => !char.IsAsciiDigit(c) && c is not ('+' or ' ' or '-' or '.' or '(' or ')' or '/' or '\u00a0'))) return null;
        // "+44 (0)20 …": the zero is for callers inside the country.
        var digits = new string([.. phone.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit)]);
        if (phone[0] != '+')
        {
            if (!digits.StartsWith("00", StringComparison.Ordinal)) return null;
            digits = digits[2..];
        }
        return digits.Length is >= 8 and <= 15 && digits[0] != '0' ? digits : null;
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
