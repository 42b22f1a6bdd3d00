using System.Security.Cryptography;

namespace AdStudio.Browser.Tests.Support;

/// <summary>An authenticator app: the six digits of a key at this moment (RFC 6238).</summary>
public static class Authenticator
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string CodeOf(string key, int stepsAhead = 0)
    {
        var counter = BitConverter.GetBytes(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30 + stepsAhead);
        if (BitConverter.IsLittleEndian) Array.Reverse(counter);
#pragma warning disable CA5350 // What authenticator apps compute.
        var hash = HMACSHA1.HashData(Bytes(key), counter);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string key)
    {
        List<byte> bytes = [];
        var (bits, value) = (0, 0);
        foreach (var letter in key.ToLowerInvariant().Where(Alphabet.Contains))
        {
            (value, bits) = ((value << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits < 8) continue;
            bytes.Add((byte)(value >> (bits - 8)));
            (value, bits) = (value & ((1 << (bits - 8)) - 1), bits - 8);
        }
        return [.. bytes];
    }
}
