namespace AdStudio.Sandbox.Google;

/// <summary>A kind of resource that can be mutated: its collection, its message, its names in googleAds:mutate.</summary>
/// <param name="Collection">campaignBudgets, as in the path and the resource name.</param>
/// <param name="Name">campaignBudget, as in rows and results.</param>
/// <param name="Operation">The fault dial's name for creating one.</param>
public sealed record GoogleResource(string Collection, string Name, string Operation)
{
    public string Message => "Resources." + char.ToUpperInvariant(Name[0]) + Name[1..];
    public string Kind => GoogleWorld.Kind(Collection);

    public static IReadOnlyList<GoogleResource> All { get; } =
    [
        new("campaignBudgets", "campaignBudget", Faults.Operations.BudgetCreate),
        new("campaigns", "campaign", Faults.Operations.CampaignCreate),
        new("adGroups", "adGroup", Faults.Operations.AdSetCreate),
        new("adGroupAds", "adGroupAd", Faults.Operations.AdCreate),
        new("assets", "asset", Faults.Operations.CreativeCreate),
        new("campaignAssets", "campaignAsset", Faults.Operations.CreativeCreate),
        new("campaignCriteria", "campaignCriterion", Faults.Operations.TargetingCreate),
        new("adGroupCriteria", "adGroupCriterion", Faults.Operations.TargetingCreate),
        new("userLists", "userList", Faults.Operations.AudienceCreate),
        new("conversionActions", "conversionAction", Faults.Operations.PixelCreate),
    ];

    public static GoogleResource? OfCollection(string collection) => All.FirstOrDefault(r => r.Collection == collection);
}
