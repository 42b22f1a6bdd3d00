using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AdStudio.Sandbox;

/// <summary>Secrets the sandbox gives out. Only their hashes are kept.</summary>
internal static class Tokens
{
    public static string New(string prefix, int bytes = 48) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public static bool Same(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
