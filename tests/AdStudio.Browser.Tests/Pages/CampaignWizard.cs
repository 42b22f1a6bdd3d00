using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Pages;

/// <summary>The wizard in which a campaign is written.</summary>
public sealed partial class CampaignWizard(IPage page) : StudioPage(page)
{
    public ILocator Steps => Page.GetByRole(AriaRole.Navigation, new() { Name = "Steps" });
    public ILocator Conflict => Page.GetByRole(AriaRole.Region, new() { Name = "Two versions" });
    public ILocator Name => Page.Locator(".wizard-form").GetByLabel("Name", new() { Exact = true });
    public ILocator Amount => Page.GetByRole(AriaRole.Textbox, new() { Name = "Amount", Exact = true });
    public ILocator Findings => Page.Locator(".wizard-form .finding");
    public Guid Id => Guid.Parse(IdInAddress().Match(Page.Url).Groups[1].Value);

    public async Task BeginAsync()
    {
        await Page.GotoAsync("/campaigns/new");
        await Expect(Steps).ToBeVisibleAsync();
    }

    public async Task OpenAsync(Guid id, string step = "Goal")
    {
        await Page.GotoAsync($"/campaigns/{id}/edit?step={step}");
        await Expect(Steps).ToBeVisibleAsync();
    }

    public async Task GoToAsync(string step)
    {
        await Steps.GetByRole(AriaRole.Link, new() { NameRegex = new Regex(Regex.Escape(step)) }).ClickAsync();
        await Expect(Steps.Locator("[aria-current=step]")).ToContainTextAsync(step);
    }

    public async Task NextAsync(string step)
    {
        await Page.Locator(".wizard-foot").GetByRole(AriaRole.Link, new() { NameRegex = NextOrReview() }).ClickAsync();
        await Expect(Steps.Locator("[aria-current=step]")).ToContainTextAsync(step);
    }

    /// <summary>Gives the campaign its name and goal.</summary>
    public async Task AimAsync(string name, string goal)
    {
        await Name.FillAsync(name);
        await Page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("^" + goal) }).CheckAsync();
    }

    public async Task RunOnAsync(string platform, string account)
    {
        await Panel(platform).GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await SelectAsync(Panel(platform).GetByLabel("Ad account"), account);
    }

    /// <summary>By keyboard alone: types, waits for the list, goes down to what is meant, takes it.</summary>
    public async Task SearchByKeyboardAsync(string field, string words, string wanted)
    {
        var box = Page.GetByRole(AriaRole.Combobox, new() { Name = field });
        await box.FocusAsync();
        await Page.Keyboard.TypeAsync(words);
        var option = Page.GetByRole(AriaRole.Listbox, new() { Name = field }).GetByRole(AriaRole.Option).Filter(new() { HasText = wanted }).First;
        await Expect(option).ToBeVisibleAsync();
        for (var down = 0; down < 20 && await option.GetAttributeAsync("aria-selected") != "true"; down++)
        {
            var active = await box.GetAttributeAsync("aria-activedescendant") ?? "";
            await Page.Keyboard.PressAsync("ArrowDown");
            await Expect(box).Not.ToHaveAttributeAsync("aria-activedescendant", active);
        }
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Chosen(field)).ToContainTextAsync(wanted);
    }

    public ILocator Chosen(string field) => Page.GetByRole(AriaRole.List, new() { Name = $"Chosen {field.ToLowerInvariant()}" });

    public Task SpendAsync(string amount) => Amount.FillAsync(amount);

    public Task UntilSavedAsync() => Expect(Page.Locator(".wizard-foot .saved")).ToContainTextAsync("Saved");

    public async Task LaunchAsync()
    {
        await Button("Launch").ClickAsync();
        await ConfirmAsync("Launch");
        await Page.WaitForURLAsync(Launched());
    }

    [GeneratedRegex("/campaigns/([0-9a-f-]{36})")]
    private static partial Regex IdInAddress();

    [GeneratedRegex("^(Next|Review)$")]
    private static partial Regex NextOrReview();

    [GeneratedRegex("tab=platforms")]
    private static partial Regex Launched();
}
