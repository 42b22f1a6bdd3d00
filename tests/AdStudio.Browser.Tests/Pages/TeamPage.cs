using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Pages;

public sealed class TeamPage(IPage page) : StudioPage(page)
{
    public Task OpenAsync() => OpenAsync("/team", "Team");

    public async Task CreateTeamAsync(string name)
    {
        await Button("New team").ClickAsync();
        await Dialog.GetByLabel("Name").FillAsync(name);
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await Expect(Panel(name)).ToBeVisibleAsync();
    }

    public async Task RenameTeamAsync(string from, string to)
    {
        await ChooseAsync($"More for {from}", "Rename");
        await Dialog.GetByLabel("Name").FillAsync(to);
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Expect(Panel(to)).ToBeVisibleAsync();
    }

    public async Task InviteAsync(string email, string team)
    {
        await Button("Add people").ClickAsync();
        await Dialog.GetByLabel("E-mail").FillAsync(email);
        await Dialog.GetByLabel("Team", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = team });
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        await Expect(Panel("Open invitations")).ToContainTextAsync(email);
    }

    public async Task GrantAsync(string person, string account, string access)
    {
        await Page.GetByRole(AriaRole.Combobox, new() { Name = $"What {person} may do with {account}" }).First.SelectOptionAsync(new SelectOptionValue { Label = access });
        await ToastAsync(account);
    }
}

public sealed class InvitationPage(IPage page) : StudioPage(page)
{
    public async Task AcceptAsync(string link, string organization, string name, string password)
    {
        await OpenAsync(link, $"Join {organization}");
        await Page.GetByLabel("Your name").FillAsync(name);
        await Page.GetByLabel("Choose a password").FillAsync(password);
        await Button("Join the team").ClickAsync();
        await UntilTitledAsync("Team");
    }
}
