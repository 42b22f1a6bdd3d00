using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Leads;

/// <param name="New">Leads that were not here yet.</param>
public sealed record CollectedLeads(int New, int Read);

/// <summary>Asks the platform for a form's leads, and keeps those that are not here: what the webhook missed is made up for.</summary>
public sealed class CollectLeads(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, ReportExpired reportExpired, LeadSignals signals, TimeProvider time)
{
    /// <summary>A lead can show up late in a reading: each goes back over the last one by so much.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1), FirstReading = TimeSpan.FromDays(90);

    public async Task<Result<CollectedLeads>> RunAsync(Actor actor, Guid formId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedFormAsync(actor, formId, ct)).TryGet(out var form, out var refusal)) return refusal;
        if (form.ExternalId is not { } externalId || platforms.Find<ICollectsLeads>(form.Platform) is not { } reader) return new CollectedLeads(0, 0);
        var began = time.GetUtcNow();
        var read = await ReadAsync(actor, reader, form, externalId, (form.LeadsReadAt ?? began - FirstReading) - Overlap, ct);
        if (!read.TryGet(out var leads, out refusal))
        {
            var words = refusal.Message;
            await db.LeadForms.Where(f => f.Id == formId).ExecuteUpdateAsync(set => set.SetProperty(f => f.ReadFailure, words), ct);
            return refusal;
        }
        var added = await StoreLeads.AddAsync(db, form, leads, "reading", time.GetUtcNow(), ct);
        await db.LeadForms.Where(f => f.Id == formId).ExecuteUpdateAsync(set => set.SetProperty(f => f.LeadsReadAt, began).SetProperty(f => f.ReadFailure, (string?)null), ct);
        if (added > 0) signals.Tell(form.WorkspaceId);
        return new CollectedLeads(added, leads.Count);
    }

    private async Task<Result<IReadOnlyList<PlatformLead>>> ReadAsync(Actor actor, ICollectsLeads reader, LeadForm form, string externalId, DateTimeOffset since, CancellationToken ct)
    {
        if (!(await getAccess.RunAsync(actor, form.AdAccountId, ct)).TryGet(out var access, out var refusal)) return Result<IReadOnlyList<PlatformLead>>.Refused(refusal);
        var read = await AllAsync(access);
        if (read.Refusal is not PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization }) return read;
        return (await reportExpired.RunAsync(actor, access, ct)).TryGet(out access, out refusal) ? await AllAsync(access) : Result<IReadOnlyList<PlatformLead>>.Refused(refusal);

        async Task<Result<IReadOnlyList<PlatformLead>>> AllAsync(PlatformAccess with)
        {
            List<PlatformLead> found = [];
            await foreach (var answer in reader.ReadLeadsAsync(with, form.PageId, externalId, since, ct))
            {
                if (!answer.TryGet(out var lead, out var why)) return Result<IReadOnlyList<PlatformLead>>.Refused(why);
                found.Add(lead);
            }
            return found;
        }
    }
}

/// <summary>Reads all forms that stand on a platform, one after the other; one that fails keeps no other from being read.</summary>
[WithoutActor]
public sealed class CollectAllLeads(Studio studio, CollectLeads collect)
{
    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        foreach (var form in await db.LeadForms.AsNoTracking().Where(f => f.ExternalId != null && f.Status == LeadFormStatus.Active).OrderBy(f => f.LeadsReadAt).Select(f => new { f.Id, f.OrganizationId }).ToListAsync(ct))
            await collect.RunAsync(Actor.Studio(form.OrganizationId), form.Id, ct);
    }
}

/// <summary>
/// Takes up a lead that a platform's webhook tells of, for every workspace that has its form; the lead itself is asked of the platform. A form that nobody here knows is nobody's.
/// </summary>
[WithoutActor]
public sealed class ReceiveLead(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, LeadSignals signals, TimeProvider time)
{
    /// <summary>A refusal means that the platform may send it again; the next reading brings it anyway.</summary>
    public async Task<Result<int>> RunAsync(LeadNotice notice, CancellationToken ct)
    {
        var added = 0;
        await using var everyone = await studio.OpenForEveryoneAsync(ct);
        var forms = await everyone.LeadForms.AsNoTracking().Where(f => f.Platform == notice.Platform && f.ExternalId == notice.FormId).ToListAsync(ct);
        foreach (var form in forms)
        {
            var actor = Actor.Studio(form.OrganizationId);
            if (!(await getAccess.RunAsync(actor, form.AdAccountId, ct)).TryGet(out var access, out var refusal)) return refusal;
            if (!(await platforms.Get<ICollectsLeads>(form.Platform).ReadLeadAsync(access, form.PageId, notice.LeadId, ct)).TryGet(out var lead, out refusal)) return refusal;
            await using var db = await studio.OpenAsync(actor, ct);
            var fresh = await StoreLeads.AddAsync(db, form, [lead], "webhook", time.GetUtcNow(), ct);
            if (fresh > 0) signals.Tell(form.WorkspaceId);
            added += fresh;
        }
        return added;
    }
}
