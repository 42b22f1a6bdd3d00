using System.Globalization;

namespace AdStudio.Core.Platforms;

/// <summary>
/// How a file is to be made over for a platform, as a short text that plans and steps can keep: "9:16", "2:3;1080x1620;image/jpeg", "video/mp4;&lt;=4000000".
/// Its parts, each left out when nothing changes, in this order: the ratio to cut to, the pixels to shrink to, the type to convert to, the bytes it may have.
/// </summary>
/// <param name="Ratio">As the shape is called: "1.91:1"; null keeps the picture whole.</param>
/// <param name="Width">Pixels; null keeps the size. Nothing is ever made larger.</param>
/// <param name="MaxBytes">Null when any size will do.</param>
public sealed record Rendition(string? Ratio = null, int? Width = null, int? Height = null, string? ContentType = null, long? MaxBytes = null)
{
    /// <summary>What the file may become here.</summary>
    public static IReadOnlyList<string> Targets { get; } = ["image/jpeg", "image/png", "video/mp4"];

    /// <summary>Null when the file goes as it is.</summary>
    public string? Name => this == new Rendition() ? null : string.Join(';', Parts());

    /// <summary>Null for what is no rendition's name; there is one name for each rendition, so nothing in it is ignored.</summary>
    public static Rendition? Parse(string name)
    {
        var read = new Rendition();
        foreach (var part in name.Split(';'))
        {
            if (part.StartsWith("<=", StringComparison.Ordinal) && long.TryParse(part[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0) read = read with { MaxBytes = bytes };
            else if (part.Contains('/', StringComparison.Ordinal) && Targets.Contains(part)) read = read with { ContentType = part };
            else if (part.Contains(':', StringComparison.Ordinal) && RatioOf(part) is not null) read = read with { Ratio = part };
            else if (part.Split('x') is [var w, var h] && Side(w) is { } width && Side(h) is { } height) read = read with { Width = width, Height = height };
            else return null;
        }
        return read.Name == name ? read : null;

        static int? Side(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is > 0 and <= 20_000 ? side : null;
    }

    /// <summary>"1.91:1" is 1.91; null for what is no ratio.</summary>
    public static double? RatioOf(string ratio)
    {
        return ratio.Split(':') is [var left, var right] && Number(left) is { } width && Number(right) is { } height ? width / height : null;

        static double? Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1000 ? value : null;
    }

    /// <summary>For people: "cut to 9:16 and made a JPEG".</summary>
    public string Words
    {
        get
        {
            List<string> words = [];
            if (Ratio is not null) words.Add($"cut to {Ratio}");
            if (Width is not null) words.Add($"made {Width} × {Height} pixels large");
            if (ContentType is not null) words.Add(ContentType switch { "image/jpeg" => "made a JPEG", "image/png" => "made a PNG", _ => "made an MP4" });
            if (MaxBytes is { } bytes) words.Add($"kept below {MediaRule.Megabytes(bytes)}");
            return words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";
        }
    }

    public override string ToString() => Name ?? "";

    private IEnumerable<string> Parts()
    {
        if (Ratio is not null) yield return Ratio;
        if (Width is not null) yield return string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");
        if (ContentType is not null) yield return ContentType;
        if (MaxBytes is { } bytes) yield return string.Create(CultureInfo.InvariantCulture, $"<={bytes}");
    }
}

/// <summary>The part of a picture that is kept when it is cut: pixels of the picture as it is shown.</summary>
public readonly record struct CropBox(int X, int Y, int Width, int Height)
{
    /// <summary>The largest part of this ratio, with the focal point as near to its middle as the edges allow.</summary>
    /// <param name="focalX">0 is the left edge, 1 the right one.</param>
    /// <param name="focalY">0 is the top, 1 the bottom.</param>
    public static CropBox Of(int width, int height, double ratio, double focalX = 0.5, double focalY = 0.5)
    {
        var cutWidth = Math.Clamp((int)Math.Round(height * ratio), 1, width);
        var cutHeight = Math.Clamp((int)Math.Round(width / ratio), 1, height);
        return new(Begin(width, cutWidth, focalX), Begin(height, cutHeight, focalY), cutWidth, cutHeight);

        static int Begin(int whole, int part, double focal) => Math.Clamp((int)Math.Floor(focal * whole - part / 2.0), 0, whole - part);
    }

    /// <summary>Where a picture that covers a box of another ratio has to lie (per cent, as CSS's object-position takes them) to show this part.</summary>
    public (double X, double Y) PositionIn(int width, int height) => (Width == width ? 50 : 100.0 * X / (width - Width), Height == height ? 50 : 100.0 * Y / (height - Height));
}
