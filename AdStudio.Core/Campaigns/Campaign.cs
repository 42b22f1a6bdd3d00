using AdStudio.Core.Accounts;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace AdStudio.Core.Campaigns;

/// <summary>Where a campaign stands as a whole; <see cref="PlatformCampaign.Status"/> says it for each platform.</summary>
public enum CampaignStatus { Draft, Scheduled, Launching, InReview, Submitted, Active, Paused, Completed, Failed, Rejected }

/// <summary>Where it was made: written here, or found on an ad account.</summary>
public enum CampaignOrigin { Studio, Imported }

/// <summary>An advertising campaign, written once for several platforms.</summary>
public sealed class Campaign : IOrganizationRow, IVersionedRow, IAuditedRow, ISoftDeletedRow, ITellingRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }

    /// <summary>Unique in the organization; API 003's id.</summary>
    public int Number { get; set; }
    public Guid WorkspaceId { get; set; }
    public Workspace Workspace { get; set; } = null!;
    public Guid TeamId { get; set; }
    public string Name { get; set; } = "";
    public CampaignStatus Status { get; set; }
    public CampaignOrigin Origin { get; set; }

    /// <summary>Everything the wizard writes; what lists filter by stands beside it as columns.</summary>
    public CampaignSpec Spec { get; set; } = new();

    /// <summary>The request as a program gave it, without secrets; null for a campaign written in the wizard.</summary>
    [NotAudited] public string? Input { get; set; }

    /// <summary>The kind of campaign in a program's own word, where that says more than the objective.</summary>
    public string? GivenType { get; set; }
    public PromotedContent? Content { get; set; }

    /// <summary>A JSON object of the program that wrote it, kept as it came and shown to whoever reads it; null for none.</summary>
    [NotAudited] public string? Metadata { get; set; }
    public Objective? Objective { get; set; }
    public long? BudgetMicros { get; set; }
    public string? BudgetCurrency { get; set; }

    /// <summary>Days of the schedule in its own zone; null starts at launch, or runs until paused.</summary>
    public DateOnly? StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }

    /// <summary>When it starts by itself (UTC), once scheduled.</summary>
    public DateTimeOffset? ScheduledFor { get; set; }

    /// <summary>By which verdict it may start by itself, and the spec that was allowed so: another one is asked about anew.</summary>
    [NotAudited] public Guid? ScheduleVerdictId { get; set; }
    [NotAudited] public string? ScheduledSpec { get; set; }

    /// <summary>Its own authority; the tighter of this and its workspace's counts. Null narrows nothing.</summary>
    public Authority? Authority { get; set; }
    public Guid? CreatedById { get; set; }
    public string CreatedByName { get; set; } = "";
    public Guid? CopiedFromId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? LaunchedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public long Version { get; set; }
    public List<PlatformCampaign> Platforms { get; set; } = [];
    public List<CampaignTarget> Targets { get; set; } = [];

    string IAuditedRow.AuditName => Name;
    IEnumerable<StudioEvent> ITellingRow.Tell(EntityEntry entry) => CampaignEvents.Of(this, entry);

    /// <summary>Takes over what an author wrote, and with it the columns and rows by which lists filter.</summary>
    public void Write(string name, CampaignSpec spec)
    {
        (Name, Spec, Objective, BudgetMicros, BudgetCurrency) = (name, spec, spec.Objective, spec.Budget.AmountMicros, spec.Budget.Currency);
        (StartsOn, EndsOn) = (DayOf(spec.Schedule.Start), DayOf(spec.Schedule.End));
        Targets.RemoveAll(t => spec.Platforms.All(p => p.Platform != t.Platform));
        foreach (var choice in spec.Platforms)
        {
            var target = Targets.Find(t => t.Platform == choice.Platform);
            if (target is null) Targets.Add(target = new CampaignTarget { OrganizationId = OrganizationId, CampaignId = Id, Platform = choice.Platform });
            target.AdAccountId = choice.AdAccountId;
        }
    }

    private static DateOnly? DayOf(DateTime? local) => local is { } time ? DateOnly.FromDateTime(time) : null;

    /// <summary>Whether it already says just this. Specs are compared as they are stored: records with lists in them do not compare by value.</summary>
    public bool IsWritten(string name, CampaignSpec spec) => Name == name.Trim() && JsonText<CampaignSpec>.Comparer.Equals(Spec, spec);
}

