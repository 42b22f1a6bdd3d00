using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Advertising;

/// <summary>Lists with each filter, brands and the header that chooses one.</summary>
public sealed class AdvertisingListTests(AdvertisingApp app) : IClassFixture<AdvertisingApp>
{
    [Fact]
    public async Task The_list_is_narrowed_by_every_filter_and_paged_both_ways()
    {
        var ids = new List<int>();
        foreach (var (type, budget, start, end) in new[] { ("link_clicks", 100, "2026-12-01", "2026-12-05"), ("boost_instagram", 200, "2026-12-10", "2026-12-15"), ("video_views", 300, "2027-01-01", "2027-01-31") })
            ids.Add((await app.CreateAsync(JsonNode.Parse($$"""{"campaignName":"{{type}}","campaign_type":"{{type}}","budget":{{budget}},"startDate":"{{start}}T05:00:00.000Z","endDate":"{{end}}T05:00:00.000Z","status":"DRAFT"}""")!.AsObject()))["id"]!.GetValue<int>());
        var (first, second, third) = (ids[0], ids[1], ids[2]);

        // The seed's own query.
        (await IdsAsync("?campaign_type=boost_instagram&status=IN_REVIEW&limit=10&offset=2")).ShouldBeEmpty();
        (await IdsAsync("?campaign_type=boost_instagram&status=DRAFT")).ShouldBe([second]);
        (await IdsAsync("?type=increase_video_views")).ShouldBe([third]);
        (await IdsAsync("?status=draft,ACTIVE")).ShouldBe([third, second, first]);
        (await IdsAsync("?date.between.start=2026-12-10")).ShouldBe([third, second]);
        (await IdsAsync("?date.between.start=2026-12-02&date.between.end=2026-12-31")).ShouldBe([second]);
        (await IdsAsync("?budget.between.start=150&budget.between.end=200")).ShouldBe([second]);
        (await IdsAsync("?limit=1&ofsset=1")).ShouldBe([second]);
        (await IdsAsync($"?limit=2&after={third}")).ShouldBe([second, first]);

        var page = await app.Caller.GetAsync("/advertising/v1/campaign?limit=2");
        var data = page.ShouldBe(HttpStatusCode.OK).Body["data"]!;
        (data["count"]!.GetValue<int>(), data["total_pages"]!.GetValue<int>(), data["after"]!.GetValue<int>(), page.Body["status"]!.GetValue<int>()).ShouldBe((3, 2, second, 200));
        var row = data["campaigns"]![1]!;
        row["brand_id"]!.GetValue<int>().ShouldBe(app.Brand);
        row["campaign_metadata"]!.ToJsonString().ShouldBe("""{"start_date":"2026-12-10T05:00:00.000Z","end_date":"2026-12-15T05:00:00.000Z","campaign_type":"boost_instagram","budget":200}""");

        (await app.Caller.GetAsync("/advertising/v1/campaign?status=asleep&limit=0&date.between.start=1.1.&budget.between.end=-1&after=x")).ShouldDecline(HttpStatusCode.BadRequest, "BAD_REQUEST")
            .WrongFields.ShouldBe(["status", "limit", "after", "date.between.start", "budget.between.end"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_brand_is_chosen_by_its_number_and_another_tenants_is_not_there()
    {
        var (_, stranger) = (app.Scene, new Partner(app.Address, ("x-api-key", await app.KeyAsync(app.Strangers))));
        var mine = (await app.CreateAsync(JsonNode.Parse("""{"campaignName":"Mine","campaign_type":"link_clicks","budget":10,"status":"DRAFT"}""")!.AsObject()))["id"]!.GetValue<int>();
        (await app.Caller.With("x-brand-id", $"{app.Brand}").GetAsync($"/advertising/v1/campaign/{mine}")).ShouldBe(HttpStatusCode.OK);
        foreach (var brand in new[] { "999", "0", "-1", "x", "1e0" })
        {
            (await app.Caller.With("x-brand-id", brand).GetAsync("/advertising/v1/campaign")).ShouldDecline(HttpStatusCode.NotFound, "NOT_FOUND");
            (await app.Caller.With("x-brand-id", brand).GetAsync($"/advertising/v1/campaign/{mine}")).ShouldDecline(HttpStatusCode.NotFound, "NOT_FOUND");
            (await app.Caller.With("x-brand-id", brand).PostAsync("/advertising/v1/campaign", """{"campaignName":"X","campaign_type":"link_clicks","budget":10,"status":"DRAFT"}""")).ShouldDecline(HttpStatusCode.NotFound, "NOT_FOUND");
        }
        foreach (var id in new[] { "0", "2147483648", "abc", "cmp_1", $"{mine + 1000}" }) (await app.Caller.GetAsync($"/advertising/v1/campaign/{id}")).ShouldDecline(HttpStatusCode.NotFound, "NOT_FOUND");
        // Numbers count in each organization for itself: the stranger's first one is not mine.
        (await stranger.GetAsync("/advertising/v1/campaign")).ShouldBe(HttpStatusCode.OK).Body["data"]!["count"]!.GetValue<int>().ShouldBe(0);
        (await stranger.GetAsync($"/advertising/v1/campaign/{mine}")).ShouldDecline(HttpStatusCode.NotFound, "NOT_FOUND");
        (await stranger.PostAsync($"/advertising/v1/campaign/{mine}/pause")).ShouldDecline(HttpStatusCode.NotFound, "NOT_FOUND");

        (await new Partner(app.Address).GetAsync("/advertising/v1/campaign")).ShouldDecline(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        (await new Partner(app.Address, ("x-api-key", "ask_nobody")).GetAsync("/advertising/v1/campaign")).ShouldDecline(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task A_brand_answers_what_the_seed_names_and_keeps_what_it_is_given_without_secrets()
    {
        var brand = (await app.Caller.GetAsync($"/advertising/v1/brand/{app.Brand}")).ShouldBe(HttpStatusCode.OK).Body["data"]!;
        (brand["id"]!.GetValue<int>(), brand["name"]!.GetValue<string>(), brand["slug"]!.GetValue<string>(), brand["permissionLevel"]!.GetValue<string>()).ShouldBe((app.Brand, "Acme Shoes", "acme-shoes", "admin"));
        (brand["currency"]!["code"]!.GetValue<string>(), brand["currency"]!["symbol"]!.GetValue<string>(), brand["reauthenticateFbUser"]!.GetValue<bool>()).ShouldBe(("EUR", "€", false), "as its account in good standing that is first by name");
        foreach (var name in new[] { "image", "tier", "conversionsStatus" }) brand.AsObject().ContainsKey(name).ShouldBeTrue(name);
        brand["connections"]!["logged_in_fb_user"]!["fbTokenValid"]!.GetValue<bool>().ShouldBeTrue();
        var account = brand["connections"]!["facebook_ad_account"]!;
        account["user_tasks"]!.AsArray().Select(t => t!.GetValue<string>()).ShouldBe(["DRAFT", "ANALYZE", "ADVERTISE", "MANAGE"], "read from Meta");
        (account["amount_spent"]!.GetValue<decimal>() >= 0, account["userHasAccess"]!.GetValue<bool>(), account["inGoodStanding"]!.GetValue<bool>(), account["trouble"]).ShouldBe((true, true, true, null));

        var given = BigSample.InputFor(app.Address, "a", "p")["brand"]!.DeepClone().AsObject();
        foreach (var name in new[] { "id", "name", "currency", "reauthenticateFbUser", "permissionLevel", "createdAt", "updatedAt" }) given.Remove(name);
        var kept = (await PatchAsync(given.ToJsonString())).ShouldBe(HttpStatusCode.OK).Body["data"]!;
        (kept["slug"]!.GetValue<string>(), kept["tier"]!.GetValue<string>(), kept["connections"]!["tiktok"]!["username"]!.GetValue<string>()).ShouldBe(("skrlth-test", "pro", "skrlth.cln"));
        kept["metadata"]!["website"]!["primaryColor"]!.GetValue<string>().ShouldBe("#7C18F7");
        kept["metadata"]!["subscription"]!["status"]!.GetValue<string>().ShouldBe("active");
        kept.ToJsonString().ShouldNotContain(BigSample.Secret);
        (await app.EverythingStoredAsync()).Where(t => t.Text.Contains(BigSample.Secret, StringComparison.Ordinal)).ShouldBeEmpty();

        var less = (await PatchAsync("""{"connections":{"tiktok":null},"website":{"primaryColor":"#000000"}}""")).ShouldBe(HttpStatusCode.OK).Body["data"]!;
        less["connections"]!.AsObject().ContainsKey("tiktok").ShouldBeFalse();
        less["connections"]!["audiomack"]!["name"]!.GetValue<string>().ShouldBe("JAY Z");
        less["metadata"]!["website"]!["primaryColor"]!.GetValue<string>().ShouldBe("#000000");
        less["metadata"]!["website"]!["secondaryColor"]!.GetValue<string>().ShouldBe("#000000");
        (await PatchAsync($$"""{"notes":"{{new string('x', 70_000)}}"}""")).ShouldDecline(HttpStatusCode.BadRequest, "BAD_REQUEST");
        (await PatchAsync("""{"name":"Other","slug":5}""")).ShouldDecline(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["name", "slug"], ignoreOrder: true);
        (await app.Caller.GetAsync("/advertising/v1/brand/999")).ShouldDecline(HttpStatusCode.NotFound, "NOT_FOUND");
        (await app.Caller.GetAsync("/advertising/v1/brand")).ShouldBe(HttpStatusCode.OK).Body["data"]!["count"]!.GetValue<int>().ShouldBe(1);

        Task<Reply> PatchAsync(string body) => app.Caller.SendAsync(HttpMethod.Patch, $"/advertising/v1/brand/{app.Brand}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
    }

    private async Task<IReadOnlyList<int>> IdsAsync(string query) =>
        [.. (await app.Caller.With("x-brand-id", $"{app.Brand}").GetAsync("/advertising/v1/campaign" + query)).ShouldBe(HttpStatusCode.OK).Body["data"]!["campaigns"]!.AsArray().Select(c => c!["id"]!.GetValue<int>())];
}
