namespace AdStudio.Core.Platforms;

/// <summary>What a platform takes as an image or a video.</summary>
public sealed record MediaRule(MediaKind Kind, IReadOnlyList<string> ContentTypes, long MaxBytes, IReadOnlyList<MediaShape> Shapes)
{
    /// <summary>Whether an ad wants one file of every shape, or is content with any of them.</summary>
    public bool EveryShape { get; init; }

    /// <summary>How far from a shape's ratio is still that shape: 0.02 is two per cent.</summary>
    public double Tolerance { get; init; } = 0.02;

    /// <summary>
    /// How the asset is brought to the shapes wanted: as it is, cut, or not at all, which the problem explains. Preflight shows the problems, the adapter cuts by the same answer.
    /// </summary>
    public IReadOnlyList<MediaFit> Fits(BriefAsset asset)
    {
        if (!ContentTypes.Contains(asset.ContentType, StringComparer.OrdinalIgnoreCase))
            return [new(Shapes[0], null, $"{asset.FileName} is {asset.ContentType}; allowed are {string.Join(", ", ContentTypes)}.")];
        if (asset.Bytes > MaxBytes) return [new(Shapes[0], null, $"{asset.FileName} has {Megabytes(asset.Bytes)}; at most {Megabytes(MaxBytes)} are allowed.")];
        if (EveryShape) return [.. Shapes.Select(shape => Fit(asset, shape))];

        if (Shapes.FirstOrDefault(s => IsShape(asset, s)) is { } same) return [Fit(asset, same)];
        var fits = Shapes.OrderBy(s => Math.Abs(Math.Log(RatioOf(asset) / s.Ratio))).Select(s => Fit(asset, s)).ToList();
        return [fits.FirstOrDefault(f => f.Problem is null) ?? fits[0]];
    }

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
        return new(shape, same ? null : shape.Name, null);
    }

    private bool IsShape(BriefAsset asset, MediaShape shape) => asset.Height > 0 && Math.Abs(RatioOf(asset) / shape.Ratio - 1) <= Tolerance;

    private static double RatioOf(BriefAsset asset) => asset is { Width: > 0, Height: > 0 } ? asset.Width / (double)asset.Height : 1;

    private static (int Width, int Height) Cut(BriefAsset asset, double ratio) =>
        ((int)Math.Min(asset.Width, asset.Height * ratio), (int)Math.Min(asset.Height, asset.Width / ratio));

    private static string Megabytes(long bytes) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB");
}

/// <param name="Name">"1.91:1", as the media workshop takes it.</param>
/// <param name="Word">A key for steps: "landscape".</param>
public sealed record MediaShape(string Name, string Word, double Ratio, int MinWidth, int MinHeight);

/// <param name="Cut">The ratio to cut to; null takes the file as it is.</param>
/// <param name="Problem">Why the asset cannot be used in this shape, for people; null when it can.</param>
public sealed record MediaFit(MediaShape Shape, string? Cut, string? Problem);
