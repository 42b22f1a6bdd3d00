using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>The Marketing API: from a call to its answer.</summary>
public sealed class SnapchatApi
{
    private readonly SnapchatEntities entities;
    private readonly SnapchatMedia media;
    private readonly SnapchatStats stats;
    private readonly SnapchatSegments segments;

    public SnapchatApi(SnapchatContext context)
    {
        Context = context;
        (entities, media, stats, segments) = (new(context), new(context), new(context), new(context));
        Reports = new(context, stats);
        Conversions = new(context);
    }

    public SnapchatContext Context { get; }
    public SnapchatReports Reports { get; }
    public SnapchatConversions Conversions { get; }

    public PlatformReply Answer(SnapchatCall call)
    {
        var (state, grant) = Context.Desk.Check(call.Token);
        if (state != TokenState.Good || !grant!.Scopes.Contains("snapchat-marketing-api")) return state == TokenState.Good ? SnapchatError.Forbidden("The token has no access to the Marketing API") : SnapchatError.Unauthorized();
        call = call with { Grant = grant };
        return (call.Method, call.Path) switch
        {
            ("GET", ["me"]) => SnapchatReply.Of(new() { ["me"] = Me(call) }),
            ("GET", ["me", "organizations"]) => SnapchatReply.Of("organizations", "organization", Context.OrganizationsOf(call).Select(o => Organization(call, o))),
            ("GET", ["organizations", var id, var list]) => OfOrganization(call, id, list),
            ("GET", ["targeting", ..]) => SnapchatTargeting.List(call),
            (var method, [var plural, var id, .. var rest]) when SnapchatKind.Find(plural) is { } kind => OfObject(call, method, kind, id, rest),
            _ => SnapchatError.Missing("The address " + string.Join('/', call.Path)),
        };
    }

    private PlatformReply OfObject(SnapchatCall call, string method, SnapchatKind kind, string id, string[] rest)
    {
        var (item, error) = Context.Find(call, kind.Kind, id, deleted: rest is ["stats" or "stats_report"]);
        if (item is null) return error!;
        return (method, rest) switch
        {
            ("GET", []) => entities.One(kind, item),
            ("DELETE", []) => entities.Delete(kind, item),
            ("GET", ["stats"]) when kind.Singular is "adaccount" or "campaign" or "adsquad" or "ad" => call.Query.GetValueOrDefault("async") == "true" ? Reports.Begin(call, kind, item) : stats.Answer(call, kind, item),
            ("GET", ["stats_report"]) => Reports.Look(call, item),
            ("POST", ["upload"]) when kind.Singular == "media" => media.Upload(call, item),
            ("POST", ["multipart-upload-v2"]) when kind.Singular == "media" => media.Parts(call, item),
            ("POST" or "DELETE", ["users"]) when kind.Singular == "segment" => segments.Users(call, item),
            (_, [var list]) when SnapchatKind.Find(list) is { } child && IsBeneath(child.Singular, kind.Singular) => method switch
            {
                "GET" => entities.List(call, child, item),
                "POST" or "PUT" when IsHome(child.Singular, kind.Singular) && !(method == "PUT" && child.Singular is "media" or "segment") => entities.Write(call, child, item),
                _ => new SnapchatError(405, "E1002", $"{method} is not offered here"),
            },
            _ => SnapchatError.Missing("The address " + string.Join('/', call.Path)),
        };
    }

    private static bool IsBeneath(string child, string parent) => parent switch { "adaccount" => child != "adaccount", "campaign" => child is "adsquad" or "ad", "adsquad" => child == "ad", _ => false };

    /// <summary>Where objects of a kind are made and changed.</summary>
    private static bool IsHome(string child, string parent) => child switch { "adsquad" => parent == "campaign", "ad" => parent == "adsquad", "pixel" => false, _ => parent == "adaccount" };

    private PlatformReply OfOrganization(SnapchatCall call, string id, string list)
    {
        if (Context.OrganizationsOf(call).All(o => o.Id != id)) return SnapchatError.Forbidden($"You are no member of the organization {id}");
        IEnumerable<JsonObject> Of(string kind) => Context.Store.All(kind).Where(o => o.Body["organization_id"]!.ToString() == id).Select(o => o.Body);
        return list switch
        {
            "adaccounts" => SnapchatReply.Of("adaccounts", "adaccount", Context.AccountsOf(call).Select(a => a.Body)),
            "mobile_apps" => SnapchatReply.Of("mobile_apps", "mobile_app", Of(SnapchatWorld.App)),
            "public_profiles" => SnapchatReply.Of("public_profiles", "public_profile", Of(SnapchatWorld.Profile)),
            _ => SnapchatError.Missing("The address " + string.Join('/', call.Path)),
        };
    }

    private JsonObject Me(SnapchatCall call)
    {
        var person = Context.Person(call).Body;
        return new() { ["id"] = person["id"]!.DeepClone(), ["email"] = person["email"]!.DeepClone(), ["display_name"] = person["name"]!.DeepClone(), ["organization_id"] = SnapchatWorld.HarborPine, ["member_status"] = "MEMBER", ["created_at"] = person["created_at"]!.DeepClone(), ["updated_at"] = person["updated_at"]!.DeepClone() };
    }

    private JsonObject Organization(SnapchatCall call, SandboxObject organization)
    {
        var body = (JsonObject)organization.Body.DeepClone();
        body["roles"] = new JsonArray("admin");
        if (call.Query.GetValueOrDefault("with_ad_accounts") == "true") body["ad_accounts"] = new JsonArray([.. Context.AccountsOf(call).Select(a => (JsonNode)a.Body.DeepClone())]);
        return body;
    }

    /// <summary>What a call is, for the fault dial.</summary>
    public static IReadOnlyList<string> OperationsOf(SnapchatCall call) => (call.Method, call.Path) switch
    {
        (_, ["targeting", ..]) => [CallKinds.TargetingSearch],
        (_, [.., "stats"]) when call.Query.GetValueOrDefault("async") == "true" => [CallKinds.InsightsRead, CallKinds.ReportStart],
        (_, [.., "stats" or "stats_report"]) => [CallKinds.InsightsRead],
        ("GET", ["me", ..] or ["organizations", ..]) => [CallKinds.AccountsRead],
        ("GET", _) => [CallKinds.StructureRead],
        (_, [.., "upload"]) when call.File is not null && SnapchatMedia.IsVideo(call.File) => [CallKinds.VideoUpload],
        (_, [.., "upload"]) => [CallKinds.ImageUpload],
        (_, [.., "multipart-upload-v2"]) => [CallKinds.VideoUpload],
        (_, [.., "users"]) => [CallKinds.AudienceUpload],
        ("DELETE", _) => [CallKinds.Delete, CallKinds.StatusUpdate],
        ("POST", [.., var list]) => list switch
        {
            "campaigns" => [CallKinds.CampaignCreate], "adsquads" => [CallKinds.AdSetCreate], "ads" => [CallKinds.AdCreate], "creatives" => [CallKinds.CreativeCreate], "segments" => [CallKinds.AudienceCreate],
            "media" => [call.Body?["media"]?[0]?["type"]?.ToString() == "VIDEO" ? CallKinds.VideoUpload : CallKinds.ImageUpload], _ => [],
        },
        ("PUT", [.., var list]) => [.. list switch { "campaigns" => new[] { CallKinds.CampaignUpdate }, "adsquads" => [CallKinds.AdSetUpdate, CallKinds.BudgetUpdate], "ads" => [CallKinds.AdUpdate], _ => [] }, CallKinds.StatusUpdate],
        _ => [],
    };
}
