using System.Buffers.Binary;

namespace AdStudio.Sandbox;

/// <summary>What an image's first bytes say about it.</summary>
public sealed record ImageFacts(string Type, int Width, int Height)
{
    /// <summary>Reads JPEG, PNG and GIF; null when it is none of them.</summary>
    public static ImageFacts? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 24 && bytes[..8].SequenceEqual<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return new("image/png", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
        if (bytes.Length > 10 && (bytes[..6].SequenceEqual("GIF89a"u8) || bytes[..6].SequenceEqual("GIF87a"u8)))
            return new("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]));
        if (bytes.Length < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8) return null;
        for (var i = 2; i + 9 < bytes.Length;)
        {
            if (bytes[i] != 0xFF) return null;
            var marker = bytes[i + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD9)) { i += marker == 0xFF ? 1 : 2; continue; }
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return new("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 5)..]));
            i += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(i + 2)..]);
        }
        return null;
    }
}
