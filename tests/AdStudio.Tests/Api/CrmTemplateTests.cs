using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api;

/// <summary>Templates as a program keeps them, and campaigns that are begun from them.</summary>
public sealed class CrmTemplateTests(PartnerApp app) : IClassFixture<PartnerApp>
{
    private const string Sale = """{"name":"Seasonal sale","description":"Two weeks","objective":"conversions","platforms":["facebook","google"],"budget":{"type":"daily","amount":120,"currency":"USD"},"targeting":{"countries":["US"],"ageMin":25}}""";

    [Fact]
    public async Task A_template_is_written_listed_changed_and_deleted()
    {
        var partner = await app.PartnerAsync(app.Scene, "Ada-1");

        var made = (await partner.PostAsync("/api/crm/ads/templates", Sale)).ShouldBe(HttpStatusCode.Created);
        var path = made.Header("Location")!;
        made.Body["platforms"]!.AsArray().Select(p => p!.ToString()).ShouldBe(["facebook", "google"]);
        (made.Body["objective"]!.ToString(), made.Body["budget"]!["amount"]!.GetValue<decimal>(), made.Body["targeting"]!["ageMin"]!.GetValue<int>()).ShouldBe(("sales", 120, 25));

        (await partner.GetAsync("/api/crm/ads/templates?search=seasonal")).ShouldBe(HttpStatusCode.OK).Body["data"]!.AsArray().Select(t => t!["id"]!.ToString()).ShouldContain(made.Body["id"]!.ToString());
        var changed = (await partner.PutAsync(path, JsonNode.Parse($$"""{"name":"Sale","budget":{"type":"daily","amount":200,"currency":"USD"},"version":{{made.Body["version"]}}}""")!)).ShouldBe(HttpStatusCode.OK).Body;
        (changed["name"]!.ToString(), changed["description"]!.ToString(), changed["budget"]!["amount"]!.GetValue<decimal>()).ShouldBe(("Sale", "Two weeks", 200));
        (await partner.PutAsync(path, JsonNode.Parse($$"""{"name":"Late","version":{{made.Body["version"]}}}""")!)).ShouldRefuse(HttpStatusCode.Conflict, "CONFLICT");

        (await partner.DeleteAsync(path)).ShouldBe(HttpStatusCode.NoContent);
        (await partner.GetAsync(path)).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await partner.PostAsync($"/api/crm/ads/campaigns/from-template/{made.Body["id"]}")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task A_campaign_from_a_template_takes_what_the_body_gives_and_the_rest_from_the_template()
    {
        var partner = await app.PartnerAsync(app.Scene, "Ada-1");
        var id = (await partner.PostAsync("/api/crm/ads/templates", Sale)).Body["id"]!.ToString();

        var plain = (await partner.PostAsync($"/api/crm/ads/campaigns/from-template/{id}")).ShouldBe(HttpStatusCode.Created).Body;
        (plain["name"]!.ToString(), plain["status"]!.ToString(), plain["objective"]!.ToString()).ShouldBe(("Seasonal sale", "draft", "sales"));

        var other = (await partner.PostAsync($"/api/crm/ads/campaigns/from-template/{id}", """{"name":"Winter sale","platforms":["google"],"budget":{"type":"daily","amount":150,"currency":"USD"},"schedule":{"startAt":"2026-12-26T00:00:00Z","endAt":"2027-01-06T23:59:59Z"}}"""))
            .ShouldBe(HttpStatusCode.Created);
        (other.Body["name"]!.ToString(), other.Body["budget"]!["amount"]!.GetValue<decimal>(), other.Body["schedule"]!["startAt"]!.ToString(), other.Body["targeting"]!["ageMin"]!.GetValue<int>()).ShouldBe(("Winter sale", 150, "2026-12-26T00:00:00Z", 25));
        other.Body["platforms"]!.AsArray().Select(p => p!.ToString()).ShouldBe(["google"]);
        (await partner.GetAsync(other.Header("Location")!)).ShouldBe(HttpStatusCode.OK).Body["name"]!.ToString().ShouldBe("Winter sale");
    }

    [Fact]
    public async Task A_campaign_is_kept_as_a_template_without_its_dates()
    {
        var partner = await app.PartnerAsync(app.Scene, "Ada-1");
        await partner.PostAsync("/api/crm/ads/creatives", """{"id":"tpl-cre","type":"image","name":"Boots","headline":"Boots"}""");
        var campaign = (await partner.PostAsync("/api/crm/ads/campaigns", """{"name":"Boots","objective":"traffic","platforms":["facebook"],"budget":{"type":"daily","amount":50,"currency":"USD"},"creativeIds":["tpl-cre"],"schedule":{"startAt":"2026-12-01T00:00:00Z"}}""")).ShouldBe(HttpStatusCode.Created).Body["id"]!.ToString();

        var whole = (await partner.PostAsync("/api/crm/ads/templates", $$"""{"name":"Boots again","campaignId":"{{campaign}}"}""")).ShouldBe(HttpStatusCode.Created).Body;
        whole["creativeIds"]!.AsArray().Select(c => c!.ToString()).ShouldBe(["tpl-cre"]);
        var bare = (await partner.PostAsync("/api/crm/ads/templates", $$"""{"name":"Boots bare","campaignId":"{{campaign}}","includeCreatives":false}""")).Body;
        bare["creativeIds"]!.AsArray().ShouldBeEmpty();

        var begun = (await partner.PostAsync($"/api/crm/ads/campaigns/from-template/{whole["id"]}")).Body;
        begun["schedule"]!["startAt"].ShouldBeNull();
        begun["creativeIds"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Every_wrong_field_of_a_template_is_named()
    {
        var partner = await app.PartnerAsync(app.Scene, "Ada-1");

        (await partner.PostAsync("/api/crm/ads/templates", """{"description":5,"objective":"fame","campaignId":"0199d5a0-0000-7000-8000-000000000001","includeCreatives":"yes","schedule":{"startAt":"2026-12-01T00:00:00Z"}}"""))
            .ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["name", "description", "objective", "campaignId", "includeCreatives", "schedule"], ignoreOrder: true);
    }

    [Fact]
    public async Task Another_organizations_template_does_not_exist_and_who_may_only_look_writes_none()
    {
        var partner = await app.PartnerAsync(app.Scene, "Ada-1");
        var id = (await partner.PostAsync("/api/crm/ads/templates", Sale)).Body["id"]!.ToString();
        var stranger = await app.PartnerAsync(app.Strangers, "Ada-1");
        (await stranger.GetAsync($"/api/crm/ads/templates/{id}")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await stranger.PostAsync($"/api/crm/ads/campaigns/from-template/{id}")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");

        var reader = await app.PartnerAsync(app.Scene, "Ada-1", "ads:read:campaigns");
        (await reader.PostAsync("/api/crm/ads/templates", Sale)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
