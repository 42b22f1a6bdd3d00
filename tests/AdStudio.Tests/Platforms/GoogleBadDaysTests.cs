using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using AdStudio.Tests.Sandbox;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>Google's bad days: what breaks, refuses, vanishes or changes while it is used.</summary>
public sealed class GoogleBadDaysTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private PlatformTokens tokens = null!;
    private LaunchBrief brief = null!;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync();
        (access, _, tokens) = await adapters.ConnectAsync(Platform.Google);
        brief = Briefs.Google() with
        {
            Account = access.Account!, Audience = new AudienceSpec { Places = [Briefs.UnitedStates], AgeMin = 25, AgeMax = 44 }, Creatives = [Briefs.Image, Briefs.Carousel],
            Audiences = [new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null)],
        };
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private IPublishes Publishes => adapters.Get<IPublishes>(Platform.Google);
    private FaultDial Faults => adapters.Host.Control.Faults;
    private GoogleUser Google => new(adapters.Host, access.AccessToken, "", access.Account!.ManagerExternalId);

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

    private async Task<PlatformFailure> ReadFailsAsync() => (await adapters.Get<IReadsStructure>(Platform.Google).ReadCampaignsAsync(access, ["1"], default)).Refusal.ShouldBeOfType<PlatformFailure>();

    [Theory]
    [InlineData(CallKinds.AudienceCreate, FaultKind.TimeoutAfter)]
    [InlineData(CallKinds.BudgetCreate, FaultKind.TimeoutAfter)]
    [InlineData(CallKinds.CampaignCreate, FaultKind.TimeoutAfter)]
    [InlineData(CallKinds.TargetingCreate, FaultKind.TimeoutAfter)]
    [InlineData(CallKinds.AdSetCreate, FaultKind.TimeoutAfter)]
    [InlineData(CallKinds.ImageUpload, FaultKind.TimeoutAfter)]
    [InlineData(CallKinds.AdCreate, FaultKind.TimeoutAfter)]
    [InlineData(CallKinds.CampaignCreate, FaultKind.TimeoutBefore)]
    [InlineData(CallKinds.AdCreate, FaultKind.Malformed)]
    [InlineData(CallKinds.AdSetCreate, FaultKind.Error500)]
    public async Task An_answer_that_is_lost_never_makes_anything_twice(string call, FaultKind fault)
    {
        Faults.Arm("google", call, fault);

        var (done, failure, adopted) = await LaunchAsync(brief);

        (failure, adopted).ShouldBe((null, 1));
        adapters.Host.Control.Objects("google").CountBy(o => o.Kind).ToDictionary().ShouldBe(new Dictionary<string, int> { ["campaign"] = 1, ["adset"] = 1, ["ad"] = 2 }, ignoreOrder: true);
        foreach (var (resource, field) in new[] { ("campaign_budget", "campaignBudget"), ("user_list", "userList") })
            (await Google.QueryAsync($"SELECT {resource}.id FROM {resource}", access.Account!.ExternalId)).Select(r => r[field]!["id"]!.ToString()).ShouldBe([done[field == "userList" ? "audience:1" : "budget"]]);
    }

    [Fact]
    public async Task The_second_step_of_criteria_is_found_again_like_the_first()
    {
        var done = new Dictionary<string, string>();
        foreach (var step in Publishes.PlanLaunch(brief).Steps)
        {
            if (step.Key == "targeting") Faults.Arm("google", CallKinds.TargetingCreate, FaultKind.TimeoutAfter);
            var result = await Publishes.CarryOutAsync(access, step.Fill(done), default);
            result.IsDone.ShouldBe(step.Key != "targeting");
            done[step.Key] = result.IsDone ? result.Value : (await Publishes.FindAsync(access, step.Fill(done), default)).Value.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_limit_in_the_middle_of_a_launch_says_when_to_go_on_and_keeps_what_is_there()
    {
        Faults.Arm("google", CallKinds.AdCreate, FaultKind.RateLimit, retryAfterSeconds: 600);

        var (done, failure, _) = await LaunchAsync(brief);

        (failure!.Kind, failure.RetryAt > DateTimeOffset.UtcNow.AddMinutes(8)).ShouldBe((PlatformFailureKind.RateLimited, true));
        done.Keys.ShouldContain("adset");
        // Nothing is sent before that time, not even a question.
        (await ReadFailsAsync()).Code.ShouldBe("budget");
    }

    [Fact]
    public async Task A_limit_in_the_middle_of_reading_numbers_says_when_to_go_on()
    {
        Faults.Arm("google", CallKinds.InsightsRead, FaultKind.RateLimit, retryAfterSeconds: 900);

        var read = new List<PlatformFailure>();
        await foreach (var row in adapters.Get<IReadsInsights>(Platform.Google).ReadInsightsAsync(access, new(MetricLevel.Ad, new(2026, 1, 1), new(2026, 6, 1)), default)) read.Add(row.Refusal.ShouldBeOfType<PlatformFailure>());

        read.Single().ShouldSatisfyAllConditions(f => f.Kind.ShouldBe(PlatformFailureKind.RateLimited), f => f.RetryAt!.Value.ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(13)), f => f.Code.ShouldBe("quotaError.RESOURCE_EXHAUSTED"));
    }

    [Fact]
    public async Task An_expired_token_is_renewed_until_the_consent_is_withdrawn()
    {
        adapters.Host.Control.ExpireTokens("google").ShouldBeGreaterThan(0);
        (await ReadFailsAsync()).Kind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);
        access = access with { AccessToken = (await adapters.Get<IAuthorizes>(Platform.Google).RefreshAsync(tokens.AccessToken, tokens.RefreshToken, default)).Value.AccessToken };
        (await adapters.Get<IReadsStructure>(Platform.Google).ReadCampaignsAsync(access, ["1"], default)).IsDone.ShouldBeTrue();

        adapters.Host.Control.RevokeGrants("google");

        (await ReadFailsAsync()).Kind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);
        (await adapters.Get<IAuthorizes>(Platform.Google).RefreshAsync(access.AccessToken, tokens.RefreshToken, default)).Refusal.ShouldBeOfType<PlatformFailure>()
            .ShouldSatisfyAllConditions(f => f.Kind.ShouldBe(PlatformFailureKind.ExpiredAuthorization), f => f.Code.ShouldBe("invalid_grant"));
    }

    [Fact]
    public async Task Somebody_who_may_no_longer_use_the_account_is_told_so()
    {
        // Tomás has the American account only, and no manager.
        var other = await adapters.Host.GoogleAsync("107002", null);
        access = access with { AccessToken = other.Token, Account = access.Account! with { ExternalId = GoogleUser.Eur, ManagerExternalId = null } };

        var (_, failure, _) = await LaunchAsync(brief with { Account = access.Account });

        failure!.ShouldSatisfyAllConditions(f => f.Kind.ShouldBe(PlatformFailureKind.MissingPermission), f => f.Code.ShouldBe("authorizationError.USER_PERMISSION_DENIED"));
    }

    [Fact]
    public async Task A_suspended_account_takes_nothing_and_says_why()
    {
        adapters.Host.Control.SetAccountStatus("google", access.Account!.ExternalId, "SUSPENDED").ShouldBeTrue();

        (await LaunchAsync(brief)).Failure!.ShouldSatisfyAllConditions(f => f.Kind.ShouldBe(PlatformFailureKind.MissingPermission), f => f.Message.ShouldContain("suspended"));
        (await adapters.Get<IListsAccounts>(Platform.Google).ListAccountsAsync(access, default)).Value.Single(a => a.ExternalId == access.Account.ExternalId).Status.ShouldBe(AdAccountStatus.Disabled);
    }

    [Fact]
    public async Task An_ad_that_is_disapproved_after_it_was_switched_on_says_why()
    {
        var (done, _, _) = await LaunchAsync(brief with { Audiences = [], Creatives = [Briefs.Image with { Headline = "Get rich quick" }] });

        var state = (await adapters.Get<IReadsStructure>(Platform.Google).ReadCampaignsAsync(access, [done["campaign"]], default)).Value.Single();

        state.Status.ShouldBe(PlatformStatus.Rejected);
        state.AdSets.Single().Ads.Single().Rejection.ShouldBe("Disapproved: UNRELIABLE_CLAIMS.");
    }

    [Fact]
    public async Task A_campaign_that_was_removed_on_Google_is_missing_cannot_be_paused_and_may_be_removed()
    {
        var (done, _, _) = await LaunchAsync(brief with { Audiences = [] });
        var launched = new LaunchedObjects(brief.Account, brief.Marker, done);
        await Google.MutateAsync("campaigns", new { remove = $"customers/{access.Account!.ExternalId}/campaigns/{done["campaign"]}" }, access.Account.ExternalId);

        (await adapters.Get<IReadsStructure>(Platform.Google).ReadCampaignsAsync(access, [done["campaign"]], default)).Value.ShouldBeEmpty();
        (await Publishes.CarryOutAsync(access, Publishes.PlanPause(launched).Single().Fill(done), default)).Refusal.ShouldBeOfType<PlatformFailure>().Message.ShouldContain("removed");
        foreach (var step in Publishes.PlanRemove(launched)) (await Publishes.CarryOutAsync(access, step.Fill(done), default)).IsDone.ShouldBeTrue(step.Key);
    }

    [Fact]
    public async Task Half_an_answer_is_asked_for_again_and_given_up_when_it_never_comes_whole()
    {
        Faults.Arm("google", CallKinds.StructureRead, FaultKind.Malformed);
        (await adapters.Get<IReadsStructure>(Platform.Google).ReadCampaignsAsync(access, ["1"], default)).Value.ShouldBeEmpty();

        Faults.Arm("google", CallKinds.StructureRead, FaultKind.Malformed, times: 9);
        (await ReadFailsAsync()).Kind.ShouldBe(PlatformFailureKind.Unavailable);
    }

    [Fact]
    public async Task A_version_that_is_no_longer_served_is_told_apart()
    {
        Faults.Arm("google", CallKinds.Any, FaultKind.VersionRetired);
        (await ReadFailsAsync()).ShouldSatisfyAllConditions(f => f.Kind.ShouldBe(PlatformFailureKind.VersionRetired), f => f.Code.ShouldBe("requestError.UNSUPPORTED_VERSION"));

        using var old = await adapters.Host.Http.PostAsync(adapters.Host.Url + "/google/v21/customers/1/googleAds:search", null);
        (await old.Content.ReadAsStringAsync()).ShouldContain("UNSUPPORTED_VERSION");
    }

    [Fact]
    public async Task A_developer_who_may_not_send_customer_lists_is_told_since_when()
    {
        await using var strict = await SandboxedAdapters.StartAsync(o => o.GoogleTakesCustomerLists = false);
        var (there, _, _) = await strict.ConnectAsync(Platform.Google);
        var syncs = strict.Get<ISyncsAudiences>(Platform.Google);
        var list = (await syncs.CreateAudienceAsync(there, brief.Audiences[0], null, "VIP1MARK", default)).Value;

        var failure = (await syncs.SendMembersAsync(there, list, new(1, 1, true, 1, Remove: false, [new(new string('a', 64), null)]), default)).Refusal.ShouldBeOfType<PlatformFailure>();

        (failure.Kind, failure.Code).ShouldBe((PlatformFailureKind.MissingPermission, "notAllowlistedError.CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE"));
        failure.Message.ShouldContain("April 2026");
    }

    [Fact]
    public async Task Pages_that_no_longer_belong_together_are_read_again_from_the_first()
    {
        const string expired = """{"error":{"code":400,"status":"INVALID_ARGUMENT","details":[{"errors":[{"errorCode":{"requestError":"EXPIRED_PAGE_TOKEN"},"message":"The page token has expired."}]}]}}""";
        using var wire = new Wire();
        wire.Answers(Answer.Ok("""{"results":[{"userList":{"id":"1","name":"One"}}],"nextPageToken":"X"}"""), new(400, expired), Answer.Ok("""{"results":[{"userList":{"id":"2","name":"Two"}},{"userList":{"id":"3","name":"Three"}}]}"""));
        (await wire.Get<ISyncsAudiences>(Platform.Google).ListAudiencesAsync(Wire.OnGoogle, default)).Value.Select(a => a.Name).ShouldBe(["Two", "Three"]);

        wire.Answers(new Answer(400, expired));
        (await wire.Get<ISyncsAudiences>(Platform.Google).ListAudiencesAsync(Wire.OnGoogle, default)).Refusal.ShouldBeOfType<PlatformFailure>().ShouldSatisfyAllConditions(f => f.Kind.ShouldBe(PlatformFailureKind.Unavailable), f => f.Code.ShouldBe("changed-while-read"));
    }

    [Fact]
    public async Task The_sandbox_takes_no_page_token_once_the_rows_have_changed()
    {
        await using var paged = await SandboxedAdapters.StartAsync(o => o.GooglePageSize = 2);
        var google = await paged.Host.GoogleAsync();
        for (var i = 0; i < 5; i++) await google.LaunchAsync($"Autumn {i}");
        const string query = "SELECT campaign.id FROM campaign WHERE campaign.status != 'REMOVED'";

        var first = await google.PostAsync($"customers/{GoogleUser.Usd}/googleAds:search", new { query });
        var token = first["nextPageToken"]!.ToString();
        (await google.PostAsync($"customers/{GoogleUser.Usd}/googleAds:search", new { query, pageToken = token }))["results"]!.AsArray().Count.ShouldBe(2);
        await google.MutateAsync("campaigns", new { remove = first["results"]![0]!["campaign"]!["resourceName"]!.ToString() });

        (await google.RefusedAsync($"customers/{GoogleUser.Usd}/googleAds:search", new { query, pageToken = token }))["errorCode"]!["requestError"]!.ToString().ShouldBe("EXPIRED_PAGE_TOKEN");
    }

    [Fact]
    public async Task A_campaign_made_or_removed_while_everything_is_read_hides_no_other()
    {
        for (var i = 0; i < 101; i++) await Google.LaunchAsync($"Autumn {i}", customer: access.Account!.ExternalId);
        var found = new List<string>();

        await foreach (var campaign in adapters.Get<IImportsCampaigns>(Platform.Google).ReadAllAsync(access, default))
        {
            if (found.Count == 0)
            {
                await Google.MutateAsync("campaigns", new { remove = $"customers/{access.Account!.ExternalId}/campaigns/{campaign.Value.ExternalId}" }, access.Account.ExternalId);
                await Google.LaunchAsync("Late", customer: access.Account.ExternalId);
            }
            found.Add(campaign.Value.Name);
        }

        found.ShouldBe([.. Enumerable.Range(0, 101).Select(i => $"Autumn {i}"), "Late"]);
    }
}
