using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Advertising;

/// <summary>A campaign's creatives with what was given of their files, and the ads that show them.</summary>
internal sealed class ShownCreatives
{
    public ShownCreatives(IReadOnlyList<CreativeRow> creatives, KeptRequest given, IReadOnlyList<PlatformAds> ads)
    {
        var files = given.Files();
        // A post has no file among those that were given.
        var ofFiles = creatives.Where(c => c.Post is null).Select(c => c.Id).ToList();
        var matches = files.Count == ofFiles.Count;
        (string For, JsonObject? File) Given(CreativeRow creative) => matches && ofFiles.IndexOf(creative.Id) is var i and >= 0 ? files[i] : ("all", null);
        var byCreative = ads.SelectMany(p => p.AdSets).SelectMany(s => s.Ads).Where(a => a.CreativeId is not null).ToLookup(a => a.CreativeId!.Value, a => a.ExternalId);
        Rows = [.. creatives.Select(c => (c, Given(c).For, FileOf(c, Given(c).File), byCreative[c.Id].Distinct().ToList()))];
        Dictionary<string, string> captions = [];
        foreach (var (creative, type, _, _) in Rows)
            if (creative.PrimaryText.Length > 0) captions.TryAdd(type, creative.PrimaryText);
        if (captions.Count > 0 && !captions.ContainsKey("all")) captions["all"] = captions.Values.First();
        Creative = new AdvertisingCreative(Rows.Select(r => r.Creative.CallToAction).FirstOrDefault(), new AdvertisingFiles([.. Rows.Select(r => r.File).OfType<AdvertisingFile>()]), PostOf(creatives, given), captions, given.Text("mainCaption"));
    }

    public IReadOnlyList<(CreativeRow Creative, string For, AdvertisingFile? File, List<string> Ads)> Rows { get; }
    public AdvertisingCreative Creative { get; }

    /// <summary>Where a file of its shape is shown.</summary>
    public static string FormatOf(MediaRow asset) => asset.Height > asset.Width * 1.5 ? asset.Kind == MediaKind.Video ? "reels" : "stories" : "feed";

    /// <summary>The post that is promoted, with what else was said of it; null without one.</summary>
    private static JsonObject? PostOf(IReadOnlyList<CreativeRow> creatives, KeptRequest given)
    {
        if (creatives.FirstOrDefault(c => c.Post is not null) is not { Post: { } post } creative) return given.Object("igMedia");
        var shown = given.Object("igMedia") ?? [];
        shown["id"] = post.Id;
        if (post.Permalink.Length > 0) shown["permalink"] = post.Permalink;
        if (post.ImageUrl.Length > 0 && shown["thumbnail_url"] is null) shown["media_url"] ??= post.ImageUrl;
        if (creative.PrimaryText.Length > 0) shown["caption"] = creative.PrimaryText;
        return shown;
    }

    private static AdvertisingFile? FileOf(CreativeRow creative, JsonObject? given)
    {
        if (creative.Assets is not [var asset, ..]) return null;
        return new AdvertisingFile(asset.SourceUrl, Text("name") ?? asset.FileName, asset.Kind == MediaKind.Video ? "video" : "image", Text("fb_id"), asset.Width, asset.Height,
            Text("thumbnail") ?? (asset.Kind == MediaKind.Image ? asset.SourceUrl : null), Text("formatType") ?? FormatOf(asset));

        string? Text(string name) => given?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }
}

internal static class TargetingParts
{
    private const string Everywhere = "All places";

