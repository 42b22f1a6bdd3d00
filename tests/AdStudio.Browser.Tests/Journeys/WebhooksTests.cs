using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class WebhooksTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task An_endpoint_is_set_up_tested_fails_is_sent_to_again_and_deleted()
    {
        var page = new CampaignsPage((await DemoPersonAsync()).Page);
        await page.OpenAsync("/developers/webhooks", "Webhooks");
        await page.Button("New webhook").First.ClickAsync();
        await page.Dialog.GetByLabel("Address").FillAsync("ftp://nowhere");
        await page.Dialog.GetByLabel("What it is for").FillAsync("Order system");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Make webhook" }).ClickAsync();
        await Expect(page.Dialog).ToContainTextAsync("Choose at least one event.");
        await page.Dialog.GetByLabel("Address").FillAsync(new Uri(Studio.Receiver.Address, "/orders").ToString());
        await page.Dialog.GetByLabel("It fails on a platform").CheckAsync();
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Make webhook" }).ClickAsync();
        var secret = await page.Dialog.Locator("[data-secret]").InnerTextAsync();
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "I have copied it" }).ClickAsync();
        await Expect(page.Page.GetByText(secret)).ToHaveCountAsync(0);

        await page.Row("Order system").GetByRole(AriaRole.Link).First.ClickAsync();
        await page.UntilTitledAsync("Order system");
        await page.Button("Send a test").ClickAsync();
        var deliveries = page.Page.GetByRole(AriaRole.List, new() { Name = "Deliveries" });
        await Expect(deliveries).ToContainTextAsync("Delivered");
        Studio.Receiver.At("/orders").ShouldHaveSingleItem().IsSignedBy(secret, DateTimeOffset.UtcNow).ShouldBeTrue();

        Studio.Receiver.Answer("/orders", 503, "Closed for stocktaking");
        await page.Button("Send a test").ClickAsync();
        await Expect(deliveries).ToContainTextAsync("answered 503");
        await deliveries.Locator("summary").First.ClickAsync();
        await Expect(deliveries).ToContainTextAsync("Closed for stocktaking");
        await Look.OverAsync(page.Page, "webhook");
        Studio.Receiver.Answer("/orders", 200);
        await page.Button("Send ping again").First.ClickAsync();
        await Expect(deliveries.GetByText("Delivered")).ToHaveCountAsync(2);
        Studio.Receiver.At("/orders").Select(r => r.EventId).Distinct().Count().ShouldBe(2);

        await page.ChooseAsync($"More for {new Uri(Studio.Receiver.Address, "/orders")}", "New secret");
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Make a new secret" }).ClickAsync();
        (await page.Dialog.Locator("[data-secret]").InnerTextAsync()).ShouldNotBe(secret);
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "I have copied it" }).ClickAsync();

        await page.ChooseAsync($"More for {new Uri(Studio.Receiver.Address, "/orders")}", "Delete");
        await page.ConfirmAsync("Delete webhook", saying: "is told nothing any more");
        await page.UntilTitledAsync("Webhooks");
        await Expect(page.Page.GetByText("Order system")).ToHaveCountAsync(0);
    }
}
