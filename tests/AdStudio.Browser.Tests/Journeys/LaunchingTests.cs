using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using AdStudio.Core.Platforms;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class LaunchingTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task A_running_campaign_is_paused_resumed_and_duplicated()
    {
        var page = new CampaignPage((await DemoPersonAsync()).Page);
        await LaunchAsync(page, "Paused and resumed");
        foreach (var platform in new[] { "Meta", "Google" }) await page.UntilAsync(platform, "Running");

        await page.Button("Pause").ClickAsync();
        foreach (var platform in new[] { "Meta", "Google" }) await page.UntilAsync(platform, "Paused");
        await page.Button("Resume").ClickAsync();
        await page.ConfirmAsync("Resume", saying: "It goes on spending");
        foreach (var platform in new[] { "Meta", "Google" }) await page.UntilAsync(platform, "Running");
        await Expect(page.State).ToContainTextAsync("Running");

        await page.ChooseAsync("More", "Duplicate");
        var copy = new CampaignWizard(page.Page);
        await Expect(copy.Steps).ToBeVisibleAsync();
        await Expect(copy.Name).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("Paused and resumed"));
    }

    [Fact]
    public async Task What_runs_is_changed_after_a_look_at_what_each_platform_would_receive()
    {
        var page = new CampaignPage((await DemoPersonAsync()).Page);
        await LaunchAsync(page, "Changed while it runs");
        foreach (var platform in new[] { "Meta", "Google" }) await page.UntilAsync(platform, "Running");

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Change", Exact = true }).ClickAsync();
        await page.UntilTitledAsync("Change “Changed while it runs”");
        var amount = page.Page.GetByLabel("Amount");
        await amount.FillAsync("300");
        await amount.BlurAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Review" }).ClickAsync();
        await page.SeesAsync("$300 a day");
        await page.Button("Send the change").ClickAsync();
        await page.ConfirmAsync("Send", saying: "$250 a day becomes $300 a day");

        await page.ToastAsync("Sending the change");
        foreach (var platform in new[] { "Meta", "Google" }) await page.UntilAsync(platform, "$150.00");
    }

    [Fact]
    public async Task What_one_platform_refuses_is_said_in_its_own_words_while_the_other_runs_and_can_be_tried_again()
    {
        var page = new CampaignPage((await DemoPersonAsync()).Page);
        Studio.Sandbox.Policy.Add(new("google", "colder days", "create", "MISREPRESENTATION"));
        await LaunchAsync(page, "Refused by one");
        await page.UntilAsync("Google", "“");
        await page.UntilAsync("Google", "Failed");
        await page.UntilAsync("Meta", "Running");

        Studio.Sandbox.Policy.Clear();
        await page.Panel("Google").GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await page.UntilAsync("Google", "Running");
    }

    [Fact]
    public async Task What_was_refused_can_be_rolled_back()
    {
        var page = new CampaignPage((await DemoPersonAsync()).Page);
        Studio.Sandbox.Policy.Add(new("meta", "colder days", "create", "Community standards"));
        await LaunchAsync(page, "Rolled back", Platform.Meta);
        await page.UntilAsync("Meta", "Failed");
        Studio.Sandbox.Policy.Clear();

        await page.Panel("Meta").GetByRole(AriaRole.Button, new() { Name = "Roll back" }).ClickAsync();
        await page.ConfirmAsync("Roll back", saying: "removed there");
        await page.UntilAsync("Meta", "Rolled back");
    }

    [Fact]
    public async Task Several_are_paused_at_once_with_a_result_for_each()
    {
        var page = new CampaignPage((await DemoPersonAsync()).Page);
        await LaunchAsync(page, "Together A", Platform.Meta);
        await page.UntilAsync("Meta", "Running");
        await new Drafts(Studio).WriteAsync("Together B", Platform.Meta);

        var list = new CampaignsPage(page.Page);
        await list.OpenAsync("?q=Together");
        await list.SelectAsync("Together A");
        await list.SelectAsync("Together B");
        await list.Panel("What is selected").GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(list.Outcomes).ToContainTextAsync("1 of 2 campaigns paused");
        await Expect(list.Outcomes.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(list.Outcomes).ToContainTextAsync("is pausing");
    }

    private async Task LaunchAsync(CampaignPage page, string name, params Platform[] platforms)
    {
        var wizard = new CampaignWizard(page.Page);
        await wizard.OpenAsync(await new Drafts(Studio).WriteAsync(name, platforms), "Review");
        await wizard.LaunchAsync();
    }
}
