using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.LeadForms;

/// <summary>
/// Makes the form on the platform, once: the intent is stored before, the platform's id after. A form that is being published, and whose answer was lost, is looked for by its marker before it is made again.
/// </summary>
public sealed class PublishLeadForm(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, ReportExpired reportExpired, AuthorityGate authority, TimeProvider time)
{
    public async Task<Result<LeadFormView>> RunAsync(Actor actor, Guid formId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedFormAsync(actor, formId, ct)).TryGet(out var form, out var refusal)) return refusal;
        if (form.Status is LeadFormStatus.Active or LeadFormStatus.Archived) return new LeadFormIsPublished(form.Name);
        if (LeadFormRules.Check(form.Name, form.Content) is { Count: > 0 } problems) return new InvalidError(problems);
        if (platforms.Find<ICollectsLeads>(form.Platform) is not { } leads) return new NoLeadForms(form.Platform);

        // One whose publishing was cut off was allowed when it began.
        var lookFirst = form.Status == LeadFormStatus.Publishing;
        if (!lookFirst && await authority.WhyNotAsync(db, actor, LeadFormDeed.Publish(form), ct) is { } whyNot) return whyNot;
        (form.Status, form.FailureText, form.UpdatedAt) = (LeadFormStatus.Publishing, null, time.GetUtcNow());
        db.AuditVerb = "began to publish";
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new LeadFormChangedMeanwhile(form.Name, "Somebody");
        }

        var made = await MakeAsync(actor, leads, form, lookFirst, ct);
        if (made.TryGet(out var externalId, out refusal))
        {
            (form.Status, form.ExternalId, form.PublishedAt, form.UpdatedAt) = (LeadFormStatus.Active, externalId, time.GetUtcNow(), time.GetUtcNow());
            db.AuditVerb = "published";
            await db.SaveChangesAsync(ct);
            // Without the platform's calls leads still come, by the readings: so this may fail.
            if ((await getAccess.RunAsync(actor, form.AdAccountId, ct)).TryGet(out var access, out _)) await leads.SubscribeAsync(access, form.PageId, ct);
            return LeadFormView.Of(form, actor);
        }

        // What may be there stays in publishing, and is looked for; what certainly is not there goes back to its author.
        form.FailureText = refusal.Message;
        if (refusal is not PlatformFailure { Kind: PlatformFailureKind.UnknownOutcome }) form.Status = LeadFormStatus.Draft;
        await db.SaveChangesAsync(ct);
        return refusal;
    }

    private async Task<Result<string>> MakeAsync(Actor actor, ICollectsLeads leads, LeadForm form, bool lookFirst, CancellationToken ct)
    {
        if (!(await getAccess.RunAsync(actor, form.AdAccountId, ct)).TryGet(out var access, out var refusal)) return refusal;
        var made = await TryAsync(access);
        if (made.Refusal is not PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization }) return made;
        return (await reportExpired.RunAsync(actor, access, ct)).TryGet(out var renewed, out refusal) ? await TryAsync(renewed) : refusal;

        async Task<Result<string>> TryAsync(PlatformAccess with)
        {
            if (lookFirst)
            {
                if (!(await leads.FindFormAsync(with, form.PageId, form.Marker, ct)).TryGet(out var there, out var why) && why is not null) return why;
                if (there is not null) return there;
            }
            var answer = await leads.CreateFormAsync(with, form.PageId, $"{form.Name} [{form.Marker}]", form.Content, ct);
            if (answer.Refusal is not PlatformFailure { Kind: PlatformFailureKind.UnknownOutcome }) return answer;
            var found = await leads.FindFormAsync(with, form.PageId, form.Marker, ct);
            return found.IsDone && found.Value is { } id ? id : answer;
        }
    }
}

/// <summary>Goes on with forms whose publishing was cut off: looks for them, and makes those that certainly are not there.</summary>
[WithoutActor]
public sealed class FinishPublishing(Studio studio, PublishLeadForm publish, TimeProvider time)
{
    private static readonly TimeSpan CutOff = TimeSpan.FromMinutes(2);

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var before = time.GetUtcNow() - CutOff;
        foreach (var form in await db.LeadForms.AsNoTracking().Where(f => f.Status == LeadFormStatus.Publishing && f.UpdatedAt < before).Select(f => new { f.Id, f.OrganizationId }).ToListAsync(ct))
            await publish.RunAsync(Actor.Studio(form.OrganizationId), form.Id, ct);
    }
}

