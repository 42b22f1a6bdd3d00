using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using AdStudio.Core.Platforms;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class CountryGroupsTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task Two_groups_are_written_reviewed_and_launched_as_two_campaigns_on_one_platform()
    {
        var wizard = new CampaignWizard((await DemoPersonAsync()).Page);
        await wizard.OpenAsync(await new Drafts(Studio).WriteAsync("In two parts", Platform.Meta), "Audience");
        await wizard.Button("Add a country group").ClickAsync();
        await wizard.Page.GetByLabel("Name of group 1").FillAsync("Home");
        await wizard.Button("Add a country group").ClickAsync();
        await wizard.Page.GetByLabel("Name of group 2").FillAsync("North");
        await wizard.SearchByKeyboardAsync("Places of North", "Swed", "Sweden");
        await Share(wizard, "Home").FillAsync("75");
        await Share(wizard, "North").FillAsync("20");
        await Share(wizard, "North").BlurAsync();
        await Expect(wizard.Findings.Filter(new() { HasText = "come to 95 %" })).ToHaveCountAsync(1);
        await Share(wizard, "North").FillAsync("25");
        await Share(wizard, "North").BlurAsync();
        await Expect(wizard.Findings.Filter(new() { HasText = "come to" })).ToHaveCountAsync(0);
        await wizard.UntilSavedAsync();
        await Look.OverAsync(wizard.Page, "wizard-groups");

        await wizard.GoToAsync("Budget");
        await wizard.SpendAsync("200");
        await wizard.UntilSavedAsync();
        await wizard.GoToAsync("Review");
        var groups = wizard.Panel("Country groups").First;
        await Expect(groups).ToContainTextAsync("$150.00");
        await Expect(groups).ToContainTextAsync("$50.00");
        await wizard.LaunchAsync();

        var page = new CampaignPage(wizard.Page);
        await page.UntilTitledAsync("In two parts");
        foreach (var group in new[] { "Home", "North" })
        {
            await page.UntilAsync(group, "Running");
            await Expect(page.Panel(group)).ToContainTextAsync("id ");
        }
        await Look.OverAsync(page.Page, "campaign-groups");
    }

    private static ILocator Share(CampaignWizard wizard, string group) => wizard.Page.GetByLabel($"Share of {group} in percent");
}
