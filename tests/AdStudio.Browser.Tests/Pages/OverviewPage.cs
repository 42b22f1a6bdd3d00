using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Pages;

public sealed partial class OverviewPage(IPage page) : StudioPage(page)
{
    public ILocator Table => Page.GetByRole(AriaRole.Table, new() { Name = "Campaigns with their figures" });

    public ILocator Tile(string name) => Page.Locator(".tile").Filter(new() { HasText = name }).First;

    public Task OpenAsync(string query = "") => OpenAsync("/" + query, "Overview");

    public Task SpendsAsync() => Expect(Tile("Spend")).ToContainTextAsync(Amount());

    /// <summary>On the first run the demo's past is still being made: launched, paused, read.</summary>
    public async Task UntilNumbersAsync()
    {
        await UntilTitledAsync("Overview");
        var (tile, rows) = (Tile("Spend").Filter(new() { HasTextRegex = Amount() }), Table.GetByRole(AriaRole.Row).Filter(new() { HasText = "Gift guide" }).Filter(new() { HasTextRegex = Amount() }));
        for (var until = DateTime.UtcNow.AddMinutes(4); DateTime.UtcNow < until; await Page.ReloadAsync())
        {
            try
            {
                await Expect(tile).ToBeVisibleAsync(new() { Timeout = 5_000 });
                await Expect(rows).ToBeVisibleAsync(new() { Timeout = 5_000 });
                await Expect(Button("Sync now")).ToBeEnabledAsync(new() { Timeout = 5_000 });
                return;
            }
            catch (PlaywrightException) when (DateTime.UtcNow < until)
            {
                // Not yet.
            }
        }
        throw new TimeoutException("The overview never showed the demo's numbers.");
    }

    public async Task SyncNowAsync()
    {
        await Button("Sync now").ClickAsync();
        await Expect(Page.GetByText("Reading").First).ToBeVisibleAsync();
        await Expect(Button("Sync now")).ToBeEnabledAsync(new() { Timeout = 60_000 });
    }

    /// <summary>Opens a row: a campaign shows its ad sets, an ad set its ads.</summary>
    public Task DrillAsync(string name) => Table.GetByRole(AriaRole.Row).Filter(new() { HasText = name }).First.Locator("button[aria-expanded=false]").First.ClickAsync();

    [GeneratedRegex(@"\$\s?[\d,.]+[KM]?")]
    private static partial Regex Amount();
}
