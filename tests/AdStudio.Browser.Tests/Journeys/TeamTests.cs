using System.Text.RegularExpressions;
using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class TeamTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task A_viewer_who_was_invited_by_mail_sees_a_campaign_but_cannot_change_it()
    {
        var admin = await StrangerAsync();
        await new SignInPage(admin.Page).RegisterAsync("Ida Brandt", "Brandt Media", NewAddress("ida"), Password);
        var connections = new ConnectionsPage(admin.Page);
        await connections.OpenAsync();
        await connections.ConnectFirstAsync("Meta");
        await connections.Consent.AllowAsync("Meta", "Tomás Reyes");
        var account = await connections.Card("Meta").Locator(".account b").First.InnerTextAsync();

        var wizard = new CampaignWizard(admin.Page);
        await wizard.BeginAsync();
        await wizard.AimAsync("Spring sale", "Traffic");
        await wizard.GoToAsync("Platforms");
        await wizard.Panel("Meta").GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await wizard.UntilSavedAsync();
        var campaign = wizard.Id;

        var team = new TeamPage(admin.Page);
        var email = NewAddress("vera");
        await team.OpenAsync();
        await team.InviteAsync(email, "Default team");
        var viewer = await StrangerAsync();
        await new InvitationPage(viewer.Page).AcceptAsync(await Studio.Mail.LinkAsync(email, "/account/invitation"), "Brandt Media", "Vera Holm", Password);
        await team.OpenAsync();
        await team.GrantAsync("Vera Holm", account, "Viewer");

        var campaigns = new CampaignsPage(viewer.Page);
        await campaigns.OpenAsync();
        await campaigns.ChooseAsync("More for Spring sale", "Delete");
        await Expect(campaigns.Problem).ToContainTextAsync(new Regex("manage", RegexOptions.IgnoreCase));
        var page = new CampaignPage(viewer.Page);
        await page.OpenAsync(campaign);
        await page.UntilTitledAsync("Spring sale");
        await Expect(viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Continue editing" })).ToHaveCountAsync(0);
        await Expect(page.Button("More")).ToHaveCountAsync(0);
        // The wizard isn't for them: its address leads to the campaign.
        await viewer.Page.GotoAsync($"/campaigns/{campaign}/edit?step=Review");
        await Expect(page.Tabs).ToBeVisibleAsync();
        await Expect(page.Button("Launch")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Teams_are_made_and_renamed_and_a_workspace_goes_with_what_its_deletion_names()
    {
        var admin = await StrangerAsync();
        await new SignInPage(admin.Page).RegisterAsync("Ola Berg", "Berg & Co", NewAddress("ola"), Password);
        await new SettingsPage(admin.Page).CreateWorkspaceAsync("Fjord Skis");

        var team = new TeamPage(admin.Page);
        await team.CreateTeamAsync("Lunch team");
        await team.RenameTeamAsync("Lunch team", "Launch team");
        await team.ChooseAsync("More for this workspace", "Delete the workspace");
        await team.ConfirmAsync("Delete workspace", saying: "2 teams (Default team, Launch team)", typing: "Fjord Skis");
        await team.ToastAsync("Fjord Skis is deleted");
        await Expect(admin.Page.Locator(".switcher")).Not.ToContainTextAsync("Fjord Skis");
    }
}
