using System.Globalization;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Features.Creatives;

/// <summary>How a placement is drawn: the picture's shape, and after how many characters the platform cuts each text there. Sketches of ours, from what platforms publish and from memory.</summary>
public sealed record PlacementLook(AdPlacement Placement, string? Ratio, int? PrimaryText, int? Headline, int? Description)
{
    /// <summary>Where the platform shows ads; the feed while its catalogue entry names nothing.</summary>
    public static IReadOnlyList<AdPlacement> Of(Platform platform) => Catalogue.Of(platform).Rules is { Placements: { Count: > 0 } there } ? there : [AdPlacement.Feed];

    public static PlacementLook Of(Platform platform, AdPlacement placement)
    {
        var rules = Catalogue.Of(platform).Rules;
        return placement switch
        {
            AdPlacement.Story => new(placement, "9:16", 125, Cut(TextField.Headline), null),
            AdPlacement.Reel => new(placement, "9:16", 72, Cut(TextField.Headline), null),
            AdPlacement.Snap => new(placement, "9:16", null, Cut(TextField.Headline), null),
            AdPlacement.Pin => new(placement, "2:3", null, Cut(TextField.Headline), Cut(TextField.Description)),
            AdPlacement.Display => new(placement, "1.91:1", Cut(TextField.PrimaryText), Cut(TextField.Headline), Cut(TextField.Description)),
            AdPlacement.Search => new(placement, null, Cut(TextField.PrimaryText), Cut(TextField.Headline), Cut(TextField.Description)),
            AdPlacement.AppStore => new(placement, null, Cut(TextField.PrimaryText), Cut(TextField.Headline), Cut(TextField.Description)),
            _ => new(placement, null, Cut(TextField.PrimaryText), Cut(TextField.Headline), Cut(TextField.Description)),
        };

        int? Cut(TextField field) => rules?.Text(field) is { } rule ? rule.Recommended ?? rule.Max : null;
    }

    /// <summary>The shape that the platform gives this file in its feed: the one it would be cut to.</summary>
    public static string FeedRatio(Platform platform, MediaRow? media)
    {
        if (media is not { Width: > 0, Height: > 0 }) return "1.91:1";
        var own = media.Width / (double)media.Height;
        var shapes = Catalogue.Of(platform).Rules?.MediaOf(media.Kind)?.Shapes.Where(s => Rendition.RatioOf(s.Name) is not null).ToList() ?? [];
        if (shapes.Count > 0) return shapes.MinBy(s => Math.Abs(Math.Log(own / s.Ratio)))!.Name;
        return own switch { > 1.4 => "1.91:1", > 0.9 => "1:1", _ => "4:5" };
    }

    /// <summary>The CSS of a picture in a box of this ratio: cut around the focal point as it will be cut when it is sent.</summary>
    public static string Position(MediaRow media, string ratio)
    {
        if (media is not { Width: > 0, Height: > 0 } || Rendition.RatioOf(ratio) is not { } wanted) return "";
        var (x, y) = CropBox.Of(media.Width, media.Height, wanted, media.FocalX, media.FocalY).PositionIn(media.Width, media.Height);
        return string.Create(CultureInfo.InvariantCulture, $"object-position:{x:0.##}% {y:0.##}%");
    }

    public static string AspectOf(string ratio) => ratio.Replace(":", " / ", StringComparison.Ordinal);

    /// <summary>As the platform cuts it, with what we would write where nothing is written yet.</summary>
    public static string Shown(string text, int? length, string otherwise)
    {
        text = text.Trim();
        if (text.Length == 0) return otherwise;
        var letters = new StringInfo(text);
        return length is { } most && letters.LengthInTextElements > most ? letters.SubstringByTextElements(0, most).TrimEnd() + "…" : text;
    }
}
