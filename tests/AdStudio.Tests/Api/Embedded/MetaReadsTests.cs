using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Embedded;

/// <summary>What seed 002 has under meta and google beside campaigns and numbers.</summary>
public sealed class MetaReadsTests(RunningApp app) : IClassFixture<RunningApp>
{
    private string Meta(string what, string more = "") => app.Path($"meta/{what}?adAccountId={app.Meta.ExternalId}{more}");

    [Fact]
    public async Task Pages_come_with_their_instagram_account_and_no_token()
    {
        var partner = await app.CallerAsync(app.Scene, "Vic-1");
        foreach (var path in new[] { Meta("pages"), app.Path("meta/pages") })
        {
            var reply = await partner.GetAsync(path);
            var page = reply.Data().AsArray().ShouldHaveSingleItem()!;
            (page["id"]!.GetValue<string>(), page["name"]!.GetValue<string>(), page["category"]!.GetValue<string>(), page["followers_count"]!.GetValue<long>()).ShouldBe(("105550130001", "Harbor & Pine", "Outdoor Equipment Store", 48902));
            (page["instagram_business_account"]!["id"]!.GetValue<string>(), page["instagram_business_account"]!["username"]!.GetValue<string>()).ShouldBe(("17841405550130001", "harborandpine"));
            reply.Text.ShouldNotContain("token");
        }
    }

    [Theory]
    [InlineData("location", "New York")]
    [InlineData("locale", "English")]
    [InlineData("interest", "fitness")]
    [InlineData("behavior", "a")]
    [InlineData("educationSchool", "a")]
    [InlineData("educationMajor", "a")]
    [InlineData("workEmployer", "a")]
    [InlineData("workPosition", "a")]
    [InlineData("familyStatus", "a")]
    [InlineData("lifeEvent", "a")]
    [InlineData("industry", "a")]
    [InlineData("income", "income")]
    public async Task Each_of_the_twelve_types_is_searched(string type, string query)
    {
        var found = (await (await app.CallerAsync(app.Scene, "Vic-1")).PostAsync(app.Path("meta/targeting/search"), new JsonObject { ["type"] = type, ["query"] = query })).Data().AsArray();
        found.ShouldNotBeEmpty();
        foreach (var one in found)
            foreach (var field in new[] { "id", "name", "status" }) one![field]!.GetValue<string>().ShouldNotBeEmpty(field);
    }

