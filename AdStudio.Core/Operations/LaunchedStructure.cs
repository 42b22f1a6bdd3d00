using System.Text.Json.Nodes;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

/// <summary>Keeps our ad sets and ads in line with what stands on the platform.</summary>
internal static class LaunchedStructure
{
    public const string Gone = "DELETED";

    /// <summary>From the launch's own results, so that they are known before the platform is read.</summary>
    public static void AddFromSteps(StudioDb db, PlatformCampaign platform, Operation launch)
    {
        var adSet = platform.AdSets.Count == 1 ? platform.AdSets[0] : null;
        foreach (var step in launch.Steps.Where(s => s is { Status: StepStatus.Done, ExternalId.Length: > 0 }).OrderBy(s => s.Ordinal))
        {
            if (step.Kind == StepKind.AdSet) adSet = AdSetOf(db, platform, step.ExternalId!, NameOf(step));
            if (step.Kind == StepKind.Ad && adSet is not null) AdOf(db, adSet, step.ExternalId!, NameOf(step)).CreativeId = step.CreativeId;
        }
    }

    /// <summary>Takes over how the platform says that the campaign stands. A rejected ad's words are shown with the platform.</summary>
    public static void Take(StudioDb db, PlatformCampaign platform, CampaignState state, DateTimeOffset now)
    {
        var before = platform.Status;
        platform.Status = state.Status;
        platform.ReadAt = now;
        if (platform.ImportedAt is not null && platform.NameThere != state.Name)
        {
            platform.NameThere = state.Name;
            platform.Campaign.Name = state.Name.Length <= SpecRules.MaxName ? state.Name : state.Name[..(SpecRules.MaxName - 1)] + "…";
        }
        foreach (var read in state.AdSets)
        {
            var adSet = AdSetOf(db, platform, read.ExternalId, read.Name);
            (adSet.Name, adSet.Status) = (read.Name, read.OwnStatus);
            foreach (var readAd in read.Ads)
            {
                var ad = AdOf(db, adSet, readAd.ExternalId, readAd.Name);
                (ad.Name, ad.Status, ad.Review) = (readAd.Name, readAd.OwnStatus, readAd.Rejection);
            }
            foreach (var ad in adSet.Ads.Where(a => read.Ads.All(r => r.ExternalId != a.ExternalId))) ad.Status = Gone;
        }
        foreach (var adSet in platform.AdSets.Where(s => state.AdSets.All(r => r.ExternalId != s.ExternalId))) adSet.Status = Gone;

        var rejected = state.AdSets.SelectMany(s => s.Ads).FirstOrDefault(a => a.Rejection is not null)?.Rejection;
        if (rejected is not null) (platform.StatusDetail, platform.FailureKind) = (rejected, PlatformFailureKind.RejectedByPolicy);
        else if (state.Status == PlatformStatus.Failed) (platform.StatusDetail, platform.FailureKind) = (Stopped(platform.Platform, state.OwnStatus), PlatformFailureKind.MissingPermission);
        else if (platform.FailureKind == PlatformFailureKind.RejectedByPolicy || before == PlatformStatus.Failed) (platform.StatusDetail, platform.FailureKind) = (null, null);
    }

    /// <summary>What stands there whole but may not run, most often for the account's sake.</summary>
    private static string Stopped(Platform platform, string own) =>
        $"{platform.Label()} has stopped it: {Catalogue.RulesOf(platform).Statuses.FirstOrDefault(s => s.Wire == own)?.Words ?? own}. Clear it up there; AdStudio looks again by itself.";

    private static AdSet AdSetOf(StudioDb db, PlatformCampaign platform, string externalId, string name)
    {
        var adSet = platform.AdSets.Find(s => s.ExternalId == externalId);
        if (adSet is null) db.Add(adSet = new AdSet { OrganizationId = platform.OrganizationId, PlatformCampaign = platform, ExternalId = externalId, Name = name });
        return adSet;
    }

    private static Ad AdOf(StudioDb db, AdSet adSet, string externalId, string name)
    {
        var ad = adSet.Ads.Find(a => a.ExternalId == externalId);
        if (ad is null) db.Add(ad = new Ad { OrganizationId = adSet.OrganizationId, AdSet = adSet, ExternalId = externalId, Name = name });
        return ad;
    }

    private static string NameOf(OperationStep step) => JsonNode.Parse(step.Body)?["name"]?.ToString() is { Length: > 0 and <= 512 } name ? name : step.Title;
}
