using System.Data.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AdStudio.Infrastructure.Data;

/// <summary>What both databases do alike: facts, zeros and roll-ups of an account's days in one transaction. How facts are stored fastest is each one's own.</summary>
internal abstract class FactWriter : IFactWriter
{
    /// <summary>The key of a fact, then what a reading brings, in the order in which both writers send it.</summary>
    public static readonly IReadOnlyList<string> Key = [nameof(MetricFact.EntityId), nameof(MetricFact.Day), nameof(MetricFact.Breakdown)];

    public static readonly IReadOnlyList<string> Values =
    [
        nameof(MetricFact.OrganizationId), nameof(MetricFact.AdAccountId), nameof(MetricFact.PlatformCampaignId), nameof(MetricFact.Level), nameof(MetricFact.Impressions), nameof(MetricFact.Clicks),
        nameof(MetricFact.SpendMicros), nameof(MetricFact.ConversionsMicros), nameof(MetricFact.ValueMicros), nameof(MetricFact.Reach), nameof(MetricFact.ReadAt), nameof(MetricFact.IsFinal),
    ];

    public static IEnumerable<string> Columns => Key.Concat(Values);

    /// <summary>Inserts or overwrites by key; how many rows the database says it wrote.</summary>
    protected abstract Task<int> UpsertAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<MetricFact> facts, CancellationToken ct);

    public Task<FactsWritten> WriteAsync(StudioDb db, AnsweredDays answer, CancellationToken ct) => db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var stored = await UpsertAsync(db.Database.GetDbConnection(), transaction.GetDbTransaction(), answer.Facts, ct);
        if (answer.Breakdown is { } kind)
        {
            var removed = await RemovePartsAsync(db, answer, kind.Word() + ":", ct);
            await transaction.CommitAsync(ct);
            return new FactsWritten(stored, removed, 0);
        }
        var zeroed = await ZeroAsync(db, answer, ct);
        var restated = await RestatedAsync(db, answer, ct);
        await RollUpCampaignsAsync(db, answer, ct);
        await RollUpAccountAsync(db, answer, ct);
        await transaction.CommitAsync(ct);
        return new FactsWritten(stored, zeroed, restated);
    });

    /// <summary>What was answered earlier and now no more: the platform took it back.</summary>
    private static Task<int> ZeroAsync(StudioDb db, AnsweredDays answer, CancellationToken ct)
    {
        var (account, days) = (answer.Account.Id, answer.Days);
        return db.MetricFacts
            .Where(f => db.PlatformCampaigns.Any(p => p.Id == f.PlatformCampaignId && p.AdAccountId == account) && f.AdAccountId == account && f.Breakdown == "")
            .Where(f => f.Day >= days.From && f.Day <= days.To && f.ReadAt < answer.ReadAt)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.Impressions, 0).SetProperty(f => f.Clicks, 0).SetProperty(f => f.SpendMicros, 0).SetProperty(f => f.ConversionsMicros, 0)
                .SetProperty(f => f.ValueMicros, 0).SetProperty(f => f.Reach, (long?)null).SetProperty(f => f.ReadAt, answer.ReadAt).SetProperty(f => f.IsFinal, f => f.Day <= answer.FinalThrough), ct);
    }

    /// <summary>Parts that were answered earlier and now no more.</summary>
    private static Task<int> RemovePartsAsync(StudioDb db, AnsweredDays answer, string prefix, CancellationToken ct)
    {
        var (account, days) = (answer.Account.Id, answer.Days);
        return db.MetricFacts
            .Where(f => db.PlatformCampaigns.Any(p => p.Id == f.PlatformCampaignId && p.AdAccountId == account) && f.AdAccountId == account && f.Breakdown.StartsWith(prefix))
            .Where(f => f.Level == MetricLevel.Campaign && f.Day >= days.From && f.Day <= days.To && f.ReadAt < answer.ReadAt).ExecuteDeleteAsync(ct);
    }

    /// <summary>Campaign days that were over when they were read before, and read otherwise now. Compared before the roll-up is replaced.</summary>
    private static async Task<int> RestatedAsync(StudioDb db, AnsweredDays answer, CancellationToken ct)
    {
        var (account, days) = (answer.Account.Id, answer.Days);
        var changed = await (
            from before in db.CampaignDays
            join now in db.MetricFacts on new { EntityId = before.PlatformCampaignId, before.Day } equals new { now.EntityId, now.Day }
            where before.AdAccountId == account && before.Day >= days.From && before.Day <= days.To && now.Breakdown == ""
                && (before.Impressions != now.Impressions || before.Clicks != now.Clicks || before.SpendMicros != now.SpendMicros || before.ConversionsMicros != now.ConversionsMicros || before.ValueMicros != now.ValueMicros)
            select new { before.Day, before.ReadAt }).ToListAsync(ct);
        return changed.Count(c => c.Day < c.ReadAt.DayIn(answer.Account.TimeZone));
    }

    /// <summary>The campaigns' days are their facts on the level of campaigns, copied set by set.</summary>
    private static async Task RollUpCampaignsAsync(StudioDb db, AnsweredDays answer, CancellationToken ct)
    {
        var (account, workspace, days) = (answer.Account.Id, answer.Account.WorkspaceId, answer.Days);
        await db.CampaignDays.Where(d => d.AdAccountId == account && d.Day >= days.From && d.Day <= days.To).ExecuteDeleteAsync(ct);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "CampaignDays" ("OrganizationId", "WorkspaceId", "AdAccountId", "CampaignId", "PlatformCampaignId", "Platform", "Day",
                "Impressions", "Clicks", "SpendMicros", "ConversionsMicros", "ValueMicros", "ReadAt", "IsFinal")
            SELECT f."OrganizationId", {workspace}, f."AdAccountId", p."CampaignId", p."Id", p."Platform", f."Day",
                f."Impressions", f."Clicks", f."SpendMicros", f."ConversionsMicros", f."ValueMicros", f."ReadAt", f."IsFinal"
            FROM "PlatformCampaigns" p JOIN "MetricFacts" f ON f."EntityId" = p."Id"
            WHERE p."AdAccountId" = {account} AND f."Breakdown" = '' AND f."Day" >= {days.From} AND f."Day" <= {days.To}
            """, ct);
    }

    /// <summary>Every day that was asked for has a row, also one without delivery: read and zero is not the same as not read.</summary>
    private static async Task RollUpAccountAsync(StudioDb db, AnsweredDays answer, CancellationToken ct)
    {
        var (account, days) = (answer.Account, answer.Days);
        var sums = await db.CampaignDays.Where(d => d.AdAccountId == account.Id && d.Day >= days.From && d.Day <= days.To).GroupBy(d => d.Day)
            .Select(g => new
            {
                Day = g.Key, Impressions = g.Sum(d => d.Impressions), Clicks = g.Sum(d => d.Clicks), Spend = g.Sum(d => d.SpendMicros),
                Conversions = g.Sum(d => d.ConversionsMicros), Value = g.Sum(d => d.ValueMicros),
            }).ToDictionaryAsync(d => d.Day, ct);
        var rows = await db.AccountDays.Where(d => d.AdAccountId == account.Id && d.Day >= days.From && d.Day <= days.To).ToDictionaryAsync(d => d.Day, ct);
        foreach (var day in days.Each())
        {
            if (!rows.TryGetValue(day, out var row)) db.AccountDays.Add(row = new AccountDay { OrganizationId = account.OrganizationId, AdAccountId = account.Id, Day = day });
            (row.WorkspaceId, row.Platform, row.Currency) = (account.WorkspaceId, account.Platform, account.Currency);
            (row.ReadAt, row.IsFinal) = (answer.ReadAt, day <= answer.FinalThrough);
            (row.Impressions, row.Clicks, row.SpendMicros, row.ConversionsMicros, row.ValueMicros) =
                sums.TryGetValue(day, out var sum) ? (sum.Impressions, sum.Clicks, sum.Spend, sum.Conversions, sum.Value) : (0, 0, 0, 0, 0);
        }
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
