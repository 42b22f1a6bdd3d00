using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Partners;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Partners;

/// <summary>What a partner reads, and changes part by part.</summary>
public sealed class ProjectTests(PartnerStage stage) : IClassFixture<PartnerStage>
{
    [Fact]
    public async Task Projects_and_ad_accounts_are_where_the_ids_come_from()
    {
        var projects = (await stage.Caller.GetAsync("/v1/projects")).ShouldBe(HttpStatusCode.OK).Body["data"]!.AsArray();
        projects.Select(p => p!["id"]!.GetValue<string>()).ShouldBe([stage.Project]);

        var project = projects[0]!["projectId"]!.GetValue<string>();
        project.ShouldStartWith("ws_");
        var accounts = (await stage.Caller.GetAsync($"/v1/projects/{project}/ads/facebook/ad-accounts")).ShouldBe(HttpStatusCode.OK).Body["data"]!.AsArray();
        var account = accounts.Single(a => a!["id"]!.GetValue<Guid>() == stage.Accounts[Platform.Meta].Id)!;
        account["adAccountId"]!.GetValue<string>().ShouldBe(stage.AccountOf(Platform.Meta));
        (account["platform"]!.GetValue<string>(), account["currency"]!.GetValue<string>(), account["status"]!.GetValue<string>(), account["connected"]!.GetValue<bool>()).ShouldBe(("meta", "USD", "active", true));
        account["timeZone"]!.GetValue<string>().ShouldNotBeEmpty();

        (await stage.Caller.GetAsync($"/v1/projects/{stage.App.Strangers.Workspace.Id}/ads/meta/ad-accounts")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        (await (await stage.CallerAsync("ads:read")).GetAsync("/v1/projects")).ShouldFail(HttpStatusCode.Forbidden, "FORBIDDEN_SCOPE");
        (await (await stage.CallerAsync("ads:read")).GetAsync($"/v1/jobs/{Guid.NewGuid()}")).ShouldFail(HttpStatusCode.Forbidden, "FORBIDDEN_SCOPE");
        (await stage.Caller.GetAsync($"/v1/jobs/{Guid.NewGuid()}")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Campaigns_come_page_by_page_and_none_twice_though_one_is_added_meanwhile()
    {
        foreach (var number in Enumerable.Range(1, 5)) await DraftAsync($"Page {number}");

        List<string> seen = [];
        for (string? after = null; ;)
        {
            var page = (await stage.Caller.GetAsync($"{stage.Campaigns("pinterest")}?limit=2{(after is null ? "" : "&after=" + after)}")).ShouldBe(HttpStatusCode.OK).Body;
            seen.AddRange(page["data"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()));
            if (seen.Count == 2) await DraftAsync("Page 6");
            after = page["paging"]!["after"]?.GetValue<string>();
            page["paging"]!["hasMore"]!.GetValue<bool>().ShouldBe(after is not null);
            if (after is null) break;
        }

        seen.ShouldBe(["Page 5", "Page 4", "Page 3", "Page 2", "Page 1"]);
        (await stage.Caller.GetAsync($"{stage.Campaigns("pinterest")}?status=ACTIVE")).Body["data"]!.AsArray().ShouldBeEmpty();
        (await stage.Caller.GetAsync($"{stage.Campaigns("pinterest")}?after={Guid.NewGuid()}")).ShouldFail(HttpStatusCode.BadRequest, "VALIDATION");
        (await stage.Caller.GetAsync($"{stage.Campaigns("pinterest")}?limit=101")).ShouldFail(HttpStatusCode.BadRequest, "VALIDATION").Fields().ShouldBe(["limit"]);

        Task DraftAsync(string name) => stage.Caller.PostAsync(stage.Campaigns("pinterest"), stage.Body(name, b => b["campaignManagementMode"] = "draft", Platform.Pinterest));
    }

    [Fact]
    public async Task Each_part_of_a_running_campaign_is_changed_by_a_job_of_its_own()
    {
        var (accepted, _) = await stage.CreatedAsync(stage.Body("In parts", b => b["bidStrategy"] = new JsonObject { ["type"] = "bid_cap", ["amountCents"] = 300 }));
        var campaign = $"{stage.Campaigns()}/{accepted["campaignId"]}";
        (await stage.Caller.GetAsync(campaign)).Body["bidStrategy"]!["amountCents"]!.GetValue<long>().ShouldBe(300);

        await DoneAsync("budget", new() { ["dailyBudgetCents"] = 7500 }, "ads_update_budget");
        await DoneAsync("targeting", new() { ["countries"] = new JsonArray("US"), ["ageMin"] = 25 }, "ads_update_targeting");
        await DoneAsync("schedule", new() { ["endTime"] = "2026-12-31T23:59:59Z" }, "ads_update_schedule");
        await DoneAsync("bid-strategy", new() { ["type"] = "cost_cap", ["amountCents"] = 1200 }, "ads_update_bid_strategy");
        await DoneAsync("status", new() { ["status"] = "PAUSED" }, "ads_update_status");

        var changed = (await stage.Caller.GetAsync(campaign)).ShouldBe(HttpStatusCode.OK).Body;
        changed["dailyBudgetCents"]!.GetValue<long>().ShouldBe(7500);
        changed["targeting"]!["ageMin"]!.GetValue<int>().ShouldBe(25);
        changed["endTime"]!.GetValue<DateTime>().ToUniversalTime().ShouldBe(new DateTime(2026, 12, 31, 23, 59, 59, DateTimeKind.Utc));
        changed["bidStrategy"]!["type"]!.GetValue<string>().ShouldBe("cost_cap");
        changed["platformStatus"]!.GetValue<string>().ShouldBe("PAUSED");
        changed["jobs"]!.AsArray().Count.ShouldBe(6);

        (await stage.PatchAsync(campaign + "/budget", new() { ["lifetimeBudgetCents"] = 7500 })).ShouldFail(HttpStatusCode.BadRequest, "VALIDATION").Fields().ShouldBe(["lifetimeBudgetCents"]);
        (await stage.PatchAsync(campaign + "/bid-strategy", new() { ["type"] = "target_roas", ["roas"] = 2 })).ShouldFail(HttpStatusCode.BadRequest, "VALIDATION").Fields().ShouldBe(["bidStrategy.type"]);
        (await stage.PatchAsync(campaign + "/status", new() { ["status"] = "RUNNING" })).ShouldFail(HttpStatusCode.BadRequest, "VALIDATION").Fields().ShouldBe(["status"]);

        async Task DoneAsync(string part, JsonObject body, string kind)
        {
            var work = (await stage.PatchAsync($"{campaign}/{part}", body)).ShouldBe(HttpStatusCode.Accepted).Body;
            work["kind"]!.GetValue<string>().ShouldBe(kind);
            var job = await stage.EndedAsync(work);
            job["status"]!.GetValue<string>().ShouldBe("completed", job.ToJsonString());
        }
    }

    [Fact]
    public async Task Support_finds_what_an_id_stands_for_and_strangers_find_nothing()
    {
        var accepted = (await stage.Caller.PostAsync(stage.Campaigns(), stage.Body("To be found", b => b["campaignManagementMode"] = "draft"))).ShouldBe(HttpStatusCode.Accepted).Body;
        var campaign = PartnerStage.IdOf("cmp", accepted["campaignId"]);
        var find = stage.App.Get<FindByPublicId>();

        foreach (var id in new[] { "jobId", "campaignId", "verdictId" })
        {
            var quoted = accepted[id]!.GetValue<string>();
            (await find.RunAsync(stage.App.Scene.Admin, quoted, default)).Value.CampaignId.ShouldBe(campaign);
            (await find.RunAsync(stage.App.Strangers.Admin, quoted, default)).Refusal.ShouldBeOfType<NothingHasThisId>();
        }
        (await find.RunAsync(stage.App.Scene.Admin, "job_nonsense", default)).Refusal.ShouldBeOfType<NothingHasThisId>();
    }

    [Fact]
    public async Task What_a_person_has_to_accept_first_leaves_the_job_waiting_and_what_is_off_is_denied()
    {
        var (accepted, _) = await stage.CreatedAsync(stage.Body("Held back"));
        var campaign = $"{stage.Campaigns()}/{accepted["campaignId"]}";

        await stage.WithAuthorityAsync(new(AuthorityMode.Auto, AuthorityMode.Draft, AuthorityMode.Auto), async () =>
        {
            var work = (await stage.PatchAsync(campaign + "/budget", new() { ["dailyBudgetCents"] = 9900 })).ShouldBe(HttpStatusCode.Accepted).Body;
            (await stage.Caller.GetAsync(work["locationUrl"]!.GetValue<string>())).Body["stage"]!.GetValue<string>().ShouldBe("awaiting_approval");
            (await stage.Caller.GetAsync(campaign)).Body["dailyBudgetCents"]!.GetValue<long>().ShouldBe(5000);
        });
        await stage.WithAuthorityAsync(new(AuthorityMode.Auto, AuthorityMode.Off, AuthorityMode.Auto), async () =>
        {
            var error = (await stage.PatchAsync(campaign + "/budget", new() { ["dailyBudgetCents"] = 9900 })).ShouldFail(HttpStatusCode.Forbidden, "AUTHORITY_DENIED");
            error["details"]!["axis"]!.GetValue<string>().ShouldBe("tactical");
        });
    }
}
