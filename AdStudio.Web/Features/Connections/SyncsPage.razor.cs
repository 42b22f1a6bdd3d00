using AdStudio.Core.Connections;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Web.App;
using AdStudio.Web.Features.Insights;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Connections;

/// <summary>How the reading of every account stands, every reading there was, and the versions of the platforms' APIs.</summary>
public sealed partial class SyncsPage
{
    private const int Size = 25;

    private IReadOnlyList<AccountSyncRow>? accounts;
    private IReadOnlyList<SyncRunRow>? runs;
    private IReadOnlyList<SpokenVersion> versions = [];
    private int page = 1;
    private int total;

    [Inject] private ListAccountSyncs ListAccounts { get; set; } = null!;
    [Inject] private ListSyncRuns ListRuns { get; set; } = null!;
    [Inject] private AskForSync Ask { get; set; } = null!;
    [Inject] private PlatformSet Platforms { get; set; } = null!;
    [Inject] private SyncWatch Watch { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    private bool filtered => Navigation.Query("state") is not null || Navigation.Query("account") is not null || Navigation.QueryList("on").Count > 0;

    protected override async Task OnInitializedAsync()
    {
        versions = ApiVersions.Of(Platforms.Installed, DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime));
        Navigation.LocationChanged += AddressChanged;
        Watch.Changed += Moved;
        Watch.Start();
        await ReloadAsync();
    }

    protected override void OnLeaving()
    {
        Navigation.LocationChanged -= AddressChanged;
        Watch.Changed -= Moved;
    }

    private void AddressChanged(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == Urls.Syncs) InvokeAsync(ReloadAsync);
    }

    private void Moved() => InvokeAsync(ReloadAsync);

    private Task ReloadAsync() => RunAsync(LoadAsync);

    private async Task LoadAsync(CancellationToken ct)
    {
        if (Workspace is not { } workspace) return;
        if (!Take(await ListAccounts.RunAsync(Actor, workspace.Id, ct), out var found)) return;
        accounts = found;
        page = Math.Max(1, Navigation.QueryInt("page", 1));
        var filter = new SyncRunFilter
        {
            AdAccountId = Guid.TryParse(Navigation.Query("account"), out var account) && found.Any(a => a.AdAccountId == account) ? account : null,
            Statuses = Navigation.QueryEnum<SyncStatus>("state") is { } status ? [status] : [],
            Platforms = [.. Navigation.QueryList("on").Select(word => PlatformNames.TryParse(word, out var platform) ? platform : (Platform?)null).OfType<Platform>()],
            Offset = (page - 1) * Size, Limit = Size,
        };
        if (!Take(await ListRuns.RunAsync(Actor, workspace.Id, filter, ct), out var rows)) return;
        (runs, total) = (rows.Items, rows.Total);
    }

    private Task ReadAsync(AccountSyncRow account) => RunAsync(async ct =>
    {
        if (Take(await Ask.RunAsync(Actor, account.AdAccountId, ct))) Toasts.Done($"The numbers of {account.Name} are being read");
        Watch.Look();
        await LoadAsync(ct);
    });

    private Task ReadAllAsync() => RunAsync(async ct =>
    {
        foreach (var account in accounts?.Where(a => a.MayReadNow).ToList() ?? [])
            if (!Take(await Ask.RunAsync(Actor, account.AdAccountId, ct))) break;
        Watch.Look();
        await LoadAsync(ct);
    });

    private static object State(AccountSyncRow account) =>
        account.Health is ConnectionHealth.Expired or ConnectionHealth.MissingPermission or ConnectionHealth.Disconnected ? account.Health
        : account.Status switch { SyncStatus.Running => "syncing", SyncStatus.Waiting => "waiting", SyncStatus.Failed => "failed", SyncStatus.Succeeded => "good", _ => account.HasCampaigns ? "waiting" : "draft" } is var word && word == "draft" ? "nothing runs" : word;

    private static string WhyNone(AccountSyncRow account) =>
        !account.HasCampaigns ? "Nothing runs on this account, so there is nothing to read. Launch or import campaigns."
        : account.Status is SyncStatus.Running or SyncStatus.Waiting ? "It is being read right now." : "Its connection has to be repaired first.";

    private static string Used(AccountSyncRow account) => account.Rate switch
    {
        { FreeAt: { } free } => $"full until {free.UtcDateTime.ToString("HH:mm", Shown.Culture)} UTC",
        { Percent: { } percent } => Shown.Percent((decimal)percent / 100, 0),
        _ => Shown.Nothing,
    };
}
