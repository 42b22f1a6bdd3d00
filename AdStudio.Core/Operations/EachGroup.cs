using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

/// <summary>Does something to one country group's campaign on a platform, or to each of them. One that refuses does not keep the others; when all refuse, the first one's words are the answer.</summary>
internal static class EachGroup
{
    public static async Task<Result<WorkStarted>> RunAsync(Studio studio, Actor actor, Guid campaignId, Platform platform, string? group, Func<string, Task<Result<WorkStarted>>> run, CancellationToken ct)
    {
        if (group is not null) return await run(group);
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindVisibleCampaignAsync(actor, campaignId, ct) is not { } campaign) return new CampaignNotFound();
        var names = campaign.Platforms.Where(p => p.Platform == platform && campaign.Spec.Counts(p.GroupName, p.ExternalId)).OrderBy(p => p.Id).Select(p => p.GroupName).ToList();
        if (names.Count < 2) return await run(names.FirstOrDefault(""));

        List<(string Name, Result<WorkStarted> Result)> all = [];
        foreach (var name in names) all.Add((name, await run(name)));
        var done = all.Where(r => r.Result.IsDone).Select(r => r.Result.Value).FirstOrDefault();
        if (done is null) return all.Select(r => r.Result.Refusal!).OrderBy(r => r is NothingToRetry or NothingToRollBack).First();
        return done with { Platforms = [.. all.Where(r => r.Result.Refusal is not (NothingToRetry or NothingToRollBack)).Select(r => new PlatformOutcome(platform, r.Result.Refusal) { GroupName = r.Name })] };
    }
}
