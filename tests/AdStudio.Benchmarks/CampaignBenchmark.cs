using System.Net;
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

/// <summary>A campaign asked for with a bearer token of the whole app, against a bare Kestrel that answers a constant JSON of the same size. Both in this process, over loopback.</summary>
internal static class CampaignBenchmark
{
    private const int Callers = 8;

    public static async Task<Figure> MeasureAsync(bool quick)
    {
        var (calls, rounds) = quick ? (1_000, 3) : (6_000, 7);
        await using var database = await BenchDatabase.CreateAsync(2);
        var campaign = (await database.AddCampaignsAsync(database.Accounts[0], 20))[10].OnPlatform.CampaignId;
        var key = await AddKeyAsync(database);

        await using var app = new App(database);
        app.UseKestrel(0);
        app.StartServer();
        using var ours = Client(app.ClientOptions.BaseAddress);
        ours.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(ours, key));
        ours.DefaultRequestHeaders.Add("orgid", database.Organization.Id.ToString());
        var path = $"/api/crm/ads/campaigns/{campaign}";
        var body = await ours.GetByteArrayAsync(path);

        await using var bare = await BareAsync(body);
        using var floor = Client(new Uri(bare.Urls.First()));
        var times = await Turns.MeasureAsync(rounds, _ => CallAsync(ours, path, calls), _ => CallAsync(floor, "/", calls));

        var ratios = times.Select(t => t.Floor / t.Studio).ToList();
        return new Figure($"GET campaign a second ({body.Length} bytes)", $"{calls / times.Select(t => t.Studio).Median():N0}/s", $"{calls / times.Select(t => t.Floor).Median():N0}/s",
            ratios.Median(), ratios.Min(), ratios.Max(), rounds, "≥ 0.25");
    }

    private static async Task CallAsync(HttpClient client, string path, int calls)
    {
        var left = calls;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var answer = await client.GetAsync(path);
                if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
                await answer.Content.ReadAsByteArrayAsync();
            }
        }));
    }

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

    private static HttpClient Client(Uri address) => new(new SocketsHttpHandler { MaxConnectionsPerServer = Callers }) { BaseAddress = address };

    private static async Task<WebApplication> BareAsync(byte[] body)
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
    private sealed class App(BenchDatabase database) : WebApplicationFactory<AdStudio.Web.App.FrameState>
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
