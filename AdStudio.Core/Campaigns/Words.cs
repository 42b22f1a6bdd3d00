using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

/// <summary>The field's words for people: statuses, goals, platforms.</summary>
public static class Words
{
    public static string Label(this Platform platform) => Catalogue.Of(platform).Name;

    public static string Label(this CampaignStatus status) => status switch { CampaignStatus.InReview => "In review", _ => status.ToString() };

    /// <summary>As the APIs say it: lower-case words, but the review states and the two that switch in capitals.</summary>
    public static string Wire(this CampaignStatus status) => status switch
    {
        CampaignStatus.InReview => "IN_REVIEW",
        CampaignStatus.Submitted or CampaignStatus.Active or CampaignStatus.Paused => status.ToString().ToUpperInvariant(),
        _ => status.ToString().ToLowerInvariant(),
    };

    public static string Label(this Objective objective) => objective == Objective.AppInstalls ? "App installs" : objective.ToString();

    public static string Label(this PlatformStatus status) => status switch
    {
        PlatformStatus.NotConnected => "Not connected",
        PlatformStatus.InReview => "In review",
        PlatformStatus.RolledBack => "Rolled back",
        _ => status.ToString(),
    };

    /// <summary>"a page", "an identity".</summary>
    public static string A(string noun) => (noun.Length > 0 && "aeiou".Contains(char.ToLowerInvariant(noun[0]), StringComparison.Ordinal) ? "an " : "a ") + noun;

    /// <summary>What one looks for, in the plural: "Job titles".</summary>
    public static string Label(this TargetingKind kind) => kind switch
    {
        TargetingKind.Behavior => "Behaviours",
        TargetingKind.FieldOfStudy => "Fields of study",
        TargetingKind.JobTitle => "Job titles",
        TargetingKind.FamilyStatus => "Family statuses",
        TargetingKind.LifeEvent => "Life events",
        TargetingKind.Industry => "Industries",
        TargetingKind.Income => "Income",
        TargetingKind.RelationshipStatus => "Relationship statuses",
        TargetingKind.EducationLevel => "Education levels",
        _ => kind + "s",
    };

    /// <summary>"Meta", "Meta and Google", "Meta, Google and TikTok".</summary>
    public static string List(IEnumerable<string> items)
    {
        var all = items.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Count - 1))} and {all[^1]}";
    }
}
