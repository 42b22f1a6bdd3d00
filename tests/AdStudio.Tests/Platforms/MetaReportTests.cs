using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>Meta's report runs: started, waited for, read, and given up in halves.</summary>
public sealed class MetaReportTests : IDisposable
{
    private const string TooMuch = """{"error":{"message":"Please reduce the amount of data you're asking for, then retry your request","code":1}}""";

    private static readonly DateOnly Monday = new(2026, 11, 2);
    private static readonly Answer Started = Answer.Ok("""{"report_run_id":"99"}"""), Empty = Answer.Ok("""{"data":[]}""");

    private readonly Wire wire = new();

    private static Answer Is(string status, string more = "") => Answer.Ok($$"""{"id":"99","async_status":"{{status}}"{{more}}}""");

    private static Answer Row(string campaign) => Answer.Ok($$"""{"data":[{"campaign_id":"{{campaign}}","impressions":"5","clicks":"1","spend":"1.5","date_start":"2026-11-02"}]}""");

    private async Task<(List<InsightRow> Rows, PlatformFailure? Failure)> ReadAsync(InsightQuery query)
    {
        var rows = new List<InsightRow>();
        await foreach (var row in wire.Get<IReadsInsights>(Platform.Meta).ReadInsightsAsync(Wire.OnMeta, query, default))
            if (row.TryGet(out var read, out var refusal)) rows.Add(read);
            else return (rows, (PlatformFailure)refusal);
        return (rows, null);
    }

    private IEnumerable<string> Ranges() => wire.Sent.Where(s => s.Method == "POST").Select(s => s.Form["time_range"]);

    [Fact]
    public async Task A_month_is_a_report_that_is_waited_for_and_longer_ranges_are_several()
    {
        wire.Answers(Started, Is("Job Not Started"), Is("Job Running"), Is("Job Completed"), Row("7"), Started, Is("Job Completed"), Row("8"));

        var (rows, _) = await ReadAsync(new(MetricLevel.Campaign, Monday, Monday.AddDays(44)));

        rows.Select(r => r.CampaignId).ShouldBe(["7", "8"]);
        Ranges().ShouldBe(["""{"since":"2026-11-02","until":"2026-11-16"}""", """{"since":"2026-11-17","until":"2026-12-16"}"""]);
        wire.Sent.Select(s => $"{s.Method} {s.Path}").Distinct().ShouldBe(["POST /v25.0/act_1001/insights", "GET /v25.0/99", "GET /v25.0/99/insights"]);
        wire.Clock.Waits.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_too_much_at_once_is_asked_for_as_a_report()
    {
        wire.Answers(new Answer(500, TooMuch), Started, Is("Job Completed"), Row("7"));

        (await ReadAsync(new(MetricLevel.Ad, Monday, Monday))).Rows.Single().CampaignId.ShouldBe("7");

        wire.Sent.Select(s => s.Method).ShouldBe(["GET", "POST", "GET", "GET"]);
    }

    [Fact]
    public async Task What_is_too_much_for_a_report_is_halved_and_no_day_is_lost_or_read_twice()
    {
        wire.Answers(Started, Is("Job Failed", ""","error_code":1,"error_message":"Please reduce the amount of data you're asking for, then retry your request" """), Empty, Empty);

        await ReadAsync(new(MetricLevel.Ad, Monday, Monday.AddDays(9)));

        wire.Sent.Select(s => s.Method == "POST" ? s.Form["time_range"] : s.Query.GetValueOrDefault("time_range")).Where(r => r is not null)
            .ShouldBe(["""{"since":"2026-11-02","until":"2026-11-11"}""", """{"since":"2026-11-02","until":"2026-11-06"}""", """{"since":"2026-11-07","until":"2026-11-11"}"""]);
    }

    [Fact]
    public async Task A_single_day_that_is_too_large_is_for_the_asker_to_divide()
    {
        wire.Answers(new Answer(500, TooMuch));

        (await ReadAsync(new(MetricLevel.Ad, Monday, Monday))).Failure!.Kind.ShouldBe(PlatformFailureKind.TooMuchData);
    }

    [Fact]
    public async Task A_report_that_fails_is_made_once_more()
    {
        wire.Answers(Started, Is("Job Failed"), Started, Is("Job Completed"), Row("7"));

        (await ReadAsync(new(MetricLevel.Campaign, Monday, Monday.AddDays(20)))).Rows.Single().CampaignId.ShouldBe("7");
    }

    [Fact]
    public async Task A_report_that_always_fails_ends_in_words_and_not_in_a_loop()
    {
        var failed = Is("Job Failed", ""","error_message":"Something broke." """);
        wire.Answers(new Answer(500, TooMuch), Started, failed, Started, failed);

        var failure = (await ReadAsync(new(MetricLevel.Campaign, Monday, Monday))).Failure!;

        (failure.Kind, failure.Message).ShouldBe((PlatformFailureKind.Unavailable, "Meta gave the report up: Something broke."));
    }

    [Fact]
    public async Task A_report_that_never_ends_is_given_up_after_ten_minutes()
    {
        var asked = wire.Clock.GetUtcNow();
        wire.Answers(Started, Is("Job Running"));

        (await ReadAsync(new(MetricLevel.Campaign, Monday, Monday.AddDays(20)))).Failure!.Code.ShouldBe("report-unfinished");

        (wire.Clock.GetUtcNow() - asked).ShouldBeLessThan(TimeSpan.FromMinutes(11));
    }

    [Fact]
    public async Task Only_the_campaigns_asked_for_are_read_fifty_at_a_time()
    {
        wire.Answers(Empty);

        await ReadAsync(new(MetricLevel.Campaign, Monday, Monday) { CampaignIds = [.. Enumerable.Range(1, 60).Select(i => $"{i}")] });
        await ReadAsync(new(MetricLevel.Campaign, Monday, Monday) { CampaignIds = [] });

        wire.Sent.Count.ShouldBe(2);
        wire.Sent.Select(s => s.Query["filtering"]).ShouldContain(f => f.StartsWith("""[{"field":"campaign.id","operator":"IN","value":["51",""", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Devices_that_we_call_alike_are_added_up_and_their_people_are_not()
    {
        wire.Answers(Answer.Ok("""
            {"data":[{"campaign_id":"7","impressions":"10","clicks":"1","spend":"1.5","reach":"9","date_start":"2026-11-02","impression_device":"iphone"},
                     {"campaign_id":"7","impressions":"20","clicks":"2","spend":"2","reach":"8","date_start":"2026-11-02","impression_device":"android_smartphone"},
                     {"campaign_id":"7","impressions":"3","clicks":"0","spend":"0.2","reach":"3","date_start":"2026-11-02","impression_device":"ipad"}]}
            """));

        var (rows, _) = await ReadAsync(new(MetricLevel.Campaign, Monday, Monday) { Breakdown = BreakdownKind.Device });

        rows.ShouldBe(
        [
            new(MetricLevel.Campaign, "7", null, null, Monday, 30, 3, 3_500_000, 0, 0, null) { BreakdownValue = "mobile" },
            new(MetricLevel.Campaign, "7", null, null, Monday, 3, 0, 200_000, 0, 0, 3) { BreakdownValue = "tablet" },
        ]);
        wire.Sent.Single().Query["breakdowns"].ShouldBe("impression_device");
    }

    public void Dispose() => wire.Dispose();
}