/// <summary>Puts a form away on the platform: no ad can open it any more. Its leads stay here.</summary>
public sealed class ArchiveLeadForm(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, AuthorityGate authority, TimeProvider time)
{
    public async Task<Result<LeadFormView>> RunAsync(Actor actor, Guid formId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedFormAsync(actor, formId, ct)).TryGet(out var form, out var refusal)) return refusal;
        if (form is not { Status: LeadFormStatus.Active, ExternalId: { } externalId }) return form.Status == LeadFormStatus.Archived ? LeadFormView.Of(form, actor) : new LeadFormNotFound();
        if (!(await getAccess.RunAsync(actor, form.AdAccountId, ct)).TryGet(out var access, out refusal)) return refusal;
        if (await authority.WhyNotAsync(db, actor, LeadFormDeed.Archive(form), ct) is { } notAllowed) return notAllowed;
        if (!await db.TrySaveVerdictAsync(ct)) return new LeadFormChangedMeanwhile(form.Name, "Somebody");
        if ((await platforms.Get<ICollectsLeads>(form.Platform).ArchiveFormAsync(access, form.PageId, externalId, ct)).Refusal is { } why) return why;

        (form.Status, form.UpdatedAt) = (LeadFormStatus.Archived, time.GetUtcNow());
        db.AuditVerb = "archived";
        await db.SaveChangesAsync(ct);
        return LeadFormView.Of(form, actor);
    }
}

/// <param name="New">Forms that were not known here before.</param>
public sealed record ImportedForms(int New, int Known);

/// <summary>Takes over the forms that stand on an account's pages, so that their leads arrive here too. Twice changes nothing.</summary>
public sealed class ImportLeadForms(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, TimeProvider time)
{
    public async Task<Result<ImportedForms>> RunAsync(Actor actor, Guid adAccountId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().Visible(actor).SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null) return new AdAccountNotFound();
        if (!actor.Manages(account.Id, account.WorkspaceId)) return new LeadFormNeedsManager($"the forms of {account.Name}");
        if (platforms.Find<ICollectsLeads>(account.Platform) is not { } leads) return new NoLeadForms(account.Platform);
        if (!(await getAccess.RunAsync(actor, account.Id, ct)).TryGet(out var access, out var refusal)) return refusal;

        var (added, known, now) = (0, 0, time.GetUtcNow());
        foreach (var page in account.Assets.Where(a => a.Kind == AccountAssetKind.Page))
        {
            if (!(await leads.ListFormsAsync(access, page.Id, ct)).TryGet(out var forms, out refusal)) return refusal;
            var ids = forms.Select(f => f.ExternalId).ToList();
            var there = await db.LeadForms.Where(f => f.WorkspaceId == account.WorkspaceId && f.Platform == account.Platform && f.ExternalId != null && ids.Contains(f.ExternalId)).Select(f => f.ExternalId!).ToListAsync(ct);
            known += there.Count;
            foreach (var form in forms.Where(f => !there.Contains(f.ExternalId)))
            {
                db.Add(new LeadForm
                {
                    WorkspaceId = account.WorkspaceId, AdAccountId = account.Id, Platform = account.Platform, PageId = page.Id, PageName = page.Name, Name = form.Name.Length > 256 ? form.Name[..256] : form.Name, ExternalId = form.ExternalId, IsImported = true,
                    Status = form.OwnStatus == "ARCHIVED" ? LeadFormStatus.Archived : LeadFormStatus.Active, Content = new() { Language = LeadFormRules.Languages.FirstOrDefault(l => string.Equals(l.Wire, form.Locale, StringComparison.OrdinalIgnoreCase))?.Wire ?? "EN_US" },
                    CreatedByName = actor.Name, CreatedAt = form.CreatedAt ?? now, UpdatedAt = now, PublishedAt = form.CreatedAt,
                });
                added++;
            }
        }
        db.AuditVerb = "imported";
        await db.SaveChangesAsync(ct);
        return new ImportedForms(added, known);
    }
}
