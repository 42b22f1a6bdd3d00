using AdStudio.Core.Insights;
using AdStudio.Web.App;

namespace AdStudio.Web.Features.Insights;

/// <summary>Watches, for one circuit, how the numbers of the chosen workspace stand: now and then while all is quiet, closely while they are being read.</summary>
public sealed class SyncWatch(FrameState frame, GetSyncState getState, SyncWorkspaceInsights sync, ILogger<SyncWatch> log) : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Close = TimeSpan.FromSeconds(1.5);

    private readonly CancellationTokenSource leaving = new();
    private readonly SemaphoreSlim wake = new(0);
    private Task? watching;
    private Guid? workspace;

    public event Action? Changed;

    /// <summary>Null until it was read.</summary>
    public Core.Insights.SyncState? State { get; private set; }

    /// <summary>Begins to watch; once is enough.</summary>
    public void Start()
    {
        if (watching is not null) return;
        frame.Changed += Look;
        watching = WatchAsync();
    }

    /// <summary>Looks again at once.</summary>
    public void Look()
    {
        if (wake.CurrentCount == 0) wake.Release();
    }

    /// <summary>"Sync now": null when it was asked for, else why not.</summary>
    public async Task<Core.Common.Refusal?> SyncNowAsync(CancellationToken ct)
    {
        if (frame.Ready.Workspace is not { } chosen) return null;
        var asked = await sync.RunAsync(frame.Ready.Actor, chosen.Id, ct);
        await ReadAsync(ct);
        Look();
        return asked.Refusal;
    }

    private async Task WatchAsync()
    {
        while (!leaving.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(leaving.Token);
            }
            catch (OperationCanceledException) when (leaving.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                log.LogError(exception, "How the numbers stand could not be read");
            }
            await wake.WaitAsync(State?.IsActive == true ? Close : Quiet, leaving.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        if (frame.Current?.Workspace is not { } chosen) return;
        if (workspace != chosen.Id) State = null;
        workspace = chosen.Id;
        var state = await getState.RunAsync(frame.Ready.Actor, chosen.Id, ct);
        if (!state.TryGet(out var now, out _) || workspace != chosen.Id) return;
        State = now;
        Changed?.Invoke();
    }

    public void Dispose()
    {
        frame.Changed -= Look;
        leaving.Cancel();
    }
}
