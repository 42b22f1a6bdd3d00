using System.Collections.Concurrent;
using AdStudio.Core;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Jobs;
using AdStudio.Infrastructure.Media;
using AdStudio.Infrastructure.Secrets;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdStudio.Tests.Operations;

/// <summary>Core with a database and a clock that is moved by hand, without web server and worker: the test does the work.</summary>
public abstract class Bench : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private readonly TimeProvider clock;

    public Scene Scene { get; protected set; } = null!;

    /// <summary>What another process needs to work on the same database and platforms.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }
    public Studio Studio => services.GetRequiredService<Studio>();
    public OperationLeases Leases => services.GetRequiredService<OperationLeases>();
    public OperationSignals Signals => services.GetRequiredService<OperationSignals>();

    /// <summary>Errors of ours that were logged: an adapter's bug, a save that broke.</summary>
    public ConcurrentQueue<string> Bugs { get; } = new();

    /// <param name="platforms">Installs what is asked for campaigns and numbers.</param>
    protected Bench(TestDatabase database, TimeProvider clock, IEnumerable<KeyValuePair<string, string?>> more, Action<IServiceCollection, IConfiguration> platforms)
    {
        (this.database, this.clock) = (database, clock);
        Settings = database.Settings.Concat(more).Append(new("Jobs:Enabled", "false")).Append(new("Media:Folder", Path.Combine(database.Folder, "media"))).ToDictionary();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        var all = new ServiceCollection().AddLogging(l => l.AddProvider(new Errors(this))).AddSingleton<IConfiguration>(configuration).AddSingleton(clock)
            .AddStudioActions().AddStudioDatabase(configuration).AddSecrets().AddMedia(configuration).AddStudioJobs(configuration);
        platforms(all, configuration);
        services = all.BuildServiceProvider();
    }

    public T Get<T>() where T : notnull => services.CreateScope().ServiceProvider.GetRequiredService<T>();

    protected abstract void Advance(TimeSpan by);

    /// <summary>A file of the sandbox's samples in the scene's library.</summary>
    protected async Task<MediaRow> UploadAsync(string sample, string name)
    {
        await using var file = File.OpenRead(Path.Combine(Repository.Root, "AdStudio.Sandbox", "Assets", sample));
        return (await Get<UploadMedia>().RunAsync(Scene.Admin, Scene.Workspace.Id, name, file, CancellationToken.None)).Value;
    }

    public Task<Result<WorkStarted>> LaunchAsync(Guid campaignId, Actor? by = null) => Get<LaunchCampaign>().RunAsync(by ?? Scene.Manager, campaignId, CancellationToken.None);

    /// <summary>Works until nothing is left to do by itself; where it would wait, the clock is moved on.</summary>
    /// <param name="atMost">Stops before work that is due later than this from now.</param>
    public async Task DrainAsync(TimeSpan? atMost = null)
    {
        var until = atMost is { } span ? clock.GetUtcNow() + span : DateTimeOffset.MaxValue;
        for (var turns = 0; turns < 1000; turns++)
        {
            if (await Leases.ClaimAsync(CancellationToken.None) is { } lease)
            {
                await WorkAsync(lease);
                continue;
            }
            await using var db = await Studio.OpenForEveryoneAsync(CancellationToken.None);
            var open = await db.Operations.AsNoTracking().Where(o => o.ActiveKey != null).ToListAsync();
            if (open.Count == 0) return;
            var next = open.Min(o => o.Status == OperationStatus.Running ? o.LeaseUntil!.Value : o.NotBefore);
            if (next > until) return;
            Advance(next - clock.GetUtcNow() + TimeSpan.FromMilliseconds(1));
        }
        throw new InvalidOperationException("The work does not come to an end.");
    }

    /// <summary>One worker's turn. A kill leaves everything as it was in that moment.</summary>
    public async Task WorkAsync(OperationLease lease, CancellationToken ct = default)
    {
        try
        {
            await Get<CarryOutOperation>().WorkAsync(lease, ct);
        }
        catch (OperationCanceledException)
        {
        }
    }

    public async Task<Campaign> ReadAsync(Guid campaignId)
    {
        await using var db = await Studio.OpenForEveryoneAsync(CancellationToken.None);
        return await db.Campaigns.AsNoTracking().Include(c => c.Platforms).ThenInclude(p => p.AdSets).ThenInclude(s => s.Ads).SingleAsync(c => c.Id == campaignId);
    }

    public async Task<Operation> LastWorkAsync(Guid campaignId, Platform platform)
    {
        await using var db = await Studio.OpenForEveryoneAsync(CancellationToken.None);
        return await db.Operations.AsNoTracking().Include(o => o.Steps.OrderBy(s => s.Ordinal)).Where(o => o.CampaignId == campaignId && o.Platform == platform).OrderByDescending(o => o.CreatedAt).FirstAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private sealed class Errors(Bench bench) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) bench.Bugs.Enqueue($"{formatter(state, exception)} {exception}");
        }
        public void Dispose() { }
    }
}
