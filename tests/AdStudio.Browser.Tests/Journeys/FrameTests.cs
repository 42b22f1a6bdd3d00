using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class FrameTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task The_palette_finds_a_page_and_a_campaign_by_keyboard()
    {
        var page = await OnCampaignsAsync();
        await page.PressAsync("Control+k");
        var box = page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Search and commands" });
        await box.FillAsync("creatives");
        await Expect(page.Dialog.GetByRole(AriaRole.Option).First).ToContainTextAsync("Creatives");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.UntilTitledAsync("Creatives");

        await page.PressAsync("Control+k");
        await box.FillAsync("Gift guide");
        await Expect(page.Dialog.GetByRole(AriaRole.Option).Filter(new() { HasText = "Gift guide" })).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.UntilTitledAsync("Gift guide");
    }

    [Fact]
    public async Task A_question_mark_shows_the_shortcuts()
    {
        var page = await OnCampaignsAsync();
        await page.PressAsync("?");
        await Expect(page.Dialog).ToContainTextAsync("Keyboard shortcuts");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_theme_that_is_chosen_stays()
    {
        var page = await OnCampaignsAsync();
        var light = await BackgroundAsync(page.Page);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Your menu" }).ClickAsync();
        await page.Button("Dark").ClickAsync();
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.OpenAsync("/campaigns", "Campaigns");
        (await BackgroundAsync(page.Page)).ShouldNotBe(light);
    }

    [Fact]
    public async Task On_a_phone_the_menu_is_a_drawer()
    {
        var page = await OnCampaignsAsync();
        await page.Page.SetViewportSizeAsync(390, 844);
        var link = page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Connections" });
        await Expect(link).Not.ToBeInViewportAsync();
        await page.Button("Open the menu").ClickAsync();
        await Expect(link).ToBeInViewportAsync();
        await link.ClickAsync();
        await page.UntilTitledAsync("Connections");
        await Expect(link).Not.ToBeInViewportAsync();
    }

    [Fact]
    public async Task An_address_at_which_nothing_is_says_so()
    {
        var visitor = await DemoPersonAsync();
        visitor.Expect("404");
        var page = new CampaignsPage(visitor.Page);
        await page.OpenAsync("/nothing-here", "There is nothing at this address");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the overview" }).ClickAsync();
        await page.UntilTitledAsync("Overview");
    }

    private async Task<CampaignsPage> OnCampaignsAsync()
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync();
        return page;
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
}
