using System.Diagnostics.CodeAnalysis;

namespace AdStudio.Core.Common;

/// <summary>
/// The public form of a key: a prefix and the GUID's 128 bits in Crockford base 32 (26 characters), so "cmp_01…" and the uuid name the same row.
/// Version-7 GUIDs keep their order of time in this form.
/// </summary>
public static class PublicId
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string Of(string prefix, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var number = new UInt128(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes), System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        Span<char> chars = stackalloc char[26];
        for (var i = 25; i >= 0; i--, number >>= 5) chars[i] = Alphabet[(int)(uint)(number & 31)];
        return string.Concat(prefix, "_", chars);
    }

    /// <summary>Reads the public form, or a plain uuid. Upper and lower case, and the letters that Crockford takes for digits, are all understood.</summary>
    public static bool TryParse(string prefix, [NotNullWhen(true)] string? text, out Guid id)
    {
        id = Guid.Empty;
        if (string.IsNullOrEmpty(text)) return false;
        if (Guid.TryParse(text, out id)) return true;
        if (text.Length != prefix.Length + 27 || !text.StartsWith(prefix, StringComparison.Ordinal) || text[prefix.Length] != '_') return false;

        UInt128 number = 0;
        foreach (var c in text.AsSpan(prefix.Length + 1))
        {
            var digit = char.ToUpperInvariant(c) switch { 'O' => 0, 'I' or 'L' => 1, var other => Alphabet.IndexOf(other) };
            if (digit < 0) return false;
            if (number >> 123 != 0) return false;
            number = (number << 5) | (uint)digit;
        }
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)(number >> 64));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (ulong)number);
        id = new Guid(bytes, bigEndian: true);
        return true;
    }
}
