using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace AdStudio.Tests.Api.Advertising;

/// <summary>Seed 003's big sample: its campaign_input, with addresses and ids that exist here and dates that lie ahead, and every field that its answer documents.</summary>
internal static class BigSample
{
    /// <summary>Begins every value in <see cref="Input"/> that must never be seen again.</summary>
    public const string Secret = "SECRET-";

    public static JsonObject InputFor(Uri address, string account, string page) => JsonNode.Parse(Input
        .Replace("\"ASSET\"", $"\"{address}sandbox/assets/sample-1200x628.jpg\"", StringComparison.Ordinal).Replace("\"ACCOUNT\"", $"\"{account}\"", StringComparison.Ordinal)
        .Replace("\"PAGE\"", $"\"{page}\"", StringComparison.Ordinal))!.AsObject();

    /// <summary>Fields of the answer's data with their types; "none" is documented as null and may be anything.</summary>
    public static IReadOnlyDictionary<string, string> Documented { get; } = new Dictionary<string, string>
    {
        ["id"] = "number",
        ["brand_id"] = "number",
        ["status"] = "text",
        ["campaign_metadata"] = "object",
        ["campaign_metadata.links"] = "none",
        ["campaign_metadata.budget"] = "number",
        ["campaign_metadata.status"] = "text",
        ["campaign_metadata.content"] = "object",
        ["campaign_metadata.content.name"] = "text",
        ["campaign_metadata.content.slug"] = "text",
        ["campaign_metadata.content.type"] = "text",
        ["campaign_metadata.content.thumbnail_url"] = "text",
        ["campaign_metadata.endDate"] = "text",
        ["campaign_metadata.creative"] = "object",
        ["campaign_metadata.creative.all"] = "list",
        ["campaign_metadata.creative.all[0].url"] = "text",
        ["campaign_metadata.creative.all[0].name"] = "text",
        ["campaign_metadata.creative.all[0].type"] = "text",
        ["campaign_metadata.creative.all[0].fb_id"] = "text",
        ["campaign_metadata.creative.all[0].width"] = "number",
        ["campaign_metadata.creative.all[0].height"] = "number",
        ["campaign_metadata.creative.all[0].thumbnail"] = "text",
        ["campaign_metadata.creative.all[0].formatType"] = "text",
        ["campaign_metadata.currency"] = "text",
        ["campaign_metadata.startDate"] = "text",
        ["campaign_metadata.status_notes"] = "none",
        ["campaign_metadata.campaign_type"] = "text",
        ["campaign_metadata.campaign_input"] = "object",
        ["campaign_metadata.campaign_state"] = "object",
        ["campaign_metadata.campaign_state.brand"] = "object",
        ["campaign_metadata.campaign_state.record"] = "object",
        ["campaign_metadata.campaign_state.accounts"] = "object",
        ["campaign_metadata.campaign_state.campaign"] = "object",
        ["campaign_metadata.campaign_state.campaign.details"] = "object",
        ["campaign_metadata.campaign_state.campaign.details.budget"] = "number",
        ["campaign_metadata.campaign_state.campaign.details.endDate"] = "text",
        ["campaign_metadata.campaign_state.campaign.details.startDate"] = "text",
        ["campaign_metadata.campaign_state.campaign.creative"] = "object",
        ["campaign_metadata.campaign_state.campaign.creative.cta"] = "none",
        ["campaign_metadata.campaign_state.campaign.creative.assets"] = "object",
        ["campaign_metadata.campaign_state.campaign.creative.assets.all"] = "list",
        ["campaign_metadata.campaign_state.campaign.creative.assets.all[0].url"] = "text",
        ["campaign_metadata.campaign_state.campaign.creative.assets.all[0].name"] = "text",
        ["campaign_metadata.campaign_state.campaign.creative.assets.all[0].type"] = "text",
        ["campaign_metadata.campaign_state.campaign.creative.assets.all[0].fb_id"] = "text",
        ["campaign_metadata.campaign_state.campaign.creative.assets.all[0].width"] = "number",
        ["campaign_metadata.campaign_state.campaign.creative.assets.all[0].height"] = "number",
        ["campaign_metadata.campaign_state.campaign.creative.assets.all[0].thumbnail"] = "text",
        ["campaign_metadata.campaign_state.campaign.creative.assets.all[0].formatType"] = "text",
        ["campaign_metadata.campaign_state.campaign.creative.igMedia"] = "none",
        ["campaign_metadata.campaign_state.campaign.creative.captions"] = "object",
        ["campaign_metadata.campaign_state.campaign.creative.captions.all"] = "text",
        ["campaign_metadata.campaign_state.campaign.creative.mainCaption"] = "none",
        ["campaign_metadata.campaign_state.campaign.targeting"] = "object",
        ["campaign_metadata.campaign_state.campaign.targeting.targetedCountries"] = "list",
        ["campaign_metadata.campaign_state.campaign.targeting.targetedCountries[0].name"] = "text",
        ["campaign_metadata.campaign_state.campaign.targeting.targetedCountries[0].budget"] = "number",
        ["campaign_metadata.campaign_state.campaign.targeting.targetedCountries[0].locations"] = "list",
        ["campaign_metadata.campaign_state.campaign.targeting.targetedCountries[0].locations[0].type"] = "text",
        ["campaign_metadata.campaign_state.campaign.targeting.targetedCountries[0].locations[0].label"] = "text",
        ["campaign_metadata.campaign_state.campaign.targeting.targetedCountries[0].locations[0].value"] = "text",
        ["campaign_metadata.campaign_state.campaign.targeting.targetedCountries[0].locations[0].region_id"] = "none",
        ["campaign_metadata.campaign_state.campaign.targeting.targetedCountries[0].locations[0].country_code"] = "none",
        ["campaign_metadata.campaign_state.campaign.targeting.targetingDemographics"] = "object",
        ["campaign_metadata.campaign_state.campaign.targeting.targetingDemographics.age"] = "object",
        ["campaign_metadata.campaign_state.campaign.targeting.targetingDemographics.age.max"] = "number",
        ["campaign_metadata.campaign_state.campaign.targeting.targetingDemographics.age.min"] = "number",
        ["campaign_metadata.campaign_state.campaign.targeting.targetingDemographics.gender"] = "text",
        ["campaign_metadata.campaign_state.campaign.targeting.targetingDemographics.languages"] = "list",
        ["campaign_metadata.campaign_state.campaign.targeting.targetingDemographics.languages[0].key"] = "number",
        ["campaign_metadata.campaign_state.campaign.targeting.targetingDemographics.languages[0].name"] = "text",
        ["campaign_metadata.campaign_state.campaign.targeting.targetingDemographics.languages[0].selected"] = "flag",
        ["campaign_metadata.campaign_state.campaign.targeting.interestTargetingAudiences"] = "list",
        ["campaign_metadata.campaign_state.campaign.targeting.interestTargetingAudiences[0].fbId"] = "text",
        ["campaign_metadata.campaign_state.campaign.targeting.interestTargetingAudiences[0].name"] = "text",
        ["campaign_metadata.campaign_state.campaign.conversions"] = "object",
        ["campaign_metadata.campaign_state.campaign.conversions.conversionsDomain"] = "text",
        ["campaign_metadata.campaign_state.campaign.conversions.conversionsEnabled"] = "flag",
        ["campaign_metadata.campaign_state.campaign.conversions.conversionsEventName"] = "text",
        ["campaign_metadata.payment_details"] = "none",
        ["campaign_metadata.platform_details"] = "object",
        ["campaign_metadata.platform_details.ad_types"] = "list",
        ["campaign_metadata.platform_details.ad_types[0].name"] = "text",
        ["campaign_metadata.platform_details.ad_types[0].ad_ids"] = "list",
        ["campaign_metadata.platform_details.campaigns"] = "list",
        ["campaign_metadata.platform_details.ad_account"] = "text",
        ["campaign_metadata.platform_details.errorCampaigns"] = "list",
        ["campaign_metadata.platform_details.campaignsMapping"] = "list",
        ["campaign_metadata.platform_details.campaignsMapping[0].name"] = "text",
        ["campaign_metadata.platform_details.campaignsMapping[0].cities"] = "list",
        ["campaign_metadata.platform_details.campaignsMapping[0].regions"] = "list",
        ["campaign_metadata.platform_details.campaignsMapping[0].fraction"] = "number",
        ["campaign_metadata.platform_details.campaignsMapping[0].countries"] = "list",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign"] = "object",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign.id"] = "text",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign.error"] = "none",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign.adsets"] = "list",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign.fields"] = "object",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign.fields.name"] = "text",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign.fields.status"] = "text",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign.fields.objective"] = "text",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign.fields.pacing_type"] = "list",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign.fields.bid_strategy"] = "text",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign.fields.lifetime_budget"] = "number",
        ["campaign_metadata.platform_details.campaignsMapping[0].fbCampaign.fields.special_ad_categories"] = "text",
        ["campaign_metadata.platform_details.campaignsMapping[0].excluded_countries"] = "list",
        ["campaign_metadata.platform_details.campaignsMapping[0].included_countries"] = "list",
        ["campaign_metadata.platform_details.creatives_mapping"] = "list",
        ["campaign_metadata.campaign_platforms"] = "list",
        ["createdAt"] = "text",
        ["updatedAt"] = "text",
    };

    public static void ShouldHaveWhatIsDocumented(JsonNode data)
    {
        foreach (var (path, type) in Documented)
        {
            var (found, value) = Find(data, path);
            found.ShouldBeTrue($"{path} is missing");
            if (type != "none") TypeOf(value).ShouldBe(type, path);
        }
    }

    /// <summary>Every field of what was given is there again with its type, but for those that carry secrets.</summary>
    public static void ShouldBeKept(JsonNode? given, JsonNode? shown, string path = "")
    {
        if (given is JsonObject whole)
            foreach (var (name, value) in whole)
            {
                if (Core.Common.GivenJson.IsSecret(name)) shown!.AsObject().ContainsKey(name).ShouldBeFalse($"{path}.{name}");
                else
                {
                    shown!.AsObject().ContainsKey(name).ShouldBeTrue($"{path}.{name} is missing");
                    if (value is not null) ShouldBeKept(value, shown[name], $"{path}.{name}");
                }
            }
        else if (given is JsonArray list)
            foreach (var (index, entry) in list.Index()) ShouldBeKept(entry, shown![index], $"{path}[{index}]");
        else JsonNode.DeepEquals(given, shown).ShouldBeTrue($"{path}: {given?.ToJsonString()} became {shown?.ToJsonString()}");
    }

    private static (bool Found, JsonNode? Value) Find(JsonNode data, string path)
    {
        JsonNode? at = data;
        foreach (var part in path.Split('.'))
        {
            var name = part.Replace("[0]", "", StringComparison.Ordinal);
            if (at is not JsonObject whole || !whole.TryGetPropertyValue(name, out at)) return (false, null);
            if (part.EndsWith("[0]", StringComparison.Ordinal)) at = at is JsonArray { Count: > 0 } list ? list[0] : null;
        }
        return (true, at);
    }

    private static string TypeOf(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => "text", JsonValueKind.Number => "number", JsonValueKind.True or JsonValueKind.False => "flag", JsonValueKind.Array => "list", JsonValueKind.Object => "object", _ => "none",
    };

    private const string Input = """
        {
          "goal":"increase_record_streams",
          "brand":{
            "id":246,
            "name":"Skrlth",
            "slug":"skrlth-test",
            "tier":"pro",
            "image":"https://pictures.example/image.jpg",
            "website":{"bgType":"artwork","bgColor":"#000","titleText":null,"socialIcons":[{"key":"0","url":"","width":"25","height":"25","enabled":true,"rounded":true,"placeholder":"Facebook profile URL","backgroundColor":""},{"key":"1","url":"","width":"25","height":"25","enabled":true,"rounded":true,"placeholder":"Instagram profile URL","backgroundColor":""}],"buttonConfig":"stacked","primaryColor":"#7C18F7","secondaryColor":"#000000","enableSocialIcons":true,"removeSymphonyBrand":false,"addAffiliateLinkToLogo":true},
            "currency":{"code":"MXN","symbol":"$"},
            "createdAt":"2022-03-25T00:11:31.220Z",
            "updatedAt":"2025-02-20T16:20:29.712Z",
            "connections":{
              "tiktok":{"url":"https://tiktok.com/@skrlth.cln","username":"skrlth.cln"},
              "audiomack":{"id":31519512,"name":"JAY Z","genres":["rap"],"url_slug":"jay-z","followers":71467,"thumbnail_url":"https://pictures.example/thumbnail_url.jpg"},
              "chartmetric":{"id":5919680},
              "facebook_page":{"id":"pageID","name":"Skrlth","picture":{"data":{"url":"https://pictures.example/url.jpg"}},"category":"Músico/grupo de música","access_token":"SECRET-1","followers_count":1493},
              "facebook_pixel":null,
              "instagram_page":{"id":"igPage","name":"Skrlth","businessAccount":{"id":"pageID","username":"skrlth_cln","followers_count":1926,"profile_picture_url":"https://pictures.example/profile_picture_url.jpg"},"instagramAccount":{"id":"igPage","username":"skrlth_cln","is_private":false,"profile_pic":"https://pictures.example/profile_pic.jpg","follow_count":48,"is_published":true,"followed_by_count":1926},"connected_instagram_account":{"id":"pageID","username":"skrlth_cln","followers_count":1926,"profile_picture_url":"https://pictures.example/profile_picture_url.jpg"}},
              "youtube_channel":{"id":"channelId","etag":"tag","kind":"youtube#searchResult","snippet":{"title":"Skarleth CLN","channelId":"channelId","thumbnails":{"high":{"url":"https://pictures.example/url.jpg"},"medium":{"url":"https://pictures.example/url.jpg"},"default":{"url":"https://pictures.example/url.jpg"}},"description":"Canal oficial de la banda culichi ...Skarleth...","publishTime":"2012-11-03T05:16:40Z","publishedAt":"2012-11-03T05:16:40Z","channelTitle":"Skarleth CLN","liveBroadcastContent":"none"}},
              "google_analytics":"G-SPNB69X0DM",
              "logged_in_fb_user":{"id":"userID","name":"Miguel González","picture":{"data":{"url":"https://pictures.example/url.jpg"}},"expires_at":null,"access_token":"SECRET-2","fbTokenValid":true},
              "facebook_ad_account":{"id":"accountID","name":"Vendora","business":{"id":"395494001069607","name":"Vendify"},"currency":"MXN","user_tasks":["DRAFT","ANALYZE","ADVERTISE","MANAGE"],"amount_spent":5050.24,"userHasAccess":true,"account_status":1},
              "spotify_artist_page":{"id":"5fX7wIWuzZFWQbm25ccU3t","uri":"spotify:artist:5fX7wIWuzZFWQbm25ccU3t","href":"https://api.spotify.com/v1/artists/5fX7wIWuzZFWQbm25ccU3t","name":"Skrlth","type":"artist","genres":[],"images":[{"url":"https://pictures.example/url.jpg","width":640,"height":640},{"url":"https://pictures.example/url.jpg","width":320,"height":320}],"followers":{"href":null,"total":87},"popularity":0,"external_urls":{"spotify":"https://open.spotify.com/artist/5fX7wIWuzZFWQbm25ccU3t"}},
              "soundcloud_artist_page":{"url":"https://soundcloud.com/skarleth-4","username":"skarleth-4"},
              "facebook_business_manager":null,
              "business_discovery_instagram":null,
              "facebook_pixel_conversions_domain":null,
              "facebook_pixel_conversions_api_access_token":"SECRET-10"},
            "hideFansTab":false,
            "subscription":{"tier":"pro","type":"organic","status":"active","is_trial":false,"setup_by":null,"onOldPlan":false,"trial_ends":null,"referral_id":null,"freeTrialOver":true,"payment_method":"stripe","checkout_source":"Desktop Navigation - Upgrade to Pro Button","stripe_session_id":"SECRET-3","recurring_interval":"monthly","stripe_customer_id":"SECRET-4","checking_out_user_id":256,"first_conversion_made":false,"stripe_subscription_id":"SECRET-5","saved_as_tapfiliate_customer":null,"saved_as_tapfiliate_conversion":null,"subscription_scheduled_end_date":"2024-06-23T11:14:20-06:00","monthly_seats_subscription_item_id":"SECRET-6","monthly_campaigns_spent_subscription_item_id":"SECRET-7"},
            "freeTrialOver":true,
            "permissionLevel":null,
            "affiliate_details":null,
            "conversionsStatus":null,
            "stripe_customer_id":"SECRET-8",
            "content_initialized":true,
            "showRecommendations":false,
            "reauthenticateFbUser":false,
            "dashboard_initialized":true},
          "assets":{"all":[{"url":"ASSET","name":"sunflower.jpg","type":"image","fb_id":"02fdb8effcac18c06ca00f946781b6d5","width":600,"height":400,"thumbnail":"https://pictures.example/thumbnail.jpg","formatType":"feed"}]},
          "budget":550,
          "fbPage":{"id":"PAGE","name":"Skrlth","picture":{"data":{"url":"https://pictures.example/url.jpg"}},"category":"Músico/grupo de música","access_token":"SECRET-9","is_published":true,"followers_count":1492,"instagram_business_account":{"id":"pageID","username":"skrlth_cln","followers_count":1913,"profile_picture_url":"https://pictures.example/profile_picture_url.jpg"},"connected_instagram_account":{"id":"pageID","username":"skrlth_cln","followers_count":1913,"profile_picture_url":"https://pictures.example/profile_picture_url.jpg"}},
          "igPage":{"businessAccount":{"id":"pageID","username":"skrlth_cln","followers_count":1913,"profile_picture_url":"https://pictures.example/profile_picture_url.jpg"},"instagramAccount":{"id":"igPage","username":"skrlth_cln","is_private":false,"profile_pic":"https://pictures.example/profile_pic.jpg","follow_count":49,"is_published":true,"followed_by_count":1913},"connected_instagram_account":{"id":"pageID","username":"skrlth_cln","followers_count":1913,"profile_picture_url":"https://pictures.example/profile_picture_url.jpg"}},
          "record":{"name":"Traidores","slug":"traidores","type":"record","explicit":true,"record_url":"https://open.spotify.com/track/7teUTYcXcZykRKN3Cve0L4","spotify_id":"7teUTYcXcZykRKN3Cve0L4","preview_url":"https://pictures.example/preview_url.jpg","spotify_uri":"spotify:track:7teUTYcXcZykRKN3Cve0L4","external_ids":{"isrc":"QZFZ32084517"},"release_date":"2017-10-30","thumbnail_url":"https://pictures.example/thumbnail_url.jpg","external_links":[{"url":"https://pictures.example/url.jpg","name":"amazon_music"},{"url":"https://amazon.com/dp/B084ZT69MQ","name":"amazonStore"}],"primary_artist":"Skrlth","spotify_release_type":"Single"},
          "endDate":"2026-12-20T15:00:00.000Z",
          "igMedia":null,
          "captions":{"all":"Traidores out now on all streaming services"},
          "startDate":"2026-12-01T05:00:00.000Z",
          "price_data":{"name":"550 FB/IG Ads Campaign for \"Skrlth\"","price":550,"description":"\"Skrlth\" (Increase Music Streams)"},
          "fbAdAccount":{"id":"ACCOUNT","name":"Vendora","business":{"id":"395494001069607","name":"Vendify"},"currency":"MXN","user_tasks":["DRAFT","ANALYZE","ADVERTISE","MANAGE"],"amount_spent":"315975","account_status":1},
          "campaignName":"stripe test 20-02-2025 part 1",
          "conversionsDomain":"symphony.to",
          "targetedCountries":[{"name":"High Engagement Markets","budget":1,"locations":[{"type":"country","label":"Australia","value":"AU","region_id":null,"country_code":null},{"type":"country","label":"Canada","value":"CA","region_id":null,"country_code":null},{"type":"country","label":"Germany","value":"DE","region_id":null,"country_code":null},{"type":"country","label":"France","value":"FR","region_id":null,"country_code":null},{"type":"country","label":"United Kingdom","value":"GB","region_id":null,"country_code":null},{"type":"country","label":"New Zealand","value":"NZ","region_id":null,"country_code":null},{"type":"country","label":"United States of America","value":"US","region_id":null,"country_code":null}]}],
          "conversionsEnabled":false,
          "conversionsEventName":"StreamingLinkClicked",
          "targetingDemographics":{"age":{"max":28,"min":18},"gender":"All","languages":[{"key":6,"name":"English (US)","selected":true},{"key":24,"name":"English (UK)","selected":true}]},
          "userExistingAudiences":null,
          "interestTargetingAudiences":[{"fbId":"6003020834693","name":"Music"},{"fbId":"6003029869785","name":"Arts and music"}],
          "campaign_type":"record_streams",
          "campaign_platforms":["fb"]
        }
        """;
}
