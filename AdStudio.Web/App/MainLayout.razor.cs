using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Feedback;

namespace AdStudio.Web.App;

public sealed partial class MainLayout : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private KindErrorBoundary? boundary;
    private string? problem;

    [Inject] private FrameState Frame { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Browser Browser { get; set; } = null!;
    [Inject] private ILogger<MainLayout> Log { get; set; } = null!;

    private string here => new Uri(Navigation.Uri).PathAndQuery;

    protected override async Task OnInitializedAsync()
    {
        Frame.Changed += FrameChanged;
        Navigation.LocationChanged += LocationChanged;
        if (AskedWorkspace() is { } asked) Frame.Remember(asked);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        problem = null;
        try
        {
            await Frame.RefreshAsync(leaving.Token);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            var reference = Reference.New();
            Log.LogError(exception, "The frame could not be read ({Reference})", reference);
            problem = $"Try again in a moment. If it stays, tell your admin this reference: {reference}.";
        }
    }

    private async Task ChooseAsync(Guid workspace)
    {
        await Browser.RememberAsync(Look.WorkspaceCookie, workspace.ToString());
        await Frame.ChooseAsync(workspace, leaving.Token);

        // A thing of the other workspace has no place in this one: from it, go to its list.
        var parts = new Uri(Navigation.Uri).AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Navigation.NavigateTo(parts.Length == 0 ? Urls.Overview : "/" + parts[0]);
    }

    private Guid? AskedWorkspace() =>
        Guid.TryParse(Navigation.Query("ws"), out var workspace) ? workspace : null;

    private void FrameChanged() => InvokeAsync(StateHasChanged);

    private void LocationChanged(object? sender, LocationChangedEventArgs e) => InvokeAsync(async () =>
    {
        boundary?.Recover();
        if (AskedWorkspace() is { } asked) await Frame.ChooseAsync(asked, leaving.Token);
        StateHasChanged();
    });

    public void Dispose()
    {
        Frame.Changed -= FrameChanged;
        Navigation.LocationChanged -= LocationChanged;
        leaving.Cancel();
        leaving.Dispose();
    }
}
