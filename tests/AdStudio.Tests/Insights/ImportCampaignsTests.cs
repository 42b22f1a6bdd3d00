using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Insights;

/// <summary>Taking over what somebody made on an ad account.</summary>
public sealed class ImportCampaignsTests : IClassFixture<Desk>, IAsyncLifetime
{
    private static readonly MetricSums Good = new(1_000, 50, 20_000_000, 3_000_000, 90_000_000);
    private readonly Desk desk;
    private Scene scene = null!;

    public ImportCampaignsTests(Desk desk) => this.desk = desk;

    public async Task InitializeAsync()
    {
        desk.Clock.Now = new DateTimeOffset(2026, 6, 15, 16, 0, 0, TimeSpan.Zero);
        desk.Account.Campaigns.Clear();
        desk.Account.Refuses = null;
        desk.Account.Before = () => Task.CompletedTask;
        desk.Meta.Before = _ => null;
        scene = await Scene.SetAsync(desk.Studio, $"I{Guid.NewGuid():N}"[..9]);
        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        var connection = await db.Connections.SingleAsync(c => c.Id == scene.Meta.ConnectionId);
        connection.AccessToken = desk.Get<Secrets>().Protect("first");
        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_campaign_that_the_studio_does_not_know_becomes_one_here_with_all_that_the_platform_tells()
    {
        desk.Account.Campaigns.Add(Sale("c1"));

        var import = await ImportAsync();

        import.Summary.ShouldBe("1 campaign, 1 ad set, 2 ads");
        import.Status.ShouldBe(ImportStatus.Succeeded);
        var campaign = await OnlyAsync();
        campaign.ShouldSatisfyAllConditions(
            c => c.Name.ShouldBe("Summer sale"), c => c.Origin.ShouldBe(CampaignOrigin.Imported), c => c.Status.ShouldBe(CampaignStatus.Active), c => c.Objective.ShouldBe(Objective.Sales),
            c => c.BudgetMicros.ShouldBe(50_000_000), c => c.Spec.Schedule.Start.ShouldBe(new DateTime(2026, 5, 1, 8, 0, 0)), c => c.Spec.Audience.AgeMin.ShouldBe(25));
        var there = campaign.Platforms.ShouldHaveSingleItem();
        (there.ExternalId, there.Status, there.AdAccountId).ShouldBe(("c1", PlatformStatus.Active, scene.Meta.Id));
        there.AdSets.ShouldHaveSingleItem().Ads.Select(a => (a.ExternalId, a.CreativeType)).ShouldBe([("c1-a1", CreativeType.Image), ("c1-a2", CreativeType.Video)], ignoreOrder: true);
        var listed = (await desk.Get<ListCampaigns>().RunAsync(scene.Viewer, new() { WorkspaceId = scene.Workspace.Id, Platforms = [Platform.Meta] }, default)).Value;
        listed.Items.ShouldHaveSingleItem().Budget.ShouldBe(new Money(50_000_000, "USD"));
    }

    [Fact]
    public async Task Importing_twice_changes_nothing()
    {
        desk.Account.Campaigns.AddRange([Sale("c1"), Sale("c2") with { Name = "Winter" }]);
        await ImportAsync();
        var before = await SnapshotAsync();
        desk.Clock.Now = desk.Clock.Now.AddHours(1);

        var again = await ImportAsync();

        again.Summary.ShouldBe("2 campaigns, 2 ad sets, 4 ads; 2 were known");
        (await SnapshotAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_campaign_that_was_launched_from_here_is_known_and_keeps_what_was_written()
    {
        var launched = await Launched.OnAsync(desk.Studio, scene, scene.Meta, "Ours", desk.Clock.Now.AddDays(-3), "c1");
        desk.Account.Campaigns.AddRange([Sale("c1"), Sale("c2")]);

        var import = await ImportAsync();

        (import.Campaigns, import.Known).ShouldBe((2, 1));
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        (await db.Campaigns.SingleAsync(c => c.Id == launched.Campaign.Id)).ShouldSatisfyAllConditions(c => c.Name.ShouldBe("Ours"), c => c.Origin.ShouldBe(CampaignOrigin.Studio));
        (await db.Campaigns.CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task What_a_launch_is_just_making_is_not_taken_for_somebody_elses()
    {
        await using (var db = await desk.Studio.OpenForEveryoneAsync(default))
        {
            var launched = await Launched.OnAsync(desk.Studio, scene, scene.Meta, "Under way", desk.Clock.Now, "none");
            await db.PlatformCampaigns.Where(p => p.Id == launched.OnPlatform.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.ExternalId, (string?)null));
            db.Add(new Operation
            {
                OrganizationId = scene.Organization.Id, Kind = OperationKind.Launch, Platform = Platform.Meta, CampaignId = launched.Campaign.Id, PlatformCampaignId = launched.OnPlatform.Id, ActiveKey = launched.OnPlatform.Id,
                Marker = "7F3KQ9ZX2B", Status = OperationStatus.Waiting, CreatedAt = desk.Clock.Now, NotBefore = desk.Clock.Now.AddMinutes(2),
            });
            await db.SaveChangesAsync();
        }
        desk.Account.Campaigns.Add(Sale("c9") with { Name = "Under way [7F3KQ9ZX2B campaign]" });

        await ImportAsync();

        await using var after = await desk.Studio.OpenAsync(scene.Admin, default);
        (await after.Campaigns.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_changed_on_the_platform_is_changed_here_and_the_history_says_where()
    {
        desk.Account.Campaigns.Add(Sale("c1"));
        await ImportAsync();
        desk.Account.Campaigns[0] = Sale("c1") with { Name = "Summer sale, extended", Status = PlatformStatus.Paused, Budget = new Money(80_000_000, "USD"), End = new DateTimeOffset(2026, 9, 1, 4, 0, 0, TimeSpan.Zero) };
        desk.Clock.Now = desk.Clock.Now.AddHours(1);

        var import = await ImportAsync();

        import.Changed.ShouldBe(1);
        var campaign = await OnlyAsync();
        (campaign.Name, campaign.Status, campaign.BudgetMicros, campaign.Spec.Schedule.End).ShouldBe(("Summer sale, extended", CampaignStatus.Paused, 80_000_000, new DateTime(2026, 9, 1, 0, 0, 0)));
        var history = (await desk.Get<ListCampaignHistory>().RunAsync(scene.Viewer, campaign.Id, default)).Value;
        var told = history.SelectMany(h => h.What.Select(w => $"{h.Who} {w}")).ToList();
        told.ShouldContain("Somebody on Meta renamed it from “Summer sale” to “Summer sale, extended”");
        told.ShouldContain(t => t.StartsWith("Somebody on Meta raised the budget from $50", StringComparison.Ordinal) && t.EndsWith("to $80 a day", StringComparison.Ordinal));
        told.ShouldContain("Meta shows it as paused; it was active");
        told.ShouldContain("Mia imported the campaign");
    }

    [Fact]
    public async Task A_name_given_here_stays_until_it_is_changed_on_the_platform()
    {
        desk.Account.Campaigns.Add(Sale("c1"));
        await ImportAsync();
        await desk.Get<RenameCampaign>().RunAsync(scene.Manager, (await OnlyAsync()).Id, "Our name for it", default);

        await ImportAsync();
        (await OnlyAsync()).Name.ShouldBe("Our name for it");

        desk.Account.Campaigns[0] = Sale("c1") with { Name = "Renamed there" };
        await ImportAsync();
        (await OnlyAsync()).Name.ShouldBe("Renamed there");
    }

    [Fact]
    public async Task What_is_deleted_on_the_platform_ends_here_and_what_is_deleted_here_does_not_come_back()
    {
        desk.Account.Campaigns.AddRange([Sale("c1"), Sale("c2") with { Status = PlatformStatus.Paused }]);
        await ImportAsync();
        Guid second;
        await using (var db = await desk.Studio.OpenAsync(scene.Admin, default)) second = await db.PlatformCampaigns.Where(p => p.ExternalId == "c2").Select(p => p.CampaignId).SingleAsync();
        (await desk.Get<DeleteCampaign>().RunAsync(scene.Manager, second, default)).IsDone.ShouldBeTrue();
        desk.Account.Campaigns.RemoveAt(0);
        desk.Clock.Now = desk.Clock.Now.AddHours(1);

        var import = await ImportAsync();

        import.Gone.ShouldBe(1);
        var left = await OnlyAsync();
        (left.Platforms[0].ExternalId, left.Platforms[0].Status, left.Status).ShouldBe(("c1", PlatformStatus.Deleted, CampaignStatus.Completed));
    }

    [Fact]
    public async Task Two_imports_at_once_are_one()
    {
        desk.Account.Campaigns.Add(Sale("c1"));
        var ask = desk.Get<ImportCampaigns>();

        var both = await Task.WhenAll(ask.RunAsync(scene.Manager, scene.Meta.Id, default), desk.Get<ImportCampaigns>().RunAsync(scene.Admin, scene.Meta.Id, default));
        both[0].Value.Id.ShouldBe(both[1].Value.Id);

        var ended = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => desk.Get<CarryOutImport>().RunAsync(Actor.Studio(scene.Organization.Id), both[0].Value.Id, default)));
        ended.Count(e => e.IsDone).ShouldBe(1);
        ended.Count(e => e.Refusal is ImportIsTaken).ShouldBe(2);
        (await OnlyAsync()).Name.ShouldBe("Summer sale");
    }

    [Fact]
    public async Task An_import_that_stops_in_the_middle_keeps_what_it_has_and_is_taken_up_again()
    {
        desk.Account.Campaigns.AddRange([Sale("c1"), Sale("c2")]);
        var asked = (await desk.Get<ImportCampaigns>().RunAsync(scene.Manager, scene.Meta.Id, default)).Value;
        using var stop = new CancellationTokenSource();
        desk.Account.Before = () => { stop.Cancel(); stop.Token.ThrowIfCancellationRequested(); return Task.CompletedTask; };
        await Should.ThrowAsync<OperationCanceledException>(() => desk.Get<CarryOutImport>().RunAsync(Actor.Studio(scene.Organization.Id), asked.Id, stop.Token));

        desk.Account.Before = () => Task.CompletedTask;
        var next = await desk.Get<ImportQueue>().NextAsync([], default);
        while (next is { } other && other.ImportId != asked.Id) next = await desk.Get<ImportQueue>().NextAsync([other.ImportId], default);
        var ended = (await desk.Get<CarryOutImport>().RunAsync(Actor.Studio(scene.Organization.Id), next!.Value.ImportId, default)).Value;

        (ended.Status, ended.Campaigns).ShouldBe((ImportStatus.Succeeded, 2));
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_is_tried_again_and_nothing_is_taken_for_deleted()
    {
        desk.Account.Campaigns.AddRange([Sale("c1"), Sale("c2")]);
        await ImportAsync();
        desk.Account.Refuses = new PlatformFailure(Platform.Meta, PlatformFailureKind.Unavailable, "Service temporarily unavailable");
        desk.Clock.Now = desk.Clock.Now.AddHours(1);

        var import = await ImportAsync();

        (import.Status, import.Gone).ShouldBe((ImportStatus.Failed, 0));
        import.FailureText!.ShouldContain("tries again by itself");
        import.RetryAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Imported_campaigns_get_their_numbers_from_before_and_no_row_is_somebody_elses()
    {
        var ours = await Launched.OnAsync(desk.Studio, scene, scene.Meta, "Ours", desk.Clock.Now.AddDays(-3), "ours");
        var today = desk.Clock.Now.DayIn("America/New_York");
        var days = new DayRange(today.AddDays(-44), today);
        desk.Meta.Answers(scene.Meta.Id, [.. days.Each().SelectMany(d => Rows("c1", d)), .. new DayRange(today.AddDays(-3), today).Each().SelectMany(d => ours.Rows(d, Good))]);
        var first = await SyncAsync();
        first.RowsOfOthers.ShouldBeGreaterThan(0);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(5);
        desk.Account.Campaigns.AddRange([Sale("ours"), Sale("c1")]);
        await ImportAsync();
        desk.Clock.Now = desk.Clock.Now.AddMinutes(5);

        // By itself, and at once: not in an hour.
        await desk.Get<SyncQueue>().AskDueAsync(default);
        Guid run;
        await using (var waiting = await desk.Studio.OpenAsync(scene.Admin, default)) run = await waiting.SyncRuns.Where(r => r.ActiveKey == scene.Meta.Id).Select(r => r.Id).SingleAsync();
        var second = (await desk.Get<CarryOutSync>().RunAsync(Actor.Studio(scene.Organization.Id), run, default)).Value;

        (second.Status, second.RowsOfOthers).ShouldBe((SyncStatus.Succeeded, 0));
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        var imported = await db.Campaigns.SingleAsync(c => c.Origin == CampaignOrigin.Imported);
        (await db.CampaignDays.Where(d => d.CampaignId == imported.Id).SumAsync(d => d.Clicks)).ShouldBe(45 * 50);
    }

    [Fact]
    public async Task It_can_be_paused_and_given_another_budget_where_one_ad_set_holds_it()
    {
        desk.Account.Campaigns.Add(Sale("c1"));
        await ImportAsync();
        var id = (await OnlyAsync()).Id;

        (await desk.Get<PauseCampaign>().RunAsync(scene.Manager, id, default)).IsDone.ShouldBeTrue();
        await ForgetWorkAsync(id);
        (await desk.Get<ChangeBudget>().RunAsync(scene.Manager, id, new Money(60_000_000, "USD"), null, default)).IsDone.ShouldBeTrue();

        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        var steps = await db.OperationSteps.OrderBy(s => s.Operation.CreatedAt).Select(s => new { s.Kind, s.Body }).ToListAsync();
        steps.Select(s => (s.Kind, s.Body)).ShouldBe([(StepKind.Pause, """{"id":"c1"}"""), (StepKind.ChangeBudget, """{"id":"c1-s1"}""")], ignoreOrder: true);
    }

    [Fact]
    public async Task Where_it_is_not_known_which_ad_set_is_meant_the_budget_is_left_alone_in_words()
    {
        var sale = Sale("c1");
        desk.Account.Campaigns.Add(sale with { AdSets = [.. sale.AdSets, new ImportedAdSet("c1-s2", "Men", "ACTIVE", [])], Ids = new Dictionary<string, string>() });
        await ImportAsync();

        var refused = await desk.Get<ChangeBudget>().RunAsync(scene.Manager, (await OnlyAsync()).Id, new Money(60_000_000, "USD"), null, default);

        refused.Refusal.ShouldBeOfType<NotChangeableFromHere>().Message.ShouldContain("Do it on Meta");
        (await OnlyAsync()).BudgetMicros.ShouldBe(50_000_000);
    }

    [Fact]
    public async Task It_is_not_rewritten_in_the_wizard_but_may_be_duplicated()
    {
        desk.Account.Campaigns.Add(Sale("c1"));
        await ImportAsync();
        var campaign = await OnlyAsync();

        var saved = await desk.Get<SaveDraft>().RunAsync(scene.Manager, campaign.Id, "Another", campaign.Spec with { CreativeIds = [Guid.NewGuid()] }, campaign.Version, default);
        saved.Refusal.ShouldBeOfType<CampaignWasImported>().Message.ShouldContain("made on Meta");

        var edited = await desk.Get<EditCampaign>().RunAsync(scene.Manager, campaign.Id, "Another", campaign.Spec, null, default);
        edited.Refusal.ShouldBeOfType<CampaignWasImported>();
        var raised = campaign.Spec with { Budget = campaign.Spec.Budget with { AmountMicros = 70_000_000 } };
        (await desk.Get<EditCampaign>().RunAsync(scene.Manager, campaign.Id, campaign.Name, raised, null, default)).IsDone.ShouldBeTrue();

        var copy = (await desk.Get<DuplicateCampaign>().RunAsync(scene.Manager, campaign.Id, default)).Value;
        (copy.Status, copy.Origin, copy.IsRewritable()).ShouldBe((CampaignStatus.Draft, CampaignOrigin.Studio, true));
    }

    [Fact]
    public async Task Who_may_import_is_who_manages_the_account()
    {
        var theirs = await Scene.SetAsync(desk.Studio, $"J{Guid.NewGuid():N}"[..9]);
        var import = desk.Get<ImportCampaigns>();

        (await import.RunAsync(scene.Viewer, scene.Meta.Id, default)).Refusal.ShouldBeOfType<ImportingNeedsManager>();
        (await import.RunAsync(theirs.Admin, scene.Meta.Id, default)).Refusal.ShouldBeOfType<AccountToImportNotFound>();
        (await import.RunAsync(scene.Manager, scene.Google.Id, default)).Refusal.ShouldBeOfType<NoImportFrom>();
    }

    [Fact]
    public async Task An_account_that_was_imported_once_is_read_again_by_itself()
    {
        desk.Account.Campaigns.Add(Sale("c1"));
        await ImportAsync();
        var queue = desk.Get<ImportQueue>();

        desk.Clock.Now = desk.Clock.Now.AddHours(5);
        await queue.AskDueAsync(default);
        (await IsWaitingAsync()).ShouldBeFalse();

        desk.Clock.Now = desk.Clock.Now.AddHours(1);
        await queue.AskDueAsync(default);
        (await IsWaitingAsync()).ShouldBeTrue();
    }

    private static ImportedCampaign Sale(string id) => new(id, "Summer sale", PlatformStatus.Active, "ACTIVE",
    [
        new($"{id}-s1", "Women 25+", "ACTIVE",
        [
            new($"{id}-a1", "Shoes", "ACTIVE", null, new($"{id}-k1", "Shoes", CreativeType.Image, "Buy shoes", "Shoes", "", "SHOP_NOW", "https://shop.example", [])),
            new($"{id}-a2", "Film", "ACTIVE", null, new($"{id}-k2", "Film", CreativeType.Video, "Buy shoes", "Shoes", "", "SHOP_NOW", "https://shop.example", [])),
        ]),
    ])
    {
        Objective = Objective.Sales, Budget = new Money(50_000_000, "USD"), BudgetType = BudgetType.Daily, Start = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero), Audience = new AudienceSpec { AgeMin = 25 }, Ids = new Dictionary<string, string> { ["adset"] = $"{id}-s1" },
    };

    private static IEnumerable<InsightRow> Rows(string id, DateOnly day) =>
        new[] { (MetricLevel.Campaign, (string?)null, (string?)null), (MetricLevel.AdSet, $"{id}-s1", null), (MetricLevel.Ad, $"{id}-s1", $"{id}-a1") }
            .Select(l => new InsightRow(l.Item1, id, l.Item2, l.Item3, day, Good.Impressions, Good.Clicks, Good.SpendMicros, Good.ConversionsMicros, Good.ValueMicros, null));

    private async Task<CampaignImportRow> ImportAsync() => (await desk.Get<ImportCampaignsNow>().RunAsync(scene.Manager, scene.Meta.Id, default)).Value;

    private async Task<SyncRun> SyncAsync() => (await desk.Get<SyncInsights>().RunAsync(scene.Manager, scene.Meta.Id, default)).Value;

    private async Task<Campaign> OnlyAsync()
    {
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        return await db.Campaigns.AsNoTracking().Include(c => c.Platforms).ThenInclude(p => p.AdSets).ThenInclude(s => s.Ads).SingleAsync();
    }

    private async Task ForgetWorkAsync(Guid campaignId)
    {
        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        await db.Operations.Where(o => o.CampaignId == campaignId).ExecuteUpdateAsync(set => set.SetProperty(o => o.ActiveKey, (Guid?)null).SetProperty(o => o.Status, OperationStatus.Succeeded));
    }

    private async Task<bool> IsWaitingAsync()
    {
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        return await db.CampaignImports.AnyAsync(i => i.Status == ImportStatus.Waiting);
    }

    /// <summary>All rows but when they were read, and how often the history was written.</summary>
    private async Task<string> SnapshotAsync()
    {
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        var campaigns = await db.Campaigns.AsNoTracking().Include(c => c.Platforms).ThenInclude(p => p.AdSets).ThenInclude(s => s.Ads).OrderBy(c => c.Id).ToListAsync();
        var lines = campaigns.Select(c => $"{c.Id} {c.Name} {c.Status} {c.Version} {c.UpdatedAt:O} " + string.Join(' ', c.Platforms.SelectMany(p => p.AdSets.SelectMany(s => s.Ads.Select(a => $"{s.Id} {s.Name} {s.Status} {a.Id} {a.Name} {a.Status}")).Order())));
        return string.Join('\n', lines) + $"\n{await db.AuditEntries.CountAsync()} entries";
    }
}
