using AdStudio.Core.Campaigns;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Insights;

/// <summary>
/// The numbers of one entity on one day of its account's time zone, with or without a breakdown. Upserted by key, so a re-read never doubles.
/// Money is micros of the account's currency; conversions are millionths, because platforms count fractions.
/// </summary>
public sealed class MetricFact : IOrganizationRow
{
    public Guid OrganizationId { get; set; }
    public Guid AdAccountId { get; set; }
    public Guid PlatformCampaignId { get; set; }
    public MetricLevel Level { get; set; }

    /// <summary>Our id of the platform campaign, ad set or ad.</summary>
    public Guid EntityId { get; set; }
    public DateOnly Day { get; set; }

    /// <summary>"" for the whole, or "age:25-34", "country:US".</summary>
    public string Breakdown { get; set; } = "";
    public long Impressions { get; set; }
    public long Clicks { get; set; }
    public long SpendMicros { get; set; }
    public long ConversionsMicros { get; set; }
    public long ValueMicros { get; set; }
    public long? Reach { get; set; }

    /// <summary>When it was read (UTC), and whether the platform may still change it.</summary>
    public DateTimeOffset ReadAt { get; set; }
    public bool IsFinal { get; set; }
}

/// <summary>Roll-up: a platform campaign's day. Kept in the same transaction as the facts.</summary>
public sealed class CampaignDay : IOrganizationRow
{
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Guid AdAccountId { get; set; }
    public Guid CampaignId { get; set; }
    public Guid PlatformCampaignId { get; set; }
    public Platform Platform { get; set; }
    public DateOnly Day { get; set; }
    public long Impressions { get; set; }
    public long Clicks { get; set; }
    public long SpendMicros { get; set; }
    public long ConversionsMicros { get; set; }
    public long ValueMicros { get; set; }
    public DateTimeOffset ReadAt { get; set; }
    public bool IsFinal { get; set; }
}

/// <summary>Roll-up: an ad account's day over all its campaigns. Kept in the same transaction as the facts.</summary>
public sealed class AccountDay : IOrganizationRow
{
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Guid AdAccountId { get; set; }
    public Platform Platform { get; set; }
    public string Currency { get; set; } = "";
    public DateOnly Day { get; set; }
    public long Impressions { get; set; }
    public long Clicks { get; set; }
    public long SpendMicros { get; set; }
    public long ConversionsMicros { get; set; }
    public long ValueMicros { get; set; }
    public DateTimeOffset ReadAt { get; set; }
    public bool IsFinal { get; set; }
}

/// <summary>A reading that was asked for waits until a worker takes it up.</summary>
public enum SyncStatus { Waiting, Running, Succeeded, Failed }

/// <summary>One reading of an account's numbers.</summary>
public sealed class SyncRun : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Guid AdAccountId { get; set; }
    public AdAccount AdAccount { get; set; } = null!;

    /// <summary>The account's id while waiting or running, null afterwards; unique, so that two never read one account at once.</summary>
    public Guid? ActiveKey { get; set; }
    public Platform Platform { get; set; }

    /// <summary>Until when its worker holds it; past, any worker may start it anew.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }
    public SyncStatus Status { get; set; }

    /// <summary>First and last day read, in the account's time zone.</summary>
    public DateOnly From { get; set; }
    public DateOnly To { get; set; }

    /// <summary>"hourly", "by hand", "first read".</summary>
    public string Trigger { get; set; } = "";
    public int Percent { get; set; }
    public string? Doing { get; set; }
    public int RowsRead { get; set; }
    public int RowsStored { get; set; }

    /// <summary>Rows of campaigns on the account that the studio does not know.</summary>
    public int RowsOfOthers { get; set; }

    /// <summary>Campaign days that were over when they were read before and whose figures have changed since (late conversions, corrections).</summary>
    public int DaysRestated { get; set; }
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When the first of the tries began of which this one is the continuation (UTC): days stored since then are not asked for again. Null begins anew.</summary>
    public DateTimeOffset? GoesOnSince { get; set; }

    /// <summary>Whether the numbers by age, country and so on were read too.</summary>
    public bool WithBreakdowns { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public PlatformFailureKind? FailureKind { get; set; }
    public string? FailureText { get; set; }
    public DateTimeOffset? RetryAt { get; set; }
}
