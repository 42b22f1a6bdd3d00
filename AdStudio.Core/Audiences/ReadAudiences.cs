using System.Text.Json;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace AdStudio.Core.Audiences;

/// <summary>The audience as it stands, or shall stand, in an ad account.</summary>
/// <param name="ExternalId">Empty until it stands there.</param>
/// <param name="Uploaded">Members there when it last was in step.</param>
/// <param name="SyncedAt">When that was (UTC); null when never.</param>
public sealed record AudienceOnPlatform(Platform Platform, Guid AdAccountId, string AccountName, string ExternalId, int Uploaded, DateTimeOffset? SyncedAt)
{
    public required Guid Id { get; init; }
    public required PlacementStatus Status { get; init; }

    /// <summary>Is to be deleted there.</summary>
    public bool IsLeaving { get; init; }
    public bool IsTakenOver { get; init; }

    /// <summary>Of the upload that goes on: changes sent, and how many there are.</summary>
    public int Sent { get; init; }
    public int Total { get; init; }

    /// <summary>Of the last upload, how many the platform could not read.</summary>
    public int Unreadable { get; init; }

    /// <summary>Why it does not go on, in words with what to do; and when it does (UTC), if by itself.</summary>
    public string? FailureText { get; init; }
    public DateTimeOffset? NextTryAt { get; init; }

    /// <summary>The list has changes that are not there yet.</summary>
    public bool IsBehind { get; init; }
    public string? PixelId { get; init; }
    public bool MayManage { get; init; }
    public bool IsMoving => Status is PlacementStatus.Waiting or PlacementStatus.Working || IsLeaving || IsBehind;
}

/// <summary>An audience as people and programs see it; members only as a number.</summary>
public sealed record AudienceRow(Guid Id, Guid WorkspaceId, string? ExternalKey, string Name, string Description, AudienceType Type, string? SourceAudienceId, string? SourceName, int Members,
    RetargetingRule? Retargeting, LookalikeRule? Lookalike, AudienceSpec? Targeting, IReadOnlyList<AudienceOnPlatform> Platforms, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    /// <summary>What its platform calls its kind ("WEBSITE"), of one that was taken over.</summary>
    public string? OwnType { get; init; }

    public AudienceInput ToInput() => new()
    {
        Name = Name, Description = Description, Type = Type, ExternalKey = ExternalKey, SourceAudienceId = SourceAudienceId, Retargeting = Retargeting, Lookalike = Lookalike, Targeting = Targeting,
    };

    internal static async Task<AudienceRow> ReadAsync(StudioDb db, Actor actor, AdAudience audience, CancellationToken ct) => (await ReadAsync(db, actor, [audience], ct))[0];

    /// <summary>Where an audience stands is told of those accounts alone that the actor may see.</summary>
    internal static async Task<List<AudienceRow>> ReadAsync(StudioDb db, Actor actor, List<AdAudience> audiences, CancellationToken ct)
    {
        var ids = audiences.ConvertAll(a => a.Id);
        var places = await (
            from there in db.PlatformAudiences.AsNoTracking()
            join account in db.AdAccounts.Visible(actor) on there.AdAccountId equals account.Id
            where ids.Contains(there.AudienceId)
            orderby account.Platform, account.Name, there.CreatedAt
            select new { There = there, account.Platform, account.Id, account.Name, account.WorkspaceId }).ToListAsync(ct);
        var sources = audiences.Where(a => a.Type == AudienceType.Lookalike).Select(a => Guid.TryParse(a.SourceAudienceId, out var id) ? id : Guid.Empty).Distinct().ToList();
        var names = sources.Count == 0 ? [] : await db.AdAudiences.Where(a => sources.Contains(a.Id)).ToDictionaryAsync(a => a.Id.ToString(), a => a.Name, ct);

        return audiences.ConvertAll(a => new AudienceRow(a.Id, a.WorkspaceId, a.ExternalKey, a.Name, a.Description, a.Type, a.SourceAudienceId, a.SourceAudienceId is { } s ? names.GetValueOrDefault(s) : null, a.MemberCount,
            Definition<RetargetingRule>(a, AudienceType.Retargeting), Definition<LookalikeRule>(a, AudienceType.Lookalike), Definition<AudienceSpec>(a, AudienceType.Saved),
            [.. places.Where(p => p.There.AudienceId == a.Id).Select(p => Place(p.There, a, p.Platform, p.Name, actor.Manages(p.Id, p.WorkspaceId)))], a.CreatedAt, a.UpdatedAt, a.Version) { OwnType = a.OwnType });
    }

    private static AudienceOnPlatform Place(PlatformAudience p, AdAudience audience, Platform platform, string account, bool mayManage) => new(platform, p.AdAccountId, account, p.ExternalId, p.Uploaded, p.SyncedAt)
    {
        Id = p.Id, Status = p.Status, IsLeaving = p.IsLeaving, IsTakenOver = p.IsTakenOver, Sent = p.Sent, Total = p.Total, Unreadable = p.Unreadable, FailureText = p.FailureText, NextTryAt = p.NextTryAt,
        IsBehind = audience.Type == AudienceType.CustomerMatch && audience.LastChange > p.SentThrough, PixelId = p.PixelId, MayManage = mayManage,
    };

    private static T? Definition<T>(AdAudience audience, AudienceType type) where T : class =>
        audience.Type == type && audience.Definition is { } json ? JsonSerializer.Deserialize<T>(json, StudioJson.Options) : null;
}

