using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Operations;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Upkeep;

/// <summary>A line of the audit, with what a reader needs to understand it.</summary>
public sealed record AuditLine(HistoryItem Item)
{
    /// <summary>Of its amounts (ISO 4217); null when it names no ad account that is still there.</summary>
    public string? Currency { get; init; }
    public string? WorkspaceName { get; init; }

    /// <summary>"ver_…", where authority was asked for it.</summary>
    public string? VerdictId { get; init; }

    /// <summary>The thing that a link may lead to: itself, or what it is a part of. Null when it is gone, or the reader may not see it.</summary>
    public Guid? Standing { get; init; }
}

/// <param name="Names">Of people, workspaces and teams whose ids stand in the lines.</param>
/// <param name="Next">Where the next page begins; null after the last.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, IReadOnlyDictionary<Guid, string> Names, HistoryCursor? Next);

/// <summary>The audit, newest first, as far as the actor may know (see <see cref="HistoryQueries.VisibleTo"/>).</summary>
public sealed class ReadAudit(Studio studio)
{
    public const int MaxLimit = 500;

    /// <summary>So long after a verdict the deed's lines are written.</summary>
    private static readonly TimeSpan OneDeed = TimeSpan.FromSeconds(10);

    public async Task<AuditPage> RunAsync(Actor actor, HistoryFilter filter, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var limit = Math.Clamp(filter.Limit, 1, MaxLimit);
        var visible = db.AuditEntries.AsNoTracking().VisibleTo(actor);
        if (filter.Search is { } text && PublicId.TryParse(Verdict.Prefix, text.Trim(), out var id)) (visible, filter) = (await OfVerdictAsync(db, visible, id, ct), filter with { Search = null });
        var items = await filter.Over(visible).ToItemsAsync(limit + 1, ct);
        var next = items.Count > limit ? new HistoryCursor(items[limit - 1].At, items[limit - 1].Id) : null;
        if (next is not null) items.RemoveAt(limit);

        var accounts = items.Select(i => i.AdAccountId).OfType<Guid>().Distinct().ToList();
        var currencies = await db.AdAccounts.AsNoTracking().Where(a => accounts.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Currency, ct);
        var budgets = await BudgetCurrenciesAsync(db, items, ct);
        var names = await NamesAsync(db, actor, items, ct);
        var standing = await StandingAsync(db, actor, items, ct);
        var verdicts = await VerdictsAsync(db, items, ct);
        var lines = items.ConvertAll(i => new AuditLine(i)
        {
            Currency = CurrencyIn(i) ?? (i.AdAccountId is { } account ? currencies.GetValueOrDefault(account) : budgets.GetValueOrDefault(i.SubjectId)),
            WorkspaceName = i.WorkspaceId is { } workspace ? names.GetValueOrDefault(workspace) : null,
            VerdictId = VerdictOf(i, verdicts),
            Standing = standing.TryGetValue(i.SubjectId, out var thing) ? thing : null,
        });
        return new AuditPage(lines, names, next);
    }

    private static string? CurrencyIn(HistoryItem item) =>
        item.Changes.FirstOrDefault(c => c.Field is "currency" or "budgetCurrency") is { } change && (change.After ?? change.Before) is { ValueKind: JsonValueKind.String } currency ? currency.GetString() : null;

