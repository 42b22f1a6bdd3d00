using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Embedded.Meta;

/// <summary>Seed 002's five creators, from the body to what stands on Meta, and what is read of it there.</summary>
public sealed class MetaCreatorTests(MakingApp app) : IClassFixture<MakingApp>
{
    public static TheoryData<string, string, string, string, string?> Examples => new()
    {
        { "traffic", Traffic, "OUTCOME_TRAFFIC", "LINK_CLICKS", "WEBSITE" },
        { "lead", Traffic, "OUTCOME_LEADS", "LINK_CLICKS", "WEBSITE" },
        { "sales", Sales, "OUTCOME_SALES", "LANDING_PAGE_VIEWS", "WEBSITE" },
        { "awareness", Awareness, "OUTCOME_AWARENESS", "REACH", null },
        { "engagement", Engagement, "OUTCOME_ENGAGEMENT", "POST_ENGAGEMENT", "ON_POST" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Each_example_of_the_seed_makes_a_campaign_that_stands_paused(string creator, string example, string objective, string goal, string? destination)
    {
        var made = Made(await app.Manager.PostAsync(app.Path("campaign/" + creator), example));

        var campaign = app.Objects.Single(o => o.Id == made.Campaign);
        (campaign.Kind, campaign.Status, Text(campaign, "objective")).ShouldBe(("campaign", "PAUSED", objective));
        var adSet = app.Objects.Single(o => o.Id == made.AdSet);
        (adSet.ParentId, adSet.Status, Text(adSet, "optimization_goal")).ShouldBe((made.Campaign, "PAUSED", goal));
        if (destination is not null) Text(adSet, "destination_type").ShouldBe(destination);
        var ad = app.Objects.Single(o => o.Id == made.Ad);
        (ad.ParentId, ad.Status).ShouldBe((made.AdSet, "PAUSED"));
        var asked = JsonNode.Parse(example)!;
        campaign.Name.ShouldStartWith(asked["campaignName"]!.GetValue<string>());
        adSet.Name.ShouldStartWith(asked["adSetName"]!.GetValue<string>());
        adSet.Body["daily_budget"]!.ToString().ShouldBe((asked["budget"]!.GetValue<int>() * 100).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_awareness_example_runs_on_its_days_for_its_people()
    {
        var made = Made(await app.Manager.PostAsync(app.Path("campaign/awareness"), Awareness));
        var adSet = app.Objects.Single(o => o.Id == made.AdSet).Body;
        (adSet["start_time"]!.ToString(), adSet["end_time"]!.ToString()).ShouldBe(("2025-12-01T00:00:00-0500", "2025-12-11T00:00:00-0500"), "the last day is a whole one, on the account's clock");
        adSet["targeting"]!["geo_locations"]!["countries"]!.ToJsonString().ShouldBe("""["US"]""");
        (adSet["targeting"]!["age_min"]!.GetValue<int>(), adSet["targeting"]!["age_max"]!.GetValue<int>(), adSet["targeting"]!["genders"]).ShouldBe((18, 35, null));
    }

    [Fact]
    public async Task A_sale_is_counted_by_the_pixel_the_catalogue_and_the_conversion()
    {
        var counted = Made(await app.Manager.PostAsync(app.Path("campaign/sales"), With(Sales, ("conversionEvent", "INITIATE_CHECKOUT"), ("optimizationGoal", "OFFSITE_CONVERSIONS"))));
        app.Objects.Single(o => o.Id == counted.AdSet).Body["promoted_object"]!.ToJsonString().ShouldBe("""{"pixel_id":"1391191359009715","custom_event_type":"INITIATED_CHECKOUT"}""");

        var shop = Made(await app.Manager.PostAsync(app.Path("campaign/sales"), With(Sales, ("catalogId", "4055501600001"), ("productSetId", "5055501700001"), ("customConversionId", "6055501800001"))));
        app.Objects.Single(o => o.Id == shop.Campaign).Body["promoted_object"]!["product_catalog_id"]!.ToString().ShouldBe("4055501600001");
        app.Objects.Single(o => o.Id == shop.AdSet).Body["promoted_object"]!.ToJsonString().ShouldBe("""{"pixel_id":"1391191359009715","custom_conversion_id":"6055501800001","product_set_id":"5055501700001"}""");
    }

    [Fact]
    public async Task Traffic_goes_to_the_app_to_messenger_and_to_instagram()
    {
        var store = "https://play.google.com/store/apps/details?id=com.harborandpine.trails";
        var toApp = Made(await app.Manager.PostAsync(app.Path("campaign/traffic"), With(Traffic, ("conversionLocation", "APP"), ("appId", "3055501500001"), ("objectStoreUrl", store))));
        app.Objects.Single(o => o.Id == toApp.AdSet).Body["promoted_object"]!["object_store_url"]!.ToString().ShouldBe(store);

        var talk = Made(await app.Manager.PostAsync(app.Path("campaign/traffic"), With(Traffic, ("conversionLocation", "MESSENGER"))));
        Text(app.Objects.Single(o => o.Id == talk.AdSet), "destination_type").ShouldBe("MESSENGER");

        var direct = Made(await app.Manager.PostAsync(app.Path("campaign/traffic"), With(Traffic, ("conversionLocation", "INSTAGRAM_DIRECT"), ("instagramActorId", "1784173764419345388"))));
        Text(app.Objects.Single(o => o.Id == direct.AdSet), "destination_type").ShouldBe("INSTAGRAM_DIRECT");
    }

    [Fact]
    public async Task A_video_that_stands_on_Meta_is_shown_with_its_thumbnail()
    {
        var body = JsonNode.Parse(Traffic)!;
        body["creatives"]!.AsObject().Remove("imageUrl");
        (body["creatives"]!["videoId"], body["creatives"]!["thumbnailUrl"]) = (MakingApp.Video, "https://images.pexels.com/cover.jpeg");
        var made = Made(await app.Manager.PostAsync(app.Path("campaign/traffic"), body));

        var ad = (await app.Viewer.GetAsync(app.Path("ads", $"&adId={made.Ad}&fields=creative"))).Data()[0]!;
        var creative = (await app.Viewer.GetAsync(app.Path("adcreatives", $"&adcreativeId={ad["creative"]!["id"]}"))).Data()[0]!;
        creative["object_story_spec"]!["video_data"]!["video_id"]!.GetValue<string>().ShouldBe(MakingApp.Video);
        creative["object_story_spec"]!["video_data"]!["image_hash"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Every_kind_of_targeting_arrives()
    {
        var body = JsonNode.Parse(Traffic)!;
        body["targeting"] = JsonNode.Parse("""
            {"genders":[2],"ageMin":21,"ageMax":60,"geoLocations":[{"type":"country","id":"de"},{"type":"region","id":"3847"}],"excludedGeoLocations":[{"type":"region","id":"534"}],
             "interests":[{"id":"6003397496347","name":"Running"}],"behaviors":[{"id":"6071631541183"}],"relationshipStatuses":[1,3],"lifeEvents":[{"id":"6002714401172"}],"industries":[{"id":"6008888980183"}],"income":[{"id":"6107813079183"}],
             "familyStatuses":{"id":"6023005372383"},"educationSchools":[{"id":"105930651606"}],"educationStatuses":["3","9"],"educationMajors":[{"id":"104076956295773"}],"workEmployers":[{"id":"50431654"}],"workPositions":[{"id":"103113219728224"}],"locales":[6]}
            """);
        body["audienceId"] = new JsonArray("1207500000002");
        var made = Made(await app.Manager.PostAsync(app.Path("campaign/traffic"), body));

        var targeting = (await app.Viewer.GetAsync(app.Path("adsets", $"&adsetId={made.AdSet}&fields=targeting"))).Data()[0]!["targeting"]!;
        targeting["genders"]!.ToJsonString().ShouldBe("[2]");
        targeting["geo_locations"]!["countries"]!.ToJsonString().ShouldBe("""["DE"]""");
        targeting["geo_locations"]!["regions"]!.AsArray().Select(r => r!["key"]!.ToString()).ShouldBe(["3847", "3880", "3890"], ignoreOrder: true, "the saved audience's places come to the campaign's own");
        targeting["excluded_geo_locations"]!["regions"]![0]!["key"]!.ToString().ShouldBe("534");
        targeting["locales"]!.ToJsonString().ShouldBe("[6]");
        targeting["flexible_spec"]!.AsArray().SelectMany(s => s!.AsObject().Select(k => k.Key)).ShouldBe(
            ["interests", "behaviors", "relationship_statuses", "life_events", "industries", "income", "family_statuses", "education_schools", "education_statuses", "education_majors", "work_employers", "work_positions"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_active_one_runs_and_is_switched_off_and_on_by_Metas_id()
    {
        var made = Made(await app.Manager.PostAsync(app.Path("campaign/traffic"), With(Traffic, ("status", "ACTIVE"))));
        foreach (var id in new[] { made.Campaign, made.AdSet, made.Ad }) app.Objects.Single(o => o.Id == id).Status.ShouldBe("ACTIVE");

        foreach (var status in new[] { "PAUSED", "PAUSED", "ACTIVE", "ACTIVE" })
        {
            var reply = await SwitchAsync(app.Manager, made.Campaign, status);
            (reply.Data()["id"]!.GetValue<string>(), reply.Data()["status"]!.GetValue<string>()).ShouldBe((made.Campaign, status));
            app.Objects.Single(o => o.Id == made.Campaign).Status.ShouldBe(status);
        }
        (await SwitchAsync(app.Viewer, made.Campaign, "PAUSED")).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN");
        (await SwitchAsync(app.Manager, "120210000000099999", "PAUSED")).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await SwitchAsync(app.Manager, made.Campaign, "DELETED")).Wrong().ShouldContain(w => w.StartsWith("status", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_made_paused_is_switched_on_whole()
    {
        var made = Made(await app.Manager.PostAsync(app.Path("campaign/traffic"), Traffic));
        (await SwitchAsync(app.Manager, made.Campaign, "ACTIVE")).Data();
        foreach (var id in new[] { made.Campaign, made.AdSet, made.Ad }) app.Objects.Single(o => o.Id == id).Status.ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task Sent_twice_under_one_key_it_is_made_once()
    {
        var manager = app.Manager.With("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await manager.PostAsync(app.Path("campaign/traffic"), With(Traffic, ("campaignName", "Only once")));
        var second = await manager.PostAsync(app.Path("campaign/traffic"), With(Traffic, ("campaignName", "Only once")));
        Made(second).ShouldBe(Made(first));

        // The answer was lost, or given up while Meta was at it: what was made is found, and nothing is made again.
        await using (var db = await app.Studio.OpenAsync(app.Scene.Admin, default))
        {
            var made = await db.Campaigns.Where(c => c.Name == "Only once").Select(c => (Guid?)c.Id).SingleAsync();
            (await db.IdempotentRequests.Where(r => r.MadeId == made).ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, (int?)null).SetProperty(r => r.Answer, (string?)null))).ShouldBe(1);
        }
        Made(await manager.PostAsync(app.Path("campaign/traffic"), With(Traffic, ("campaignName", "Only once")))).ShouldBe(Made(first));
        app.Objects.Count(o => o.Kind == "campaign" && o.Name.StartsWith("Only once", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Many_at_once_are_each_answered_whole()
    {
        var replies = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => app.Manager.PostAsync(app.Path("campaign/traffic"), With(Traffic, ("campaignName", $"At once {i}")))));
        replies.Select(Made).SelectMany(m => new[] { m.Campaign, m.AdSet, m.Ad }).ShouldBeUnique();
    }

    [Fact]
    public async Task Authority_holds_it_back_or_forbids_it()
    {
        var before = app.Objects.Count;
        try
        {
            await SetAsync(AuthorityMode.Draft);
            var waits = (await app.Manager.PostAsync(app.Path("campaign/traffic"), With(Traffic, ("campaignName", "Held back")))).ShouldBe(HttpStatusCode.Accepted).Body["data"]!;
            waits["studioCampaignId"]!.GetValue<string>().ShouldStartWith("cmp_");
            waits["approvalId"]!.GetValue<string>().ShouldNotBeEmpty();

            await SetAsync(AuthorityMode.Off);
            (await app.Manager.PostAsync(app.Path("campaign/traffic"), With(Traffic, ("campaignName", "Forbidden")))).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN").Text.ShouldContain("ver_");
        }
        finally
        {
            await SetAsync(AuthorityMode.Auto);
        }
        app.Objects.Count.ShouldBe(before);
        await using var read = await app.Studio.OpenAsync(app.Scene.Admin, default);
        (await read.Campaigns.Where(c => c.Name == "Held back" || c.Name == "Forbidden").Select(c => c.Name).ToListAsync()).ShouldBe(["Held back"]);

        async Task SetAsync(AuthorityMode mode)
        {
            await using var db = await app.Studio.OpenAsync(app.Scene.Admin, default);
            (await db.Workspaces.FindAsync(app.Scene.Workspace.Id))!.Authority = new Authority(mode, mode, mode);
            await db.SaveChangesAsync();
        }
    }

    [Fact]
    public async Task What_Meta_refuses_is_answered_in_its_words_and_stays_in_the_studio()
    {
        var body = With(Traffic, ("campaignName", "Forbidden words"));
        body["creatives"]!["primaryText"] = "Miracle weight loss forever";
        app.Get<SandboxControl>().Policy.Add(new("meta", "Miracle weight loss", "create", "unproven promises"));
        var reply = (await app.Manager.PostAsync(app.Path("campaign/traffic"), body)).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST");
        reply.Text.ShouldContain("unproven promises");
        reply.Text.ShouldContain("cmp_");

        await using var db = await app.Studio.OpenAsync(app.Scene.Admin, default);
        var kept = await db.Campaigns.Include(c => c.Platforms).SingleAsync(c => c.Name == "Forbidden words");
        kept.Status.ShouldBe(CampaignStatus.Failed);
        kept.Platforms.Single().StatusDetail.ShouldNotBeNull().ShouldContain("unproven promises");
        kept.Spec.Platforms.Single().Details!.AdSetName.ShouldBe("Traffic Ad Set - Link Clicks");
    }

    [Fact]
    public async Task Viewers_and_strangers_make_nothing()
    {
        (await app.Viewer.PostAsync(app.Path("campaign/traffic"), Traffic)).ShouldRefuse(HttpStatusCode.Forbidden, "FORBIDDEN");
        var stranger = await app.CallerAsync(app.Strangers, "Mia-1");
        (await stranger.PostAsync(app.Path("campaign/traffic"), Traffic)).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
        (await stranger.GetAsync(app.Path("campaigns"))).ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    public static TheoryData<string, string, string> WrongBodies => new()
    {
        { "traffic", """{"campaignName":null}""", "campaignName" }, { "traffic", """{"budget":0}""", "budget" }, { "traffic", """{"budget":1.5}""", "budget" }, { "traffic", """{"budget":"100"}""", "budget" }, { "traffic", """{"adSetName":null}""", "adSetName" },
        { "traffic", """{"pageId":null}""", "pageId" }, { "traffic", """{"pageId":"1"}""", "pageId" }, { "traffic", """{"status":"ON"}""", "status" }, { "traffic", """{"startDate":"01.12.2025"}""", "startDate" }, { "traffic", """{"startDate":"2025-11-01"}""", "startDate" },
        { "traffic", """{"startDate":"2025-12-05","endDate":"2025-12-01"}""", "endDate" }, { "traffic", """{"optimizationGoal":"REACH"}""", "optimizationGoal" }, { "traffic", """{"conversionLocation":"ON_AD"}""", "conversionLocation" },
        { "traffic", """{"conversionLocation":"APP"}""", "appId" }, { "traffic", """{"conversionLocation":"APP"}""", "objectStoreUrl" }, { "traffic", """{"conversionLocation":"APP","appId":"1","objectStoreUrl":"https://play.google.com/x"}""", "appId" },
        { "traffic", """{"conversionLocation":"INSTAGRAM_DIRECT"}""", "instagramActorId" }, { "traffic", """{"instagramActorId":"77"}""", "instagramActorId" }, { "traffic", """{"specialAdCategories":["HOUSING"]}""", "specialAdCountry" }, { "traffic", """{"specialAdCategories":["PETS"]}""", "specialAdCategories" },
        { "traffic", """{"audienceId":["99887766"]}""", "audienceId" }, { "traffic", """{"targeting":{}}""", "targeting.geoLocations" }, { "traffic", """{"targeting":{"geoLocations":[{"type":"country","id":"XX"}]}}""", "targeting.geoLocations[0].id" },
        { "traffic", """{"targeting":{"geoLocations":[{"type":"region","id":"1"}]}}""", "targeting.geoLocations[0].id" }, { "traffic", """{"targeting":{"geoLocations":[{"type":"country","id":"US"}],"genders":[3],"ageMin":12,"educationStatuses":[14],"relationshipStatuses":[5]}}""", "targeting.genders[0]" },
        { "traffic", """{"creatives":null}""", "creatives" }, { "traffic", """{"creatives":{"primaryText":"a","headline":"b","callToAction":"LEARN_MORE","url":"https://example.com"}}""", "creatives.imageUrl" },
        { "traffic", """{"creatives":{"primaryText":"a","headline":"b","callToAction":"LEARN_MORE","url":"https://example.com","videoId":"1"}}""", "creatives.thumbnailUrl" },
        { "traffic", """{"creatives":{"primaryText":"a","headline":"b","callToAction":"DANCE","url":"x","imageUrl":"https://images.pexels.com/a.jpg"}}""", "creatives.callToAction" },
        { "traffic", """{"creatives":{"primaryText":"a","headline":"b","callToAction":"LEARN_MORE","url":"no address","imageUrl":"https://images.pexels.com/a.jpg"}}""", "creatives.url" },
        { "traffic", """{"creatives":{"primaryText":"a","headline":"b","callToAction":"LEARN_MORE","url":"https://example.com","imageUrl":"http://127.0.0.1:1/a.jpg"}}""", "creatives.imageUrl" },
        { "traffic", """{"creatives":{"primaryText":"a","headline":"b","callToAction":"LEARN_MORE","imageUrl":"https://images.pexels.com/a.jpg"}}""", "creatives.url" },
        { "sales", """{"pixelId":null}""", "pixelId" }, { "sales", """{"pixelId":"5"}""", "pixelId" }, { "sales", """{"conversionEvent":null}""", "conversionEvent" }, { "sales", """{"conversionEvent":"LOOK"}""", "conversionEvent" },
        { "lead", """{"conversionLocation":"ON_AD"}""", "leadFormId" }, { "lead", """{"optimizationGoal":"OFFSITE_CONVERSIONS"}""", "pixelId" }, { "awareness", """{"conversionLocation":"WEBSITE"}""", "conversionLocation" },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task A_wrong_field_is_named_and_nothing_is_made(string creator, string change, string field)
    {
        var body = JsonNode.Parse(creator switch { "sales" => Sales, "awareness" => Awareness, _ => Traffic })!;
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) body[name] = value?.DeepClone();
        var before = app.Objects.Count;

        (await app.Manager.PostAsync(app.Path("campaign/" + creator), body)).Wrong().ShouldContain(d => d.StartsWith(field, StringComparison.Ordinal));
        app.Objects.Count.ShouldBe(before);
    }

    [Fact]
    public async Task The_printed_spelling_of_the_page_is_taken_too()
    {
        var body = JsonNode.Parse(Traffic)!;
        body["pageid"] = body["pageId"]!.DeepClone();
        body.AsObject().Remove("pageId");
        Made(await app.Manager.PostAsync(app.Path("campaign/traffic"), body));
    }

    [Fact]
    public async Task Objects_are_read_in_Metas_own_fields()
    {
        var made = Made(await app.Manager.PostAsync(app.Path("campaign/traffic"), Traffic));
        var other = Made(await app.Manager.PostAsync(app.Path("campaign/engagement"), Engagement));

        var campaign = (await app.Viewer.GetAsync(app.Path("campaigns", $"&campaignId={made.Campaign}"))).Data().AsArray().ShouldHaveSingleItem()!;
        (campaign["id"]!.GetValue<string>(), campaign["status"]!.GetValue<string>(), campaign["objective"]!.GetValue<string>()).ShouldBe((made.Campaign, "PAUSED", "OUTCOME_TRAFFIC"));
        var adSets = (await app.Viewer.GetAsync(app.Path("adsets", $"&campaignId={made.Campaign},{other.Campaign}"))).Data().AsArray();
        adSets.Select(s => s!["campaign_id"]!.GetValue<string>()).ShouldBe([made.Campaign, other.Campaign], ignoreOrder: true);
        foreach (var field in new[] { "name", "status", "effective_status", "billing_event", "optimization_goal", "budget_remaining", "start_time", "created_time", "updated_time", "attribution_spec", "targeting", "campaign" }) adSets[0]![field].ShouldNotBeNull(field);
        adSets[0]!["daily_budget"]!.GetValue<long>().ShouldBe(10_000);

        var ads = (await app.Viewer.GetAsync(app.Path("ads", $"&adsetId={made.AdSet}&fields=name,status"))).Data().AsArray();
        ads.ShouldHaveSingleItem()!.AsObject().Select(f => f.Key).ShouldBe(["id", "campaign_id", "adset_id", "name", "status"], ignoreOrder: true);

        var page = await app.Viewer.GetAsync(app.Path("campaigns", "&limit=1&fields=name"));
        var rest = await app.Viewer.GetAsync(app.Path("campaigns", $"&fields=name&after={Uri.EscapeDataString(page.Header("x-next-after"))}"));
        page.Data().AsArray().Concat(rest.Data().AsArray()).Select(c => c!["id"]!.GetValue<string>()).ShouldBeUnique();
        rest.Data().AsArray().Count.ShouldBePositive();
        (page.Text + rest.Text).ShouldNotContain("access_token");

        (await app.Viewer.GetAsync(app.Path("adsets", "&fields=name,access_token"))).Wrong().ShouldContain(w => w.StartsWith("fields", StringComparison.Ordinal));
        (await app.Viewer.GetAsync(app.Path("ads", "&adId=1;drop"))).Wrong().ShouldContain(w => w.StartsWith("adId", StringComparison.Ordinal));
        (await app.Viewer.GetAsync(app.Path("ads", "&adId=123"))).Data().AsArray().ShouldBeEmpty();
    }

    private Task<Reply> SwitchAsync(Partner partner, string id, string status) => partner.SendAsync(HttpMethod.Patch, app.Path("campaign/" + id), new StringContent($$"""{"status":"{{status}}"}""", System.Text.Encoding.UTF8, "application/json"));

    private static (string Campaign, string AdSet, string Ad) Made(Reply reply)
    {
        reply.ShouldBe(HttpStatusCode.Created);
        reply.Body["message"]!.GetValue<string>().ShouldBe("Resource created successfully");
        var data = reply.Body["data"]!;
        foreach (var id in new[] { "campaignId", "adSetId", "adId" }) data[id]!.GetValue<string>().ShouldNotBeEmpty(id);
        return (data["campaignId"]!.GetValue<string>(), data["adSetId"]!.GetValue<string>(), data["adId"]!.GetValue<string>());
    }

    private static JsonNode With(string example, params (string Name, string Value)[] changes)
    {
        var body = JsonNode.Parse(example)!;
        foreach (var (name, value) in changes) body[name] = value;
        return body;
    }

    private static string Text(Standing item, string field) => item.Body[field]!.ToString();

    private const string Traffic = """
        {"campaignName": "Traffic Campaign - Link Clicks", "status": "PAUSED", "budget": 100, "adSetName": "Traffic Ad Set - Link Clicks", "pageId": "173764419345388", "optimizationGoal": "LINK_CLICKS", "conversionLocation": "WEBSITE",
         "creatives": {"primaryText": "Check out our website!", "headline": "Best Products", "callToAction": "LEARN_MORE", "imageUrl": "https://images.pexels.com/photos/998641/pexels-photo-998641.jpeg?cs=srgb&dl=pexels-francesco-ungaro-998641.jpg&fm=jpg", "url": "https://example.com"}}
        """;
    private const string Sales = """
        {"campaignName": "Sales - Website - Landing Page Views", "status": "PAUSED", "budget": 100, "adSetName": "Sales Ad Set", "pageId": "173764419345388", "pixelId": "1391191359009715", "conversionEvent": "PURCHASE", "conversionLocation": "WEBSITE", "optimizationGoal": "LANDING_PAGE_VIEWS",
         "creatives": {"primaryText": "Shop now!", "headline": "Amazing Products", "callToAction": "SHOP_NOW", "imageUrl": "https://images.pexels.com/photos/998641/pexels-photo-998641.jpeg", "url": "https://example.com"}}
        """;
    private const string Awareness = """
        {"campaignName": "Awareness - Basic Reach", "status": "PAUSED", "budget": 10, "startDate": "2025-12-01", "endDate": "2025-12-10", "specialAdCategories": ["NONE"], "adSetName": "Awareness Adset - Basic", "pageId": "784350118091291",
         "creatives": {"primaryText": "This is a basic awareness ad", "headline": "Brand Awareness", "callToAction": "LEARN_MORE", "imageUrl": "https://images.pexels.com/photos/9160637/pexels-photo-9160637.jpeg", "description": "Short description for awareness ad", "url": "https://example.com"},
         "targeting": {"ageMin": 18, "ageMax": 35, "genders": [0], "geoLocations": [{"type": "country", "id": "US"}]}, "optimizationGoal": "REACH"}
        """;
    private const string Engagement = """
        {"campaignName": "Engagement - On Ad - Post Engagement", "status": "PAUSED", "budget": 100, "adSetName": "Engagement Ad Set", "pageId": "173764419345388", "conversionLocation": "ON_AD", "engagementType": "POST_ENGAGEMENT", "optimizationGoal": "POST_ENGAGEMENT",
         "creatives": {"primaryText": "Engage with this post!", "headline": "Amazing Content", "callToAction": "LEARN_MORE", "imageUrl": "https://images.pexels.com/photos/998641/pexels-photo-998641.jpeg?cs=srgb&dl=pexels-francesco-ungaro-998641.jpg&fm=jpg"}}
        """;
}
