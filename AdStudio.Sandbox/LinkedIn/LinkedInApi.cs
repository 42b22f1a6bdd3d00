using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>The versioned API: checks headers and token, finds what is asked for, and carries it out.</summary>
internal sealed class LinkedInApi
{
    private readonly LinkedInContext context;
    private readonly OAuthDesk desk;
    private readonly LinkedInGroups groups;
    private readonly LinkedInCampaigns campaigns;
    private readonly LinkedInCreatives creatives;
    private readonly LinkedInPosts posts;
    private readonly LinkedInTargeting targeting;
    private readonly LinkedInConversions conversions;
    private readonly LinkedInSegments segments;
    private readonly LinkedInAnalytics analytics;

    public LinkedInApi(LinkedInContext context, OAuthDesk desk)
    {
        (this.context, this.desk) = (context, desk);
        (groups, targeting) = (new LinkedInGroups(context), new LinkedInTargeting(context));
        (campaigns, creatives, posts, Media) = (new LinkedInCampaigns(context, groups, targeting), new LinkedInCreatives(context), new LinkedInPosts(context), new LinkedInMedia(context));
        (conversions, segments, analytics) = (new LinkedInConversions(context), new LinkedInSegments(context), new LinkedInAnalytics(context, targeting));
    }

    public LinkedInMedia Media { get; }

    public LinkedInReply Answer(LinkedInCall call)
    {
        if (Version(call) is { } retired) return retired;
        var (state, grant) = desk.Check(call.Token);
        if (state != TokenState.Good) return state switch { TokenState.Expired => LinkedInReply.Expired, TokenState.Revoked => LinkedInReply.Revoked, TokenState.Missing => LinkedInReply.Error(401, "Empty oauth2 access token", "EMPTY_ACCESS_TOKEN", 65604), _ => LinkedInReply.NoToken };
        if (call.IsUnreadable) return LinkedInReply.Error(400, "Unable to parse JSON request body");
        call.User = context.Store.Find(LinkedInWorld.User, grant!.User)!;
        call.Scopes = grant.Scopes;
        if (call.Path is ["adAccounts", var id, ..])
        {
            if (!call.Scopes.Contains("r_ads") && !call.Scopes.Contains("rw_ads")) return LinkedInReply.NoAccess("adAccounts.GET");
            if (context.Account(call, id) is not { } account)
                return context.Store.Find(LinkedInWorld.Account, id) is null ? LinkedInReply.NotFound("Account " + id) : LinkedInReply.Of([new("NO_PERMISSION_ON_ENTITY", "/account", $"Viewer may not have permission VIEW on entity urn:li:sponsoredAccount:{id}")]);
            return InAccount(call, account);
        }
        return (call.Method, call.Path) switch
        {
            ("GET", ["adAccounts"]) => Accounts(call),
            ("GET", ["adAccountUsers"]) => Users(call),
            ("GET", ["organizationAcls"]) => Roles(call),
            ("GET", ["organizationsLookup"]) => Organizations(call),
            ("GET", ["adTargetingFacets"]) => targeting.Facets(call),
            ("GET", ["adTargetingEntities"]) => targeting.Entities(call),
            ("GET", ["adAnalytics"]) => analytics.Read(call),
            ("POST", ["images" or "videos"]) when call.Text("action") == "initializeUpload" => Media.Begin(call),
            ("POST", ["videos"]) when call.Text("action") == "finalizeUpload" => Media.End(call),
            ("GET", ["images" or "videos", _]) => Media.Get(call),
            ("POST", ["posts"]) => posts.Create(call), ("GET", ["posts"]) => posts.List(call), ("GET", ["posts", _]) => posts.Get(call),
            ("GET", ["conversions"]) => conversions.List(call), ("POST", ["conversions"]) => conversions.Create(call), ("PUT", ["campaignConversions", _]) => conversions.Associate(call), ("POST", ["conversionEvents"]) => conversions.Tell(call),
            ("GET", ["dmpSegments"]) => segments.List(call), ("POST", ["dmpSegments"]) => segments.Create(call), ("GET", ["dmpSegments", _]) => segments.Get(call), ("DELETE", ["dmpSegments", _]) => segments.Delete(call),
            ("POST", ["dmpSegments", _, "users"]) => segments.Users(call),
            _ => LinkedInReply.Error(404, $"No virtual resource found for {call.Method} /{string.Join('/', call.Path)}", "RESOURCE_NOT_FOUND"),
        };
    }

