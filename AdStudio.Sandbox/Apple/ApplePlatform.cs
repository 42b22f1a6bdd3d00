using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.Apple;

/// <summary>Apple's Campaign Management API v5 over HTTP. There is no consent page: whoever has an API user's keys is that user.</summary>
internal sealed class ApplePlatform : SandboxPlatform
{
    private static readonly (string Kind, string Name)[] Kinds = [(AppleWorld.Campaign, "campaign"), (AppleWorld.AdGroup, "adset"), (AppleWorld.Ad, "ad")];

    private static readonly string[] KeyNames = ["clientId", "teamId", "keyId", "privateKey"];

    private readonly SandboxStore store;
    private readonly SandboxClock clock;
    private readonly AppleContext context;
    private readonly AppleApi api;
    private readonly AppleTokens tokens;

    public ApplePlatform(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy) : base(store, clock)
    {
        (this.store, this.clock) = (store, clock);
        var desk = new OAuthDesk(Name, store, clock, options);
        context = new AppleContext(store, clock, options, policy);
        (api, tokens) = (new AppleApi(context, desk), new AppleTokens(context, desk));
    }

    public override string Name => "apple";
    public override string Title => "Apple Ads";
    public override string Mark => "A";
    public override IReadOnlyList<(string, string)> AccountStatuses { get; } = [("PAYG", "Pays as it goes"), ("LOC", "Line of credit"), (AppleWorld.Unpaid, "Nothing to pay with")];

    public override IReadOnlyDictionary<string, string> Keys => store.Work(() =>
    {
        var user = People().First().Body;
        return KeyNames.ToDictionary(name => name, name => user[name]!.ToString());
    });

    public override void Seed(DateTimeOffset now) => AppleWorld.Seed(store, now);

    public override IEnumerable<SandboxItem> Objects() => Kinds.SelectMany(kind => store.All(kind.Kind).Select(o => new SandboxItem(Name, kind.Name, o.Id, o.AccountId, o.ParentId, o.Body["name"]!.ToString(), o.Body["status"]!.ToString(),
        kind.Name switch { "campaign" => AppleStatus.Campaign(context, o).Display, "adset" => AppleStatus.AdGroup(context, o).Display, _ => AppleStatus.Ad(context, o) is [var reason, ..] ? reason : "RUNNING" }, o.CreatedAt)));

    public override IEnumerable<SandboxAccount> Accounts() => store.All(AppleWorld.Organization)
        .Select(o => new SandboxAccount(Name, o.Id, o.Body["orgName"]!.ToString(), o.Body["currency"]!.ToString(), o.Body["timeZone"]!.ToString(), o.Body["paymentModel"]!.ToString()));

    public override bool SetAccountStatus(string id, string status)
    {
        if (store.Find(AppleWorld.Organization, id)?.Clone() is not { } organization || AccountStatuses.All(s => s.Item1 != status)) return false;
        organization.Body["paymentModel"] = status;
        organization.Remember(new Moment(clock.Now) { Status = status });
        organization.UpdatedAt = clock.Now;
        store.Put(organization);
        return true;
    }

    public override void Map(RouteGroupBuilder group, string root)
    {
        group.MapPost("/apple/auth/oauth2/token", async (HttpContext http, SandboxPipeline pipeline) =>
        {
            var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted)).ToDictionary(f => f.Key, f => f.Value.ToString()) : [];
            await pipeline.RunAsync(http, new PlatformCall(Name, [CallKinds.Token], () => Reply(tokens.Exchange(form)), Refuse));
        });
        group.Map("/apple/v5/{**path}", async (HttpContext http, string? path, SandboxPipeline pipeline) =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var (body, isReadable) = Parse(await reader.ReadToEndAsync(http.RequestAborted));
            var authorization = http.Request.Headers.Authorization.ToString();
            var call = new AppleCall(http.Request.Method, (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries), http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()), body, isReadable,
                authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null, http.Request.Headers["X-AP-Context"].FirstOrDefault());
            await pipeline.RunAsync(http, new PlatformCall(Name, AppleApi.KindsOf(call), () => Reply(api.Answer(call)), Refuse));
        });
    }

    private static (JsonNode? Body, bool IsReadable) Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (null, true);
        try { return (JsonNode.Parse(text), true); }
        catch (JsonException) { return (null, false); }
    }

    private static PlatformReply Reply(AppleReply reply) => new(reply.Status, reply.Body, new Dictionary<string, string>());

    private static PlatformReply Refuse(Fault fault)
    {
        var reply = fault.Kind switch { FaultKind.RateLimit => AppleReply.TooMany(), FaultKind.ExpiredToken => AppleReply.NoToken(), FaultKind.VersionRetired => AppleReply.Gone(), _ => AppleReply.Broken() };
        var headers = fault.Kind == FaultKind.RateLimit ? new Dictionary<string, string> { ["Retry-After"] = fault.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture) } : [];
        return new(reply.Status, reply.Body, headers);
    }
}
