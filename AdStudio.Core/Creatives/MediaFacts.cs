using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Creatives;

/// <summary>What a file is, by its content; its name says nothing.</summary>
public sealed record MediaFacts(MediaKind Kind, string ContentType, int Width, int Height, double? Seconds)
{
    public static Result<MediaFacts> Of(Stream file, MediaLimits limits)
    {
        if (file.Length == 0) return new MediaEmpty();
        var head = new byte[(int)Math.Min(file.Length, ImageHeader.Enough)];
        file.Position = 0;
        file.ReadExactly(head);

        if (ImageHeader.Read(head) is { } image)
        {
            if (file.Length > limits.MaxImageBytes) return new MediaTooLarge("image", limits.MaxImageBytes);
            if (image.Pixels > limits.MaxPixels) return new TooManyPixels(image.Width, image.Height, limits.MaxPixels);
            return new MediaFacts(MediaKind.Image, image.ContentType, image.Width, image.Height, null);
        }
        if (VideoHeader.Read(file) is { } video)
            return file.Length > limits.MaxVideoBytes ? new MediaTooLarge("video", limits.MaxVideoBytes) : new MediaFacts(MediaKind.Video, video.ContentType, video.Width, video.Height, video.Seconds);
        return new NotMedia();
    }
}

/// <summary>How large media may be; set by <c>Media:…</c>.</summary>
public sealed class MediaLimits
{
    public long MaxImageBytes { get; set; } = 30_000_000;
    public long MaxVideoBytes { get; set; } = 500_000_000;

    /// <summary>An image that is small as a file can be huge once unpacked.</summary>
    public long MaxPixels { get; set; } = 60_000_000;

    public long MaxBytes => Math.Max(MaxImageBytes, MaxVideoBytes);
}
