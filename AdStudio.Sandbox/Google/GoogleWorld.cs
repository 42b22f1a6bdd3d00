using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>The people and accounts that are there from the start: a manager with three customers.</summary>
public static class GoogleWorld
{
    public const string User = "google.user", Customer = "google.customer", Token = "google.token", Refresh = "google.refresh", Code = "google.code", Job = "google.offlineUserDataJobs";
    public const string Manager = "8005550100";

    public static string Kind(string collection) => "google." + collection;

    public static void Seed(SandboxStore store, DateTimeOffset now)
    {
        AddCustomer(Manager, "Harbor & Pine Group", "USD", "America/New_York", "ENABLED", manager: true);
        AddCustomer("8005550101", "Harbor & Pine US", "USD", "America/New_York", "ENABLED");
        AddCustomer("8005550102", "Harbor & Pine Europe", "EUR", "Europe/Berlin", "ENABLED");
        AddCustomer("8005550103", "Harbor & Pine Outlet", "USD", "America/Los_Angeles", "SUSPENDED");

        AddUser("107001", "Mara Lindqvist", "mara@harborandpine.example", "Runs the manager account with its three customers", [Manager]);
        AddUser("107002", "Tomás Reyes", "tomas@harborandpine.example", "Uses the US customer only, without the manager", ["8005550101"]);
        AddUser("107003", "Ines Vogt", "ines@vogt.example", "Has no Google Ads account", []);

        foreach (var customer in new[] { "8005550101", "8005550102" })
        {
            var name = $"customers/{customer}/conversionActions/7{customer}";
            store.Put(new SandboxObject
            {
                Kind = Kind("conversionActions"), Id = name, AccountId = customer, CreatedAt = now, UpdatedAt = now,
                Body = new JsonObject { ["resourceName"] = name, ["id"] = "7" + customer, ["name"] = "Purchase", ["type"] = "WEBPAGE", ["category"] = "PURCHASE", ["status"] = "ENABLED", ["primaryForGoal"] = true, ["countingType"] = "MANY_PER_CLICK" },
            });
        }

        void AddCustomer(string id, string name, string currency, string zone, string status, bool manager = false) => store.Put(new SandboxObject
        {
            Kind = Customer, Id = id, AccountId = id, ParentId = manager ? "" : Manager, CreatedAt = now, UpdatedAt = now, History = [new Moment(DateTimeOffset.MinValue) { Status = status }],
            Body = new JsonObject
            {
                ["resourceName"] = "customers/" + id, ["id"] = id, ["descriptiveName"] = name, ["currencyCode"] = currency, ["timeZone"] = zone, ["status"] = status, ["manager"] = manager, ["testAccount"] = false,
                ["autoTaggingEnabled"] = true, ["hasPartnersBadge"] = false,
            },
        });

        void AddUser(string id, string name, string mail, string about, string[] customers) => store.Put(new SandboxObject
        {
            Kind = User, Id = id, CreatedAt = now, UpdatedAt = now,
            Body = new JsonObject { ["id"] = id, ["name"] = name, ["email"] = mail, ["about"] = about, ["customers"] = new JsonArray([.. customers.Select(c => (JsonNode)c)]) },
        });
    }
}
