using System.Globalization;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Insights;

/// <summary>What a platform answered for some days of an account, on every level, held against what the studio knows and against itself.</summary>
internal sealed class Slice(AdAccount account, DayRange days, KnownEntities known)
{
    private readonly Dictionary<(Guid Entity, DateOnly Day), MetricFact> facts = [];
    private readonly Dictionary<(Guid Campaign, DateOnly Day), Levels> sums = [];
    private readonly HashSet<(MetricLevel, string, string?, string?, DateOnly)> seen = [];

    /// <summary>Rows of ours that were answered, those of others left out.</summary>
    public int Read { get; private set; }
    public int OfOthers { get; private set; }
    public int Repeated { get; private set; }
    public IReadOnlyCollection<MetricFact> Facts => facts.Values;

    /// <summary>Reads all levels; what the platform refuses ends it.</summary>
    public async Task<Refusal?> ReadAsync(IReadsInsights reader, PlatformAccess access, Func<MetricLevel, Task> begins, CancellationToken ct)
    {
        foreach (var level in Enum.GetValues<MetricLevel>())
        {
            var answer = await AskAsync(reader, access, new(level, days.From, days.To), known, () => begins(level), ct);
            if (!answer.TryGet(out var rows, out var refusal)) return refusal;
            foreach (var row in rows) Add(row);
        }
        return null;
    }

    /// <summary>A question's whole answer. A single day that is too much is asked for in parts of its campaigns, each half of the one before.</summary>
    internal static async Task<Result<List<InsightRow>>> AskAsync(IReadsInsights reader, PlatformAccess access, InsightQuery query, KnownEntities known, Func<Task> begins, CancellationToken ct)
    {
        List<InsightRow> all = [];
        var parts = new Stack<IReadOnlyCollection<string>?>([null]);
        while (parts.TryPop(out var campaigns))
        {
            await begins();
            List<InsightRow> rows = [];
            Refusal? refused = null;
            await foreach (var answer in reader.ReadInsightsAsync(access, query with { CampaignIds = campaigns }, ct))
            {
                if (!answer.TryGet(out var row, out refused)) break;
                rows.Add(row);
            }
            if (refused is null)
            {
                all.AddRange(rows);
                continue;
            }
            // Rows that came before the refusal come again with the smaller question.
            var asked = campaigns ?? known.CampaignIds;
            if (refused is not PlatformFailure { Kind: PlatformFailureKind.TooMuchData } || query.To > query.From || asked.Count < 2) return refused;
            var half = asked.Count / 2;
            parts.Push([.. asked.Skip(half)]);
            parts.Push([.. asked.Take(half)]);
        }
        return all;
    }

    public void Add(InsightRow row)
    {
        if (!days.Contains(row.Day)) return;
        if (known.CampaignOf(row) is not { } campaign)
        {
            OfOthers++;
            return;
        }
        if (!seen.Add((row.Level, row.CampaignId, row.AdSetId, row.AdId, row.Day)))
        {
            // A page that moved while it was read: the same row twice, and perhaps another one missed.
            Read++;
            Repeated++;
            return;
        }
        var levels = sums.TryGetValue((campaign, row.Day), out var there) ? there : sums[(campaign, row.Day)] = new Levels();
        levels.Add(row);
        if (known.EntityOf(row) is not { } entity)
        {
            OfOthers++;
            return;
        }
        Read++;
        facts[(entity, row.Day)] = new MetricFact
        {
            OrganizationId = account.OrganizationId, AdAccountId = account.Id, PlatformCampaignId = campaign, Level = row.Level, EntityId = entity, Day = row.Day,
            Impressions = row.Impressions, Clicks = row.Clicks, SpendMicros = row.SpendMicros, ConversionsMicros = row.ConversionsMicros, ValueMicros = row.ValueMicros, Reach = row.Reach,
        };
    }

    public AnsweredDays Answer(DateOnly finalThrough, DateTimeOffset readAt)
    {
        foreach (var fact in facts.Values) (fact.ReadAt, fact.IsFinal) = (readAt, fact.Day <= finalThrough);
        return new AnsweredDays(account, days, finalThrough, readAt, [.. facts.Values]);
    }

    /// <summary>
    /// What does not add up, in words; null when all does. A campaign's ads must make up the campaign, but for the rounding of each row.
    /// Today is left out: it grows between the first question and the last.
    /// </summary>
    public string? Mismatch(DateOnly today)
    {
        if (Repeated > 0) return $"{account.Platform} gave {Repeated.ToString("N0", CultureInfo.InvariantCulture)} rows twice between {Day(days.From)} and {Day(days.To)}, so others may be missing.";
        var wrong = sums.Where(s => s.Key.Day < today && s.Value.Difference() is not null).OrderBy(s => s.Key.Day).ToList();
        if (wrong.Count == 0) return null;
        var (level, metric, higher, lower) = wrong[0].Value.Difference()!.Value;
        return $"On {Day(wrong[0].Key.Day)} the {level} of a campaign show {Amount(metric, lower)} and the campaign itself {Amount(metric, higher)}"
            + (wrong.Count > 1 ? $"; {wrong.Count} campaign days in all do not add up." : ".");
    }

    private string Amount(string metric, long amount) => metric switch
    {
        "spend" => $"{new Money(amount, account.Currency)} of spend",
        "conversions" => (amount / 1_000_000m).ToString("0.##", CultureInfo.InvariantCulture) + " conversions",
        _ => amount.ToString("N0", CultureInfo.InvariantCulture) + " " + metric,
    };

    private static string Day(DateOnly day) => day.ToString("d MMMM", CultureInfo.InvariantCulture);

    /// <summary>A campaign's day on each level.</summary>
    private sealed class Levels
    {
        private readonly MetricSums[] sums = new MetricSums[3];
        private readonly int[] rows = new int[3];

        public void Add(InsightRow row)
        {
            sums[(int)row.Level] += new MetricSums(row.Impressions, row.Clicks, row.SpendMicros, row.ConversionsMicros, row.ValueMicros);
            rows[(int)row.Level]++;
        }

        public (string Level, string Metric, long Campaign, long Below)? Difference()
        {
            var campaign = sums[(int)MetricLevel.Campaign];
            foreach (var (level, name) in new[] { (MetricLevel.AdSet, "ad sets"), (MetricLevel.Ad, "ads") })
            {
                var below = sums[(int)level];
                var roundings = rows[(int)level] + 1;
                if (campaign.Impressions != below.Impressions) return (name, "impressions", campaign.Impressions, below.Impressions);
                if (campaign.Clicks != below.Clicks) return (name, "clicks", campaign.Clicks, below.Clicks);
                // Half a minor unit each (platforms answer money in cents at the coarsest), and a hundredth of a conversion.
                if (Math.Abs(campaign.SpendMicros - below.SpendMicros) > roundings * 5_000L) return (name, "spend", campaign.SpendMicros, below.SpendMicros);
                if (Math.Abs(campaign.ConversionsMicros - below.ConversionsMicros) > roundings * 10_000L) return (name, "conversions", campaign.ConversionsMicros, below.ConversionsMicros);
            }
            return null;
        }
    }
}
