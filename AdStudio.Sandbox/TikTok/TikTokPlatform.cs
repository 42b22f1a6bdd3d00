using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Console;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.TikTok;

/// <summary>TikTok's Business API v1.3.</summary>
internal sealed class TikTokPlatform : SandboxPlatform
{
    private static readonly (string Kind, string Level, string Called)[] Kinds = [(TikTokWorld.Campaign, "campaign", "campaign"), (TikTokWorld.AdGroup, "adset", "adgroup"), (TikTokWorld.Ad, "ad", "ad")];

    private readonly SandboxStore store;
    private readonly SandboxClock clock;
    private readonly TikTokApi api;
    private readonly OAuthDesk desk;

    public TikTokPlatform(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy) : base(store, clock)
    {
        (this.store, this.clock) = (store, clock);
        desk = new OAuthDesk("tiktok", store, clock, options);
        api = new TikTokApi(new TikTokContext(store, clock, options, policy, desk));
    }

    public override string Name => "tiktok";
    public override string Title => "TikTok";
    public override string Mark => "T";
    public override IReadOnlyList<(string, string)> AccountStatuses { get; } = [("STATUS_ENABLE", "Active"), ("STATUS_DISABLE", "Disabled"), ("STATUS_LIMIT", "Suspended"), ("STATUS_PENDING_VERIFIED", "In review")];

    public override void Map(RouteGroupBuilder group, string root)
    {
        new ConsentPage(this, desk, store, TikTokWorld.Permissions) { ClientField = "app_id", CodeField = "auth_code" }.Map(group, "/tiktok/portal/auth");
        group.MapGet("/tiktok/files/{**name}", (string name) => store.FindBlob("tiktok:" + name) is { } file ? Results.Bytes(file.Bytes, file.Type, enableRangeProcessing: true) : Results.NotFound());
        TikTokEndpoints.Map(group, root, api);
    }

    public override void Seed(DateTimeOffset now) => TikTokWorld.Seed(store, now);

    public override IEnumerable<SandboxItem> Objects() => Kinds.SelectMany(kind => store.All(kind.Kind).Select(o =>
        new SandboxItem(Name, kind.Level, o.Id, o.AccountId, o.ParentId, o.Body[kind.Called + "_name"]!.ToString(), o.Body["operation_status"]!.ToString(), TikTokStatus.Of(api.Context, o), o.CreatedAt)));

    public override IEnumerable<SandboxAccount> Accounts() => store.All(TikTokWorld.Account)
        .Select(a => new SandboxAccount(Name, a.Id, a.Body["name"]!.ToString(), a.Body["currency"]!.ToString(), a.Body["display_timezone"]!.ToString(), a.Body["status"]!.ToString()));

    public override bool SetAccountStatus(string id, string status)
    {
        if (store.Find(TikTokWorld.Account, id)?.Clone() is not { } account || !AccountStatuses.Any(s => s.Item1 == status)) return false;
        account.Body["status"] = status;
        account.Remember(new Moment(clock.Now) { Status = status == "STATUS_ENABLE" ? "ENABLE" : "DISABLE" });
        account.UpdatedAt = clock.Now;
        store.Put(account);
        return true;
    }
}
