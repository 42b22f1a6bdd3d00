using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Data;
using AdStudio.Infrastructure.Data.Sqlite;
using AdStudio.Infrastructure.Data.SqlServer;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Insights;

/// <summary>Facts are stored by key, and the roll-ups are always their sums.</summary>
public sealed class FactWriterTests(Desk app) : IClassFixture<Desk>
{
    private static readonly DateTimeOffset Launch = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly May1 = new(2026, 5, 1);
    private static readonly DayRange FirstThree = new(May1, May1.AddDays(2));
    private static readonly MetricSums Good = new(1_000, 50, 20_000_000, 3_000_000, 90_000_000);

    [Fact]
    public async Task Reading_the_same_days_twice_doubles_nothing()
    {
        var scene = await Scene.SetAsync(app.Studio, "Twice");
        var campaign = await Launched.OnAsync(app.Studio, scene, scene.Meta, "Twice", Launch);

        var first = await WriteAsync(scene.Meta, FirstThree, At(3), FirstThree.Each().SelectMany(d => campaign.Day(d, Good)));
        var second = await WriteAsync(scene.Meta, FirstThree, At(4), FirstThree.Each().SelectMany(d => campaign.Day(d, Good)));

        first.ShouldBe(new FactsWritten(9, 0, 0));
        second.ShouldBe(new FactsWritten(9, 0, 0));
        await using var db = await app.Studio.OpenAsync(scene.Admin, default);
        (await db.MetricFacts.CountAsync()).ShouldBe(9);
        (await db.CampaignDays.SumAsync(d => d.Impressions)).ShouldBe(3_000);
        (await db.AccountDays.SumAsync(d => d.SpendMicros)).ShouldBe(60_000_000);
    }

    [Fact]
    public async Task A_late_conversion_changes_a_day_that_was_read_and_is_counted_as_restated()
    {
        var scene = await Scene.SetAsync(app.Studio, "Late");
        var campaign = await Launched.OnAsync(app.Studio, scene, scene.Meta, "Late", Launch);
        await WriteAsync(scene.Meta, FirstThree, At(3), FirstThree.Each().SelectMany(d => campaign.Day(d, Good)));

        var late = Good with { ConversionsMicros = 4_000_000, ValueMicros = 120_000_000 };
        var written = await WriteAsync(scene.Meta, FirstThree, At(6), FirstThree.Each().SelectMany(d => campaign.Day(d, d == FirstThree.To ? Good : late)));

        written.Restated.ShouldBe(2);
        await using var db = await app.Studio.OpenAsync(scene.Admin, default);
        (await db.CampaignDays.OrderBy(d => d.Day).Select(d => d.ConversionsMicros).ToListAsync()).ShouldBe([4_000_000, 4_000_000, 3_000_000]);
        (await db.AccountDays.OrderBy(d => d.Day).Select(d => d.ValueMicros).ToListAsync()).ShouldBe([120_000_000, 120_000_000, 90_000_000]);
    }

