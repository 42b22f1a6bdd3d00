using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Clock;

/// <summary>Real time plus an offset that is kept: the time every emulated platform lives in.</summary>
public sealed class SandboxClock : TimeProvider
{
    private readonly SandboxStore store;
    private readonly TimeProvider realTime;
    private long offset;

    public SandboxClock(SandboxStore store, SandboxOptions options)
    {
        this.store = store;
        realTime = options.RealTime;
        offset = store.Work(() => store.Find("setting", "clock")?.Body["offsetTicks"]?.GetValue<long>() ?? 0);
    }

    /// <summary>The virtual instant, in UTC.</summary>
    public DateTimeOffset Now => realTime.GetUtcNow() + Offset;

    /// <summary>How far the virtual time is from the real one.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Volatile.Read(ref offset));

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>Makes the given instant the present.</summary>
    public void Set(DateTimeOffset now) => Keep(now - realTime.GetUtcNow());

    public void Advance(TimeSpan by) => Keep(Offset + by);

    /// <summary>Goes back to real time.</summary>
    public void FollowRealTime() => Keep(TimeSpan.Zero);

    /// <summary>Callers live in real time: an instant that is the present for them is the present here, whatever the clock was set to.</summary>
    public DateTimeOffset Meant(DateTimeOffset at) => Offset != TimeSpan.Zero && (at - realTime.GetUtcNow()).Duration() < TimeSpan.FromMinutes(5) ? Now : at;

    private void Keep(TimeSpan by) => store.Work(() =>
    {
        store.Put(new SandboxObject { Kind = "setting", Id = "clock", Body = new JsonObject { ["offsetTicks"] = by.Ticks } });
        Volatile.Write(ref offset, by.Ticks);
    });
}
