using System.Net;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Insights;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Embedded;

/// <summary>Seed 002, "Get insights": an account's figures from our own facts.</summary>
public sealed class InsightsApiTests(PartnerApp app) : IClassFixture<PartnerApp>, IAsyncLifetime
{
    private static readonly DateOnly Monday = new(2026, 11, 16);
    private static readonly DateTimeOffset Read = new(2026, 11, 20, 6, 0, 0, TimeSpan.Zero);
    private Partner vic = null!;

    public async Task InitializeAsync()
    {
        vic = await app.UserAsync(app.Scene, "Vic-1");
        var (account, now) = (app.Scene.Meta, CancellationToken.None);
        await using var db = await app.Studio.OpenAsync(app.Scene.Admin, now);
        if (db.AccountDays.Any()) return;
        var launched = await Launched.OnAsync(app.Studio, app.Scene, account, "Sale", Read);
        foreach (var (day, impressions, clicks, spend) in new[] { (0, 6000, 300, 150_000_000L), (1, 4000, 200, 100_000_000L), (30, 9, 9, 9_000_000L) })
            db.Add(new AccountDay { WorkspaceId = account.WorkspaceId, AdAccountId = account.Id, Platform = account.Platform, Currency = "USD", Day = Monday.AddDays(day), Impressions = impressions, Clicks = clicks, SpendMicros = spend, ReadAt = Read, IsFinal = day == 0 });
        foreach (var (key, impressions, spend) in new[] { ("country:DE", 7000, 200_000_000L), ("country:US", 3000, 50_000_000L), ("age:18-24", 10_000, 250_000_000L) })
            db.Add(new MetricFact
            {
                AdAccountId = account.Id, PlatformCampaignId = launched.OnPlatform.Id, Level = MetricLevel.Campaign, EntityId = launched.OnPlatform.Id, Day = Monday, Breakdown = key,
                Impressions = impressions, Clicks = 10, SpendMicros = spend, ReadAt = Read,
            });
        await db.SaveChangesAsync(now);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("act_1001")]
    [InlineData("1001")]
    public async Task The_metrics_that_were_asked_for_are_numbers(string account)
    {
        var data = (await vic.GetAsync(Of(account, "impressions,clicks,spend"))).ShouldSay(HttpStatusCode.OK, "Request successful").Held;

        data.ShouldHave("impressions:number clicks:number spend:number");
        (data["impressions"]!.GetValue<long>(), data["clicks"]!.GetValue<long>(), data["spend"]!.GetValue<decimal>()).ShouldBe((10000, 500, 250.0m));
        (data["currency"]!.GetValue<string>(), data["as_of"]!.GetValue<string>(), data["may_change"]!.GetValue<bool>()).ShouldBe(("USD", "2026-11-20T06:00:00Z", true));
        data.AsObject().ContainsKey("ctr").ShouldBeFalse();
        (await vic.GetAsync(Of(account, "ctr,cpc,cpm,roas,conversions,cost_per_conversion,conversion_value"))).Held.ToJsonString().ShouldStartWith("""{"ctr":0.05,"cpc":0.5,"cpm":25,"conversions":0,"cost_per_conversion":null,"conversion_value":0,"roas":0,""");
    }

    [Fact]
    public async Task An_account_or_a_connection_goes_by_our_id_too()
    {
        foreach (var id in new[] { app.Scene.Meta.Id, app.Scene.Meta.ConnectionId })
            (await vic.GetAsync(Of(id.ToString(), "clicks"))).ShouldBe(HttpStatusCode.OK).Held["clicks"]!.GetValue<int>().ShouldBe(500);
    }

    [Fact]
    public async Task A_breakdown_is_answered_with_a_list()
    {
        var countries = (await vic.GetAsync(Of("act_1001", "impressions,spend") + "&breakdown=country")).ShouldSay(HttpStatusCode.OK, "Request successful").Held.AsArray();
        countries.Select(c => (c!["breakdown"]!.GetValue<string>(), c["value"]!.GetValue<string>(), c["impressions"]!.GetValue<int>(), c["spend"]!.GetValue<decimal>())).ShouldBe([("country", "DE", 7000, 200m), ("country", "US", 3000, 50m)]);

        var days = (await vic.GetAsync(Of("act_1001", "clicks") + "&breakdown=day")).Held.AsArray();
        days.Select(d => (d!["value"]!.GetValue<string>(), d["clicks"]!.GetValue<int>())).ShouldBe([("2026-11-16", 300), ("2026-11-17", 200)]);
        (await vic.GetAsync(Of("act_1001", "clicks") + "&breakdown=gender")).Held.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_nothing_was_read_there_is_no_figure()
    {
        var data = (await vic.GetAsync("/api/v1/connections/act_1001/insights?start_date=2026-01-01&end_date=2026-01-31&metrics=impressions")).ShouldBe(HttpStatusCode.OK).Held;
        data.AsObject().ContainsKey("impressions").ShouldBeTrue();
        data["impressions"].ShouldBeNull();
    }

    [Theory]
    [InlineData("", "start_date should not be empty|end_date should not be empty|metrics should not be empty")]
    [InlineData("start_date=2026-11-16&end_date=soon&metrics=spend", "end_date should be a day such as 2026-11-24")]
    [InlineData("start_date=2026-11-16&end_date=2026-11-01&metrics=spend", "The last day lies before the first one.")]
    [InlineData("start_date=2026-11-16&end_date=2026-11-17&metrics=spend,fame", "metrics should be one of impressions, clicks, spend")]
    [InlineData("start_date=2026-11-16&end_date=2026-11-17&metrics=spend&breakdown=mood", "breakdown should be one of country, age")]
    public async Task What_is_wrong_with_the_query_is_named(string query, string says) =>
        (await vic.GetAsync($"/api/v1/connections/act_1001/insights?{query}")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Details.ShouldContain(says);

    [Fact]
    public async Task Only_who_may_read_the_account_sees_its_figures()
    {
        (await (await app.UserAsync(app.Scene, "Ada-1")).GetAsync(Of("act_1001", "spend"))).ShouldBe(HttpStatusCode.OK);
        // A team's admin sees the account, not its figures, until somebody grants them.
        (await (await app.UserAsync(app.Scene, "Tom-1")).GetAsync(Of("act_1001", "spend"))).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN");
        (await (await app.UserAsync(app.Scene, "somebody-new")).GetAsync(Of("act_1001", "spend"))).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await (await app.UserAsync(app.Strangers, "Ada-1")).GetAsync(Of(app.Scene.Meta.Id.ToString(), "spend"))).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await vic.GetAsync(Of("act_none", "spend"))).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    private static string Of(string account, string metrics) => $"/api/v1/connections/{account}/insights?start_date=2026-11-16&end_date=2026-11-22&metrics={metrics}";
}