    public static AdvertisingTargeting Of(CampaignSpec spec) => new(
        spec.Groups.Count > 0 ? [.. spec.Groups.Select(g => new AdvertisingGroup(g.Name, g.Fraction, [.. g.Places.Select(Place)]))]
            : spec.Audience.Places.Count == 0 ? [] : [new AdvertisingGroup(Everywhere, 1, [.. spec.Audience.Places.Select(Place)])],
        new AdvertisingDemographics(new AdvertisingAge(spec.Audience.AgeMax, spec.Audience.AgeMin), spec.Audience.Genders is [var one] ? one == Gender.Men ? "Male" : "Female" : "All",
            [.. spec.Audience.Traits.Where(t => t.Kind == TargetingKind.Language).Select(t => new AdvertisingLanguage(long.TryParse(t.Ids.GetValueOrDefault(Platform.Meta), NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : null, t.Name, true))]),
        [.. spec.Audience.Interests.Select(i => new AdvertisingInterest(i.Ids.GetValueOrDefault(Platform.Meta), i.Name))]);

    public static AdvertisingPlace Place(TargetPlace place) => place.Kind == PlaceKind.Country
        ? new("country", place.Name, place.Country, null, null)
        : new(place.Kind.ToString().ToLowerInvariant(), place.Name, place.Ids.GetValueOrDefault(Platform.Meta) ?? place.Ids.Values.FirstOrDefault() ?? place.Name, null, place.Country);

    public static CountryGroup GroupOf(CampaignSpec spec, string name) =>
        spec.Groups.FirstOrDefault(g => g.Name == name) ?? new CountryGroup { Name = name.Length == 0 ? Everywhere : name, Fraction = 1, Places = spec.Audience.Places, ExcludedPlaces = spec.Audience.ExcludedPlaces };
}

/// <summary>What stands on the platforms, in the names of seed 003.</summary>
internal static class PlatformParts
{
    public static AdvertisingPlatforms Of(Campaign campaign, IReadOnlyList<PlatformAds> ads, ShownCreatives shown)
    {
        var adSets = ads.ToDictionary(a => a.PlatformCampaignId, a => a.AdSets);
        var order = campaign.Spec.Groups.Select(g => g.Name).ToList();
        var there = campaign.Platforms.Where(p => p.Status is not (PlatformStatus.RolledBack or PlatformStatus.Deleted) && campaign.Spec.Counts(p.GroupName, p.ExternalId)).OrderBy(p => p.Platform).ThenBy(p => order.IndexOf(p.GroupName)).ToList();
        return new AdvertisingPlatforms(
            [.. AdvertisingWords.AdTypes.Select(type => new AdvertisingAdType(type, [.. shown.Rows.Where(r => r.For == type).SelectMany(r => r.Ads)]))],
            [.. there.Select(p => p.ExternalId).OfType<string>()],
            (there.Find(p => p.Platform == Platform.Meta) ?? there.FirstOrDefault())?.AdAccount?.ExternalId,
            [.. there.Where(HasFailed).Select(p => new AdvertisingErrorCampaign(NameOf(campaign, p), p.Platform.Wire(), p.StatusDetail ?? "It was not made."))],
            [.. there.Select(p => MappingOf(campaign, p, adSets.GetValueOrDefault(p.Id) ?? []))],
            [.. shown.Rows.Where(r => r.Ads.Count > 0).Select(r => new AdvertisingCreativeMapping(r.Creative.Name, r.File?.Url, r.Ads))]);
    }

    private static AdvertisingMapping MappingOf(Campaign campaign, PlatformCampaign p, IReadOnlyList<AdSet> adSets)
    {
        var (spec, group) = (campaign.Spec, TargetingParts.GroupOf(campaign.Spec, p.GroupName));
        var minor = p.Currency.Length == 0 ? (long?)null : new Money(p.BudgetMicros, p.Currency).Minor;
        var objective = campaign.Objective is { } wanted ? Catalogue.RulesOf(p.Platform).Offer(wanted).Wire : null;
        var fields = new AdvertisingFields(NameOf(campaign, p), StatusOf(p), objective, ["standard"], "LOWEST_COST_WITHOUT_CAP", spec.Budget.Type == BudgetType.Lifetime ? minor : null,
            spec.Budget.Type == BudgetType.Daily ? minor : null, spec.SpecialAdCategories.Count == 0 ? "NONE" : string.Join(",", spec.SpecialAdCategories), false);
        return new AdvertisingMapping(
            group.Name, Places(PlaceKind.City), Places(PlaceKind.Region), group.Fraction, group.WholeCountries(),
            new AdvertisingThere(p.ExternalId, HasFailed(p) ? p.StatusDetail : null, [.. adSets.Select(s => new AdvertisingAdSet(s.ExternalId, s.Name, s.Status))], fields),
            group.Places.Count == 0 ? [] : group.OtherCountries(), [.. group.Places.Select(x => x.Country).Distinct()], p.Platform.Wire());

        IReadOnlyList<AdvertisingPlace> Places(PlaceKind kind) => [.. group.Places.Where(x => x.Kind == kind).Select(TargetingParts.Place)];
    }

    private static bool HasFailed(PlatformCampaign p) => p.Status is PlatformStatus.Failed or PlatformStatus.Rejected or PlatformStatus.NotConnected;

    private static string NameOf(Campaign campaign, PlatformCampaign p) => p.GroupName.Length == 0 ? campaign.Name : $"{campaign.Name} / {p.GroupName}";

    private static string StatusOf(PlatformCampaign p) => p.Status switch { PlatformStatus.InReview => "IN_REVIEW", PlatformStatus.Launching or PlatformStatus.Waiting => "SUBMITTED", var other => other.ToString().ToUpperInvariant() };
}
