using AdStudio.Core;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Media;
using AdStudio.Infrastructure.Secrets;
using AdStudio.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace AdStudio.Tests.Insights;

/// <summary>The actions on a database of their own, with a clock that stands and platforms that answer what a test tells them to.</summary>
public sealed class Desk : IAsyncLifetime
{
    private TestDatabase database = null!;
    private ServiceProvider services = null!;

    public StandingClock Clock { get; } = new(new DateTimeOffset(2026, 6, 15, 16, 0, 0, TimeSpan.Zero));
    public AnsweringPlatform Meta { get; } = new(Platform.Meta);
    public AnsweringPlatform Google { get; } = new(Platform.Google);
    public StandingAccount Account { get; } = new(Platform.Meta);
    public Studio Studio => Get<Studio>();

    public T Get<T>() where T : notnull => services.CreateScope().ServiceProvider.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddLogging();
        collection.AddStudioActions();
        collection.AddStudioDatabase(new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build());
        collection.AddSecrets();
        collection.AddMedia(new ConfigurationBuilder().AddInMemoryCollection([new("Media:Folder", Path.Combine(database.Folder, "media"))]).Build());
        collection.AddOperations(new OperationOptions());
        foreach (var platform in new[] { Meta, Google }) collection.AddSingleton<IPlatformCapability>(platform);
        collection.AddSingleton<IPlatformCapability>(Account);
        collection.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        services = collection.BuildServiceProvider();
        var secrets = Get<Secrets>();
        (Meta.Secrets, Google.Secrets) = (secrets, secrets);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}

public sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;
    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A platform whose answers a test sets, by account.</summary>
public sealed class AnsweringPlatform(Platform platform) : IReadsInsights, IAuthorizes
{
    private readonly Dictionary<Guid, List<InsightRow>> rows = [];

    public Platform Platform => platform;
    public Secrets Secrets { get; set; } = null!;

    /// <summary>Asked before each answer: a refusal in place of the rows, and what else should happen then.</summary>
    public Func<Asked, Refusal?> Before { get; set; } = _ => null;
    public List<Asked> Questions { get; } = [];
    public List<InsightQuery> BreakdownQuestions { get; } = [];
    private readonly Dictionary<(Guid, BreakdownKind), List<InsightRow>> parts = [];

    public void Answers(Guid adAccountId, IEnumerable<InsightRow> answer) => rows[adAccountId] = [.. answer];

    public void Answers(Guid adAccountId, BreakdownKind kind, IEnumerable<InsightRow> answer) => parts[(adAccountId, kind)] = [.. answer];

    public async IAsyncEnumerable<Result<InsightRow>> ReadInsightsAsync(
        PlatformAccess access, InsightQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        var (level, from, to) = query;
        var asked = new Asked(access, level, from, to) { Campaigns = query.CampaignIds, Breakdown = query.Breakdown };
        if (query.Breakdown is null) Questions.Add(asked);
        else BreakdownQuestions.Add(query);
        if (Before(asked) is { } refusal)
        {
            yield return Result<InsightRow>.Refused(refusal);
            yield break;
        }
        var answer = query.Breakdown is { } kind ? parts.GetValueOrDefault((access.Account!.Id, kind), []) : rows.GetValueOrDefault(access.Account!.Id, []);
        foreach (var row in answer.Where(r => r.Level == level && r.Day >= from && r.Day <= to && query.CampaignIds?.Contains(r.CampaignId) != false)) yield return row;
    }

    public bool SupportsPkce => false;
    public IReadOnlyList<string> Scopes => [];
    public int Refreshed { get; private set; }
    public Uri AuthorizeUrl(string state, Uri redirectUri, string? codeChallenge) => redirectUri;
    public Task<Result<PlatformTokens>> ExchangeCodeAsync(string code, Uri redirectUri, string? codeVerifier, CancellationToken ct) => throw new InvalidOperationException("Not asked here.");
    public Task<Result<PlatformIdentity>> WhoAmIAsync(PlatformAccess access, CancellationToken ct) => throw new InvalidOperationException("Not asked here.");

    /// <summary>Null refuses: the person must connect again.</summary>
    public string? NextToken { get; set; } = "fresh";

    public Task<Result<PlatformTokens>> RefreshAsync(string accessToken, string? refreshToken, CancellationToken ct)
    {
        Refreshed++;
        return Task.FromResult(NextToken is { } token
            ? new PlatformTokens(token, null, null)
            : Result<PlatformTokens>.Refused(new PlatformFailure(platform, PlatformFailureKind.ExpiredAuthorization, "The user has changed the password.")));
    }
}

public sealed record Asked(PlatformAccess Access, MetricLevel Level, DateOnly From, DateOnly To)
{
    public IReadOnlyCollection<string>? Campaigns { get; init; }
    public BreakdownKind? Breakdown { get; init; }
}
