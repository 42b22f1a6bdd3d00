using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

public static partial class Preflight
{
    private static void CheckCreatives(CampaignSpec spec, CampaignFacts facts, IReadOnlyList<PlatformChoice> connected, Findings findings)
    {
        if (spec.CreativeIds.Count == 0) findings.Blocks(null, "creativeIds", "Choose or write at least one creative.");

        var usable = connected.ToDictionary(c => c.Platform, _ => 0);
        foreach (var (id, index) in spec.CreativeIds.Select((id, i) => (id, i)))
        {
            var field = $"creativeIds[{index}]";
            if (!facts.Creatives.TryGetValue(id, out var creative))
            {
                findings.Blocks(null, field, "One of the creatives was deleted. Take it out, or choose another one.");
                continue;
            }
            CheckParts(creative, field, facts, findings);
            foreach (var choice in connected)
                if (CheckOnPlatform(creative, field, choice.Platform, facts, findings)) usable[choice.Platform]++;
        }
        foreach (var (platform, count) in usable.Where(u => u.Value == 0 && spec.CreativeIds.Count > 0))
            findings.Blocks(platform, "creativeIds", $"{platform.Label()} can show none of the chosen creatives. Add an image for it.");
    }

    /// <summary>What every platform needs of a creative.</summary>
    private static void CheckParts(Creative creative, string field, CampaignFacts facts, Findings findings)
    {
        if (!creative.AssetIds.Exists(facts.Assets.ContainsKey))
            findings.Blocks(null, $"{field}.assets", $"“{creative.Name}” has no {(creative.Type == CreativeType.Video ? "video" : "image")} yet. Upload one.");
        if (creative.LinkUrl.Length == 0) findings.Blocks(null, $"{field}.linkUrl", $"“{creative.Name}” leads nowhere. Give it a link.");
        else if (!Uri.TryCreate(creative.LinkUrl, UriKind.Absolute, out var link) || link.Scheme is not ("https" or "http"))
            findings.Blocks(null, $"{field}.linkUrl", $"The link of “{creative.Name}” isn't a web address. It should begin with https://");
        if (creative.PrimaryText.Trim().Length == 0) findings.Blocks(null, $"{field}.primaryText", $"“{creative.Name}” has no text yet. Write a line or two.");
        if (creative.CallToAction.Length == 0) findings.Blocks(null, $"{field}.callToAction", $"“{creative.Name}” has no call to action. Choose what its button says.");
    }

    /// <summary>Whether the platform shows this creative at all.</summary>
    private static bool CheckOnPlatform(Creative creative, string field, Platform platform, CampaignFacts facts, Findings findings)
    {
        if (Catalogue.Of(platform).Rules is not { } rules) return false;
        var name = platform.Label();
        if (!rules.CreativeTypes.Contains(creative.Type))
        {
            findings.Warns(platform, field, $"{name} doesn't take a {creative.Type.ToString().ToLowerInvariant()} here, so “{creative.Name}” is left out there.");
            return false;
        }

        foreach (var rule in rules.Texts)
        {
            var (text, part) = rule.Field switch
            {
                TextField.PrimaryText => (creative.PrimaryText, "primaryText"),
                TextField.Headline => (creative.Headline, "headline"),
                TextField.Description => (creative.Description, "description"),
                _ => (null, ""),
            };
            if (text is null) continue;
            var length = text.Trim().Length;
            var called = rule.Field switch { TextField.PrimaryText => "text", TextField.Headline => "headline", _ => "description" };
            if (length == 0 && rule.Required) findings.Blocks(platform, $"{field}.{part}", $"{name} needs a {called}. “{creative.Name}” has none.");
            else if (rule.Max is { } max && length > max)
                findings.Blocks(platform, $"{field}.{part}", $"{name} takes {max} characters as the {called}. “{creative.Name}” has {length}.");
            else if (rule.Recommended is { } recommended && length > recommended)
                findings.Warns(platform, $"{field}.{part}", $"{name} cuts the {called} off after {recommended} characters in some places. “{creative.Name}” has {length}.");
        }

        if (creative.CallToAction.Length > 0 && rules.CallToActionOf(creative.CallToAction) is null)
            findings.Warns(platform, $"{field}.callToAction", $"{name} has no such button as “{creative.CallToAction}”, so it shows its own.");

        foreach (var asset in creative.AssetIds.Where(facts.Assets.ContainsKey).Select(id => facts.Assets[id]))
        {
            if (rules.MediaOf(asset.Kind) is not { } media)
            {
                findings.Blocks(platform, $"{field}.assets", $"{name} takes no {asset.Kind.ToString().ToLowerInvariant()} here. Take {asset.FileName} out of “{creative.Name}”.");
                continue;
            }
            foreach (var problem in media.Fits(BuildLaunchBriefs.BriefOf(asset, facts)).Select(f => f.Problem).OfType<string>())
                findings.Blocks(platform, $"{field}.assets", $"{name}: {problem}");
        }
        return true;
    }
}
