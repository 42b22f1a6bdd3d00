using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Web.Features.Insights;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using AdStudio.Web.Shared.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Overview;

/// <summary>A row of the table: a campaign, or beneath an open one its ad sets and their ads.</summary>
internal sealed record CampaignLine(string Key, int Depth, string Name, object Status, IReadOnlyList<Platform> Platforms, string Currency, MetricSums? Sums, MetricSums? Previous)
{
    public Guid? CampaignId { get; init; }
    public bool IsDeleted { get; init; }
    public bool CanOpen { get; init; }

    /// <summary>As the platforms gave them, where they were converted.</summary>
    public IReadOnlyDictionary<string, MetricSums> Originals { get; init; } = new Dictionary<string, MetricSums>();
}

public sealed partial class CampaignTable
{
    private const int Size = 25;

    private readonly HashSet<string> open = [];
    private readonly Dictionary<Guid, Breakdown> parts = [];
    private CampaignNumbersPage? rows;
    private List<CampaignLine>? lines;
    private (NumbersUrl?, string?, int, string) loaded;
    private string sort = "-spend";
    private string? search;
    private int page = 1;
    private int total;

    [Inject] private ListCampaignNumbers List { get; set; } = null!;
    [Inject] private GetBreakdown GetParts { get; set; } = null!;

    [Parameter, EditorRequired] public NumbersUrl Url { get; set; } = null!;

    /// <summary>Null while nobody knows.</summary>
    [Parameter, EditorRequired] public string? Currency { get; set; }

    /// <summary>Into the workspace's reporting currency, where it has one.</summary>
    [Parameter] public bool Convert { get; set; } = true;

    /// <summary>Changes when there are newer numbers.</summary>
    [Parameter] public int Stamp { get; set; }

    protected override void OnInitialized() => Navigation.LocationChanged += AddressChanged;

    protected override void OnLeaving() => Navigation.LocationChanged -= AddressChanged;

    protected override async Task OnParametersSetAsync()
    {
        ReadAddress();
        var wanted = (Url with { Metric = Metric.Spend, Platforms = [], By = default }, Currency, Stamp, $"{string.Join(',', Url.Platforms)} {sort} {search} {page} {Convert}");
        if (Currency is null || wanted == loaded) return;
        loaded = wanted;
        await LoadAsync();
    }

    private void ReadAddress()
    {
        sort = Navigation.Query("sort") ?? "-spend";
        search = Navigation.Query("q");
        page = Math.Max(1, Navigation.QueryInt("page", 1));
    }

    private void AddressChanged(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == "/") InvokeAsync(OnParametersSetAsync);
    }

    private Task LoadAsync() => RunAsync(async ct =>
    {
        var order = Sorting.Parse(sort);
        var query = new CampaignNumbersQuery
        {
            Numbers = Url.Query(Workspace?.Id) with { Convert = Convert }, Currency = Currency, Search = search, SortBy = MetricLook.Find(order.Key)?.Metric, Down = order.Down, Offset = (page - 1) * Size, Limit = Size,
        };
        if (!Take(await List.RunAsync(Actor, query, ct), out var answer)) return;
        rows = answer;
        total = answer.Rows.Total;
        parts.Clear();
        foreach (var row in answer.Rows.Items.Where(r => open.Contains(KeyOf(r.CampaignId)))) await ReadPartsAsync(row.CampaignId, ct);
        Arrange();
    });

    private async Task ToggleAsync(CampaignLine line)
    {
        if (!open.Remove(line.Key)) open.Add(line.Key);
        if (line.CampaignId is { } id && !parts.ContainsKey(id)) await RunAsync(ct => ReadPartsAsync(id, ct));
        Arrange();
    }

    private async Task ReadPartsAsync(Guid campaignId, CancellationToken ct)
    {
        if (Take(await GetParts.RunAsync(Actor, campaignId, Url.Query(Workspace?.Id), ct), out var answer)) parts[campaignId] = answer;
    }

    private Task SortAsync(string? order)
    {
        Navigation.SetQuery(("sort", order is null or "-spend" ? null : order), ("page", null));
        return Task.CompletedTask;
    }

    private void Arrange() => lines = rows is null ? null : [.. rows.Rows.Items.SelectMany(Lines)];

    private IEnumerable<CampaignLine> Lines(CampaignNumbersRow row)
    {
        var key = KeyOf(row.CampaignId);
        yield return new CampaignLine(key, 0, row.Name, row.Status, [.. row.Platforms.Select(p => p.Platform)], row.Currency, row.Sums, row.Previous) { CampaignId = row.CampaignId, IsDeleted = row.IsDeleted, CanOpen = true, Originals = row.Originals };
        if (!open.Contains(key) || !parts.TryGetValue(row.CampaignId, out var below)) yield break;
        // Its platforms are in the column beside: a row of their own would only stand between.
        foreach (var adSet in below.Rows.Where(p => p.Currency == row.Currency || row.Originals.ContainsKey(p.Currency)).SelectMany(p => p.Parts))
        {
            yield return Line(adSet, 1);
            if (!open.Contains(adSet.Id.ToString())) continue;
            foreach (var ad in adSet.Parts) yield return Line(ad, 2);
        }
    }

    private static CampaignLine Line(BreakdownRow row, int depth) =>
        new(row.Id.ToString(), depth, row.Name, row.Status, [row.Platform], row.Currency, row.Sums, null) { CanOpen = row.Parts.Count > 0 };

    private static string Original(CampaignLine line, MetricLook look) => string.Join(" + ", line.Originals.Select(o => Shown.Money((long?)o.Value.Of(look.Metric), o.Key)));

    private static string KeyOf(Guid campaignId) => campaignId.ToString();

    private RenderFragment Total(MetricLook look) => builder =>
    {
        var sums = Currency is not null && rows?.Totals.TryGetValue(Currency, out var all) == true ? all : (MetricSums?)null;
        builder.OpenComponent<MetricText>(0);
        builder.AddComponentParameter(1, nameof(MetricText.Sums), sums);
        builder.AddComponentParameter(2, nameof(MetricText.Metric), look.Metric);
        builder.AddComponentParameter(3, nameof(MetricText.Currency), Currency ?? "USD");
        builder.CloseComponent();
    };
}
