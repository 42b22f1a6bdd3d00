using AdStudio.Web.App;

namespace AdStudio.Web.Shared.Commands;

/// <summary>What can be done from anywhere.</summary>
public sealed class ActionCommands(Browser browser) : ICommandSource
{
    public Task<IReadOnlyList<Command>> FindAsync(string text, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Command>>([.. All().Where(command => Matching.Matches(command.Title, text))]);

    private IEnumerable<Command> All()
    {
        if (StudioPages.Exists(Urls.NewCampaign)) yield return new("Do", "New campaign", "plus", Urls.NewCampaign, Note: "C");
        yield return new("Do", "Use the light theme", "sun", Do: () => browser.SetLookAsync("theme", "light"));
        yield return new("Do", "Use the dark theme", "moon", Do: () => browser.SetLookAsync("theme", "dark"));
        yield return new("Do", "Use the system's theme", "screen", Do: () => browser.SetLookAsync("theme", "system"));
        yield return new("Do", "Compact rows", "table", Do: () => browser.SetLookAsync("density", "compact"));
        yield return new("Do", "Comfortable rows", "table", Do: () => browser.SetLookAsync("density", "comfortable"));
    }
}
