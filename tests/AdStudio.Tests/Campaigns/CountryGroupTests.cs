using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Campaigns;

/// <summary>Country groups: their money, their places, and what preflight says of them.</summary>
public sealed class CountryGroupTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Theory]
    [InlineData(100_000_000, "USD", new double[] { 0.6, 0.4 }, new long[] { 60_000_000, 40_000_000 })]
    [InlineData(100_000_000, "USD", new double[] { 0.33, 0.33, 0.33 }, new long[] { 33_340_000, 33_330_000, 33_330_000 })]
    [InlineData(10_010_000, "USD", new double[] { 0.25, 0.75 }, new long[] { 2_500_000, 7_510_000 })]
    [InlineData(101_000_000, "JPY", new double[] { 0.5, 0.5 }, new long[] { 51_000_000, 50_000_000 })]
    [InlineData(1_000_000, "KWD", new double[] { 0.3333, 0.6667 }, new long[] { 333_000, 667_000 })]
    public void Money_falls_to_the_groups_by_their_shares_and_adds_up(long micros, string currency, double[] shares, long[] parts)
    {
        var split = new Money(micros, currency).Split([.. shares.Select(s => (decimal)s)]);

        split.Select(m => m.Micros).ShouldBe(parts);
        split.Sum(m => m.Micros).ShouldBe(micros);
    }

    [Fact]
    public void Nothing_is_multiplied_or_lost_whatever_the_shares()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var money = Money.FromMinor(random.NextInt64(1, 10_000_000_000), i % 2 == 0 ? "USD" : "JPY");
            var weights = Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(0, 1000) / 1000m).Append(0.001m).ToList();

            money.Split(weights).Aggregate((a, b) => a + b).ShouldBe(money);
        }
    }

    [Fact]
    public void What_is_not_in_a_group_is_every_other_country()
    {
        var group = Of("DACH", 1, "DE", "AT") with { Places = [Country("DE"), Country("AT"), new TargetPlace { Kind = PlaceKind.City, Name = "Zürich", Country = "CH" }] };

        group.WholeCountries().ShouldBe(["DE", "AT"]);
        group.OtherCountries().ShouldNotContain("CH");
        group.OtherCountries().Count.ShouldBe(Countries.All.Count - 3);
    }

    [Fact]
    public void Shares_that_were_rounded_by_hand_pass_and_others_do_not()
    {
        var situation = new Situation();
        situation.Spec = Grouped(situation.Spec, Of("A", 0.33m, "DE"), Of("B", 0.33m, "FR"), Of("C", 0.33m, "IT"));
        situation.Check().ShouldNotContain(f => f.Severity == FindingSeverity.Blocks);

        situation.Spec = Grouped(situation.Spec, Of("A", 0.5m, "DE"), Of("B", 0.4m, "FR"));
        situation.At("groups").ShouldBe(["Blocks: The groups' shares come to 90 %. Make them come to 100 %."]);
    }

    [Fact]
    public void A_group_needs_a_name_of_its_own_a_share_and_a_place()
    {
        var situation = new Situation();
        situation.Spec = Grouped(situation.Spec, Of("North", 1, "SE"), Of("north", 0), Of(" ", 0, "FI"));

        situation.Check().Where(f => f.Severity == FindingSeverity.Blocks).Select(f => f.Field).ShouldBe(["groups[1].name", "groups[1].fraction", "groups[1].places", "groups[2].name", "groups[2].fraction"]);
    }

    [Fact]
    public void Two_groups_in_one_country_bid_against_each_other()
    {
        var situation = new Situation();
        var city = new TargetPlace { Kind = PlaceKind.City, Name = "Berlin", Country = "DE", Ids = new Dictionary<Platform, string> { [Platform.Meta] = "1", [Platform.Google] = "2" } };
        situation.Spec = Grouped(situation.Spec, Of("Germany", 0.5m, "DE"), Of("Cities", 0.5m) with { Places = [city] });
        situation.At("groups[1].places").ShouldBe(["Warns: “Germany” and “Cities” both show ads in Berlin, so they bid against each other there. Take it out of one of them."]);

        situation.Spec = Grouped(situation.Spec, Of("Germany", 0.5m, "DE") with { ExcludedPlaces = [city] }, Of("Cities", 0.5m) with { Places = [city] });
        situation.At("groups[1].places").ShouldBeEmpty();
    }

    [Fact]
    public void Each_group_has_to_reach_the_platforms_least_budget()
    {
        var situation = new Situation();
        situation.Spec = Grouped(situation.Spec, Of("Large", 0.995m, "DE"), Of("Tiny", 0.005m, "AT"));

        situation.At("platforms[0].budget").Single().ShouldContain("This gives the group “Tiny” $0.62.");
    }

    [Fact]
    public async Task Each_platform_gets_a_brief_for_each_group_with_its_money_places_and_name()
    {
        var scene = await Scene.SetAsync(app.Studio, "Groups");
        var creative = await Drafts.AddCreativeAsync(app.Studio, scene);
        var spec = Grouped(Drafts.On(scene), Of("DACH", 0.6m, "DE", "AT"), Of("Nordics", 0.4m, "SE")) with { CreativeIds = [creative.Id] };
        spec = spec with { Audience = new AudienceSpec { AgeMin = 25, ExcludedPlaces = [Country("AT"), Country("FR")] } };
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene, spec);

        var briefs = (await app.Get<BuildLaunchBriefs>().RunAsync(scene.Manager, campaign.Id, Ct)).Value;

        briefs.Select(b => (b.Platform, b.GroupName, b.Brief!.Budget.ToString())).ShouldBe(
            [(Platform.Meta, "DACH", "$75.00"), (Platform.Meta, "Nordics", "$50.00"), (Platform.Google, "DACH", "$75.00"), (Platform.Google, "Nordics", "$50.00")]);
        var dach = briefs[0].Brief!;
        (dach.Name, dach.Audience.AgeMin).ShouldBe(("Spring shoes / DACH", 25));
        dach.Audience.Places.Select(p => p.Country).ShouldBe(["DE", "AT"]);
        dach.Audience.ExcludedPlaces.Select(p => p.Country).ShouldBe(["AT"]);
        briefs.Select(b => b.Brief!.Marker).Distinct().Count().ShouldBe(4);
        briefs.ShouldAllBe(b => b.Brief!.Marker.Length >= 8 && b.Brief.Marker.Length <= 12);

        var review = (await app.Get<ReviewCampaign>().RunAsync(scene.Manager, campaign.Id, Ct)).Value;
        review.PerDay.ShouldBe([new Money(250_000_000, "USD")]);
        review.Platforms.Select(p => p.GroupName).ShouldBe(["DACH", "Nordics", "DACH", "Nordics"]);
    }

    [Fact]
    public void A_platform_as_a_whole_shows_the_group_that_most_needs_a_look_and_all_their_money()
    {
        var whole = CampaignRowPlatform.Together(
        [
            new CampaignRowPlatform(Platform.Meta, null, PlatformStatus.Active, null) { GroupName = "DACH", Budget = new(60_000_000, "USD"), ExternalId = "1" },
            new CampaignRowPlatform(Platform.Meta, null, PlatformStatus.Failed, "Not here.") { GroupName = "Nordics", Budget = new(40_000_000, "USD") },
        ]);

        (whole.Status, whole.StatusDetail, whole.Budget, whole.GroupName).ShouldBe((PlatformStatus.Failed, "Nordics: Not here.", new Money(100_000_000, "USD"), ""));
        whole.Groups.Select(g => g.Status).ShouldBe([PlatformStatus.Active, PlatformStatus.Failed]);
    }

    [Fact]
    public void Versions_differ_in_places_and_in_shares_apart()
    {
        var before = Grouped(new CampaignSpec(), Of("DACH", 0.6m, "DE"), Of("Nordics", 0.4m, "SE"));
        var shares = Grouped(before, before.Groups[0] with { Fraction = 0.5m }, before.Groups[1] with { Fraction = 0.5m });
        var places = Grouped(before, before.Groups[0] with { Places = [Country("DE"), Country("AT")] }, before.Groups[1]);

        CampaignEdits.KindsOf(new("A", before), new("A", shares)).ShouldBe([EditKind.Budget]);
        CampaignEdits.KindsOf(new("A", before), new("A", places)).ShouldBe([EditKind.Targeting]);
        var merged = SpecMerge.Take(("A", shares), ("A", places), new HashSet<string> { "groups" }).Spec.Groups[0];
        (merged.Fraction, merged.Places.Count).ShouldBe((0.5m, 2));
        CampaignEdits.Fixed("A", before, Grouped(before, before.Groups[0])).ShouldBeOfType<CampaignPartsAreFixed>().Problems.Single().Field.ShouldBe("groups");
        CampaignEdits.Fixed("A", before, shares).ShouldBeNull();
    }

    private static TargetPlace Country(string code) => new() { Kind = PlaceKind.Country, Name = Countries.Find(code)!.Name, Country = code };

    private static CountryGroup Of(string name, decimal fraction, params string[] countries) => new() { Name = name, Fraction = fraction, Places = [.. countries.Select(Country)] };

    private static CampaignSpec Grouped(CampaignSpec spec, params CountryGroup[] groups) => spec with { Groups = groups, Audience = new AudienceSpec() };
}
