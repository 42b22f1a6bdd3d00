using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>What is repeated and what never is; whose turn it is when a platform's patience runs out.</summary>
public sealed class ChannelTests : IDisposable
{
    private const string Me = """{"id":"1","name":"Ada"}""";
    private static readonly Answer Broken = new(500, """{"error":{"message":"An unexpected error has occurred.","code":2}}""");

    private readonly Wire wire = new();

    private static StepRequest Campaign { get; } = new("campaign", StepKind.Campaign, Briefs.Marker, new JsonObject { ["name"] = "x · " + Briefs.Marker }, null, null, new Dictionary<string, string>());

    private Task<Result<string>> CreateAsync() => wire.Get<IPublishes>(Platform.Meta).CarryOutAsync(Wire.OnMeta, Campaign, default);
    private Task<Result<PlatformIdentity>> ReadAsync() => wire.Get<IAuthorizes>(Platform.Meta).WhoAmIAsync(Wire.OnMeta, default);

    private static PlatformFailure Failed<T>(Result<T> result) => result.Refusal.ShouldBeOfType<PlatformFailure>();

    private static Answer Used(double percent) => Answer.Ok(Me) with { Headers = [("X-Ad-Account-Usage", $$"""{"acc_id_util_pct":{{percent}}}""")] };

