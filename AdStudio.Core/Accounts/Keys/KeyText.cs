using System.Security.Cryptography;
using System.Text;

namespace AdStudio.Core.Accounts;

/// <summary>The text of API keys and refresh tokens: random, shown once, kept as a hash.</summary>
public static class KeyText
{
    /// <summary>256 random bits behind a prefix that tells people and secret scanners what it is.</summary>
    public static string New(string prefix) => prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Upper-case hex SHA-256. A random key needs no slow hash.</summary>
    public static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