    [Fact]
    public async Task A_day_that_was_not_over_yet_grows_without_being_called_restated()
    {
        var scene = await Scene.SetAsync(app.Studio, "Growing");
        var campaign = await Launched.OnAsync(app.Studio, scene, scene.Meta, "Growing", Launch);
        var today = new DayRange(May1, May1);
        // New York is four hours behind: at 03:00 UTC on the second it is still the first there.
        await WriteAsync(scene.Meta, today, new DateTimeOffset(2026, 5, 2, 3, 0, 0, TimeSpan.Zero), campaign.Day(May1, Good));

        var written = await WriteAsync(scene.Meta, today, new DateTimeOffset(2026, 5, 2, 5, 0, 0, TimeSpan.Zero), campaign.Day(May1, Good with { Clicks = 60 }));

        written.Restated.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_platform_takes_back_becomes_zero_and_days_outside_stay_as_they_are()
    {
        var scene = await Scene.SetAsync(app.Studio, "Back");
        var campaign = await Launched.OnAsync(app.Studio, scene, scene.Meta, "Back", Launch);
        await WriteAsync(scene.Meta, FirstThree, At(3), FirstThree.Each().SelectMany(d => campaign.Day(d, Good)));

        var written = await WriteAsync(scene.Meta, FirstThree with { From = May1.AddDays(1) }, At(6), campaign.Day(FirstThree.To, Good));

        written.ShouldBe(new FactsWritten(3, 3, 1));
        await using var db = await app.Studio.OpenAsync(scene.Admin, default);
        (await db.AccountDays.OrderBy(d => d.Day).Select(d => d.Impressions).ToListAsync()).ShouldBe([1_000, 0, 1_000]);
    }

    [Fact]
    public async Task A_day_without_delivery_is_zero_and_not_unknown()
    {
        var scene = await Scene.SetAsync(app.Studio, "Quiet");
        await Launched.OnAsync(app.Studio, scene, scene.Meta, "Quiet", Launch);

        await WriteAsync(scene.Meta, FirstThree, At(3), []);

        await using var db = await app.Studio.OpenAsync(scene.Admin, default);
        (await db.AccountDays.Select(d => d.Impressions).ToListAsync()).ShouldBe([0, 0, 0]);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Whatever_is_written_the_roll_ups_are_the_sums_of_the_facts(int seed)
    {
        var random = new Random(seed);
        var scene = await Scene.SetAsync(app.Studio, $"Random{seed}");
        var campaigns = new List<Launched>();
        for (var i = 0; i < 4; i++) campaigns.Add(await Launched.OnAsync(app.Studio, scene, random.Next(2) == 0 ? scene.Meta : scene.Google, $"R{i}", Launch));

        for (var round = 0; round < 12; round++)
        {
            var account = random.Next(2) == 0 ? scene.Meta : scene.Google;
            var from = May1.AddDays(random.Next(12));
            var days = new DayRange(from, from.AddDays(random.Next(8)));
            var facts = campaigns.Where(c => c.OnPlatform.AdAccountId == account.Id).SelectMany(c => days.Each().Where(_ => random.Next(4) > 0)
                .SelectMany(d => c.Day(d, new(random.Next(5_000), random.Next(300), random.NextInt64(90_000_000), random.NextInt64(9_000_000), random.NextInt64(900_000_000)))));
            await WriteAsync(account, days, At(30).AddHours(round), facts);
        }

        await using var db = await app.Studio.OpenAsync(scene.Admin, default);
        var facts2 = await db.MetricFacts.Where(f => f.Level == MetricLevel.Campaign).ToListAsync();
        var byCampaign = await db.CampaignDays.ToListAsync();
        var byAccount = await db.AccountDays.ToListAsync();
        byCampaign.Select(d => (d.PlatformCampaignId, d.Day, d.Impressions, d.Clicks, d.SpendMicros, d.ConversionsMicros, d.ValueMicros, d.ReadAt)).Order()
            .ShouldBe(facts2.Select(f => (f.EntityId, f.Day, f.Impressions, f.Clicks, f.SpendMicros, f.ConversionsMicros, f.ValueMicros, f.ReadAt)).Order());
        byAccount.Where(a => a.Impressions + a.SpendMicros > 0).Select(a => (a.AdAccountId, a.Day, a.Impressions, a.Clicks, a.SpendMicros, a.ConversionsMicros, a.ValueMicros)).Order()
            .ShouldBe(facts2.GroupBy(f => (f.AdAccountId, f.Day)).Select(g => (g.Key.AdAccountId, g.Key.Day, g.Sum(f => f.Impressions), g.Sum(f => f.Clicks), g.Sum(f => f.SpendMicros),
                g.Sum(f => f.ConversionsMicros), g.Sum(f => f.ValueMicros))).Where(s => s.Item3 + s.Item5 > 0).Order());
    }

    [Fact]
    public async Task What_the_writer_stores_is_what_the_model_reads()
    {
        var scene = await Scene.SetAsync(app.Studio, "Exact");
        var campaign = await Launched.OnAsync(app.Studio, scene, scene.Google, "Exact", Launch);
        var fact = campaign.Fact(MetricLevel.Ad, campaign.First.Id, May1, new(long.MaxValue / 4, 2, 3, 4, 5));
        fact.Reach = 77;

        await WriteAsync(scene.Google, FirstThree, new DateTimeOffset(2026, 5, 3, 1, 2, 3, 456, TimeSpan.Zero).AddTicks(7), [fact], finalThrough: May1);

        await using var db = await app.Studio.OpenAsync(scene.Admin, default);
        var read = await db.MetricFacts.AsNoTracking().SingleAsync(f => f.EntityId == campaign.First.Id && f.Day == May1);
        read.ShouldBeEquivalentTo(fact);
        read.IsFinal.ShouldBeTrue();
    }

    [Fact]
    public async Task Both_writers_send_every_column_of_a_fact()
    {
        await using var db = await app.Studio.OpenForEveryoneAsync(default);
        var model = db.Model.FindEntityType(typeof(MetricFact))!;

        FactWriter.Columns.Order().ShouldBe(model.GetProperties().Select(p => p.GetColumnName()).Order());
        FactWriter.Key.ShouldBe(model.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName()));
        foreach (var column in FactWriter.Columns)
        {
            SqliteFactWriter.Upsert.ShouldContain($"\"{column}\"");
            SqlServerFactWriter.Stage.ShouldContain($"f.[{column}]");
            SqlServerFactWriter.Insert.ShouldContain($"s.[{column}]");
        }
        foreach (var value in FactWriter.Values) SqlServerFactWriter.Update.ShouldContain($"f.[{value}] = s.[{value}]");
    }

    [Fact]
    public void The_table_for_SQL_Server_holds_what_the_fact_says()
    {
        var fact = new MetricFact { EntityId = Guid.NewGuid(), Day = May1, Level = MetricLevel.AdSet, Clicks = 7, ReadAt = Launch, IsFinal = true };

        var row = SqlServerFactWriter.TableOf([fact]).Rows[0];

        row["EntityId"].ShouldBe(fact.EntityId);
        row["Day"].ShouldBe(new DateTime(2026, 5, 1));
        row["Level"].ShouldBe("AdSet");
        row["Clicks"].ShouldBe(7L);
        row["Reach"].ShouldBe(DBNull.Value);
        row["ReadAt"].ShouldBe(Launch.UtcDateTime);
        row["IsFinal"].ShouldBe(true);
    }

    /// <summary>Noon UTC so many days after the first of May.</summary>
    private static DateTimeOffset At(int days) => Launch.AddDays(days);

    private async Task<FactsWritten> WriteAsync(AdAccount account, DayRange days, DateTimeOffset readAt, IEnumerable<MetricFact> facts, DateOnly? finalThrough = null)
    {
        await using var db = await app.Studio.OpenForEveryoneAsync(default);
        var final = finalThrough ?? days.From.AddDays(-1);
        var list = facts.ToList();
        foreach (var fact in list) (fact.ReadAt, fact.IsFinal) = (readAt, fact.Day <= final);
        return await app.Get<IFactWriter>().WriteAsync(db, new AnsweredDays(account, days, final, readAt, list), default);
    }
}
