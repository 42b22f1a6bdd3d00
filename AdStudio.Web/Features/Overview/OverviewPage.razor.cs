using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Web.Features.Insights;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Overview;

/// <summary>The dashboard of the chosen workspace.</summary>
public sealed partial class OverviewPage
{
    private NumbersUrl url = null!;
    private Core.Insights.Overview? overview;
    private CurrencyNumbers? numbers;

    // Every platform there is an account on, also while the figures show some only.
    private IReadOnlyList<Platform> platforms = [];
    private int stamp;
    private (bool IsActive, int Percent) seen;

    [Inject] private GetOverview Get { get; set; } = null!;
    [Inject] private SyncWatch Watch { get; set; } = null!;

    private bool HasFigures => overview?.Currencies.Any(c => c.Sums is not null) == true;

    protected override async Task OnInitializedAsync()
    {
        url = NumbersUrl.Read(Navigation);
        Navigation.LocationChanged += AddressChanged;
        Watch.Changed += SyncMoved;
        Watch.Start();
        await LoadAsync();
    }

    protected override void OnLeaving()
    {
        Navigation.LocationChanged -= AddressChanged;
        Watch.Changed -= SyncMoved;
    }

    private Task LoadAsync() => RunAsync(async ct =>
    {
        if (Workspace is not { } workspace || !Take(await Get.RunAsync(Actor, url.Query(workspace.Id), ct), out var answer)) return;
        overview = answer;
        numbers = answer.In(url.Currency);
        if (url.Platforms.Count == 0 || platforms.Count == 0) platforms = [.. answer.Accounts.Select(a => a.Platform).Union(url.Platforms).Distinct().Order()];
        stamp++;
    });

    private Task SyncAsync() => RunAsync(async ct =>
    {
        if (await Watch.SyncNowAsync(ct) is { } refusal) Show(refusal);
    });

    private void Choose(Metric metric) => Navigation.SetQuery(("metric", metric == Metric.Spend ? null : MetricLook.Of(metric).Key));

    private void AddressChanged(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath != "/") return;
        var before = url;
        url = NumbersUrl.Read(Navigation);
        // Another metric or currency of figures that are here needs no reading.
        var same = before.Range == url.Range && before.Compare == url.Compare && before.Platforms.SequenceEqual(url.Platforms);
        if (same) numbers = overview?.In(url.Currency);
        InvokeAsync(same ? () => { StateHasChanged(); return Task.CompletedTask; } : LoadAsync);
    }

    /// <summary>While a sync goes on the figures come in slice by slice; when it ends they are all there.</summary>
    private void SyncMoved()
    {
        var now = (Watch.State?.IsActive == true, Watch.State?.Percent ?? 0);
        var moved = seen.IsActive && now != seen;
        seen = now;
        InvokeAsync(moved ? LoadAsync : () => { StateHasChanged(); return Task.CompletedTask; });
    }

    private static string Days(DayRange days) =>
        days.Days == 1 ? Shown.Date(days.From) : $"{days.From.ToString(days.From.Year == days.To.Year ? "d MMM" : "d MMM yyyy", Shown.Culture)} – {Shown.Date(days.To)}";
}
