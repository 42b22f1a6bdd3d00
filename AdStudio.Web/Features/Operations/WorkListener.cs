using AdStudio.Core.Operations;

namespace AdStudio.Web.Features.Operations;

/// <summary>
/// Calls back when work on platforms may have gone on: at once for this node's, now and then for another's. Many steps in a row count as one.
/// </summary>
internal sealed class WorkListener : IDisposable
{
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(250);

    private readonly ITimer timer;
    private readonly IDisposable subscription;

    public WorkListener(OperationSignals signals, TimeProvider time, TimeSpan askAgain, Func<Task> changed)
    {
        timer = time.CreateTimer(_ => _ = changed(), null, askAgain, askAgain);
        subscription = signals.Subscribe(_ => timer.Change(Together, askAgain));
    }

    public void Dispose()
    {
        subscription.Dispose();
        timer.Dispose();
    }
}