    [Fact]
    public async Task A_read_is_tried_again_after_a_breakdown()
    {
        wire.Answers(Broken, Answer.NoConnection, Answer.Ok(Me), Answer.Ok("""{"data":[]}"""));

        (await ReadAsync()).IsDone.ShouldBeTrue();
        wire.Sent.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_read_is_not_tried_for_ever()
    {
        wire.Answers(Broken);

        Failed(await ReadAsync()).Kind.ShouldBe(PlatformFailureKind.Unavailable);
        wire.Sent.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_the_platform_refuses_is_not_tried_again()
    {
        wire.Answers(new Answer(400, """{"error":{"message":"No.","code":100}}"""));

        await ReadAsync();
        wire.Sent.Count.ShouldBe(1);
    }

    public static TheoryData<string> Lost => ["broken off", "broken down", "unreadable"];

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task A_creation_without_a_clear_answer_has_an_unknown_outcome_and_is_never_sent_twice(string how)
    {
        wire.Answers(how switch { "broken off" => Answer.BrokenOff, "broken down" => Broken, _ => Answer.Ok("{\"id\":\"12") });

        Failed(await CreateAsync()).Kind.ShouldBe(PlatformFailureKind.UnknownOutcome);
        wire.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_creation_that_gets_no_answer_in_time_has_an_unknown_outcome()
    {
        wire.Answers(Answer.Never);
        var creating = CreateAsync();

        await wire.Clock.AdvanceOnceAwaitedAsync(TimeSpan.FromMinutes(1));

        Failed(await creating).Kind.ShouldBe(PlatformFailureKind.UnknownOutcome);
        wire.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_creation_that_never_left_is_safe_to_try_again()
    {
        wire.Answers(Answer.NoConnection);

        Failed(await CreateAsync()).Kind.ShouldBe(PlatformFailureKind.Unavailable);
        wire.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_to_a_named_state_is_tried_again()
    {
        wire.Answers(Answer.BrokenOff, Answer.Ok("""{"success":true}"""));
        var pause = wire.Get<IPublishes>(Platform.Meta).PlanPause(new(Wire.MetaAccount, Briefs.Marker, new Dictionary<string, string> { ["campaign"] = "7" })).Single();

        (await wire.Get<IPublishes>(Platform.Meta).CarryOutAsync(Wire.OnMeta, pause.Fill(new Dictionary<string, string>()), default)).Value.ShouldBe("7");
        wire.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Removing_what_is_gone_already_is_done()
    {
        wire.Answers(new Answer(400, """{"error":{"message":"Gone.","code":100,"error_subcode":33}}"""));
        var remove = wire.Get<IPublishes>(Platform.Meta).PlanRemove(new(Wire.MetaAccount, Briefs.Marker, new Dictionary<string, string> { ["campaign"] = "7" })).Single();

        (await wire.Get<IPublishes>(Platform.Meta).CarryOutAsync(Wire.OnMeta, remove.Fill(new Dictionary<string, string>()), default)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_told_so()
    {
        wire.Answers(Answer.Never);
        using var gone = new CancellationTokenSource();
        var reading = wire.Get<IAuthorizes>(Platform.Meta).WhoAmIAsync(Wire.OnMeta, gone.Token);

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(reading);
    }

    [Fact]
    public async Task A_short_ban_is_waited_out_and_a_long_one_is_passed_on()
    {
        static Answer Refused(string delay) => new(429, """{"error":{"code":429,"details":[{"errors":[{"errorCode":{"quotaError":"RESOURCE_TEMPORARILY_EXHAUSTED"},"message":"Wait.","details":{"quotaErrorDetails":{"retryDelay":"DELAY"}}}]}]}}""".Replace("DELAY", delay));

        wire.Answers(Refused("5s"), Answer.Ok("""{"results":[]}"""));
        (await wire.Get<IReadsStructure>(Platform.Google).ReadCampaignsAsync(Wire.OnGoogle, ["1"], default)).IsDone.ShouldBeTrue();
        wire.Clock.Waits.ShouldContain(w => w >= TimeSpan.FromSeconds(4.9) && w <= TimeSpan.FromSeconds(5));

        wire.Answers(Refused("900s"));
        var sent = wire.Sent.Count;
        Failed(await wire.Get<IReadsStructure>(Platform.Google).ReadCampaignsAsync(Wire.OnGoogle, ["1"], default)).Kind.ShouldBe(PlatformFailureKind.RateLimited);
        wire.Sent.Count.ShouldBe(sent + 1);
    }

    [Fact]
    public async Task While_an_account_is_banned_nothing_more_is_sent_for_it()
    {
        wire.Answers(new Answer(400, """{"error":{"message":"Too many calls.","code":80004}}"""));
        var until = Failed(await ReadAsync()).RetryAt;

        Failed(await CreateAsync()).RetryAt.ShouldBe(until);
        wire.Sent.Count.ShouldBe(1);

        wire.Clock.Advance(TimeSpan.FromMinutes(6));
        wire.Answers(Answer.Ok("""{"id":"9"}"""));
        (await CreateAsync()).Value.ShouldBe("9");
    }

    [Fact]
    public async Task Reading_slows_down_above_three_quarters_of_the_limit()
    {
        wire.Answers(Used(85), Answer.Ok("""{"data":[]}"""));

        await ReadAsync();

        wire.Clock.Waits.ShouldBe([TimeSpan.FromSeconds(1)]);
    }

    [Fact]
    public async Task Near_the_limit_reading_stops_and_launching_goes_on()
    {
        wire.Answers(Used(97), Answer.Ok("""{"id":"9"}"""));

        var failure = Failed(await ReadAsync());
        failure.Kind.ShouldBe(PlatformFailureKind.RateLimited);
        failure.RetryAt.ShouldNotBeNull();
        wire.Sent.Count.ShouldBe(1);
        (await CreateAsync()).Value.ShouldBe("9");

        wire.Clock.Advance(TimeSpan.FromMinutes(6));
        wire.Answers(Answer.Ok(Me), Answer.Ok("""{"data":[]}"""));
        (await ReadAsync()).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_burst_of_reading_leaves_room_for_launching()
    {
        wire.Answers(Answer.Ok("""{"results":[]}"""));
        var structure = wire.Get<IReadsStructure>(Platform.Google);
        while (wire.Clock.Waits.Count == 0) await structure.ReadCampaignsAsync(Wire.OnGoogle, ["1"], default);
        var waits = wire.Clock.Waits.Count;

        wire.Answers(Answer.Ok("""{"results":[{"resourceName":"customers/1/campaigns/2"}]}"""));
        await wire.Get<IPublishes>(Platform.Google).CarryOutAsync(Wire.OnGoogle, Campaign with { Body = new JsonObject { ["operations"] = new JsonArray(new JsonObject()) } }, default);

        wire.Clock.Waits.Count.ShouldBe(waits);
    }

    [Fact]
    public async Task A_platform_that_is_down_is_left_alone_for_a_while()
    {
        wire.Answers(Broken);
        for (var i = 0; i < 7; i++) await ReadAsync();
        var sent = wire.Sent.Count;

        Failed(await ReadAsync()).Code.ShouldBe("circuit");
        wire.Sent.Count.ShouldBe(sent);

        wire.Clock.Advance(TimeSpan.FromSeconds(16));
        wire.Answers(Answer.Ok(Me), Answer.Ok("""{"data":[]}"""));
        (await ReadAsync()).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task No_refusal_however_frequent_counts_as_being_down()
    {
        wire.Answers(new Answer(400, """{"error":{"message":"No.","code":100}}"""));
        for (var i = 0; i < 30; i++) Failed(await ReadAsync()).Kind.ShouldBe(PlatformFailureKind.InvalidRequest);
    }

    [Fact]
    public async Task Tokens_travel_in_headers_and_never_in_addresses()
    {
        wire.Answers(Answer.Ok(Me), Answer.Ok("""{"data":[]}"""));
        await ReadAsync();

        wire.Sent.ShouldAllBe(s => !s.Uri.ToString().Contains("meta-token") && s.Headers["Authorization"] == "Bearer meta-token");
        wire.Sent[0].Query["appsecret_proof"].Length.ShouldBe(64);
        Wire.OnMeta.ToString().ShouldNotContain("meta-token");
    }

    [Fact]
    public void A_missing_identity_in_Live_mode_says_which_setting_is_missing()
    {
        using var bare = new Wire(new() { ["AdPlatforms:Meta:ClientId"] = "" });

        Should.Throw<InvalidOperationException>(() => bare.Get<IAuthorizes>(Platform.Meta).AuthorizeUrl("s", new("https://studio.example/back"), null)).Message.ShouldContain("AdPlatforms:Meta:ClientId");
    }

    public void Dispose() => wire.Dispose();
}
