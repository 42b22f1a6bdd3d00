using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdStudio.Web.Shared.Charts;

public sealed partial class ApexChart : ComponentBase
{
    private readonly string id = Ids.Next("chart");
    private ElementReference canvas;
    private IJSObjectReference? module;
    private IJSObjectReference? chart;
    private DotNetObjectReference<ApexChart>? self;
    private string? drawn;
    private bool table;
    private bool disposed;

    [Inject] private IJSRuntime Js { get; set; } = null!;
    [Inject] private ILogger<ApexChart> Log { get; set; } = null!;

    /// <summary>What it shows: "Spend a day".</summary>
    [Parameter, EditorRequired] public string Title { get; set; } = "";
    [Parameter, EditorRequired] public IReadOnlyList<ChartSeries> Series { get; set; } = [];
    /// <summary>Under the x axis: days as "yyyy-MM-dd" are shown as dates.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Categories { get; set; } = [];
    [Parameter] public ChartKind Kind { get; set; } = ChartKind.Line;
    [Parameter] public ChartFormat Format { get; set; } = ChartFormat.Number;
    /// <summary>The heading of the first column of the table.</summary>
    [Parameter] public string CategoryTitle { get; set; } = "Day";
    /// <summary>Beside the unit: time zone, "as of".</summary>
    [Parameter] public string? Line { get; set; }
    [Parameter] public int Height { get; set; } = 280;
    [Parameter] public bool Loading { get; set; }
    [Parameter] public string Empty { get; set; } = "No figures in this range yet";
    [Parameter] public EventCallback<ChartPoint> OnPoint { get; set; }
    [Parameter] public RenderFragment? Actions { get; set; }
    /// <summary>ApexCharts options merged over ours, as a plain object.</summary>
    [Parameter] public object? Options { get; set; }

    private bool HasFigures => Series.Any(s => s.Values.Any(v => v is not null));
    private string Note => string.Join(" · ", new[] { Format.Unit, Line }.Where(n => !string.IsNullOrEmpty(n)));

    private static string Category(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", Figures.Shown.Culture, System.Globalization.DateTimeStyles.None, out var day) ? Figures.Shown.Date(day) : text;

    // A donut is one set of slices: its table has a row for each.
    private (IReadOnlyList<string> Categories, IReadOnlyList<ChartSeries> Series) Rows => Kind == ChartKind.Donut
        ? ([.. Series.Select(s => s.Name)], [new ChartSeries(CategoryTitle == "Day" ? "Value" : Title, [.. Series.Select(s => s.Values.Count > 0 ? s.Values[0] : null)])])
        : (Categories, Series);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Loading || !HasFigures)
        {
            await ForgetAsync();
            return;
        }
        var spec = new { kind = Kind.ToString(), categories = Categories, series = Series, format = Format, height = Height, clickable = OnPoint.HasDelegate, title = Title, options = Options };
        var text = JsonSerializer.Serialize(spec, JsonSerializerOptions.Web);
        if (text == drawn) return;
        drawn = text;
        try
        {
            module ??= await Js.InvokeAsync<IJSObjectReference>("import", "/Shared/Charts/ApexChart.razor.js");
            if (chart is null)
            {
                self ??= DotNetObjectReference.Create(this);
                chart = await module.InvokeAsync<IJSObjectReference>("draw", canvas, spec, self);
                if (disposed) await ForgetAsync();
            }
            else
            {
                await chart.InvokeVoidAsync("update", spec);
            }
        }
        catch (JSDisconnectedException)
        {
        }
        catch (JSException exception)
        {
            // The table says the same; the page goes on.
            Log.LogWarning(exception, "A chart could not be drawn");
            table = true;
            StateHasChanged();
        }
    }

    [JSInvokable]
    public Task Pressed(int series, int index) => InvokeAsync(() => OnPoint.InvokeAsync(new(series, index)));

    private async Task ForgetAsync()
    {
        drawn = null;
        if (chart is not { } old) return;
        chart = null;
        try
        {
            await old.InvokeVoidAsync("dispose");
            await old.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        await ForgetAsync();
        try
        {
            if (module is not null) await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
        }
        self?.Dispose();
    }
}
