using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.Campaigns;

/// <summary>Copies a campaign's spec into a new draft. Enough to have seen the original and to manage its accounts.</summary>
public sealed class DuplicateCampaign(Studio studio, CampaignNumbers numbers, TimeProvider time)
{
    public async Task<Result<Campaign>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var original, out var refusal)) return refusal;

        var now = time.GetUtcNow();
        var copy = new Campaign
        {
            OrganizationId = actor.OrganizationId, WorkspaceId = original.WorkspaceId, TeamId = original.TeamId, Number = await numbers.NextAsync(actor.OrganizationId, ct),
            CopiedFromId = original.Id, CreatedById = actor.PersonId ?? actor.Id, CreatedByName = actor.Name, CreatedAt = now, UpdatedAt = now,
        };
        copy.Write(CopyName(original.Name), original.Spec);
        db.Add(copy);
        await db.SaveChangesAsync(ct);
        return copy;
    }

    private static string CopyName(string name) => (name.Length <= SpecRules.MaxName - 5 ? name : name[..(SpecRules.MaxName - 5)]) + " copy";
}