    [Theory]
    [InlineData("""{"type":"zodiac","query":"Leo"}""", "type")]
    [InlineData("""{"query":"Leo"}""", "type")]
    [InlineData("""{"type":"interest"}""", "query")]
    [InlineData("""{"type":7,"query":{}}""", "type,query")]
    public async Task A_search_for_nothing_known_is_refused(string body, string fields)
    {
        var wrong = (await (await app.CallerAsync(app.Scene, "Vic-1")).PostAsync(app.Path("meta/targeting/search"), body)).Wrong();
        foreach (var field in fields.Split(',')) wrong.ShouldContain(d => d.StartsWith(field, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_import_says_what_it_found_and_changes_nothing_twice()
    {
        var partner = await app.CallerAsync(app.Scene, "Mia-1");
        foreach (var path in new[] { Meta("import"), app.Path("meta/import"), app.Path($"google/import?adAccountId={app.Google.ExternalId}"), app.Path("google/import") })
        {
            var summary = (await partner.GetAsync(path)).Data();
            summary["campaigns"]!.AsObject().Select(f => (f.Key, f.Value!.GetValue<int>())).ShouldBe([("found", 1), ("new", 0), ("changed", 0), ("gone", 0)], path);
            (summary["adsets"]!["found"]!.GetValue<int>(), summary["ads"]!["found"]!.GetValue<int>()).ShouldBe((1, 1), path);
            summary["accounts"]!.AsArray().ShouldHaveSingleItem()!["status"]!.GetValue<string>().ShouldBe("succeeded");
        }
    }

    [Fact]
    public async Task Saved_and_custom_audiences_are_listed_apart()
    {
        var partner = await app.CallerAsync(app.Scene, "Vic-1");
        var saved = (await partner.GetAsync(Meta("savedAudience"))).Data().AsArray();
        saved.Select(a => a!["name"]!.GetValue<string>()).ShouldBe(["Hikers, 25 to 44", "Oregon and Washington"], ignoreOrder: true);
        saved.ShouldAllBe(a => a!["subtype"]!.GetValue<string>() == "SAVED" && a["id"]!.GetValueKind() == JsonValueKind.String);
        (await partner.GetAsync(Meta("customAudience"))).Data().AsArray().ShouldAllBe(a => a!["subtype"]!.GetValue<string>() != "SAVED");
    }

    [Fact]
    public async Task A_pixel_is_made_by_the_example_and_listed()
    {
        var partner = await app.CallerAsync(app.Scene, "Mia-1");
        var made = await partner.PostAsync(Meta("pixels"), """{"name":"Test Pixel","description":"Created via API"}""");
        // Meta lets an account have one pixel; this one has it already.
        if (made.Status == HttpStatusCode.OK) made.Data()["name"]!.GetValue<string>().ShouldBe("Test Pixel");
        else made.ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").Text.ShouldContain("pixel", Case.Insensitive);

        var listed = (await partner.GetAsync(Meta("pixels"))).Data().AsArray();
        listed.ShouldContain(p => p!["id"]!.GetValue<string>() == "2055501400001" && p["name"]!.GetValue<string>() == "Harbor & Pine US shop");
        (await partner.PostAsync(Meta("pixels"), "{}")).Wrong().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Googles_reachable_accounts_come_with_ours()
    {
        var seen = (await (await app.CallerAsync(app.Scene, "Tom-1")).GetAsync(app.Path("google/list-accessible-accounts"))).Data().AsArray().ShouldHaveSingleItem()!;
        (seen["id"]!.GetValue<string>(), seen["resourceName"]!.GetValue<string>(), seen["status"]!.GetValue<string>(), seen["adAccountId"]!.GetValue<Guid>()).ShouldBe(("8005550101", "customers/8005550101", "active", app.Google.Id));
        (await (await app.CallerAsync(app.Scene, "Vic-1")).GetAsync(app.Path("google/list-accessible-accounts"))).Data().AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("", "id,name,type")]
    [InlineData("&level=customer&fields[]=id&fields[]=name&fields[]=image_asset.full_size.url", "id,name,image_asset.full_size.url")]
    [InlineData("&fields=asset.resource_name,type", "asset.resource_name,type")]
    public async Task Googles_assets_have_the_fields_asked_for(string more, string fields)
    {
        var assets = (await (await app.CallerAsync(app.Scene, "Vic-1")).GetAsync(app.Path($"google/assets?adAccountId={app.Google.ExternalId}{more}"))).Data().AsArray();
        assets.ShouldNotBeEmpty();
        foreach (var field in fields.Split(',')) assets[0]![field]!.GetValue<string>().ShouldNotBeEmpty(field);
    }

    [Theory]
    [InlineData("campaign")]
    [InlineData("ad_group")]
    [InlineData("asset_group")]
    [InlineData("ad")]
    public async Task Assets_are_asked_for_on_every_level(string level) =>
        (await (await app.CallerAsync(app.Scene, "Vic-1")).GetAsync(app.Path($"google/assets?level={level}"))).Data().GetValueKind().ShouldBe(JsonValueKind.Array);

    [Theory]
    [InlineData("level=galaxy", "level")]
    [InlineData("fields=name FROM campaign", "fields")]
    [InlineData("fields=asset..name", "fields")]
    public async Task Hostile_words_about_assets_are_refused(string query, string field) =>
        (await (await app.CallerAsync(app.Scene, "Vic-1")).GetAsync(app.Path($"google/assets?{query}"))).Wrong().ShouldContain(d => d.StartsWith(field, StringComparison.Ordinal));

    [Fact]
    public async Task Viewers_read_and_do_not_write_and_strangers_find_nothing()
    {
        var (viewer, stranger, unkeyed) = (await app.CallerAsync(app.Scene, "Vic-1"), await app.CallerAsync(app.Strangers, "Ada-1"), await app.CallerAsync(app.Scene, "Vic-1", "ads:read:creatives"));
        foreach (var path in new[] { "meta/import", "google/import" }) (await viewer.GetAsync(app.Path(path))).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN");
        (await viewer.PostAsync(Meta("pixels"), """{"name":"a","description":"b"}""")).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN");
        (await viewer.PostAsync(Meta("lead-form"), MetaLeadFormTests.Form())).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN");
        foreach (var path in new[] { "meta/import", "meta/pages", "meta/lead-form", "meta/pixels", "meta/savedAudience", "meta/customAudience", $"meta/insights?{app.Days}", "google/list-accessible-accounts", "google/import", $"google/insights?{app.Days}", "google/assets" })
            (await stranger.GetAsync(app.Path(path))).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await stranger.PostAsync(app.Path("meta/targeting/search"), """{"type":"location","query":"New York"}""")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await viewer.GetAsync(app.Path("meta/pages?adAccountId=act_1"))).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await unkeyed.GetAsync(app.Path("meta/pages"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
