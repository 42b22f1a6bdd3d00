using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Meta;
using AdStudio.Sandbox.Store;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Advertising;

/// <summary>boost_instagram: an Instagram post is promoted as it is.</summary>
public sealed class AdvertisingPostTests(AdvertisingApp app) : IClassFixture<AdvertisingApp>
{
    private SandboxStore Store => app.Get<SandboxStore>();
    private string Instagram => app.Account.Assets.First(a => a.Kind == AccountAssetKind.InstagramAccount && a.ParentId == app.Page).Id;
    private string Post => Store.Work(() => Store.Under(MetaWorld.InstagramPost, Instagram).OrderBy(p => p.Id, StringComparer.Ordinal).First().Id);

    private JsonObject Boost(string name, string? status = null)
    {
        var input = app.Sample(name, status);
        input["campaign_type"] = "boost_instagram";
        foreach (var gone in new[] { "assets", "captions", "mainCaption", "goal", "type" }) input.Remove(gone);
        input["igMedia"] = new JsonObject { ["id"] = Post, ["permalink"] = "https://www.instagram.com/p/HPboots0001/", ["media_url"] = "https://cdn.example/boots.jpg", ["caption"] = "New boots, old mountains.", ["media_type"] = "IMAGE" };
        return input;
    }

    private List<string> MadeFrom(string post) => Store.Work(() => Store.All(MetaWorld.Creative).Where(c => c.Body["source_instagram_media_id"]?.ToString() == post).Select(c => c.Id).ToList());

    [Fact]
    public async Task The_ad_on_Meta_is_made_of_the_post_itself()
    {
        var data = await app.SettledAsync(await app.CreateAsync(Boost("Boots boost")));

        data["status"]!.GetValue<string>().ShouldBe("PAUSED", data.ToJsonString());
        var ads = data["campaign_metadata"]!["platform_details"]!["ad_types"]!.AsArray().SelectMany(t => t!["ad_ids"]!.AsArray()).Select(a => a!.GetValue<string>()).ToList();
        var ad = ads.ShouldHaveSingleItem();
        var creative = Store.Work(() => Store.Find(MetaWorld.Creative, Store.Find(MetaWorld.Ad, ad)!.Body["creative"]!["id"]!.ToString())!.Body);
        (creative["source_instagram_media_id"]!.ToString(), creative["instagram_user_id"]!.ToString(), creative["object_id"]!.ToString()).ShouldBe((Post, Instagram, app.Page));
        creative["object_story_spec"].ShouldBeNull();

        var shown = data["campaign_metadata"]!["campaign_state"]!["campaign"]!["creative"]!["igMedia"]!;
        (shown["id"]!.GetValue<string>(), shown["permalink"]!.GetValue<string>(), shown["caption"]!.GetValue<string>(), shown["media_type"]!.GetValue<string>()).ShouldBe((Post, "https://www.instagram.com/p/HPboots0001/", "New boots, old mountains.", "IMAGE"));

        var analytics = (await app.Caller.GetAsync($"/advertising/v1/analytic/campaign/{data["id"]}")).ShouldBe(HttpStatusCode.OK);
        analytics.Body["data"]!["facebook_ad_media"]!["media_url"]!.GetValue<string>().ShouldBe("https://cdn.example/boots.jpg");
    }

    [Fact]
    public async Task The_same_post_stands_in_the_library_once()
    {
        await app.CreateAsync(Boost("Once", "DRAFT"));
        var again = Boost("Twice", "DRAFT");
        again.Remove("igMedia");
        again["instagram_post_id"] = Post;
        var second = await app.CreateAsync(again);
        second["campaign_metadata"]!["campaign_state"]!["campaign"]!["creative"]!["igMedia"]!["id"]!.GetValue<string>().ShouldBe(Post);

        var library = (await app.Get<ListCreatives>().RunAsync(app.Scene.Admin, new(app.Scene.Workspace.Id, Type: CreativeType.ExistingPost), CancellationToken.None)).Value;
        library.Items.Where(c => c.Post!.Id == Post).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task It_wants_a_post_and_one_with_an_id()
    {
        var without = Boost("Nothing");
        without.Remove("igMedia");
        (await app.Caller.With("x-brand-id", $"{app.Brand}").PostAsync("/advertising/v1/campaign", without)).ShouldDecline(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["igMedia"]);

        foreach (var id in new[] { "", "abc", "1_2_3", new string('9', 65) })
        {
            var odd = Boost("Odd");
            odd["igMedia"]!["id"] = id;
            (await app.Caller.With("x-brand-id", $"{app.Brand}").PostAsync("/advertising/v1/campaign", odd)).ShouldDecline(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldContain("igMedia.id");
        }
    }

    [Fact]
    public async Task A_post_that_Meta_does_not_know_fails_in_its_words_and_leaves_nothing_running()
    {
        var input = Boost("Unknown");
        input["igMedia"]!["id"] = "17000000000000009";
        var data = await app.SettledAsync(await app.CreateAsync(input));
        data["status"]!.GetValue<string>().ShouldBe("FAILED", data.ToJsonString());
        data["campaign_metadata"]!.ToJsonString().ShouldContain("The Instagram post 17000000000000009 doesn");
        MadeFrom("17000000000000009").ShouldBeEmpty();
    }
}