    private LinkedInReply InAccount(LinkedInCall call, SandboxObject account) => (call.Method, call.Path.Length > 2 ? call.Path[2] : "", call.Path.Length) switch
    {
        ("GET", "", 2) => Show(account),
        ("GET", "adCampaignGroups", 3) => groups.List(call, account), ("GET", "adCampaignGroups", 4) => groups.Get(call, account), ("POST", "adCampaignGroups", 3) => groups.Create(call, account),
        ("POST", "adCampaignGroups", 4) when call.IsPatch => groups.Update(call, account), ("DELETE", "adCampaignGroups", 4) => groups.Delete(call, account),
        ("GET", "adCampaigns", 3) => campaigns.List(call, account), ("GET", "adCampaigns", 4) => campaigns.Get(call, account), ("POST", "adCampaigns", 3) => campaigns.Create(call, account),
        ("POST", "adCampaigns", 4) when call.IsPatch => campaigns.Update(call, account), ("DELETE", "adCampaigns", 4) => campaigns.Delete(call, account),
        ("GET", "creatives", 3) => creatives.List(call, account), ("GET", "creatives", 4) => creatives.Get(call, account), ("POST", "creatives", 3) => creatives.Create(call, account),
        ("POST", "creatives", 4) when call.IsPatch => creatives.Update(call, account), ("DELETE", "creatives", 4) => creatives.Delete(call, account),
        ("POST", _, 4) => LinkedInReply.Error(400, "X-RestLi-Method must be PARTIAL_UPDATE", "ILLEGAL_ARGUMENT"),
        _ => LinkedInReply.Error(404, $"No virtual resource found for {call.Method} /{string.Join('/', call.Path)}", "RESOURCE_NOT_FOUND"),
    };

