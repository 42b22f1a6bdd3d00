using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AdStudio.Web.Shared.Commands;

public sealed partial class CommandPalette : ComponentBase, IDisposable
{
    private ElementReference element;
    private bool open;
    private bool searching;
    private string text = "";
    private int at;
    private List<Command> found = [];
    private CancellationTokenSource? search;

    [Inject] private IEnumerable<ICommandSource> Sources { get; set; } = [];
    [Inject] private PaletteState State { get; set; } = null!;
    [Inject] private Browser Browser { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private ILogger<CommandPalette> Log { get; set; } = null!;

    protected override void OnInitialized() => State.Opened += Open;

    private void Open() => InvokeAsync(async () =>
    {
        if (open) return;
        open = true;
        text = "";
        await FindAsync();
        await Browser.OpenAsync(element);
    });

    private async Task FindAsync()
    {
        search?.Cancel();
        search?.Dispose();
        search = new();
        var ct = search.Token;
        searching = true;
        var all = new List<Command>();
        foreach (var source in Sources)
        {
            try
            {
                all.AddRange(await source.FindAsync(text.Trim(), ct));
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // One source that fails must not close the way to the others.
                Log.LogError(exception, "{Source} could not search", source.GetType().Name);
            }
        }
        if (ct.IsCancellationRequested) return;
        found = all;
        at = 0;
        searching = false;
        StateHasChanged();
    }

    private async Task KeyAsync(KeyboardEventArgs e)
    {
        if (found.Count == 0) return;
        if (e.Key == "Enter")
        {
            await TakeAsync(found[at]);
            return;
        }
        var step = e.Key switch { "ArrowDown" => 1, "ArrowUp" => -1, _ => 0 };
        if (step == 0) return;
        at = (at + step + found.Count) % found.Count;
        await Browser.ScrollToAsync($"command-{at}");
    }

    private async Task TakeAsync(Command command)
    {
        open = false;
        await Browser.CloseAsync(element);
        if (command.Href is not null) Navigation.NavigateTo(command.Href);
        if (command.Do is not null) await command.Do();
    }

    private void Closed() => open = false;

    public void Dispose()
    {
        State.Opened -= Open;
        search?.Cancel();
        search?.Dispose();
    }
}
