using Microsoft.Playwright;

namespace AdStudio.Browser.Tests.Pages;

/// <summary>Signing in and out, registering, forgotten passwords.</summary>
public sealed class SignInPage(IPage page) : StudioPage(page)
{
    public async Task TryAsync(string email, string password)
    {
        if (!Page.Url.Contains("/account/sign-in", StringComparison.Ordinal)) await OpenAsync("/account/sign-in", "Sign in");
        await Page.GetByLabel("E-mail").FillAsync(email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Button("Sign in").ClickAsync();
    }

    public async Task SignInAsync(string email, string password)
    {
        await TryAsync(email, password);
        await UntilTitledAsync("Overview");
    }

    public async Task SignOutAsync()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Your menu" }).ClickAsync();
        await Button("Sign out").ClickAsync();
        await UntilTitledAsync("Sign in");
    }

    public async Task RegisterAsync(string name, string organization, string email, string password)
    {
        await OpenAsync("/account/register", "Create an account");
        await Page.GetByLabel("Your name").FillAsync(name);
        await Page.GetByLabel("Organization").FillAsync(organization);
        await Page.GetByLabel("E-mail").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(password);
        await Button("Create account").ClickAsync();
        await UntilTitledAsync("Overview");
    }

    public async Task AskForNewPasswordAsync(string email)
    {
        await OpenAsync("/account/forgotten-password", "Forgotten password");
        await Page.GetByLabel("E-mail").FillAsync(email);
        await Button("Send the link").ClickAsync();
        await UntilTitledAsync("Look into your mail");
    }

    public async Task SetPasswordAsync(string link, string password)
    {
        await OpenAsync(link, "Choose a new password");
        await Page.GetByLabel("New password").FillAsync(password);
        await Button("Set the password").ClickAsync();
    }

    public async Task GiveCodeAsync(string code)
    {
        await UntilTitledAsync("Second factor");
        await Page.GetByLabel("Code").FillAsync(code);
        await Button("Sign in").ClickAsync();
    }

    public async Task GiveRecoveryCodeAsync(string code)
    {
        await UntilTitledAsync("Second factor");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await UntilTitledAsync("Recovery code");
        await Page.GetByLabel("Recovery code").FillAsync(code);
        await Button("Sign in").ClickAsync();
    }
}
