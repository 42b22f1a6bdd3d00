using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

public static partial class Preflight
{
    private static void CheckCreatives(CampaignSpec spec, CampaignFacts facts, IReadOnlyList<PlatformChoice> connected, Findings findings)
    {
        var wanting = connected.Select(c => c.Platform).Where(p => Catalogue.Of(p).Rules is { NeedsCreative: true }).ToList();
        if (spec.CreativeIds.Count == 0)
        {
            if (connected.Count == 0 || wanting.Count > 0) findings.Blocks(null, "creativeIds", "Choose or write at least one creative.");
            return;
        }
        foreach (var (id, index) in spec.CreativeIds.Select((id, i) => (id, i)))
            if (facts.Creatives.TryGetValue(id, out var creative)) CheckParts(creative, $"creativeIds[{index}]", spec, facts, findings);
            else findings.Blocks(null, $"creativeIds[{index}]", "One of the creatives was deleted. Take it out, or choose another one.");

        foreach (var platform in wanting) CheckCreativesOn(platform, spec, facts, findings);
        foreach (var choice in connected.Where(c => c.Platform == Platform.Meta)) CheckPosts(choice, spec, facts, findings);
    }

    /// <summary>A post of an Instagram account is promoted in that account's name, so there has to be one.</summary>
    private static void CheckPosts(PlatformChoice choice, CampaignSpec spec, CampaignFacts facts, Findings findings)
    {
        if (facts.AccountFor(choice) is not { } account || BuildLaunchBriefs.Asset(account, AccountAssetKind.Page, choice.PageId ?? facts.LeadFormFor(choice)?.PageId) is not { } page) return;
        if (BuildLaunchBriefs.InstagramOf(choice, account, page) is not null) return;
        foreach (var (id, i) in spec.CreativeIds.Select((id, i) => (id, i)))
            if (facts.Creatives.GetValueOrDefault(id) is { Post.IsOfPage: false } creative)
                findings.Blocks(Platform.Meta, $"creativeIds[{i}].postId", $"The page “{page.Name}” has no Instagram account, so it cannot promote “{creative.Name}”. Link its Instagram account on Meta and connect again, or choose another page.");
    }

    /// <summary>A creative that a platform cannot show is left out there while another one is shown; when none is, what is wrong with each stops the launch.</summary>
    private static void CheckCreativesOn(Platform platform, CampaignSpec spec, CampaignFacts facts, Findings findings)
    {
        var looks = spec.CreativeIds.Select((id, i) => (Creative: facts.Creatives.GetValueOrDefault(id), Field: $"creativeIds[{i}]")).Where(l => l.Creative is not null)
            .Select(l => (l.Creative, l.Field, Look: LookAt(l.Creative!, platform, facts))).ToList();
        var shows = looks.Exists(l => l.Look.IsShown);
        foreach (var (creative, field, look) in looks)
        {
            foreach (var (part, words) in look.Remarks) findings.Warns(platform, field + part, words);
            if (look.WrongType is { } type) findings.Warns(platform, field, $"{type} “{creative!.Name}” is left out there.");
            foreach (var (part, words) in look.Problems)
                if (shows) findings.Warns(platform, field + part, $"{words} It is left out there.");
                else findings.Blocks(platform, field + part, words);
        }
        if (looks.Count > 0 && looks.TrueForAll(l => l.Look.WrongType is not null))
            findings.Blocks(platform, "creativeIds", $"{(looks.TrueForAll(l => l.Creative!.Type == CreativeType.ExistingPost) ? "An existing Instagram post runs on Meta alone: " : "")}{platform.Label()} can show none of the chosen creatives. Add {(Catalogue.RulesOf(platform).CreativeTypes.Contains(CreativeType.Image) ? "an image" : "a video")} for it.");
    }

    /// <summary>The creatives that the platform's ads are made from.</summary>
    internal static IReadOnlyList<Creative> ShownOn(CampaignSpec spec, Platform platform, CampaignFacts facts) =>
        [.. spec.CreativeIds.Distinct().Where(facts.Creatives.ContainsKey).Select(id => facts.Creatives[id]).Where(c => LookAt(c, platform, facts).IsShown)];

