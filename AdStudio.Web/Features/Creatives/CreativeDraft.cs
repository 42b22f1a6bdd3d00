using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Features.Creatives;

/// <summary>A creative while it is being written: what the fields are bound to and the preview shows.</summary>
public sealed class CreativeDraft
{
    public string Name { get; set; } = "";
    public CreativeType Type { get; set; }
    public string PrimaryText { get; set; } = "";
    public string Headline { get; set; } = "";
    public string Description { get; set; } = "";
    public string CallToAction { get; set; } = "LEARN_MORE";
    public string LinkUrl { get; set; } = "";
    public List<MediaRow> Media { get; init; } = [];
    public string? ExternalKey { get; init; }

    public string TextOf(TextField field) => field switch { TextField.Headline => Headline, TextField.Description => Description, _ => PrimaryText };

    /// <summary>"acme.example" of the link, as ads show it.</summary>
    public string Domain => Uri.TryCreate(LinkUrl.Trim(), UriKind.Absolute, out var uri) ? uri.Host.StartsWith("www.", StringComparison.Ordinal) ? uri.Host[4..] : uri.Host : "";

    public string CallToActionLabel => CreativeInput.CallsToAction.FirstOrDefault(c => c.Name == CallToAction)?.Label ?? CallToAction;

    public bool HasButton => CallToAction != "NO_BUTTON";

    public static CreativeDraft Of(CreativeRow row) => new()
    {
        Name = row.Name, Type = row.Type, PrimaryText = row.PrimaryText, Headline = row.Headline, Description = row.Description, CallToAction = row.CallToAction, LinkUrl = row.LinkUrl, Media = [.. row.Assets],
        ExternalKey = row.ExternalKey,
    };

    public CreativeInput ToInput() => new()
    {
        Name = Name, Type = Type, PrimaryText = PrimaryText, Headline = Headline, Description = Description, CallToAction = CallToAction, LinkUrl = LinkUrl, AssetIds = [.. Media.Select(m => m.Id)], ExternalKey = ExternalKey,
    };
}

/// <summary>Words for creatives, the same everywhere.</summary>
public static class CreativeWords
{
    public static string Of(CreativeType type) => type switch { CreativeType.Video => "Video", CreativeType.Carousel => "Carousel", _ => "Image" };

    public static string Icon(CreativeType type) => type switch { CreativeType.Video => "video", CreativeType.Carousel => "columns", _ => "image" };

    public static string Size(MediaRow media) => $"{media.Width} × {media.Height}" + (media.Seconds is { } s ? $", {s:0} s" : "") + (media.Bytes < 1_000_000 ? $", {Math.Max(1, media.Bytes / 1000)} KB" : $", {media.Bytes / 1_000_000.0:0.0} MB");
}