    /// <summary>A version a month, each served for a year.</summary>
    private LinkedInReply? Version(LinkedInCall call)
    {
        if (string.IsNullOrEmpty(call.Version)) return LinkedInReply.Error(400, "A version must be present. Please specify a version by adding the LinkedIn-Version header.", "VERSION_MISSING");
        if (!DateTime.TryParseExact(call.Version, "yyyyMM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var month)) return LinkedInReply.Error(400, $"Requested version {call.Version} is not valid", "INVALID_VERSION");
        // The sunset falls into the middle of the month a year later; the sandbox knows none after those that were published with its own.
        if (month.AddMonths(12).AddDays(14) <= context.Now.UtcDateTime || month > new DateTime(2026, 7, 1)) return LinkedInReply.NoSuchVersion(call.Version);
        return call.Protocol == "2.0.0" ? null : LinkedInReply.Error(400, "Header X-Restli-Protocol-Version must be 2.0.0", "ILLEGAL_ARGUMENT");
    }

    private LinkedInReply Accounts(LinkedInCall call)
    {
        if (!call.Scopes.Contains("r_ads") && !call.Scopes.Contains("rw_ads")) return LinkedInReply.NoAccess("adAccounts.FINDER");
        return LinkedInGroups.Search(call, context.AccountsOf(call.User).Where(a => LinkedInContext.Standing(a) != "REMOVED").Select(Listed), o => o.Body, ["id", "name", "status", "type", "reference", "test"], o => new()
        {
            ["id"] = "urn:li:sponsoredAccount:" + o.Id, ["name"] = o.Body["name"]!.ToString(), ["status"] = o.Body["status"]!.ToString(), ["type"] = "BUSINESS", ["reference"] = o.Body["reference"]!.ToString(), ["test"] = "false",
        });
    }

    private static SandboxObject Listed(SandboxObject account)
    {
        var listed = account.Clone();
        listed.Body = Show(account);
        return listed;
    }

    private static JsonObject Show(SandboxObject account)
    {
        var shown = (JsonObject)account.Body.DeepClone();
        shown.Remove("standing");
        shown["status"] = LinkedInContext.Standing(account) is "CANCELED" or "REMOVED" or "DRAFT" ? LinkedInContext.Standing(account) : "ACTIVE";
        shown["servingStatuses"] = LinkedInStatus.OfAccount(account);
        return shown;
    }

    private LinkedInReply Users(LinkedInCall call) => call.Text("q") != "authenticatedUser" ? LinkedInReply.Query("q") : LinkedInContext.ByCount(call,
        [.. ((JsonObject)call.User.Body["accounts"]!).Select(r => new JsonObject { ["account"] = "urn:li:sponsoredAccount:" + r.Key, ["user"] = "urn:li:person:" + call.User.Id, ["role"] = r.Value!.ToString() })]);

    private LinkedInReply Roles(LinkedInCall call)
    {
        if (!call.Scopes.Any(s => s is "rw_organization_admin" or "r_organization_social" or "w_organization_social")) return LinkedInReply.NoAccess("organizationAcls.FINDER");
        if (call.Text("q") != "roleAssignee") return LinkedInReply.Query("q");
        return LinkedInContext.ByCount(call, [.. ((JsonObject)call.User.Body["pages"]!).Select(r => new JsonObject
        {
            ["organization"] = "urn:li:organization:" + r.Key, ["role"] = r.Value!.ToString(), ["state"] = "APPROVED", ["roleAssignee"] = "urn:li:person:" + call.User.Id,
        })]);
    }

    private LinkedInReply Organizations(LinkedInCall call)
    {
        if (call.List("ids") is not { Count: > 0 } ids) return LinkedInReply.Query("ids");
        var found = ids.Select(id => context.Store.Find(LinkedInWorld.Organization, id)).OfType<SandboxObject>();
        return new JsonObject { ["results"] = new JsonObject(found.Select(o => KeyValuePair.Create(o.Id, (JsonNode?)o.Body.DeepClone()))), ["statuses"] = new JsonObject(), ["errors"] = new JsonObject() };
    }

    /// <summary>What a call is, for the fault dial.</summary>
    public static IReadOnlyList<string> KindsOf(LinkedInCall call)
    {
        var set = call.Set;
        return (call.Method, call.Path) switch
        {
            ("POST", ["adAccounts", _, "adCampaignGroups"]) => [CallKinds.CampaignCreate],
            ("POST", ["adAccounts", _, "adCampaigns"]) => [CallKinds.AdSetCreate],
            ("POST", ["adAccounts", _, "creatives"]) => [CallKinds.AdCreate],
            ("POST", ["adAccounts", _, var resource, _]) =>
            [
                resource switch { "adCampaignGroups" => CallKinds.CampaignUpdate, "adCampaigns" => CallKinds.AdSetUpdate, _ => CallKinds.AdUpdate },
                .. set?.ContainsKey("status") == true || set?.ContainsKey("intendedStatus") == true ? [CallKinds.StatusUpdate] : Array.Empty<string>(),
                .. set?.ContainsKey("dailyBudget") == true || set?.ContainsKey("totalBudget") == true ? [CallKinds.BudgetUpdate] : Array.Empty<string>(),
                .. set?["status"]?.ToString() == "PENDING_DELETION" ? [CallKinds.Delete] : Array.Empty<string>(),
            ],
            ("DELETE", _) => [CallKinds.Delete],
            ("GET", ["adAccounts", _, _, ..] or ["posts", ..] or ["images" or "videos", _]) => [CallKinds.StructureRead],
            ("GET", ["adAccounts", ..] or ["adAccountUsers" or "organizationAcls" or "organizationsLookup" or "conversions"] or ["dmpSegments", ..]) => [CallKinds.AccountsRead],
            ("GET", ["adAnalytics"]) => [CallKinds.InsightsRead],
            ("GET", ["adTargetingFacets" or "adTargetingEntities"]) => [CallKinds.TargetingSearch],
            ("POST", ["posts"]) => [CallKinds.CreativeCreate],
            ("POST", ["images"]) => [CallKinds.ImageUpload],
            ("POST", ["videos"]) => [CallKinds.VideoUpload],
            ("POST", ["conversions"]) => [CallKinds.PixelCreate],
            ("PUT", ["campaignConversions", _]) => [CallKinds.TargetingCreate],
            ("POST", ["conversionEvents"]) => [CallKinds.ConversionSend],
            ("POST", ["dmpSegments"]) => [CallKinds.AudienceCreate],
            ("POST", ["dmpSegments", _, "users"]) => [CallKinds.AudienceUpload],
            _ => [],
        };
    }
}
