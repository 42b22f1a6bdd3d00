using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class ConnectingTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task Both_platforms_are_connected_by_their_consent_pages_and_disconnecting_says_what_is_lost()
    {
        var page = await InNewWorkspaceAsync();
        await page.ConnectFirstAsync("Meta");
        await page.Consent.AllowAsync("Meta", "Mara Lindqvist");
        await Expect(page.Problem).ToContainTextAsync("Connected");
        await page.ConnectNextAsync("Google");
        await page.Consent.AllowAsync("Google", "Mara Lindqvist");

        foreach (var (platform, account) in new[] { ("Meta", "act_1045550120001"), ("Google", "8005550101") })
        {
            await Expect(page.Card(platform)).ToContainTextAsync("Good");
            await Expect(page.Row(account)).ToContainTextAsync("USD");
            await Expect(page.Row(account)).ToContainTextAsync("America/New York");
            await Expect(page.Row(account)).ToContainTextAsync("Active");
        }
        await Expect(page.Row("act_1045550120003")).ToContainTextAsync("Payment due");

        await page.AskToDisconnectAsync("Google", "Harbor & Pine Group");
        await Expect(page.Dialog).ToContainTextAsync("AdStudio forgets its access to");
        await Expect(page.Dialog).ToContainTextAsync("Campaigns, numbers and history stay");
        await page.Dialog.GetByText("Disconnect", new() { Exact = true }).ClickAsync();
        await Expect(page.Card("Google")).ToContainTextAsync("Disconnected");
        await Expect(page.Card("Meta")).ToContainTextAsync("Good");
    }

    [Fact]
    public async Task Who_declines_connects_nothing_and_a_permission_that_is_missing_is_named_with_what_to_do()
    {
        var page = await InNewWorkspaceAsync();
        await page.ConnectFirstAsync("Meta");
        await page.Consent.DeclineAsync("Meta");
        await Expect(page.Problem).ToContainTextAsync("Nothing was connected");

        await page.ConnectFirstAsync("Meta");
        await page.Consent.AllowAsync("Meta", "Mara Lindqvist", without: "ads_management");
        await Expect(page.Card("Meta")).ToContainTextAsync("Permission missing");
        await Expect(page.Card("Meta")).ToContainTextAsync("econnect");

        await page.ReconnectAsync("Meta");
        await page.Consent.AllowAsync("Meta", "Mara Lindqvist");
        await Expect(page.Card("Meta")).ToContainTextAsync("Good");
    }

    private async Task<ConnectionsPage> InNewWorkspaceAsync()
    {
        var visitor = await StrangerAsync();
        await new SignInPage(visitor.Page).RegisterAsync("Noor Aziz", "Aziz Studio", NewAddress("noor"), Password);
        var page = new ConnectionsPage(visitor.Page);
        await page.OpenAsync();
        return page;
    }
}
