using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.TikTok;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.TikTok;

/// <summary>What TikTok answers, read: refusals that come with status 200, reports by both ways, reviews.</summary>
public sealed class TikTokReadingTests
{
    private static readonly PlatformAccess Access = new(Guid.NewGuid(), "token") { Account = new(Guid.NewGuid(), "7120000000000000001", "USD", "America/New_York", null) };

    [Theory]
    [InlineData(40100, PlatformFailureKind.RateLimited)]
    [InlineData(40102, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(40104, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(40105, PlatformFailureKind.ExpiredAuthorization)]
    [InlineData(40001, PlatformFailureKind.MissingPermission)]
    [InlineData(40300, PlatformFailureKind.NotFound)]
    [InlineData(40002, PlatformFailureKind.InvalidRequest)]
    [InlineData(50000, PlatformFailureKind.Unavailable)]
    public async Task A_refusal_hides_behind_status_200(int code, PlatformFailureKind kind)
    {
        using var wire = new Wire().Answers(Answer.Ok($$"""{"code":{{code}},"message":"budget: No.","request_id":"1","data":null}"""));

        var failure = (await wire.Get<IReadsStructure>(Platform.TikTok).ReadCampaignsAsync(Access, ["1"], default)).Refusal.ShouldBeOfType<PlatformFailure>();

        (failure.Kind, failure.Code).ShouldBe((kind, code.ToString(CultureInfo.InvariantCulture)));
        if (kind == PlatformFailureKind.InvalidRequest) failure.Field.ShouldBe("budget");
        if (kind == PlatformFailureKind.RateLimited) failure.RetryAt!.Value.ShouldBeGreaterThan(wire.Clock.GetUtcNow().AddSeconds(-1));
    }

    [Fact]
    public async Task A_report_with_too_many_rows_is_ordered_waited_for_and_fetched_without_the_token()
    {
        using var wire = new Wire().Answers(
            Answer.Ok("""{"code":0,"message":"OK","data":{"list":[],"page_info":{"page":1,"page_size":1000,"total_number":12000,"total_page":12}}}"""),
            Answer.Ok("""{"code":0,"message":"OK","data":{"task_id":"77"}}"""),
            Answer.Ok("""{"code":0,"message":"OK","data":{"status":"PROCESSING"}}"""),
            Answer.Ok("""{"code":0,"message":"OK","data":{"status":"SUCCESS"}}"""),
            Answer.Ok("""{"code":0,"message":"OK","data":{"download_url":"https://files.example/report.csv"}}"""),
            Answer.Ok("campaign_id,stat_time_day,spend,impressions,clicks,conversion,reach,total_complete_payment_rate,total_purchase_value\n\"9\",2026-11-01 00:00:00,12.34,1000,50,3,800,99.90,0.10\n"));

        var rows = new List<InsightRow>();
        await foreach (var row in wire.Get<IReadsInsights>(Platform.TikTok).ReadInsightsAsync(Access, new(MetricLevel.Campaign, new(2026, 11, 1), new(2026, 11, 5)), default)) rows.Add(row.Value);

        rows.ShouldBe([new InsightRow(MetricLevel.Campaign, "9", null, null, new(2026, 11, 1), 1000, 50, 12_340_000, 3_000_000, 100_000_000, 800)]);
        wire.Sent[1].Path.ShouldEndWith("/report/task/create/");
        (wire.Sent[^1].Uri.Host, wire.Sent[^1].Headers.ContainsKey("Access-Token")).ShouldBe(("files.example", false));
    }

    [Fact]
    public async Task A_long_range_is_asked_in_slices_of_thirty_days()
    {
        using var wire = new Wire().Answers(Answer.Ok("""{"code":0,"message":"OK","data":{"list":[],"page_info":{"total_number":0,"total_page":0}}}"""));

        await foreach (var _ in wire.Get<IReadsInsights>(Platform.TikTok).ReadInsightsAsync(Access, new(MetricLevel.Ad, new(2026, 9, 1), new(2026, 10, 31)), default)) { }

        wire.Sent.Select(s => (s.Query["start_date"], s.Query["end_date"])).ShouldBe([("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-30"), ("2026-10-31", "2026-10-31")]);
    }

    [Fact]
    public async Task The_same_numbers_come_by_either_way_and_from_every_breakdown()
    {
        await using var adapters = await SandboxedAdapters.StartAsync();
        var (access, campaign, day) = await LaunchedAsync(adapters, "Half price on every shoe.");
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(4));
        var insights = (TikTokInsights)adapters.Get<IReadsInsights>(Platform.TikTok);

        JsonObject question() => new()
        {
            ["advertiser_id"] = access.Account!.ExternalId, ["service_type"] = "AUCTION", ["report_type"] = "BASIC", ["data_level"] = "AUCTION_CAMPAIGN", ["dimensions"] = new JsonArray("campaign_id", "stat_time_day"),
            ["metrics"] = new JsonArray("spend", "impressions", "clicks"), ["start_date"] = Day(day), ["end_date"] = Day(day.AddDays(2)),
        };
        static string Line(JsonObject row) => string.Join(' ', row.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
        var atOnce = (await insights.Reports.ReadAsync(access, question(), default)).Value.Select(Line).Order().ToList();
        atOnce.ShouldNotBeEmpty();
        (await insights.Reports.OrderAsync(access, question(), default)).Value.Select(Line).Order().ShouldBe(atOnce);

        var whole = await RowsAsync(null);
        foreach (var kind in TikTokCatalogue.Rules.Breakdowns)
        {
            var parts = await RowsAsync(kind);
            parts.ShouldAllBe(r => r.BreakdownValue != null);
            parts.GroupBy(r => r.Day).Select(d => (d.Key, d.Sum(r => r.Impressions), d.Sum(r => r.SpendMicros))).ShouldBe(whole.Select(r => (r.Day, r.Impressions, r.SpendMicros)), ignoreOrder: true, kind.ToString());
        }

        async Task<List<InsightRow>> RowsAsync(BreakdownKind? kind)
        {
            var rows = new List<InsightRow>();
            await foreach (var row in insights.ReadInsightsAsync(access, new(MetricLevel.Campaign, day, day.AddDays(2)) { Breakdown = kind, CampaignIds = [campaign] }, default)) rows.Add(row.Value);
            return rows;
        }
    }

    [Fact]
    public async Task What_review_says_of_an_ad_is_told_in_its_words()
    {
        await using var adapters = await SandboxedAdapters.StartAsync();
        var (access, campaign, _) = await LaunchedAsync(adapters, "A miracle cure for cold feet.");

        var state = (await adapters.Get<IReadsStructure>(Platform.TikTok).ReadCampaignsAsync(access, [campaign], default)).Value.Single();

        state.Status.ShouldBe(PlatformStatus.Rejected);
        state.AdSets.Single().Ads.ShouldAllBe(a => a.OwnStatus == "AD_STATUS_AUDIT_DENY" && a.Rejection!.Contains("misleading"));
    }

    [Fact]
    public async Task What_stands_on_the_account_is_imported_with_its_audience_and_files()
    {
        await using var adapters = await SandboxedAdapters.StartAsync();
        var (access, campaign, _) = await LaunchedAsync(adapters, "Half price on every shoe.");

        var found = new List<ImportedCampaign>();
        await foreach (var one in adapters.Get<IImportsCampaigns>(Platform.TikTok).ReadAllAsync(access, default)) found.Add(one.Value);

        var imported = found.ShouldHaveSingleItem();
        (imported.ExternalId, imported.Objective, imported.Budget, imported.BudgetType).ShouldBe((campaign, Objective.Traffic, Money.FromUnits(80, "USD"), BudgetType.Daily));
        imported.Audience!.Places.ShouldHaveSingleItem().Country.ShouldBe("US");
        imported.AdSets.Single().Ads.Select(a => a.Creative!.Type).ShouldBe([CreativeType.Video, CreativeType.Image], ignoreOrder: true);
        imported.AdSets.Single().Ads.ShouldAllBe(a => a.Creative!.PrimaryText == "Half price on every shoe." && a.Creative.MediaUrls.Count == 1);
    }

    private static async Task<(PlatformAccess Access, string Campaign, DateOnly Day)> LaunchedAsync(SandboxedAdapters adapters, string text)
    {
        var (access, account, _) = await adapters.ConnectAsync(Platform.TikTok);
        var brief = Briefs.Meta() with
        {
            Account = access.Account!, Page = account.Assets.First(a => a.Kind == AccountAssetKind.Page), Instagram = null, Pixel = null, Budget = Money.FromUnits(80, "USD"),
            Creatives = [Briefs.Video with { PrimaryText = text }, Briefs.Image with { PrimaryText = text }],
        };
        var publishes = adapters.Get<IPublishes>(Platform.TikTok);
        var done = new Dictionary<string, string>();
        foreach (var step in publishes.PlanLaunch(brief).Steps) done[step.Key] = (await publishes.CarryOutAsync(access, step.Fill(done), default)).Value;
        return (access, done["campaign"], DateOnly.FromDateTime(adapters.Host.Control.Now.UtcDateTime));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
