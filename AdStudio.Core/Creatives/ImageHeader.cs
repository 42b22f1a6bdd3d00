using System.Buffers.Binary;

namespace AdStudio.Core.Creatives;

/// <summary>What the first bytes of an image say of it.</summary>
/// <param name="Width">As it is shown, after <paramref name="Orientation"/>.</param>
/// <param name="Orientation">EXIF: 1 upright, 3 upside down, 6 and 8 on a side, even ones mirrored in between.</param>
public sealed record ImageHeader(string ContentType, int Width, int Height, int Orientation = 1)
{
    /// <summary>So much of the beginning is enough for any image that is made with care.</summary>
    public const int Enough = 512 * 1024;

    public long Pixels => (long)Width * Height;

    /// <summary>Null for what is no JPEG, PNG, GIF or WebP image.</summary>
    public static ImageHeader? Read(ReadOnlySpan<byte> bytes)
    {
        var header = Png(bytes) ?? Gif(bytes) ?? WebP(bytes) ?? Jpeg(bytes);
        return header is { Width: > 0, Height: > 0 } ? header : null;
    }

    private static ImageHeader? Png(ReadOnlySpan<byte> b)
    {
        if (b.Length < 24 || !b[..8].SequenceEqual(PngSignature) || !b[12..16].SequenceEqual("IHDR"u8)) return null;
        return new("image/png", BinaryPrimitives.ReadInt32BigEndian(b[16..]), BinaryPrimitives.ReadInt32BigEndian(b[20..]));
    }

    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ImageHeader? Gif(ReadOnlySpan<byte> b) =>
        b.Length >= 10 && (b[..6].SequenceEqual("GIF87a"u8) || b[..6].SequenceEqual("GIF89a"u8))
            ? new("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(b[6..]), BinaryPrimitives.ReadUInt16LittleEndian(b[8..]))
            : null;

    private static ImageHeader? WebP(ReadOnlySpan<byte> b)
    {
        if (b.Length < 30 || !b[..4].SequenceEqual("RIFF"u8) || !b[8..12].SequenceEqual("WEBP"u8)) return null;
        var kind = b[12..16];
        if (kind.SequenceEqual("VP8X"u8)) return Of(1 + Int24(b[24..]), 1 + Int24(b[27..]));
        if (kind.SequenceEqual("VP8L"u8) && b[20] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(b[21..]);
            return Of((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1);
        }
        if (kind.SequenceEqual("VP8 "u8) && b[23] == 0x9D && b[24] == 0x01 && b[25] == 0x2A)
            return Of(BinaryPrimitives.ReadUInt16LittleEndian(b[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(b[28..]) & 0x3FFF);
        return null;

        static ImageHeader Of(int width, int height) => new("image/webp", width, height);
        static int Int24(ReadOnlySpan<byte> b) => b[0] | b[1] << 8 | b[2] << 16;
    }

    private static ImageHeader? Jpeg(ReadOnlySpan<byte> b)
    {
        if (b.Length < 4 || b[0] != 0xFF || b[1] != 0xD8 || b[2] != 0xFF) return null;
        var orientation = 1;
        for (var at = 2; at + 9 < b.Length;)
        {
            if (b[at] != 0xFF) return null;
            var marker = b[at + 1];
            if (marker == 0xFF) { at++; continue; }
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8)) { at += 2; continue; }
            if (marker is 0xD9 or 0xDA) return null;

            var length = BinaryPrimitives.ReadUInt16BigEndian(b[(at + 2)..]);
            if (length < 2) return null;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(b[(at + 5)..]), BinaryPrimitives.ReadUInt16BigEndian(b[(at + 7)..]));
                return orientation >= 5 ? new("image/jpeg", height, width, orientation) : new("image/jpeg", width, height, orientation);
            }
            if (marker == 0xE1 && at + 2 + length <= b.Length) orientation = Exif(b.Slice(at + 4, length - 2)) ?? orientation;
            at += 2 + length;
        }
        return null;
    }

    /// <summary>The orientation tag (0x0112) of the first directory.</summary>
    private static int? Exif(ReadOnlySpan<byte> b)
    {
        if (b.Length < 14 || !b[..6].SequenceEqual("Exif\0\0"u8)) return null;
        var tiff = b[6..];
        var little = tiff[0] == (byte)'I';
        if (Short(tiff[2..]) != 42) return null;
        if (Long(tiff[4..]) > (uint)(tiff.Length - 2)) return null;
        var at = (int)Long(tiff[4..]);
        for (var (entry, left) = (at + 2, (int)Short(tiff[at..])); left > 0 && entry + 12 <= tiff.Length; entry += 12, left--)
            if (Short(tiff[entry..]) == 0x0112) return Short(tiff[(entry + 8)..]) is var value and >= 1 and <= 8 ? value : null;
        return null;

        ushort Short(ReadOnlySpan<byte> s) => little ? BinaryPrimitives.ReadUInt16LittleEndian(s) : BinaryPrimitives.ReadUInt16BigEndian(s);
        uint Long(ReadOnlySpan<byte> s) => little ? BinaryPrimitives.ReadUInt32LittleEndian(s) : BinaryPrimitives.ReadUInt32BigEndian(s);
    }
}
