using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Tests.Platforms;

/// <summary>The real adapters on a wire of the test's own: every request is kept, and answered as the test says.</summary>
internal sealed class Wire : IDisposable
{
    private readonly ServiceProvider services;
    private readonly Handler handler = new();

    public Wire(Dictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>
        {
            ["AdPlatforms:Mode"] = "Live",
        };
        foreach (var site in PlatformSite.All) (all[$"AdPlatforms:{site.Platform}:ClientId"], all[$"AdPlatforms:{site.Platform}:ClientSecret"]) = ("app", "hush");
        foreach (var (key, value) in settings ?? []) all[key] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        var collection = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock).AddSingleton<PlatformSet>().AddSingleton<IMediaSource>(new SampleMedia()).AddSingleton<IAudienceBook>(new SampleBook());
        collection.AddPlatforms(configuration);
        foreach (var site in PlatformSite.All) collection.AddHttpClient(site.Platform.Wire()).ConfigurePrimaryHttpMessageHandler(() => handler);
        services = collection.BuildServiceProvider();
    }

    public SkippingClock Clock { get; } = new();
    public List<Sent> Sent => handler.Sent;

    /// <summary>Answers in their order; the last one for ever after.</summary>
    public Wire Answers(params Answer[] answers)
    {
        handler.Answers.Clear();
        foreach (var answer in answers) handler.Answers.Enqueue(answer);
        return this;
    }

    public T Get<T>(Platform platform) where T : class, IPlatformCapability => services.GetRequiredService<PlatformSet>().Get<T>(platform);

    public void Dispose() => services.Dispose();

    public static AccountHandle MetaAccount { get; } = new(Guid.NewGuid(), "act_1001", "USD", "America/New_York", null);
    public static AccountHandle GoogleAccount { get; } = new(Guid.NewGuid(), "2002002002", "USD", "America/New_York", "9009009009");
    public static PlatformAccess OnMeta { get; } = new(Guid.NewGuid(), "meta-token") { Account = MetaAccount };
    public static PlatformAccess OnGoogle { get; } = new(Guid.NewGuid(), "google-token") { Account = GoogleAccount };

    private sealed class Handler : HttpMessageHandler
    {
        public Queue<Answer> Answers { get; } = new();
        public List<Sent> Sent { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent.Add(new(request.Method.Method, request.RequestUri!, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken), request.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value))));
            var answer = Answers.Count > 1 ? Answers.Dequeue() : Answers.Peek();
            if (answer.Throws is { } exception) throw exception;
            if (answer.Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new StringContent(answer.Body, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in answer.Headers) response.Headers.TryAddWithoutValidation(name, value);
            return response;
        }
    }

    private sealed class SampleMedia : IMediaSource
    {
        public Task<MediaFile> OpenAsync(Guid assetId, string? rendition, CancellationToken ct)
        {
            var bytes = Encoding.UTF8.GetBytes("image " + rendition);
            return Task.FromResult(new MediaFile(new MemoryStream(bytes), "image/jpeg", "hero.jpg", bytes.Length));
        }
    }

    private sealed class SampleBook : IAudienceBook
    {
        public async IAsyncEnumerable<(string? EmailSha256, string? PhoneSha256)> MembersAsync(Guid audienceId, Platform platform, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            await Task.CompletedTask;
            yield return ("aa", null);
            yield return ("bb", "cc");
        }
    }
}

internal sealed record Sent(string Method, Uri Uri, string Body, Dictionary<string, string> Headers)
{
    public string Path => Uri.AbsolutePath;

    public Dictionary<string, string> Query => Pairs(Uri.Query.TrimStart('?'));
    public Dictionary<string, string> Form => Pairs(Body);
    public JsonNode Json => JsonNode.Parse(Body)!;

    private static Dictionary<string, string> Pairs(string text) => text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).ToDictionary(p => WebUtility.UrlDecode(p[0]), p => WebUtility.UrlDecode(p[1]));
}

internal sealed record Answer(int Status, string Body)
{
    public (string, string)[] Headers { get; init; } = [];
    public Exception? Throws { get; init; }
    public bool Hangs { get; init; }

    public static Answer Ok(string body) => new(200, body);
    public static Answer Never { get; } = new(0, "") { Hangs = true };
    public static Answer BrokenOff { get; } = new(0, "") { Throws = new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely.") };
    public static Answer NoConnection { get; } = new(0, "") { Throws = new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused.") };
}

/// <summary>A clock that stands still, except that short waits pass at once and are kept for the test. Longer ones (time-outs) end when the test moves the clock.</summary>
internal sealed class SkippingClock : TimeProvider
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private DateTimeOffset now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public void Advance(TimeSpan by)
    {
        List<Alarm> due;
        lock (gate)
        {
            now += by;
            due = alarms.Where(a => a.At <= now).ToList();
            alarms.RemoveAll(due.Contains);
        }
        foreach (var alarm in due) alarm.Ring();
    }

    /// <summary>Moves the clock on as soon as somebody waits on it for long.</summary>
    public async Task AdvanceOnceAwaitedAsync(TimeSpan by)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            lock (gate) if (alarms.Count > 0) break;
            if (DateTime.UtcNow > deadline) throw new TimeoutException("Nobody waits.");
            await Task.Yield();
        }
        Advance(by);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm(SkippingClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset At { get; private set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate) clock.alarms.Remove(this);
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            lock (clock.gate)
            {
                At = clock.now + dueTime;
                if (dueTime > Short)
                {
                    clock.alarms.Add(this);
                    return true;
                }
                clock.now = At;
                clock.Waits.Add(dueTime);
            }
            ThreadPool.QueueUserWorkItem(_ => Ring());
            return true;
        }

        public void Dispose()
        {
            lock (clock.gate) clock.alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
