using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>What is passed through from Meta and Google in their own fields.</summary>
public sealed class RawReadingTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;
    private DateOnly today;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync(o => o.MetaRowsAtOnce = 30);
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(-20));
        await (await adapters.Host.MetaAsync()).LaunchAsync(ads: 3);
        adapters.Host.Control.Clock.FollowRealTime();
        today = DateOnly.FromDateTime(DateTime.UtcNow);
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private async Task<PlatformAccess> ConnectAsync(Platform platform) => (await adapters.ConnectAsync(platform)).Access;

    private RawInsightQuery Query(string level, string[] fields, params string[] breakdowns) => new(level, today.AddDays(-9), today.AddDays(-2), fields, breakdowns);

    [Theory]
    [InlineData("campaign", 1, "campaign_id")]
    [InlineData("adset", 1, "adset_id")]
    [InlineData("ad", 3, "ad_id")]
    [InlineData("account", 1, "account_id")]
    public async Task Each_level_of_metas_numbers_adds_up_to_the_same(string level, int rows, string id)
    {
        var (access, meta) = (await ConnectAsync(Platform.Meta), adapters.Get<IReadsRawInsights>(Platform.Meta));

        var found = (await meta.ReadRawInsightsAsync(access, Query(level, ["impressions", "spend", "actions"]), default)).Value;

        found.Count.ShouldBe(rows);
        found.Select(r => r[id]!.GetValue<string>()).ShouldBeUnique();
        found.Sum(r => r["impressions"]!.GetValue<decimal>()).ShouldBe((await meta.ReadRawInsightsAsync(access, Query("account", ["impressions"]), default)).Value.Sum(r => r["impressions"]!.GetValue<decimal>()));
        found[0]["actions"]![0]!["value"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.Number);
        found[0]["actions"]![0]!["action_type"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.String);
    }

    [Fact]
    public async Task What_is_too_much_at_once_comes_as_a_report_and_whole()
    {
        var (access, meta) = (await ConnectAsync(Platform.Meta), adapters.Get<IReadsRawInsights>(Platform.Meta));

        var parts = (await meta.ReadRawInsightsAsync(access, Query("ad", ["impressions"], "age", "impression_device"), default)).Value;

        parts.Count.ShouldBeGreaterThan(30);
        parts.Sum(r => r["impressions"]!.GetValue<decimal>()).ShouldBe((await meta.ReadRawInsightsAsync(access, Query("account", ["impressions"]), default)).Value.Sum(r => r["impressions"]!.GetValue<decimal>()));
        parts.ShouldAllBe(r => r["age"]!.GetValueKind() == System.Text.Json.JsonValueKind.String);
        adapters.Host.Control.Requests.ShouldContain(r => r.Operation.Contains(CallKinds.ReportStart));
    }

    [Fact]
    public async Task What_a_platform_does_not_know_it_says_in_its_words()
    {
        var (meta, google) = (await ConnectAsync(Platform.Meta), await ConnectAsync(Platform.Google));

        Kind(await adapters.Get<IReadsRawInsights>(Platform.Meta).ReadRawInsightsAsync(meta, Query("ad", ["fortune"]), default)).ShouldBe((PlatformFailureKind.InvalidRequest, "fortune"));
        Kind(await adapters.Get<IReadsRawInsights>(Platform.Google).ReadRawInsightsAsync(google, Query("ad", ["fortune"]), default)).ShouldBe((PlatformFailureKind.InvalidRequest, "fortune"));
        Kind(await adapters.Get<IReadsAssets>(Platform.Google).ReadAssetsAsync(google, "customer", ["fortune"], default)).ShouldBe((PlatformFailureKind.InvalidRequest, "fortune"));

        static (PlatformFailureKind?, string) Kind<T>(Core.Common.Result<T> answer) => ((answer.Refusal as PlatformFailure)?.Kind, answer.Refusal!.Message.Contains("fortune", StringComparison.Ordinal) ? "fortune" : answer.Refusal.Message);
    }

    [Fact]
    public async Task Pages_come_with_their_instagram_account_and_without_a_token()
    {
        var pages = (await adapters.Get<IListsPages>(Platform.Meta).ListPagesAsync(await ConnectAsync(Platform.Meta), default)).Value;

        pages[0].ShouldBe(new("105550130001", "Harbor & Pine", "Outdoor Equipment Store", 48902, true, new("17841405550130001", "harborandpine")));
        adapters.Calls.Of(Platform.Meta).Last(c => c.Path == "/me/accounts").Answer.ShouldNotContain("access_token");
    }

    [Theory]
    [InlineData("impressions", true)]
    [InlineData("campaign.name", true)]
    [InlineData("28d_click", true)]
    [InlineData("", false)]
    [InlineData("campaign..name", false)]
    [InlineData("impressions FROM customer --", false)]
    [InlineData("campaign{name}", false)]
    [InlineData("Impressions", false)]
    [InlineData("im\u0440ressions", false)]
    public void Only_names_are_names(string name, bool isName) => (FieldNames.Check([name]) is null).ShouldBe(isName);

    [Fact]
    public void Too_many_names_are_refused() => FieldNames.Check([.. Enumerable.Range(0, FieldNames.Most + 1).Select(i => $"f{i}")]).ShouldNotBeNull();
}
