using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class ApprovalsTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task A_launch_on_draft_waits_as_a_card_and_runs_once_it_is_accepted()
    {
        var page = new CampaignPage((await DemoPersonAsync()).Page);
        var id = await new Drafts(Studio).WriteAsync("Asked for first");
        await page.OpenAsync($"/campaigns/{id}?tab=authority", "Asked for first");
        await page.Page.GetByLabel("What is made and removed").SelectOptionAsync("Draft");
        await page.Button("Save").ClickAsync();
        await page.SeesAsync("from this campaign");

        var wizard = new CampaignWizard(page.Page);
        await wizard.OpenAsync(id, "Review");
        await wizard.Button("Launch").ClickAsync();
        await wizard.ConfirmAsync("Launch");
        await page.SeesAsync("Waiting for approval");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Look at it" }).ClickAsync();

        await page.UntilTitledAsync("Approvals");
        await Expect(page.Panel("What changes").First).ToContainTextAsync("Budget on Meta");
        await Expect(page.Panel("Launch “Asked for first”")).ToContainTextAsync("ver_");
        await page.Button("Accept").ClickAsync();
        await page.ToastAsync("Accepted");
        await page.OpenAsync($"/campaigns/{id}?tab=platforms", "Asked for first");
        foreach (var platform in new[] { "Meta", "Google" }) await page.UntilAsync(platform, "Running");
    }
}
