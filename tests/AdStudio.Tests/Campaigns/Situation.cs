using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Tests.Campaigns;

/// <summary>A spec that would launch on Meta and Google, with all that preflight looks at; each test spoils one thing.</summary>
internal sealed class Situation
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Guid workspaceId = Guid.CreateVersion7();

    public Situation()
    {
        Meta = Account(Platform.Meta, "Acme Meta", new AccountAsset(AccountAssetKind.Page, "173", "Acme Page"), new AccountAsset(AccountAssetKind.Pixel, "139", "Acme Pixel"));
        Google = Account(Platform.Google, "Acme Google", new AccountAsset(AccountAssetKind.ConversionAction, "customers/2/conversionActions/1", "Purchase"));
        Accounts = [Meta, Google];
        Actor = Actor.Studio(Guid.CreateVersion7());
        Image = new MediaAsset { FileName = "shoe.jpg", Kind = MediaKind.Image, ContentType = "image/jpeg", Bytes = 200_000, Width = 1200, Height = 1200, Sha256 = "a" };
        Creative = new Creative
        {
            Name = "Spring shoe", Type = CreativeType.Image, PrimaryText = "Walk on air.", Headline = "New spring shoes", Description = "Free returns",
            CallToAction = "SHOP_NOW", LinkUrl = "https://shop.example/spring", AssetIds = [Image.Id],
        };
        Spec = new CampaignSpec
        {
            Objective = Objective.Traffic,
            Platforms = [new() { Platform = Platform.Meta, AdAccountId = Meta.Id }, new() { Platform = Platform.Google, AdAccountId = Google.Id }],
            Audience = new AudienceSpec { Places = [Drafts.UnitedStates] },
            CreativeIds = [Creative.Id],
            Budget = new BudgetSpec { AmountMicros = 250_000_000, Currency = "USD" },
        };
    }

    public AdAccount Meta { get; }
    public AdAccount Google { get; }
    public List<AdAccount> Accounts { get; set; }
    public Actor Actor { get; set; }
    public Creative Creative { get; }
    public MediaAsset Image { get; }
    public List<AdAudience> Audiences { get; } = [];
    public CampaignSpec Spec { get; set; }
    public string Name { get; set; } = "Spring shoes";
    public bool CanCut { get; set; } = true;

    public CampaignFacts Facts => new()
    {
        Actor = Actor, WorkspaceId = workspaceId, WorkspaceName = "Acme", Now = Now, CanCut = CanCut, Accounts = Accounts,
        Creatives = new Dictionary<Guid, Creative> { [Creative.Id] = Creative },
        Assets = new Dictionary<Guid, MediaAsset> { [Image.Id] = Image },
        Audiences = Audiences.ToDictionary(a => a.Id),
    };

    public IReadOnlyList<Finding> Check() => Preflight.Check(Name, Spec, Facts);

    /// <summary>The findings about a field, as "Blocks: message".</summary>
    public IEnumerable<string> At(string field) => Check().Where(f => f.Field == field).Select(f => $"{f.Severity}: {f.Message}");

    public void OnMeta(Func<PlatformChoice, PlatformChoice> change) => Spec = Spec with { Platforms = [change(Spec.Platforms[0]), Spec.Platforms[1]] };

    public void Audience(Func<AudienceSpec, AudienceSpec> change) => Spec = Spec with { Audience = change(Spec.Audience) };

    public AdAccount Account(Platform platform, string name, params AccountAsset[] assets) => new()
    {
        WorkspaceId = workspaceId, Platform = platform, Name = name, ExternalId = "1", Currency = "USD", TimeZone = "America/New_York", Status = AdAccountStatus.Active, Assets = assets,
        Connection = new Connection { Platform = platform, OwnerName = "Ada", Health = ConnectionHealth.Good },
    };
}
