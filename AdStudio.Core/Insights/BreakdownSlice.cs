using System.Globalization;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Insights;

/// <summary>Some days of an account's campaigns, taken apart by one kind of value.</summary>
internal sealed class BreakdownSlice(AdAccount account, DayRange days, KnownEntities known, BreakdownKind kind)
{
    private readonly Dictionary<(Guid Campaign, DateOnly Day, string Key), MetricFact> facts = [];
    private readonly Dictionary<(Guid Campaign, DateOnly Day), (MetricSums Sums, int Rows)> sums = [];

    public void Add(InsightRow row)
    {
        if (!days.Contains(row.Day) || known.CampaignOf(row) is not { } campaign) return;
        var key = BreakdownKeys.Of(kind, row.BreakdownValue);
        if (!facts.TryGetValue((campaign, row.Day, key), out var fact))
            facts[(campaign, row.Day, key)] = fact = new MetricFact
            {
                OrganizationId = account.OrganizationId, AdAccountId = account.Id, PlatformCampaignId = campaign, Level = MetricLevel.Campaign, EntityId = campaign, Day = row.Day, Breakdown = key,
            };
        // Two of the platform's values may be one of ours.
        fact.Impressions += row.Impressions;
        fact.Clicks += row.Clicks;
        fact.SpendMicros += row.SpendMicros;
        fact.ConversionsMicros += row.ConversionsMicros;
        fact.ValueMicros += row.ValueMicros;
        var (sum, rows) = sums.GetValueOrDefault((campaign, row.Day));
        sums[(campaign, row.Day)] = (sum + new MetricSums(row.Impressions, row.Clicks, row.SpendMicros, row.ConversionsMicros, row.ValueMicros), rows + 1);
    }

    public AnsweredDays Answer(DateOnly finalThrough, DateTimeOffset readAt)
    {
        foreach (var fact in facts.Values) (fact.ReadAt, fact.IsFinal) = (readAt, fact.Day <= finalThrough);
        return new AnsweredDays(account, days, finalThrough, readAt, [.. facts.Values]) { Breakdown = kind };
    }

    /// <summary>
    /// What does not make up the whole, in words; null when all does. A campaign's day of which the platform told no part is not held against it,
    /// nor are conversions, which platforms do not tell for every value.
    /// </summary>
    public string? Mismatch(IReadOnlyDictionary<(Guid Campaign, DateOnly Day), MetricSums> totals)
    {
        var wrong = (from part in sums
                     where totals.ContainsKey(part.Key)
                     let difference = Difference(totals[part.Key], part.Value.Sums, part.Value.Rows)
                     where difference is not null
                     orderby part.Key.Day
                     select (part.Key.Day, Words: difference)).ToList();
        return wrong.Count == 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"On {wrong[0].Day:d MMMM} a campaign's parts {BreakdownKeys.Words(kind)} {wrong[0].Words}{(wrong.Count > 1 ? $"; {wrong.Count} campaign days in all do not add up." : ".")}");
    }

    private string? Difference(MetricSums whole, MetricSums parts, int rows)
    {
        if (whole.Impressions != parts.Impressions) return Words(Count(parts.Impressions), Count(whole.Impressions), "impressions");
        if (whole.Clicks != parts.Clicks) return Words(Count(parts.Clicks), Count(whole.Clicks), "clicks");
        // Half a minor unit for each row.
        if (Math.Abs(whole.SpendMicros - parts.SpendMicros) > (rows + 1) * 5_000L) return Words(new Money(parts.SpendMicros, account.Currency).ToString(), new Money(whole.SpendMicros, account.Currency).ToString(), "spend");
        return null;

        static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
        static string Words(string parts, string whole, string of) => $"make up {parts} of its {whole} {of}";
    }
}

/// <summary>How a part is named in a fact: "age:25-34".</summary>
public static class BreakdownKeys
{
    private const int Longest = 64;

    /// <summary>What stands for people and places of whom the platform tells nothing.</summary>
    public const string Unknown = "unknown";

    public static string Word(this BreakdownKind kind) => kind switch
    {
        BreakdownKind.Country => "country", BreakdownKind.Age => "age", BreakdownKind.Gender => "gender", BreakdownKind.PublisherPlatform => "publisher_platform", _ => "device",
    };

    internal static string Of(BreakdownKind kind, string? value)
    {
        var key = $"{kind.Word()}:{(string.IsNullOrWhiteSpace(value) ? Unknown : value.Trim())}";
        return key.Length <= Longest ? key : key[..Longest];
    }

    internal static string Words(BreakdownKind kind) => kind switch
    {
        BreakdownKind.Country => "by country", BreakdownKind.Age => "by age", BreakdownKind.Gender => "by gender", BreakdownKind.PublisherPlatform => "by where the ads were seen", _ => "by device",
    };
}
