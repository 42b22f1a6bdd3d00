using AdStudio.Core.Common;
using AdStudio.Web.App;
using AdStudio.Web.Shared.Feedback;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Shared;

/// <summary>
/// What every page and every part with behaviour has: the actor, a token that is cancelled on leaving, busy, and the problem to show.
/// Call actions inside <see cref="RunAsync"/>; it renders, so nobody needs StateHasChanged.
/// </summary>
public abstract class StudioPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private int running;
    private bool left;

    [Inject] protected FrameState Frame { get; set; } = null!;
    [Inject] protected NavigationManager Navigation { get; set; } = null!;
    [Inject] protected Confirm Confirm { get; set; } = null!;
    [Inject] protected Toasts Toasts { get; set; } = null!;
    [Inject] private ILoggerFactory Logs { get; set; } = null!;

    /// <summary>Who acts, with the grants as they stood when the last work of this page began.</summary>
    protected Actor Actor => Frame.Ready.Actor;

    /// <summary>The chosen workspace; null when the person is in none yet.</summary>
    protected FrameWorkspace? Workspace => Frame.Ready.Workspace;

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Leaving { get; }

    // Taken once: what is still under way when the page is left finds it cancelled, not gone.
    protected StudioPage() => Leaving = leaving.Token;

    protected bool Busy => running > 0;

    protected Problem? Problem { get; set; }

    /// <summary>Does some work: busy while it lasts, quiet when the page is left, kind when it fails unexpectedly.</summary>
    protected async Task RunAsync(Func<CancellationToken, Task> work)
    {
        running++;
        Problem = null;
        StateHasChanged();
        try
        {
            if (!await Frame.RefreshActorAsync(Leaving))
            {
                Navigation.NavigateTo(Urls.SignIn, forceLoad: true);
                return;
            }
            await work(Leaving);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch (Exception exception) when (exception is not NavigationException)
        {
            var reference = Reference.New();
            Logs.CreateLogger(GetType()).LogError(exception, "{Page} failed ({Reference})", GetType().Name, reference);
            Problem = Problem.Unexpected(reference);
        }
        finally
        {
            running--;
            if (!left) await InvokeAsync(StateHasChanged);
        }
    }

    /// <summary>Shows why something was refused: at its fields where it names them, else in the page's box.</summary>
    protected void Show(Refusal refusal) => Problem = Problem.Of(refusal);

    /// <summary>True with the value; else the refusal is shown. `if (Take(await pause.RunAsync(Actor, id, ct), out var row)) …`</summary>
    protected bool Take<T>(Result<T> result, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
    {
        if (result.TryGet(out value, out var refusal)) return true;
        Show(refusal);
        return false;
    }

    /// <summary>The same where there is nothing to take.</summary>
    protected bool Take<T>(Result<T> result) => Take(result, out _);

    /// <summary>What is wrong with a field ("budget.amount"), for its <c>Field</c>.</summary>
    protected string? ErrorOf(string field) =>
        Problem?.Fields?.FirstOrDefault(f => f.Field.Equals(field, StringComparison.OrdinalIgnoreCase))?.Message;

    public void Dispose()
    {
        if (left) return;
        left = true;
        leaving.Cancel();
        leaving.Dispose();
        OnLeaving();
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of subscriptions.</summary>
    protected virtual void OnLeaving()
    {
    }
}
