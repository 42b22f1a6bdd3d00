using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Advertising;

/// <summary>Seed 003's campaigns: its examples to the letter, and what they leave unsaid.</summary>
public sealed class AdvertisingCampaignTests(AdvertisingApp app) : IClassFixture<AdvertisingApp>
{
    [Fact]
    public async Task The_big_sample_becomes_a_campaign_that_answers_every_documented_field_and_no_secret()
    {
        var input = app.Sample();
        var created = await app.CreateAsync(input);
        created["status"]!.GetValue<string>().ShouldBe("SUBMITTED");
        created["brand_id"]!.GetValue<int>().ShouldBe(app.Brand);

        var data = await app.SettledAsync(created);
        data["status"]!.GetValue<string>().ShouldBe("PAUSED", data.ToJsonString());
        BigSample.ShouldHaveWhatIsDocumented(data);
        var metadata = data["campaign_metadata"]!;
        BigSample.ShouldBeKept(input, metadata["campaign_input"]);
        metadata["status"]!.GetValue<string>().ShouldBe("SUBMITTED");
        (metadata["budget"]!.GetValue<decimal>(), metadata["currency"]!.GetValue<string>(), metadata["campaign_type"]!.GetValue<string>()).ShouldBe((550m, "USD", "record_streams"));
        (metadata["startDate"]!.GetValue<string>(), metadata["endDate"]!.GetValue<string>()).ShouldBe(("2026-12-01T05:00:00.000Z", "2026-12-20T15:00:00.000Z"));
        metadata["content"]!["name"]!.GetValue<string>().ShouldBe("Traidores");
        metadata["content"]!["external_ids"]!["isrc"]!.GetValue<string>().ShouldBe("QZFZ32084517");
        metadata["campaign_platforms"]!.ToJsonString().ShouldBe("""["fb"]""");

        var platforms = metadata["platform_details"]!;
        platforms["ad_account"]!.GetValue<string>().ShouldBe(app.Account.ExternalId);
        var there = platforms["campaignsMapping"]![0]!;
        there["included_countries"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldBe(["AU", "CA", "DE", "FR", "GB", "NZ", "US"], ignoreOrder: true);
        there["excluded_countries"]!.AsArray().Count.ShouldBeGreaterThan(200);
        var fields = there["fbCampaign"]!["fields"]!;
        (fields["status"]!.GetValue<string>(), fields["objective"]!.GetValue<string>(), fields["lifetime_budget"]!.GetValue<int>(), fields["special_ad_categories"]!.GetValue<string>()).ShouldBe(("PAUSED", "OUTCOME_TRAFFIC", 55000, "NONE"));
        platforms["ad_types"]![0]!["ad_ids"]!.AsArray().Count.ShouldBe(1);

        data.ToJsonString().ShouldNotContain(BigSample.Secret);
        (await app.EverythingStoredAsync()).Where(t => t.Text.Contains(BigSample.Secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_an_answer_says_can_be_sent_back()
    {
        var campaign = await app.CreateAsync(app.Sample("There and back", "DRAFT"));
        var state = campaign["campaign_metadata"]!["campaign_state"]!.DeepClone().AsObject();
        (state["campaignName"], state["campaign_type"], state["status"]) = ("And back again", "record_streams", "DRAFT");
        var again = await app.CreateAsync(state);
        var (before, after) = (campaign["campaign_metadata"]!["campaign_state"]!["campaign"]!, again["campaign_metadata"]!["campaign_state"]!["campaign"]!);
        foreach (var part in new[] { "details", "targeting" }) JsonNode.DeepEquals(before[part], after[part]).ShouldBeTrue(after[part]!.ToJsonString());
    }

    [Fact]
    public async Task Each_country_group_becomes_a_campaign_of_its_own()
    {
        var input = app.Sample("Two markets");
        input["targetedCountries"] = JsonNode.Parse("""[{"name":"Core","budget":0.6,"locations":[{"type":"country","label":"Germany","value":"DE"}]},{"name":"Rest","budget":0.4,"locations":[{"type":"country","label":"France","value":"FR"}]}]""");
        var details = (await app.SettledAsync(await app.CreateAsync(input)))["campaign_metadata"]!["platform_details"]!;
        details["campaigns"]!.AsArray().Select(c => c!.GetValue<string>()).Distinct().Count().ShouldBe(2);
        details["errorCampaigns"]!.AsArray().ShouldBeEmpty();
        details["campaignsMapping"]!.AsArray().Select(m => (m!["name"]!.GetValue<string>(), m["fraction"]!.GetValue<decimal>(), m["countries"]![0]!.GetValue<string>(), m["fbCampaign"]!["fields"]!["lifetime_budget"]!.GetValue<int>()))
            .ShouldBe([("Core", 0.6m, "DE", 33000), ("Rest", 0.4m, "FR", 22000)]);
    }

    [Fact]
    public async Task It_is_resumed_changed_and_paused()
    {
        var campaign = await app.SettledAsync(await app.CreateAsync(app.Sample("Changing")));
        var path = $"/advertising/v1/campaign/{campaign["id"]}";
        (await app.Caller.PostAsync($"{path}/resume")).ShouldBe(HttpStatusCode.OK).Body["data"]!["id"]!.GetValue<int>().ShouldBe(campaign["id"]!.GetValue<int>());
        await app.Caller.UntilAsync(path, c => c["data"]!["status"]!.GetValue<string>() is "ACTIVE");

        var changed = (await app.Caller.PutAsync(path, JsonNode.Parse("""{"budget":600,"endDate":"2026-12-24T15:00:00.000Z"}""")!)).ShouldBe(HttpStatusCode.OK).Body["data"]!["campaign_metadata"]!;
        (changed["budget"]!.GetValue<decimal>(), changed["endDate"]!.GetValue<string>(), changed["campaign_input"]!["budget"]!.GetValue<decimal>()).ShouldBe((600m, "2026-12-24T15:00:00.000Z", 600m));
        await app.Caller.UntilAsync(path, c => c["data"]!["campaign_metadata"]!["platform_details"]!["campaignsMapping"]![0]!["fbCampaign"]!["fields"]!["lifetime_budget"]!.GetValue<int>() == 60000);

        await UntilFreeAsync(() => app.Caller.SendAsync(HttpMethod.Patch, path, new StringContent("""{"status":"PAUSED"}""", System.Text.Encoding.UTF8, "application/json")));
        await app.Caller.UntilAsync(path, c => c["data"]!["status"]!.GetValue<string>() is "PAUSED");
        (await app.Caller.PostAsync($"{path}/pause")).ShouldDecline(HttpStatusCode.Conflict, "CONFLICT");
        (await app.Caller.PutAsync(path, JsonNode.Parse("""{"campaign_type":"sales"}""")!)).ShouldDecline(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["campaign_type"]);
    }

    [Fact]
    public async Task A_draft_is_rewritten_and_launched_later()
    {
        var draft = await app.CreateAsync(app.Sample("Later", "DRAFT"));
        draft["status"]!.GetValue<string>().ShouldBe("DRAFT");
        draft["campaign_metadata"]!["status"]!.GetValue<string>().ShouldBe("DRAFT");
        draft["campaign_metadata"]!["platform_details"]!["campaigns"]!.AsArray().ShouldBeEmpty();
        var path = $"/advertising/v1/campaign/{draft["id"]}";
        var rewritten = (await app.Caller.PutAsync(path, JsonNode.Parse("""{"campaign_type":"link_clicks","captions":{"all":"Out tomorrow"},"price_data":{"price":600}}""")!)).ShouldBe(HttpStatusCode.OK).Body["data"]!["campaign_metadata"]!;
        rewritten["campaign_type"]!.GetValue<string>().ShouldBe("link_clicks");
        rewritten["campaign_state"]!["campaign"]!["creative"]!["captions"]!["all"]!.GetValue<string>().ShouldBe("Out tomorrow");
        rewritten["campaign_input"]!["price_data"]!["price"]!.GetValue<int>().ShouldBe(600);
        rewritten["campaign_input"]!["price_data"]!["name"]!.GetValue<string>().ShouldNotBeEmpty("what is left out stays");
        (await app.Caller.PostAsync($"{path}/launch")).ShouldBe(HttpStatusCode.OK).Body["data"]!["status"]!.GetValue<string>().ShouldBe("SUBMITTED");
        (await app.SettledAsync(draft))["status"]!.GetValue<string>().ShouldBe("PAUSED");
    }

    [Fact]
    public async Task What_is_wrong_is_named_in_the_words_of_this_surface_and_nothing_is_made()
    {
        var before = (await app.Caller.GetAsync("/advertising/v1/campaign")).Body["data"]!["count"]!.GetValue<int>();
        var creatives = (await app.Caller.GetAsync("/api/crm/ads/creatives")).Body["total"]!.GetValue<int>();
        (await PostAsync("""{}""")).WrongFields.ShouldBe(["campaign_type", "budget", "campaignName"], ignoreOrder: true);
        (await PostAsync("""{"campaignName":"X","goal":"fame","budget":"much","campaign_platforms":["myspace"],"startDate":"soon","targetedCountries":[{"name":"A","locations":[{"type":"country","label":"Nowhere","value":"XX"}]}]}""")).WrongFields
            .ShouldBe(["goal", "budget", "campaign_platforms[0]", "startDate", "targetedCountries[0].locations[0].value"], ignoreOrder: true);
        (await PostAsync("""{"campaignName":"X","campaign_type":"link_clicks","budget":10,"fbAdAccount":{"id":"act_404"}}""")).WrongFields.ShouldBe(["fbAdAccount.id"]);
        var past = app.Sample("Past");
        (past["startDate"], past["endDate"]) = ("2025-05-20T05:00:00.000Z", "2025-05-20T15:00:00.000Z");
        (await app.Caller.PostAsync("/advertising/v1/campaign", past.ToJsonString().Replace($"\"id\":246", $"\"id\":{app.Brand}", StringComparison.Ordinal))).ShouldDecline(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["endDate"]);
        (await app.Caller.GetAsync("/advertising/v1/campaign")).Body["data"]!["count"]!.GetValue<int>().ShouldBe(before);
        (await app.Caller.GetAsync("/api/crm/ads/creatives")).Body["total"]!.GetValue<int>().ShouldBe(creatives);

        async Task<Reply> PostAsync(string body) => (await app.Caller.PostAsync("/advertising/v1/campaign", body)).ShouldDecline(HttpStatusCode.BadRequest, "BAD_REQUEST");
    }

    [Fact]
    public async Task One_key_makes_one_campaign_however_often_it_is_sent()
    {
        var (input, caller) = (app.Sample("Once", "DRAFT"), app.Caller.With("x-brand-id", $"{app.Brand}").With("Idempotency-Key", "once-and-only"));
        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => caller.PostAsync("/advertising/v1/campaign", input.DeepClone())));
        replies.Select(r => r.ShouldBe(HttpStatusCode.Created).Body["data"]!["id"]!.GetValue<int>()).Distinct().Count().ShouldBe(1);
        input["budget"] = 551;
        (await caller.PostAsync("/advertising/v1/campaign", input)).ShouldDecline(HttpStatusCode.Conflict, "IDEMPOTENCY_CONFLICT");
    }

    [Fact]
    public async Task Where_the_brand_drafts_nothing_is_sent_and_where_it_is_off_nothing_is_made()
    {
        var before = (await app.Caller.GetAsync("/advertising/v1/campaign")).Body["data"]!["count"]!.GetValue<int>();
        await SetAsync(AuthorityMode.Draft);
        try
        {
            var waiting = await app.CreateAsync(app.Sample("Waiting"));
            waiting["status"]!.GetValue<string>().ShouldBe("DRAFT");
            waiting["campaign_metadata"]!["status_notes"]!.GetValue<string>().ShouldContain("waits until somebody accepts it");
            waiting["campaign_metadata"]!["platform_details"]!["campaigns"]!.AsArray().ShouldBeEmpty();
            await SetAsync(AuthorityMode.Off);
            (await app.Caller.With("x-brand-id", $"{app.Brand}").PostAsync("/advertising/v1/campaign", app.Sample("Never"))).ShouldDecline(HttpStatusCode.Forbidden, "AUTHORITY_DENIED");
        }
        finally
        {
            await SetAsync(AuthorityMode.Auto);
        }
        (await app.Caller.GetAsync("/advertising/v1/campaign")).Body["data"]!["count"]!.GetValue<int>().ShouldBe(before + 1);

        async Task SetAsync(AuthorityMode mode)
        {
            await using var db = await app.Studio.OpenAsync(app.Scene.Admin, CancellationToken.None);
            (await db.Workspaces.FindAsync(app.Scene.Workspace.Id))!.Authority = new Authority(mode, mode, mode);
            await db.SaveChangesAsync();
        }
    }

    /// <summary>A change that still runs keeps the next one out.</summary>
    private static async Task UntilFreeAsync(Func<Task<Reply>> send)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await send() is { Status: not HttpStatusCode.OK } reply)
        {
            reply.ShouldDecline(HttpStatusCode.Conflict, "CONFLICT");
            deadline.IsCancellationRequested.ShouldBeFalse(reply.Text);
            await Task.Delay(100, CancellationToken.None);
        }
    }
}
