using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Operations;
using AdStudio.Core.Partners;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Partners;

/// <summary>Seed 004's one call, from its example to every way in which it can end.</summary>
public sealed class CreateCampaignTests(PartnerStage stage) : IClassFixture<PartnerStage>
{
    [Fact]
    public async Task The_seeds_example_is_accepted_and_waits_for_a_person_because_its_mode_is_draft()
    {
        var body = $$"""
            {
                "adAccountId": "{{stage.AccountOf(Platform.Meta)}}",
                "name": "Q3 prospecting",
                "outcome": "conversions",
                "dailyBudgetCents": 5000,
                "campaignManagementMode": "draft",
                "creativeMode": "autopilot"
              }
            """;

        var accepted = (await stage.Caller.PostAsync(stage.Campaigns(), body)).ShouldBe(HttpStatusCode.Accepted).Body.AsObject();

        accepted.Select(p => p.Key).ShouldBe(["jobId", "campaignId", "verdictId", "kind", "status", "platform", "authority", "locationUrl"]);
        accepted["jobId"]!.GetValue<string>().ShouldStartWith("job_");
        accepted["campaignId"]!.GetValue<string>().ShouldStartWith("cmp_");
        accepted["verdictId"]!.GetValue<string>().ShouldStartWith("ver_");
        accepted["kind"]!.GetValue<string>().ShouldBe("ads_create_campaign");
        accepted["status"]!.GetValue<string>().ShouldBe("running");
        accepted["platform"]!.GetValue<string>().ShouldBe("meta");
        accepted["authority"]!.ToJsonString().ShouldBe("""{"creative":"auto","tactical":"draft","structural":"draft"}""");
        accepted["locationUrl"]!.GetValue<string>().ShouldBe($"/v1/jobs/{accepted["jobId"]}");

        var job = (await stage.Caller.GetAsync(accepted["locationUrl"]!.GetValue<string>())).ShouldBe(HttpStatusCode.OK).Body;
        job["stage"]!.GetValue<string>().ShouldBe("awaiting_approval");
        job["status"]!.GetValue<string>().ShouldBe("running");
        job["result"].ShouldBeNull();

        // 5000 cents are $50.00 a day.
        await using var db = await stage.App.Studio.OpenAsync(stage.App.Scene.Admin, default);
        var id = PartnerStage.IdOf("cmp", accepted["campaignId"]);
        (await db.Campaigns.SingleAsync(c => c.Id == id)).BudgetMicros.ShouldBe(50_000_000);
        (await db.Operations.AnyAsync(o => o.CampaignId == id)).ShouldBeFalse();

        await db.Approvals.Where(a => a.CampaignId == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.State, ApprovalState.Declined).SetProperty(a => a.PendingKey, (string?)null)
            .SetProperty(a => a.DecidedByName, "Ada").SetProperty(a => a.Reason, "Too early.").SetProperty(a => a.DecidedAt, (DateTimeOffset?)DateTimeOffset.UnixEpoch));
        var declined = (await stage.Caller.GetAsync(accepted["locationUrl"]!.GetValue<string>())).Body;
        declined["status"]!.GetValue<string>().ShouldBe("failed");
        declined["error"]!["code"]!.GetValue<string>().ShouldBe("AUTHORITY_DECLINED");
        declined["error"]!["message"]!.GetValue<string>().ShouldContain("Too early.");
    }

    [Theory]
    [InlineData("meta", "traffic"), InlineData("google", "traffic"), InlineData("tiktok", "traffic"), InlineData("linkedin", "traffic"), InlineData("pinterest", "traffic"), InlineData("snapchat", "traffic"), InlineData("apple", "app_installs")]
    public async Task On_every_platform_a_campaign_is_launched_and_its_job_ends(string platform, string outcome)
    {
        PlatformNames.TryParse(platform, out var known).ShouldBeTrue();
        var (accepted, job) = await stage.CreatedAsync(stage.Body($"On {platform}", b => b["outcome"] = outcome, known), platform);

        job["status"]!.GetValue<string>().ShouldBe("completed", job.ToJsonString());
        job["progress"]!["done"]!.GetValue<int>().ShouldBe(job["progress"]!["total"]!.GetValue<int>());
        job["result"]!["platformCampaignId"]!.GetValue<string>().ShouldNotBeEmpty();
        var campaign = (await stage.Caller.GetAsync($"{stage.Campaigns(platform)}/{accepted["campaignId"]}")).ShouldBe(HttpStatusCode.OK).Body;
        campaign["platformCampaignId"]!.GetValue<string>().ShouldBe(job["result"]!["platformCampaignId"]!.GetValue<string>());
        campaign["dailyBudgetCents"]!.GetValue<long>().ShouldBe(5000);
        campaign["outcome"]!.GetValue<string>().ShouldBe(outcome);
        campaign["jobs"]![0]!["jobId"]!.GetValue<string>().ShouldBe(accepted["jobId"]!.GetValue<string>());
    }

    [Fact]
    public async Task With_the_structural_axis_off_nothing_is_made_and_the_refusal_says_by_which_verdict() => await stage.WithAuthorityAsync(new(AuthorityMode.Off, AuthorityMode.Auto, AuthorityMode.Auto), async () =>
    {
        var reply = await stage.Caller.PostAsync(stage.Campaigns(), stage.Body("Denied"));

        var error = reply.ShouldFail(HttpStatusCode.Forbidden, "AUTHORITY_DENIED").AsObject();
        reply.Body.AsObject().Select(p => p.Key).ShouldBe(["error"]);
        error.Select(p => p.Key).ShouldBe(["code", "message", "requestId", "details"]);
        error["message"]!.GetValue<string>().ShouldBe("AdStudio's structural axis is set to 'off'; campaign-create denied.");
        error["details"]!.AsObject().Select(p => p.Key).ShouldBe(["verdictId", "axis", "currentMode"]);
        error["details"]!["axis"]!.GetValue<string>().ShouldBe("structural");
        error["details"]!["currentMode"]!.GetValue<string>().ShouldBe("off");
        (await stage.CountAsync("Denied")).ShouldBe(0);
        await using var db = await stage.App.Studio.OpenAsync(stage.App.Scene.Admin, default);
        var verdict = PartnerStage.IdOf("ver", error["details"]!["verdictId"]);
        (await db.Verdicts.SingleAsync(v => v.Id == verdict)).Outcome.ShouldBe(VerdictOutcome.Denied);
    });

    [Fact]
    public async Task Two_modes_set_three_axes()
    {
        foreach (var (mode, axis) in new[] { ("manual", "off"), ("draft", "draft"), ("autopilot", "auto") })
            foreach (var (creative, its) in new[] { ("manual", "off"), ("draft", "draft"), ("autopilot", "auto") })
            {
                var accepted = (await stage.Caller.PostAsync(stage.Campaigns(), stage.Body($"{mode} {creative}", b => (b["campaignManagementMode"], b["creativeMode"]) = (mode, creative)))).ShouldBe(HttpStatusCode.Accepted).Body;
                accepted["authority"]!.ToJsonString().ShouldBe($$"""{"creative":"{{its}}","tactical":"{{axis}}","structural":"{{axis}}"}""");
            }
    }

    [Theory]
    [InlineData("lifetimeBudgetCents", "5000", "lifetimeBudgetCents")]
    [InlineData("dailyBudgetCents", null, "dailyBudgetCents")]
    [InlineData("dailyBudgetCents", "0", "dailyBudgetCents")]
    [InlineData("dailyBudgetCents", "12.5", "dailyBudgetCents")]
    [InlineData("adAccountId", null, "adAccountId")]
    [InlineData("name", "\"\"", "name")]
    [InlineData("name", "long", "name")]
    [InlineData("outcome", "\"awareness\"", "outcome")]
    [InlineData("campaignManagementMode", "\"sometimes\"", "campaignManagementMode")]
    [InlineData("creativeMode", null, "creativeMode")]
    [InlineData("startTime", "\"2026-12-01T00:00:00\"", "startTime")]
    [InlineData("endTime", "\"2026-01-01T00:00:00Z\"", "endTime")]
    [InlineData("targeting", """{"countries":["XX"]}""", "targeting.countries[0]")]
    [InlineData("bidStrategy", """{"type":"cost_cap"}""", "bidStrategy.amountCents")]
    [InlineData("bidStrategy", """{"type":"target_roas","roas":2}""", "bidStrategy.type")]
    [InlineData("creativeIds", """["nobody's"]""", "creativeIds[0]")]
    [InlineData("metadata", "[]", "metadata")]
    public async Task What_is_wrong_is_named(string field, string? value, string named)
    {
        var body = stage.Body("Wrong");
        if (value is null) body.Remove(field);
        else body[field] = value == "long" ? new string('n', 129) : JsonNode.Parse(value);

        (await stage.Caller.PostAsync(stage.Campaigns(), body)).ShouldFail(HttpStatusCode.BadRequest, "VALIDATION").Fields().ShouldContain(named);
        (await stage.CountAsync("Wrong")).ShouldBe(0);
    }

    [Fact]
    public async Task A_lifetime_budget_needs_its_end_and_its_minimum()
    {
        void Lifetime(JsonObject b)
        {
            b.Remove("dailyBudgetCents");
            (b["lifetimeBudgetCents"], b["campaignManagementMode"]) = (90_000, "draft");
        }

        (await stage.Caller.PostAsync(stage.Campaigns(), stage.Body("For life", Lifetime))).ShouldFail(HttpStatusCode.BadRequest, "VALIDATION").Fields().ShouldBe(["endTime"]);
        var accepted = (await stage.Caller.PostAsync(stage.Campaigns(), stage.Body("For life", b =>
        {
            Lifetime(b);
            b["endTime"] = "2026-12-01T00:00:00Z";
        }))).ShouldBe(HttpStatusCode.Accepted).Body;
        (await stage.Caller.GetAsync($"{stage.Campaigns()}/{accepted["campaignId"]}")).Body["lifetimeBudgetCents"]!.GetValue<long>().ShouldBe(90_000);
    }

    [Fact]
    public async Task Who_may_not_is_told_so_without_learning_what_is_there()
    {
        var body = stage.Body("Nobody's");
        (await new Partner(stage.App.Address).PostAsync(stage.Campaigns(), body)).ShouldFail(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        (await (await stage.CallerAsync("ads:read")).PostAsync(stage.Campaigns(), body)).ShouldFail(HttpStatusCode.Forbidden, "FORBIDDEN_SCOPE");
        (await stage.Caller.PostAsync($"/v1/projects/{stage.App.Strangers.Workspace.Id}/ads/meta/campaigns", body)).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await stage.Caller.PostAsync($"/v1/projects/{Guid.NewGuid()}/ads/meta/campaigns", body)).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await stage.Caller.PostAsync(stage.Campaigns("myspace"), body)).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await stage.Caller.PostAsync(stage.Campaigns("tiktok"), body)).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND"); // Meta's account
        (await stage.Caller.PostAsync(stage.Campaigns(), stage.Body("Nobody's", b => b["adAccountId"] = stage.App.Strangers.Meta.Id.ToString()))).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await stage.CountAsync("Nobody's")).ShouldBe(0);
    }

    [Fact]
    public async Task Fifty_at_once_with_one_key_make_one_campaign_and_one_launch()
    {
        var caller = stage.Caller.With("Idempotency-Key", "fifty");
        var body = stage.Body("Fifty at once");

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => caller.PostAsync(stage.Campaigns(), body)));

        replies.ShouldAllBe(r => r.Status == HttpStatusCode.Accepted);
        replies.Select(r => r.Text).Distinct().Count().ShouldBe(1);
        (await stage.CountAsync("Fifty at once")).ShouldBe(1);
        (await stage.EndedAsync(replies[0].Body))["status"]!.GetValue<string>().ShouldBe("completed");
        (await caller.PostAsync(stage.Campaigns(), stage.Body("Another"))).ShouldFail(HttpStatusCode.Conflict, "IDEMPOTENCY_CONFLICT");
    }

    [Fact]
    public async Task What_was_saved_before_the_studio_died_is_launched_once_whoever_comes_first()
    {
        // As it stands when the process dies between the save and the launch.
        var spec = new CampaignSpec
        {
            Objective = Objective.Traffic, Platforms = [new PlatformChoice { Platform = Platform.Meta, AdAccountId = stage.Accounts[Platform.Meta].Id }], Budget = new BudgetSpec { AmountMicros = 50_000_000, Currency = "USD" },
            CreativeIds = [await WideAsync()],
        };
        var key = await stage.App.KeyAsync(stage.App.Scene);
        var caller = (await stage.App.Get<ApiKeys>().FindAsync(key, "api/partner", default))!;
        var job = new PartnerJob { OrganizationId = caller.OrganizationId, WorkspaceId = stage.App.Scene.Workspace.Id, Platform = Platform.Meta, RequestedById = caller.Id, RequestedVia = "api/partner", CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch };
        var made = await stage.App.Get<CreateCampaign>().RunAsync(caller, stage.App.Scene.Workspace.Id, "Cut off", spec, null, default, given: new GivenCampaign
        {
            Beside = c =>
            {
                job.CampaignId = c.Id;
                return job;
            },
        });
        (await stage.Caller.GetAsync($"/v1/jobs/{job.Id}")).Body["stage"]!.GetValue<string>().ShouldBe("preparing");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => stage.App.Get<ContinuePartnerJobs>().RunAsync(default)));

        var ended = await stage.Caller.UntilAsync($"/v1/jobs/{job.Id}", j => j["status"]!.GetValue<string>() != "running");
        ended["status"]!.GetValue<string>().ShouldBe("completed", ended.ToJsonString());
        await using var db = await stage.App.Studio.OpenAsync(stage.App.Scene.Admin, default);
        (await db.Operations.CountAsync(o => o.CampaignId == made.Value.Id && o.Kind == OperationKind.Launch)).ShouldBe(1);
    }

    [Fact]
    public async Task Metadata_of_eight_kilobytes_comes_back_and_a_byte_more_is_refused()
    {
        JsonObject Of(int bytes)
        {
            var metadata = new JsonObject { ["ünïcode"] = "<b>&'\"" };
            metadata["fill"] = new string('x', bytes - System.Text.Encoding.UTF8.GetByteCount("""{"ünïcode":"<b>&'\"","fill":""}"""));
            return metadata;
        }
        void With(JsonObject b, int bytes) => (b["metadata"], b["campaignManagementMode"]) = (Of(bytes), "draft");

        var accepted = (await stage.Caller.PostAsync(stage.Campaigns(), stage.Body("Much said", b => With(b, 8192)))).ShouldBe(HttpStatusCode.Accepted).Body;
        var read = (await stage.Caller.GetAsync($"{stage.Campaigns()}/{accepted["campaignId"]}")).Body["metadata"];
        JsonNode.DeepEquals(read, Of(8192)).ShouldBeTrue();
        var halves = stage.Body("Half said", b => b["metadata"] = new JsonObject()).ToJsonString().Replace("{}", """{"half":"\ud800"}""", StringComparison.Ordinal);
        (await stage.Caller.PostAsync(stage.Campaigns(), halves)).ShouldFail(HttpStatusCode.BadRequest, "VALIDATION").Fields().ShouldBe(["metadata"]);
        (await stage.Caller.PostAsync(stage.Campaigns(), stage.Body("Too much said", b => With(b, 8193)))).ShouldFail(HttpStatusCode.BadRequest, "VALIDATION").Fields().ShouldBe(["metadata"]);
    }

    [Theory]
    [InlineData("JPY", 5_000, 5_000_000_000), InlineData("KWD", 5_000, 5_000_000), InlineData("USD", 5_000, 50_000_000)]
    public async Task Cents_are_the_currencys_minor_unit(string currency, long cents, long micros)
    {
        var account = stage.Accounts[Platform.Meta];
        await CurrencyAsync(currency);
        try
        {
            var accepted = (await stage.Caller.PostAsync(stage.Campaigns(), stage.Body($"In {currency}", b => (b["dailyBudgetCents"], b["campaignManagementMode"]) = (cents, "draft")))).ShouldBe(HttpStatusCode.Accepted).Body;
            await using var db = await stage.App.Studio.OpenAsync(stage.App.Scene.Admin, default);
            var id = PartnerStage.IdOf("cmp", accepted["campaignId"]);
            (await db.Campaigns.SingleAsync(c => c.Id == id)).BudgetMicros.ShouldBe(micros);
            (await stage.Caller.GetAsync($"{stage.Campaigns()}/{accepted["campaignId"]}")).Body["dailyBudgetCents"]!.GetValue<long>().ShouldBe(cents);
        }
        finally
        {
            await CurrencyAsync(account.Currency);
        }

        async Task CurrencyAsync(string code)
        {
            await using var db = await stage.App.Studio.OpenAsync(stage.App.Scene.Admin, default);
            await db.AdAccounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Currency, code));
        }
    }

    [Fact]
    public async Task Without_any_creative_the_job_fails_in_words()
    {
        await SetDeletedAsync(DateTimeOffset.UnixEpoch);
        try
        {
            var (accepted, job) = await stage.CreatedAsync(stage.Body("Nothing to show"));

            accepted["verdictId"]!.GetValue<string>().ShouldStartWith("ver_");
            job["status"]!.GetValue<string>().ShouldBe("failed");
            job["error"]!["code"]!.GetValue<string>().ShouldBe("VALIDATION");
            job["error"]!["message"]!.GetValue<string>().ShouldContain("creative");
        }
        finally
        {
            await SetDeletedAsync(null);
        }

        async Task SetDeletedAsync(DateTimeOffset? at)
        {
            await using var db = await stage.App.Studio.OpenAsync(stage.App.Scene.Admin, default);
            await db.Creatives.IgnoreQueryFilters([Core.Data.StudioDb.DeletedFilter]).ExecuteUpdateAsync(set => set.SetProperty(c => c.DeletedAt, at));
        }
    }

    private async Task<Guid> WideAsync()
    {
        await using var db = await stage.App.Studio.OpenAsync(stage.App.Scene.Admin, default);
        return await db.Creatives.Where(c => c.ExternalKey == "wide").Select(c => c.Id).SingleAsync();
    }
}
