using System.Globalization;
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

namespace AdStudio.Sandbox.Pinterest;

/// <summary>Pinterest's API v5 over HTTP: how its requests are read and its headers written.</summary>
internal sealed class PinterestPlatform : SandboxPlatform
{
    private const long MostBytes = 300L * 1024 * 1024;
    private static readonly (string Kind, string Name)[] Kinds = [(PinterestWorld.Campaign, "campaign"), (PinterestWorld.AdGroup, "adset"), (PinterestWorld.Ad, "ad")];

    private readonly SandboxStore store;
    private readonly SandboxClock clock;
    private readonly OAuthDesk desk;
    private readonly PinterestContext context;
    private readonly PinterestApi api;
    private readonly PinterestTokens tokens;

    public PinterestPlatform(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy) : base(store, clock)
    {
        (this.store, this.clock) = (store, clock);
        desk = new OAuthDesk(Name, store, clock, options);
        context = new PinterestContext(store, clock, options, policy);
        (api, tokens) = (new PinterestApi(context, desk), new PinterestTokens(context, desk));
    }

    public override string Name => "pinterest";
    public override string Title => "Pinterest";
    public override string Mark => "P";
    public override IReadOnlyList<(string, string)> AccountStatuses { get; } = [("ACTIVE", "Active"), ("DISABLED", "Disabled")];

    public override void Seed(DateTimeOffset now) => PinterestWorld.Seed(store, now);

    public override IEnumerable<SandboxItem> Objects() => Kinds.SelectMany(kind => store.All(kind.Kind).Select(o => new SandboxItem(Name, kind.Name, o.Id, o.AccountId, o.ParentId, o.Body["name"]?.ToString() ?? "", PinterestStatus.Own(o),
        kind.Name switch { "campaign" => PinterestStatus.Campaign(context, o), "adset" => PinterestStatus.AdGroup(context, o), _ => PinterestStatus.Ad(context, o) }, o.CreatedAt)));

    public override IEnumerable<SandboxAccount> Accounts() => store.All(PinterestWorld.Account)
        .Select(a => new SandboxAccount(Name, a.Id, a.Body["name"]!.ToString(), a.Body["currency"]!.ToString(), "Etc/UTC", a.Body["status"]!.ToString()));

    public override bool SetAccountStatus(string id, string status)
    {
        if (store.Find(PinterestWorld.Account, id)?.Clone() is not { } account || AccountStatuses.All(s => s.Item1 != status)) return false;
        account.Body["status"] = status;
        account.Remember(new Moment(clock.Now) { Status = status });
        account.UpdatedAt = clock.Now;
        store.Put(account);
        return true;
    }

