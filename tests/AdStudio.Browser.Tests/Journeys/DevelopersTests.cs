using System.Net;
using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class DevelopersTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task A_key_is_made_shown_once_works_is_rotated_and_revoked()
    {
        var page = await OnDevelopersAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "API keys" }).ClickAsync();
        await page.Button("New key").ClickAsync();
        await page.Dialog.GetByLabel("Name").FillAsync("Shop backend");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Make key" }).ClickAsync();
        var key = await page.Dialog.Locator("[data-key]").InnerTextAsync();
        (await AskAsync(key)).ShouldBe(HttpStatusCode.OK);
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "I have copied it" }).ClickAsync();
        await Expect(page.Page.GetByText(key)).ToHaveCountAsync(0);

        await page.Button("Rotate Shop backend").ClickAsync();
        await page.Dialog.GetByLabel("The old key ends").SelectOptionAsync("At once");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Rotate key" }).ClickAsync();
        var next = await page.Dialog.Locator("[data-key]").InnerTextAsync();
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "I have copied it" }).ClickAsync();
        (await AskAsync(next)).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(key)).ShouldNotBe(HttpStatusCode.OK);

        await page.Button("Revoke Shop backend").First.ClickAsync();
        await page.ConfirmAsync("Revoke key", saying: "Programs that use it are refused");
        await Expect(page.Row("Revoked")).ToContainTextAsync("Shop backend");
        (await AskAsync(next)).ShouldNotBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("crm", "/api/crm/ads/campaigns"), InlineData("embedded", "/api/v1/auth/token")]
    public async Task The_reference_describes_each_surface(string surface, string path)
    {
        var page = await OnDevelopersAsync();
        await page.Page.GotoAsync((await page.Page.Locator($"a[href*='{surface}']").Filter(new() { HasText = "Reference" }).GetAttributeAsync("href"))!);
        await Expect(page.Page.GetByText(path, new() { Exact = true }).First).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = path }).First.ClickAsync();
        await Expect(page.Page.GetByLabel("A line to copy")).ToContainTextAsync("curl");
    }

    private async Task<CampaignsPage> OnDevelopersAsync()
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync("/developers", "Developers");
        return page;
    }

    private async Task<HttpStatusCode> AskAsync(string key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Studio.Address}/api/crm/ads/accounts"));
        request.Headers.Add("x-api-key", key);
        return (await http.SendAsync(request)).StatusCode;
    }
}
