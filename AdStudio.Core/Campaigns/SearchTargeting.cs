using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>Something to target, with the id that each platform gave for it.</summary>
/// <param name="Detail">What tells two of the same name apart.</param>
public sealed record TargetingMatch(string Name, string? Detail, PlaceKind? PlaceKind, string? Country, IReadOnlyDictionary<Platform, string> Ids);

/// <param name="Silent">Platforms that could not be asked just now; what they know is missing from the matches.</param>
public sealed record TargetingMatches(IReadOnlyList<TargetingMatch> Matches, IReadOnlyList<Platform> Silent);

/// <summary>Searches places or interests on all of a draft's platforms at once, and merges what they call the same. Countries are found without asking anybody.</summary>
public sealed class SearchTargeting(Studio studio, GetPlatformAccess getAccess, PlatformSet platforms, IMediaStore media, TimeProvider time)
{
    private const int Most = 20;

    public async Task<Result<TargetingMatches>> RunAsync(Actor actor, Guid workspaceId, CampaignSpec spec, TargetingKind kind, string query, CancellationToken ct)
    {
        if (!actor.Sees(workspaceId)) return new WorkspaceOfCampaignNotFound();
        await using var db = await studio.OpenAsync(actor, ct);
        if (!await db.Workspaces.AnyAsync(w => w.Id == workspaceId, ct)) return new WorkspaceOfCampaignNotFound();
        var asked = query.Trim();
        if (asked.Length == 0) return new TargetingMatches([], []);

        var facts = await CampaignFacts.ReadAsync(db, actor, workspaceId, spec, time.GetUtcNow(), media.CanCut, ct);
        var answers = await Task.WhenAll(spec.Platforms.Select(choice => AskAsync(actor, choice, facts, kind, asked, ct)));
        var found = answers.SelectMany(a => (a.Options ?? []).Select(o => (a.Platform, Option: o)));
        var matches = kind == TargetingKind.Place ? FindCountries(asked).Concat(MergePlaces(found)) : MergeInterests(found);
        return new TargetingMatches([.. matches.OrderBy(m => Rank(m, asked)).ThenByDescending(m => m.Ids.Count).Take(Most)], [.. answers.Where(a => a.Options is null).Select(a => a.Platform)]);
    }

    /// <summary>Options null: the platform has an account here and could not be asked.</summary>
    private async Task<(Platform Platform, IReadOnlyList<TargetingOption>? Options)> AskAsync(Actor actor, PlatformChoice choice, CampaignFacts facts, TargetingKind kind, string query, CancellationToken ct)
    {
        if (platforms.Find<ISearchesTargeting>(choice.Platform) is not { } search || facts.AccountFor(choice) is not { } account) return (choice.Platform, []);
        if (!(await getAccess.RunAsync(actor, account.Id, ct)).TryGet(out var access, out _)) return (choice.Platform, null);
        return (choice.Platform, (await search.SearchAsync(access, kind, query, ct)).TryGet(out var options, out _) ? options : null);
    }

    private static IEnumerable<TargetingMatch> FindCountries(string query) => Countries.All
        .Where(c => c.Name.Contains(query, StringComparison.OrdinalIgnoreCase) || c.Code.Equals(query, StringComparison.OrdinalIgnoreCase))
        .Select(c => new TargetingMatch(c.Name, "Country", PlaceKind.Country, c.Code, new Dictionary<Platform, string>()));

    private static IEnumerable<TargetingMatch> MergePlaces(IEnumerable<(Platform Platform, TargetingOption Option)> found) => found
        .Where(f => f.Option.PlaceKind is PlaceKind.Region or PlaceKind.City)
        .GroupBy(f => (Name: f.Option.Name.ToUpperInvariant(), f.Option.PlaceKind, Country: f.Option.Country?.ToUpperInvariant()))
        .SelectMany(Merge);

    private static IEnumerable<TargetingMatch> MergeInterests(IEnumerable<(Platform Platform, TargetingOption Option)> found) => found
        .GroupBy(f => f.Option.Name.ToUpperInvariant())
        .Select(g => new TargetingMatch(g.First().Option.Name, g.Select(f => f.Option.Detail).FirstOrDefault(d => d is not null), null, null, IdsOf(g)));

    /// <summary>Several cities of one name in one country: the n-th of one platform goes with the n-th of another whose detail agrees, else each stands alone.</summary>
    private static IEnumerable<TargetingMatch> Merge(IEnumerable<(Platform Platform, TargetingOption Option)> same)
    {
        var all = same.ToList();
        var perPlatform = all.GroupBy(f => f.Platform).ToList();
        if (perPlatform.All(g => g.Count() == 1)) return [Match(all)];
        return all.GroupBy(f => f.Option.Detail ?? "", StringComparer.OrdinalIgnoreCase).Select(g => Match(g.ToList()));
    }

    private static TargetingMatch Match(List<(Platform Platform, TargetingOption Option)> all)
    {
        var first = all[0].Option;
        return new(first.Name, first.Detail, first.PlaceKind, first.Country, IdsOf(all));
    }

    private static Dictionary<Platform, string> IdsOf(IEnumerable<(Platform Platform, TargetingOption Option)> all) =>
        all.DistinctBy(f => f.Platform).ToDictionary(f => f.Platform, f => f.Option.Id);

    private static int Rank(TargetingMatch match, string query) =>
        match.Name.Equals(query, StringComparison.OrdinalIgnoreCase) ? 0 : match.Name.StartsWith(query, StringComparison.OrdinalIgnoreCase) ? 1 : 2;
}
