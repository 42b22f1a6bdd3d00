using System.Text.Json;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>One line of a campaign's history, or several saves in a row by one person told as one.</summary>
/// <param name="What">What happened, after the name: "raised the budget from $250 a day to $300 a day".</param>
/// <param name="Before">What was written before, where that could be put back; with the parts that changed.</param>
public sealed record HistoryEntry(DateTimeOffset At, string Who, ActorKind Kind, string Via, IReadOnlyList<string> What, HistoryBefore? Before);

public sealed record HistoryBefore(string Name, CampaignSpec Spec, IReadOnlySet<string> Parts);

/// <summary>The audit of a campaign and of its platforms, readable, newest first.</summary>
public sealed class ListCampaignHistory(Studio studio)
{
    private static readonly TimeSpan OneSitting = TimeSpan.FromMinutes(10);

    public async Task<Result<IReadOnlyList<HistoryEntry>>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var campaign = await db.FindVisibleCampaignAsync(actor, campaignId, ct);
        if (campaign is null) return new CampaignNotFound();

        var subjects = campaign.Platforms.Select(p => p.Id).Append(campaignId).ToList();
        var audit = await db.AuditEntries.AsNoTracking().Where(a => subjects.Contains(a.SubjectId)).OrderByDescending(a => a.At).Take(400).ToListAsync(ct);
        audit.Reverse();

