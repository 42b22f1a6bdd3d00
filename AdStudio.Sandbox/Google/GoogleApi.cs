using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>The Google Ads API: finds out what a call is for, who may make it, and lets the right part answer.</summary>
public sealed class GoogleApi
{
    private readonly GoogleContext context;
    private readonly GoogleMutate mutate;
    private readonly GoogleSearch search;
    private readonly GoogleJobs jobs;

    public GoogleApi(GoogleContext context)
    {
        this.context = context;
        mutate = new(context);
        search = new(context);
        jobs = new(context);
        Tokens = new(context);
    }

    public GoogleTokens Tokens { get; }
    public GoogleContext Context => context;

    /// <summary>What kinds of call this is, for the fault dial.</summary>
    public IReadOnlyList<string> OperationsOf(GoogleCall call)
    {
        if (call.Path is "customers:listAccessibleCustomers") return [CallKinds.AccountsRead];
        if (call.Path is "geoTargetConstants:suggest") return [CallKinds.TargetingSearch];
        var (collection, verb) = Target(call.Path);
        if (verb is "search" or "searchStream")
        {
            var query = call.Body?["query"]?.ToString() ?? "";
            if (query.Contains("metrics.", StringComparison.OrdinalIgnoreCase)) return [CallKinds.InsightsRead];
            if (query.Contains("FROM customer", StringComparison.OrdinalIgnoreCase)) return [CallKinds.AccountsRead];
            return query.Contains("FROM language_constant", StringComparison.OrdinalIgnoreCase) || query.Contains("FROM geo_target", StringComparison.OrdinalIgnoreCase) || query.Contains("FROM user_interest", StringComparison.OrdinalIgnoreCase) ? [CallKinds.TargetingSearch] : [CallKinds.StructureRead];
        }
        if (collection == "offlineUserDataJobs") return [CallKinds.AudienceUpload];
        if (verb != "mutate") return [];
        if (collection == "googleAds")
            return [.. (call.Body?["mutateOperations"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(w => w.SelectMany(o => Kinds(GoogleResource.All.FirstOrDefault(r => r.Name + "Operation" == GoogleShapes.Camel(o.Key)), o.Value as JsonObject))).Distinct()];
        return [.. (call.Body?["operations"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(o => Kinds(GoogleResource.OfCollection(collection), o)).Distinct()];
    }

    /// <summary>Carries a call out.</summary>
    public GoogleReply Answer(GoogleCall call)
    {
        if (call.BadBody) return GoogleFailure.BadJson("", "Invalid JSON payload received. Unexpected end of string or token.");
        var (session, error) = Tokens.Check(call.Token);
        if (error is not null) return error;
        if (!session!.Body["scope"]!.GetValue<string>().Split(' ').Contains("https://www.googleapis.com/auth/adwords"))
            return new GoogleReply(403, new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["code"] = 403, ["message"] = "Request had insufficient authentication scopes.", ["status"] = "PERMISSION_DENIED",
                    ["details"] = new JsonArray(new JsonObject { ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo", ["reason"] = "ACCESS_TOKEN_SCOPE_INSUFFICIENT", ["domain"] = "googleapis.com" }),
                },
            });
        var direct = context.Store.Find(GoogleWorld.User, session.Body["user"]!.GetValue<string>())!.Body["customers"]!.AsArray().Select(c => c!.GetValue<string>()).ToList();

        if (call.Path == "customers:listAccessibleCustomers")
        {
            if (call.Method != "GET") return NotFound(call);
            return direct.Count == 0 ? new GoogleError("authenticationError", "NOT_ADS_USER", "User in the cookie is not a valid Ads user.") { Status = 401 }
                : new JsonObject { ["resourceNames"] = new JsonArray([.. direct.Select(c => (JsonNode)("customers/" + c))]) };
        }
        if (call.Method != "POST") return NotFound(call);
        if (call.Path == "geoTargetConstants:suggest") return GoogleGeo.Suggest(call.Body ?? []);

        var parts = call.Path.Split('/');
        if (parts is not ["customers", var id, ..]) return NotFound(call);
        if (id.Length != 10 || !id.All(char.IsAsciiDigit)) return new GoogleError("requestError", "INVALID_CUSTOMER_ID", "Invalid customer ID.");
        var customer = context.Store.Find(GoogleWorld.Customer, id);
        if (customer is null) return new GoogleError("authenticationError", "CUSTOMER_NOT_FOUND", "No customer found for the provided customer id.") { Status = 401 };
        if (!MayUse(customer, direct, call.LoginCustomerId))
            return new GoogleError("authorizationError", "USER_PERMISSION_DENIED", "User doesn't have permission to access customer. Note: If you're accessing a client customer, the manager's customer id must be set in the 'login-customer-id' header.") { Status = 403 };

        var (collection, verb) = Target(call.Path);
        var body = call.Body ?? [];
        if (collection == "offlineUserDataJobs") return jobs.Answer(customer, call.Path, verb, body);
        return (collection, verb) switch
        {
            ("googleAds", "search") => Search(customer, body, call.BaseUrl),
            ("googleAds", "searchStream") => Stream(customer, body, call.BaseUrl),
            ("googleAds", "mutate") => mutate.Many(customer, body),
            (_, "mutate") when GoogleResource.OfCollection(collection) is { } resource => mutate.One(customer, resource, body),
            _ => NotFound(call),
        };
    }

    /// <summary>Campaigns, ad groups and ads of every customer, for the console.</summary>
    public IEnumerable<SandboxItem> Objects()
    {
        var status = new GoogleStatus(context);
        foreach (var item in context.Store.All("google.campaigns")) yield return Item(item, "campaign", status.Campaign(item).Status, "");
        foreach (var item in context.Store.All("google.adGroups")) yield return Item(item, "adset", status.Group(item), item.ParentId);
        foreach (var item in context.Store.All("google.adGroupAds")) yield return Item(item, "ad", status.Ad(item).Status, item.ParentId);
    }

    private static SandboxItem Item(SandboxObject item, string kind, string effective, string parent) => new("google", kind, GoogleContext.IdOf(item.Id), item.AccountId, parent.Length == 0 ? "" : GoogleContext.IdOf(parent),
        item.Body["name"]?.ToString() ?? item.Body["ad"]?["name"]?.ToString() ?? $"Ad {item.Body["ad"]?["id"]}", GoogleContext.Status(item), effective, item.CreatedAt);

    private GoogleReply Search(SandboxObject customer, JsonObject body, string baseUrl)
    {
        if (body["pageSize"] is not null) return GoogleError.Field("requestError", "PAGE_SIZE_NOT_SUPPORTED", "Setting the page size is not supported. Search Responses will have fixed page size of '10000' rows.", "page_size");
        if (body["query"]?.ToString() is not { Length: > 0 } query) return GoogleError.Field("requestError", "REQUIRED_FIELD_MISSING", "Required field is missing.", "query");
        var (rows, mask, error) = search.Run(customer, query, baseUrl);
        if (error is not null) return error;
        var start = 0;
        if (body["pageToken"]?.ToString() is { Length: > 0 } token)
        {
            if (!Page(token, query, out start, out var read)) return GoogleError.Field("requestError", "INVALID_PAGE_TOKEN", "The page token is invalid.", "page_token");
            if (read != Identity(rows!)) return GoogleError.Field("requestError", "EXPIRED_PAGE_TOKEN", "The page token has expired.", "page_token");
        }
        var page = rows!.Skip(start).Take(context.Options.GooglePageSize).ToList();
        var answer = new JsonObject();
        if (page.Count > 0) answer["results"] = new JsonArray([.. page]);
        if (start + page.Count < rows!.Count) answer["nextPageToken"] = Token(query, start + page.Count, Identity(rows));
        if (body["searchSettings"]?["returnTotalResultsCount"]?.GetValue<bool>() == true) answer["totalResultsCount"] = rows.Count.ToString(CultureInfo.InvariantCulture);
        answer["fieldMask"] = mask;
        return answer;
    }

    private GoogleReply Stream(SandboxObject customer, JsonObject body, string baseUrl)
    {
        var (rows, mask, error) = body["query"]?.ToString() is { Length: > 0 } query ? search.Run(customer, query, baseUrl) : (null, "", GoogleError.Field("requestError", "REQUIRED_FIELD_MISSING", "Required field is missing.", "query"));
        if (error is not null)
        {
            GoogleReply failed = error;
            return new GoogleReply(failed.Status, new JsonArray(failed.Body));
        }
        var chunks = rows!.Chunk(context.Options.GooglePageSize).Select(c => (JsonNode)new JsonObject { ["results"] = new JsonArray([.. c]), ["fieldMask"] = mask, ["requestId"] = GoogleFailure.RequestId() });
        return new GoogleReply(200, new JsonArray([.. chunks]));
    }

    private bool MayUse(SandboxObject customer, List<string> direct, string? login)
    {
        login = login?.Replace("-", "", StringComparison.Ordinal);
        if (string.IsNullOrEmpty(login) || login == customer.Id) return direct.Contains(customer.Id);
        return direct.Contains(login) && customer.ParentId == login;
    }

    private static IEnumerable<string> Kinds(GoogleResource? resource, JsonObject? operation)
    {
        if (resource is null || operation is null) yield break;
        if (operation["create"] is JsonObject create) yield return create["imageAsset"] is not null || create["image_asset"] is not null ? CallKinds.ImageUpload : create["youtubeVideoAsset"] is not null ? CallKinds.VideoUpload : resource.Operation;
        if (operation["remove"] is not null)
        {
            yield return CallKinds.Delete;
            yield return CallKinds.StatusUpdate;
        }
        if (operation["update"] is null) yield break;
        var mask = (operation["updateMask"] ?? operation["update_mask"])?.ToString().Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (mask.Contains("status")) yield return CallKinds.StatusUpdate;
        if (resource.Collection == "campaignBudgets") yield return CallKinds.BudgetUpdate;
        if (resource.Collection is "campaigns") yield return CallKinds.CampaignUpdate;
        if (resource.Collection is "adGroups") yield return CallKinds.AdSetUpdate;
        if (resource.Collection is "adGroupAds") yield return CallKinds.AdUpdate;
    }

    /// <summary>The collection and the verb of customers/1/campaigns:mutate.</summary>
    private static (string Collection, string Verb) Target(string path)
    {
        var parts = path.Split('/');
        if (parts.Length < 3) return ("", "");
        var last = parts[^1].Split(':', 2);
        return (parts[2].Split(':')[0], last.Length > 1 ? last[1] : "");
    }

    private static GoogleReply NotFound(GoogleCall call) => new(404, new JsonObject { ["error"] = new JsonObject { ["code"] = 404, ["message"] = $"Method not found: {call.Method} {call.Path}", ["status"] = "NOT_FOUND" } });

    private static string Token(string query, int next, string identity) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{next}:{Short(query)}:{identity}"))).TrimEnd('=');

    private static bool Page(string token, string query, out int start, out string identity)
    {
        (start, identity) = (0, "");
        var padded = token.PadRight((token.Length + 3) / 4 * 4, '=');
        var buffer = new byte[padded.Length];
        if (!Convert.TryFromBase64String(padded, buffer, out var length)) return false;
        var parts = Encoding.ASCII.GetString(buffer, 0, length).Split(':');
        if (parts.Length != 3 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out start) || parts[1] != Short(query)) return false;
        identity = parts[2];
        return true;
    }

    /// <summary>Which rows these are, whatever their numbers: pages of other rows do not follow on one another.</summary>
    private static string Identity(List<JsonObject> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            foreach (var (name, value) in row)
                if (name == "segments") text.Append(value?.ToJsonString());
                else if (name != "metrics") text.Append(value?["resourceName"]);
        return Short(text.ToString());
    }

    private static string Short(string text) => AdStudio.Sandbox.Tokens.Hash(text)[..16];
}
