using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

/// <summary>Every page, wide and on a phone, light and dark: no serious barrier, nothing wider than the window, nothing wrong in the console.</summary>
public sealed class LooksTests(DemoStudio studio) : BrowserTest(studio)
{
    [Theory]
    [InlineData("overview", "/", "Overview")]
    [InlineData("campaigns", "/campaigns", "Campaigns")]
    [InlineData("templates", "/templates", "Templates")]
    [InlineData("creatives", "/creatives", "Creatives")]
    [InlineData("audiences", "/audiences", "Audiences")]
    [InlineData("pixels", "/pixels", "Pixels and conversions")]
    [InlineData("lead-forms", "/lead-forms", "Lead forms")]
    [InlineData("leads", "/leads", "Leads")]
    [InlineData("connections", "/connections", "Connections")]
    [InlineData("readings", "/connections/syncs", "Readings")]
    [InlineData("team", "/team", "Team")]
    [InlineData("approvals", "/approvals", "Approvals")]
    [InlineData("settings", "/settings", "Settings")]
    [InlineData("settings-authority", "/settings?tab=authority", "Settings")]
    [InlineData("settings-organization", "/settings?tab=organization", "Settings")]
    [InlineData("settings-people", "/settings?tab=people", "Settings")]
    [InlineData("settings-workspaces", "/settings?tab=workspaces", "Settings")]
    [InlineData("activity", "/activity", "Activity")]
    [InlineData("launches", "/launches", "Launches and changes")]
    [InlineData("developers", "/developers", "Developers")]
    [InlineData("api-reference", "/developers/reference?op=post_projects_projectId_ads_platform_campaigns", "API reference")]
    [InlineData("webhooks", "/developers/webhooks", "Webhooks")]
    [InlineData("api-keys", "/developers/keys", "API keys")]
    [InlineData("sandbox-console", "/sandbox", "Sandbox")]
    public async Task Page(string name, string address, string title)
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync(address, title);
        await Look.OverAsync(page.Page, name);
    }

    [Theory]
    [InlineData("sign-in", "/account/sign-in", "Sign in")]
    [InlineData("register", "/account/register", "Create an account")]
    [InlineData("forgotten-password", "/account/forgotten-password", "Forgotten password")]
    [InlineData("reset-password", "/account/reset-password", "Choose a new password")]
    [InlineData("confirm-email", "/account/confirm-email", "This link no longer works")]
    [InlineData("invitation", "/account/invitation", "Invitation")]
    public async Task Page_before_signing_in(string name, string address, string title)
    {
        var page = new SignInPage((await StrangerAsync()).Page);
        await page.OpenAsync(address, title);
        await Look.OverAsync(page.Page, name);
    }

    [Theory]
    [InlineData("Goal"), InlineData("Platforms"), InlineData("Audience"), InlineData("Creative"), InlineData("Budget"), InlineData("Review")]
    public async Task Step_of_the_wizard(string step)
    {
        var wizard = new CampaignWizard((await DemoPersonAsync()).Page);
        await wizard.OpenAsync(await IdOfAsync("Black Friday"), step);
        await Look.OverAsync(wizard.Page, $"wizard-{step.ToLowerInvariant()}");
    }

    [Theory]
    [InlineData("overview"), InlineData("platforms"), InlineData("ads"), InlineData("numbers"), InlineData("history")]
    public async Task Tab_of_a_campaign(string tab)
    {
        var page = new CampaignPage((await DemoPersonAsync()).Page);
        await page.OpenAsync(await IdOfAsync("Autumn collection"), tab);
        await Look.OverAsync(page.Page, $"campaign-{tab}");
    }

    [Theory]
    [InlineData("Budget"), InlineData("Audience"), InlineData("Creative"), InlineData("Review")]
    public async Task Step_of_a_change(string step)
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync($"/campaigns/{await IdOfAsync("Everywhere at once")}/change?step={step}", "Change “Everywhere at once”");
        await Look.OverAsync(page.Page, $"change-{step.ToLowerInvariant()}");
    }

    [Fact]
    public async Task What_was_done_opened()
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync("/activity?what=Campaign", "Activity");
        await page.Page.Locator(".deed .head").First.ClickAsync();
        await Expect(page.Page.Locator(".fields").First).ToBeVisibleAsync();
        await Look.OverAsync(page.Page, "activity-open");
    }

    [Fact]
    public async Task A_lead_form_and_a_lead()
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync("/lead-forms", "Lead forms");
        await page.Row("Catalogue by post").GetByRole(AriaRole.Link).First.ClickAsync();
        await page.UntilTitledAsync("Catalogue by post");
        await Look.OverAsync(page.Page, "lead-form");
        await page.OpenAsync("/leads", "Leads");
        await page.Page.Locator(".rows button").First.ClickAsync();
        await Expect(page.Page.GetByLabel("Assigned to").Last).ToBeVisibleAsync();
        await Look.OverAsync(page.Page, "lead");
    }

    [Fact]
    public async Task The_first_steps_of_a_new_organization()
    {
        var page = new SignInPage((await StrangerAsync()).Page);
        await page.RegisterAsync("Rosa Vidal", "Vidal & Daughters", NewAddress("looks"), Password);
        await Look.OverAsync(page.Page, "first-steps");
        var connections = new ConnectionsPage(page.Page);
        await connections.OpenAsync();
        await Expect(connections.Button("Connect Meta")).ToBeVisibleAsync();
        await Look.OverAsync(page.Page, "connections-none");
        foreach (var platform in new[] { "Meta", "Google" })
        {
            await connections.OpenAsync();
            await connections.ConnectFirstAsync(platform);
            await connections.Consent.UntilTitledAsync($"AdStudio wants access to your {platform} account");
            await Look.OverAsync(page.Page, $"consent-{platform.ToLowerInvariant()}");
        }
    }

    [Fact]
    public async Task The_second_factor()
    {
        var page = new SignInPage((await StrangerAsync()).Page);
        var settings = new SettingsPage(page.Page);
        var email = NewAddress("looks-factor");
        await page.RegisterAsync("Femi Ade", "Ade Ltd", email, Password);
        await settings.OpenAsync();
        await settings.TwoFactor.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await Expect(settings.TwoFactor.Locator(".key")).ToBeVisibleAsync();
        await Look.OverAsync(page.Page, "two-factor");
        await settings.OpenAsync();
        await settings.SetUpTwoFactorAsync();
        await page.SignOutAsync();
        await page.TryAsync(email, Password);
        await page.UntilTitledAsync("Second factor");
        await Look.OverAsync(page.Page, "second-factor");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await page.UntilTitledAsync("Recovery code");
        await Look.OverAsync(page.Page, "recovery-code");
    }

    [Theory]
    [InlineData("new-creative", "/creatives", "Creatives", "New creative")]
    [InlineData("new-audience", "/audiences", "Audiences", "New audience")]
    [InlineData("new-pixel", "/pixels", "Pixels and conversions", "New pixel")]
    [InlineData("new-lead-form", "/lead-forms", "Lead forms", "New form")]
    [InlineData("lead-settings", "/leads", "Leads", "Keeping and forwarding")]
    [InlineData("new-team", "/team", "Team", "New team")]
    [InlineData("add-people", "/team", "Team", "Add people")]
    [InlineData("new-key", "/developers/keys", "API keys", "New key")]
    [InlineData("new-webhook", "/developers/webhooks", "Webhooks", "New webhook")]
    [InlineData("new-workspace", "/settings?tab=workspaces", "Settings", "New workspace")]
    public async Task Dialog(string name, string address, string title, string button)
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync(address, title);
        await page.Button(button).First.ClickAsync();
        await Expect(page.Dialog).ToBeVisibleAsync();
        await Look.OverAsync(page.Page, $"dialog-{name}");
    }

    [Theory]
    [InlineData("palette", "Control+k"), InlineData("shortcuts", "?")]
    public async Task What_a_key_opens(string name, string key)
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync();
        await page.PressAsync(key);
        await Expect(page.Dialog).ToBeVisibleAsync();
        await Look.OverAsync(page.Page, $"dialog-{name}");
    }

    [Fact]
    public async Task Questions_and_menus()
    {
        var connections = new ConnectionsPage((await DemoPersonAsync()).Page);
        await connections.OpenAsync();
        await connections.AskToDisconnectAsync("Google", "Harbor & Pine Group");
        await Expect(connections.Dialog).ToContainTextAsync("AdStudio forgets");
        await Look.OverAsync(connections.Page, "dialog-disconnect");

        var team = new TeamPage(connections.Page);
        await team.OpenAsync();
        await team.ChooseAsync("More for Brand and stores", "Delete");
        await Expect(team.Page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();
        await Look.OverAsync(team.Page, "dialog-delete-team");
        await team.OpenAsync();
        await team.Page.GetByRole(AriaRole.Button, new() { Name = "Your menu" }).ClickAsync();
        await Look.OverAsync(team.Page, "menu-person");
    }

    [Fact]
    public async Task Nothing_there()
    {
        var visitor = await DemoPersonAsync();
        visitor.Expect("404");
        var page = new CampaignsPage(visitor.Page);
        await page.OpenAsync("/nothing-here", "There is nothing at this address");
        await Look.OverAsync(page.Page, "not-found");
    }

    private async Task<Guid> IdOfAsync(string campaign)
    {
        await using var db = await Studio.Get<Studio>().OpenForEveryoneAsync(CancellationToken.None);
        return await db.Campaigns.Where(c => c.Name == campaign).Select(c => c.Id).FirstAsync();
    }
}
