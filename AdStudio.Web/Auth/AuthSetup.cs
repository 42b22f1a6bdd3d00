using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Web.App;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdStudio.Web.Auth;

public static class AuthSetup
{
    /// <summary>Identity, cookies, API keys and bearer tokens.</summary>
    public static IServiceCollection AddStudioAuth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddIdentityCore<Person>(o =>
        {
            // The rules of passwords are PasswordRule's, checked by the actions; any address may be a name.
            o.Password = new PasswordOptions { RequiredLength = PasswordRule.Length };
            o.User.AllowedUserNameCharacters = "";
        }).AddDefaultTokenProviders();
        // No manager at large, which would hold a database for as long as a page is open: actions open one over their own (Identities).
        services.RemoveAll<UserManager<Person>>();
        services.RemoveAll<IUserClaimsPrincipalFactory<Person>>();
        services.AddScoped<Identities>();
        services.TryAddSingleton(provider => new StudioAddress(() => PublicAddress(provider, configuration)));

        services.AddAuthentication(StudioSchemes.Default)
            .AddPolicyScheme(StudioSchemes.Default, null, o => o.ForwardDefaultSelector = SchemeOf)
            .AddCookie(StudioSchemes.Cookie, o =>
            {
                o.Cookie = Cookie("adstudio");
                o.ExpireTimeSpan = CheckSession.Lifetime;
                o.SlidingExpiration = true;
                o.LoginPath = Urls.SignIn;
                o.AccessDeniedPath = Urls.Overview;
                o.ReturnUrlParameter = "returnUrl";
                o.EventsType = typeof(SessionEvents);
            })
            .AddCookie(StudioSchemes.SecondFactor, o =>
            {
                o.Cookie = Cookie("adstudio-second-factor");
                o.ExpireTimeSpan = TimeSpan.FromMinutes(10);
                o.SlidingExpiration = false;
            });
        services.AddScoped<SessionEvents>();
        services.AddScoped<AuthenticationStateProvider, SessionAuthenticationState>();

        services.AddScoped<FrameReader>();
        services.AddScoped<ReadFrame>(provider => provider.GetRequiredService<FrameReader>().ReadAsync);
        services.AddRateLimiter(o => o.AddPolicy<string, SignInLimit>(SignInLimit.Name));
        return services;
    }

    /// <summary>Who is it, may they, how often; and sign out, which is no page.</summary>
    public static WebApplication MapStudioAuth(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapPost(Urls.SignOut, async (HttpContext http, RevokeSession revoke, FindActor find, [FromForm] string? returnUrl) =>
        {
            if (http.User.SessionId() is { } session && http.User.PersonId() is { } person && await find.RunAsync(person, "page", http.RequestAborted) is { } actor)
                await revoke.RunAsync(actor, session, http.RequestAborted);
            await http.SignOutAsync(StudioSchemes.Cookie);
            return Results.LocalRedirect(returnUrl is null ? Urls.SignIn : ReturnUrl.Safe(returnUrl));
        });
        return app;
    }

    /// <summary>Which scheme a request is for. The APIs' schemes (a key, a bearer token) come before the cookie.</summary>
    private static string SchemeOf(HttpContext http) => StudioSchemes.Cookie;

    private static CookieBuilder Cookie(string name) =>
        new() { Name = name, HttpOnly = true, SameSite = SameSiteMode.Lax, SecurePolicy = CookieSecurePolicy.SameAsRequest, IsEssential = true, Path = "/" };

    private static Uri PublicAddress(IServiceProvider provider, IConfiguration configuration)
    {
        if (configuration["PublicUrl"] is { Length: > 0 } given) return new Uri(given.EndsWith('/') ? given : given + "/");
        var own = provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080";
        return new Uri(own.Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//[::]", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal));
    }
}
