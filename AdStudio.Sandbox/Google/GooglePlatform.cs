using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Hosting;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.Google;

internal sealed class GooglePlatform(SandboxStore store, SandboxClock clock, GoogleApi api) : SandboxPlatform(store, clock)
{
    private readonly SandboxStore store = store;
    private readonly SandboxClock clock = clock;

    public override string Name => "google";
    public override string Title => "Google";
    public override string Mark => "G";
    public override IReadOnlyList<(string, string)> AccountStatuses { get; } = [("ENABLED", "Enabled"), ("SUSPENDED", "Suspended"), ("CANCELED", "Cancelled")];

    public override void Map(RouteGroupBuilder group, string root) => GoogleEndpoints.Map(group, root);
    public override void Seed(DateTimeOffset now) => GoogleWorld.Seed(store, now);
    public override IEnumerable<SandboxItem> Objects() => api.Objects();

    public override IEnumerable<SandboxAccount> Accounts() => store.All(GoogleWorld.Customer)
        .Select(a => new SandboxAccount(Name, a.Id, a.Body["descriptiveName"]!.ToString(), a.Body["currencyCode"]!.ToString(), a.Body["timeZone"]!.ToString(), a.Body["status"]!.ToString()));

    public override bool SetAccountStatus(string id, string status)
    {
        if (store.Find(GoogleWorld.Customer, id)?.Clone() is not { } account || GoogleShapes.EnumOf(GoogleShapes.Types["Resources.Customer"]["status"])?.Contains(status) != true) return false;
        account.Body["status"] = status;
        account.Remember(new Moment(clock.Now) { Status = status });
        account.UpdatedAt = clock.Now;
        store.Put(account);
        return true;
    }
}
