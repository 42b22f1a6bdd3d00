using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace AdStudio.Core.Connections;

/// <summary>The <c>state</c> that goes through the platform and back: the attempt's id and its random part, sealed with a key that only the server has.</summary>
public sealed class OAuthState(IDataProtectionProvider provider)
{
    private readonly IDataProtector protector = provider.CreateProtector("AdStudio.OAuthState");

    public string Write(Guid attemptId, string nonce) => protector.Protect($"{attemptId:N}.{nonce}");

    /// <summary>Null for what the server did not write.</summary>
    public (Guid AttemptId, string Nonce)? Read(string? state)
    {
        if (string.IsNullOrEmpty(state) || state.Length > 2000) return null;
        try
        {
            var parts = protector.Unprotect(state).Split('.', 2);
            return parts.Length == 2 && Guid.TryParseExact(parts[0], "N", out var id) ? (id, parts[1]) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static string HashOf(string nonce) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(nonce)));
}

/// <summary>Where a browser may be sent after connecting.</summary>
public static class ReturnUrls
{
    /// <summary>Pages of ours for the users of programs, who are not signed in here: where an attempt ends that named no address, and where keys are pasted.</summary>
    public const string DonePage = "/connect/done", KeysPage = "/connect/keys";

    /// <summary>A path of ours, or an https URL whose host is on the list; where AdStudio itself runs on loopback, in development, also http to loopback.</summary>
    public static bool IsAllowed(string url, IReadOnlyCollection<string> hosts, bool inDevelopment)
    {
        if (url.Length is 0 or > 2048 || url.Any(c => char.IsControl(c) || c is '\\' or ' ')) return false;
        if (url[0] == '/') return url.Length == 1 || url[1] != '/';
        return Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (inDevelopment && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            && uri.UserInfo.Length == 0
            && hosts.Contains(uri.IdnHost, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Adds a parameter to the query, before the fragment.</summary>
    public static string With(string url, string name, string value)
    {
        var fragmentAt = url.IndexOf('#', StringComparison.Ordinal);
        var (front, fragment) = fragmentAt < 0 ? (url, "") : (url[..fragmentAt], url[fragmentAt..]);
        return $"{front}{(front.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}{fragment}";
    }
}
