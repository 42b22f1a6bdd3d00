namespace AdStudio.Tests.Sandbox;

/// <summary>A clock that jumps over every wait of up to <paramref name="longest"/>: pauses, polls and back-off take no time. Longer ones are time-outs, and stay what they are.</summary>
public sealed class HastyClock(TimeSpan longest) : TimeProvider
{
    private long skipped;
    private long waited;

    /// <summary>All waits that were jumped over, without what was moved by hand.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Interlocked.Read(ref waited));

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref skipped));

    public void Advance(TimeSpan by) => Interlocked.Add(ref skipped, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime > longest) return base.CreateTimer(callback, state, dueTime, period);
        Advance(dueTime);
        Interlocked.Add(ref waited, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
