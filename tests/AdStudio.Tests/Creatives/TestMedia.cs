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
        var line = new byte[width * 3];
        for (var x = 0; x < width; x++) line[x * 3 + (x < width / 2 ? 0 : 2)] = 255;
        return Png(width, height, _ => line);
    }

    /// <summary>A real PNG that no compression makes small: the same noise each time.</summary>
    public static byte[] Noise(int width, int height)
    {
        var random = new Random(11);
        var line = new byte[width * 3];
        return Png(width, height, _ =>
        {
            random.NextBytes(line);
            return line;
        });
    }

    /// <summary>A real PNG in which nothing but glass is: black, and quite transparent.</summary>
    public static byte[] Transparent(int width, int height) => Png(width, height, _ => new byte[width * 4], colourType: 6);

    /// <summary>Red, green and blue of the pixel at the top left of a PNG with eight bits a colour.</summary>
    public static (int Red, int Green, int Blue) FirstPixel(byte[] png)
    {
        var packed = new MemoryStream();
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8)) packed.Write(png, at + 8, length);
            at += length + 12;
        }
        packed.Position = 0;
        using var raw = new ZLibStream(packed, CompressionMode.Decompress);
        // Whatever filter the line has, its first pixel has no neighbour to differ from.
        var first = new byte[4];
        raw.ReadExactly(first);
        return (first[1], first[2], first[3]);
    }

    private static byte[] Png(int width, int height, Func<int, byte[]> line, byte colourType = 2)
    {
        var raw = new MemoryStream();
        using (var packed = new ZLibStream(raw, CompressionLevel.Fastest, leaveOpen: true))
            for (var y = 0; y < height; y++) packed.Write([0, .. line(y)]);
        var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk("IHDR", [.. Int(width), .. Int(height), 8, colourType, 0, 0, 0]);
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
