using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api;

/// <summary>Seed 000's campaign, to the letter, from the first request to both platforms.</summary>
public sealed class BlackFridayTests(PartnerApp app) : IClassFixture<PartnerApp>
{
    private const string Seed = """
        {
          "name": "Black Friday 2026",
          "objective": "conversions",
          "platforms": ["facebook", "google", "tiktok"],
          "budget": { "type": "daily", "amount": 250, "currency": "USD" },
          "audienceIds": ["aud-vip", "aud-cart-abandoned"],
          "creativeIds": ["cre-bf-video-1", "cre-bf-static-1"],
          "schedule": { "startAt": "2026-11-24T00:00:00Z", "endAt": "2026-11-30T23:59:59Z" }
        }
        """;

    [Fact]
    public async Task Facebook_and_Google_launch_and_TikTok_says_that_it_is_not_connected()
    {
        // The scene's own accounts have no working token: those of the sandbox take their place.
        await using (var db = await app.Studio.OpenAsync(app.Scene.Admin, CancellationToken.None))
        {
            foreach (var account in db.AdAccounts.ToList()) account.DeletedAt = DateTimeOffset.UnixEpoch;
            await db.SaveChangesAsync();
        }
        await app.ConnectAsync(app.Scene.Admin, Platform.Meta, "10155501000001");
        await app.ConnectAsync(app.Scene.Admin, Platform.Google, "107001");
        var partner = (await app.PartnerAsync(app.Scene, "Ada-1")).With("orgid", app.Scene.Organization.Id.ToString());

        (await partner.PostAsync("/api/crm/ads/campaigns", Seed)).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST")
            .WrongFields.ShouldBe(["creativeIds[0]", "creativeIds[1]", "audienceIds[0]", "audienceIds[1]"]);

        (await partner.PostAsync("/api/crm/ads/creatives", """{"id":"cre-bf-video-1","type":"video","headline":"Half price now","description":"Free delivery","callToAction":"SHOP_NOW","linkUrl":"https://shop.example/bf","videoUrl":"/sandbox/assets/sample.mp4"}""")).ShouldBe(HttpStatusCode.Created);
        var still = await partner.PostAsync("/api/crm/ads/creatives",
            $$"""{"id":"cre-bf-static-1","type":"image","name":"Static","headline":"Half price now","primaryText":"Everything warm, half price.","description":"Free delivery","callToAction":"Shop now","url":"https://shop.example/bf","assetUrl":"{{app.Address}}sandbox/assets/sample-1200x628.jpg"}""");
        still.ShouldBe(HttpStatusCode.Created);
        still.Body["id"]!.GetValue<string>().ShouldBe("cre-bf-static-1");
        still.Body["assets"]![0]!["width"]!.GetValue<int>().ShouldBe(1200);
        (await partner.PostAsync("/api/crm/ads/audiences", """{"id":"aud-vip","type":"customer_match","name":"VIP","members":[{"email":"nora@customer.example"},{"phone":"+49 30 1234567"},{"email":"nobody"}]}"""))
            .ShouldBe(HttpStatusCode.Created).Body["rejected"]![0]!["line"]!.GetValue<int>().ShouldBe(3);
        (await partner.PostAsync("/api/crm/ads/audiences", """{"id":"aud-cart-abandoned","type":"retargeting","name":"Left their cart","retargeting":{"days":14,"urlContains":"/cart"}}""")).ShouldBe(HttpStatusCode.Created);

        var created = (await partner.PostAsync("/api/crm/ads/campaigns", Seed)).ShouldBe(HttpStatusCode.Created).Body;
        ShouldSayWhatTheSeedSays(created);
        created["status"]!.GetValue<string>().ShouldBe("draft");
        created["notes"]!.AsArray().Count.ShouldBe(2, "there are several accounts on both platforms");
        var id = created["id"]!.GetValue<string>();

        var launched = (await partner.PostAsync($"/api/crm/ads/campaigns/launch/{id}")).ShouldBe(HttpStatusCode.Accepted).Body;
        launched["status"]!.GetValue<string>().ShouldBe("launching");
        var running = await partner.UntilAsync($"/api/crm/ads/campaigns/{id}", c => c["platformStatus"]!.AsObject().All(p => p.Value!["status"]!.GetValue<string>() is not ("launching" or "waiting")));

        ShouldSayWhatTheSeedSays(running);
        foreach (var platform in new[] { "facebook", "google" })
        {
            var status = running["platformStatus"]![platform]!;
            status["status"]!.GetValue<string>().ShouldBeOneOf("ACTIVE", "IN_REVIEW");
            status["error"].ShouldBeNull(status.ToJsonString());
            status["campaignId"]!.GetValue<string>().ShouldNotBeEmpty();
        }
        running["platformStatus"]!["facebook"]!["budget"]!["amount"]!.GetValue<decimal>().ShouldBe(83.34m);
        var tiktok = running["platformStatus"]!["tiktok"]!;
        tiktok["status"]!.GetValue<string>().ShouldBe("not_connected");
        tiktok["error"]!["kind"]!.GetValue<string>().ShouldBe("not_connected");
        tiktok["message"]!.GetValue<string>().ShouldStartWith("TikTok isn't connected.");

        (await partner.PostAsync($"/api/crm/ads/campaigns/launch/{id}")).ShouldRefuse(HttpStatusCode.Conflict, "CONFLICT");
        await ShouldPauseResumeAndDuplicateAsync(partner, id);
    }

