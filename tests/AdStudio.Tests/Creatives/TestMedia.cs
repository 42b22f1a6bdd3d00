using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AdStudio.Tests.Creatives;

/// <summary>Images and videos made byte by byte.</summary>
internal static class TestMedia
{
    /// <summary>A real PNG: red in its left half, blue in its right.</summary>
    public static byte[] Png(int width, int height)
    {
        var raw = new MemoryStream();
        using (var packed = new ZLibStream(raw, CompressionLevel.Fastest, leaveOpen: true))
        {
            var line = new byte[1 + width * 3];
            for (var x = 0; x < width; x++) line[1 + x * 3 + (x < width / 2 ? 0 : 2)] = 255;
            for (var y = 0; y < height; y++) packed.Write(line);
        }
        var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk("IHDR", [.. Int(width), .. Int(height), 8, 2, 0, 0, 0]);
        Chunk("IDAT", raw.ToArray());
        Chunk("IEND", []);
        return file.ToArray();

        void Chunk(string name, byte[] body)
        {
            byte[] named = [.. Encoding.ASCII.GetBytes(name), .. body];
            file.Write(Int(body.Length));
            file.Write(named);
            file.Write(Int((int)Crc(named)));
        }
    }

    /// <summary>The beginning of a PNG that says it is that large.</summary>
    public static byte[] PngHeader(int width, int height) => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. Int(width), .. Int(height), 8, 2, 0, 0, 0];

    /// <summary>A JPEG's headers: EXIF with an orientation, then the frame.</summary>
    public static byte[] JpegHeader(int width, int height, byte orientation = 1, bool bigEndian = false)
    {
        byte[] tiff = bigEndian
            ? [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
            : [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        return [0xFF, 0xD8, 0xFF, 0xE1, .. Short(exif.Length + 2), .. exif, 0xFF, 0xC0, .. Short(17), 8, .. Short(height), .. Short(width), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xDA, 0, 2];
    }

    public static byte[] Gif(int width, int height) => [.. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 0, 0, 0x3B];

    public static byte[] WebP(int width, int height) =>
        [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, (byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0];

    /// <summary>An MP4 without a picture in it, but with all that says how large and long it would be.</summary>
    public static byte[] Mp4(int width, int height, int seconds, bool turned = false)
    {
        byte[] movieHeader = [.. new byte[12], .. Int(1000), .. Int(seconds * 1000), .. new byte[80]];
        byte[] matrix = turned
            ? [.. Int(0), .. Int(0x10000), .. Int(0), .. Int(-0x10000), .. Int(0), .. Int(0), .. Int(0), .. Int(0), .. Int(0x40000000)]
            : [.. Int(0x10000), .. Int(0), .. Int(0), .. Int(0), .. Int(0x10000), .. Int(0), .. Int(0), .. Int(0), .. Int(0x40000000)];
        byte[] trackHeader = [.. new byte[40], .. matrix, .. Int(width << 16), .. Int(height << 16)];
        byte[] handler = [.. new byte[8], .. "vide"u8, .. new byte[13]];
        return [.. Box("ftyp", [.. "isom"u8, 0, 0, 0, 0]), .. Box("mdat", new byte[100]), .. Box("moov", [.. Box("mvhd", movieHeader), .. Box("trak", [.. Box("tkhd", trackHeader), .. Box("mdia", Box("hdlr", handler))])])];
    }

    private static byte[] Box(string name, byte[] body) => [.. Int(body.Length + 8), .. Encoding.ASCII.GetBytes(name), .. body];

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Short(int value) => [(byte)(value >> 8), (byte)value];

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc & 1) == 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
