using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace AdStudio.Web.Auth;

/// <summary>How often one address may try to sign in, register or ask for a password. Looking at the forms is free.</summary>
internal sealed class SignInLimit(IConfiguration configuration) : IRateLimiterPolicy<string>
{
    public const string Name = "sign-in";

    private readonly int perMinute = configuration.GetValue("Limits:SignInPerMinute", 30);

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = async (context, ct) =>
    {
        var response = context.HttpContext.Response;
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var given) ? given : TimeSpan.FromMinutes(1);
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync("""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>One moment · AdStudio</title>
            <link rel="stylesheet" href="/css/tokens.css"><link rel="stylesheet" href="/css/base.css"><link rel="stylesheet" href="/css/frame.css"></head>
            <body><div class="auth"><main class="auth-card"><div class="auth-body"><h1>One moment</h1>
            <p>There were many tries from your address. Wait a minute, then <a href="/account/sign-in">go on</a>.</p></div></main></div></body></html>
            """, ct);
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => HttpMethods.IsPost(httpContext.Request.Method)
        ? RateLimitPartition.GetSlidingWindowLimiter($"sign-in:{httpContext.Connection.RemoteIpAddress}", _ => new() { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 })
        : RateLimitPartition.GetNoLimiter("look");
}
