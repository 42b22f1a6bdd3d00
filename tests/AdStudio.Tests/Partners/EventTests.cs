using System.Text.Json.Nodes;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Leads;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Leads;
using AdStudio.Tests.Operations;
using AdStudio.Tests.Support;
using AdStudio.Web.Features.Developers;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Partners;

public sealed class EventTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_launch_is_told_from_its_beginning_to_each_platforms_change()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        var told = await ToldAsync(bench.Studio, bench.Scene.Admin, id);

        told[0].Name.ShouldBe("campaign.created");
        told.ShouldContain(e => e.Name == "campaign.processing");
        var begun = told.First(e => e.Name == "campaign.status_changed");
        (Text(begun, "from"), Text(begun, "to")).ShouldBe(("draft", "launching"));
        begun.Data["platformChanges"]!.AsArray().Select(c => c!["platform"]!.GetValue<string>()).ShouldBe(["meta", "google"], ignoreOrder: true);
        var ended = told.Last(e => e.Name == "campaign.status_changed");
        Text(ended, "to").ShouldBe("active");
        ended.Data["platforms"]!.AsArray().ShouldAllBe(p => p!["externalId"]!.GetValue<string>().Length > 0);
        told.ShouldNotContain(e => e.Name == "campaign.failed" || e.Name == "campaign.completed");
    }

    [Fact]
    public async Task A_platform_that_fails_is_told_with_its_words_while_the_other_runs()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        bench.Google.Set("adset", Fault.Policy);
        await bench.LaunchAsync(id);
        await bench.DrainAsync();

        var failed = (await ToldAsync(bench.Studio, bench.Scene.Admin, id)).Where(e => e.Name == "campaign.failed").ToList().ShouldHaveSingleItem();

        failed.Data["failed"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("google");
        failed.Data["platforms"]!.AsArray().Single(p => p!["platform"]!.GetValue<string>() == "google")!["detail"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_edit_names_what_changed_and_a_save_that_changes_nothing_tells_nothing()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        var campaign = await bench.ReadAsync(id);
        var spec = campaign.Spec with { Budget = campaign.Spec.Budget with { AmountMicros = 250_000_000 } };

        (await bench.Get<UpdateCampaign>().RunAsync(bench.Scene.Manager, id, "Spring boots", spec, null, None)).IsDone.ShouldBeTrue();
        (await bench.Get<UpdateCampaign>().RunAsync(bench.Scene.Manager, id, "Spring boots", spec, null, None)).IsDone.ShouldBeTrue();

        var updated = (await ToldAsync(bench.Studio, bench.Scene.Admin, id)).Where(e => e.Name == "campaign.updated").ToList().ShouldHaveSingleItem();
        updated.Data["changed"]!.AsArray().Select(c => c!.GetValue<string>()).ShouldBe(["name", "budget"], ignoreOrder: true);
        Text(updated, "campaignId").ShouldBe(PublicId.Of("cmp", id));
    }

    [Fact]
    public async Task A_save_that_is_refused_leaves_no_word_and_the_next_one_tells_once()
    {
        await using var bench = await LaunchBench.SetAsync();
        var id = await bench.DraftAsync();
        await using var mine = await bench.Studio.OpenAsync(bench.Scene.Admin, None);
        await using var theirs = await bench.Studio.OpenAsync(bench.Scene.Admin, None);
        var (here, there) = (await mine.Campaigns.SingleAsync(c => c.Id == id), await theirs.Campaigns.SingleAsync(c => c.Id == id));
        there.Name = "Theirs";
        await theirs.SaveChangesAsync(None);
        here.Name = "Mine";

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => mine.SaveChangesAsync(None));
        await mine.Entry(here).ReloadAsync(None);
        here.Name = "Mine after all";
        await mine.SaveChangesAsync(None);

        (await ToldAsync(bench.Studio, bench.Scene.Admin, id)).Where(e => e.Name == "campaign.updated").Select(e => Text(e, "name")).ShouldBe(["Theirs", "Mine after all"]);
    }

    [Fact]
    public async Task A_lead_is_told_by_its_ids_without_a_word_of_what_was_answered()
    {
        await using var bench = await LeadBench.SetAsync();
        var form = await bench.PublishedAsync();
        bench.Forms.Leads.Add(new PlatformLead("lead-1", form.ExternalId!, bench.Clock.GetUtcNow(), [new("full_name", "Nina Berg"), new("email", "nina@example.org"), new("custom", "l")]));
        await bench.Get<CollectLeads>().RunAsync(bench.Scene.Manager, form.Id, None);
        await bench.Get<CollectLeads>().RunAsync(bench.Scene.Manager, form.Id, None);

        var lead = (await bench.InboxAsync()).ShouldHaveSingleItem();
        var told = (await ToldAsync(bench.Studio, bench.Scene.Admin, lead.Id)).ShouldHaveSingleItem();

        told.Name.ShouldBe("lead.received");
        Text(told, "leadId").ShouldBe(PublicId.Of("lead", lead.Id));
        told.Text.ShouldNotContain("Nina");
        told.Text.ShouldNotContain("nina@example.org");
    }

    [Fact]
    public async Task A_connection_is_told_once_when_it_turns_bad_and_once_when_it_is_good_again()
    {
        await using var bench = await LeadBench.SetAsync();
        var id = bench.Scene.Meta.ConnectionId;
        foreach (var turn in new[] { ConnectionHealth.Expired, ConnectionHealth.MissingPermission, ConnectionHealth.Good, ConnectionHealth.Expired })
        {
            await using var db = await bench.Studio.OpenAsync(bench.Scene.Admin, None);
            (await db.Connections.SingleAsync(c => c.Id == id)).Health = turn;
            await db.SaveChangesAsync(None);
        }

        (await ToldAsync(bench.Studio, bench.Scene.Admin, id)).Select(e => (e.Name, Text(e, "health"))).ShouldBe([("connection.unhealthy", "expired"), ("connection.healthy", "good"), ("connection.unhealthy", "expired")]);
    }

    [Fact]
    public void Every_event_stands_in_words_on_the_page_and_in_the_guide()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "webhooks.md"));
        foreach (var name in EventNames.All)
        {
            EventWords.Says(name).ShouldNotBe(name);
            guide.ShouldContain($"| `{name}` |");
        }
    }

    private static string Text(Told told, string field) => told.Data[field]!.GetValue<string>();

    private static async Task<IReadOnlyList<Told>> ToldAsync(Studio studio, Actor actor, Guid subject)
    {
        await using var db = await studio.OpenAsync(actor, None);
        var events = await db.StudioEvents.AsNoTracking().Where(e => e.SubjectId == subject).ToListAsync(None);
        return [.. events.OrderBy(e => PublicId.Of("evt", e.Id), StringComparer.Ordinal).Select(e => new Told(e.Name, e.Data, JsonNode.Parse(e.Data)!))];
    }

    private sealed record Told(string Name, string Text, JsonNode Data);
}
