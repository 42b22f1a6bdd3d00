using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Pages;

/// <summary>What all pages have: a title, dialogs, menus, toasts.</summary>
public abstract class StudioPage(IPage page)
{
    public IPage Page { get; } = page;
    public ILocator Dialog => Page.Locator("dialog[open]");
    public ILocator Problem => Page.Locator(".notice").First;

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Panel(string name) => Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    public ILocator Row(string text) => Page.GetByRole(AriaRole.Row).Filter(new() { HasText = text }).First;

    /// <summary>Pages are drawn over the circuit: where the title stands, the page answers.</summary>
    public Task UntilTitledAsync(string title) => Expect(Page.GetByRole(AriaRole.Heading, new() { Name = title, Level = 1 }).First).ToBeVisibleAsync();

    public async Task OpenAsync(string address, string title)
    {
        await Page.GotoAsync(address);
        await UntilTitledAsync(title);
    }

    public Task SeesAsync(string text) => Expect(Page.GetByText(text).First).ToBeVisibleAsync();

    public Task ToastAsync(string text) => Expect(Page.Locator(".toast").Filter(new() { HasText = text }).First).ToBeVisibleAsync();

    /// <summary>Opens what a key opens. A key that comes before the page listens is pressed again, as people do.</summary>
    public async Task PressAsync(string key)
    {
        await Expect(Dialog).ToHaveCountAsync(0);
        for (var tries = 0; tries < 10 && !await Dialog.IsVisibleAsync(); tries++)
        {
            await Page.Keyboard.PressAsync(key);
            try
            {
                await Dialog.WaitForAsync(new() { Timeout = 2_000 });
            }
            catch (TimeoutException)
            {
                // Once more.
            }
        }
        await Expect(Dialog).ToBeVisibleAsync();
    }

    public async Task ChooseAsync(string menu, string item)
    {
        await Button(menu).First.ClickAsync();
        await Page.GetByRole(AriaRole.Menu, new() { Name = menu, Exact = true }).GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true }).ClickAsync();
    }

    /// <summary>Answers the question that stands in the way, which has to say this.</summary>
    public async Task ConfirmAsync(string verb, string? saying = null, string? typing = null)
    {
        var question = Page.GetByRole(AriaRole.Alertdialog);
        if (saying is not null) await Expect(question).ToContainTextAsync(saying);
        if (typing is not null) await question.GetByRole(AriaRole.Textbox).FillAsync(typing);
        await question.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }).ClickAsync();
        await Expect(question).ToBeHiddenAsync();
    }

    /// <summary>Chooses the option that begins with this.</summary>
    protected static async Task SelectAsync(ILocator select, string text)
    {
        var option = select.Locator("option").Filter(new() { HasTextRegex = new Regex("^" + Regex.Escape(text)) }).First;
        await option.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await select.SelectOptionAsync((await option.GetAttributeAsync("value"))!);
    }
}
