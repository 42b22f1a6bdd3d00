using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AdStudio.Web.Features.Campaigns.Wizard;

/// <param name="OnlyOn">Named when only some of the campaign's platforms know it.</param>
public sealed record TargetingChip(string Name, string? Detail, string? OnlyOn);

public sealed partial class TargetingPicker : ComponentBase, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly string id = Ids.Next("targeting");
    private string typed = "";
    private bool open;
    private bool searching;
    private int at;
    private IReadOnlyList<TargetingMatch> matches = [];
    private IReadOnlyList<Platform> silent = [];
    private CancellationTokenSource? search;

    [Parameter, EditorRequired] public string Label { get; set; } = "";
    [Parameter] public string? Hint { get; set; }
    [Parameter] public string Placeholder { get; set; } = "";
    [Parameter, EditorRequired] public IReadOnlyList<TargetingChip> Chosen { get; set; } = [];
    [Parameter, EditorRequired] public IReadOnlyList<Platform> Platforms { get; set; } = [];
    [Parameter, EditorRequired] public Func<string, CancellationToken, Task<Result<TargetingMatches>>> Search { get; set; } = null!;
    [Parameter] public EventCallback<TargetingMatch> OnTake { get; set; }
    [Parameter] public EventCallback<int> OnRemove { get; set; }
    [Inject] private TimeProvider Time { get; set; } = TimeProvider.System;

    // Bound, not merely listened to: a render that comes late must not take back what was typed meanwhile.
    private async Task TypedAsync()
    {
        Stop();
        if (typed.Trim().Length == 0)
        {
            Close();
            return;
        }
        search = new CancellationTokenSource();
        var ct = search.Token;
        (open, searching) = (true, true);
        try
        {
            await Task.Delay(Pause, Time, ct);
            var found = await Search(typed, ct);
            if (ct.IsCancellationRequested) return;
            (matches, silent) = found.TryGet(out var done, out _) ? (done.Matches, done.Silent) : ([], Platforms);
            (at, searching) = (0, false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Typed on: the next search answers.
        }
    }

    private async Task KeyAsync(KeyboardEventArgs e)
    {
        switch (e.Key)
        {
            case "Enter" when open && matches.Count > 0:
                await TakeAsync(matches[at]);
                break;
            case "ArrowDown" or "ArrowUp" when open && matches.Count > 0:
                at = (at + (e.Key == "ArrowDown" ? 1 : -1) + matches.Count) % matches.Count;
                break;
            case "Escape":
                Close();
                break;
            case "Backspace" when typed.Length == 0 && Chosen.Count > 0:
                await OnRemove.InvokeAsync(Chosen.Count - 1);
                break;
        }
    }

    private async Task TakeAsync(TargetingMatch match)
    {
        typed = "";
        Close();
        await OnTake.InvokeAsync(match);
    }

    // Leaving the field closes the list; a press on an item keeps the focus, so it never comes here first.
    private void Left() => Close();

    private void Close()
    {
        Stop();
        (open, searching, matches, silent) = (false, false, [], []);
    }

    private void Stop()
    {
        search?.Cancel();
        search?.Dispose();
        search = null;
    }

    public void Dispose() => Stop();
}
