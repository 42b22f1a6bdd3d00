using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AdStudio.Tests.Support;

/// <summary>A partner's server: keeps what it is sent, and answers each path as the test says.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> answers = new();

    private Receiver(WebApplication server) => this.server = server;

    public Uri Address { get; private set; } = null!;
    public ConcurrentQueue<Received> All { get; } = new();

    public IReadOnlyList<Received> At(string path) => [.. All.Where(r => r.Path == path)];

    public void Answer(string path, Func<HttpContext, Task> answer) => answers[path] = answer;

    public void Answer(string path, int status, string text = "") => Answer(path, http =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(text);
    });

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.server.Run(receiver.TakeAsync);
        await receiver.server.StartAsync();
        receiver.Address = new Uri(receiver.server.Urls.Single());
        return receiver;
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        All.Enqueue(new Received(http.Request.Path, body, http.Request.Headers["X-AdStudio-Event-Id"].ToString(), http.Request.Headers["X-AdStudio-Timestamp"].ToString(), http.Request.Headers["X-AdStudio-Signature"].ToString()));
        if (answers.TryGetValue(http.Request.Path, out var answer)) await answer(http);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

public sealed record Received(string Path, string Body, string EventId, string Timestamp, string Signature)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>As docs/webhooks.md tells a receiver to do it.</summary>
    public bool IsSignedBy(string secret, DateTimeOffset now)
    {
        if (Math.Abs(now.ToUnixTimeSeconds() - long.Parse(Timestamp, CultureInfo.InvariantCulture)) > 300) return false;
        var expected = "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Timestamp + "." + Body)));
        return Signature.Split(',').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(expected)));
    }
}
