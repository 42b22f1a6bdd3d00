using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Console;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>LinkedIn's Marketing API over HTTP: how its requests are read and its headers written.</summary>
internal sealed class LinkedInPlatform : SandboxPlatform
{
    private const long MostBytes = 300L * 1024 * 1024;
    private static readonly (string Kind, string Name)[] Kinds = [(LinkedInWorld.Group, "campaign"), (LinkedInWorld.Campaign, "adset"), (LinkedInWorld.Creative, "ad")];

    private readonly SandboxStore store;
    private readonly SandboxClock clock;
    private readonly OAuthDesk desk;
    private readonly LinkedInContext context;
    private readonly LinkedInApi api;
    private readonly LinkedInTokens tokens;

    public LinkedInPlatform(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy) : base(store, clock)
    {
        (this.store, this.clock) = (store, clock);
        desk = new OAuthDesk(Name, store, clock, options);
        context = new LinkedInContext(store, clock, options, policy);
        (api, tokens) = (new LinkedInApi(context, desk), new LinkedInTokens(context, desk));
    }

    public override string Name => "linkedin";
    public override string Title => "LinkedIn";
    public override string Mark => "in";
    public override IReadOnlyList<(string, string)> AccountStatuses { get; } = [("ACTIVE", "Active"), ("BILLING_HOLD", "Waits for a payment"), ("RESTRICTED_HOLD", "Restricted"), ("CANCELED", "Cancelled")];

    public override void Seed(DateTimeOffset now) => LinkedInWorld.Seed(store, now);

    public override IEnumerable<SandboxItem> Objects() => Kinds.SelectMany(kind => store.All(kind.Kind).Select(o => new SandboxItem(Name, kind.Name, o.Id, o.AccountId, o.ParentId, o.Body["name"]?.ToString() ?? "", LinkedInStatus.Own(o),
        string.Join(", ", kind.Name switch { "campaign" => LinkedInStatus.OfGroup(context, o), "adset" => LinkedInStatus.OfCampaign(context, o), _ => LinkedInStatus.OfCreative(context, o) is { Count: > 0 } holds ? holds : ["SERVING"] }), o.CreatedAt)));

    public override IEnumerable<SandboxAccount> Accounts() => store.All(LinkedInWorld.Account).Select(a => new SandboxAccount(Name, a.Id, a.Body["name"]!.ToString(), a.Body["currency"]!.ToString(), "Etc/UTC", LinkedInContext.Standing(a)));

    public override bool SetAccountStatus(string id, string status)
    {
        if (store.Find(LinkedInWorld.Account, id)?.Clone() is not { } account || AccountStatuses.All(s => s.Item1 != status)) return false;
        account.Body["standing"] = status;
        account.Remember(new Moment(clock.Now) { Status = status });
        account.UpdatedAt = clock.Now;
        store.Put(account);
        return true;
    }

    public override void Map(RouteGroupBuilder group, string root)
    {
        new ConsentPage(this, desk, store, LinkedInWorld.Scopes).Map(group, "/linkedin/oauth/v2/authorization");
        foreach (var (path, answer) in new (string, Func<IReadOnlyDictionary<string, string>, LinkedInReply>)[] { ("accessToken", tokens.Exchange), ("introspectToken", tokens.Introspect) })
            group.MapPost("/linkedin/oauth/v2/" + path, async (HttpContext http, SandboxPipeline pipeline) =>
            {
                var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted)).ToDictionary(f => f.Key, f => f.Value.ToString()) : [];
                await pipeline.RunAsync(http, new PlatformCall(Name, [CallKinds.Token], () => Reply(answer(form)), fault => Refuse(fault, "")));
            });
        group.MapPut("/linkedin/dms-uploads/{urn}/{first}", async (HttpContext http, string urn, string first, SandboxPipeline pipeline) =>
        {
            Enlarge(http);
            using var memory = new MemoryStream();
            await http.Request.Body.CopyToAsync(memory, http.RequestAborted);
            var kind = urn.StartsWith("urn:li:video:", StringComparison.Ordinal) ? CallKinds.VideoUpload : CallKinds.ImageUpload;
            await pipeline.RunAsync(http, new PlatformCall(Name, [kind], () => Reply(api.Media.Take(urn, first, memory.ToArray())), fault => Refuse(fault, "")));
        });
        group.MapGet("/linkedin/dms/{urn}", (string urn) => store.FindBlob("linkedin:" + urn) is { } blob ? Results.Bytes(blob.Bytes, blob.Type) : Results.NotFound());
        group.Map("/linkedin/{**path}", async (HttpContext http, string? path, SandboxPipeline pipeline, SandboxOptions options) =>
        {
            var call = await ReadAsync(http, path ?? "", SandboxPipeline.Origin(http, options) + root);
            await pipeline.RunAsync(http, new PlatformCall(Name, LinkedInApi.KindsOf(call), () => Reply(api.Answer(call)), fault => Refuse(fault, call.Version ?? "")));
        });
    }

    private static async Task<LinkedInCall> ReadAsync(HttpContext http, string path, string origin)
    {
        var request = http.Request;
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        var (body, readable) = Parse(text);
        var authorization = request.Headers.Authorization.ToString();
        return new LinkedInCall
        {
            Method = request.Method, Path = path.Split('/', StringSplitOptions.RemoveEmptyEntries), Query = LinkedInQuery.Parse(request.QueryString.Value ?? ""), Body = body, IsUnreadable = !readable,
            Token = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null, Version = request.Headers["LinkedIn-Version"], Protocol = request.Headers["X-Restli-Protocol-Version"],
            Verb = request.Headers["X-RestLi-Method"], Home = origin + "/linkedin",
        };
    }

    private static void Enlarge(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;
    }

    private static (JsonNode? Body, bool IsReadable) Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (null, true);
        try { return (JsonNode.Parse(text), true); }
        catch (JsonException) { return (null, false); }
    }

    /// <summary>LinkedIn gives marks for its support, and nothing of how many calls are left.</summary>
    private static PlatformReply Reply(LinkedInReply reply)
    {
        var headers = new Dictionary<string, string> { ["x-li-uuid"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(12)), ["x-li-fabric"] = "prod-sandbox", ["x-restli-protocol-version"] = "2.0.0" };
        if (reply.MadeId is { } id) headers["x-restli-id"] = Uri.EscapeDataString(id);
        if (reply.ETag is { } tag) headers["ETag"] = $"\"{tag}\"";
        return new PlatformReply(reply.Status, reply.Body, headers);
    }

    private static PlatformReply Refuse(Fault fault, string version) => Reply(fault.Kind switch
    {
        FaultKind.RateLimit => LinkedInReply.RateLimited, FaultKind.ExpiredToken => LinkedInReply.Expired, FaultKind.VersionRetired => LinkedInReply.NoSuchVersion(version), _ => LinkedInReply.Broken,
    });
}