    public override void Map(RouteGroupBuilder group, string root)
    {
        new ConsentPage(this, desk, store, PinterestWorld.Scopes) { Separator = ',' }.Map(group, "/pinterest/oauth");
        group.MapPost("/pinterest/v5/oauth/token", async (HttpContext http, SandboxPipeline pipeline) =>
        {
            var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted)).ToDictionary(f => f.Key, f => f.Value.ToString()) : [];
            await pipeline.RunAsync(http, new PlatformCall(Name, [CallKinds.Token], () => Reply(tokens.Exchange(http.Request.Headers.Authorization, form), "org_read"), fault => Refuse(fault, "org_read")));
        });
        group.Map("/pinterest/v5/{**path}", async (HttpContext http, string? path, SandboxPipeline pipeline, SandboxOptions options) =>
        {
            var (call, isKnownPath) = await ReadAsync(http, path ?? "", SandboxPipeline.Origin(http, options) + root);
            var category = call.Operation?.Category ?? "org_read";
            await pipeline.RunAsync(http, new PlatformCall(Name, PinterestApi.KindsOf(call), () => Reply(api.Answer(call, isKnownPath), category), fault => Refuse(fault, category)));
        });
        group.MapPost("/pinterest/upload", async (HttpContext http, SandboxPipeline pipeline) =>
        {
            var (form, name, bytes) = await FormAsync(http);
            await pipeline.RunAsync(http, new PlatformCall(Name, [CallKinds.VideoUpload], () => Reply(api.Media.Upload(form, name, bytes), "org_write"), fault => Refuse(fault, "org_write")));
        });
        group.MapGet("/pinterest/reports/{token}", (HttpContext http, string token, SandboxPipeline pipeline) => pipeline.RunAsync(http, new PlatformCall(Name, [CallKinds.InsightsRead],
            () => Reply(api.Reports.Download(token) is { } file ? file : new PinterestReply(403, PinterestReply.Error(403, "Request has expired")), "ads_analytics"), fault => Refuse(fault, "ads_analytics"))));
        group.MapGet("/pinterest/images/{name}", (string name) => Blob(name));
        group.MapGet("/pinterest/videos/{name}", (string name) => Blob(name));
    }

    private IResult Blob(string name) => store.FindBlob("pinterest:" + name) is { } blob ? Results.Bytes(blob.Bytes, blob.Type) : Results.NotFound();

    private static async Task<(PinterestCall Call, bool IsKnownPath)> ReadAsync(HttpContext http, string path, string origin)
    {
        Enlarge(http);
        var request = http.Request;
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (operation, ids, isKnownPath) = PinterestApi.Find(request.Method, segments);
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        var (body, readable) = Parse(text);
        var authorization = request.Headers.Authorization.ToString();
        return (new PinterestCall
        {
            Method = request.Method, Path = segments, Query = request.Query.ToDictionary(q => q.Key, q => q.Value.Select(v => v ?? "").ToArray()), Body = body, IsUnreadable = !readable,
            Token = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : null, Home = origin + "/pinterest", Operation = operation, Ids = ids,
        }, isKnownPath);
    }

    private static async Task<(Dictionary<string, string> Form, string? FileName, byte[]? Bytes)> FormAsync(HttpContext http)
    {
        Enlarge(http);
        if (!http.Request.HasFormContentType) return ([], null, null);
        var form = await http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = MostBytes, BufferBodyLengthLimit = MostBytes }, http.RequestAborted);
        var fields = form.ToDictionary(f => f.Key, f => f.Value.ToString());
        if (form.Files.GetFile("file") is not { } file) return (fields, null, null);
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, http.RequestAborted);
        return (fields, file.FileName, memory.ToArray());
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

    private static PlatformReply Reply(PinterestReply reply, string category) => new(reply.Status, reply.Body, Limits(category, 0));

    private static PlatformReply Refuse(Fault fault, string category)
    {
        var reply = fault.Kind switch { FaultKind.RateLimit => PinterestReply.RateLimited(), FaultKind.ExpiredToken => PinterestReply.NoToken(), FaultKind.VersionRetired => PinterestReply.Gone(), _ => PinterestReply.Broken() };
        return new PlatformReply(reply.Status, reply.Body, Limits(category, fault.Kind == FaultKind.RateLimit ? fault.RetryAfterSeconds : 0));
    }

    /// <summary>How many calls of this category are left in the present minute; seconds until there are more.</summary>
    private static Dictionary<string, string> Limits(string category, int retryAfterSeconds)
    {
        var limit = category switch { "ads_read" => 1000, "ads_analytics" => 300, "ads_conversions" => 5000, "ads_write" => 400, _ => 100 };
        return new()
        {
            ["x-ratelimit-limit"] = string.Create(CultureInfo.InvariantCulture, $"{limit}, {limit};w=60"),
            ["x-ratelimit-remaining"] = (retryAfterSeconds > 0 ? 0 : limit - 1).ToString(CultureInfo.InvariantCulture),
            ["x-ratelimit-reset"] = (retryAfterSeconds > 0 ? retryAfterSeconds : 1).ToString(CultureInfo.InvariantCulture),
        };
    }
}
