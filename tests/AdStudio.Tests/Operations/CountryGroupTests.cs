using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Operations;

/// <summary>A campaign with country groups on its platforms: one campaign a group there, each standing, failing and changing for itself.</summary>
public sealed class CountryGroupTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Each_group_runs_as_a_campaign_of_its_own_on_each_platform()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await LaunchedAsync(bench);

        var campaign = await bench.ReadAsync(id);
        campaign.Status.ShouldBe(CampaignStatus.Active);
        campaign.Platforms.OrderBy(p => p.Platform).ThenBy(p => p.GroupName).Select(p => (p.Platform, p.GroupName, p.BudgetMicros, p.Status)).ShouldBe(
        [
            (Platform.Meta, "DACH", 30_000_000, PlatformStatus.Active), (Platform.Meta, "Nordics", 20_000_000, PlatformStatus.Active),
            (Platform.Google, "DACH", 30_000_000, PlatformStatus.Active), (Platform.Google, "Nordics", 20_000_000, PlatformStatus.Active),
        ]);
        bench.Meta.Things.Where(t => t.Key == "campaign").Select(t => t.Name[..t.Name.IndexOf(" [", StringComparison.Ordinal)]).Order().ShouldBe(["Winter boots / DACH", "Winter boots / Nordics"]);
        campaign.Platforms.Select(p => p.ExternalId).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task A_group_that_the_platform_refuses_leaves_the_others_running_and_is_tried_again_alone()
    {
        await using var bench = await LaunchBench.SetAsync();
        bench.Meta.Set("ad:1", Fault.Policy);
        var id = await LaunchedAsync(bench, Platform.Meta);

        var there = (await bench.ReadAsync(id)).Platforms;
        var failed = there.Single(p => p.Status == PlatformStatus.Failed);
        failed.StatusDetail.ShouldBe(FakeAds.PolicyWords);
        there.Single(p => p != failed).Status.ShouldBe(PlatformStatus.Active);
        var progress = (await bench.Get<GetCampaignProgress>().RunAsync(bench.Scene.Manager, id, None)).Value;
        progress.Platforms.Select(p => p.Work!.Status).Order().ShouldBe([OperationStatus.Succeeded, OperationStatus.Failed]);
        progress.Platforms.Where(p => p.CanRetry).ShouldHaveSingleItem().Standing.GroupName.ShouldBe(failed.GroupName);

        var again = (await bench.Get<RetryLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, None)).Value;
        again.Platforms.ShouldHaveSingleItem().GroupName.ShouldBe(failed.GroupName);
        await bench.DrainAsync();

        (await bench.ReadAsync(id)).Platforms.ShouldAllBe(p => p.Status == PlatformStatus.Active);
        bench.Meta.Things.Count(t => t.Key == "campaign").ShouldBe(2);
        bench.Meta.Things.Count(t => t.Key == "ad:1").ShouldBe(2);
        (await bench.Get<RetryLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, None)).Refusal.ShouldBeOfType<NothingToRetry>();
    }

    [Fact]
    public async Task One_group_is_rolled_back_and_the_other_stays()
    {
        await using var bench = await LaunchBench.SetAsync();
        bench.Meta.Set("ad:1", Fault.Policy);
        var id = await LaunchedAsync(bench, Platform.Meta);
        var failed = (await bench.ReadAsync(id)).Platforms.Single(p => p.Status == PlatformStatus.Failed).GroupName;

        (await bench.Get<RollBackLaunch>().RunAsync(bench.Scene.Manager, id, Platform.Meta, None, failed)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        var there = (await bench.ReadAsync(id)).Platforms.ToDictionary(p => p.GroupName, p => p.Status);
        there[failed].ShouldBe(PlatformStatus.RolledBack);
        there.Single(p => p.Key != failed).Value.ShouldBe(PlatformStatus.Active);
        bench.Meta.Things.Count(t => t.Key == "campaign").ShouldBe(1);
    }

    [Fact]
    public async Task A_new_budget_falls_to_the_groups_by_their_shares()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await LaunchedAsync(bench);

        (await bench.Get<ChangeBudget>().RunAsync(bench.Scene.Manager, id, new Money(200_010_000, "USD"), null, None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();

        var there = (await bench.ReadAsync(id)).Platforms;
        there.Sum(p => p.BudgetMicros).ShouldBe(200_010_000);
        there.Where(p => p.GroupName == "DACH").Select(p => p.BudgetMicros).Order().ShouldBe([60_000_000, 60_010_000]);
    }

    [Fact]
    public async Task Shares_and_places_change_while_it_runs_and_only_where_something_differs()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await LaunchedAsync(bench, Platform.Meta);
        var spec = (await bench.ReadAsync(id)).Spec;

        var shares = spec with { Groups = [spec.Groups[0] with { Fraction = 0.75m }, spec.Groups[1] with { Fraction = 0.25m }] };
        (await EditAsync(bench, id, shares)).Value.Platforms.Select(p => p.GroupName).Order().ShouldBe(["DACH", "Nordics"]);
        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Platforms.ToDictionary(p => p.GroupName, p => p.BudgetMicros).ShouldBe(new Dictionary<string, long> { ["DACH"] = 75_000_000, ["Nordics"] = 25_000_000 }, ignoreOrder: true);

        var places = shares with { Groups = [shares.Groups[0], shares.Groups[1] with { Places = [.. shares.Groups[1].Places, Country("NO")] }] };
        (await EditAsync(bench, id, places)).Value.Platforms.ShouldHaveSingleItem().GroupName.ShouldBe("Nordics");
        await bench.DrainAsync();
        bench.Meta.Settings.ShouldHaveSingleItem()["places"]!.ToString().ShouldBe("SE,NO");

        (await EditAsync(bench, id, places with { Groups = [places.Groups[0]] })).Refusal.ShouldBeOfType<CampaignPartsAreFixed>().Problems.Single().Field.ShouldBe("groups");
    }

    [Fact]
    public async Task Pausing_and_resuming_take_every_group_along()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await LaunchedAsync(bench);

        (await bench.Get<PauseCampaign>().RunAsync(bench.Scene.Manager, id, None)).Value.Platforms.Count.ShouldBe(4);
        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Platforms.ShouldAllBe(p => p.Status == PlatformStatus.Paused);
        (await bench.Get<ResumeCampaign>().RunAsync(bench.Scene.Manager, id, None)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        (await bench.ReadAsync(id)).Status.ShouldBe(CampaignStatus.Active);
    }

    private static TargetPlace Country(string code) => new() { Kind = PlaceKind.Country, Name = Countries.Find(code)!.Name, Country = code };

    private static Task<Result<WorkStarted>> EditAsync(LaunchBench bench, Guid id, CampaignSpec spec) => bench.Get<EditCampaign>().RunAsync(bench.Scene.Manager, id, "Winter boots", spec, null, None);

    private static async Task<Guid> LaunchedAsync(LaunchBench bench, params Platform[] platforms)
    {
        var id = await bench.DraftAsync(platforms: platforms);
        await using (var db = await bench.Studio.OpenAsync(bench.Scene.Admin, None))
        {
            var campaign = await db.Campaigns.Include(c => c.Targets).SingleAsync(c => c.Id == id);
            campaign.Write(campaign.Name, campaign.Spec with
            {
                Audience = new AudienceSpec(),
                Groups = [new CountryGroup { Name = "DACH", Fraction = 0.6m, Places = [Country("DE"), Country("AT")] }, new CountryGroup { Name = "Nordics", Fraction = 0.4m, Places = [Country("SE")] }],
            });
            await db.SaveChangesAsync(None);
        }
        (await bench.LaunchAsync(id)).IsDone.ShouldBeTrue();
        await bench.DrainAsync();
        return id;
    }
}
