using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>The people, ad accounts, company pages and conversion rules that are there from the start.</summary>
public static class LinkedInWorld
{
    public const string User = "linkedin.user", Account = "linkedin.account", Organization = "linkedin.organization", Group = "linkedin.group", Campaign = "linkedin.campaign", Creative = "linkedin.creative",
        Post = "linkedin.post", Media = "linkedin.media", Conversion = "linkedin.conversion", Association = "linkedin.association", Segment = "linkedin.segment", Member = "linkedin.member", Event = "linkedin.event";

    /// <summary>What an app can ask for, in the words of the consent page. LinkedIn grants all or nothing.</summary>
    public static IReadOnlyDictionary<string, string> Scopes { get; } = new Dictionary<string, string>
    {
        ["r_ads"] = "See your advertising accounts",
        ["rw_ads"] = "Manage your advertising accounts",
        ["r_ads_reporting"] = "See reports of your advertising accounts",
        ["rw_conversions"] = "Manage your conversion rules and send conversions",
        ["rw_dmp_segments"] = "Manage your matched audiences",
        ["r_organization_social"] = "See the posts of your company pages",
        ["w_organization_social"] = "Create and change posts of your company pages",
        ["rw_organization_admin"] = "Manage your company pages and see their reports",
        ["r_basicprofile"] = "Your name, photo and headline",
        ["r_marketing_leadgen_automation"] = "See the leads of your lead forms",
    };

    public static void Seed(SandboxStore store, DateTimeOffset now)
    {
        AddOrganization("105550201", "Harbor & Pine", "harbor-and-pine");
        AddOrganization("105550202", "Harbor & Pine Europe", "harbor-and-pine-europe");

        AddAccount("512345001", "Harbor & Pine US", "USD", "105550201", "ACTIVE");
        AddAccount("512345002", "Harbor & Pine Europe", "EUR", "105550202", "ACTIVE");
        AddAccount("512345003", "Harbor & Pine Outlet (closed shop)", "USD", "105550201", "BILLING_HOLD");

        AddRule("14480001", "512345001", "Harbor & Pine US orders", "PURCHASE");
        AddRule("14480002", "512345002", "Harbor & Pine EU orders", "PURCHASE");

        AddUser("mAr4Lq7Xyz", "Mara Lindqvist", "Runs everything: three ad accounts, two company pages",
            [("512345001", "ACCOUNT_BILLING_ADMIN"), ("512345002", "ACCOUNT_BILLING_ADMIN"), ("512345003", "ACCOUNT_BILLING_ADMIN")], [("105550201", "ADMINISTRATOR"), ("105550202", "ADMINISTRATOR")]);
        AddUser("t0mAsR8Wqk", "Tomás Reyes", "Looks after the US shop only: one ad account, one company page", [("512345001", "CAMPAIGN_MANAGER")], [("105550201", "DIRECT_SPONSORED_CONTENT_POSTER")]);
        AddUser("iN3sVgT5pd", "Ines Vogt", "Has no ad account", [], []);

        void Put(string kind, string id, string account, JsonObject body) => store.Put(new SandboxObject { Kind = kind, Id = id, AccountId = account, CreatedAt = now, UpdatedAt = now, Body = body });

        void AddOrganization(string id, string name, string vanity) => Put(Organization, id, "", new() { ["id"] = long.Parse(id, System.Globalization.CultureInfo.InvariantCulture), ["localizedName"] = name, ["vanityName"] = vanity });

        void AddAccount(string id, string name, string currency, string owner, string status) => store.Put(new SandboxObject
        {
            Kind = Account, Id = id, CreatedAt = now, UpdatedAt = now, History = [new Moment(DateTimeOffset.MinValue) { Status = status }],
            Body = new JsonObject
            {
                ["id"] = long.Parse(id, System.Globalization.CultureInfo.InvariantCulture), ["name"] = name, ["currency"] = currency, ["type"] = "BUSINESS", ["reference"] = "urn:li:organization:" + owner, ["test"] = false,
                ["notifiedOnCampaignOptimization"] = true, ["notifiedOnCreativeApproval"] = true, ["notifiedOnCreativeRejection"] = true, ["notifiedOnEndOfCampaign"] = true, ["standing"] = status,
            },
        });

        void AddRule(string id, string account, string name, string type) => Put(Conversion, id, account, new()
        {
            ["id"] = long.Parse(id, System.Globalization.CultureInfo.InvariantCulture), ["name"] = name, ["account"] = "urn:li:sponsoredAccount:" + account, ["type"] = type, ["enabled"] = true, ["conversionMethod"] = "CONVERSIONS_API",
            ["attributionType"] = "LAST_TOUCH_BY_CAMPAIGN", ["postClickAttributionWindowSize"] = 30, ["viewThroughAttributionWindowSize"] = 7, ["created"] = now.ToUnixTimeMilliseconds(), ["lastModified"] = now.ToUnixTimeMilliseconds(),
        });

        void AddUser(string id, string name, string about, (string Account, string Role)[] accounts, (string Page, string Role)[] pages) => Put(User, id, "", new()
        {
            ["id"] = id, ["name"] = name, ["about"] = about, ["accounts"] = Roles(accounts), ["pages"] = Roles(pages),
        });

        static JsonObject Roles((string Id, string Role)[] roles) => new(roles.Select(r => KeyValuePair.Create(r.Id, (JsonNode?)r.Role)));
    }
}