/// <summary>A platform of the spec as a row, so that lists can filter by platform and by account. Follows the spec.</summary>
public sealed class CampaignTarget : IOrganizationRow
{
    public Guid OrganizationId { get; set; }
    public Guid CampaignId { get; set; }
    public Campaign Campaign { get; set; } = null!;
    public Platform Platform { get; set; }
    public Guid? AdAccountId { get; set; }
}

/// <summary>A campaign as it stands on one platform, in one ad account; with country groups, one of them.</summary>
public sealed class PlatformCampaign : IOrganizationRow, IAuditedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid CampaignId { get; set; }
    public Campaign Campaign { get; set; } = null!;
    public Platform Platform { get; set; }

    /// <summary>The country group that it runs for; empty for all places.</summary>
    public string GroupName { get; set; } = "";

    /// <summary>Null when the platform is not connected: then <see cref="StatusDetail"/> says so.</summary>
    public Guid? AdAccountId { get; set; }
    public AdAccount? AdAccount { get; set; }
    public PlatformStatus Status { get; set; }

    /// <summary>The platform's own words when it refuses, or ours when it cannot be reached. Shown in quotes.</summary>
    public string? StatusDetail { get; set; }

    /// <summary>The kind of the last failure ("RateLimited"), and the field it names, if any.</summary>
    [NotAudited] public PlatformFailureKind? FailureKind { get; set; }
    [NotAudited] public string? FailureField { get; set; }

    /// <summary>The campaign's id on the platform, once it exists there.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Its share of the budget in the account's currency, in micros.</summary>
    public long BudgetMicros { get; set; }
    public string Currency { get; set; } = "";
    public DateTimeOffset? LaunchedAt { get; set; }
    [NotAudited] public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When it was found on the account (UTC); null for what was launched from here.</summary>
    [NotAudited] public DateTimeOffset? ImportedAt { get; set; }

    /// <summary>Of an imported one: what the platform called it when it was last read, so that a name given here is kept until the platform's changes.</summary>
    [NotAudited] public string? NameThere { get; set; }

    /// <summary>Of an imported one: further ids that changing it needs, by the keys of <see cref="LaunchedObjects.Ids"/>.</summary>
    [NotAudited] public IReadOnlyDictionary<string, string> IdsThere { get; set; } = new Dictionary<string, string>();
    public List<AdSet> AdSets { get; set; } = [];

    string IAuditedRow.AuditName => GroupName.Length == 0 ? $"{Campaign?.Name} on {Platform}" : $"{Campaign?.Name} / {GroupName} on {Platform}";
}

/// <summary>An ad set (Meta) or ad group (Google) as it stands on the platform.</summary>
public sealed class AdSet : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid PlatformCampaignId { get; set; }
    public PlatformCampaign PlatformCampaign { get; set; } = null!;
    public string ExternalId { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>The platform's effective status, in its own word.</summary>
    public string Status { get; set; } = "";
    public List<Ad> Ads { get; set; } = [];
}

public sealed class Ad : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid AdSetId { get; set; }
    public AdSet AdSet { get; set; } = null!;
    public Guid? CreativeId { get; set; }

    /// <summary>What an imported ad shows; an ad of ours has what its creative says.</summary>
    public CreativeType? CreativeType { get; set; }
    public string ExternalId { get; set; } = "";
    public string Name { get; set; } = "";

    /// <summary>The platform's effective status, in its own word.</summary>
    public string Status { get; set; } = "";

    /// <summary>Why the platform rejected it, in its own words.</summary>
    public string? Review { get; set; }
}
