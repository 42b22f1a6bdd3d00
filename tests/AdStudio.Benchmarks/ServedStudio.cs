using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace AdStudio.Benchmarks;

/// <summary>The whole app over loopback, and bare Kestrel beside it.</summary>
internal static class ServedStudio
{
    public static App Start(BenchDatabase database)
    {
        var app = new App(database);
        app.UseKestrel(0);
        app.StartServer();
        return app;
    }

    /// <summary>A program that acts for the organization's person by a bearer token.</summary>
    public static async Task<HttpClient> CallerAsync(App app, BenchDatabase database, int connections)
    {
        var key = await AddKeyAsync(database);
        var client = Client(app.ClientOptions.BaseAddress, connections);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(client, key));
        client.DefaultRequestHeaders.Add("orgid", database.Organization.Id.ToString());
        return client;
    }

    public static HttpClient Client(Uri address, int connections) => new(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = address };

    private static async Task<string> AddKeyAsync(BenchDatabase database)
    {
        await using var db = await database.Studio.OpenForEveryoneAsync(default);
        var key = KeyText.New("ask_");
        db.Add(new ApiKey { OrganizationId = database.Organization.Id, Name = "Benchmark", Start = key[..8], Hash = KeyText.HashOf(key), Scopes = ["*"], CreatedAt = DateTimeOffset.UtcNow });
        await db.SaveChangesAsync();
        return key;
    }

    private static async Task<string> TokenAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/token") { Content = JsonContent.Create(new { externalUserId = BenchDatabase.ExternalUserId }) };
        request.Headers.Add("x-api-key", key);
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["data"]!["accessToken"]!.ToString();
    }

    /// <summary>Kestrel that answers a constant JSON.</summary>
    public static async Task<WebApplication> BareAsync(byte[] body)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var bare = builder.Build();
        bare.Run(context =>
        {
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        });
        await bare.StartAsync();
        return bare;
    }

    /// <summary>The whole app as it runs, but for jobs and the demo, which would work beside it; and with limits on calls that are out of reach.</summary>
    internal sealed class App(BenchDatabase database) : WebApplicationFactory<AdStudio.Web.App.FrameState>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseSetting("Database:Provider", "Sqlite").UseSetting("ConnectionStrings:AdStudio", $"Data Source={database.File}");
            builder.UseSetting("Demo:Enabled", "false").UseSetting("Jobs:Enabled", "false").UseSetting("Api:RequestsPerMinute", "100000000").UseSetting("Api:RequestsPerMinutePerAddress", "100000000");
            builder.UseSetting("Media:Folder", Path.Combine(database.Folder, "media")).UseSetting("Mail:Folder", Path.Combine(database.Folder, "mail")).UseSetting("Sandbox:DataPath", Path.Combine(database.Folder, "sandbox.db"));
            builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        }
    }
}
