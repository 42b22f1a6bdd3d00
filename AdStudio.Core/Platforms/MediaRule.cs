using System.Globalization;

namespace AdStudio.Core.Platforms;

/// <summary>What a platform takes as an image or a video.</summary>
public sealed record MediaRule(MediaKind Kind, IReadOnlyList<string> ContentTypes, long MaxBytes, IReadOnlyList<MediaShape> Shapes)
{
    // A video made over here takes about this much; below the other it is not worth looking at.
    private const double BytesPerSecond = 1_100_000;
    private const double LeastBytesPerSecond = 60_000;

    /// <summary>Whether an ad wants one file of every shape, or is content with any of them.</summary>
    public bool EveryShape { get; init; }

    /// <summary>How far from a shape's ratio is still that shape: 0.02 is two per cent.</summary>
    public double Tolerance { get; init; } = 0.02;

    /// <summary>How long a video may be; null when the platform names no limit. A video is never shortened for it.</summary>
    public double? MinSeconds { get; init; }
    public double? MaxSeconds { get; init; }

    /// <summary>
    /// How the asset is brought to the shapes wanted: as it is, made over, or not at all, which the problem explains. Preflight shows the problems; the adapter hands <see cref="MediaFit.Cut"/>
    /// to <see cref="IMediaSource"/> as it stands.
    /// </summary>
    public IReadOnlyList<MediaFit> Fits(BriefAsset asset)
    {
        if (Unusable(asset) is { } problem) return [new(Shapes[0], null, problem)];
        if (EveryShape) return [.. Shapes.Select(shape => Fit(asset, shape))];

        if (Shapes.FirstOrDefault(s => IsShape(asset, s)) is { } same) return [Fit(asset, same)];
        var fits = Shapes.OrderBy(s => Math.Abs(Math.Log(RatioOf(asset) / s.Ratio))).Select(s => Fit(asset, s)).ToList();
        return [fits.FirstOrDefault(f => f.Problem is null) ?? fits[0]];
    }

    /// <summary>The rendition that a step's key ends with (before the "@" of a later change), by <see cref="MediaFit.KeyPart"/>; null for the file as it is.</summary>
    public string? RenditionOf(string stepKey) =>
        stepKey.Split('@')[0].Split(':', 3) is [_, _, var part] ? Shapes.FirstOrDefault(s => s.Word == part)?.Name ?? Rendition.Parse(part)?.Name : null;

    /// <summary>Why nothing that can be done here makes the asset fit; null when something may.</summary>
    private string? Unusable(BriefAsset asset)
    {
        if (!Takes(asset.ContentType) && (!asset.CanCrop || Converted is null)) return $"{asset.FileName} is {asset.ContentType}; allowed are {string.Join(", ", ContentTypes)}.";
        if (asset.Seconds is { } seconds && (seconds < MinSeconds || seconds > MaxSeconds)) return $"{asset.FileName} runs {Seconds(seconds)}; {DurationWords} can be shown.";
        if (asset.Bytes > MaxBytes && !CanBeMadeSmaller(asset)) return $"{asset.FileName} has {Megabytes(asset.Bytes)}; at most {Megabytes(MaxBytes)} are allowed.";
        return null;
    }

    /// <summary>What another type becomes: JPEG before PNG, because every platform takes it and it is small.</summary>
    private string? Converted => Rendition.Targets.FirstOrDefault(Takes);

    private bool Takes(string contentType) => ContentTypes.Contains(contentType, StringComparer.OrdinalIgnoreCase);

    private bool CanBeMadeSmaller(BriefAsset asset) => asset.CanCrop && (Kind == MediaKind.Image
        ? Takes("image/jpeg")
        : Takes("video/mp4") && asset.Seconds is > 0 and { } seconds && MaxBytes / seconds >= LeastBytesPerSecond);

    private string DurationWords => (MinSeconds, MaxSeconds) switch
    {
        ({ } min, { } max) => $"{Seconds(min)} to {Seconds(max)}",
        ({ } min, _) => $"at least {Seconds(min)}",
        (_, { } max) => $"at most {Seconds(max)}",
        _ => "any length",
    };

