using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Web.App;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Connections;

/// <summary>The workspace's connections, how they are, and what can be done about them.</summary>
public sealed partial class ConnectionsPage
{
    private IReadOnlyList<ConnectionRow>? rows;
    private IReadOnlyList<Platform> installed = [];
    private DisconnectPreview? leaving;
    private Problem? outcome;
    private IReadOnlyDictionary<Guid, CampaignImportRow> imports = new Dictionary<Guid, CampaignImportRow>();
    private HashSet<Platform> importable = [];
    private bool following;

    [Inject] private ListConnections List { get; set; } = null!;
    [Inject] private StartConnection Start { get; set; } = null!;
    [Inject] private CheckConnection Check { get; set; } = null!;
    [Inject] private SyncAdAccounts Sync { get; set; } = null!;
    [Inject] private PreviewDisconnect Preview { get; set; } = null!;
    [Inject] private Disconnect Cut { get; set; } = null!;
    [Inject] private ImportCampaigns Import { get; set; } = null!;
    [Inject] private ListImports ListImports { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private PlatformSet Platforms { get; set; } = null!;
    [Inject] private IConfiguration Configuration { get; set; } = null!;

    private bool MayConnect => Workspace is { } workspace && (Actor.Administers(workspace.Id) || (!Actor.IsClient && Actor.Teams.Values.Contains(TeamRole.Admin)));

    private static string Problems(int count) => Shown.Count(count, "connection needs", "connections need") + " your attention.";

    private string Line
    {
        get
        {
            if (rows is not { Count: > 0 }) return "The ad platforms from which this workspace advertises.";
            var needing = rows.Count(r => r.Health is not (ConnectionHealth.Good or ConnectionHealth.Disconnected));
            if (needing > 0) return Problems(needing);
            var working = rows.Where(r => r.Health != ConnectionHealth.Disconnected).ToList();
            return working.Count == 0 ? "Nothing is connected at the moment." : $"{Shown.Count(working.Sum(r => r.Accounts.Count), "ad account")} connected; every connection works.";
        }
    }

    protected override async Task OnInitializedAsync()
    {
        installed = Platforms.Installed;
        importable = [.. installed.Where(p => Platforms.Find<IImportsCampaigns>(p) is not null)];
        outcome = Outcome(Navigation.Query("ok"), Navigation.Query("err"));
        await RunAsync(LoadAsync);
        if (outcome is not null) Navigation.SetQuery(("ok", null), ("err", null), ("connectionId", null));
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        if (Workspace is not { } workspace || !Take(await List.RunAsync(Actor, new(workspace.Id), ct), out var found)) return;
        rows = found;
        await LoadImportsAsync(ct);
    }

    private async Task LoadImportsAsync(CancellationToken ct)
    {
        if (Workspace is { } workspace && Take(await ListImports.RunAsync(Actor, workspace.Id, ct), out var last)) imports = last.ToDictionary(i => i.AdAccountId);
        if (!following && imports.Values.Any(i => i.IsActive)) _ = FollowAsync();
    }

    /// <summary>Shows how far imports are until none is under way; who leaves finds them again here.</summary>
    private async Task FollowAsync()
    {
        following = true;
        try
        {
            while (imports.Values.Any(i => i.IsActive))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), Time, Leaving);
                await InvokeAsync(() => RunAsync(LoadImportsAsync));
            }
        }
        catch (OperationCanceledException) { }
        finally { following = false; }
    }

    private Task ImportAsync(AdAccountRow account) => RunAsync(async ct =>
    {
        outcome = null;
        if (Take(await Import.RunAsync(Actor, account.Id, ct))) await LoadImportsAsync(ct);
    });

    /// <summary>What coming back from the platform's consent page meant.</summary>
    private static Problem? Outcome(string? ok, string? error) => (ok, error) switch
    {
        ("without_accounts", _) => new("Connected, but the ad accounts could not be read", "Choose “Sync accounts” on the connection to try again.", "warn"),
        (not null, _) => new("Connected", "The ad accounts you chose are below.", "good"),
        (_, "denied") => new("Nothing was connected", "You did not give access on the platform. Nothing has changed; connect again whenever you like.", "info"),
        (_, "expired") => new("That took longer than ten minutes", "To be safe it was stopped. Connect again.", "warn"),
        (_, "replayed") => new("This was already finished", "The list below shows how it went.", "info"),
        (_, "other_person") => new("Somebody else started this", "Connect again while you are signed in as yourself.", "warn"),
        (_, "signed_out") => new("You were signed out on the way", "Connect again; nothing was changed.", "warn"),
        (_, "forged") => new("This did not come from AdStudio", "Nothing was changed. If you meant to connect a platform, start with the button here."),
        (_, "forbidden") => new("You may not connect platforms here", "Ask a team's admin to do it."),
        (_, not null) => new("The platform could not finish the connection", "Nothing was changed. Try again in a moment.", "warn"),
        _ => null,
    };

    private static string WhatItBrings(Platform platform) => platform switch
    {
        Platform.Meta => "Ads on Facebook and Instagram, with your pages and pixels.",
        Platform.Google => "Display ads across Google's network, with your conversion actions.",
        Platform.Apple => "Ads for your apps in the App Store. You bring the keys of an API user.",
        _ => $"Ads on {platform}.",
    };

    private Task ConnectAsync(Platform platform) => LeaveForAsync(new(platform, Address) { WorkspaceId = Workspace!.Id });

    private Task ReconnectAsync(ConnectionRow row) => LeaveForAsync(new(row.Platform, Address) { ConnectionId = row.Id });

    private Uri Address => new(Configuration["PublicUrl"] is { Length: > 0 } given ? given : Navigation.BaseUri);

    private Task LeaveForAsync(StartConnectionRequest request) => RunAsync(async ct =>
    {
        if (Take(await Start.RunAsync(Actor, request, ct), out var started)) Navigation.NavigateTo(started.AuthorizeUrl.AbsoluteUri, forceLoad: true);
    });

    private Task CheckAsync(ConnectionRow row) => RunAsync(async ct =>
    {
        outcome = null;
        if (Take(await Check.RunAsync(Actor, row.Id, ct), out var now) && now.Health == ConnectionHealth.Good) Toasts.Done($"{row.Platform} answers: the connection works");
        await LoadAsync(ct);
    });

    private Task SyncAsync(ConnectionRow row) => RunAsync(async ct =>
    {
        outcome = null;
        if (Take(await Sync.RunAsync(Actor, row.Id, ct), out var synced)) Toasts.Done(Words(synced));
        await LoadAsync(ct);
    });

    private static string Words(SyncedAdAccounts synced)
    {
        var news = new[] { synced.Added > 0 ? $"{synced.Added} new" : null, synced.Vanished > 0 ? $"{synced.Vanished} no longer there" : null, synced.Elsewhere > 0 ? $"{synced.Elsewhere} already connected by another" : null }.OfType<string>().ToList();
        return $"Read {Shown.Count(synced.Found, "ad account")}" + (news.Count == 0 ? "" : $": {string.Join(", ", news)}");
    }

    private Task AskDisconnectAsync(ConnectionRow row) => RunAsync(async ct =>
    {
        if (Take(await Preview.RunAsync(Actor, row.Id, ct), out var preview)) leaving = preview;
    });

    private Task DisconnectAsync(bool deleteAccounts) => RunAsync(async ct =>
    {
        if (leaving is not { } preview) return;
        (leaving, outcome) = (null, null);
        if (Take(await Cut.RunAsync(Actor, preview.ConnectionId, deleteAccounts, ct), out _)) Toasts.Done($"{preview.Platform} is disconnected");
        await LoadAsync(ct);
    });
}
