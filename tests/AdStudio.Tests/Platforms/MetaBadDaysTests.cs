using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using AdStudio.Tests.Sandbox;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>Meta's bad days: what breaks, refuses, vanishes or changes while it is used.</summary>
public sealed class MetaBadDaysTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private PlatformTokens tokens = null!;
    private LaunchBrief brief = null!;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync();
        (access, var account, tokens) = await adapters.ConnectAsync(Platform.Meta);
        brief = Briefs.Meta() with
        {
            Account = access.Account!, Page = account.Assets.First(a => a.Kind == AccountAssetKind.Page), Instagram = null, Creatives = [Briefs.Image, Briefs.Video], Audiences = [new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null)],
        };
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private IPublishes Publishes => adapters.Get<IPublishes>(Platform.Meta);
    private FaultDial Faults => adapters.Host.Control.Faults;

    /// <summary>Carries a launch out; what gave no answer is looked for, and carried out once more when it is not there.</summary>
    private async Task<(Dictionary<string, string> Done, PlatformFailure? Failure, int Adopted)> LaunchAsync(LaunchBrief launch)
    {
        var (done, adopted) = (new Dictionary<string, string>(), 0);
        foreach (var step in Publishes.PlanLaunch(launch).Steps)
        {
            var result = await Publishes.CarryOutAsync(access, step.Fill(done), default);
            if (result.Refusal is PlatformFailure { Kind: PlatformFailureKind.UnknownOutcome })
            {
                done[step.Key] = (await Publishes.FindAsync(access, step.Fill(done), default)).Value ?? (await Publishes.CarryOutAsync(access, step.Fill(done), default)).Value;
                adopted++;
                continue;
            }
            if (result.Refusal is PlatformFailure failure) return (done, failure, adopted);
            done[step.Key] = result.Value;
        }
        return (done, null, adopted);
    }

    private async Task<PlatformFailure> ReadFailsAsync() => (await adapters.Get<IReadsStructure>(Platform.Meta).ReadCampaignsAsync(access, ["1"], default)).Refusal.ShouldBeOfType<PlatformFailure>();

    [Theory]
    [InlineData(CallKinds.AudienceCreate)]
    [InlineData(CallKinds.CampaignCreate)]
    [InlineData(CallKinds.AdSetCreate)]
    [InlineData(CallKinds.VideoUpload)]
    [InlineData(CallKinds.CreativeCreate)]
    [InlineData(CallKinds.AdCreate)]
    public async Task An_answer_that_is_lost_after_the_work_never_makes_anything_twice(string call)
    {
        Faults.Arm("meta", call, FaultKind.TimeoutAfter);

        var (done, failure, adopted) = await LaunchAsync(brief);

        (failure, adopted).ShouldBe((null, 1));
        adapters.Host.Control.Objects("meta").CountBy(o => o.Kind).ToDictionary().ShouldBe(new Dictionary<string, int> { ["campaign"] = 1, ["adset"] = 1, ["ad"] = 2 }, ignoreOrder: true);
        done.Values.ShouldAllBe(id => id.Length > 0);
    }

    [Fact]
    public async Task A_limit_in_the_middle_of_a_launch_says_when_to_go_on_and_keeps_what_is_there()
    {
        Faults.Arm("meta", CallKinds.CreativeCreate, FaultKind.RateLimit, retryAfterSeconds: 600);

        var (done, failure, _) = await LaunchAsync(brief);

        (failure!.Kind, failure.RetryAt > DateTimeOffset.UtcNow.AddMinutes(8)).ShouldBe((PlatformFailureKind.RateLimited, true));
        done.Keys.ShouldContain("adset");
        // Nothing is sent before that time, not even a question.
        (await ReadFailsAsync()).Code.ShouldBe("budget");
    }

    [Fact]
    public async Task A_token_that_has_expired_can_be_no_more_exchanged()
    {
        adapters.Host.Control.ExpireTokens("meta").ShouldBeGreaterThan(0);

        (await ReadFailsAsync()).Kind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);
        (await adapters.Get<IAuthorizes>(Platform.Meta).RefreshAsync(tokens.AccessToken, null, default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);
    }

    [Fact]
    public async Task A_withdrawn_permission_is_named()
    {
        await new MetaUser(adapters.Host, access.AccessToken).SendAsync(HttpMethod.Delete, "me/permissions?permission=ads_management");

        var (_, failure, _) = await LaunchAsync(brief);

        failure!.Kind.ShouldBe(PlatformFailureKind.MissingPermission);
        failure.Message.ShouldContain("ads_management");
        (await adapters.Get<IAuthorizes>(Platform.Meta).WhoAmIAsync(access, default)).Value.MissingScopes.ShouldBe(["ads_management"]);
    }

    [Theory]
    [InlineData("2", "disabled", AdAccountStatus.Disabled)]
    [InlineData("3", "outstanding balance", AdAccountStatus.Unsettled)]
    public async Task An_account_that_takes_nothing_says_why_in_its_own_words(string status, string words, AdAccountStatus shown)
    {
        adapters.Host.Control.SetAccountStatus("meta", access.Account!.ExternalId[4..], status).ShouldBeTrue();

        (await LaunchAsync(brief)).Failure!.ShouldSatisfyAllConditions(f => f.Kind.ShouldBe(PlatformFailureKind.MissingPermission), f => f.Message.ShouldContain(words));
        (await adapters.Get<IListsAccounts>(Platform.Meta).ListAccountsAsync(access, default)).Value.Single(a => a.ExternalId == access.Account.ExternalId).Status.ShouldBe(shown);
    }

    [Fact]
    public async Task An_ad_that_is_rejected_after_it_was_switched_on_says_why()
    {
        var (done, _, _) = await LaunchAsync(brief with { Audiences = [], Creatives = [Briefs.Image with { PrimaryText = "A miracle cure for cold feet" }] });

        var state = (await adapters.Get<IReadsStructure>(Platform.Meta).ReadCampaignsAsync(access, [done["campaign"]], default)).Value.Single();

        state.Status.ShouldBe(PlatformStatus.Rejected);
        state.AdSets.Single().Ads.Single().Rejection!.ShouldContain("Unrealistic outcomes");
    }

    [Fact]
    public async Task A_campaign_that_was_deleted_on_Meta_is_missing_cannot_be_paused_and_may_be_removed()
    {
        var (done, _, _) = await LaunchAsync(brief with { Audiences = [] });
        var launched = new LaunchedObjects(brief.Account, brief.Marker, done);
        await new MetaUser(adapters.Host, access.AccessToken).SendAsync(HttpMethod.Delete, done["campaign"]);

        (await adapters.Get<IReadsStructure>(Platform.Meta).ReadCampaignsAsync(access, [done["campaign"]], default)).Value.ShouldBeEmpty();
        (await Publishes.CarryOutAsync(access, Publishes.PlanPause(launched).Single().Fill(done), default)).Refusal.ShouldBeOfType<PlatformFailure>().Message.ShouldContain("deleted");
        (await Publishes.CarryOutAsync(access, Publishes.PlanRemove(launched).Single().Fill(done), default)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Half_an_answer_is_asked_for_again_and_given_up_when_it_never_comes_whole()
    {
        Faults.Arm("meta", CallKinds.StructureRead, FaultKind.Malformed);
        (await adapters.Get<IReadsStructure>(Platform.Meta).ReadCampaignsAsync(access, ["1"], default)).Value.ShouldBeEmpty();

        Faults.Arm("meta", CallKinds.StructureRead, FaultKind.Malformed, times: 9);
        (await ReadFailsAsync()).Kind.ShouldBe(PlatformFailureKind.Unavailable);
    }

    [Fact]
    public async Task A_version_that_is_no_longer_served_is_told_apart()
    {
        Faults.Arm("meta", CallKinds.Any, FaultKind.VersionRetired);

        (await ReadFailsAsync()).ShouldSatisfyAllConditions(f => f.Kind.ShouldBe(PlatformFailureKind.VersionRetired), f => f.Code.ShouldBe("2635"));
    }

    [Fact]
    public async Task What_moves_between_the_pages_while_they_are_read_is_there_once_as_it_came_last()
    {
        using var wire = new Wire();
        wire.Answers(
            Answer.Ok("""{"data":[{"id":"2","name":"Old"},{"id":"1","name":"One"}],"paging":{"cursors":{"after":"X"},"next":"https://graph.facebook.com/next"}}"""),
            Answer.Ok("""{"data":[{"id":"2","name":"New"},{"id":"3","name":"Three"}]}"""), Answer.Ok("""{"data":[]}"""));

        (await wire.Get<ISyncsAudiences>(Platform.Meta).ListAudiencesAsync(Wire.OnMeta, default)).Value.Select(a => (a.ExternalId, a.Name)).ShouldBe([("1", "One"), ("2", "New"), ("3", "Three")], ignoreOrder: true);
    }

    [Fact]
    public async Task A_page_read_on_after_its_last_object_was_deleted_goes_on_behind_it()
    {
        var meta = new MetaUser(adapters.Host, access.AccessToken);
        var made = new List<string>();
        for (var i = 0; i < 6; i++) made.Add(await meta.IdAsync($"{access.Account!.ExternalId}/customaudiences", new { name = $"List {i}", subtype = "CUSTOM", customer_file_source = "USER_PROVIDED_ONLY" }));

        var first = await meta.GetAsync($"{access.Account!.ExternalId}/customaudiences?fields=id&limit=2");
        await meta.SendAsync(HttpMethod.Delete, first["data"]![1]!["id"]!.ToString());
        var second = await meta.GetAsync(first["paging"]!["next"]!.ToString());

        second["data"]!.AsArray().Select(a => a!["id"]!.ToString()).ShouldBe([made[3], made[2]]);
    }
}
