using AdStudio.Web.App;

namespace AdStudio.Web.Shared.Commands;

/// <summary>The studio's pages.</summary>
public sealed class PageCommands : ICommandSource
{
    private static readonly Command[] Pages =
    [
        .. StudioPages.Menu.Select(entry => new Command("Go to", entry.Title, entry.Icon, entry.Href)),
        .. StudioPages.Exists(Urls.Activity) ? [new Command("Go to", "Activity", "clock", Urls.Activity)] : Array.Empty<Command>(),
        .. StudioPages.Exists(Urls.Webhooks) ? [new Command("Go to", "Webhooks", "developers", Urls.Webhooks)] : Array.Empty<Command>(),
        .. StudioPages.Exists(Urls.Account) ? [new Command("Go to", "Your account", "user", Urls.Account)] : Array.Empty<Command>(),
    ];

    public Task<IReadOnlyList<Command>> FindAsync(string text, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Command>>([.. Pages.Where(page => Matching.Matches(page.Title, text))]);
}
