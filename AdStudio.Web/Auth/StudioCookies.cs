using System.Security.Claims;
using AdStudio.Core.Accounts;
using Microsoft.AspNetCore.Authentication;

namespace AdStudio.Web.Auth;

/// <summary>Signs browsers in and out.</summary>
public static class StudioCookies
{
    private const string Stay = "stay";

    /// <summary>Starts a session and gives its cookie. With <paramref name="stay"/> it outlives the browser's closing.</summary>
    public static async Task SignInAsync(this HttpContext http, StartSession start, Guid personId, bool stay)
    {
        var session = await start.RunAsync(personId, Origin(http), http.RequestAborted);
        var identity = new ClaimsIdentity(
            [new(StudioClaims.Person, session.PersonId.ToString()), new(ClaimTypes.Name, session.PersonName), new(StudioClaims.Session, session.Id.ToString())], StudioSchemes.Cookie);
        await http.SignOutAsync(StudioSchemes.SecondFactor);
        await http.SignInAsync(StudioSchemes.Cookie, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = stay });
    }

    /// <summary>Remembers who gave the right password until the code comes.</summary>
    public static Task AwaitSecondFactorAsync(this HttpContext http, Guid personId, bool stay)
    {
        var identity = new ClaimsIdentity([new(StudioClaims.Person, personId.ToString()), new(Stay, stay ? "1" : "0")], StudioSchemes.SecondFactor);
        return http.SignInAsync(StudioSchemes.SecondFactor, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = false });
    }

    /// <summary>Who gave the right password; null when nobody did, or too long ago.</summary>
    public static async Task<(Guid PersonId, bool Stay)?> AwaitedAsync(this HttpContext http)
    {
        var result = await http.AuthenticateAsync(StudioSchemes.SecondFactor);
        return result.Principal?.PersonId() is { } person ? (person, result.Principal.FindFirst(Stay)?.Value == "1") : null;
    }

    private static SessionOrigin Origin(HttpContext http) => new(http.Connection.RemoteIpAddress?.MapToIPv4IfMapped().ToString() ?? "", DeviceName.Of(http.Request.Headers.UserAgent.ToString()));

    private static System.Net.IPAddress MapToIPv4IfMapped(this System.Net.IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
