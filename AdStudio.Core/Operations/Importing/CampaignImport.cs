using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

/// <summary>One import that was asked for waits until a worker takes it up.</summary>
public enum ImportStatus { Waiting, Running, Succeeded, Failed }

/// <summary>One reading of all that stands on an ad account, whoever made it.</summary>
public sealed class CampaignImport : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Guid AdAccountId { get; set; }
    public AdAccount AdAccount { get; set; } = null!;
    public Platform Platform { get; set; }

    /// <summary>The account's id while waiting or running, null afterwards; unique, so that two at once are one.</summary>
    public Guid? ActiveKey { get; set; }

    /// <summary>Until when its worker holds it; past, any worker may start it anew.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }
    public ImportStatus Status { get; set; }
    public ActorKind RequestedByKind { get; set; }
    public Guid RequestedById { get; set; }
    public string RequestedByName { get; set; } = "";
    public string RequestedVia { get; set; } = "";
    public string? Doing { get; set; }

    /// <summary>What stands on the account, and of the campaigns, how many the studio had already.</summary>
    public int Campaigns { get; set; }
    public int AdSets { get; set; }
    public int Ads { get; set; }
    public int Known { get; set; }

    /// <summary>Known campaigns that were changed, or deleted, on the platform.</summary>
    public int Changed { get; set; }
    public int Gone { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public PlatformFailureKind? FailureKind { get; set; }
    public string? FailureText { get; set; }
    public DateTimeOffset? RetryAt { get; set; }
}

/// <summary>An import as people and programs see it.</summary>
public sealed record CampaignImportRow(
    Guid Id, Guid AdAccountId, string Account, Platform Platform, ImportStatus Status, string? Doing, int Campaigns, int AdSets, int Ads, int Known, int Changed, int Gone, DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt, string? FailureText, DateTimeOffset? RetryAt)
{
    public bool IsActive => Status is ImportStatus.Waiting or ImportStatus.Running;

    /// <summary>"14 campaigns, 22 ad sets, 60 ads; 3 were known".</summary>
    public string Summary
    {
        get
        {
            var all = $"{Count(Campaigns, "campaign")}, {Count(AdSets, "ad set")}, {Count(Ads, "ad")}";
            var more = new[] { Known > 0 ? $"{Known} {(Known == 1 ? "was" : "were")} known" : null, Changed > 0 ? $"{Changed} had changed" : null, Gone > 0 ? $"{Gone} had been deleted" : null }.OfType<string>().ToList();
            return more.Count == 0 ? all : $"{all}; {string.Join(", ", more)}";
        }
    }

    internal static CampaignImportRow Of(CampaignImport i, string account) =>
        new(i.Id, i.AdAccountId, account, i.Platform, i.Status, i.Doing, i.Campaigns, i.AdSets, i.Ads, i.Known, i.Changed, i.Gone, i.StartedAt, i.FinishedAt, i.FailureText, i.RetryAt);

    private static string Count(int count, string one) => $"{count} {one}{(count == 1 ? "" : "s")}";
}
