using System.Collections.Frozen;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.App;

/// <summary>An entry of the side bar.</summary>
public sealed record MenuEntry(string Title, string Href, string Icon, bool BelowLine = false);

/// <summary>The studio's pages. Only those that are there are offered, so a menu entry never leads nowhere.</summary>
public static class StudioPages
{
    private static readonly FrozenSet<string> Routes = typeof(StudioPages).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>())
        .Select(route => route.Template)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly MenuEntry[] All =
    [
        new("Overview", Urls.Overview, "overview"),
        new("Campaigns", Urls.Campaigns, "campaigns"),
        new("Templates", Urls.Templates, "copy"),
        new("Creatives", Urls.Creatives, "creatives"),
        new("Audiences", Urls.Audiences, "audiences"),
        new("Pixels", Urls.Pixels, "tag"),
        new("Lead forms", Urls.LeadForms, "draft"),
        new("Leads", Urls.Leads, "mail"),
        new("Connections", Urls.Connections, "connections", BelowLine: true),
        new("Approvals", Urls.Approvals, "check-circle", BelowLine: true),
        new("Team", Urls.Team, "team", BelowLine: true),
        new("Developers", Urls.Developers, "developers", BelowLine: true),
        new("Settings", Urls.Settings, "settings", BelowLine: true),
    ];

    public static IReadOnlyList<MenuEntry> Menu { get; } = [.. All.Where(entry => Exists(entry.Href))];

    public static bool Exists(string href) => Routes.Contains(href);
}
