using AdStudio.Core.Creatives;

namespace AdStudio.Web.Features.Creatives;

/// <summary>
/// One sitting at a creative: what can be undone and redone, and keeping what is not saved yet on the server soon after the last change. Keystrokes in one field within a moment are one step.
/// </summary>
public sealed class CreativeSitting : IDisposable
{
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);
    public static readonly TimeSpan OneStep = TimeSpan.FromSeconds(1.5);
    private const int Most = 100;

    private readonly TimeProvider time;
    private readonly Func<CreativeInput, bool, Task<DateTimeOffset?>> keep;
    private readonly List<Moment> past = [];
    private readonly List<Moment> future = [];
    private readonly ITimer timer;
    private Moment now;
    private (string Part, DateTimeOffset At) last;
    private bool changed;

    /// <param name="begun">What is written when the sitting begins.</param>
    /// <param name="keep">Keeps what is written; true when it is the same as what is saved, so that nothing needs to be kept.</param>
    public CreativeSitting(CreativeDraft begun, CreativeInput saved, TimeProvider time, Func<CreativeInput, bool, Task<DateTimeOffset?>> keep)
    {
        (this.time, this.keep, Saved, now) = (time, keep, saved, Moment.Of(begun));
        timer = time.CreateTimer(_ => _ = KeepAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What the library has.</summary>
    public CreativeInput Saved { get; set; }
    public bool CanUndo => past.Count > 0;
    public bool CanRedo => future.Count > 0;
    public bool IsSaved => now.Input.Says(Saved);

    /// <summary>When what is not saved was last kept; null while nothing needed to be.</summary>
    public DateTimeOffset? KeptAt { get; private set; }

    /// <summary>After something was kept; from any thread.</summary>
    public event Action? Kept;

    /// <summary>Notes what is written now, after a change of this part.</summary>
    public void Note(string part, CreativeDraft draft)
    {
        var next = Moment.Of(draft);
        if (next.Input.Says(now.Input))
        {
            // Another focal point, say: no step of its own, but the one to come back to.
            now = next;
            return;
        }
        var at = time.GetUtcNow();
        if (last.Part != part || at - last.At > OneStep || past.Count == 0) past.Add(now);
        if (past.Count > Most) past.RemoveAt(0);
        future.Clear();
        (last, now) = ((part, at), next);
        Soon();
    }

    public CreativeDraft? Undo() => Step(past, future);

    public CreativeDraft? Redo() => Step(future, past);

    private CreativeDraft? Step(List<Moment> from, List<Moment> to)
    {
        if (from.Count == 0) return null;
        to.Add(now);
        now = from[^1];
        from.RemoveAt(from.Count - 1);
        last = default;
        Soon();
        return CreativeDraft.Of(now.Input, now.Media);
    }

    private void Soon()
    {
        changed = true;
        timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keeps at once what is not kept yet.</summary>
    public async Task KeepAsync()
    {
        if (!changed) return;
        changed = false;
        try
        {
            KeptAt = await keep(now.Input, IsSaved);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The database may be away for a moment; the next change, or leaving, tries again.
            changed = true;
        }
        Kept?.Invoke();
    }

    public void Dispose()
    {
        timer.Dispose();
        // A dying page gives its last words; nobody waits for the answer.
        _ = KeepAsync();
    }

    /// <summary>Ends the sitting without keeping anything.</summary>
    public void Forget() => changed = false;

    private sealed record Moment(CreativeInput Input, IReadOnlyList<MediaRow> Media)
    {
        public static Moment Of(CreativeDraft draft) => new(draft.ToInput(), [.. draft.Media]);
    }
}
