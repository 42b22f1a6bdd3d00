namespace AdStudio.Sandbox.Console;

/// <summary>One call to an emulated platform. Never holds a token: query strings and bodies are left out.</summary>
public sealed record LoggedRequest(DateTimeOffset At, string Platform, string Method, string Path, string Operation, int Status, double Milliseconds, string? Fault);

/// <summary>The last few hundred calls, in memory.</summary>
public sealed class RequestLog
{
    private const int Kept = 400;
    private readonly Lock gate = new();
    private readonly Queue<LoggedRequest> requests = new();

    public void Add(LoggedRequest request)
    {
        lock (gate)
        {
            requests.Enqueue(request);
            if (requests.Count > Kept) requests.Dequeue();
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<LoggedRequest> Recent()
    {
        lock (gate) return requests.Reverse().ToList();
    }

    public void Clear()
    {
        lock (gate) requests.Clear();
    }
}
