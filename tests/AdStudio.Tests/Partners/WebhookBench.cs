using AdStudio.Core;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Mail;
using AdStudio.Core.Partners;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Jobs;
using AdStudio.Infrastructure.Media;
using AdStudio.Infrastructure.Secrets;
using AdStudio.Tests.Connections;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdStudio.Tests.Partners;

/// <summary>Core over a database, a clock that is moved by hand, and a receiver that listens on loopback.</summary>
public sealed class WebhookBench : IAsyncLifetime
{
    private TestDatabase database = null!;
    private ServiceProvider services = null!;
    private int scenes;

    public MovableClock Clock { get; } = new();
    public Receiver Receiver { get; private set; } = null!;
    public Studio Studio => services.GetRequiredService<Studio>();
    public T Get<T>() where T : notnull => services.CreateScope().ServiceProvider.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        Receiver = await Receiver.StartAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(database.Settings.Concat(new Dictionary<string, string?>
        {
            ["Jobs:Enabled"] = "false", ["Media:Folder"] = Path.Combine(database.Folder, "media"), ["Media:TrustedHosts:0"] = Receiver.Address.Authority,
        }).ToDictionary()).Build();
        services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Clock)
            .AddStudioActions().AddStudioDatabase(configuration).AddSecrets().AddMedia(configuration).AddStudioJobs(configuration)
            .AddSingleton<Outbox>().AddSingleton(new StudioAddress(() => new Uri("https://studio.example"))).BuildServiceProvider();
    }

    public Task<Scene> SceneAsync() => Scene.SetAsync(Studio, $"House{++scenes}");

    /// <summary>An endpoint at a path of the receiver's.</summary>
    public async Task<WebhookWithSecret> EndpointAsync(Scene scene, string path, Guid? workspaceId = null, params string[] events) =>
        (await Get<CreateWebhook>().RunAsync(scene.Admin, new Uri(Receiver.Address, path).ToString(), events.Length == 0 ? ["*"] : events, workspaceId, "", CancellationToken.None)).Value;

    /// <summary>Something happens in the organization.</summary>
    public async Task<Guid> TellAsync(Scene scene, string name = EventNames.ApprovalNeeded, bool ofWorkspace = true)
    {
        await using var db = await Studio.OpenAsync(scene.Admin, CancellationToken.None);
        var happened = StudioEvent.Of(name, scene.Organization.Id, ofWorkspace ? scene.Workspace.Id : null, Guid.NewGuid(), new { what = "boots & “socks”" });
        db.Tell(happened);
        await db.SaveChangesAsync();
        return happened.Id;
    }

    /// <summary>Hands out, and delivers what is due to the endpoint; how many tries were made.</summary>
    public async Task<int> DeliverAsync(Scene scene, Guid endpointId)
    {
        while (await services.GetRequiredService<WebhookQueue>().HandOutAsync(CancellationToken.None) > 0) { }
        return (await Get<DeliverWebhooks>().RunAsync(Actor.Studio(scene.Organization.Id), endpointId, CancellationToken.None)).Value;
    }

    public async Task<IReadOnlyList<DeliveryRow>> DeliveriesAsync(Scene scene, Guid endpointId) =>
        (await Get<ListDeliveries>().RunAsync(scene.Admin, endpointId, new(), CancellationToken.None)).Value.Items;

    public async Task<IReadOnlyList<OutgoingMail>> MailsAsync(Scene scene)
    {
        await using var db = await Studio.OpenAsync(scene.Admin, CancellationToken.None);
        return await db.OutgoingMails.AsNoTracking().ToListAsync();
    }

    public async Task DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
