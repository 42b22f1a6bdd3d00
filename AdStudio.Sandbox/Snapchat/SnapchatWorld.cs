using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>The people, organizations, ad accounts, public profiles, pixels and apps that are there from the start.</summary>
public static class SnapchatWorld
{
    public const string User = "snapchat.user", Organization = "snapchat.organization", Account = "snapchat.account", Profile = "snapchat.profile", App = "snapchat.app", Pixel = "snapchat.pixel", Campaign = "snapchat.campaign",
        AdSquad = "snapchat.adsquad", Ad = "snapchat.ad", Creative = "snapchat.creative", Media = "snapchat.media", Segment = "snapchat.segment", Report = "snapchat.report";

    public const string UsAccount = "7c1e4a52-90d3-4f6b-8a21-5f0c3d9e1b01", EuAccount = "7c1e4a52-90d3-4f6b-8a21-5f0c3d9e1b02", ClosedAccount = "7c1e4a52-90d3-4f6b-8a21-5f0c3d9e1b03",
        Mara = "3b9d07c4-1e52-4c8f-9f60-2a4417d0e001", Tomas = "3b9d07c4-1e52-4c8f-9f60-2a4417d0e002", Ines = "3b9d07c4-1e52-4c8f-9f60-2a4417d0e003",
        HarborPine = "5d20f1a8-77b6-4e19-b3c4-8e6f0a92c001", UsPixel = "e41b6d90-3c75-4a2e-a8f1-6d05b7c2f001", UsProfile = "91c8e2f7-4ab0-4d63-9e75-c3f1d806a001";

    private static readonly JsonArray All = [UsAccount, EuAccount, ClosedAccount];

    /// <summary>What a person can grant, in the words of the consent page.</summary>
    public static IReadOnlyDictionary<string, string> Scopes { get; } = new Dictionary<string, string>
    {
        ["snapchat-marketing-api"] = "Manage your ads and see their results", ["snapchat-offline-conversions-api"] = "Send conversions for you", ["snapchat-profile-api"] = "See your public profiles",
    };

    public static void Seed(SandboxStore store, DateTimeOffset now)
    {
        Put(Organization, HarborPine, "", new() { ["name"] = "Harbor & Pine Group", ["country"] = "US", ["locality"] = "Portland", ["administrative_district_level_1"] = "ME", ["postal_code"] = "04101", ["address_line_1"] = "1 Harbor Street", ["type"] = "ENTERPRISE", ["state"] = "ACTIVE" });

        AddAccount(UsAccount, "Harbor & Pine US", "ACTIVE", "USD", "America/New_York");
        AddAccount(EuAccount, "Harbor & Pine Europe", "ACTIVE", "EUR", "Europe/Berlin");
        AddAccount(ClosedAccount, "Harbor & Pine Outlet (closed shop)", "DISABLED", "USD", "America/Los_Angeles");

        Put(Profile, UsProfile, "", new() { ["display_name"] = "Harbor & Pine", ["profile_type"] = "BUSINESS", ["organization_id"] = HarborPine });
        Put(Profile, "91c8e2f7-4ab0-4d63-9e75-c3f1d806a002", "", new() { ["display_name"] = "Harbor & Pine Europe", ["profile_type"] = "BUSINESS", ["organization_id"] = HarborPine });
        Put(App, "b7f3590e-62ad-4c11-8d94-0f7ae3c51001", "", new() { ["name"] = "Harbor & Pine", ["ios_app_id"] = "1480055501", ["ios_app_id_verified"] = true, ["android_app_url"] = "example.harborandpine.shop", ["android_app_url_verified"] = true, ["organization_id"] = HarborPine });
        AddPixel(UsPixel, UsAccount, "Harbor & Pine US shop");
        AddPixel("e41b6d90-3c75-4a2e-a8f1-6d05b7c2f002", EuAccount, "Harbor & Pine EU shop");

        AddUser(Mara, "Mara Lindqvist", "mara@harborandpine.example", "Runs everything: three ad accounts, two public profiles", (JsonArray)All.DeepClone());
        AddUser(Tomas, "Tomás Reyes", "tomas@harborandpine.example", "Looks after the US shop only: one ad account", [UsAccount]);
        AddUser(Ines, "Ines Vogt", "ines@vogt.example", "Has no ad account", []);

        void Put(string kind, string id, string account, JsonObject body)
        {
            body["id"] = id;
            body["created_at"] = SnapchatTime.Write(now);
            body["updated_at"] = SnapchatTime.Write(now);
            store.Put(new SandboxObject { Kind = kind, Id = id, AccountId = account, CreatedAt = now, UpdatedAt = now, Body = body, History = kind == Account ? [new Moment(DateTimeOffset.MinValue) { Status = body["status"]!.ToString() }] : [] });
        }

        void AddAccount(string id, string name, string status, string currency, string zone) => Put(Account, id, "", new()
        {
            ["name"] = name, ["type"] = "PARTNER", ["status"] = status, ["organization_id"] = HarborPine, ["funding_source_ids"] = new JsonArray("f0" + id[2..]), ["currency"] = currency, ["timezone"] = zone,
            ["advertiser"] = "Harbor & Pine", ["advertiser_organization_id"] = HarborPine, ["billing_type"] = "REVOLVING", ["client_paying_invoices"] = false,
        });

        void AddPixel(string id, string account, string name) => Put(Pixel, id, account, new()
        {
            ["name"] = name, ["ad_account_id"] = account, ["organization_id"] = HarborPine, ["status"] = "ACTIVE", ["effective_status"] = "ACTIVE",
            ["pixel_javascript"] = $"<!-- Snap Pixel (sandbox) --><script>snaptr('init', '{id}'); snaptr('track', 'PAGE_VIEW');</script>",
        });

        void AddUser(string id, string name, string mail, string about, JsonArray accounts) => Put(User, id, "", new() { ["name"] = name, ["email"] = mail, ["about"] = about, ["accounts"] = accounts });
    }
}