public static class AudienceVisibility
{
    /// <summary>Audiences of workspaces that the actor sees.</summary>
    public static IQueryable<AdAudience> Visible(this IQueryable<AdAudience> audiences, Actor actor)
    {
        if (actor.IsOrganizationAdmin) return audiences;
        var workspaces = actor.MemberOfWorkspaces.ToList();
        return audiences.Where(a => workspaces.Contains(a.WorkspaceId));
    }

    internal static Task<AdAudience?> FindVisibleAsync(this IQueryable<AdAudience> audiences, Actor actor, Guid id, CancellationToken ct) => audiences.Visible(actor).SingleOrDefaultAsync(a => a.Id == id, ct);
}

public sealed class GetAudience(Studio studio)
{
    public async Task<Result<AudienceRow>> RunAsync(Actor actor, Guid audienceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var audience = await db.AdAudiences.AsNoTracking().FindVisibleAsync(actor, audienceId, ct);
        return audience is null ? new AudienceNotFound() : await AudienceRow.ReadAsync(db, actor, audience, ct);
    }
}

/// <param name="WorkspaceId">Null lists those of every workspace the actor sees.</param>
/// <param name="Search">In name, description and the caller's id.</param>
public sealed record AudienceFilter(Guid? WorkspaceId = null, string? Search = null, AudienceType? Type = null, int Offset = 0, int Limit = 50);

/// <summary>A workspace's audiences, by name.</summary>
public sealed class ListAudiences(Studio studio)
{
    public async Task<Result<Page<AudienceRow>>> RunAsync(Actor actor, AudienceFilter filter, CancellationToken ct)
    {
        if (filter.Limit is < 1 or > 200) return new InvalidError("limit", "The limit is a number from 1 to 200.");
        if (filter.Offset < 0) return new InvalidError("offset", "The offset is 0 or more.");

        await using var db = await studio.OpenAsync(actor, ct);
        var found = db.AdAudiences.AsNoTracking().Visible(actor).Where(a => (filter.WorkspaceId == null || a.WorkspaceId == filter.WorkspaceId) && (filter.Type == null || a.Type == filter.Type));
        if (filter.Search?.Trim().ToLowerInvariant() is { Length: > 0 } words)
#pragma warning disable CA1304, CA1311, CA1862 // Runs in the database, which knows no cultures.
            found = found.Where(a => a.Name.ToLower().Contains(words) || a.Description.ToLower().Contains(words) || (a.ExternalKey != null && a.ExternalKey.ToLower().Contains(words)));
#pragma warning restore CA1304, CA1311, CA1862

        var total = await found.CountAsync(ct);
        var page = await found.OrderBy(a => a.Name).ThenBy(a => a.CreatedAt).Skip(filter.Offset).Take(filter.Limit).ToListAsync(ct);
        return new Page<AudienceRow>(await AudienceRow.ReadAsync(db, actor, page, ct), total, filter.Offset, filter.Limit);
    }
}

/// <summary>Finds audiences by the caller's ids, or by ours; without a workspace, among all that the actor sees.</summary>
public sealed class FindAudiencesByKeys(Studio studio)
{
    public async Task<Result<FoundByKeys>> RunAsync(Actor actor, Guid? workspaceId, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var wanted = keys.Distinct(StringComparer.Ordinal).ToList();
        var ids = wanted.Select(k => PublicId.TryParse("aud", k, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).ToList();
        var there = await db.AdAudiences.Visible(actor).Where(a => (workspaceId == null || a.WorkspaceId == workspaceId) && ((a.ExternalKey != null && wanted.Contains(a.ExternalKey)) || ids.Contains(a.Id)))
            .Select(a => new { a.Id, a.ExternalKey }).ToListAsync(ct);

        List<Guid> found = [];
        List<string> missing = [];
        foreach (var key in wanted)
        {
            var match = there.Find(a => a.ExternalKey == key) ?? (PublicId.TryParse("aud", key, out var id) ? there.Find(a => a.Id == id) : null);
            if (match is null) missing.Add(key);
            else found.Add(match.Id);
        }
        return new FoundByKeys(found, missing);
    }
}

/// <summary>
/// Says by which ids the caller knows audiences that a campaign of theirs names; one without such an id, or deleted, keeps ours. Kept for a few seconds, because every
/// answer about a campaign asks.
/// </summary>
public sealed class NameAudiencesByKeys(Studio studio, IMemoryCache cache)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyDictionary<Guid, string>> RunAsync(Actor actor, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var names = new Dictionary<Guid, string>(ids.Count);
        List<Guid> unknown = [];
        foreach (var id in ids)
        {
            if (cache.TryGetValue((actor.OrganizationId, "aud", id), out string? name) && name is not null) names[id] = name;
            else unknown.Add(id);
        }
        if (unknown.Count == 0) return names;

        await using var db = await studio.OpenAsync(actor, ct);
        var keys = await db.AdAudiences.Where(a => unknown.Contains(a.Id)).Select(a => new { a.Id, a.ExternalKey }).ToDictionaryAsync(a => a.Id, a => a.ExternalKey, ct);
        foreach (var id in unknown) names[id] = cache.Set((actor.OrganizationId, "aud", id), keys.GetValueOrDefault(id) ?? id.ToString(), KeptFor);
        return names;
    }
}
