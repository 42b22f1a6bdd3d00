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
        new("campaignBudgets", "campaignBudget", Faults.CallKinds.BudgetCreate),
        new("campaigns", "campaign", Faults.CallKinds.CampaignCreate),
        new("adGroups", "adGroup", Faults.CallKinds.AdSetCreate),
        new("adGroupAds", "adGroupAd", Faults.CallKinds.AdCreate),
        new("assets", "asset", Faults.CallKinds.CreativeCreate),
        new("campaignAssets", "campaignAsset", Faults.CallKinds.CreativeCreate),
        new("campaignCriteria", "campaignCriterion", Faults.CallKinds.TargetingCreate),
        new("adGroupCriteria", "adGroupCriterion", Faults.CallKinds.TargetingCreate),
        new("userLists", "userList", Faults.CallKinds.AudienceCreate),
        new("conversionActions", "conversionAction", Faults.CallKinds.PixelCreate),
    ];

    public static GoogleResource? OfCollection(string collection) => All.FirstOrDefault(r => r.Collection == collection);
}
