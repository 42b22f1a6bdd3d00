using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>The people, advertisers, identities, pixels and apps that are there from the start.</summary>
internal static class TikTokWorld
{
    public const string User = "tiktok.user", Account = "tiktok.account", Identity = "tiktok.identity", Pixel = "tiktok.pixel", App = "tiktok.app", Page = "tiktok.page", Campaign = "tiktok.campaign", AdGroup = "tiktok.adgroup", Ad = "tiktok.ad",
        Image = "tiktok.image", Video = "tiktok.video", Audience = "tiktok.audience", File = "tiktok.file", Report = "tiktok.report", Event = "tiktok.event", Request = "tiktok.request";

    /// <summary>What an app may be allowed, in the words of the consent page. TikTok ties it to the app: a person allows all of it or nothing.</summary>
    public static IReadOnlyDictionary<string, string> Permissions { get; } = new Dictionary<string, string>
    {
        ["ad_account_management"] = "See your ad accounts", ["ads_management"] = "Create and change campaigns, ad groups and ads", ["audience_management"] = "Manage your audiences", ["reporting"] = "See the results of your ads",
        ["creative_management"] = "Add images and videos to your asset library", ["pixel_management"] = "Manage your pixels and send events to them",
    };

    /// <summary>Music that goes with images.</summary>
    public static IReadOnlyList<(string Id, string Name, string Author)> Music { get; } = [("6900500010001", "Tide Line", "North Quay"), ("6900500010002", "Pine Needles", "The Harbour Lights"), ("6900500010003", "First Ferry", "Ida Holm")];

    public static void Seed(SandboxStore store, DateTimeOffset now)
    {
        AddAccount("7120550010000000001", "Harbor & Pine US", "STATUS_ENABLE", "USD", "America/New_York", "US");
        AddAccount("7120550010000000002", "Harbor & Pine Europe", "STATUS_ENABLE", "EUR", "Europe/Berlin", "DE");
        AddAccount("7120550010000000003", "Harbor & Pine Outlet (closed shop)", "STATUS_DISABLE", "USD", "America/Los_Angeles", "US");

        AddIdentity("7130550020000000001", "7120550010000000001", "CUSTOMIZED_USER", "Harbor & Pine");
        AddIdentity("7130550020000000002", "7120550010000000001", "TT_USER", "harborandpine");
        AddIdentity("7130550020000000003", "7120550010000000002", "CUSTOMIZED_USER", "Harbor & Pine Europe");

        AddPixel("7140550030000000001", "CPX1HARBORPINEUS0001", "7120550010000000001", "Harbor & Pine US shop");
        AddPixel("7140550030000000002", "CPX1HARBORPINEEU0001", "7120550010000000002", "Harbor & Pine EU shop");

        AddApp("7150550040000000001", "7120550010000000001", "Harbor & Pine", "ANDROID", "https://play.google.com/store/apps/details?id=example.harborandpine");
        AddApp("7150550040000000002", "7120550010000000001", "Harbor & Pine for iPhone", "IOS", "https://apps.apple.com/us/app/harbor-and-pine/id1550550040");
        Put(Page, "7160550050000000001", "7120550010000000001", new() { ["page_id"] = "7160550050000000001", ["title"] = "Harbor & Pine newsletter" });

        AddUser("7110550000000000001", "Mara Lindqvist", "mara@harborandpine.example", "Runs everything: three ad accounts, two of them in use", ["7120550010000000001", "7120550010000000002", "7120550010000000003"]);
        AddUser("7110550000000000002", "Tomás Reyes", "tomas@harborandpine.example", "Looks after the US shop only: one ad account", ["7120550010000000001"]);
        AddUser("7110550000000000003", "Ines Vogt", "ines@vogt.example", "Has no ad account", []);

        void Put(string kind, string id, string account, JsonObject body) => store.Put(new SandboxObject { Kind = kind, Id = id, AccountId = account, CreatedAt = now, UpdatedAt = now, Body = body });

        void AddAccount(string id, string name, string status, string currency, string zone, string country) => store.Put(new SandboxObject
        {
            Kind = Account, Id = id, CreatedAt = now, UpdatedAt = now, History = [new Moment(DateTimeOffset.MinValue) { Status = status == "STATUS_ENABLE" ? "ENABLE" : "DISABLE" }],
            Body = new()
            {
                ["advertiser_id"] = id, ["name"] = name, ["status"] = status, ["currency"] = currency, ["timezone"] = zone, ["display_timezone"] = zone, ["country"] = country, ["company"] = "Harbor & Pine Group", ["owner_bc_id"] = "7100550000000000001",
                ["role"] = "ROLE_ADVERTISER", ["advertiser_account_type"] = "AUCTION", ["industry"] = "290801", ["language"] = "en", ["email"] = "ads@harborandpine.example", ["balance"] = status == "STATUS_ENABLE" ? 25_000 : 0, ["create_time"] = now.ToUnixTimeSeconds(),
                ["rejection_reason"] = "", ["description"] = "", ["address"] = "", ["contacter"] = "", ["license_no"] = "", ["license_url"] = "", ["telephone_number"] = "", ["cellphone_number"] = "",
            },
        });

        void AddIdentity(string id, string account, string type, string name) => Put(Identity, account + ":" + id, account, new()
        {
            ["identity_id"] = id, ["identity_type"] = type, ["display_name"] = name, ["profile_image"] = "", ["can_push_video"] = true, ["can_pull_video"] = type == "TT_USER", ["can_use_live_ads"] = false, ["can_manage_message"] = false,
        });

        void AddPixel(string id, string code, string account, string name) => Put(Pixel, id, account, new()
        {
            ["pixel_id"] = id, ["pixel_code"] = code, ["pixel_name"] = name, ["pixel_category"] = "ONLINE_STORE", ["pixel_setup_mode"] = "MANUAL", ["create_time"] = TikTokTime.Write(now), ["pixel_script"] = TikTokPixels.Script(code), ["events"] = new JsonArray(),
        });

        void AddApp(string id, string account, string name, string platform, string url) => Put(App, id, account, new()
        {
            ["app_id"] = id, ["app_name"] = name, ["platform"] = platform, ["app_platform_id"] = url.Split('=', '/')[^1], ["download_url"] = url, ["package_name"] = "example.harborandpine", ["tracking_url"] = new JsonObject { ["click_url"] = "", ["impression_url"] = "" },
        });

        void AddUser(string id, string name, string mail, string about, string[] accounts) => Put(User, id, "", new()
        {
            ["name"] = name, ["email"] = mail, ["about"] = about, ["accounts"] = new JsonArray([.. accounts.Select(a => (JsonNode)a)]),
        });
    }
}
