using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Apple;

/// <summary>The API users, organizations and apps that are there from the start.</summary>
public static class AppleWorld
{
    public const string User = "apple.user", Organization = "apple.organization", App = "apple.app", Campaign = "apple.campaign", AdGroup = "apple.adgroup", Ad = "apple.ad", Creative = "apple.creative", Page = "apple.page";

    /// <summary>A payment model; without one nothing runs.</summary>
    public const string Unpaid = "NONE";

    public static void Seed(SandboxStore store, DateTimeOffset now)
    {
        AddOrganization("40669810", "Harbor & Pine", "USD", "America/New_York", "PAYG", null);
        AddOrganization("40669820", "Harbor & Pine Europe", "EUR", "Europe/Berlin", "LOC", "40669810");
        AddOrganization("40669830", "Harbor & Pine Labs (nothing to pay with)", "USD", "America/Los_Angeles", Unpaid, "40669810");

        AddApp("1501234567", "Harbor & Pine: Wool shop", ["40669810", "40669820"], "US", "CA", "GB", "DE", "FR", "AT", "CH", "NL", "AU", "JP", "MX");
        AddApp("1507654321", "Tide Times by Harbor & Pine", ["40669810", "40669830"], "US", "CA", "GB", "AU", "NZ");

        AddUser("24680101", "Mara Lindqvist", "Runs everything: three organizations", ("40669810", "API Account Manager"), ("40669820", "API Account Manager"), ("40669830", "API Account Manager"));
        AddUser("24680102", "Tomás Reyes", "May look at the US organization only", ("40669810", "API Account Read Only"));

        void AddOrganization(string id, string name, string currency, string zone, string payment, string? parent) => store.Put(new SandboxObject
        {
            Kind = Organization, Id = id, CreatedAt = now, UpdatedAt = now, History = [new Moment(DateTimeOffset.MinValue) { Status = payment }],
            Body = new JsonObject { ["orgId"] = Number(id), ["orgName"] = name, ["currency"] = currency, ["timeZone"] = zone, ["paymentModel"] = payment, ["parentOrgId"] = Number(parent ?? id) },
        });

        void AddApp(string id, string name, string[] owners, params string[] countries)
        {
            Put(App, id, new() { ["adamId"] = Number(id), ["appName"] = name, ["developerName"] = "Harbor & Pine", ["countryOrRegionCodes"] = Texts(countries), ["owners"] = Texts(owners) });
            var page = $"{id[..8]}-page-4a1e-autumn";
            Put(Page, page, new() { ["id"] = page, ["adamId"] = Number(id), ["name"] = "Autumn", ["state"] = "VISIBLE", ["deepLink"] = null, ["creationTime"] = AppleTime.Write(now), ["modificationTime"] = AppleTime.Write(now) });
        }

        // The key pair is made here and kept here: everybody who runs the sandbox may read it, and it opens nothing else.
        void AddUser(string id, string name, string about, params (string Organization, string Role)[] roles)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Put(User, id, new()
            {
                ["id"] = id, ["name"] = name, ["about"] = about, ["clientId"] = $"SEARCHADS.{id}-sandbox-client", ["teamId"] = $"SEARCHADS.{id}-sandbox-team", ["keyId"] = $"{id}-sandbox-key",
                ["privateKey"] = key.ExportPkcs8PrivateKeyPem(), ["publicKey"] = key.ExportSubjectPublicKeyInfoPem(),
                ["roles"] = new JsonObject(roles.Select(r => KeyValuePair.Create(r.Organization, (JsonNode?)JsonValue.Create(r.Role)))),
            });
        }

        void Put(string kind, string id, JsonObject body) => store.Put(new SandboxObject { Kind = kind, Id = id, CreatedAt = now, UpdatedAt = now, Body = body });
    }

    public static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}

/// <summary>Instants as Apple writes them: UTC without a sign of it.</summary>
internal static class AppleTime
{
    public static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Read(JsonNode? value) => value is null ? null : DateTimeOffset.Parse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
