using System.Globalization;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.Meta;

internal sealed class MetaPlatform(SandboxStore store, SandboxClock clock, MetaApi api) : SandboxPlatform(store, clock)
{
    private static readonly (string Kind, string Name)[] Kinds = [(MetaWorld.Campaign, "campaign"), (MetaWorld.AdSet, "adset"), (MetaWorld.Ad, "ad")];

    private readonly SandboxStore store = store;
    private readonly SandboxClock clock = clock;

    public override string Name => "meta";
    public override string Title => "Meta";
    public override string Mark => "M";
    public override IReadOnlyList<(string, string)> AccountStatuses { get; } = [("1", "Active"), ("2", "Disabled"), ("3", "Unsettled"), ("9", "In grace period"), ("101", "Closed")];

    public override void Map(RouteGroupBuilder group, string root) => MetaEndpoints.Map(group, root);
    public override void Seed(DateTimeOffset now) => MetaWorld.Seed(store, now);

    public override IEnumerable<SandboxItem> Objects() => Kinds.SelectMany(kind => store.All(kind.Kind).Select(o =>
        new SandboxItem(Name, kind.Name, o.Id, o.AccountId, o.ParentId, o.Body["name"]!.ToString(), MetaStatus.Own(o), MetaStatus.Effective(api.Context, o), o.CreatedAt)));

    public override IEnumerable<SandboxAccount> Accounts() => store.All(MetaWorld.Account)
        .Select(a => new SandboxAccount(Name, a.Id, a.Body["name"]!.ToString(), a.Body["currency"]!.ToString(), a.Body["timezone_name"]!.ToString(), a.Body["account_status"]!.ToString()));

    public override bool SetAccountStatus(string id, string status)
    {
        if (store.Find(MetaWorld.Account, id)?.Clone() is not { } account || !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return false;
        account.Body["account_status"] = code;
        account.Body["disable_reason"] = code == 1 ? 0 : 3;
        account.Remember(new Moment(clock.Now) { Status = code is 1 or 9 ? "ACTIVE" : "STOPPED" });
        account.UpdatedAt = clock.Now;
        store.Put(account);
        return true;
    }
}
