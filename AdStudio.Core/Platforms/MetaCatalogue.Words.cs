namespace AdStudio.Core.Platforms;

/// <summary>Meta's own words: how things stand, and the traits that it has a fixed list of.</summary>
public static partial class MetaCatalogue
{
    /// <summary>Effective statuses of campaigns, ad sets and ads.</summary>
    private static StatusWord[] Words =>
    [
        new("ACTIVE", PlatformStatus.Active, "Running"), new("PAUSED", PlatformStatus.Paused, "Paused"), new("CAMPAIGN_PAUSED", PlatformStatus.Paused, "Paused with its campaign"), new("ADSET_PAUSED", PlatformStatus.Paused, "Paused with its ad set"),
        new("PENDING_REVIEW", PlatformStatus.InReview, "In review"), new("PREAPPROVED", PlatformStatus.InReview, "Approved, not shown yet"), new("IN_PROCESS", PlatformStatus.InReview, "Being taken in"),
        new("PENDING_BILLING_INFO", PlatformStatus.InReview, "Waits for a way to pay"), new("DISAPPROVED", PlatformStatus.Rejected, "Rejected in review"), new("WITH_ISSUES", PlatformStatus.Active, "Has a problem and may not be shown"),
        new("ARCHIVED", PlatformStatus.Completed, "Archived"), new("DELETED", PlatformStatus.Deleted, "Deleted"),
    ];

    // Meta has no search for these two: their numbers stand in its targeting reference (from memory).

    public static IReadOnlyList<TargetingOption> RelationshipStatuses { get; } = List(
        (1, "Single"), (2, "In a relationship"), (3, "Married"), (4, "Engaged"), (6, "Not specified"), (7, "Civil union"), (8, "Domestic partnership"), (9, "Open relationship"), (10, "Complicated"), (11, "Separated"),
        (12, "Divorced"), (13, "Widowed"));

    public static IReadOnlyList<TargetingOption> EducationLevels { get; } = List(
        (1, "In high school"), (2, "In college"), (3, "College graduate"), (4, "High school graduate"), (5, "Some college"), (6, "Associate degree"), (7, "In graduate school"), (8, "Some graduate school"), (9, "Master's degree"),
        (10, "Professional degree"), (11, "Doctorate"), (12, "Not specified"), (13, "Some high school"));

    private static IReadOnlyList<TargetingOption> List(params (int Number, string Name)[] options) =>
        [.. options.Select(o => new TargetingOption(o.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), o.Name, null))];
}
