using System.Globalization;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Insights;

/// <summary>One reading at work: asks for a slice, stores it whole, and keeps what does not add up.</summary>
/// <param name="report">Shows what is being done and how far it is, in per cent; throws when another worker has taken over.</param>
internal sealed class Reading(StudioDb db, SyncRun run, KnownEntities known, DateOnly today, IReadsInsights reader, IFactWriter writer, TimeProvider time, Func<string, int, Task> report)
{
    // The oldest day of the window is read for the last time today.
    private readonly DateOnly finalThrough = today.AddDays(1 - Catalogue.RulesOf(run.Platform).RereadDays);

    public int DaysDone { get; private set; }

    /// <summary>The first thing that does not add up, in words.</summary>
    public string? Mismatch { get; private set; }

    /// <summary>The figures of every level. What does not add up is asked for once more before it is believed: it may have moved between one level and the next.</summary>
    public async Task<Refusal?> TotalsAsync(DayRange days, PlatformAccess access, int percent, CancellationToken ct)
    {
        for (var again = false; ; again = true)
        {
            var slice = new Slice(run.AdAccount, days, known);
            if (await slice.ReadAsync(reader, access, level => report(Doing(Words(level), days), percent), ct) is { } refusal) return refusal;
            var wrong = slice.Mismatch(today);
            if (wrong is not null && !again) continue;

            await StoreAsync(slice.Answer(finalThrough, time.GetUtcNow()), slice.Read, wrong, ct);
            run.RowsOfOthers += slice.OfOthers;
            DaysDone += days.Days;
            return null;
        }
    }

    /// <summary>The campaigns' figures by one kind of value, held against their totals.</summary>
    /// <param name="isWhole">Whether the platform's parts make up the whole.</param>
    public async Task<Refusal?> BreakdownAsync(DayRange days, BreakdownKind kind, bool isWhole, PlatformAccess access, int percent, CancellationToken ct)
    {
        var totals = await db.CampaignDays.Where(d => d.AdAccountId == run.AdAccountId && d.Day >= days.From && d.Day <= days.To && d.Day < today)
            .Select(d => new { d.PlatformCampaignId, d.Day, Sums = new MetricSums(d.Impressions, d.Clicks, d.SpendMicros, d.ConversionsMicros, d.ValueMicros) })
            .ToDictionaryAsync(d => (d.PlatformCampaignId, d.Day), d => d.Sums, ct);
        for (var again = false; ; again = true)
        {
            var answer = await Slice.AskAsync(reader, access, new(MetricLevel.Campaign, days.From, days.To) { Breakdown = kind }, known, () => report(Doing(Words(kind), days), percent), ct);
            if (!answer.TryGet(out var rows, out var refusal)) return refusal;
            var slice = new BreakdownSlice(run.AdAccount, days, known, kind);
            foreach (var row in rows) slice.Add(row);
            var wrong = isWhole ? slice.Mismatch(totals) : null;
            if (wrong is not null && !again) continue;

            var facts = slice.Answer(finalThrough, time.GetUtcNow());
            await StoreAsync(facts, facts.Facts.Count, wrong, ct);
            return null;
        }
    }

    private async Task StoreAsync(AnsweredDays answer, int read, string? wrong, CancellationToken ct)
    {
        var written = await writer.WriteAsync(db, answer, ct);
        run.RowsRead += read;
        run.RowsStored += written.Stored;
        run.DaysRestated += written.Restated;
        Mismatch ??= wrong ?? (written.Stored == read ? null
            : string.Create(CultureInfo.InvariantCulture, $"{read:N0} rows were read between {answer.Days.From:d MMMM} and {answer.Days.To:d MMMM}, but {written.Stored:N0} are stored."));
    }

    private static string Doing(string what, DayRange days) =>
        string.Create(CultureInfo.InvariantCulture, $"Reading {what}, {(days.Days == 1 ? "" : days.From.ToString("d MMM", CultureInfo.InvariantCulture) + " to ")}{days.To:d MMM}");

    private static string Words(MetricLevel level) => level switch { MetricLevel.Campaign => "campaigns", MetricLevel.AdSet => "ad sets", _ => "ads" };
    private static string Words(BreakdownKind kind) => kind switch
    {
        BreakdownKind.Country => "countries", BreakdownKind.Age => "ages", BreakdownKind.Gender => "genders", BreakdownKind.PublisherPlatform => "places of the ads", _ => "devices",
    };
}
