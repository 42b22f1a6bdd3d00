using AdStudio.Web.App;

namespace AdStudio.Web.Auth;

public static class ReturnUrl
{
    /// <summary>A path of ours, or the overview: nobody is led to another host by a link to our sign-in.</summary>
    public static string Safe(string? asked) =>
        asked is { Length: > 0 and < 2048 } && asked[0] == '/' && (asked.Length == 1 || asked[1] is not ('/' or '\\')) && !asked.Any(char.IsControl)
        && !asked.StartsWith("/account/", StringComparison.OrdinalIgnoreCase) ? asked : Urls.Overview;
}