    /// <summary>What came of a verdict: the lines of who asked, about what was asked, in that moment; and those of the card on which it was decided.</summary>
    private static async Task<IQueryable<AuditEntry>> OfVerdictAsync(StudioDb db, IQueryable<AuditEntry> entries, Guid id, CancellationToken ct)
    {
        if (await db.Verdicts.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, ct) is not { } verdict) return entries.Where(a => a.SubjectId == id);
        var (subject, campaign, who, card, from, until) = (verdict.SubjectId, verdict.CampaignId, verdict.AskedById, verdict.ApprovalId, verdict.At.AddSeconds(-1), verdict.At + OneDeed);
        return entries.Where(a => (card != null && a.SubjectId == card) || (a.ActorId == who && a.At >= from && a.At <= until && (a.SubjectId == subject || a.SubjectId == campaign)));
    }

    private static async Task<List<Verdict>> VerdictsAsync(StudioDb db, List<HistoryItem> items, CancellationToken ct)
    {
        if (items.Count == 0) return [];
        var (from, until) = (items[^1].At - OneDeed, items[0].At.AddSeconds(1));
        var subjects = items.Select(i => i.SubjectId).Distinct().ToList();
        return await db.Verdicts.AsNoTracking().Where(v => v.At >= from && v.At <= until && (subjects.Contains(v.SubjectId) || (v.CampaignId != null && subjects.Contains(v.CampaignId.Value)))).OrderByDescending(v => v.At).Take(2000).ToListAsync(ct);
    }

    private static string? VerdictOf(HistoryItem item, List<Verdict> verdicts)
    {
        if (item.Changes.FirstOrDefault(c => c.Field == "verdictId")?.After is { ValueKind: JsonValueKind.String } named && named.TryGetGuid(out var id)) return PublicId.Of(Verdict.Prefix, id);
        return verdicts.Find(v => v.AskedById == item.ActorId && v.AskedByKind == item.ActorKind && (v.SubjectId == item.SubjectId || v.CampaignId == item.SubjectId) && v.At <= item.At.AddSeconds(1) && v.At >= item.At - OneDeed)?.PublicName;
    }

    private static async Task<Dictionary<Guid, string>> NamesAsync(StudioDb db, Actor actor, List<HistoryItem> items, CancellationToken ct)
    {
        HashSet<Guid> found = [.. items.Select(i => i.WorkspaceId).OfType<Guid>()];
        foreach (var change in items.SelectMany(i => i.Changes))
        {
            Collect(change.Before, found);
            Collect(change.After, found);
        }
        if (found.Count == 0) return [];
        var ids = found.Take(2000).ToList();
        Dictionary<Guid, string> names = [];
        foreach (var person in await db.Users.AsNoTracking().IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(p => ids.Contains(p.Id)).ToListAsync(ct)) names[person.Id] = ((IAuditedRow)person).AuditName;
        foreach (var workspace in await db.Workspaces.AsNoTracking().IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(w => ids.Contains(w.Id)).Select(w => new { w.Id, w.Name }).ToListAsync(ct)) names[workspace.Id] = workspace.Name;
        foreach (var team in await db.Teams.AsNoTracking().IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.Name }).ToListAsync(ct)) names[team.Id] = team.Name;
        foreach (var account in await db.AdAccounts.AsNoTracking().Visible(actor).Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToListAsync(ct)) names[account.Id] = account.Name;
        foreach (var creative in await db.Creatives.AsNoTracking().Visible(actor).Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToListAsync(ct)) names[creative.Id] = creative.Name;
        foreach (var audience in await db.AdAudiences.AsNoTracking().Visible(actor).Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToListAsync(ct)) names[audience.Id] = audience.Name;
        return names;
    }

    /// <summary>Every id that stands somewhere in a value.</summary>
    private static void Collect(JsonElement? value, HashSet<Guid> found)
    {
        switch (value)
        {
            case { ValueKind: JsonValueKind.String } text when text.TryGetGuid(out var id):
                found.Add(id);
                break;
            case { ValueKind: JsonValueKind.Object } document:
                foreach (var member in document.EnumerateObject()) Collect(member.Value, found);
                break;
            case { ValueKind: JsonValueKind.Array } list:
                foreach (var item in list.EnumerateArray()) Collect(item, found);
                break;
        }
    }

    /// <summary>Of campaigns and of what stands of them on platforms, by the ids of either.</summary>
    private static async Task<Dictionary<Guid, string?>> BudgetCurrenciesAsync(StudioDb db, List<HistoryItem> items, CancellationToken ct)
    {
        var ids = items.Where(i => i.Subject is nameof(Campaign) or nameof(PlatformCampaign)).Select(i => i.SubjectId).Distinct().ToList();
        var currencies = await db.Campaigns.AsNoTracking().IgnoreQueryFilters([StudioDb.DeletedFilter]).Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.BudgetCurrency, ct);
        foreach (var there in await db.PlatformCampaigns.AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Currency }).ToListAsync(ct)) currencies[there.Id] = there.Currency;
        return currencies;
    }

    private static async Task<Dictionary<Guid, Guid>> StandingAsync(StudioDb db, Actor actor, List<HistoryItem> items, CancellationToken ct)
    {
        Dictionary<Guid, Guid> found = [];
        await FindAsync(nameof(Campaign), ids => db.Campaigns.Visible(actor).Where(c => ids.Contains(c.Id)).Select(c => new Part(c.Id, c.Id)));
        await FindAsync(nameof(PlatformCampaign), ids => db.PlatformCampaigns.Where(p => ids.Contains(p.Id) && db.Campaigns.Visible(actor).Any(c => c.Id == p.CampaignId)).Select(p => new Part(p.Id, p.CampaignId)));
        await FindAsync(nameof(Creative), ids => db.Creatives.Visible(actor).Where(c => ids.Contains(c.Id)).Select(c => new Part(c.Id, c.Id)));
        await FindAsync(nameof(AdAudience), ids => db.AdAudiences.Visible(actor).Where(a => ids.Contains(a.Id)).Select(a => new Part(a.Id, a.Id)));
        await FindAsync(nameof(PlatformAudience), ids => db.PlatformAudiences.Where(p => ids.Contains(p.Id) && db.AdAudiences.Visible(actor).Any(a => a.Id == p.AudienceId)).Select(p => new Part(p.Id, p.AudienceId)));
        await FindAsync(nameof(LeadForm), ids => db.LeadForms.Visible(actor).Where(f => ids.Contains(f.Id)).Select(f => new Part(f.Id, f.Id)));
        await FindAsync(nameof(CampaignTemplate), ids => db.CampaignTemplates.Visible(actor).Where(t => ids.Contains(t.Id)).Select(t => new Part(t.Id, t.Id)));
        await FindAsync(nameof(Approval), ids => db.Approvals.VisibleTo(db, actor).Where(a => ids.Contains(a.Id)).Select(a => new Part(a.Id, a.Id)));
        await FindAsync(nameof(Connection), ids => db.Connections.Visible(actor).Where(c => ids.Contains(c.Id)).Select(c => new Part(c.Id, c.Id)));
        await FindAsync(nameof(AdAccount), ids => db.AdAccounts.Visible(actor).Where(a => ids.Contains(a.Id)).Select(a => new Part(a.Id, a.Id)));
        await FindAsync(nameof(Team), ids => db.Teams.VisibleTo(actor).Where(t => ids.Contains(t.Id)).Select(t => new Part(t.Id, t.Id)));
        await FindAsync(nameof(Workspace), ids => db.Workspaces.VisibleTo(actor).Where(w => ids.Contains(w.Id)).Select(w => new Part(w.Id, w.Id)));
        return found;

        async Task FindAsync(string subject, Func<List<Guid>, IQueryable<Part>> query)
        {
            var ids = items.Where(i => i.Subject == subject).Select(i => i.SubjectId).Distinct().ToList();
            if (ids.Count == 0) return;
            foreach (var part in await query(ids).ToListAsync(ct)) found[part.Id] = part.Of;
        }
    }

    private sealed record Part(Guid Id, Guid Of);
}

