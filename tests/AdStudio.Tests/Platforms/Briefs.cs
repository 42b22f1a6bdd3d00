using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Tests.Platforms;

/// <summary>Launch briefs to plan from.</summary>
internal static class Briefs
{
    public const string Marker = "K3F9X2ABM";

    public static readonly BriefAsset Wide = new(Guid.Parse("00000000-0000-0000-0000-000000000001"), "hero.jpg", MediaKind.Image, "image/jpeg", 1200, 628, 182_000, "ab", null, CanCrop: true);
    public static readonly BriefAsset Clip = new(Guid.Parse("00000000-0000-0000-0000-000000000002"), "clip.mp4", MediaKind.Video, "video/mp4", 1080, 1920, 9_000_000, "cd", null, CanCrop: false);

    public static readonly BriefAsset LongClip = Clip with { Id = Guid.Parse("00000000-0000-0000-0000-000000000004"), FileName = "long.mp4", Bytes = 21_000_000 };
    public static readonly BriefAsset Tall = Wide with { Id = Guid.Parse("00000000-0000-0000-0000-000000000005"), FileName = "tall.jpg", Width = 1080, Height = 1920 };

    public static readonly BriefCreative Image = new(Guid.Parse("00000000-0000-0000-0000-00000000000a"), "Static", CreativeType.Image, "Half price on every shoe.", "Black Friday", "Ends Monday", "SHOP_NOW", "https://shop.example/bf", [Wide]);
    public static readonly BriefCreative Video = Image with { Id = Guid.Parse("00000000-0000-0000-0000-00000000000b"), Name = "Clip", Type = CreativeType.Video, Assets = [Clip] };
    public static readonly BriefCreative Carousel = Image with
    {
        Id = Guid.Parse("00000000-0000-0000-0000-00000000000c"), Name = "Cards", Type = CreativeType.Carousel, Assets = [Wide, Wide with { Id = Guid.Parse("00000000-0000-0000-0000-000000000003"), FileName = "two.jpg", Width = 1080, Height = 1080 }],
    };

    /// <summary>Of the sandbox's first Instagram account.</summary>
    public static readonly BriefCreative Post = Image with { Id = Guid.Parse("00000000-0000-0000-0000-00000000000d"), Name = "Boots post", Type = CreativeType.ExistingPost, Assets = [], Post = new("17955550140000001") };

    public static readonly TargetPlace UnitedStates = new() { Kind = PlaceKind.Country, Name = "United States", Country = "US" };

    public static LaunchBrief Meta(Objective objective = Objective.Traffic) => new()
    {
        Name = "Black Friday 2026", Objective = objective, Account = Wire.MetaAccount, Audience = new AudienceSpec { Places = [UnitedStates] }, Creatives = [Image],
        Budget = Money.FromUnits(125, "USD"), BudgetType = BudgetType.Daily, BusinessName = "Acme Shoes", Marker = Marker,
        Page = new(AccountAssetKind.Page, "173764419345388", "Acme"), Instagram = new(AccountAssetKind.InstagramAccount, "17841", "acme", "173764419345388"), Pixel = new(AccountAssetKind.Pixel, "1391191359009715", "Acme Pixel"), App = new(AccountAssetKind.App, "3055501500001:google_play", "Acme Trails (Google Play)", Url: "https://play.google.com/store/apps/details?id=com.acme.trails"),
    };

    public static LaunchBrief Google(Objective objective = Objective.Traffic) => Meta(objective) with
    {
        Account = Wire.GoogleAccount, Page = null, Instagram = null, App = null, Pixel = new(AccountAssetKind.ConversionAction, "customers/2002002002/conversionActions/1", "Purchase"),
    };

    /// <summary>With a tall picture in the place of those that cannot be brought to the platform's shapes.</summary>
    public static BriefCreative For(this BriefCreative creative, PlatformRules rules) => creative with
    {
        Assets = [.. creative.Assets.Select(a => rules.MediaOf(a.Kind) is { } rule && rule.Fits(a).Any(f => f.Problem is not null) ? Tall : a)],
    };

    /// <summary>A brief that uses everything a plan can say.</summary>
    public static LaunchBrief Full(this LaunchBrief brief) => brief with
    {
        Creatives = [Image, Video, Carousel],
        Audience = new AudienceSpec
        {
            AgeMin = 25, AgeMax = 40, Genders = [Gender.Women],
            Places = [new() { Kind = PlaceKind.Country, Name = "Germany", Country = "DE" }, Place(PlaceKind.Region, "Ontario", "CA", "533", "20121"), Place(PlaceKind.City, "Paris", "FR", "777934", "1006094")],
            Interests = [new() { Name = "Running", Ids = new Dictionary<Platform, string> { [Platform.Meta] = "6003397496347", [Platform.Google] = "92913" } }, new() { Name = "Curling" }],
        },
        Audiences =
        [
            new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null), new(Guid.NewGuid(), "Known", AudienceType.CustomerMatch, "555", null),
            new(Guid.NewGuid(), "Cart", AudienceType.Retargeting, null, """{"days":14,"urlContains":"/cart"}"""), new(Guid.NewGuid(), "Alike", AudienceType.Lookalike, null, """{"country":"US","percent":2}""") { SourceExternalId = "555" },
        ],
        Start = new DateTimeOffset(2026, 11, 24, 5, 0, 0, TimeSpan.Zero), End = new DateTimeOffset(2026, 12, 1, 4, 59, 59, TimeSpan.Zero),
    };

    /// <summary>An audience with a trait of every kind and a place of every kind excluded.</summary>
    public static AudienceSpec Everything(this AudienceSpec spec) => spec with
    {
        Traits = [.. Enum.GetValues<TargetingKind>().Where(k => k != TargetingKind.Place).Select(k => new TargetTrait { Kind = k, Name = k.ToString(), Ids = new Dictionary<Platform, string> { [Platform.Meta] = $"{(int)k}", [Platform.Google] = $"{(int)k}" } })],
        ExcludedPlaces = [new() { Kind = PlaceKind.Country, Name = "Austria", Country = "AT" }, Place(PlaceKind.Region, "Bayern", "DE", "533", "20226"), Place(PlaceKind.City, "Berlin", "DE", "665434", "1003854"), new() { Kind = PlaceKind.City, Name = "Nowhere", Country = "DE" }],
    };

    private static TargetPlace Place(PlaceKind kind, string name, string country, string meta, string google) =>
        new() { Kind = kind, Name = name, Country = country, Ids = new Dictionary<Platform, string> { [Platform.Meta] = meta, [Platform.Google] = google } };
}
