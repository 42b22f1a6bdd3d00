using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>
/// The steps that make a creative's pin and its ad: https://developers.pinterest.com/docs/api/v5/pins-create. Where a pin's image belongs, the plan says which asset it is;
/// the bytes take its place when the step runs.
/// </summary>
internal sealed partial class PinterestPins(LaunchBrief brief, string objective, List<PlannedStep> steps, List<PlanNote> notes)
{
    // https://developers.pinterest.com/docs/api/v5/pins-create: items of multiple_image_base64.
    private const int MostCards = 5, MaxAltText = 500, MaxCaption = 100;

    private readonly Dictionary<Guid, string> videos = [];

    /// <summary>Ends the keys of steps that come later than the launch: "@MARKER".</summary>
    public string Suffix { get; init; } = "";

    /// <param name="adGroup">Its id, or the place of it.</param>
    public void Add(BriefCreative creative, int number, string adGroup)
    {
        var marker = $"{brief.Marker}-{number}";
        var pin = new JsonObject { ["board_id"] = brief.Page?.Id, ["title"] = creative.Headline };
        if (creative.PrimaryText.Length > 0) pin["description"] = creative.PrimaryText;
        (pin["link"], pin["alt_text"]) = (creative.LinkUrl, PlanWords.Named(creative.Headline.Length > 0 ? creative.Headline : creative.Name, marker, MaxAltText));
        var (type, source) = Source(creative, number);
        pin["media_source"] = source;
        steps.Add(new($"creative:{number}{Suffix}", StepKind.Creative, $"Create the Pin “{creative.Name}”", marker, pin) { CreativeId = creative.Id });

        var ad = new JsonObject
        {
            ["ad_group_id"] = adGroup, ["creative_type"] = type, ["pin_id"] = $"{{{{creative:{number}{Suffix}}}}}", ["name"] = PlanWords.Named(creative.Name, marker, PinterestFromMemory.MaxName), ["status"] = "PAUSED",
            ["destination_url"] = creative.LinkUrl,
        };
        if (Action(creative) is { } action) ad["customizable_cta_type"] = action;
        steps.Add(new($"ad:{number}{Suffix}", StepKind.Ad, $"Create the ad “{creative.Name}”", marker, ad) { CreativeId = creative.Id });
    }

    /// <summary>Of a place for an asset's bytes: which one and as which rendition; null for any other text.</summary>
    public static (Guid Asset, string? Rendition)? AssetOf(string text) =>
        AssetPlace().Match(text) is { Success: true } match ? (Guid.Parse(match.Groups[1].Value), match.Groups[2].Value is { Length: > 0 } rendition ? rendition : null) : null;

    private (string Type, JsonObject Source) Source(BriefCreative creative, int number)
    {
        if (creative.Type == CreativeType.Video && creative.Assets.FirstOrDefault(a => a.Kind == MediaKind.Video) is { } video)
        {
            LeaveOutDescription(creative);
            var source = new JsonObject { ["source_type"] = "video_id", ["media_id"] = Video(video, number) };
            if (creative.Assets.FirstOrDefault(a => a.Kind == MediaKind.Image) is { } cover) (source["cover_image_content_type"], source["cover_image_data"]) = (cover.ContentType, Place(cover, Fit(cover)));
            else source["cover_image_key_frame_time"] = 0;
            return ("VIDEO", source);
        }
        if (creative is { Type: CreativeType.Carousel, Cards.Count: > 1 }) return ("CAROUSEL", Cards(creative));
        LeaveOutDescription(creative);
        var image = creative.Assets.First(a => a.Kind == MediaKind.Image);
        return ("REGULAR", Image("image_base64", image, Fit(image)));
    }

    private JsonObject Cards(BriefCreative creative)
    {
        var cards = creative.Cards.Take(MostCards).ToList();
        if (creative.Cards.Count > MostCards) notes.Add(PlanWords.LeftOut("creatives", $"Pinterest shows the first {MostCards} of the {creative.Cards.Count} cards of “{creative.Name}”."));
        // All cards have one shape: the one that takes them with the least cutting.
        var rule = PinterestCatalogue.Rules.MediaOf(MediaKind.Image)!;
        var fits = rule.Shapes.Where(s => s.Word != "full").Select(s => cards.Select(c => (rule with { Shapes = [s] }).Fits(c.Asset)[0]).ToList())
            .OrderBy(f => f.Count(x => x.Problem is not null)).ThenBy(f => f.Count(x => x.Cut is not null)).First();
        return new()
        {
            ["source_type"] = "multiple_image_base64",
            ["items"] = new JsonArray([.. cards.Zip(fits, (card, fit) =>
            {
                var item = Image(null, card.Asset, fit);
                (item["title"], item["description"], item["link"]) = (PlanWords.Shortened(card.Headline, MaxCaption), card.Description, card.LinkUrl);
                return (JsonNode)item;
            })]),
        };
    }

    private JsonObject Image(string? sourceType, BriefAsset asset, MediaFit fit)
    {
        var image = new JsonObject { ["content_type"] = asset.ContentType, ["data"] = Place(asset, fit) };
        if (sourceType is not null) image["source_type"] = sourceType;
        return image;
    }

    private static MediaFit Fit(BriefAsset asset) => PinterestCatalogue.Rules.MediaOf(asset.Kind)!.Fits(asset)[0];

    private string Place(BriefAsset asset, MediaFit fit)
    {
        if (fit.Words is { } words) notes.Add(PlanWords.Converted("creatives", $"{asset.FileName} is {words} for Pinterest."));
        return $"(asset {asset.Id}{(fit.Cut is null ? "" : " as " + fit.Cut)})";
    }

    /// <summary>The place of the video's id; the same file is sent once.</summary>
    private string Video(BriefAsset asset, int number)
    {
        if (videos.TryGetValue(asset.Id, out var place)) return place;

        var marker = $"{brief.Marker}-{number}";
        steps.Add(new($"media:{number}{Suffix}", StepKind.Media, $"Upload {asset.FileName}", marker, new JsonObject { ["media_type"] = "video", ["file"] = Place(asset, Fit(asset)) }) { AssetId = asset.Id });
        steps.Add(new($"ready:{number}{Suffix}", StepKind.Media, $"Wait until Pinterest has taken in {asset.FileName}", marker, new JsonObject { ["media_id"] = $"{{{{media:{number}{Suffix}}}}}" }));
        return videos[asset.Id] = $"{{{{ready:{number}{Suffix}}}}}";
    }

    private string? Action(BriefCreative creative)
    {
        if (PinterestCatalogue.Rules.CallToActionOf(creative.CallToAction) is not { } action)
        {
            if (creative.CallToAction.Length > 0) notes.Add(PlanWords.LeftOut("callToAction", $"Pinterest has no such button; “{creative.Name}” goes without one."));
            return null;
        }
        if (action.Wire.Length == 0) return null;
        if (PinterestFromMemory.HasButton(objective)) return action.Wire;
        notes.Add(PlanWords.LeftOut("callToAction", $"With this objective Pinterest shows no button on “{creative.Name}”; a tap opens the link all the same."));
        return null;
    }

    private void LeaveOutDescription(BriefCreative creative)
    {
        if (creative.Description.Length > 0) notes.Add(PlanWords.LeftOut("creatives", $"A Pin has a title and one text: “{PlanWords.Shortened(creative.Description, 60)}” is left out."));
    }

    [GeneratedRegex(@"^\(asset ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?: as ([^)]+))?\)$")]
    private static partial Regex AssetPlace();
}
