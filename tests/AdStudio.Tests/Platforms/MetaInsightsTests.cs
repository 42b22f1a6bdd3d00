using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>Meta's numbers as the sandbox gives them: reports, breakdowns, campaigns, and reports that go wrong.</summary>
public sealed class MetaInsightsTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private DateOnly today;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync(o => (o.MetaRowsAtOnce, o.MetaRowsInReport) = (60, 90));
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(-20));
        var then = await adapters.Host.MetaAsync();
        for (var i = 0; i < 3; i++) await then.LaunchAsync(ads: 4);
        adapters.Host.Control.Clock.FollowRealTime();
        (access, _, _) = await adapters.ConnectAsync(Platform.Meta);
        today = DateOnly.FromDateTime(DateTime.UtcNow);
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private async Task<List<InsightRow>> ReadAsync(MetricLevel level, int days, BreakdownKind? breakdown = null, IReadOnlyCollection<string>? campaigns = null)
    {
        var rows = new List<InsightRow>();
        await foreach (var row in adapters.Get<IReadsInsights>(Platform.Meta).ReadInsightsAsync(access, new(level, today.AddDays(-1 - days), today.AddDays(-2)) { Breakdown = breakdown, CampaignIds = campaigns }, default)) rows.Add(row.Value);
        return rows;
    }

    [Fact]
    public async Task What_is_too_large_at_once_or_as_a_report_comes_in_parts_and_whole()
    {
        var ads = await ReadAsync(MetricLevel.Ad, 15);

        ads.Count.ShouldBe(3 * 4 * 15);
        ads.Select(r => (r.AdId, r.Day)).ShouldBeUnique();
        ads.Sum(r => r.Impressions).ShouldBe((await ReadAsync(MetricLevel.Campaign, 15)).Sum(r => r.Impressions));
        adapters.Host.Control.Requests.ShouldContain(r => r.Operation.Contains(CallKinds.ReportStart));
    }

    [Theory]
    [InlineData(BreakdownKind.Country)]
    [InlineData(BreakdownKind.Age)]
    [InlineData(BreakdownKind.Gender)]
    [InlineData(BreakdownKind.PublisherPlatform)]
    [InlineData(BreakdownKind.Device)]
    public async Task A_breakdown_adds_up_to_the_whole_in_words_of_ours(BreakdownKind breakdown)
    {
        var whole = await ReadAsync(MetricLevel.Campaign, 5);
        var parts = await ReadAsync(MetricLevel.Campaign, 5, breakdown);

        parts.GroupBy(p => (p.CampaignId, p.Day)).Select(g => (g.Key, g.Sum(p => p.Impressions), g.Sum(p => p.Clicks), g.Sum(p => p.SpendMicros))).ShouldBe(whole.Select(w => ((w.CampaignId, w.Day), w.Impressions, w.Clicks, w.SpendMicros)), ignoreOrder: true);
        parts.Select(p => (p.CampaignId, p.Day, p.BreakdownValue)).ShouldBeUnique();
        parts.Select(p => p.BreakdownValue!).Distinct().ShouldBeSubsetOf(breakdown switch
        {
            BreakdownKind.Country => ["US", "CA"],
            BreakdownKind.Age => ["25-34", "35-44", "45-54"],
            BreakdownKind.Gender => ["female"],
            BreakdownKind.Device => ["mobile", "tablet", "desktop"],
            _ => ["facebook", "instagram", "audience_network", "messenger"],
        });
    }

    [Fact]
    public async Task Only_one_campaign_is_read_when_only_one_is_asked_for()
    {
        var one = (await ReadAsync(MetricLevel.Campaign, 2))[0].CampaignId;

        (await ReadAsync(MetricLevel.Ad, 2, campaigns: [one])).Select(r => r.CampaignId).Distinct().ShouldBe([one]);
    }

    [Fact]
    public async Task A_report_that_fails_half_way_is_made_again()
    {
        adapters.Host.Control.Faults.Arm("meta", CallKinds.ReportStart, FaultKind.ReportFails);

        (await ReadAsync(MetricLevel.Campaign, 12)).Count.ShouldBe(3 * 12);
        adapters.Host.Control.Faults.Armed().ShouldBeEmpty();
    }
}
