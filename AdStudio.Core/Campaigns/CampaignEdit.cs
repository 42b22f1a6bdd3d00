using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

/// <summary>A change of a launched campaign while it is being written. Nothing of it is sent before somebody says so; one a campaign, for whoever may change it.</summary>
public sealed class CampaignEdit : IOrganizationRow, IVersionedRow
{
    public Guid CampaignId { get; set; }
    public Campaign Campaign { get; set; } = null!;
    public Guid OrganizationId { get; set; }
    public string Name { get; set; } = "";
    public CampaignSpec Spec { get; set; } = new();
    public string SavedByName { get; set; } = "";
    public DateTimeOffset UpdatedAt { get; set; }
    public long Version { get; set; }
}

/// <summary>A campaign's name and spec as they were sent to a platform.</summary>
public sealed record SentCampaign(string Name, CampaignSpec Spec);

/// <summary>What of a launched campaign differs, and what may differ at all.</summary>
public static class CampaignEdits
{
    /// <summary>What has to be sent for the difference between two versions.</summary>
    public static IReadOnlyList<EditKind> KindsOf(SentCampaign before, SentCampaign after)
    {
        var differing = SpecMerge.Compare((before.Name, before.Spec), (after.Name, after.Spec), (before.Name, before.Spec)).Select(d => d.Part).ToHashSet();
        List<EditKind> kinds = [];
        if (differing.Contains("name")) kinds.Add(EditKind.Name);
        if (differing.Overlaps(["budget", "shares", "groupShares"])) kinds.Add(EditKind.Budget);
        if (differing.Contains("bid")) kinds.Add(EditKind.Bid);
        if (differing.Contains("schedule")) kinds.Add(EditKind.Dates);
        if (differing.Overlaps(["places", "excluded", "groups", "ages", "genders", "interests", "traits", "audiences"])) kinds.Add(EditKind.Targeting);
        if (differing.Contains("creatives")) kinds.Add(EditKind.Creatives);
        return kinds;
    }

    /// <summary>Goal, platforms, accounts and the kind of budget are what a campaign is: who wants them otherwise launches another one.</summary>
    public static Common.Refusal? Fixed(string name, CampaignSpec before, CampaignSpec after)
    {
        List<Common.FieldProblem> problems = [];
        if (before.Objective != after.Objective) problems.Add(new("objective", Words("goal")));
        if (!before.Platforms.Select(Chosen).SequenceEqual(after.Platforms.Select(Chosen))) problems.Add(new("platforms", Words("platforms and accounts")));
        if (!before.Groups.Select(g => g.Name).SequenceEqual(after.Groups.Select(g => g.Name)))
            problems.Add(new("groups", $"Country groups can't be added, taken out or renamed after the launch of “{name}”, because each of them is a campaign of its own on the platforms. Change their shares and places, or duplicate it and launch the copy."));
        if (before.Budget.Type != after.Budget.Type) problems.Add(new("budget.type", Words("kind of budget")));
        if (before.Budget.Currency != after.Budget.Currency) problems.Add(new("budget.currency", Words("currency")));
        if (!before.SpecialAdCategories.SequenceEqual(after.SpecialAdCategories) || !before.SpecialAdCountries.SequenceEqual(after.SpecialAdCountries)) problems.Add(new("specialAdCategories", Words("special categories")));
        return problems.Count > 0 ? new CampaignPartsAreFixed(name, problems) : null;

        string Words(string part) => $"The {part} of “{name}” can't be changed after its launch. Duplicate it and launch the copy.";
        static (Platform, Guid?, string?, string?, string?, Guid?, PlatformDetails?) Chosen(PlatformChoice choice) => (choice.Platform, choice.AdAccountId, choice.PageId, choice.PixelId, choice.AppId, choice.LeadFormId, choice.Details);
    }
}

/// <summary>A part that stays as it was launched; each is named.</summary>
public sealed record CampaignPartsAreFixed(string Name, IReadOnlyList<Common.FieldProblem> Problems) : Common.InvalidError(Problems);

public sealed record CampaignNotLaunched(string Name) : Common.ConflictError($"“{Name}” hasn't been launched, so it is changed in its draft.");
