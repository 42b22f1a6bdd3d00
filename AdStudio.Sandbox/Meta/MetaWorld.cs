using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>The people, businesses, ad accounts and pages that are there from the start.</summary>
public static class MetaWorld
{
    public const string User = "meta.user", Account = "meta.account", Page = "meta.page", Business = "meta.business", Campaign = "meta.campaign", AdSet = "meta.adset", Ad = "meta.ad",
        Creative = "meta.creative", Image = "meta.image", Video = "meta.video", Audience = "meta.audience", Pixel = "meta.pixel", Report = "meta.report", Form = "meta.form", Lead = "meta.lead", SavedAudience = "meta.saved", App = "meta.app", Event = "meta.event", Catalog = "meta.catalog", ProductSet = "meta.productset", CustomConversion = "meta.customconversion", InstagramPost = "meta.igmedia", PagePost = "meta.post", Token = "meta.token", Code = "meta.code";

    /// <summary>What a person can grant, in the words of the consent page.</summary>
    public static IReadOnlyDictionary<string, string> Permissions { get; } = new Dictionary<string, string>
    {
        ["public_profile"] = "Your name",
        ["email"] = "Your e-mail address",
        ["ads_management"] = "Create and change ads in your ad accounts",
        ["ads_read"] = "See the results of your ads",
        ["business_management"] = "See your business and its accounts",
        ["pages_show_list"] = "See a list of your Pages",
        ["pages_read_engagement"] = "Read what is posted on your Pages",
        ["pages_manage_ads"] = "Manage ads for your Pages",
        ["pages_manage_metadata"] = "Manage settings of your Pages",
        ["leads_retrieval"] = "Read the leads of your lead forms",
        ["instagram_basic"] = "See the Instagram accounts of your Pages",
    };

