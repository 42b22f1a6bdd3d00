using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.LeadForms;

/// <summary>Begins a form on a page; nothing is sent before it is published.</summary>
public sealed class CreateLeadForm(Studio studio, PlatformSet platforms, TimeProvider time)
{
    public async Task<Result<LeadFormView>> RunAsync(Actor actor, Guid workspaceId, Guid adAccountId, string pageId, string name, LeadFormContent content, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().Visible(actor).SingleOrDefaultAsync(a => a.Id == adAccountId && a.WorkspaceId == workspaceId, ct);
        if (account is null) return new AdAccountNotFound();
        if (!actor.Manages(account.Id, workspaceId)) return new LeadFormNeedsManager($"the forms of {account.Name}");
        if (platforms.Find<ICollectsLeads>(account.Platform) is null) return new NoLeadForms(account.Platform);
        if (account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.Page && a.Id == pageId) is not { } page) return new InvalidError("pageId", $"This page isn't among those of {account.Name}. Sync the account, or choose another page.");
        if (name.Trim().Length is 0 or > LeadFormRules.MaxName) return new InvalidError("name", $"Give the form a name of up to {LeadFormRules.MaxName} characters.");

        var now = time.GetUtcNow();
        var form = new LeadForm
        {
            WorkspaceId = workspaceId, AdAccountId = account.Id, Platform = account.Platform, PageId = page.Id, PageName = page.Name, Name = name.Trim(), Content = content, CreatedByName = actor.Name, CreatedAt = now, UpdatedAt = now,
        };
        form.Marker = PublicId.Of("", form.Id)[^10..];
        db.Add(form);
        await db.SaveChangesAsync(ct);
        return LeadFormView.Of(form, actor);
    }
}

/// <summary>Saves a draft whole, over the version that the editor had read. A draft may be unfinished.</summary>
public sealed class SaveLeadForm(Studio studio, TimeProvider time)
{
    public async Task<Result<LeadFormView>> RunAsync(Actor actor, Guid formId, string name, LeadFormContent content, long readVersion, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedFormAsync(actor, formId, ct)).TryGet(out var form, out var refusal)) return refusal;
        if (form.Status != LeadFormStatus.Draft) return new LeadFormIsPublished(form.Name);
        if (name.Length > LeadFormRules.MaxName) return new InvalidError("name", $"The name has {name.Length} characters; {LeadFormRules.MaxName} are the most.");
        if (content.Questions.Count > 50 || content.Questions.Any(q => q.Label.Length > 1000 || q.Options.Count > 200) || content.ThankYou.Body.Length > 5000 || content.Intro?.Content.Count > 100)
            return new InvalidError("questions", "This is far more than a form can hold.");

        db.ExpectVersion(form, readVersion);
        (form.Name, form.Content, form.UpdatedAt, form.FailureText) = (name.Trim().Length == 0 ? form.Name : name.Trim(), content, time.GetUtcNow(), null);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            await using var fresh = await studio.OpenAsync(actor, ct);
            var by = await fresh.AuditEntries.Where(a => a.SubjectId == formId).OrderByDescending(a => a.At).Select(a => a.ActorName).FirstOrDefaultAsync(ct);
            return new LeadFormChangedMeanwhile(form.Name, by ?? "Somebody");
        }
        return LeadFormView.Of(form, actor);
    }
}

/// <summary>A draft with the same questions, for what can no longer be changed on the platform.</summary>
public sealed class CopyLeadForm(Studio studio, TimeProvider time)
{
    public async Task<Result<LeadFormView>> RunAsync(Actor actor, Guid formId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedFormAsync(actor, formId, ct)).TryGet(out var form, out var refusal)) return refusal;
        var now = time.GetUtcNow();
        var name = form.Name.Length > LeadFormRules.MaxName - 7 ? form.Name[..(LeadFormRules.MaxName - 7)] : form.Name;
        var copy = new LeadForm
        {
            WorkspaceId = form.WorkspaceId, AdAccountId = form.AdAccountId, Platform = form.Platform, PageId = form.PageId, PageName = form.PageName, Name = name + " (copy)", Content = form.Content, CreatedByName = actor.Name, CreatedAt = now, UpdatedAt = now,
        };
        copy.Marker = PublicId.Of("", copy.Id)[^10..];
        db.Add(copy);
        await db.SaveChangesAsync(ct);
        return LeadFormView.Of(copy, actor);
    }
}

/// <summary>Throws a draft away. A form that stands on the platform is archived instead.</summary>
public sealed class DeleteLeadForm(Studio studio, TimeProvider time)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid formId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedFormAsync(actor, formId, ct)).TryGet(out var form, out var refusal)) return refusal;
        if (form.Status is not LeadFormStatus.Draft) return new LeadFormInUse(form.Name);
        form.DeletedAt = time.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }
}

/// <summary>Brings back a draft that was thrown away.</summary>
public sealed class RestoreLeadForm(Studio studio)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid formId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var form = await db.LeadForms.IgnoreQueryFilters([StudioDb.DeletedFilter]).Visible(actor).SingleOrDefaultAsync(f => f.Id == formId && f.DeletedAt != null, ct);
        if (form is null) return new LeadFormNotFound();
        if (!actor.Manages(form.AdAccountId, form.WorkspaceId)) return new LeadFormNeedsManager($"“{form.Name}”");
        form.DeletedAt = null;
        db.AuditVerb = "restored";
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }
}