/// <summary>Somebody or something that did what the audit tells.</summary>
public sealed record AuditActor(ActorKind Kind, Guid Id, string Name);

/// <summary>What there is to choose from in the audit's filters.</summary>
public sealed record AuditChoices(IReadOnlyList<AuditActor> Actors, IReadOnlyList<string> Subjects, IReadOnlyList<string> Verbs, IReadOnlyList<string> Vias);

/// <summary>Who, what and through what occurs in the part of the audit that the actor may read.</summary>
public sealed class ListAuditChoices(Studio studio)
{
    private const int Most = 5000;

    public async Task<AuditChoices> RunAsync(Actor actor, HistoryFilter filter, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var there = await new HistoryFilter(filter.WorkspaceId) { From = filter.From, Until = filter.Until }.Over(db.AuditEntries.AsNoTracking().VisibleTo(actor))
            .Select(a => new { a.ActorKind, a.ActorId, a.ActorName, a.Subject, a.Verb, a.Via }).Distinct().Take(Most).ToListAsync(ct);
        return new AuditChoices(
            [.. there.GroupBy(a => (a.ActorKind, a.ActorId)).Where(g => g.Key.ActorId != Guid.Empty).Select(g => new AuditActor(g.Key.ActorKind, g.Key.ActorId, g.First().ActorName)).OrderBy(a => a.Kind).ThenBy(a => a.Name, StringComparer.OrdinalIgnoreCase)],
            Words(there.Select(a => a.Subject)), Words(there.Select(a => a.Verb)), Words(there.Select(a => a.Via)));
    }

    private static IReadOnlyList<string> Words(IEnumerable<string> words) => [.. words.Distinct().Order(StringComparer.Ordinal)];
}
