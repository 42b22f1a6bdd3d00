namespace AdStudio.Web.Shared;

/// <summary>Ticks twice a minute for as long as somebody on this circuit listens, so that "4 min ago" stays true.</summary>
public sealed class Ticker(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private readonly Lock gate = new();
    private Action? listeners;
    private ITimer? timer;

    public DateTimeOffset Now => time.GetUtcNow();

    public void Add(Action listener)
    {
        lock (gate)
        {
            listeners += listener;
            timer ??= time.CreateTimer(_ => listeners?.Invoke(), null, Every, Every);
        }
    }

    public void Remove(Action listener)
    {
        lock (gate)
        {
            listeners -= listener;
            if (listeners is not null) return;
            timer?.Dispose();
            timer = null;
        }
    }

    public void Dispose() => timer?.Dispose();
}
