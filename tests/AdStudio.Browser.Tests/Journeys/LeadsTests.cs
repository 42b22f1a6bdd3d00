using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class LeadsTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task A_form_is_built_put_right_and_published()
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync("/lead-forms", "Lead forms");
        await page.Button("New form").First.ClickAsync();
        await page.Dialog.GetByLabel("Name").FillAsync("Winter letter");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await page.UntilTitledAsync("Winter letter");

        await page.Page.GetByLabel("Add a question").SelectOptionAsync("CUSTOM");
        var question = page.Page.Locator(".question").Last;
        await question.GetByLabel("Question", new() { Exact = true }).FillAsync("Boots or jackets?");
        await question.GetByLabel("Answers to choose from").FillAsync("Boots\nJackets");
        await page.Page.GetByLabel("Language").SelectOptionAsync("HE_IL");
        await Expect(page.Page.Locator(".phone")).ToHaveAttributeAsync("dir", "rtl");
        await Expect(page.Page.Locator(".phone")).ToContainTextAsync("Boots or jackets?");

        await page.Button("Publish on Meta").ClickAsync();
        await page.SeesAsync("Give the address of your privacy policy.");
        await page.SeesAsync("Give the website that the button opens.");
        await page.Page.GetByLabel("Address of your privacy policy").FillAsync("https://harborandpine.example/privacy");
        await page.Page.GetByLabel("Website", new() { Exact = true }).Last.FillAsync("https://harborandpine.example");
        await Expect(page.Page.GetByText("Give the website that the button opens.")).ToHaveCountAsync(0);
        await page.Button("Publish on Meta").ClickAsync();
        await page.ConfirmAsync("Publish", saying: "lets nobody change it");

        await page.ToastAsync("stands on Meta");
        await Expect(page.Button("Copy and change")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_lead_is_read_assigned_noted_and_erased()
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync("/leads", "Leads");
        await page.Page.Locator(".rows button").Nth(3).ClickAsync();
        var detail = page.Page.Locator(".detail");
        await Expect(detail).ToContainTextAsync("What are you looking for?");

        await detail.GetByLabel("Assigned to").SelectOptionAsync(new SelectOptionValue { Label = "Mia Chen" });
        await detail.GetByLabel("Status").SelectOptionAsync("Contacted");
        await detail.GetByLabel("Note").FillAsync("Sent the autumn one.");
        await detail.GetByRole(AriaRole.Button, new() { Name = "Add the note" }).ClickAsync();
        await Expect(detail).ToContainTextAsync("Sent the autumn one.");
        await Expect(page.Page.Locator(".rows .here")).ToContainTextAsync("Contacted");

        await page.ChooseAsync("More for this lead", "Erase");
        await page.ConfirmAsync("Erase", saying: "gone for good");
        await page.ToastAsync("Erased");
        await page.OpenAsync("/leads?box=archived", "Leads");
        await page.SeesAsync("Erased");
        await Expect(page.Page.GetByText("Sent the autumn one.")).ToHaveCountAsync(0);
    }
}
