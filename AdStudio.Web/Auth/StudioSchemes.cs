namespace AdStudio.Web.Auth;

/// <summary>By what a request may show who it is.</summary>
public static class StudioSchemes
{
    /// <summary>Looks at the request and hands it to one of the others.</summary>
    public const string Default = "Studio";

    /// <summary>A browser's session.</summary>
    public const string Cookie = "Cookie";

    /// <summary>Between the right password and the right code: names the person for ten minutes and opens nothing.</summary>
    public const string SecondFactor = "SecondFactor";
}

public static class StudioClaims
{
    public const string Person = System.Security.Claims.ClaimTypes.NameIdentifier;

    /// <summary>The row of the session that the cookie stands for.</summary>
    public const string Session = "session";

    public static Guid? PersonId(this System.Security.Claims.ClaimsPrincipal user) => IdOf(user, Person);
    public static Guid? SessionId(this System.Security.Claims.ClaimsPrincipal user) => IdOf(user, Session);

    private static Guid? IdOf(System.Security.Claims.ClaimsPrincipal user, string claim) => Guid.TryParse(user.FindFirst(claim)?.Value, out var id) ? id : null;
}
