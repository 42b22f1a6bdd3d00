using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.LeadForms;

/// <summary>Writes a form and publishes it in one go, for programs. What the platform certainly does not take leaves nothing behind; one whose answer was lost goes on by itself.</summary>
public sealed class MakeLeadForm(CreateLeadForm create, PublishLeadForm publish, GetLeadForm get, DeleteLeadForm delete)
{
    public async Task<Result<LeadFormView>> RunAsync(Actor actor, Guid workspaceId, Guid adAccountId, string pageId, string name, LeadFormContent content, CancellationToken ct)
    {
        if (LeadFormRules.Check(name, content) is { Count: > 0 } problems) return new InvalidError(problems);
        if (!(await create.RunAsync(actor, workspaceId, adAccountId, pageId, name, content, ct)).TryGet(out var draft, out var refusal)) return refusal;
        var published = await publish.RunAsync(actor, draft.Id, ct);
        if (!published.IsDone && (await get.RunAsync(actor, draft.Id, ct)).TryGet(out var left, out _) && left.Status == LeadFormStatus.Draft) await delete.RunAsync(actor, draft.Id, ct);
        return published;
    }
}
