using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>Creates a workspace with its default team. Anybody who isn't a client may; whoever does becomes its admin.</summary>
public sealed class CreateWorkspace(Studio studio, FindActor actors, TimeProvider time)
{
    /// <param name="enterpriseId">The caller's own id of it; null makes one.</param>
    public async Task<Result<WorkspaceRow>> RunAsync(Actor actor, string name, string? enterpriseId, CancellationToken ct)
    {
        if (actor.IsClient) return new ClientsOnlyRead();
        var typed = new Typed();
        name = typed.Name("name", name, "the workspace a name");
        enterpriseId = string.IsNullOrWhiteSpace(enterpriseId) ? null : enterpriseId.Trim();
        if (enterpriseId?.Length > 128) typed.Refuse("enterpriseId", "That is too long: use at most 128 characters.");
        if (typed.Refusal is { } refusal) return refusal;

        // Two at once ask for the same number; the later one asks again.
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await studio.OpenAsync(actor, ct);
            if (enterpriseId is not null && await db.Workspaces.AnyAsync(w => w.EnterpriseId == enterpriseId, ct)) return new WorkspaceExists();

            var organization = await db.Organizations.SingleAsync(o => o.Id == actor.OrganizationId, ct);
            var admin = await AdminAsync(db, actor, ct);
            var workspace = WorkspaceRows.Add(db, organization, admin, name, enterpriseId, time.GetUtcNow());
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException failure) when (attempt < 8 && (failure is DbUpdateConcurrencyException || db.IsDuplicate(failure)))
            {
                continue;
            }
            actors.Forget(admin.Id);
            return new WorkspaceRow(workspace.Id, workspace.Number, name, workspace.EnterpriseId, admin.Id, admin.Name, admin.ExternalUserId, workspace.CreatedAt, workspace.UpdatedAt, workspace.Version, true) { Teams = 1 };
        }
    }

    // A key that acts for nobody in particular makes it for the organization's first admin.
    private static Task<Person> AdminAsync(StudioDb db, Actor actor, CancellationToken ct) =>
        actor.PersonId is { } person ? db.Users.SingleAsync(p => p.Id == person, ct) : db.Users.Where(p => p.Role == OrganizationRole.Admin).OrderBy(p => p.CreatedAt).FirstAsync(ct);
}
