using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api;

/// <summary>Ad audiences over API 000: who is on a list, and where it shall stand.</summary>
public sealed class CrmAudienceTests(PartnerApp app) : IClassFixture<PartnerApp>
{
    [Fact]
    public async Task A_list_is_filled_thinned_and_renamed()
    {
        var partner = await app.PartnerAsync(app.Scene, "Mia-1");
        var path = "/api/crm/ads/audiences/" + await MadeAsync(partner, "aud-thin");

        var added = (await partner.PostAsync(path + "/members", """{"members":[{"email":"ann@customer.example","consent":"given","consentAt":"2026-05-01T09:00:00Z"},"bob@customer.example",{"email":"cat@customer.example","consent":"withdrawn"},{"email":"broken"}]}""")).ShouldBe(HttpStatusCode.OK).Body;
        (Number(added, "added"), Number(added, "withdrawn"), Number(added, "members")).ShouldBe((2, 1, 2));
        added["rejected"]!.AsArray().ShouldHaveSingleItem()!["line"]!.GetValue<int>().ShouldBe(4);

        var removed = (await RemoveAsync(partner, path, """{"members":["ann@customer.example","nobody@customer.example"],"reason":"consent_withdrawn"}""")).ShouldBe(HttpStatusCode.OK).Body;
        (Number(removed, "removed"), Number(removed, "notThere"), Number(removed, "members")).ShouldBe((1, 1, 1));
        Number((await partner.PostAsync(path + "/members", """{"members":["ann@customer.example"]}""")).Body, "withdrawn").ShouldBe(1);

        (await partner.SendAsync(HttpMethod.Patch, path, new StringContent("""{"name":"Thin"}""", System.Text.Encoding.UTF8, "application/json"))).ShouldBe(HttpStatusCode.OK).Body["name"]!.GetValue<string>().ShouldBe("Thin");
        (await partner.PostAsync(path + "/members", "{}")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["members"]);
        (await partner.PostAsync(path + "/members", """{"members":[{"email":"dan@customer.example","consent":"maybe"}]}""")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["members[0].consent"]);
    }

    [Fact]
    public async Task A_placement_is_seen_in_the_answer_and_taken_off_again()
    {
        var partner = await app.PartnerAsync(app.Scene, "Mia-1");
        var path = "/api/crm/ads/audiences/" + await MadeAsync(partner, "aud-placed");

        var placed = (await partner.PostAsync(path + "/placements", $$"""{"accounts":[{"adAccountId":"{{app.Scene.Meta.Id}}"}]}""")).ShouldBe(HttpStatusCode.Accepted).Body["platforms"]!.AsArray().ShouldHaveSingleItem()!;
        (placed["platform"]!.GetValue<string>(), placed["adAccountId"]!.GetValue<Guid>(), placed["inStep"]!.GetValue<bool>()).ShouldBe(("facebook", app.Scene.Meta.Id, false));

        var place = $"{path}/placements/{placed["id"]}";
        (await partner.DeleteAsync(place)).ShouldBe(HttpStatusCode.Accepted).Body["platforms"]![0]!["leaving"]!.GetValue<bool>().ShouldBeTrue();
        (await partner.PostAsync($"{path}/placements", """{"accounts":[]}""")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST");
        (await partner.PostAsync($"{path}/placements/{Guid.NewGuid()}/retry", "{}")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await partner.DeleteAsync(path + "?onPlatforms=perhaps")).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["onPlatforms"]);
        (await partner.DeleteAsync(path + "?onPlatforms=true")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await partner.GetAsync(path)).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    private static async Task<string> MadeAsync(Partner partner, string id)
    {
        (await partner.PostAsync("/api/crm/ads/audiences", $$"""{"id":"{{id}}","type":"customer_match","name":"{{id}}"}""")).ShouldBe(HttpStatusCode.Created);
        return id;
    }

    private static Task<Reply> RemoveAsync(Partner partner, string path, string body) => partner.SendAsync(HttpMethod.Delete, path + "/members", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

    private static int Number(JsonNode body, string name) => body[name]!.GetValue<int>();
}
