using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>The people, ad accounts, boards and tags that are there from the start.</summary>
public static class PinterestWorld
{
    public const string User = "pinterest.user", Account = "pinterest.account", Board = "pinterest.board", Pin = "pinterest.pin", Media = "pinterest.media", Campaign = "pinterest.campaign",
        AdGroup = "pinterest.adgroup", Ad = "pinterest.ad", Audience = "pinterest.audience", List = "pinterest.list", Tag = "pinterest.tag", Report = "pinterest.report", Event = "pinterest.event";

    /// <summary>What an app can ask for, in the words of the consent page.</summary>
    public static IReadOnlyDictionary<string, string> Scopes { get; } = new Dictionary<string, string>
    {
        ["ads:read"] = "See your ads and their results",
        ["ads:write"] = "Create and change your ads",
        ["boards:read"] = "See your public boards",
        ["boards:write"] = "Create and change your public boards",
        ["pins:read"] = "See your public Pins",
        ["pins:write"] = "Create and change your public Pins",
        ["user_accounts:read"] = "See your profile",
        ["catalogs:read"] = "See your catalogs",
        ["billing:read"] = "See your billing data",
        ["biz_access:read"] = "See who has access to your business",
    };

    public static void Seed(SandboxStore store, DateTimeOffset now)
    {
        AddAccount("549755810001", "Harbor & Pine US", "USD", "US", "ACTIVE");
        AddAccount("549755810002", "Harbor & Pine Europe", "EUR", "DE", "ACTIVE");
        AddAccount("549755810003", "Harbor & Pine Outlet (closed shop)", "USD", "US", "DISABLED");

        AddBoard("549755820001", "Harbor & Pine shop window", "What is new in the shop");
        AddBoard("549755820002", "Autumn by the harbor", "Warm things for cold decks");

        AddTag("549755830001", "549755810001", "Harbor & Pine US shop");
        AddTag("549755830002", "549755810002", "Harbor & Pine EU shop");

        AddUser("549755800001", "Mara Lindqvist", "harborandpine", "Runs everything: three ad accounts, two boards",
            ("549755810001", ["OWNER"]), ("549755810002", ["OWNER"]), ("549755810003", ["ANALYST"]));
        AddUser("549755800002", "Tomás Reyes", "tomasreyes", "Looks after the US shop only: one ad account", ("549755810001", ["CAMPAIGN_MANAGER", "AUDIENCE_MANAGER"]));
        AddUser("549755800003", "Ines Vogt", "inesvogt", "Has no ad account");

        void AddAccount(string id, string name, string currency, string country, string status) => store.Put(new SandboxObject
        {
            Kind = Account, Id = id, CreatedAt = now, UpdatedAt = now, History = [new Moment(DateTimeOffset.MinValue) { Status = status }],
            Body = new JsonObject { ["id"] = id, ["name"] = name, ["currency"] = currency, ["country"] = country, ["owner"] = new JsonObject { ["id"] = "549755800001", ["username"] = "harborandpine" }, ["status"] = status },
        });

        void AddBoard(string id, string name, string about) => Put(Board, id, "549755800001", new()
        {
            ["id"] = id, ["name"] = name, ["description"] = about, ["privacy"] = "PUBLIC", ["is_ads_only"] = false, ["owner"] = new JsonObject { ["username"] = "harborandpine" },
        });

        void AddTag(string id, string account, string name) => Put(Tag, id, account, new() { ["id"] = id, ["ad_account_id"] = account, ["name"] = name, ["status"] = "ACTIVE", ["version"] = "3", ["last_fired_time_ms"] = now.ToUnixTimeMilliseconds() });

        void AddUser(string id, string name, string username, string about, params (string Account, string[] Roles)[] roles) => Put(User, id, "", new()
        {
            ["id"] = id, ["name"] = name, ["username"] = username, ["about"] = about,
            ["roles"] = new JsonObject(roles.Select(r => KeyValuePair.Create(r.Account, (JsonNode?)new JsonArray([.. r.Roles.Select(role => (JsonNode)role)])))),
        });

        void Put(string kind, string id, string owner, JsonObject body) => store.Put(new SandboxObject { Kind = kind, Id = id, AccountId = owner, CreatedAt = now, UpdatedAt = now, Body = body });
    }
}
