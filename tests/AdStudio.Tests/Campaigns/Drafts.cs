using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;

namespace AdStudio.Tests.Campaigns;

/// <summary>Campaigns for tests: a spec that would launch, and the rows that it names.</summary>
internal static class Drafts
{
    public static TargetPlace UnitedStates { get; } = new() { Kind = PlaceKind.Country, Name = "United States", Country = "US" };

    public static CampaignSpec On(params Guid?[] accounts) => new()
    {
        Objective = Objective.Traffic,
        Platforms = [.. accounts.Select((a, i) => new PlatformChoice { Platform = (Platform)i, AdAccountId = a })],
        Audience = new AudienceSpec { Places = [UnitedStates] },
        Budget = new BudgetSpec { AmountMicros = 250_000_000, Currency = "USD" },
    };

    public static CampaignSpec On(Scene scene) => On(scene.Meta.Id, scene.Google.Id);

    /// <summary>A creative with an image that every platform takes.</summary>
    public static async Task<Creative> AddCreativeAsync(Studio studio, Scene scene, Action<Creative>? change = null, int width = 1200, int height = 1200)
    {
        await using var db = await studio.OpenAsync(scene.Admin, CancellationToken.None);
        var asset = NewAsset(scene, width, height);
        var creative = NewCreative(scene, asset);
        change?.Invoke(creative);
        db.AddRange(asset, creative);
        await db.SaveChangesAsync();
        return creative;
    }

    public static MediaAsset NewAsset(Scene scene, int width = 1200, int height = 1200) => new()
    {
        OrganizationId = scene.Organization.Id, WorkspaceId = scene.Workspace.Id, FileName = "shoe.jpg", Kind = MediaKind.Image, ContentType = "image/jpeg",
        Bytes = 200_000, Width = width, Height = height, Sha256 = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N"), CreatedAt = DateTimeOffset.UnixEpoch,
    };

    public static Creative NewCreative(Scene scene, MediaAsset asset) => new()
    {
        OrganizationId = scene.Organization.Id, WorkspaceId = scene.Workspace.Id, Name = "Spring shoe", Type = CreativeType.Image, PrimaryText = "Walk on air.",
        Headline = "New spring shoes", Description = "Free returns", CallToAction = "SHOP_NOW", LinkUrl = "https://shop.example/spring", AssetIds = [asset.Id],
        CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    public static async Task<Campaign> CreateAsync(StudioApp app, Actor actor, Scene scene, CampaignSpec? spec = null, string name = "Spring shoes") =>
        (await app.Get<CreateCampaign>().RunAsync(actor, scene.Workspace.Id, name, spec ?? On(scene), null, CancellationToken.None)).Value;
}
