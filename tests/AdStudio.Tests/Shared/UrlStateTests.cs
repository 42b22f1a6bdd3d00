using AdStudio.Web.App;
using AdStudio.Web.Shared;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Shared;

public sealed class UrlStateTests : KitContext
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Filters_are_read_from_the_address_and_nonsense_is_not()
    {
        Navigation.NavigateTo("/campaigns?q=boots&on=meta,google&on=tiktok&page=3&from=2026-11-01&better=down&bad=x1");

        Navigation.Query("q").ShouldBe("boots");
        Navigation.Query("none").ShouldBeNull();
        Navigation.QueryList("on").ShouldBe(["meta", "google", "tiktok"]);
        Navigation.QueryInt("page", 1).ShouldBe(3);
        Navigation.QueryInt("bad", 1).ShouldBe(1);
        Navigation.QueryDate("from").ShouldBe(new DateOnly(2026, 11, 1));
        Navigation.QueryDate("bad").ShouldBeNull();
        Navigation.QueryEnum<AdStudio.Web.Shared.Figures.Better>("better").ShouldBe(AdStudio.Web.Shared.Figures.Better.Down);
        Navigation.QueryEnum<AdStudio.Web.Shared.Figures.Better>("page").ShouldBeNull();
    }

    [Fact]
    public void Writing_a_filter_keeps_the_others_and_replaces_the_entry_in_the_history()
    {
        Navigation.NavigateTo("/campaigns?q=boots&page=3");
        Navigation.SetQuery(("on", new[] { "meta", "google" }), ("page", null), ("q", ""));

        new Uri(Navigation.Uri).PathAndQuery.ShouldBe("/campaigns?on=meta%2Cgoogle");
        Services.GetRequiredService<BunitNavigationManager>().History.First().Options.ReplaceHistoryEntry.ShouldBeTrue();
    }

    [Fact]
    public void Tabs_are_links_and_the_first_is_the_bare_address()
    {
        Navigation.NavigateTo("/campaigns/1?tab=ads&q=x");
        var tabs = Render<Tabs>(p => p.Add(t => t.Items, [new("overview", "Overview"), new("ads", "Ads", 12)]));

        tabs.Find("[aria-current=page]").TextContent.ShouldStartWith("Ads");
        tabs.FindAll("a")[0].GetAttribute("href").ShouldBe("http://localhost/campaigns/1?q=x");
    }

    [Fact]
    public void Addresses_carry_only_what_is_there() =>
        Urls.With("/creatives", ("q", "a&b"), ("page", null), ("on", 3)).ShouldBe("/creatives?q=a%26b&on=3");

    [Fact]
    public void The_menu_leads_only_to_pages_that_exist() => StudioPages.Menu.ShouldAllBe(entry => StudioPages.Exists(entry.Href));
}
