using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>
/// The posts that ads show, with their files. They are shown in no feed but as ads, and carry the marker in the name that such posts have. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api
/// </summary>
internal sealed class LinkedInPosts(LaunchBrief brief, List<PlanNote> notes, List<PlannedStep> steps)
{
    private readonly Dictionary<(Guid, string?), string> media = [];

    /// <param name="suffix">What the keys of an edit end in.</param>
    public void Add(BriefCreative creative, string key, string marker, string suffix)
    {
        var content = creative.Type == CreativeType.Carousel ? Carousel(creative, suffix) : Single(creative, suffix);
        var body = new JsonObject
        {
            ["author"] = Restli.Organization(brief.Page?.Id ?? ""), ["commentary"] = Escaped(creative.PrimaryText), ["visibility"] = "PUBLIC",
            ["distribution"] = new JsonObject { ["feedDistribution"] = "NONE", ["targetEntities"] = new JsonArray(), ["thirdPartyDistributionChannels"] = new JsonArray() },
            ["adContext"] = new JsonObject { ["dscAdAccount"] = Restli.Account(brief.Account.ExternalId), ["dscName"] = PlanWords.Named(creative.Name, marker, LinkedInPlan.MaxName), ["dscStatus"] = "ACTIVE" },
            ["content"] = content, ["lifecycleState"] = "PUBLISHED", ["isReshareDisabledByAuthor"] = false,
        };
        // Each card of a carousel leads somewhere itself; the button is the same for all.
        if (creative.Type != CreativeType.Carousel) body["contentLandingPage"] = creative.LinkUrl;
        body["contentCallToActionLabel"] = LinkedInCatalogue.Rules.CallToActionOf(creative.CallToAction)?.Wire ?? "LEARN_MORE";
        if (creative.Description.Length > 0) notes.Add(PlanWords.LeftOut("description", $"“{creative.Name}”: ads on LinkedIn have no description."));
        steps.Add(new(key, StepKind.Creative, $"Create the post “{creative.Name}”", marker, body) { CreativeId = creative.Id });
    }

    public static PlannedStep Ad(BriefCreative creative, string key, string marker, string campaign, string post) => new(key, StepKind.Ad, $"Create the ad “{creative.Name}”", marker, new JsonObject
    {
        ["campaign"] = Restli.Campaign(campaign), ["content"] = new JsonObject { ["reference"] = post }, ["intendedStatus"] = "DRAFT", ["name"] = PlanWords.Named(creative.Name, marker, LinkedInPlan.MaxName),
    }) { CreativeId = creative.Id };

    private JsonObject Single(BriefCreative creative, string suffix)
    {
        var isVideo = creative.Type == CreativeType.Video;
        var asset = creative.Assets.FirstOrDefault(a => a.Kind == (isVideo ? MediaKind.Video : MediaKind.Image)) ?? creative.Assets[0];
        return new() { ["media"] = new JsonObject { ["id"] = isVideo ? Video(asset, suffix) : Image(asset, suffix), ["title"] = creative.Headline } };
    }

    private JsonObject Carousel(BriefCreative creative, string suffix)
    {
        if (creative.Cards.Count > LinkedInCatalogue.MostCards) notes.Add(PlanWords.LeftOut("creatives", $"“{creative.Name}”: LinkedIn shows {LinkedInCatalogue.MostCards} cards, the others are left out."));
        return new()
        {
            ["carousel"] = new JsonObject
            {
                ["cards"] = new JsonArray([.. creative.Cards.Take(LinkedInCatalogue.MostCards).Select(card => (JsonNode)new JsonObject
                {
                    ["landingPage"] = card.LinkUrl, ["media"] = new JsonObject { ["id"] = Image(card.Asset, suffix, square: true), ["title"] = PlanWords.Shortened(card.Headline, 45) },
                })]),
            },
        };
    }

    /// <summary>The place of the image's urn; the same file is sent once. Cards are square.</summary>
    private string Image(BriefAsset asset, string suffix, bool square = false)
    {
        var rule = LinkedInCatalogue.Rules.MediaOf(MediaKind.Image)!;
        var fit = (square ? rule with { Shapes = [.. rule.Shapes.Where(s => s.Word == "square")] } : rule).Fits(asset)[0];
        if (media.TryGetValue((asset.Id, fit.Cut), out var place)) return place;

        var key = $"media:{media.Count + 1}{suffix}";
        if (fit.Cut is not null) notes.Add(PlanWords.Converted("creatives", $"{asset.FileName} is cut to {fit.Cut} for LinkedIn."));
        steps.Add(new(key, StepKind.Media, fit.Cut is null ? $"Upload {asset.FileName}" : $"Upload {asset.FileName}, cut to {fit.Cut}", brief.Marker, Upload(asset, fit.Cut)) { AssetId = asset.Id });
        return media[(asset.Id, fit.Cut)] = $"{{{{{key}}}}}";
    }

    private string Video(BriefAsset asset, string suffix)
    {
        if (media.TryGetValue((asset.Id, null), out var place)) return place;

        var number = media.Count + 1;
        steps.Add(new($"media:{number}{suffix}", StepKind.Media, $"Upload {asset.FileName}", brief.Marker, Upload(asset, null)) { AssetId = asset.Id });
        steps.Add(new($"ready:{number}{suffix}", StepKind.Media, $"Wait until LinkedIn has taken in {asset.FileName}", brief.Marker, new JsonObject { ["id"] = $"{{{{media:{number}{suffix}}}}}" }));
        return media[(asset.Id, null)] = $"{{{{ready:{number}{suffix}}}}}";
    }

    private JsonObject Upload(BriefAsset asset, string? cut)
    {
        var body = new JsonObject { ["resource"] = asset.Kind == MediaKind.Video ? "videos" : "images", ["owner"] = Restli.Organization(brief.Page?.Id ?? "") };
        if (cut is not null) body["cut"] = cut;
        return body;
    }

    /// <summary>As a post's text is written, where some characters have a meaning.</summary>
    public static string Escaped(string text) => string.Concat(text.Select(c => LinkedInFromMemory.Reserved.Contains(c) ? $"\\{c}" : c.ToString()));

    public static string Unescaped(string text)
    {
        var plain = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++) plain.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        return plain.ToString();
    }
}
