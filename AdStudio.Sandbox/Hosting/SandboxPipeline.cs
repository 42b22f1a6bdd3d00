using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Console;
using AdStudio.Sandbox.Faults;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace AdStudio.Sandbox.Hosting;

/// <summary>An answer on its way out; some have no body, and say what there is to say in their headers.</summary>
public sealed record PlatformReply(int Status, JsonNode? Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>One call to a platform: what it is for, how it is carried out, and how the platform words a fault.</summary>
public sealed record PlatformCall(string Platform, IReadOnlyList<string> Operations, Func<PlatformReply> Answer, Func<Fault, PlatformReply> Refuse)
{
    /// <summary>Carries it out so that the report it starts goes wrong as the fault says.</summary>
    public Func<Fault, PlatformReply>? StartDoomed { get; init; }
}

/// <summary>What every call to an emulated platform goes through: the fault dial, the work, the log.</summary>
public sealed class SandboxPipeline(SandboxStore store, SandboxOptions options, SandboxClock clock, FaultDial dial, RequestLog log)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task RunAsync(HttpContext http, PlatformCall call)
    {
        var started = Stopwatch.GetTimestamp();
        var fault = dial.Take(call.Platform, call.Operations);
        var status = 0;
        try
        {
            status = await HandleAsync(http, call, fault);
        }
        finally
        {
            log.Add(new LoggedRequest(clock.Now, call.Platform, http.Request.Method, http.Request.Path, string.Join(", ", call.Operations), status, Stopwatch.GetElapsedTime(started).TotalMilliseconds, fault?.Name));
        }
    }

    private async Task<int> HandleAsync(HttpContext http, PlatformCall call, Fault? fault)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Error500 or FaultKind.RateLimit or FaultKind.ExpiredToken or FaultKind.VersionRetired:
                return await WriteAsync(http, call.Refuse(fault));
            case FaultKind.TimeoutBefore:
                return await HangAsync(http);
            case FaultKind.TimeoutAfter:
                Carry(call);
                return await HangAsync(http);
            case FaultKind.Slow:
                await Task.Delay(TimeSpan.FromSeconds(fault.Seconds), options.RealTime, http.RequestAborted);
                return await WriteAsync(http, Carry(call));
            case FaultKind.Malformed:
                return await WriteAsync(http, Carry(call), truncated: true);
            case FaultKind.ReportFails or FaultKind.ReportHangs when call.StartDoomed is { } doomed:
                return await WriteAsync(http, Carry(call with { Answer = () => doomed(fault) }));
            default:
                return await WriteAsync(http, Carry(call));
        }
    }

    /// <summary>Does the work; a refusal leaves nothing behind, a success is on the disk before it is answered.</summary>
    private PlatformReply Carry(PlatformCall call) => store.Work(() =>
    {
        var reply = call.Answer();
        if (reply.Status >= 400) store.RollBackTo(0);
        return reply;
    });

    private async Task<int> HangAsync(HttpContext http)
    {
        try
        {
            await Task.Delay(options.FaultTimeout, options.RealTime, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller gave up first, as it should.
        }
        http.Abort();
        return 0;
    }

    private static async Task<int> WriteAsync(HttpContext http, PlatformReply reply, bool truncated = false)
    {
        foreach (var (name, value) in reply.Headers) http.Response.Headers[name] = value;
        http.Response.StatusCode = reply.Status;
        if (reply.Status == StatusCodes.Status204NoContent) return reply.Status;
        http.Response.ContentType = "application/json; charset=UTF-8";
        http.Response.Headers.CacheControl = "private, no-cache, no-store, must-revalidate";
        var bytes = reply.Body is null ? [] : Encoding.UTF8.GetBytes(reply.Body.ToJsonString(Json));
        if (truncated) bytes = bytes.Length == 0 ? "{"u8.ToArray() : bytes[..(bytes.Length / 2)];
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
        return reply.Status;
    }

    /// <summary>The origin by which the caller knows the sandbox.</summary>
    public static string Origin(HttpContext http, SandboxOptions options) =>
        options.Origin?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}";
}
