using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using AdStudio.Core.Platforms;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class TemplatesTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task A_campaign_is_kept_as_a_template_and_another_is_begun_from_it()
    {
        var id = await new Drafts(Studio).WriteAsync("Worth repeating", Platform.Meta, Platform.Google);
        var campaign = new CampaignPage((await DemoPersonAsync()).Page);
        await campaign.OpenAsync(id);
        await campaign.ChooseAsync("More", "Save as template");
        await campaign.Dialog.GetByLabel("Template's name").FillAsync("Repeatable");
        await campaign.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save template" }).ClickAsync();
        await campaign.ToastAsync("Kept as the template “Repeatable”");

        await campaign.OpenAsync("/templates", "Templates");
        var card = campaign.Page.Locator(".template").Filter(new() { HasText = "Repeatable" });
        await Expect(card).ToContainTextAsync("Meta");
        await campaign.ChooseAsync("More for Repeatable", "Rename");
        await campaign.Dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Repeatable sale");
        await campaign.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await campaign.SeesAsync("Repeatable sale");

        await campaign.ChooseAsync("More for Repeatable sale", "Delete");
        await Expect(campaign.Page.Locator(".template").Filter(new() { HasText = "Repeatable sale" })).ToHaveCountAsync(0);
        await campaign.Button("Undo").ClickAsync();
        await campaign.Button("Write a campaign from Repeatable sale").ClickAsync();

        var wizard = new CampaignWizard(campaign.Page);
        await Expect(wizard.Steps).ToBeVisibleAsync();
        await Expect(wizard.Name).ToHaveValueAsync("Repeatable sale");
        await wizard.GoToAsync("Platforms");
        foreach (var platform in new[] { "Meta", "Google" }) await Expect(wizard.Panel(platform).GetByRole(AriaRole.Checkbox).First).ToBeCheckedAsync();
    }
}
