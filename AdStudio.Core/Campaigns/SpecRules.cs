using AdStudio.Core.Common;

namespace AdStudio.Core.Campaigns;

/// <summary>What even a draft may not hold. All else may be missing or wrong until preflight.</summary>
internal static class SpecRules
{
    public const int MaxName = 128;
    public const int MaxGroups = 20;
    public const int MaxGroupName = 60;

    public static Refusal? Check(string name, CampaignSpec spec)
    {
        List<FieldProblem> problems = [];
        if (name.Trim().Length == 0) problems.Add(new("name", "Give the campaign a name."));
        if (name.Length > MaxName) problems.Add(new("name", $"The name has {name.Length} characters; {MaxName} are the most."));
        if (spec.Platforms.GroupBy(p => p.Platform).FirstOrDefault(g => g.Count() > 1) is { } twice)
            problems.Add(new("platforms", $"{twice.Key.Label()} is there twice. Each platform may be chosen once."));
        if (spec.CreativeIds.Count > 50) problems.Add(new("creativeIds", "A campaign takes up to 50 creatives."));
        if (spec.AudienceIds.Count > 50) problems.Add(new("audienceIds", "A campaign takes up to 50 audiences."));
        if (spec.Audience.Places.Count > 200) problems.Add(new("audience.places", "A campaign takes up to 200 places."));
        if (spec.Audience.Interests.Count > 200) problems.Add(new("audience.interests", "A campaign takes up to 200 interests."));
        if (spec.Audience.ExcludedPlaces.Count > 200) problems.Add(new("audience.excludedPlaces", "A campaign takes up to 200 excluded places."));
        if (spec.Audience.Traits.Count > 200) problems.Add(new("audience.traits", "A campaign takes up to 200 traits."));
        if (spec.Groups.Count > MaxGroups) problems.Add(new("groups", $"A campaign takes up to {MaxGroups} country groups."));
        foreach (var (group, i) in spec.Groups.Select((g, i) => (g, i)))
        {
            if (group.Name.Length > MaxGroupName) problems.Add(new($"groups[{i}].name", $"The group's name has {group.Name.Length} characters; {MaxGroupName} are the most."));
            if (group.Fraction is < 0 or > 1) problems.Add(new($"groups[{i}].fraction", "A group's share lies between 0 and 100 %."));
            if (group.Places.Count > 200 || group.ExcludedPlaces.Count > 200) problems.Add(new($"groups[{i}].places", "A country group takes up to 200 places, and as many excluded ones."));
        }
        if (spec.Budget.AmountMicros < 0) problems.Add(new("budget.amount", "A budget can't be less than nothing."));
        if (spec.Budget.Currency is { } currency && !Currencies.All.Contains(currency)) problems.Add(new("budget.currency", $"“{currency}” is no currency code. Use one such as USD or EUR."));
        if (spec.Schedule.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) problems.Add(new("schedule.timeZone", $"“{zone}” is no time zone. Use one such as Europe/Berlin."));
        return problems.Count > 0 ? new InvalidError(problems) : null;
    }
}
