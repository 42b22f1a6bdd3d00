using AdStudio.Core.Common;

namespace AdStudio.Core.Operations;

/// <summary>What became of one campaign of several.</summary>
/// <param name="WhyNot">Null when it was started.</param>
public sealed record BulkOutcome(Guid CampaignId, WorkStarted? Started, Refusal? WhyNot);

/// <summary>Launches several campaigns; each for itself, with a result for each.</summary>
public sealed class BulkLaunch(LaunchCampaign launch)
{
    public Task<Result<IReadOnlyList<BulkOutcome>>> RunAsync(Actor actor, IReadOnlyCollection<Guid> campaignIds, CancellationToken ct) =>
        Bulk.EachAsync(campaignIds, id => launch.RunAsync(actor, id, ct));
}

/// <summary>Pauses several campaigns; each for itself, with a result for each.</summary>
public sealed class BulkPause(PauseCampaign pause)
{
    public Task<Result<IReadOnlyList<BulkOutcome>>> RunAsync(Actor actor, IReadOnlyCollection<Guid> campaignIds, CancellationToken ct) =>
        Bulk.EachAsync(campaignIds, id => pause.RunAsync(actor, id, ct));
}

internal static class Bulk
{
    private const int Most = 200;

    public static async Task<Result<IReadOnlyList<BulkOutcome>>> EachAsync(IReadOnlyCollection<Guid> campaignIds, Func<Guid, Task<Result<WorkStarted>>> start)
    {
        var ids = campaignIds.Distinct().ToList();
        if (ids.Count == 0) return new InvalidError("ids", "Choose at least one campaign.");
        if (ids.Count > Most) return new TooManyAtOnce(Most);

        var outcomes = new List<BulkOutcome>();
        foreach (var id in ids)
        {
            var result = await start(id);
            outcomes.Add(new(id, result.IsDone ? result.Value : null, result.Refusal));
        }
        return outcomes;
    }
}
