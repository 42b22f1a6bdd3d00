using AdStudio.Core.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdStudio.Tests.Support;

/// <summary>The whole app on a free port of loopback with a database of its own, the sandbox beside it, and no demo organization.</summary>
public class StudioApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    private TestDatabase database = null!;

    /// <summary>Settings of a test's own, set before it starts.</summary>
    public Dictionary<string, string?> Settings { get; } = new() { ["Demo:Enabled"] = "false", ["Jobs:Enabled"] = "false" };

    public Uri Address => ClientOptions.BaseAddress;
    public Studio Studio => Services.GetRequiredService<Studio>();

    public virtual async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        UseKestrel(0);
        StartServer();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        foreach (var (key, value) in database.Settings.Concat(Settings)) builder.UseSetting(key, value);
        builder.UseSetting("Media:Folder", Path.Combine(database.Folder, "media"));
        builder.UseSetting("Mail:Folder", Path.Combine(database.Folder, "mail"));
        builder.UseSetting("Sandbox:DataPath", Path.Combine(database.Folder, "sandbox.db"));
    }

    /// <summary>An action or another service, in a scope of its own that lives as long as the app.</summary>
    public T Get<T>() where T : notnull => Services.CreateScope().ServiceProvider.GetRequiredService<T>();

    async Task IAsyncLifetime.DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
    }
}
