namespace AdStudio.Core.Operations;

/// <summary>
/// Tells within this process that there is work, and that work went on. Only saves waiting: what counts stands in the database,
/// and other nodes see it there by asking now and then.
/// </summary>
public sealed class OperationSignals : IDisposable
{
    private readonly SemaphoreSlim queued = new(0, 1);
    private readonly Lock gate = new();
    private readonly List<Action<Guid>> listeners = [];

    /// <summary>There is something to do, or something may be due sooner than was thought.</summary>
    public void Wake()
    {
        lock (gate)
            if (queued.CurrentCount == 0) queued.Release();
    }

    /// <summary>Returns when woken, or after the time given.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => queued.WaitAsync(atMost, ct);

    /// <summary>Work for the campaign went a step further.</summary>
    public void Progressed(Guid campaignId)
    {
        Action<Guid>[] all;
        lock (gate) all = [.. listeners];
        foreach (var listener in all) listener(campaignId);
    }

    /// <summary>Calls <paramref name="listener"/> with the campaign's id at each progress, until disposed. It must return at once.</summary>
    public IDisposable Subscribe(Action<Guid> listener)
    {
        lock (gate) listeners.Add(listener);
        return new Subscription(this, listener);
    }

    public void Dispose() => queued.Dispose();

    private sealed class Subscription(OperationSignals signals, Action<Guid> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (signals.gate) signals.listeners.Remove(listener);
        }
    }
}