        var platforms = campaign.Platforms.ToDictionary(p => p.Id, p => CountryGroups.Label(p.Platform, p.GroupName));
        List<Sitting> sittings = [];
        foreach (var entry in audit)
        {
            var step = Step.Of(entry);
            if (step.IsWriting && sittings.Count > 0 && sittings[^1].Takes(step, OneSitting)) sittings[^1].Add(step);
            else sittings.Add(new Sitting(step));
        }
        sittings.Reverse();
        return Result<IReadOnlyList<HistoryEntry>>.Of([.. sittings.Select(s => s.Tell(e => platforms.TryGetValue(e.SubjectId, out var p) ? $" on {p}" : "")).OfType<HistoryEntry>()]);
    }

    /// <summary>An audit row with what of the spec it changed.</summary>
    private sealed record Step(AuditEntry Entry, string? NameBefore, CampaignSpec? SpecBefore, string? NameAfter, CampaignSpec? SpecAfter, string? StatusBefore, string? StatusAfter, string? Detail, long? BudgetBefore, long? BudgetAfter)
    {
        private const string Elsewhere = "changed on ";

        public bool IsWriting => (Entry is { Verb: "changed" } && StatusAfter is null || Where is not null) && Entry.Subject == nameof(Campaign) && (SpecAfter is not null || NameAfter is not null);

        /// <summary>The platform on which somebody changed it; null when it was changed here.</summary>
        public string? Where => Entry.Verb.StartsWith(Elsewhere, StringComparison.Ordinal) ? Entry.Verb[Elsewhere.Length..] : null;

        public bool IsImport => Entry is { Verb: "created", Subject: nameof(Campaign), After: { } after } && after.Contains($"\"origin\":\"{nameof(CampaignOrigin.Imported)}\"", StringComparison.OrdinalIgnoreCase);

        public static Step Of(AuditEntry entry)
        {
            using var before = Parse(entry.Before);
            using var after = Parse(entry.After);
            return new(entry, Text(before, "name"), Spec(before), Text(after, "name"), Spec(after), Text(before, "status"), Text(after, "status"), Text(after, "statusDetail"), Number(before), Number(after));
        }

        private static JsonDocument? Parse(string? json) => json is null ? null : JsonDocument.Parse(json);
        private static string? Text(JsonDocument? json, string name) => json is not null && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        private static long? Number(JsonDocument? json) => json is not null && json.RootElement.TryGetProperty("budgetMicros", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
        private static CampaignSpec? Spec(JsonDocument? json) => json is not null && json.RootElement.TryGetProperty("spec", out var value) ? value.Deserialize<CampaignSpec>(StudioJson.Options) : null;
    }

    /// <summary>Saves of one person with little time between them: an autosaved draft would fill pages otherwise.</summary>
    private sealed class Sitting(Step begin)
    {
        private readonly Step first = begin;
        private Step last = begin;

        public bool Takes(Step next, TimeSpan within) =>
            first.IsWriting && next.Entry.ActorId == first.Entry.ActorId && next.Entry.Verb == first.Entry.Verb && next.Entry.Via == first.Entry.Via && next.Entry.At - last.Entry.At <= within
            && (first.SpecBefore is null) == (next.SpecBefore is null) && (first.NameBefore is null) == (next.NameBefore is null);

        public void Add(Step next) => last = next;

        public HistoryEntry? Tell(Func<AuditEntry, string> where)
        {
            var entry = last.Entry;
            HistoryBefore? before = null;
            IReadOnlyList<string> what;
            if (first.IsWriting)
            {
                var (old, now) = ((first.NameBefore ?? "", first.SpecBefore ?? new CampaignSpec()), (last.NameAfter ?? "", last.SpecAfter ?? new CampaignSpec()));
                var changed = SpecMerge.Compare(old, now, old);
                if (changed.Count == 0) return null;
                what = [.. changed.Select(d => Sentence(d, old.Item2.Budget, now.Item2.Budget))];
                before = new HistoryBefore(old.Item1, old.Item2, changed.Select(c => c.Part).ToHashSet());
            }
            else what = Deed(last, where(entry)) is { } deed ? [deed] : [];
            return what.Count == 0 ? null : new HistoryEntry(entry.At, last.Where is not { } there ? entry.ActorName : last.IsWriting ? $"Somebody on {there}" : there, entry.ActorKind, entry.Via, what, before);
        }

        // Compare was asked with the old version as "yours" and the new one as "theirs".
        private static string Sentence(SpecDifference d, BudgetSpec old, BudgetSpec now) => d.Part switch
        {
            "budget" when old.AmountMicros is { } before && now.AmountMicros is { } after && old.Currency == now.Currency && old.Type == now.Type => $"{(after > before ? "raised" : "lowered")} the budget from {d.Yours} to {d.Theirs}",
            "name" => $"renamed it from “{d.Yours}” to “{d.Theirs}”",
            "creatives" or "audiences" when d.Yours == d.Theirs => $"exchanged the {d.Title.ToLowerInvariant()}",
            "platforms" when d.Yours == d.Theirs => "changed the accounts",
            _ when IsNothing(d.Yours) => $"set the {d.Title.ToLowerInvariant()} to {d.Theirs}",
            _ when IsNothing(d.Theirs) => $"took the {d.Title.ToLowerInvariant()} out: {d.Yours}",
            _ => $"changed the {d.Title.ToLowerInvariant()} from {d.Yours} to {d.Theirs}",
        };

        private static bool IsNothing(string words) => words == "none" || words.StartsWith("no ", StringComparison.Ordinal) || words.StartsWith("any ", StringComparison.Ordinal);

        private static string? Deed(Step step, string where) => step.Entry switch
        {
            { Verb: "created", Subject: nameof(Campaign) } => step.IsImport ? "imported the campaign" : "wrote the campaign",
            { Verb: "created" } => null,
            { Verb: "deleted", Subject: nameof(Campaign) } => "deleted it",
            { Verb: "deleted" } => null,
            { Verb: "restored" } => "brought it back",
            { Subject: nameof(Campaign) } when step.StatusAfter is not null && step.Where is not null => null, // its platform says it
            { Subject: nameof(Campaign) } when step.StatusAfter is { } status => $"set it from {Word(step.StatusBefore)} to {Word(status)}",
            _ when step.Where is not null && step.StatusAfter is { } status => $"shows it as {Word(status)}; it was {Word(step.StatusBefore)}" + (step.Detail is { Length: > 0 } words ? $": “{words}”" : ""),
            { Verb: "changed" } when step.StatusAfter is { } status => $"{Word(step.StatusBefore)} became {Word(status)}{where}" + (step.Detail is { Length: > 0 } words ? $": “{words}”" : ""),
            _ when step.Where is not null || step.Entry.Verb == "changed" => null,
            { Verb: var verb } => $"{verb} it{where}",
        };

        private static string Word(string? status) => Enum.TryParse<CampaignStatus>(status, out var known) ? known.Label().ToLowerInvariant() : status?.ToLowerInvariant() ?? "nothing";
    }
}
