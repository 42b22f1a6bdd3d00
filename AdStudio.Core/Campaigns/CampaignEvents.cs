using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace AdStudio.Core.Campaigns;

/// <summary>What is told of campaigns, seen from the rows that a save changes: whichever action changed them.</summary>
internal static class CampaignEvents
{
    public static IEnumerable<StudioEvent> Of(Campaign campaign, EntityEntry entry)
    {
        if (entry.State == EntityState.Deleted) yield break;
        var platforms = entry.Context.ChangeTracker.Entries<PlatformCampaign>().Where(p => p.Entity.CampaignId == campaign.Id && p.State is EntityState.Added or EntityState.Modified).ToList();
        var before = entry.State == EntityState.Added ? (CampaignStatus?)null : (CampaignStatus)entry.Property(nameof(Campaign.Status)).OriginalValue!;

        if (before is null) yield return Event(EventNames.CampaignCreated, campaign);
        else if (Changed(entry) is { Count: > 0 } fields) yield return Event(EventNames.CampaignUpdated, campaign, new() { ["changed"] = new JsonArray([.. fields.Select(f => (JsonNode)f)]) });
        if (before is null) yield break;

        var moved = platforms.Select(p => (p.Entity, From: p.State == EntityState.Added ? (PlatformStatus?)null : (PlatformStatus)p.Property(nameof(PlatformCampaign.Status)).OriginalValue!)).Where(p => p.From != p.Entity.Status).ToList();
        if (before == campaign.Status && moved.Count == 0) yield break;

        yield return Event(EventNames.CampaignStatusChanged, campaign, new()
        {
            ["from"] = EventNames.Word(before.Value), ["to"] = EventNames.Word(campaign.Status),
            ["platformChanges"] = new JsonArray([.. moved.Select(p => new JsonObject { ["platform"] = p.Entity.Platform.Wire(), ["group"] = Group(p.Entity), ["from"] = p.From is { } from ? EventNames.Word(from) : null, ["to"] = EventNames.Word(p.Entity.Status) })]),
        });
        if (campaign.Status != before && campaign.Status == CampaignStatus.Launching) yield return Event(EventNames.CampaignProcessing, campaign);
        if (campaign.Status != before && campaign.Status == CampaignStatus.Completed) yield return Event(EventNames.CampaignCompleted, campaign);

        // One platform may fail while the others run: the campaign as a whole goes on, and still something has failed.
        var failed = moved.Where(p => p.Entity.Status == PlatformStatus.Failed).Select(p => p.Entity.Platform.Wire()).Distinct().ToList();
        if (failed.Count > 0 || (campaign.Status != before && campaign.Status == CampaignStatus.Failed))
            yield return Event(EventNames.CampaignFailed, campaign, new() { ["failed"] = new JsonArray([.. failed.Select(p => (JsonNode)p)]) });
    }

    /// <summary>What an author changed, by its public name; parts of the spec each by their own.</summary>
    private static List<string> Changed(EntityEntry entry)
    {
        List<string> changed = [];
        if (IsChanged(nameof(Campaign.Name))) changed.Add("name");
        if (IsChanged(nameof(Campaign.ScheduledFor))) changed.Add("scheduledFor");
        if (IsChanged(nameof(Campaign.DeletedAt))) changed.Add("deletedAt");
        var spec = entry.Property(nameof(Campaign.Spec));
        if (spec.IsModified && Json(spec.OriginalValue) is { } old && Json(spec.CurrentValue) is { } now)
            changed.AddRange(old.Select(p => p.Key).Union(now.Select(p => p.Key)).Where(key => !JsonNode.DeepEquals(old[key], now[key])));
        return changed;

        bool IsChanged(string name) => entry.Property(name) is { IsModified: true } property && !Equals(property.OriginalValue, property.CurrentValue);
        static JsonObject? Json(object? spec) => System.Text.Json.JsonSerializer.SerializeToNode(spec as CampaignSpec, StudioJson.Options) as JsonObject;
    }

    private static StudioEvent Event(string name, Campaign campaign, JsonObject? more = null)
    {
        var data = new JsonObject
        {
            ["campaignId"] = PublicId.Of("cmp", campaign.Id), ["number"] = campaign.Number, ["name"] = campaign.Name, ["status"] = EventNames.Word(campaign.Status),
            ["objective"] = campaign.Objective is { } objective ? EventNames.Word(objective) : null, ["origin"] = EventNames.Word(campaign.Origin),
            ["scheduledFor"] = At(campaign.ScheduledFor), ["deletedAt"] = At(campaign.DeletedAt),
            ["platforms"] = new JsonArray([.. campaign.Platforms.OrderBy(p => p.Platform).ThenBy(p => p.GroupName, StringComparer.Ordinal).Select(p => new JsonObject
            {
                ["platform"] = p.Platform.Wire(), ["group"] = Group(p), ["status"] = EventNames.Word(p.Status), ["detail"] = p.StatusDetail, ["adAccountId"] = p.AdAccountId?.ToString(), ["externalId"] = p.ExternalId,
            })]),
        };
        foreach (var (key, value) in more ?? []) data[key] = value?.DeepClone();
        return StudioEvent.Of(name, campaign.OrganizationId, campaign.WorkspaceId, campaign.Id, data);
    }

    /// <summary>Of a campaign that is divided by country groups: which of them.</summary>
    private static string? Group(PlatformCampaign platform) => platform.GroupName.Length == 0 ? null : platform.GroupName;

    private static JsonNode? At(DateTimeOffset? instant) => instant is { } at ? JsonValue.Create(at.UtcDateTime) : null;
}