    private MediaFit Fit(BriefAsset asset, MediaShape shape)
    {
        var same = IsShape(asset, shape);
        var (width, height) = same ? (asset.Width, asset.Height) : Cut(asset, shape.Ratio);
        if (!same && !asset.CanCrop) return new(shape, null, $"{asset.FileName} is {asset.Width} × {asset.Height}, which is not {shape.Name}, and cannot be cut here.");
        if (width < shape.MinWidth || height < shape.MinHeight)
        {
            var cut = same ? "" : $", which leaves {width} × {height} when cut to {shape.Name}";
            return new(shape, null, $"{asset.FileName} is {asset.Width} × {asset.Height}{cut}; at least {shape.MinWidth} × {shape.MinHeight} is needed.");
        }

        var rendition = new Rendition(same ? null : shape.Name, ContentType: Takes(asset.ContentType) ? null : Converted);
        if (Largest(width, height, shape) is var (w, h))
        {
            if (!asset.CanCrop) return new(shape, null, $"{asset.FileName} is {asset.Width} × {asset.Height}; at most {Most(shape)} can be used, and it cannot be made smaller here.");
            rendition = rendition with { Width = w, Height = h };
        }
        return new(shape, Limited(asset, rendition).Name, null);
    }

    /// <summary>The size that still fits, when the shape has an upper limit and this is beyond it.</summary>
    private static (int Width, int Height)? Largest(int width, int height, MediaShape shape)
    {
        var part = Math.Min(shape.MaxWidth is { } w ? w / (double)width : 1, shape.MaxHeight is { } h ? h / (double)height : 1);
        return part >= 1 ? null : (Math.Max(1, (int)Math.Floor(width * part + 1e-6)), Math.Max(1, (int)Math.Floor(height * part + 1e-6)));
    }

    /// <summary>With a limit of bytes where the original exceeds it, or where making it over might.</summary>
    private Rendition Limited(BriefAsset asset, Rendition rendition)
    {
        if (asset.Bytes > MaxBytes)
            return rendition with { MaxBytes = MaxBytes, ContentType = rendition.ContentType ?? (Kind == MediaKind.Image && asset.ContentType != "image/jpeg" ? "image/jpeg" : Kind == MediaKind.Video && asset.ContentType != "video/mp4" ? "video/mp4" : null) };
        if (rendition.Name is null || !CanBeMadeSmaller(asset)) return rendition;
        var mayExceed = Kind == MediaKind.Image ? asset.Bytes * 4 > MaxBytes : asset.Seconds is { } seconds && seconds * BytesPerSecond > MaxBytes;
        return mayExceed ? rendition with { MaxBytes = MaxBytes } : rendition;
    }

    private bool IsShape(BriefAsset asset, MediaShape shape) => asset.Height > 0 && Math.Abs(RatioOf(asset) / shape.Ratio - 1) <= Tolerance;

    private static double RatioOf(BriefAsset asset) => asset is { Width: > 0, Height: > 0 } ? asset.Width / (double)asset.Height : 1;

    private static (int Width, int Height) Cut(BriefAsset asset, double ratio)
    {
        if (asset is not { Width: > 0, Height: > 0 }) return (0, 0);
        var box = CropBox.Of(asset.Width, asset.Height, ratio);
        return (box.Width, box.Height);
    }

    private static string Most(MediaShape shape) => (shape.MaxWidth, shape.MaxHeight) switch { ({ } w, { } h) => $"{w} × {h}", ({ } w, _) => $"{w} pixels in width", (_, var h) => $"{h} pixels in height" };

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} seconds");

    internal static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB");
}

/// <param name="Name">"1.91:1", as the media workshop takes it.</param>
/// <param name="Word">A key for steps: "landscape".</param>
public sealed record MediaShape(string Name, string Word, double Ratio, int MinWidth, int MinHeight)
{
    /// <summary>Pixels; larger ones are made smaller. Null when the platform names no limit.</summary>
    public int? MaxWidth { get; init; }
    public int? MaxHeight { get; init; }
}

/// <param name="Cut">The name of the rendition to send, for <see cref="IMediaSource"/> as it stands; null takes the file as it is.</param>
/// <param name="Problem">Why the asset cannot be used in this shape, for people; null when it can.</param>
public sealed record MediaFit(MediaShape Shape, string? Cut, string? Problem)
{
    /// <summary>What a step's key says of it: the shape's word where it is only cut, else the rendition's name; null for the file as it is. Read back by <see cref="MediaRule.RenditionOf"/>.</summary>
    public string? KeyPart => Cut == Shape.Name ? Shape.Word : Cut;

    /// <summary>For people: "cut to 1:1 and made a JPEG"; null for the file as it is.</summary>
    public string? Words => Cut is null ? null : Rendition.Parse(Cut)?.Words;
}
