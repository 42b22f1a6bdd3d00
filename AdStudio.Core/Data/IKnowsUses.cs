namespace AdStudio.Core.Data;

/// <summary>What may be in use elsewhere.</summary>
public enum Used { AdAccount, Creative, Audience, Workspace, Team }

/// <param name="What">"campaign", "audience".</param>
/// <param name="IsRunning">Whether it is live now, so that money may be spent on it.</param>
public sealed record Use(string What, Guid Id, string Name, bool IsRunning)
{
    /// <summary>Which of the things asked for it uses, where that was asked of creatives or audiences.</summary>
    public IReadOnlyList<Guid> Of { get; init; } = [];
}

/// <summary>A feature that uses things of features above it: asked before such a thing is deleted, so that what hangs on it can be named.</summary>
public interface IKnowsUses
{
    Task<IReadOnlyList<Use>> FindUsesAsync(StudioDb db, Used used, IReadOnlyCollection<Guid> ids, CancellationToken ct);
}

/// <summary>All uses of some things, as every feature knows them.</summary>
public sealed class UseFinder(IEnumerable<IKnowsUses> features)
{
    public async Task<IReadOnlyList<Use>> FindAsync(StudioDb db, Used used, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        List<Use> uses = [];
        if (ids.Count > 0)
            foreach (var feature in features) uses.AddRange(await feature.FindUsesAsync(db, used, ids, ct));
        return [.. uses.OrderByDescending(u => u.IsRunning).ThenBy(u => u.Name, StringComparer.OrdinalIgnoreCase)];
    }
}
