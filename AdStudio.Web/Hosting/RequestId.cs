using System.Diagnostics;

namespace AdStudio.Web.Hosting;

/// <summary>Gives each request an id that stands in its answer and in every log line it causes: what support asks for.</summary>
internal sealed class RequestId(RequestDelegate next, ILogger<RequestId> log)
{
    public const string Header = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        var id = "req_" + (Activity.Current?.TraceId.ToHexString() ?? Guid.NewGuid().ToString("N"));
        context.TraceIdentifier = id;
        context.Response.Headers[Header] = id;
        using (log.BeginScope(new Dictionary<string, object> { ["RequestId"] = id })) await next(context);
    }
}
