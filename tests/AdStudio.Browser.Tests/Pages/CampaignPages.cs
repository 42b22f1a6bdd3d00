using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Pages;

public sealed class CampaignPage(IPage page) : StudioPage(page)
{
    public ILocator State => Page.Locator(".page-head .line");
    public ILocator Tabs => Page.GetByRole(AriaRole.Navigation, new() { Name = "Parts of this page" });

    public async Task OpenAsync(Guid id, string? tab = null)
    {
        await Page.GotoAsync(tab is null ? $"/campaigns/{id}" : $"/campaigns/{id}?tab={tab}");
        await Expect(Tabs).ToBeVisibleAsync();
    }

    public Task UntilAsync(string platform, string state) => Expect(Panel(platform)).ToContainTextAsync(state, new() { Timeout = 45_000 });

    public Task TabAsync(string name) => Tabs.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
}

public sealed class CampaignsPage(IPage page) : StudioPage(page)
{
    public ILocator Outcomes => Page.GetByRole(AriaRole.Region, new() { Name = "What became of it" });

    public Task OpenAsync(string query = "") => OpenAsync("/campaigns" + query, "Campaigns");

    public async Task UntilListedAsync(string campaign)
    {
        for (var until = DateTime.UtcNow.AddMinutes(1); DateTime.UtcNow < until;)
        {
            await OpenAsync();
            await Expect(Row("Gift guide")).ToBeVisibleAsync();
            if (await Row(campaign).CountAsync() > 0) return;
        }
        throw new TimeoutException($"The campaign {campaign} was never listed.");
    }

    public Task SelectAsync(string campaign) => Row(campaign).GetByRole(AriaRole.Checkbox).CheckAsync();
}
