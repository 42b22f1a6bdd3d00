using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AdStudio.Browser.Tests.Pages;

public sealed class ConnectionsPage(IPage page) : StudioPage(page)
{
    public ConsentPage Consent => new(Page);

    public Task OpenAsync() => OpenAsync("/connections", "Connections");

    /// <summary>The card of the platform's connection.</summary>
    public ILocator Card(string platform) => Page.GetByRole(AriaRole.Region, new() { NameRegex = new Regex($"{platform} \\w") }).First;

    /// <summary>From the empty page, which offers each platform.</summary>
    public Task ConnectFirstAsync(string platform) => Button($"Connect {platform}").ClickAsync();

    /// <summary>From the button above the list.</summary>
    public async Task ConnectNextAsync(string platform)
    {
        await Button("Connect").ClickAsync();
        await Page.GetByRole(AriaRole.Menu, new() { Name = "Connect a platform" }).GetByRole(AriaRole.Menuitem, new() { Name = platform }).ClickAsync();
    }

    public Task ReconnectAsync(string platform) => Card(platform).GetByRole(AriaRole.Button, new() { Name = "Reconnect" }).ClickAsync();

    public Task AskToDisconnectAsync(string platform, string owner) => ChooseAsync($"More for {platform} of {owner}", "Disconnect");
}

/// <summary>The sandbox's consent page, which stands in for the platform's own.</summary>
public sealed class ConsentPage(IPage page) : StudioPage(page)
{
    public async Task AllowAsync(string platform, string? person = null, string? without = null)
    {
        await UntilTitledAsync($"AdStudio wants access to your {platform} account");
        if (person is not null) await Page.GetByRole(AriaRole.Radio, new() { Name = person }).CheckAsync();
        if (without is not null) await Page.GetByRole(AriaRole.Checkbox, new() { Name = without }).UncheckAsync();
        await Button("Allow").ClickAsync();
        await UntilTitledAsync("Connections");
    }

    public async Task DeclineAsync(string platform)
    {
        await UntilTitledAsync($"AdStudio wants access to your {platform} account");
        await Button("Don't allow").ClickAsync();
        await UntilTitledAsync("Connections");
    }
}
