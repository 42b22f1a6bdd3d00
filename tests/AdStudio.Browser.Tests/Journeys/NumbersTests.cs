using System.Globalization;
using System.Text.RegularExpressions;
using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed partial class NumbersTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task Time_passes_at_the_platforms_and_sync_now_brings_what_was_spent_meanwhile()
    {
        var overview = new OverviewPage((await DemoPersonAsync()).Page);
        await overview.OpenAsync("?range=today");
        await Expect(overview.Row("All campaigns")).ToBeVisibleAsync();
        var before = await SpentAsync(overview);
        Studio.Sandbox.Clock.Advance(TimeSpan.FromDays(2));
        try
        {
            await overview.SyncNowAsync();
            await overview.OpenAsync("?range=today");
            await Expect(overview.Row("All campaigns")).ToContainTextAsync("$");
            (await SpentAsync(overview)).ShouldBeGreaterThan(before);
        }
        finally
        {
            Studio.Sandbox.Clock.FollowRealTime();
        }
    }

    [Fact]
    public async Task A_campaign_opens_into_ad_sets_and_ads_and_the_chart_into_a_table()
    {
        var overview = new OverviewPage((await DemoPersonAsync()).Page);
        await overview.OpenAsync("?q=Autumn");
        await overview.DrillAsync("Autumn collection");
        await Expect(overview.Table.Locator("tbody tr")).Not.ToHaveCountAsync(1);
        var sets = await overview.Table.Locator("tbody tr").CountAsync();
        await overview.Table.Locator("tbody tr").Nth(1).Locator("button[aria-expanded=false]").ClickAsync();
        await Expect(overview.Table.Locator("tbody tr")).Not.ToHaveCountAsync(sets);

        await overview.Page.GetByLabel("Metric of the chart").SelectOptionAsync(new SelectOptionValue { Label = "Clicks" });
        await Expect(overview.Page.GetByRole(AriaRole.Heading, new() { Name = "Clicks by day" })).ToBeVisibleAsync();
        await overview.Button("Show as table").ClickAsync();
        var table = overview.Page.GetByRole(AriaRole.Table, new() { Name = "Clicks by day" });
        (await table.GetByRole(AriaRole.Row).CountAsync()).ShouldBeGreaterThan(7);
        await Expect(table).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_numbers_are_downloaded_as_csv()
    {
        var overview = new OverviewPage((await DemoPersonAsync()).Page);
        await overview.OpenAsync();
        var download = await overview.Page.RunAndWaitForDownloadAsync(() => overview.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).First.ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        download.SuggestedFilename.ShouldEndWith(".csv");
        lines[0].ShouldContain("spend", Case.Insensitive);
        lines[0].ShouldContain("currency", Case.Insensitive);
        lines.ShouldContain(line => line.Contains("Gift guide") && line.Contains("USD"));
    }

    private static async Task<decimal> SpentAsync(OverviewPage overview)
    {
        var amount = Amount().Match(await overview.Row("All campaigns").InnerTextAsync());
        return amount.Success ? decimal.Parse(amount.Groups[1].Value, NumberStyles.Number, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"\$([\d,.]+)")]
    private static partial Regex Amount();
}
