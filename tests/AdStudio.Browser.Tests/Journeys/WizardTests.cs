using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class WizardTests(DemoStudio studio) : BrowserTest(studio)
{
    private const string Script = "<script>alert(1)</script>";

    [Fact]
    public async Task A_campaign_is_written_from_goal_to_review_and_launched_on_two_platforms()
    {
        var wizard = new CampaignWizard((await DemoPersonAsync()).Page);
        var creative = new CreativeEditor(wizard.Page);
        await wizard.BeginAsync();
        await wizard.AimAsync($"Winter boots {Script}", "Traffic");
        await wizard.NextAsync("Platforms");
        await wizard.RunOnAsync("Meta", "Harbor & Pine US");
        await wizard.RunOnAsync("Google", "Harbor & Pine US");

        await wizard.NextAsync("Audience");
        await wizard.SearchByKeyboardAsync("Places", "Portl", "Portland");
        await wizard.SearchByKeyboardAsync("Interests", "Run", "Running");

        await wizard.NextAsync("Creative");
        await creative.OpenAsync();
        await creative.UploadAsync("boots.jpg", "image/jpeg", await Studio.NewImageAsync());
        await creative.WriteAsync("Boots", $"Warm feet {Script}", "Made for snow", "https://harborandpine.example/boots");
        await Expect(creative.Preview).ToContainTextAsync($"Warm feet {Script}");
        await Expect(creative.Preview).ToContainTextAsync("Made for snow");
        await creative.SaveAsync();
        await Expect(wizard.Page.GetByRole(AriaRole.Complementary, new() { Name = "Preview" })).ToContainTextAsync("Made for snow");

        await wizard.NextAsync("Budget");
        await wizard.SpendAsync("0.50");
        await Expect(wizard.Findings.First).ToContainTextAsync("at least");
        await wizard.SpendAsync("80");
        await Expect(wizard.Findings).ToHaveCountAsync(0);
        await wizard.UntilSavedAsync();

        await wizard.NextAsync("Review");
        await wizard.SeesAsync("$80.00");
        await Expect(wizard.Panel("Meta")).ToContainTextAsync("field");
        await Expect(wizard.Panel("Google")).ToContainTextAsync("field");
        await wizard.LaunchAsync();

        var page = new CampaignPage(wizard.Page);
        await page.UntilTitledAsync($"Winter boots {Script}");
        foreach (var platform in new[] { "Meta", "Google" }) await page.UntilAsync(platform, "Running");
    }

    [Fact]
    public async Task A_browser_that_dies_in_the_middle_loses_nothing_that_was_typed()
    {
        var first = await DemoPersonAsync();
        var wizard = new CampaignWizard(first.Page);
        await wizard.BeginAsync();
        await wizard.AimAsync("Half a campaign", "Awareness");
        await wizard.GoToAsync("Budget");
        await wizard.SpendAsync("123.45");
        await wizard.UntilSavedAsync();
        var id = wizard.Id;
        await first.DisposeAsync();

        var again = new CampaignWizard((await DemoPersonAsync()).Page);
        await again.OpenAsync(id);
        await Expect(again.Name).ToHaveValueAsync("Half a campaign");
        await Expect(again.Page.GetByRole(AriaRole.Radio, new() { Checked = true })).ToHaveCountAsync(1);
        await again.GoToAsync("Budget");
        await Expect(again.Amount).ToHaveValueAsync("123.45");
    }

    [Fact]
    public async Task Two_who_edit_one_campaign_are_shown_both_versions_and_choose()
    {
        var id = await new Drafts(Studio).WriteAsync("Edited by two");
        var (mine, theirs) = (new CampaignWizard((await DemoPersonAsync()).Page), new CampaignWizard((await DemoPersonAsync()).Page));
        await mine.OpenAsync(id);
        await theirs.OpenAsync(id, "Budget");
        await theirs.SpendAsync("300");
        await theirs.UntilSavedAsync();
        await Expect(theirs.Amount).ToHaveValueAsync("300");

        await mine.Name.FillAsync("My own name");
        await Expect(mine.Conflict).ToContainTextAsync("while you were editing it");
        await Expect(mine.Conflict).ToContainTextAsync("My own name");
        await Expect(mine.Conflict).ToContainTextAsync("$300");
        await mine.Button("Go on with these").ClickAsync();
        await Expect(mine.Conflict).ToHaveCountAsync(0);
        await mine.UntilSavedAsync();
        await mine.GoToAsync("Budget");
        await Expect(mine.Amount).ToHaveValueAsync("300");
        await Expect(mine.Page.GetByRole(AriaRole.Heading, new() { Name = "My own name", Level = 1 })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("notes.jpg", "image/jpeg", "This is no image at all.")]
    [InlineData("../../x.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    public async Task A_file_that_is_no_image_is_refused_in_words(string name, string type, string content)
    {
        var page = await DemoPersonAsync();
        var editor = new CreativeEditor(page.Page);
        await editor.OpenAsync("/creatives", "Creatives");
        await editor.OpenAsync();
        await editor.ChooseFileAsync(name, type, System.Text.Encoding.UTF8.GetBytes(content));
        await Expect(editor.Dialog.Locator(".notice")).ToBeVisibleAsync();
        (await editor.Dialog.Locator(".notice").InnerTextAsync()).ShouldNotContain("Exception");
    }
}
