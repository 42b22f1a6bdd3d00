using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Core.Campaigns;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api;

/// <summary>Creatives as a program changes them: carousels, versions, deleting.</summary>
public sealed class CrmCreativeTests(PartnerApp app) : IClassFixture<PartnerApp>
{
    [Fact]
    public async Task A_carousel_is_written_card_by_card()
    {
        var partner = await app.PartnerAsync(app.Scene, "Ada-1");

        var made = (await partner.PostAsync("/api/crm/ads/creatives", """
            {"id":"cards-1","type":"carousel","name":"Boots and shoes","headline":"Warm feet","linkUrl":"https://shop.example",
             "cards":[{"imageUrl":"/sandbox/assets/sample-1080x1080.jpg","headline":"Boots","linkUrl":"https://shop.example/boots"},{"imageUrl":"/sandbox/assets/sample-1200x628.jpg"}]}
            """)).ShouldBe(HttpStatusCode.Created).Body;

        made["cards"]!.AsArray().Select(c => (c!["headline"]!.ToString(), c["linkUrl"]!.ToString())).ShouldBe([("Boots", "https://shop.example/boots"), ("", "")]);
        made["cards"]![1]!["assetId"]!.ToString().ShouldBe(made["assets"]![1]!["id"]!.ToString());
        (await partner.PostAsync("/api/crm/ads/creatives", """{"type":"carousel","name":"x","cards":[{"imageUrl":"/sandbox/assets/sample-1080x1080.jpg"},{"headline":"no picture"}]}"""))
            .ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["cards[1].imageUrl"]);
    }

    [Fact]
    public async Task A_change_is_a_version_and_an_earlier_one_can_be_restored()
    {
        var partner = await app.PartnerAsync(app.Scene, "Ada-1");
        await partner.PostAsync("/api/crm/ads/creatives", """{"id":"ver-1","type":"image","name":"Versioned","headline":"One"}""");

        (await PatchAsync(partner, "/api/crm/ads/creatives/ver-1", """{"headline":"Two"}""")).ShouldBe(HttpStatusCode.OK).Body["name"]!.ToString().ShouldBe("Versioned", "what is left out stays");

        var versions = (await partner.GetAsync("/api/crm/ads/creatives/ver-1/versions")).ShouldBe(HttpStatusCode.OK).Body["data"]!.AsArray();
        versions.Select(v => v!["number"]!.GetValue<int>()).ShouldBe([2, 1]);
        versions[0]!["changes"]![0]!.ToJsonString().ShouldBe("""{"part":"Headline","before":"One","after":"Two"}""");
        (await partner.PostAsync("/api/crm/ads/creatives/ver-1/versions/1/restore")).ShouldBe(HttpStatusCode.OK).Body["headline"]!.ToString().ShouldBe("One");
        (await partner.PostAsync("/api/crm/ads/creatives/ver-1/versions/9/restore")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task A_running_creative_is_not_deleted()
    {
        var partner = await app.PartnerAsync(app.Scene, "Ada-1");
        var creative = (await partner.PostAsync("/api/crm/ads/creatives", """{"id":"runs-1","type":"image","name":"Runs"}""")).Body;
        await using (var db = await app.Studio.OpenAsync(app.Scene.Admin, default))
        {
            db.Add(new Campaign
            {
                WorkspaceId = app.Scene.Workspace.Id, TeamId = app.Scene.Team.Id, Number = 990, Name = "Autumn drive", Status = CampaignStatus.Active, Spec = new() { CreativeIds = [creative["uuid"]!.GetValue<Guid>()] },
                CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
            });
            await db.SaveChangesAsync();
        }

        (await partner.DeleteAsync("/api/crm/ads/creatives/runs-1")).ShouldRefuse(HttpStatusCode.Conflict, "CONFLICT").Text.ShouldContain("Autumn drive");

        (await partner.GetAsync("/api/crm/ads/creatives/runs-1")).ShouldBe(HttpStatusCode.OK);
    }

    private static Task<Reply> PatchAsync(Partner partner, string path, string body) => partner.SendAsync(HttpMethod.Patch, path, new StringContent(body, Encoding.UTF8, "application/json"));
}
