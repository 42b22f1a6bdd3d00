using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Insights;

internal sealed record PartLine(BreakdownRow Row, int Depth);

public sealed partial class CampaignNumbers
{
    private readonly HashSet<Guid> open = [];
    private NumbersUrl url = null!;
    private CampaignMetrics? metrics;
    private Breakdown? parts;
    private CurrencyNumbers? numbers;
    private IReadOnlyList<Platform> platforms = [];
    private List<PartLine>? lines;
    private Guid shown;
    private bool wasActive;
    private int stamp;

    [Inject] private GetCampaignMetrics Get { get; set; } = null!;
    [Inject] private GetBreakdown GetParts { get; set; } = null!;
    [Inject] private SyncWatch Watch { get; set; } = null!;

    [Parameter, EditorRequired] public Guid CampaignId { get; set; }

    protected override void OnInitialized()
    {
        Navigation.LocationChanged += AddressChanged;
        Watch.Changed += SyncMoved;
        Watch.Start();
    }

    protected override void OnLeaving()
    {
        Navigation.LocationChanged -= AddressChanged;
        Watch.Changed -= SyncMoved;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == CampaignId) return;
        shown = CampaignId;
        url = NumbersUrl.Read(Navigation);
        await LoadAsync();
    }

    private Task LoadAsync() => RunAsync(async ct =>
    {
        var query = url.Query(null);
        if (!Take(await Get.RunAsync(Actor, CampaignId, query, ct), out var answer) || !Take(await GetParts.RunAsync(Actor, CampaignId, query, ct), out var below)) return;
        (metrics, parts) = (answer, below);
        numbers = answer.In(url.Currency);
        stamp++;
        if (url.Platforms.Count == 0 || platforms.Count == 0) platforms = [.. answer.Platforms.Select(p => p.Platform).Union(url.Platforms).Order()];
        if (lines is null) open.UnionWith(below.Rows.Select(r => r.Id));
        Arrange();
    });

    private void Choose(Metric metric) => Navigation.SetQuery(("metric", metric == Metric.Spend ? null : MetricLook.Of(metric).Key));

    private void Toggle(PartLine line)
    {
        if (!open.Remove(line.Row.Id)) open.Add(line.Row.Id);
        Arrange();
    }

    private void Arrange() => lines = parts is null ? null : [.. parts.Rows.SelectMany(row => Lines(row, 0))];

    private IEnumerable<PartLine> Lines(BreakdownRow row, int depth) =>
        open.Contains(row.Id) ? row.Parts.SelectMany(part => Lines(part, depth + 1)).Prepend(new PartLine(row, depth)) : [new PartLine(row, depth)];

    private void AddressChanged(object? sender, LocationChangedEventArgs e)
    {
        var before = url;
        url = NumbersUrl.Read(Navigation);
        var same = before.Range == url.Range && before.Compare == url.Compare && before.Platforms.SequenceEqual(url.Platforms) && before.Currency == url.Currency;
        InvokeAsync(same ? () => { StateHasChanged(); return Task.CompletedTask; } : LoadAsync);
    }

    private void SyncMoved()
    {
        var active = Watch.State?.IsActive == true;
        if (wasActive && !active) InvokeAsync(LoadAsync);
        wasActive = active;
    }
}
