using AdStudio.Core;
using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Secrets;
using AdStudio.Tests.Insights;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace AdStudio.Tests.Audiences;

/// <summary>The actions on a database of their own, with a clock that stands, an audience desk of Meta that does what a test tells it to, and no worker: the tests carry out what is due.</summary>
public sealed class AudienceDesk : IAsyncLifetime
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private TestDatabase database = null!;
    private ServiceProvider services = null!;

    public StandingClock Clock { get; } = new(new DateTimeOffset(2026, 6, 15, 16, 0, 0, TimeSpan.Zero));
    public FakeAudiences Meta { get; } = new(Platform.Meta);
    public AnsweringPlatform Consent { get; } = new(Platform.Meta);
    public Studio Studio => Get<Studio>();

    public T Get<T>() where T : notnull => services.CreateScope().ServiceProvider.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddStudioActions();
        collection.AddStudioDatabase(new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build());
        collection.AddSecrets();
        collection.AddOperations(new OperationOptions());
        collection.AddSingleton<IPlatformCapability>(Meta);
        collection.AddSingleton<IPlatformCapability>(Consent);
        collection.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        services = collection.BuildServiceProvider();
        Consent.Secrets = Get<Secrets>();
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>An organization whose connections have a token that counts.</summary>
    public async Task<Scene> SceneAsync(string name)
    {
        var scene = await Scene.SetAsync(Studio, name);
        await using var db = await Studio.OpenAsync(scene.Admin, Now);
        foreach (var connection in await db.Connections.ToListAsync()) connection.AccessToken = Get<Secrets>().Protect("first");
        await db.SaveChangesAsync();
        return scene;
    }

    public async Task<AudienceRow> ListAsync(Scene scene, params MemberInput[] members) =>
        (await Get<CreateAudience>().RunAsync(scene.Manager, scene.Workspace.Id, new() { Name = "VIPs", Type = AudienceType.CustomerMatch }, members.Length == 0 ? null : members, Now)).Value.Audience;

    public async Task<AudienceOnPlatform> PlaceAsync(Scene scene, Guid audienceId) =>
        (await Get<PlaceAudience>().RunAsync(scene.Manager, audienceId, [new(scene.Meta.Id)], Now)).Value.Platforms.Single(p => p.AdAccountId == scene.Meta.Id);

    public async Task<AudienceRow> ReadAsync(Scene scene, Guid audienceId) => (await Get<GetAudience>().RunAsync(scene.Admin, audienceId, Now)).Value;

    public async Task<AudienceOnPlatform> OnMetaAsync(Scene scene, Guid audienceId) => (await ReadAsync(scene, audienceId)).Platforms.Single(p => p.AdAccountId == scene.Meta.Id);

    /// <summary>Does what is due, as a worker would.</summary>
    public async Task WorkAsync()
    {
        while (await Get<PlacementQueue>().NextAsync([], Now) is { } next) await Get<CarryOutPlacement>().RunAsync(Actor.Studio(next.OrganizationId), next.PlacementId, Now);
    }
}

/// <summary>A platform's audiences, with the faults that a test asks for.</summary>
public sealed class FakeAudiences(Platform platform) : ISyncsAudiences
{
    private int created;

    public Platform Platform => platform;
    public int MembersACall { get; set; } = 10_000;

    /// <summary>By id: its name, and the addresses on it.</summary>
    public Dictionary<string, (string Name, HashSet<string> Members)> Standing { get; } = [];
    public List<ListedAudience> Listed { get; } = [];
    public List<string> Calls { get; } = [];
    public List<BriefAudience> Briefs { get; } = [];
    public List<AccountAsset?> Pixels { get; } = [];
    public List<MemberBatch> Batches { get; } = [];
    public List<PlatformAccess> Access { get; } = [];

    /// <summary>Asked before each call, by its name: a refusal in place of the answer, an exception, or what else should happen then.</summary>
    public Func<string, Task<Refusal?>> Before { get; set; } = _ => Task.FromResult<Refusal?>(null);

    /// <summary>The next creation is carried out, and its answer lost.</summary>
    public bool LosesAnswer { get; set; }

    public PlatformFailure Failure(PlatformFailureKind kind, string words = "No.") => new(platform, kind, words);

    public async Task<Result<string>> CreateAudienceAsync(PlatformAccess access, BriefAudience audience, AccountAsset? pixel, string marker, CancellationToken ct)
    {
        if (await AskAsync("create", access) is { } refusal) return Result<string>.Refused(refusal);
        Briefs.Add(audience);
        Pixels.Add(pixel);
        var id = $"{platform}-{++created}";
        Standing[id] = ($"{audience.Name} [{marker}]", []);
        if (!LosesAnswer) return id;
        LosesAnswer = false;
        return Failure(PlatformFailureKind.UnknownOutcome, "The answer was lost.");
    }

    public async Task<Result<string?>> FindAudienceAsync(PlatformAccess access, string marker, CancellationToken ct) =>
        await AskAsync("find", access) is { } refusal ? Result<string?>.Refused(refusal) : Result<string?>.Of(Standing.Where(a => a.Value.Name.Contains($"[{marker}]", StringComparison.Ordinal)).Select(a => a.Key).FirstOrDefault());

    public async Task<Result<MembersReceipt>> SendMembersAsync(PlatformAccess access, string audienceId, MemberBatch batch, CancellationToken ct)
    {
        if (await AskAsync(batch.Remove ? "remove" : "add", access) is { } refusal) return Result<MembersReceipt>.Refused(refusal);
        Batches.Add(batch);
        var (_, there) = Standing[audienceId];
        foreach (var member in batch.Members.Select(m => m.EmailSha256 ?? m.PhoneSha256!))
            if (batch.Remove) there.Remove(member);
            else there.Add(member);
        return new MembersReceipt(batch.Members.Count, 0);
    }

    public async Task<Result<bool>> DeleteAudienceAsync(PlatformAccess access, string audienceId, CancellationToken ct)
    {
        if (await AskAsync("delete", access) is { } refusal) return Result<bool>.Refused(refusal);
        Standing.Remove(audienceId);
        return true;
    }

    public async Task<Result<IReadOnlyList<ListedAudience>>> ListAudiencesAsync(PlatformAccess access, CancellationToken ct) =>
        await AskAsync("list", access) is { } refusal ? Result<IReadOnlyList<ListedAudience>>.Refused(refusal) : Result<IReadOnlyList<ListedAudience>>.Of([.. Listed]);

    private Task<Refusal?> AskAsync(string call, PlatformAccess access)
    {
        Calls.Add(call);
        Access.Add(access);
        return Before(call);
    }
}
