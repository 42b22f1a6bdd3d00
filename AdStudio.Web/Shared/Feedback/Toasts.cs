namespace AdStudio.Web.Shared.Feedback;

/// <summary>A short word about what was done, with the way back where there is one.</summary>
public sealed record Toast(string Text, string Tone, Func<Task>? Undo, string? Href, string? HrefText)
{
    // The same words twice in a row are two toasts.
    public bool Equals(Toast? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>Says at the bottom of the page what was done. They go away by themselves; those with Undo stay longer.</summary>
public sealed class Toasts(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(12);
    private readonly Lock gate = new();
    private readonly List<(Toast Toast, ITimer Timer)> shown = [];

    public event Action? Changed;

    public IReadOnlyList<Toast> Shown
    {
        get
        {
            lock (gate) return [.. shown.Select(s => s.Toast)];
        }
    }

    public void Done(string text, Func<Task>? undo = null) => Show(new(text, "good", undo, null, null));

    public void Done(string text, string href, string hrefText) => Show(new(text, "good", null, href, hrefText));

    public void Wrong(string text) => Show(new(text, "bad", null, null, null));

    public void Close(Toast toast)
    {
        lock (gate)
        {
            var at = shown.FindIndex(s => ReferenceEquals(s.Toast, toast));
            if (at < 0) return;
            shown[at].Timer.Dispose();
            shown.RemoveAt(at);
        }
        Changed?.Invoke();
    }

    private void Show(Toast toast)
    {
        lock (gate)
        {
            if (shown.Count == 3)
            {
                shown[0].Timer.Dispose();
                shown.RemoveAt(0);
            }
            var stays = toast.Undo is null && toast.Tone == "good" ? Short : Long;
            shown.Add((toast, time.CreateTimer(_ => Close(toast), null, stays, Timeout.InfiniteTimeSpan)));
        }
        Changed?.Invoke();
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var (_, timer) in shown) timer.Dispose();
            shown.Clear();
        }
    }
}
