using System.Text;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Insights;
using AdStudio.Core.Upkeep;
using AdStudio.Tests.Support;
using AdStudio.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Upkeep;

/// <summary>The audit as it is read: who sees which lines, what the filters find, pages without gaps, and the file.</summary>
public sealed class AuditTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly DateTimeOffset At = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    // The scene's own lines are of today.
    private static readonly HistoryFilter Then = new() { From = At.AddDays(-30), Until = At.AddDays(30), Limit = 500 };

    [Fact]
    public async Task Each_reads_the_lines_that_concern_them_and_no_others()
    {
        var (scene, strangers) = (await Scene.SetAsync(app.Studio, "Narrow"), await Scene.SetAsync(app.Studio, "Strange"));
        await WriteAsync(scene,
            Line("in the workspace") with { WorkspaceId = scene.Workspace.Id }, Line("in another one") with { WorkspaceId = Guid.NewGuid() },
            Line("on the account") with { WorkspaceId = scene.Workspace.Id, AdAccountId = scene.Meta.Id }, Line("the team") with { SubjectId = scene.Team.Id },
            Line("the organization"), Line("own") with { ActorId = scene.Viewer.Id });

        (await NamesAsync(scene.Admin)).ShouldBe(["in the workspace", "in another one", "on the account", "the team", "the organization", "own"], ignoreOrder: true);
        (await NamesAsync(scene.Manager with { Accounts = new Dictionary<Guid, AccountAccess>(), AdminOfWorkspaces = new HashSet<Guid> { scene.Workspace.Id } })).ShouldBe(["in the workspace", "on the account"], ignoreOrder: true);
        (await NamesAsync(scene.TeamAdmin)).ShouldBe(["the team"]);
        (await NamesAsync(scene.Manager)).ShouldBe(["on the account"]);
        (await NamesAsync(scene.Viewer)).ShouldBe(["on the account", "own"], ignoreOrder: true);
        (await NamesAsync(scene.Manager with { Accounts = new Dictionary<Guid, AccountAccess>() })).ShouldBeEmpty("a member without accounts");
        (await NamesAsync(scene.Viewer with { Role = OrganizationRole.Client, Id = Guid.NewGuid(), AdminOfWorkspaces = new HashSet<Guid> { scene.Workspace.Id }, Teams = new Dictionary<Guid, TeamRole> { [scene.Team.Id] = TeamRole.Admin } })).ShouldBe(["on the account"], "a client administers nothing");
        (await NamesAsync(strangers.Admin)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_file_is_narrowed_like_the_page()
    {
        var scene = await Scene.SetAsync(app.Studio, "Filed");
        await WriteAsync(scene, Line("secret plan") with { WorkspaceId = scene.Workspace.Id }, Line("shared account") with { AdAccountId = scene.Meta.Id });

        var file = await FileAsync(scene.Viewer, Then);

        file.ShouldContain("shared account");
        file.ShouldNotContain("secret plan");
    }

    [Fact]
    public async Task Every_filter_finds_its_lines_alone()
    {
        var scene = await Scene.SetAsync(app.Studio, "Sieve");
        var key = Guid.NewGuid();
        await WriteAsync(scene,
            Line("Plain"), Line("Of a key") with { Kind = ActorKind.ApiKey, ActorId = key, Via = "api/v1" }, Line("Spring SALE") with { Subject = "Campaign", Verb = "launched" },
            Line("Of a job") with { Kind = ActorKind.Studio, Via = "job" }, Line("Elsewhere") with { WorkspaceId = scene.Workspace.Id }, Line("Later") with { At = At.AddDays(2) });

        await FindsAsync(Then with { ActorKind = ActorKind.ApiKey }, "Of a key");
        await FindsAsync(Then with { ActorId = key }, "Of a key");
        await FindsAsync(Then with { Via = "api" }, "Of a key");
        await FindsAsync(Then with { Via = "job" }, "Of a job");
        await FindsAsync(Then with { Subjects = ["Campaign"] }, "Spring SALE");
        await FindsAsync(Then with { Verb = "launched" }, "Spring SALE");
        await FindsAsync(Then with { Search = " spring sale " }, "Spring SALE");
        await FindsAsync(Then with { WorkspaceId = scene.Workspace.Id }, "Elsewhere");
        await FindsAsync(Then with { From = At.AddDays(1) }, "Later");
        var choices = await app.Get<ListAuditChoices>().RunAsync(scene.Admin, Then, Now);
        choices.Actors.ShouldContain(a => a.Id == key && a.Kind == ActorKind.ApiKey);
        choices.Subjects.ShouldBe(["Campaign", "Workspace"]);
        choices.Verbs.ShouldBe(["changed", "launched"]);
        choices.Vias.ShouldBe(["api/v1", "job", "page"]);

        async Task FindsAsync(HistoryFilter filter, string name) => (await app.Get<ReadAudit>().RunAsync(scene.Admin, filter, Now)).Lines.Select(l => l.Item.SubjectName).ShouldBe([name]);
    }

    [Fact]
    public async Task Pages_have_no_gaps_and_nothing_twice_where_many_lines_are_of_one_instant()
    {
        var scene = await Scene.SetAsync(app.Studio, "Paged");
        await WriteAsync(scene, [.. Enumerable.Range(0, 23).Select(i => Line($"line {i}") with { At = At.AddSeconds(i / 9) })]);

        List<string> seen = [];
        HistoryCursor? next = null;
        do
        {
            var page = await app.Get<ReadAudit>().RunAsync(scene.Admin, Then with { Limit = 4, After = next }, Now);
            seen.AddRange(page.Lines.Select(l => l.Item.SubjectName));
            next = page.Next;
        } while (next is not null && seen.Count < 100);

        seen.Count.ShouldBe(23);
        seen.ShouldBeUnique();
    }

    [Fact]
    public async Task The_file_says_where_it_was_cut_and_holds_no_formula()
    {
        var scene = await Scene.SetAsync(app.Studio, "Cut");
        await WriteAsync(scene, [.. Enumerable.Range(0, 7).Select(i => Line("=1+1") with { At = At.AddMinutes(i), After = """{"name":"@SUM(A1)"}""" })]);

        var cut = await FileAsync(scene.Admin, Then, most: 5);
        var whole = await FileAsync(scene.Admin, Then, most: 7);

        cut.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 5 + 1);
        cut.ShouldContain("Only the newest 5 lines are here.");
        cut.ShouldContain("'=1+1");
        cut.ShouldNotContain(",=");
        cut.ShouldNotContain("\"=");
        cut.ShouldContain("'@SUM(A1)");
        whole.ShouldNotContain("Only the newest");
        whole.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1 + 7);
    }

    [Fact]
    public async Task A_verdict_stands_beside_what_came_of_it_and_finds_it()
    {
        var scene = await Scene.SetAsync(app.Studio, "Judged");
        var campaign = Guid.NewGuid();
        var verdict = new Verdict
        {
            OrganizationId = scene.Organization.Id, Verb = "launch", Subject = "Campaign", SubjectId = campaign, CampaignId = campaign, SubjectName = "Spring", WorkspaceId = scene.Workspace.Id,
            AskedById = scene.Manager.Id, AskedByName = "Mia", AskedVia = "page", At = At,
        };
        await using (var db = await app.Studio.OpenForEveryoneAsync(Now))
        {
            db.Add(verdict);
            await db.SaveChangesAsync();
        }
        await WriteAsync(scene, Line("Spring") with { Subject = "Campaign", SubjectId = campaign, ActorId = scene.Manager.Id, At = At.AddSeconds(1) }, Line("Spring, an hour later") with { SubjectId = campaign, ActorId = scene.Manager.Id, At = At.AddHours(1) });

        var found = await app.Get<ReadAudit>().RunAsync(scene.Admin, Then with { Search = verdict.PublicName }, Now);

        found.Lines.Single().VerdictId.ShouldBe(verdict.PublicName);
        found.Lines.Single().Item.SubjectName.ShouldBe("Spring");
        found.Lines.Single().Standing.ShouldBeNull("there is no such campaign any more");
    }

    [Fact]
    public async Task Rates_that_somebody_enters_or_forgets_are_told_in_one_line()
    {
        var scene = await Scene.SetAsync(app.Studio, "Rated");
        await app.Get<EnterRates>().RunAsync(scene.Admin, "2026-06-12,USD,1.0834\n2026-06-12,GBP,0.85", Now);
        await app.Get<ForgetOwnRates>().RunAsync(scene.Admin, Now);

        var lines = (await app.Get<ReadAudit>().RunAsync(scene.Admin, new HistoryFilter(Subjects: [nameof(OwnCurrencyRate)]), Now)).Lines;

        lines.Select(l => (l.Item.ActorName, l.Item.Verb, l.Item.SubjectName)).ShouldBe([("Ada", "deleted", "GBP, USD"), ("Ada", "entered", "USD, GBP")], ignoreOrder: true);
    }

    private async Task<List<string>> NamesAsync(Actor actor) => [.. (await app.Get<ReadAudit>().RunAsync(actor, Then, Now)).Lines.Select(l => l.Item.SubjectName)];

    private async Task<string> FileAsync(Actor actor, HistoryFilter filter, int most = 100)
    {
        using var stream = new MemoryStream();
        await ActivityCsv.WriteAsync(stream, actor, filter, app.Get<ReadAudit>(), most, Now);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private async Task WriteAsync(Scene scene, params Written[] lines)
    {
        await using var db = await app.Studio.OpenForEveryoneAsync(Now);
        db.AuditEntries.AddRange(lines.Select(l => new AuditEntry
        {
            OrganizationId = scene.Organization.Id, At = l.At, ActorKind = l.Kind, ActorId = l.ActorId, ActorName = "Somebody", Via = l.Via, Subject = l.Subject, SubjectId = l.SubjectId, SubjectName = l.Name,
            WorkspaceId = l.WorkspaceId, AdAccountId = l.AdAccountId, Verb = l.Verb, After = l.After,
        }));
        await db.SaveChangesAsync();
    }

    private static Written Line(string name) => new(name);

    private sealed record Written(string Name)
    {
        public DateTimeOffset At { get; init; } = AuditTests.At;
        public ActorKind Kind { get; init; } = ActorKind.Person;
        public Guid ActorId { get; init; } = Guid.NewGuid();
        public string Via { get; init; } = "page";
        public string Subject { get; init; } = "Workspace";
        public Guid SubjectId { get; init; } = Guid.NewGuid();
        public Guid? WorkspaceId { get; init; }
        public Guid? AdAccountId { get; init; }
        public string Verb { get; init; } = "changed";
        public string? After { get; init; }
    }
}
