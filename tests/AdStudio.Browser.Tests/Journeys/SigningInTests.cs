using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class SigningInTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task The_demo_person_signs_in_and_sees_numbers_of_both_platforms_with_currency_and_as_of()
    {
        var visitor = await StrangerAsync();
        await new SignInPage(visitor.Page).SignInAsync(DemoStudio.Email, DemoStudio.Password);
        var overview = new OverviewPage(visitor.Page);
        await overview.UntilNumbersAsync();

        await overview.SeesAsync("As of");
        await overview.SeesAsync("Up to date");
        await Expect(overview.Table).ToContainTextAsync("Autumn collection");
        foreach (var platform in new[] { "meta", "google" })
        {
            await overview.OpenAsync($"?on={platform}");
            await overview.SpendsAsync();
        }

        await new SignInPage(visitor.Page).SignOutAsync();
        await overview.OpenAsync("/campaigns", "Sign in");
    }

    [Fact]
    public async Task A_wrong_password_is_told_kindly_and_after_five_sign_in_rests()
    {
        var email = await RegisteredAsync("lock");
        var page = new SignInPage((await StrangerAsync()).Page);
        await page.TryAsync("nobody@nowhere.example", "Not-this-1");
        await Expect(page.Problem).ToContainTextAsync("don't go together");

        for (var tries = 0; tries < 5; tries++)
        {
            await page.TryAsync(email, "Not-this-1");
            await Expect(page.Page.GetByLabel("E-mail")).ToHaveValueAsync(email);
            await Expect(page.Problem).ToContainTextAsync("don't go together");
        }
        await page.TryAsync(email, Password);
        await Expect(page.Problem).ToContainTextAsync("rests for 15 minutes");
    }

    [Fact]
    public async Task Who_registers_has_an_organization_and_confirms_the_address_by_mail()
    {
        var visitor = await StrangerAsync();
        var email = NewAddress("register");
        await new SignInPage(visitor.Page).RegisterAsync("Rosa Vidal", "Vidal & Daughters", email, Password);
        await new OverviewPage(visitor.Page).SeesAsync("Connect your ad accounts");
        await new OverviewPage(visitor.Page).SeesAsync("Vidal & Daughters");

        var settings = new SettingsPage(visitor.Page);
        await settings.OpenAsync();
        await settings.SeesAsync("Your address isn't confirmed yet");
        await settings.OpenAsync(await Studio.Mail.LinkAsync(email, "/account/confirm-email"), "Thank you");
        await settings.OpenAsync();
        await Expect(visitor.Page.GetByLabel("E-mail")).ToHaveValueAsync(email);
        await Expect(visitor.Page.GetByText("Your address isn't confirmed yet")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_forgotten_password_is_set_anew_by_a_link_that_works_once()
    {
        var email = await RegisteredAsync("forgot");
        var page = new SignInPage((await StrangerAsync()).Page);
        await page.AskForNewPasswordAsync(email);
        var link = await Studio.Mail.LinkAsync(email, "/account/reset-password");
        await page.SetPasswordAsync(link, "Other-lantern-8");
        await page.SeesAsync("Your new password is set");
        await page.SignInAsync(email, "Other-lantern-8");

        var again = new SignInPage((await StrangerAsync()).Page);
        await again.SetPasswordAsync(link, "Third-lantern-9");
        await Expect(again.Problem).ToContainTextAsync("no longer works");
    }

    [Fact]
    public async Task With_a_second_factor_a_code_or_a_recovery_code_is_asked_for()
    {
        var page = new SignInPage((await StrangerAsync()).Page);
        var settings = new SettingsPage(page.Page);
        var email = NewAddress("factor");
        await page.RegisterAsync("Femi Ade", "Ade Ltd", email, Password);
        await settings.OpenAsync();
        var (key, codes) = await settings.SetUpTwoFactorAsync();
        await page.SignOutAsync();

        await page.TryAsync(email, Password);
        await page.GiveCodeAsync("000000");
        await Expect(page.Problem).ToContainTextAsync("doesn't fit");
        // The code that set it up is spent; the app's next one is taken early.
        await page.GiveCodeAsync(Authenticator.CodeOf(key, stepsAhead: 1));
        await page.UntilTitledAsync("Overview");
        await page.SignOutAsync();

        await page.TryAsync(email, Password);
        await page.GiveRecoveryCodeAsync(codes[3]);
        await page.UntilTitledAsync("Overview");
        await settings.OpenAsync();
        await Expect(settings.TwoFactor).ToContainTextAsync("9 recovery codes left");
    }

    [Fact]
    public async Task A_session_elsewhere_is_listed_and_can_be_signed_out()
    {
        var email = await RegisteredAsync("sessions");
        var (here, there) = (new SignInPage((await StrangerAsync()).Page), new SignInPage((await StrangerAsync()).Page));
        await here.SignInAsync(email, Password);
        await there.SignInAsync(email, Password);

        var settings = new SettingsPage(here.Page);
        await settings.OpenAsync();
        // The one that registered is the third.
        await Expect(settings.Sessions.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await Expect(settings.Sessions).ToContainTextAsync("This browser");
        await settings.Sessions.GetByRole(AriaRole.Button, new() { Name = "Sign out all others" }).ClickAsync();
        await Expect(settings.Sessions.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);

        await there.OpenAsync("/campaigns", "Sign in");
    }

    private async Task<string> RegisteredAsync(string who)
    {
        var email = NewAddress(who);
        await new SignInPage((await StrangerAsync()).Page).RegisterAsync("Rosa Vidal", $"{who} Ltd", email, Password);
        return email;
    }
}
