using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Pages;

public sealed class SettingsPage(IPage page) : StudioPage(page)
{
    public ILocator TwoFactor => Panel("Two-factor sign-in");
    public ILocator Sessions => Panel("Sessions");

    public Task OpenAsync(string? tab = null) => OpenAsync(tab is null ? "/settings" : $"/settings?tab={tab}", "Settings");

    /// <summary>Sets up the second factor as somebody with an app does: reads the key, types its code, keeps the recovery codes.</summary>
    public async Task<(string Key, IReadOnlyList<string> RecoveryCodes)> SetUpTwoFactorAsync()
    {
        await TwoFactor.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        var key = await TwoFactor.Locator(".key").InnerTextAsync();
        await TwoFactor.GetByLabel("The six digits that the app shows now").FillAsync(Authenticator.CodeOf(key));
        await TwoFactor.GetByRole(AriaRole.Button, new() { Name = "Switch on" }).ClickAsync();
        await Expect(TwoFactor.Locator(".codes li")).ToHaveCountAsync(10);
        var codes = await TwoFactor.Locator(".codes li").AllInnerTextsAsync();
        await TwoFactor.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
        await Expect(TwoFactor).ToContainTextAsync("10 recovery codes left");
        return (key, codes);
    }

    /// <summary>Makes a workspace and goes into it.</summary>
    public async Task CreateWorkspaceAsync(string name)
    {
        await OpenAsync("workspaces");
        await Button("New workspace").ClickAsync();
        await Dialog.GetByLabel("Name").FillAsync(name);
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await UntilTitledAsync("Team");
        await Expect(Page.Locator(".switcher")).ToContainTextAsync(name);
    }
}
