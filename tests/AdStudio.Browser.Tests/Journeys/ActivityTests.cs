using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class ActivityTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task What_was_done_is_found_opened_and_downloaded()
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync("/activity", "Activity");
        await page.Page.GetByLabel("What kind of thing").SelectOptionAsync(new SelectOptionValue { Label = "campaign" });
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).FillAsync("black friday");
        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("what=Campaign.*q=black|q=black.*what=Campaign"));

        var deed = page.Page.Locator(".deed").Filter(new() { HasText = "created the campaign “Black Friday”" });
        await Expect(deed).ToHaveCountAsync(1);
        await deed.GetByRole(AriaRole.Button).First.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(deed).ToContainTextAsync("$250.00");
        await Expect(deed.GetByRole(AriaRole.Link, new() { Name = "Open campaign" })).ToBeVisibleAsync();

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        lines.Length.ShouldBeGreaterThan(3);
        lines.Skip(1).ShouldAllBe(line => line.Contains("Black Friday"));

        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).FillAsync("nothing is called so");
        await page.SeesAsync("Nothing like that was done");
        await page.Button("Clear filters").ClickAsync();
        await Expect(page.Page.Locator(".deed").Nth(3)).ToBeVisibleAsync();
    }
}
