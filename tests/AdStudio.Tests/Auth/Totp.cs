using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace AdStudio.Tests.Auth;

/// <summary>An authenticator app: RFC 6238 with six digits and thirty seconds.</summary>
internal static class Totp
{
    public static string Code(string key, DateTimeOffset at)
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // Authenticator apps use SHA-1.
        var hash = HMACSHA1.HashData(Bytes(key), step.ToArray());
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string base32)
    {
        List<byte> bytes = [];
        var (bits, count) = (0, 0);
        foreach (var c in base32.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant))
        {
            bits = (bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal);
            count += 5;
            if (count < 8) continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
            bits &= (1 << count) - 1;
        }
        return [.. bytes];
    }
}