    private static void ShouldSayWhatTheSeedSays(JsonNode campaign)
    {
        var seed = JsonNode.Parse(Seed)!;
        foreach (var name in new[] { "name", "objective", "platforms", "budget", "audienceIds", "creativeIds" })
            JsonNode.DeepEquals(campaign[name], seed[name]).ShouldBeTrue($"{name}: {campaign[name]?.ToJsonString()}");
        foreach (var name in new[] { "startAt", "endAt" }) campaign["schedule"]![name]!.GetValue<string>().ShouldBe(seed["schedule"]![name]!.GetValue<string>());
    }

    private static async Task ShouldPauseResumeAndDuplicateAsync(Partner partner, string id)
    {
        (await partner.PostAsync($"/api/crm/ads/campaigns/pause/{id}")).ShouldBe(HttpStatusCode.Accepted);
        await partner.UntilAsync($"/api/crm/ads/campaigns/{id}", c => c["status"]!.GetValue<string>() == "PAUSED");
        var bulk = (await partner.PostAsync("/api/crm/ads/campaigns/bulk/pause", $$"""{"campaignIds":["{{id}}","{{Guid.Empty}}","nonsense"]}""")).ShouldBe(HttpStatusCode.OK).Body;
        bulk["data"]!.AsArray().Select(i => i!["error"]!["code"]!.GetValue<string>()).ShouldBe(["CONFLICT", "NOT_FOUND", "NOT_FOUND"]);
        (await partner.PostAsync($"/api/crm/ads/campaigns/resume/{id}")).ShouldBe(HttpStatusCode.Accepted);
        await partner.UntilAsync($"/api/crm/ads/campaigns/{id}", c => c["status"]!.GetValue<string>() is "ACTIVE" or "IN_REVIEW");

        var copy = (await partner.PostAsync($"/api/crm/ads/campaigns/duplicate/{id}")).ShouldBe(HttpStatusCode.Created).Body;
        copy["status"]!.GetValue<string>().ShouldBe("draft");
        copy["name"]!.GetValue<string>().ShouldBe("Black Friday 2026 copy");
        var listed = (await partner.GetAsync("/api/crm/ads/campaigns?sort=number&limit=1")).ShouldBe(HttpStatusCode.OK).Body;
        (listed["count"]!.GetValue<int>(), listed["total"]!.GetValue<int>(), listed["total_pages"]!.GetValue<int>()).ShouldBe((1, 2, 2));
        (await partner.DeleteAsync($"/api/crm/ads/campaigns/{id}")).ShouldRefuse(HttpStatusCode.Conflict, "CONFLICT");
        (await partner.DeleteAsync($"/api/crm/ads/campaigns/{copy["id"]}")).ShouldBe(HttpStatusCode.NoContent);
    }
}
