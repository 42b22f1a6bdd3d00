using System.Buffers.Binary;

namespace AdStudio.Core.Creatives;

/// <summary>What an MP4 or MOV file says of its picture: read from its boxes, without decoding anything.</summary>
public sealed record VideoHeader(string ContentType, int Width, int Height, double Seconds)
{
    private const int MovieMax = 64 * 1024 * 1024;

    /// <summary>Null for what is no MP4 or MOV file with a picture. The stream must be seekable.</summary>
    public static VideoHeader? Read(Stream file)
    {
        Span<byte> head = stackalloc byte[16];
        string? type = null;
        for (long at = 0; at + 8 <= file.Length;)
        {
            file.Position = at;
            var got = file.ReadAtLeast(head, 8, throwOnEndOfStream: false);
            if (got < 8) return null;
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            var name = head[4..8];
            var begin = at + 8;
            if (size == 1 && got == 16) (size, begin) = (BinaryPrimitives.ReadInt64BigEndian(head[8..]), at + 16);
            if (size == 0) size = file.Length - at;
            if (size < begin - at) return null;

            if (at == 0)
            {
                if (!name.SequenceEqual("ftyp"u8) || got < 12) return null;
                type = head[8..12].SequenceEqual("qt  "u8) ? "video/quicktime" : "video/mp4";
            }
            else if (name.SequenceEqual("moov"u8))
            {
                var length = at + size - begin;
                if (length is <= 0 or > MovieMax || begin + length > file.Length) return null;
                var movie = new byte[length];
                file.Position = begin;
                file.ReadExactly(movie);
                return Movie(type!, movie);
            }
            at += size;
        }
        return null;
    }

    private static VideoHeader? Movie(string type, ReadOnlySpan<byte> movie)
    {
        double seconds = 0;
        VideoHeader? best = null;
        foreach (var (name, from, to) in Boxes(movie))
        {
            var body = movie[from..to];
            if (name == "mvhd") seconds = Duration(body);
            else if (name == "trak" && Track(type, body, seconds) is { } track && (best is null || track.Width > best.Width)) best = track;
        }
        return best;
    }

    private static VideoHeader? Track(string type, ReadOnlySpan<byte> track, double seconds)
    {
        (int Width, int Height)? size = null;
        var isVideo = false;
        foreach (var (name, from, to) in Boxes(track))
        {
            if (name == "tkhd") size = Size(track[from..to]);
            else if (name == "mdia") isVideo = IsVideo(track[from..to]);
        }
        return isVideo && size is var (width, height) && width > 0 && height > 0 ? new(type, width, height, seconds) : null;
    }

    private static bool IsVideo(ReadOnlySpan<byte> media)
    {
        foreach (var (name, from, to) in Boxes(media))
            if (name == "hdlr" && to - from >= 12) return media.Slice(from + 8, 4).SequenceEqual("vide"u8);
        return false;
    }

    /// <summary>Width and height as shown: a matrix that turns by a quarter swaps them.</summary>
    private static (int, int)? Size(ReadOnlySpan<byte> header)
    {
        var matrix = header.Length > 0 && header[0] == 1 ? 52 : 40;
        if (header.Length < matrix + 44) return null;
        var width = BinaryPrimitives.ReadInt32BigEndian(header[(matrix + 36)..]) >> 16;
        var height = BinaryPrimitives.ReadInt32BigEndian(header[(matrix + 40)..]) >> 16;
        var turned = BinaryPrimitives.ReadInt32BigEndian(header[matrix..]) == 0 && BinaryPrimitives.ReadInt32BigEndian(header[(matrix + 4)..]) != 0;
        return turned ? (height, width) : (width, height);
    }

    private static double Duration(ReadOnlySpan<byte> header)
    {
        if (header.Length < 32) return 0;
        var (scale, length) = header[0] == 1
            ? (BinaryPrimitives.ReadUInt32BigEndian(header[20..]), BinaryPrimitives.ReadUInt64BigEndian(header[24..]))
            : (BinaryPrimitives.ReadUInt32BigEndian(header[12..]), BinaryPrimitives.ReadUInt32BigEndian(header[16..]));
        return scale == 0 ? 0 : Math.Round(length / (double)scale, 3);
    }

    private static List<(string Name, int From, int To)> Boxes(ReadOnlySpan<byte> parent)
    {
        List<(string, int, int)> boxes = [];
        for (var at = 0; at + 8 <= parent.Length && boxes.Count < 1000;)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(parent[at..]);
            if (size < 8 || size > parent.Length - at) break;
            boxes.Add((System.Text.Encoding.Latin1.GetString(parent.Slice(at + 4, 4)), at + 8, at + (int)size));
            at += (int)size;
        }
        return boxes;
    }
}
