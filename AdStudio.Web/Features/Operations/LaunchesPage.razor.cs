using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Operations;

/// <summary>Everything that was asked of the platforms, newest first; live while something is at work.</summary>
public sealed partial class LaunchesPage
{
    private const int Size = 25;
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(4);

    private Page<Activity>? page;
    private WorkListener? listener;

    [Inject] private ListActivity List { get; set; } = null!;
    [Inject] private OperationSignals Signals { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    private ActivityFilter Filter => Enum.TryParse<ActivityFilter>(Navigation.Query("show"), ignoreCase: true, out var chosen) ? chosen : ActivityFilter.All;

    private int Number => Math.Max(1, Navigation.QueryInt("page", 1));

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        listener = new(Signals, Time, AskAgain, () => InvokeAsync(ReadAsync));
        await ReadAsync();
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(ReadAsync);

    private Task ReadAsync() => RunAsync(async ct =>
    {
        if (Take(await List.RunAsync(Actor, Workspace?.Id, Filter, (Number - 1) * Size, Size, ct), out var read)) page = read;
    });

    protected override void OnLeaving()
    {
        Navigation.LocationChanged -= Moved;
        listener?.Dispose();
    }
}
