using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Console;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.Snapchat;

internal sealed class SnapchatPlatform : SandboxPlatform
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromSeconds(3600);
    private static readonly (string Kind, string Name)[] Kinds = [(SnapchatWorld.Campaign, "campaign"), (SnapchatWorld.AdSquad, "adset"), (SnapchatWorld.Ad, "ad")];

    private readonly SandboxStore store;
    private readonly SandboxClock clock;
    private readonly SandboxOptions options;
    private readonly SandboxPipeline pipeline;
    private readonly OAuthDesk desk;
    private readonly SnapchatApi api;

    public SnapchatPlatform(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy, SandboxPipeline pipeline) : base(store, clock)
    {
        (this.store, this.clock, this.options, this.pipeline) = (store, clock, options, pipeline);
        desk = new OAuthDesk(Name, store, clock, options);
        api = new SnapchatApi(new SnapchatContext(store, clock, options, policy, desk));
    }

    public override string Name => "snapchat";
    public override string Title => "Snapchat";
    public override string Mark => "S";
    public override IReadOnlyList<(string, string)> AccountStatuses { get; } = [("ACTIVE", "Active"), ("PENDING", "In review"), ("DISABLED", "Disabled"), ("CLOSED", "Closed")];

    public override void Map(RouteGroupBuilder group, string root)
    {
        new ConsentPage(this, desk, store, SnapchatWorld.Scopes).Map(group, "/snapchat/login/oauth2/authorize");
        group.MapPost("/snapchat/login/oauth2/access_token", async (HttpContext http) =>
        {
            var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
            await pipeline.RunAsync(http, new(Name, [CallKinds.Token], () => Token(form), Refuse));
        });
        group.MapGet("/snapchat/reports/{id}/{secret}.csv", (string id, string secret) => store.Work(() => api.Reports.Download(id, secret)) is { } lines ? Results.Text(lines, "text/csv") : Results.NotFound());
        group.MapGet("/snapchat/media/{id}", (string id) => store.FindBlob("snapchat:" + id) is { } image ? Results.Bytes(image.Bytes, image.Type) : Results.NotFound());
        // Parts of a large file go to another entrance of the same house.
        foreach (var entrance in new[] { "v1", "us/v1" })
            group.Map($"/snapchat/{entrance}/{{**path}}", async (HttpContext http, string? path) =>
            {
                var call = await SnapchatCall.ReadAsync(http, path ?? "", $"{SandboxPipeline.Origin(http, options)}{root}/snapchat/v1");
                await pipeline.RunAsync(http, new(Name, SnapchatApi.OperationsOf(call), () => api.Answer(call), Refuse)
                {
                    StartDoomed = fault => api.Answer(call with { Doom = fault.Kind == FaultKind.ReportFails ? "FAILED" : "RUNNING" }),
                });
            });
        group.Map("/snapchat/v3/{**path}", async (HttpContext http, string? path) =>
        {
            var call = await SnapchatCall.ReadAsync(http, path ?? "", "");
            await pipeline.RunAsync(http, new(Name, [CallKinds.ConversionSend], () => api.Conversions.Take(call), Refuse));
        });
    }

    public override void Seed(DateTimeOffset now) => SnapchatWorld.Seed(store, now);

    public override IEnumerable<SandboxItem> Objects() => Kinds.SelectMany(kind => store.All(kind.Kind).Select(o =>
        new SandboxItem(Name, kind.Name, o.Id, o.AccountId, kind.Name == "campaign" ? "" : o.ParentId, o.Body["name"]!.ToString(), SnapchatStatus.Own(o), SnapchatStatus.Effective(api.Context, o), o.CreatedAt)));

    public override IEnumerable<SandboxAccount> Accounts() => store.All(SnapchatWorld.Account)
        .Select(a => new SandboxAccount(Name, a.Id, a.Body["name"]!.ToString(), a.Body["currency"]!.ToString(), a.Body["timezone"]!.ToString(), a.Body["status"]!.ToString()));

    public override bool SetAccountStatus(string id, string status)
    {
        if (store.Find(SnapchatWorld.Account, id)?.Clone() is not { } account || AccountStatuses.All(s => s.Item1 != status)) return false;
        account.Body["status"] = status;
        account.Remember(new Moment(clock.Now) { Status = status });
        account.UpdatedAt = clock.Now;
        store.Put(account);
        return true;
    }

    private PlatformReply Token(IFormCollection form)
    {
        if (!desk.KnowsClient(form["client_id"], form["client_secret"])) return OAuthRefusal(401, "invalid_client", "The client is not known or its secret is wrong");
        switch (form["grant_type"].ToString())
        {
            case "authorization_code":
                return desk.Redeem(form["code"], form["redirect_uri"].ToString()) is { } grant ? Granted(grant, desk.NewRefreshToken(grant)) : OAuthRefusal(400, "invalid_grant", "The code is not known, was used, is too old, or belongs to another redirect_uri");
            case "refresh_token":
                var refresh = form["refresh_token"].ToString();
                return desk.UseRefreshToken(refresh) is { } kept ? Granted(kept, refresh) : OAuthRefusal(400, "invalid_grant", "The refresh token is not known or was revoked");
            default:
                return OAuthRefusal(400, "unsupported_grant_type", "grant_type must be authorization_code or refresh_token");
        }
    }

    private PlatformReply Granted(OAuthGrant grant, string refresh) => new(200, new JsonObject
    {
        ["access_token"] = desk.NewAccessToken(grant, TokenLifetime), ["expires_in"] = (int)TokenLifetime.TotalSeconds, ["refresh_token"] = refresh, ["token_type"] = "Bearer", ["scope"] = string.Join(' ', grant.Scopes),
    }, SnapchatReply.NoHeaders);

    private static PlatformReply OAuthRefusal(int status, string error, string description) => new(status, new JsonObject { ["error"] = error, ["error_description"] = description }, SnapchatReply.NoHeaders);

    private static PlatformReply Refuse(Fault fault) => fault.Kind switch
    {
        FaultKind.RateLimit => SnapchatError.TooMany(),
        FaultKind.ExpiredToken => SnapchatError.Unauthorized(),
        FaultKind.VersionRetired => new SnapchatError(410, "E1003", "This version of the API is no longer served"),
        _ => SnapchatError.Broken(),
    };
}
