using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Crm;

/// <summary>What a program says of a campaign. Null is what it left out.</summary>
internal sealed record CampaignInput
{
    public const int MostUnits = 1_000_000_000;

    public string? Name { get; private init; }
    public Objective? Objective { get; private init; }
    public IReadOnlyList<Platform>? Platforms { get; private init; }
    public BudgetSpec? Budget { get; private init; }
    public IReadOnlyList<string>? AudienceIds { get; private init; }
    public IReadOnlyList<string>? CreativeIds { get; private init; }
    public ScheduleSpec? Schedule { get; private init; }
    public AudienceSpec? Targeting { get; private init; }
    public IReadOnlyDictionary<Platform, string> Accounts { get; private init; } = new Dictionary<Platform, string>();
    public IReadOnlyList<string>? SpecialAdCategories { get; private init; }
    public IReadOnlyList<string>? SpecialAdCountries { get; private init; }
    public Guid? WorkspaceId { get; private init; }
    public long? Version { get; private init; }

    /// <param name="whole">A new campaign needs its name, objective, platforms and budget.</param>
    /// <param name="named">A new template needs its name alone.</param>
    public static CampaignInput Read(Given body, bool whole, bool named = false)
    {
        var input = new CampaignInput
        {
            Name = body.Text("name", 128, whole || named),
            Objective = body.Word("objective", CrmWords.Objectives, whole),
            Platforms = body.Words("platforms", CrmWords.Platforms, whole),
            Budget = ReadBudget(body.Object("budget", whole)),
            AudienceIds = body.Texts("audienceIds", 50, 128),
            CreativeIds = body.Texts("creativeIds", 50, 128),
            Schedule = ReadSchedule(body.Object("schedule")),
            Targeting = ReadTargeting(body.Object("targeting")),
            Accounts = ReadAccounts(body.Object("accounts")),
            SpecialAdCategories = body.Texts("specialAdCategories", 10, 64),
            SpecialAdCountries = ReadCountries(body, "specialAdCountry"),
            WorkspaceId = body.Id("workspaceId", "ws"),
            Version = body.Whole("version", 0, long.MaxValue),
        };
        if (input.Name is { } name && string.IsNullOrWhiteSpace(name)) body.Wrong("name", "name should not be empty");
        if (input.Platforms is { } platforms && platforms.GroupBy(p => p).FirstOrDefault(g => g.Count() > 1) is { } twice)
            body.Wrong("platforms", $"{twice.Key.CrmWire()} is there twice. Each platform may be chosen once.");
        return input;
    }

    private static BudgetSpec? ReadBudget(Given? budget)
    {
        if (budget is null) return null;
        var type = budget.Word("type", CrmWords.BudgetTypes, required: true);
        var amount = budget.Number("amount", 0, MostUnits, required: true);
        var currency = budget.Text("currency", 3, required: true)?.ToUpperInvariant();
        if (currency is not null && !Currencies.IsKnown(currency)) budget.Wrong("currency", $"“{currency}” is no currency code. Use one such as USD or EUR.");
        if (amount == 0) budget.Wrong("amount", "budget.amount should be more than nothing");
        if (type is not { } kind || amount is not { } units || !Currencies.IsKnown(currency)) return null;
        if (Money.FromUnits(units, currency!).Units != units) budget.Wrong("amount", $"{currency} has {Currencies.Digits(currency!)} digits after the point.");
        return new BudgetSpec { Type = kind, AmountMicros = Money.FromUnits(units, currency!).Micros, Currency = currency };
    }

    private static ScheduleSpec? ReadSchedule(Given? schedule)
    {
        if (schedule is null) return null;
        var zoneId = schedule.Text("timezone", 64);
        if (zoneId is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out _)) schedule.Wrong("timezone", $"“{zoneId}” is no time zone. Use one such as Europe/Berlin.");
        var (start, end) = (schedule.Moment("startAt"), schedule.Moment("endAt"));

        // Instants without a zone are kept in UTC; local times without one are the ad account's.
        if (zoneId is null && (start.Instant ?? end.Instant) is not null)
        {
            if (start.Local is not null || end.Local is not null) schedule.Wrong(start.Local is not null ? "startAt" : "endAt", "Give both times with their offset, or name a timezone.");
            zoneId = "UTC";
        }
        var zone = LocalTimes.ZoneOf(zoneId);
        var (from, to) = (LocalOf(start, zone), LocalOf(end, zone));
        if (to <= from) schedule.Wrong("endAt", "The end comes before the start. Choose a later end or an earlier start.");
        return new ScheduleSpec { TimeZone = zoneId, Start = from, End = to };
    }

    private static DateTime? LocalOf((DateTimeOffset? Instant, DateTime? Local) moment, TimeZoneInfo zone) =>
        moment.Instant is { } instant ? DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(instant, zone).DateTime, DateTimeKind.Unspecified) : moment.Local;

    public static AudienceSpec? ReadTargeting(Given? targeting)
    {
        if (targeting is null) return null;
        var (min, max) = ((int)(targeting.Whole("ageMin", 13, 65) ?? 18), (int)(targeting.Whole("ageMax", 13, 65) ?? 65));
        if (min > max) targeting.Wrong("ageMin", "ageMin should not be above ageMax");
        return new AudienceSpec
        {
            Places = [.. (ReadCountries(targeting, "countries") ?? []).Distinct().Select(code => new TargetPlace { Kind = PlaceKind.Country, Country = code, Name = Countries.Find(code)!.Name })],
            AgeMin = min,
            AgeMax = max,
            Genders = [.. (targeting.Words("genders", CrmWords.Genders) ?? []).Distinct()],
        };
    }

    private static List<string>? ReadCountries(Given given, string name)
    {
        if (given.TextOrTexts(name, 200, 8) is not { } codes) return null;
        List<string> known = [];
        foreach (var (index, code) in codes.Index())
            if (Countries.Find(code) is { } country) known.Add(country.Code);
            else given.Wrong($"{name}[{index}]", $"“{code}” is no country code. Use two letters such as US or DE.");
        return known;
    }

    private static Dictionary<Platform, string> ReadAccounts(Given? accounts)
    {
        Dictionary<Platform, string> chosen = [];
        foreach (var (name, account) in accounts?.Entries(128) ?? [])
            if (CrmWords.Platforms.TryGetValue(name.ToLowerInvariant(), out var platform)) chosen[platform] = account;
            else accounts!.Wrong(name, $"“{name}” is no platform. Use {string.Join(", ", CrmWords.Platforms.Keys)}.");
        return chosen;
    }
}
