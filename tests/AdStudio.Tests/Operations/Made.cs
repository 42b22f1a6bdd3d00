using AdStudio.Core.Campaigns;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Tests.Operations;

/// <summary>What stands on a platform of one launch, held against what its plan makes: one of each, neither more nor less.</summary>
/// <param name="Duplicates">Campaigns, ad sets and ads beyond the plan's.</param>
/// <param name="Missing">Those of the plan that are not there.</param>
internal sealed record Made(Platform Platform, IReadOnlyList<SandboxItem> There, int Duplicates, int Missing)
{
    public string Wrong => Duplicates + Missing == 0 ? "" : $"{Platform}: {Duplicates} too many, {Missing} missing: {string.Join(", ", There.Select(o => $"{o.Kind} {o.Id} “{o.Name}”"))}";

    public static async Task<Made> OfAsync(Bench bench, Guid campaignId, Platform platform)
    {
        await using var db = await bench.Studio.OpenForEveryoneAsync(CancellationToken.None);
        var launch = await db.Operations.AsNoTracking().Include(o => o.Steps).Where(o => o.CampaignId == campaignId && o.Platform == platform && o.Kind == OperationKind.Launch).SingleAsync();
        return Of(((SandboxBench)bench).Sandbox.Control.Objects(platform.Wire()), launch);
    }

    /// <summary>The campaign is known by the launch's marker in its name; what hangs beneath it, by its parent.</summary>
    public static Made Of(IReadOnlyList<SandboxItem> objects, Operation launch)
    {
        var campaigns = objects.Where(o => o.Kind == "campaign" && o.Name.Contains(launch.Marker, StringComparison.Ordinal)).ToList();
        var adSets = objects.Where(o => o.Kind == "adset" && campaigns.Exists(c => c.Id == o.ParentId)).ToList();
        var ads = objects.Where(o => o.Kind == "ad" && adSets.Exists(s => s.Id == o.ParentId)).ToList();
        var beyond = new[] { campaigns.Count - 1, adSets.Count - launch.Steps.Count(s => s.Kind == StepKind.AdSet), ads.Count - launch.Steps.Count(s => s.Kind == StepKind.Ad) };
        return new(launch.Platform, [.. campaigns, .. adSets, .. ads], beyond.Sum(n => Math.Max(0, n)), beyond.Sum(n => Math.Max(0, -n)));
    }

    /// <summary>Switched on by whoever made it, whatever review says.</summary>
    public static bool IsOn(SandboxItem item) => item.Status is "ACTIVE" or "ENABLED" or "ENABLE";

    /// <summary>A campaign that could spend although something of it is not there yet: it is on, with an ad set and an ad that are on.</summary>
    public bool IsHalfOn => Missing > 0 && Array.TrueForAll(["campaign", "adset", "ad"], kind => There.Any(o => o.Kind == kind && IsOn(o)));
}

internal static class Running
{
    /// <summary>Where a campaign does not run, in words.</summary>
    public static IEnumerable<string> Wrong(Bench bench, Campaign campaign) => campaign.Platforms.Where(p => p.Status is not (PlatformStatus.Active or PlatformStatus.InReview))
        .Select(p => $"{campaign.Name} on {p.Platform} is {p.Status}: {p.FailureKind} {p.StatusDetail}").Concat(bench.Bugs);
}
