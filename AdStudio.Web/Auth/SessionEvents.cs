using AdStudio.Core.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace AdStudio.Web.Auth;

/// <summary>A cookie counts as long as the session it stands for.</summary>
internal sealed class SessionEvents(CheckSession check) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Principal?.SessionId() is { } session && await check.RunAsync(session, context.HttpContext.RequestAborted) is not null) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(StudioSchemes.Cookie);
    }

    /// <summary>A page leads to sign-in; a program is told by the status.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) => PageOrStatus(context, StatusCodes.Status401Unauthorized);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) => PageOrStatus(context, StatusCodes.Status403Forbidden);

    private static Task PageOrStatus(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)) context.Response.Redirect(context.RedirectUri);
        else context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

/// <summary>An open page asks again every few seconds, so that a revoked session ends there too.</summary>
internal sealed class SessionAuthenticationState(ILoggerFactory logs, CheckSession check) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(5);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        authenticationState.User.SessionId() is { } session && await check.RunAsync(session, cancellationToken) is not null;
}
