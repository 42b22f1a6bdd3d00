using System.Collections.Concurrent;
using AdStudio.Core;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Leads;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Jobs;
using AdStudio.Infrastructure.Media;
using AdStudio.Infrastructure.Secrets;
using AdStudio.Tests.Connections;
using AdStudio.Tests.Operations;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Tests.Leads;

/// <summary>Core over a database, with a platform whose forms and leads the test holds in its hand, and an address that leads are forwarded to.</summary>
public sealed class LeadBench : IAsyncDisposable
{
    public const string Page = "page-1";

    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    private LeadBench(TestDatabase database)
    {
        this.database = database;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(database.Settings.Append(new("Jobs:Enabled", "false")).Append(new("Media:Folder", Path.Combine(database.Folder, "media"))).ToDictionary()).Build();
        services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Clock)
            .AddStudioActions().AddStudioDatabase(configuration).AddSecrets().AddMedia(configuration).AddStudioJobs(configuration)
            .AddSingleton<IPlatformCapability>(Forms).AddSingleton<IPlatformCapability>(new FakeAds(Platform.Meta, Clock)).AddSingleton<IPostsToWebhooks>(Address).BuildServiceProvider();
    }

    public MovableClock Clock { get; } = new();
    public FakeForms Forms { get; } = new();
    public FakeAddress Address { get; } = new();
    public Scene Scene { get; private set; } = null!;
    public Studio Studio => services.GetRequiredService<Studio>();
    public Guid Workspace => Scene.Workspace.Id;

    public static async Task<LeadBench> SetAsync()
    {
        var bench = new LeadBench(await TestDatabase.CreateAsync());
        bench.Scene = await Scene.SetAsync(bench.Studio);
        var secrets = bench.services.GetRequiredService<Core.Common.Secrets>();
        await using var db = await bench.Studio.OpenForEveryoneAsync(default);
        foreach (var account in await db.AdAccounts.Include(a => a.Connection).ToListAsync())
        {
            account.Connection.AccessToken = secrets.Protect("token-1");
            if (account.Platform == Platform.Meta) account.Assets = [new(AccountAssetKind.Page, Page, "Harbor & Pine")];
        }
        await db.SaveChangesAsync();
        return bench;
    }

    public T Get<T>() where T : notnull => services.CreateScope().ServiceProvider.GetRequiredService<T>();

    public static LeadFormContent Content { get; } = new()
    {
        Questions = [new("FULL_NAME", "", "full_name", []), new("EMAIL", "", "email", []), new("CUSTOM", "Which size?", "custom", [new("s", "Small"), new("l", "Large")])],
        PrivacyPolicyUrl = "https://harborandpine.example/privacy", PrivacyPolicyName = "Privacy policy",
        ThankYou = new() { Title = "Thank you", Body = "We'll write to you.", ButtonText = "Visit", ButtonType = "VIEW_WEBSITE", WebsiteUrl = "https://harborandpine.example" },
    };

    public async Task<LeadFormView> DraftAsync(LeadFormContent? content = null) => (await Get<CreateLeadForm>().RunAsync(Scene.Manager, Workspace, Scene.Meta.Id, Page, "Newsletter", content ?? Content, default)).Value;

    public async Task<LeadFormView> PublishedAsync() => (await Get<PublishLeadForm>().RunAsync(Scene.Manager, (await DraftAsync()).Id, default)).Value;

    public async Task<IReadOnlyList<LeadRow>> InboxAsync(LeadFilter? filter = null, Actor? by = null) => (await Get<ListLeads>().RunAsync(by ?? Scene.Manager, filter ?? new(Workspace, Archived: null), default)).Value.Items;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}

/// <summary>Lead forms and leads in memory.</summary>
public sealed class FakeForms : ICollectsLeads
{
    private int next = 500;

    public Platform Platform => Platform.Meta;
    public List<(string Id, string Name, string Status)> Made { get; } = [];
    public List<PlatformLead> Leads { get; } = [];

    /// <summary>The next creation is done, and its answer is lost.</summary>
    public bool LosesNextAnswer { get; set; }
    public bool FindFails { get; set; }
    public PlatformFailure? Refuses { get; set; }

    public Task<Result<string>> CreateFormAsync(PlatformAccess access, string pageId, string name, LeadFormContent form, CancellationToken ct)
    {
        if (Refuses is { } refusal) return Task.FromResult<Result<string>>(refusal);
        var id = $"form-{next++}";
        Made.Add((id, name, "ACTIVE"));
        if (!LosesNextAnswer) return Task.FromResult<Result<string>>(id);
        LosesNextAnswer = false;
        return Task.FromResult<Result<string>>(new PlatformFailure(Platform.Meta, PlatformFailureKind.UnknownOutcome, "The connection was lost."));
    }

    public Task<Result<string?>> FindFormAsync(PlatformAccess access, string pageId, string marker, CancellationToken ct) =>
        Task.FromResult(FindFails ? new PlatformFailure(Platform.Meta, PlatformFailureKind.Unavailable, "Down.") : Result<string?>.Of(Made.Where(m => m.Name.Contains(marker, StringComparison.Ordinal)).Select(m => m.Id).SingleOrDefault()));

    public Task<Result<IReadOnlyList<PlatformLeadForm>>> ListFormsAsync(PlatformAccess access, string pageId, CancellationToken ct) =>
        Task.FromResult(Result<IReadOnlyList<PlatformLeadForm>>.Of([.. Made.Select(m => new PlatformLeadForm(m.Id, m.Name, m.Status, "de_DE", null, null))]));

    public Task<Result<bool>> ArchiveFormAsync(PlatformAccess access, string pageId, string formId, CancellationToken ct) => Task.FromResult<Result<bool>>(true);

    public async IAsyncEnumerable<Result<PlatformLead>> ReadLeadsAsync(PlatformAccess access, string pageId, string formId, DateTimeOffset since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        foreach (var lead in Leads.Where(l => l.FormId == formId && l.CreatedAt >= since)) yield return lead;
    }

    public Task<Result<PlatformLead>> ReadLeadAsync(PlatformAccess access, string pageId, string leadId, CancellationToken ct) =>
        Task.FromResult(Leads.Find(l => l.ExternalId == leadId) is { } lead ? Result<PlatformLead>.Of(lead) : new PlatformFailure(Platform.Meta, PlatformFailureKind.NotFound, "No such lead."));

    public Task<Result<bool>> SubscribeAsync(PlatformAccess access, string pageId, CancellationToken ct) => Task.FromResult<Result<bool>>(true);
}

public sealed class FakeAddress : IPostsToWebhooks
{
    public ConcurrentQueue<(Uri Url, string Json, IReadOnlyDictionary<string, string> Headers)> Got { get; } = new();
    public bool IsDown { get; set; }

    public Refusal? RefusalOf(string url) => url.StartsWith("https://", StringComparison.Ordinal) ? null : new InvalidError("url", "Only https.");

    public Task<WebhookAnswer> PostAsync(Uri url, string json, IReadOnlyDictionary<string, string> headers, CancellationToken ct)
    {
        if (IsDown) return Task.FromResult(new WebhookAnswer(503, "The address answered 503.", null, null));
        Got.Enqueue((url, json, headers));
        return Task.FromResult(new WebhookAnswer(200, null, null, null));
    }
}
