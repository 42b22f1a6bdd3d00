using System.Text.Json;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>One changed field, as it was and as it became: JSON values.</summary>
public sealed record HistoryChange(string Field, JsonElement? Before, JsonElement? After);

/// <summary>Something that was done, by whom, when and through what.</summary>
public sealed record HistoryItem(
    Guid Id, DateTimeOffset At, ActorKind ActorKind, string ActorName, string Via, string Verb, string Subject, Guid SubjectId, string SubjectName, IReadOnlyList<HistoryChange> Changes)
{
    public Guid ActorId { get; init; }
    public Guid? WorkspaceId { get; init; }
    public Guid? AdAccountId { get; init; }
}

/// <summary>The last line that was shown; of lines of one instant the id tells which come after it.</summary>
public sealed record HistoryCursor(DateTimeOffset At, Guid Id);

/// <param name="WorkspaceId">Only what happened in it.</param>
/// <param name="Subjects">Only what happened to these kinds of things: "Team", "Workspace".</param>
/// <param name="Before">Only what is older: the last item's instant, for the next page.</param>
public sealed record HistoryFilter(Guid? WorkspaceId = null, IReadOnlyList<string>? Subjects = null, DateTimeOffset? Before = null, int Limit = 20)
{
    public ActorKind? ActorKind { get; init; }
    public Guid? ActorId { get; init; }

    /// <summary>"created", "changed", "deleted", "launched".</summary>
    public string? Verb { get; init; }

    /// <summary>Through what: "page", "api/v1"; "api" is every API.</summary>
    public string? Via { get; init; }

    /// <summary>From this instant on, and before that one (UTC).</summary>
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? Until { get; init; }

    /// <summary>In the name of the thing, whatever the case.</summary>
    public string? Search { get; init; }

    /// <summary>Only what comes after it in the list, so what is older.</summary>
    public HistoryCursor? After { get; init; }

    internal IQueryable<AuditEntry> Over(IQueryable<AuditEntry> entries)
    {
        if (WorkspaceId is { } workspace) entries = entries.Where(a => a.WorkspaceId == workspace);
        if (Subjects is { } subjects) entries = entries.Where(a => subjects.Contains(a.Subject));
        if (Before is { } before) entries = entries.Where(a => a.At < before);
        if (ActorKind is { } kind) entries = entries.Where(a => a.ActorKind == kind);
        if (ActorId is { } who) entries = entries.Where(a => a.ActorId == who);
        if (Verb is { } verb) entries = entries.Where(a => a.Verb == verb);
        if (Via is { } via) entries = via == "api" ? entries.Where(a => a.Via.StartsWith("api")) : entries.Where(a => a.Via == via);
        if (From is { } from) entries = entries.Where(a => a.At >= from);
        if (Until is { } until) entries = entries.Where(a => a.At < until);
#pragma warning disable CA1304, CA1311, CA1862 // The database lower-cases.
        if (Search?.Trim().ToLowerInvariant() is { Length: > 0 } words) entries = entries.Where(a => a.SubjectName.ToLower().Contains(words));
#pragma warning restore CA1304, CA1311, CA1862
        if (After is { } last) entries = entries.Where(a => a.At < last.At || (a.At == last.At && a.Id.CompareTo(last.Id) < 0));
        return entries;
    }
}

/// <summary>
/// What happened, newest first, as far as the actor may know: all of it for the organization's admins; else what happened in workspaces and teams that the
/// actor administers and on ad accounts that the actor reads, and what the actor did.
/// </summary>
public sealed class ListHistory(Studio studio)
{
    public async Task<IReadOnlyList<HistoryItem>> RunAsync(Actor actor, HistoryFilter filter, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var entries = filter.Over(db.AuditEntries.AsNoTracking().VisibleTo(actor));
        return await entries.ToItemsAsync(Math.Clamp(filter.Limit, 1, 200), ct);
    }
}

public static class HistoryQueries
{
    public static IQueryable<AuditEntry> VisibleTo(this IQueryable<AuditEntry> entries, Actor actor)
    {
        if (actor.IsOrganizationAdmin) return entries;
        var (own, accounts) = (actor.Id, actor.Accounts.Keys.ToList());
        var workspaces = actor.IsClient ? [] : actor.AdminOfWorkspaces.ToList();
        var teams = actor.IsClient ? [] : actor.Teams.Where(t => t.Value == TeamRole.Admin).Select(t => t.Key).ToList();
        return entries.Where(a => a.ActorId == own || teams.Contains(a.SubjectId)
            || (a.WorkspaceId != null && workspaces.Contains(a.WorkspaceId.Value)) || (a.AdAccountId != null && accounts.Contains(a.AdAccountId.Value)));
    }

    /// <summary>For a thing that the caller has found visible already: its history, newest first.</summary>
    public static Task<List<HistoryItem>> OfAsync(this IQueryable<AuditEntry> entries, IReadOnlyCollection<Guid> subjects, int limit, CancellationToken ct) =>
        entries.AsNoTracking().Where(a => subjects.Contains(a.SubjectId)).ToItemsAsync(limit, ct);

    internal static async Task<List<HistoryItem>> ToItemsAsync(this IQueryable<AuditEntry> entries, int limit, CancellationToken ct)
    {
        var rows = await entries.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(limit).ToListAsync(ct);
        return rows.ConvertAll(a => new HistoryItem(a.Id, a.At, a.ActorKind, a.ActorName, a.Via, a.Verb, a.Subject, a.SubjectId, a.SubjectName, ChangesOf(a))
        {
            ActorId = a.ActorId, WorkspaceId = a.WorkspaceId, AdAccountId = a.AdAccountId,
        });
    }

    private static List<HistoryChange> ChangesOf(AuditEntry entry)
    {
        var (before, after) = (Read(entry.Before), Read(entry.After));
        return [.. before.Keys.Union(after.Keys).Select(field => new HistoryChange(field, before.TryGetValue(field, out var was) ? was : null, after.TryGetValue(field, out var became) ? became : null))];
    }

    private static Dictionary<string, JsonElement> Read(string? json) => json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, StudioJson.Options) ?? [];
}
