namespace AdStudio.Web.App;

/// <summary>How this browser wants the studio to look, kept in its cookies: theme, density, side bar, and the workspace chosen last.</summary>
public sealed record Look(string? Theme, string? Density, string? Side, string? Workspace)
{
    public const string ThemeCookie = "adstudio-theme";
    public const string DensityCookie = "adstudio-density";
    public const string SideCookie = "adstudio-side";
    public const string WorkspaceCookie = "adstudio-ws";

    /// <summary>The system's theme, comfortable rows, the wide side bar.</summary>
    public static readonly Look Standard = new(null, null, null, null);

    // Cookies come from outside: only the words we know get into the page.
    public static Look From(IRequestCookieCollection cookies) => new(
        cookies[ThemeCookie] is "light" or "dark" ? cookies[ThemeCookie] : null,
        cookies[DensityCookie] is "compact" ? "compact" : null,
        cookies[SideCookie] is "collapsed" ? "collapsed" : null,
        Guid.TryParse(cookies[WorkspaceCookie], out var workspace) ? workspace.ToString() : null);

    /// <summary>When Radzen's sheet for one of the two themes applies.</summary>
    public string Media(string theme) =>
        Theme is null ? $"(prefers-color-scheme: {theme})"
        : Theme == theme ? "all"
        : "not all";
}
