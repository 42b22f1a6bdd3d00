using AdStudio.Core.Platforms;
using AdStudio.Tests.Sandbox;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>Google's numbers as the sandbox gives them: breakdowns, campaigns, answers that are too large or come in pages.</summary>
public sealed class GoogleInsightsTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private DateOnly today;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync(o => (o.GoogleRowsAtOnce, o.GooglePageSize) = (40, 7));
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(-20));
        var then = await adapters.Host.GoogleAsync();
        for (var i = 0; i < 3; i++)
        {
            var (_, campaign, _, _) = await then.LaunchAsync($"Autumn {i}");
            foreach (var country in new[] { "2840", "2124" }) await then.MutateAsync("campaignCriteria", new { create = new { campaign, location = new { geoTargetConstant = "geoTargetConstants/" + country } } });
        }
        adapters.Host.Control.Clock.FollowRealTime();
        (access, _, _) = await adapters.ConnectAsync(Platform.Google);
        today = DateOnly.FromDateTime(DateTime.UtcNow);
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private async Task<List<InsightRow>> ReadAsync(MetricLevel level, int days, BreakdownKind? breakdown = null, IReadOnlyCollection<string>? campaigns = null)
    {
        var rows = new List<InsightRow>();
        await foreach (var row in adapters.Get<IReadsInsights>(Platform.Google).ReadInsightsAsync(access, new(level, today.AddDays(-1 - days), today.AddDays(-2)) { Breakdown = breakdown, CampaignIds = campaigns }, default)) rows.Add(row.Value);
        return rows;
    }

    [Fact]
    public async Task What_is_too_large_comes_in_halves_and_whole()
    {
        var ads = await ReadAsync(MetricLevel.Ad, 15);

        ads.Count.ShouldBe(3 * 15);
        ads.Select(r => (r.AdId, r.Day)).ShouldBeUnique();
        ads.Sum(r => r.Impressions).ShouldBe((await ReadAsync(MetricLevel.Campaign, 15)).Sum(r => r.Impressions));
    }

    [Theory]
    [InlineData(BreakdownKind.Country)]
    [InlineData(BreakdownKind.Age)]
    [InlineData(BreakdownKind.Gender)]
    [InlineData(BreakdownKind.Device)]
    public async Task A_breakdown_adds_up_to_the_whole_in_words_of_ours(BreakdownKind breakdown)
    {
        var whole = await ReadAsync(MetricLevel.Campaign, 3);
        var parts = await ReadAsync(MetricLevel.Campaign, 3, breakdown);

        parts.GroupBy(p => (p.CampaignId, p.Day)).Select(g => (g.Key, g.Sum(p => p.Impressions), g.Sum(p => p.Clicks), g.Sum(p => p.SpendMicros))).ShouldBe(whole.Select(w => ((w.CampaignId, w.Day), w.Impressions, w.Clicks, w.SpendMicros)), ignoreOrder: true);
        parts.Select(p => (p.CampaignId, p.Day, p.BreakdownValue)).ShouldBeUnique();
        string[] words = breakdown switch
        {
            BreakdownKind.Country => ["US", "CA"],
            BreakdownKind.Age => ["18-24", "25-34", "35-44", "45-54", "55-64", "65+"],
            BreakdownKind.Gender => ["female", "male", "unknown"],
            _ => ["mobile", "desktop", "tablet", "connected_tv"],
        };
        parts.Select(p => p.BreakdownValue!).Distinct().ShouldBeSubsetOf(words);
        parts.Select(p => p.BreakdownValue).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(BreakdownKind.Country)]
    [InlineData(BreakdownKind.Age)]
    public async Task Only_one_campaign_is_read_when_only_one_is_asked_for(BreakdownKind? breakdown)
    {
        var one = (await ReadAsync(MetricLevel.Campaign, 2))[0].CampaignId;

        (await ReadAsync(MetricLevel.Campaign, 2, breakdown, [one])).Select(r => r.CampaignId).Distinct().ShouldBe([one]);
        (await ReadAsync(MetricLevel.Campaign, 2, breakdown, [])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_day_that_is_too_large_by_itself_is_refused_for_whoever_asks_to_halve_the_campaigns()
    {
        await using var small = await SandboxedAdapters.StartAsync(o => o.GoogleRowsAtOnce = 0);
        small.Host.Control.Clock.Advance(TimeSpan.FromDays(-3));
        await (await small.Host.GoogleAsync()).LaunchAsync();
        small.Host.Control.Clock.FollowRealTime();
        var (there, _, _) = await small.ConnectAsync(Platform.Google);

        var refused = new List<PlatformFailureKind>();
        await foreach (var row in small.Get<IReadsInsights>(Platform.Google).ReadInsightsAsync(there, new(MetricLevel.Campaign, today.AddDays(-3), today), default))
            refused.Add(row.Refusal.ShouldBeOfType<PlatformFailure>().Kind);

        refused.ShouldBe([PlatformFailureKind.TooMuchData]);
    }
}