    public static void Seed(SandboxStore store, DateTimeOffset now)
    {
        const string business = "700100200300400";
        Put(Business, business, "", new() { ["id"] = business, ["name"] = "Harbor & Pine Group", ["verification_status"] = "verified", ["timezone_id"] = 7 });

        AddAccount("1045550120001", "Harbor & Pine US", 1, "USD", "America/New_York", "US");
        AddAccount("1045550120002", "Harbor & Pine Europe", 1, "EUR", "Europe/Berlin", "DE");
        AddAccount("1045550120003", "Harbor & Pine Outlet (closed shop)", 3, "USD", "America/Los_Angeles", "US");

        AddPage("105550130001", "Harbor & Pine", "17841405550130001", "harborandpine");
        AddPage("105550130002", "Harbor & Pine Europe", "17841405550130002", "harborandpine.eu");

        AddPost(InstagramPost, "17955550140000001", "17841405550130001", "New boots, old mountains. Which trail first?", "https://www.instagram.com/p/HPboots0001/");
        AddPost(InstagramPost, "17955550140000002", "17841405550130001", "Three jackets, one storm.", "https://www.instagram.com/p/HPstorm0002/");
        AddPost(InstagramPost, "17955550140000003", "17841405550130002", "Berlin, our new store opens on Friday.", "https://www.instagram.com/p/HPberlin003/");
        AddPost(PagePost, "105550130001_122100000000001", "105550130001", "The autumn catalogue is out.", "https://www.facebook.com/harborandpine/posts/122100000000001");

        AddPixel("2055501400001", "1045550120001", "Harbor & Pine US shop");
        AddPixel("2055501400002", "1045550120002", "Harbor & Pine EU shop");

        // The US shop's catalogue with one set of its products, and what it counts beside the events.
        Put(Catalog, "4055501600001", "1045550120001", new() { ["id"] = "4055501600001", ["name"] = "Harbor & Pine US products" });
        Put(ProductSet, "5055501700001", "1045550120001", new() { ["id"] = "5055501700001", ["name"] = "Boots", ["catalog"] = "4055501600001" });
        Put(CustomConversion, "6055501800001", "1045550120001", new() { ["id"] = "6055501800001", ["name"] = "Large orders" });

        AddApp("3055501500001", "Harbor & Pine Trails", ["1045550120001", "1045550120002"], ("google_play", "https://play.google.com/store/apps/details?id=com.harborandpine.trails"), ("itunes", "https://apps.apple.com/us/app/harbor-pine-trails/id1505550001"));
        AddApp("3055501500002", "Harbor & Pine Club", ["1045550120001"], ("itunes", "https://apps.apple.com/us/app/harbor-pine-club/id1505550002"));

        AddSaved("1207500000001", "1045550120001", "Hikers, 25 to 44", new() { ["geo_locations"] = new JsonObject { ["countries"] = new JsonArray("US", "CA") }, ["age_min"] = 25, ["age_max"] = 44, ["flexible_spec"] = new JsonArray(new JsonObject { ["interests"] = new JsonArray(new JsonObject { ["id"] = "6002985584323", ["name"] = "Hiking" }) }) });
        AddSaved("1207500000002", "1045550120001", "Oregon and Washington", new() { ["geo_locations"] = new JsonObject { ["regions"] = new JsonArray(new JsonObject { ["key"] = "3880", ["name"] = "Oregon", ["country"] = "US" }, new JsonObject { ["key"] = "3890", ["name"] = "Washington", ["country"] = "US" }) } });
        AddSaved("1207500000003", "1045550120002", "Germany, everyone", new() { ["geo_locations"] = new JsonObject { ["countries"] = new JsonArray("DE") }, ["age_min"] = 18, ["age_max"] = 65 });

        AddUser("10155501000001", "Mara Lindqvist", "mara@harborandpine.example", "Runs everything: three ad accounts, two Pages", ["1045550120001", "1045550120002", "1045550120003"], ["105550130001", "105550130002"], business);
        AddUser("10155501000002", "Tomás Reyes", "tomas@harborandpine.example", "Looks after the US shop only: one ad account, one Page", ["1045550120001"], ["105550130001"], business);
        AddUser("10155501000003", "Ines Vogt", "ines@vogt.example", "Has no ad account", [], [], "");

        void Put(string kind, string id, string account, JsonObject body) =>
            store.Put(new SandboxObject { Kind = kind, Id = id, AccountId = account, CreatedAt = now, UpdatedAt = now, Body = body });

        void AddAccount(string id, string name, int status, string currency, string zone, string country)
        {
            store.Put(new SandboxObject
            {
                Kind = Account, Id = id, CreatedAt = now, UpdatedAt = now, History = [new Moment(DateTimeOffset.MinValue) { Status = status == 1 ? "ACTIVE" : "STOPPED" }],
                Body = new JsonObject
                {
                    ["id"] = "act_" + id, ["account_id"] = id, ["name"] = name, ["account_status"] = status, ["currency"] = currency, ["timezone_name"] = zone,
                    ["business_country_code"] = country, ["business_name"] = "Harbor & Pine Group", ["disable_reason"] = status == 1 ? 0 : 3, ["spend_cap"] = "0", ["balance"] = status == 3 ? "48210" : "0",
                    ["business"] = new JsonObject { ["id"] = business, ["name"] = "Harbor & Pine Group" }, ["owner"] = business, ["is_personal"] = 0, ["is_prepay_account"] = false,
                    ["default_dsa_beneficiary"] = name, ["default_dsa_payor"] = name, ["funding_source_details"] = new JsonObject { ["id"] = "9" + id, ["display_string"] = "Visa *4242", ["type"] = 1 },
                    ["min_daily_budget"] = currency == "JPY" ? 150 : 100, ["user_tasks"] = new JsonArray("DRAFT", "ANALYZE", "ADVERTISE", "MANAGE"), ["capabilities"] = new JsonArray("CAN_USE_REACH_AND_FREQUENCY"),
                },
            });
        }

        void AddPage(string id, string name, string instagram, string handle) => Put(Page, id, "", new()
        {
            ["id"] = id, ["name"] = name, ["category"] = "Outdoor Equipment Store", ["tasks"] = new JsonArray("ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"),
            ["instagram_business_account"] = new JsonObject { ["id"] = instagram, ["username"] = handle }, ["business"] = new JsonObject { ["id"] = business, ["name"] = "Harbor & Pine Group" },
            ["link"] = "https://www.facebook.com/" + handle, ["fan_count"] = 48211, ["followers_count"] = 48902,
        });

        void AddPost(string kind, string id, string owner, string text, string permalink) =>
            store.Put(new SandboxObject { Kind = kind, Id = id, ParentId = owner, CreatedAt = now, UpdatedAt = now, Body = new() { ["id"] = id, [kind == InstagramPost ? "caption" : "message"] = text, ["permalink"] = permalink } });

        void AddPixel(string id, string account, string name) => Put(Pixel, id, account, new() { ["id"] = id, ["name"] = name, ["last_fired_time"] = MetaTime.Write(now, TimeZoneInfo.Utc), ["is_unavailable"] = false });

        void AddSaved(string id, string account, string name, JsonObject targeting) => Put(SavedAudience, id, account, new() { ["id"] = id, ["name"] = name, ["run_status"] = "ACTIVE", ["description"] = "", ["targeting"] = targeting });

        void AddApp(string id, string name, string[] accounts, params (string Store, string Url)[] stores) => Put(App, id, "", new()
        {
            ["id"] = id, ["name"] = name, ["accounts"] = new JsonArray([.. accounts.Select(a => (JsonNode)a)]), ["object_store_urls"] = new JsonObject(stores.Select(s => KeyValuePair.Create(s.Store, (JsonNode?)s.Url))),
            ["supported_platforms"] = new JsonArray([.. stores.Select(s => (JsonNode)(s.Store == "google_play" ? "ANDROID" : "IPHONE"))]),
        });

        void AddUser(string id, string name, string mail, string about, string[] accounts, string[] pages, string owner) => Put(User, id, "", new()
        {
            ["id"] = id, ["name"] = name, ["email"] = mail, ["about"] = about, ["accounts"] = new JsonArray([.. accounts.Select(a => (JsonNode)a)]),
            ["pages"] = new JsonArray([.. pages.Select(p => (JsonNode)p)]), ["business"] = owner,
        });
    }
}
