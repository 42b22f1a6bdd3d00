using AdStudio.Core.Platforms;
using Shouldly;

namespace AdStudio.Tests.Platforms.Conformance;

/// <summary>The part of the journey that only programs take: what an ad set is made for, chosen by hand, and objects read in the platform's own fields.</summary>
internal sealed partial class Journey
{
    /// <summary>A launch for each place to which an ad can lead, and one that counts by catalogue and custom conversion.</summary>
    private async Task<IReadOnlyList<LaunchedObjects>> LaunchDetailedAsync(LaunchBrief usual)
    {
        var traffic = usual with { Objective = Objective.Traffic, LeadFormId = null, SpecialAdCategories = [], SpecialAdCountries = [], Creatives = [Briefs.Image], Audiences = [], BudgetType = BudgetType.Daily };
        var sales = traffic with { Objective = Objective.Sales };
        LaunchBrief[] chosen =
        [
            traffic with { Details = new() { AdSetName = "Readers", OptimizationGoal = "LANDING_PAGE_VIEWS", ConversionLocation = "WEBSITE" } },
            traffic with { Details = new() { ConversionLocation = "APP" } },
            traffic with { Details = new() { ConversionLocation = "MESSENGER" } },
            traffic with { Details = new() { ConversionLocation = "INSTAGRAM_DIRECT", InstagramId = usual.Instagram!.Id } },
            sales with { Details = new() { ConversionLocation = "WEBSITE", ConversionEvent = "INITIATE_CHECKOUT" } },
            sales with { Details = new() { CatalogId = "4055501600001", ProductSetId = "5055501700001", CustomConversionId = "6055501800001" } },
        ];
        List<LaunchedObjects> launched = [];
        foreach (var (brief, number) in chosen.Select((b, i) => (b, i))) launched.Add(await LaunchAsync(brief with { Marker = $"{Briefs.Marker[..^2]}D{number}", App = Store(brief.App) }));
        return launched;

        AccountAsset? Store(AccountAsset? app) => app is null ? account.Assets.First(a => a.Kind == AccountAssetKind.App) : app;
    }

    private async Task ReadObjectsAsync(List<LaunchedObjects> launched)
    {
        if (adapters.Find<IReadsRawObjects>(platform) is not { } reads) return;
        foreach (var kind in Enum.GetValues<RawObjectKind>())
        {
            var page = Done(await reads.ReadRawObjectsAsync(access, new(kind, []) { Limit = 3 }, default), kind.ToString());
            page.Objects.Count.ShouldBe(3);
            var rest = Done(await reads.ReadRawObjectsAsync(access, new(kind, ["name"]) { After = page.Next }, default), kind.ToString());
            rest.Objects.Concat(page.Objects).Select(o => o["id"]!.ToString()).ShouldBeUnique();
            var asked = page.Objects[0]["id"]!.ToString();
            Done(await reads.ReadRawObjectsAsync(access, new(kind, ["name"]) { Ids = [asked] }, default), kind.ToString()).Objects.Single()["id"]!.ToString().ShouldBe(asked);
        }
        Done(await reads.ReadRawObjectsAsync(access, new(RawObjectKind.Ads, []) { CampaignIds = [launched[0].Ids["campaign"]], AdSetIds = [launched[0].Ids["adset"]] }, default), "ads of one").Objects.ShouldNotBeEmpty();
        if (adapters.Find<IKnowsPlaces>(platform) is { } places) Done(await places.PlacesAsync(access, ["3847"], ["2418779"], default), "places").ShouldContain(p => p.Name == "California" && p.Country == "US");
    }
}