    /// <summary>What every platform needs of a creative.</summary>
    private static void CheckParts(Creative creative, string field, CampaignSpec spec, CampaignFacts facts, Findings findings)
    {
        var isPost = creative.Type == CreativeType.ExistingPost;
        if (isPost)
        {
            if (creative.Post is null) findings.Blocks(null, $"{field}.postId", $"“{creative.Name}” names no post yet. Say which one by its id.");
        }
        else if (!creative.AssetIds.Exists(facts.Assets.ContainsKey))
            findings.Blocks(null, $"{field}.assets", $"“{creative.Name}” has no {(creative.Type == CreativeType.Video ? "video" : "image")} yet. Upload one.");
        else if (creative.Type == CreativeType.Carousel && creative.AssetIds.Count(facts.Assets.ContainsKey) == 1)
            findings.Blocks(null, $"{field}.assets", $"“{creative.Name}” is a carousel with one card. Add a second image, or make it an image ad.");
        // A post can be shown, liked and talked about without leading anywhere.
        if (creative.LinkUrl.Length == 0 && isPost && spec.Objective is not (Objective.Traffic or Objective.Sales or Objective.Leads)) return;
        if (creative.LinkUrl.Length == 0) findings.Blocks(null, $"{field}.linkUrl", $"“{creative.Name}” leads nowhere. Give it a link.");
        else if (!Uri.TryCreate(creative.LinkUrl, UriKind.Absolute, out var link) || link.Scheme is not ("https" or "http"))
            findings.Blocks(null, $"{field}.linkUrl", $"The link of “{creative.Name}” isn't a web address. It should begin with https://");
        if (creative.PrimaryText.Trim().Length == 0 && !isPost) findings.Blocks(null, $"{field}.primaryText", $"“{creative.Name}” has no text yet. Write a line or two.");
        if (creative.CallToAction.Length == 0) findings.Blocks(null, $"{field}.callToAction", $"“{creative.Name}” has no call to action. Choose what its button says.");
    }

    /// <summary>How a platform finds a creative: what keeps it from being shown, and what is merely worth knowing. Parts begin with a dot.</summary>
    private sealed record Look(string? WrongType, IReadOnlyList<(string Part, string Words)> Problems, IReadOnlyList<(string Part, string Words)> Remarks)
    {
        public bool IsShown => WrongType is null && Problems.Count == 0;
    }

    private static Look LookAt(Creative creative, Platform platform, CampaignFacts facts)
    {
        var (name, rules) = (platform.Label(), Catalogue.RulesOf(platform));
        if (creative.Type == CreativeType.ExistingPost) return rules.CreativeTypes.Contains(creative.Type) ? new(null, [], []) : new("An existing Instagram post runs on Meta alone, so", [], []);
        if (!rules.CreativeTypes.Contains(creative.Type)) return new($"{name} doesn't take a {creative.Type.ToString().ToLowerInvariant()} here, so", [], []);

        List<(string, string)> problems = [], remarks = [];
        foreach (var rule in rules.Texts)
        {
            var (text, part) = rule.Field switch
            {
                TextField.PrimaryText => (creative.PrimaryText, ".primaryText"),
                TextField.Headline => (creative.Headline, ".headline"),
                TextField.Description => (creative.Description, ".description"),
                _ => (null, ""),
            };
            if (text is null) continue;
            var length = text.Trim().Length;
            var called = rule.Field switch { TextField.PrimaryText => "text", TextField.Headline => "headline", _ => "description" };
            if (length == 0 && rule.Required) problems.Add((part, $"{name} needs a {called}. “{creative.Name}” has none."));
            else if (rule.Max is { } max && length > max) problems.Add((part, $"{name} takes {max} characters as the {called}. “{creative.Name}” has {length}."));
            else if (rule.Recommended is { } recommended && length > recommended)
                remarks.Add((part, $"{name} cuts the {called} off after {recommended} characters in some places. “{creative.Name}” has {length}."));
        }
        foreach (var (card, i) in creative.Cards.Select((c, i) => (c, i + 1)))
            foreach (var (text, rule) in new[] { (card.Headline, rules.Text(TextField.Headline)), (card.Description, rules.Text(TextField.Description)) })
                if (rule?.Max is { } most && text.Trim().Length > most)
                    problems.Add((".cards", $"{name} takes {most} characters as a card's {rule.Called.ToLowerInvariant()}. Card {i} of “{creative.Name}” has {text.Trim().Length}."));

        if (creative.CallToAction.Length > 0 && rules.CallsToAction.Count > 0 && rules.CallToActionOf(creative.CallToAction) is null)
            remarks.Add((".callToAction", $"{name} has no such button as “{creative.CallToAction}”, so it shows its own."));

        foreach (var asset in creative.AssetIds.Where(facts.Assets.ContainsKey).Select(id => facts.Assets[id]))
        {
            if (rules.MediaOf(asset.Kind) is not { } media) problems.Add((".assets", $"{name} takes no {asset.Kind.ToString().ToLowerInvariant()} here. Take {asset.FileName} out of “{creative.Name}”."));
            else problems.AddRange(media.Fits(BuildLaunchBriefs.BriefOf(asset, facts)).Select(f => f.Problem).OfType<string>().Select(p => (".assets", $"{name}: {p}")));
        }
        return new(null, problems, remarks);
    }
}
