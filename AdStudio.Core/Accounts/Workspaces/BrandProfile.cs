using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>A workspace as a brand.</summary>
/// <param name="Profile">What programs keep with it: social profiles, content links, theming, plan. Not modelled, and without secrets.</param>
public sealed record BrandRow(Guid Id, int Number, string Name, string? ReportingCurrency, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, bool MayChange, JsonObject Profile);

/// <summary>The workspaces that the actor sees, as brands, by number.</summary>
public sealed class ListBrands(Studio studio)
{
    /// <param name="workspaceId">Only this one; null for all.</param>
    public async Task<IReadOnlyList<BrandRow>> RunAsync(Actor actor, Guid? workspaceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var rows = await db.Workspaces.AsNoTracking().VisibleTo(actor).Where(w => workspaceId == null || w.Id == workspaceId).OrderBy(w => w.Number).ToListAsync(ct);
        return rows.ConvertAll(w => Brands.Of(w, actor));
    }
}

/// <summary>Writes what is kept with a brand: the given fields over those that were there, at any depth; a field that is null is taken out.</summary>
public sealed class ChangeBrandProfile(Studio studio, TimeProvider time)
{
    public async Task<Result<BrandRow>> RunAsync(Actor actor, Guid workspaceId, JsonObject change, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = await db.Workspaces.VisibleTo(actor).SingleOrDefaultAsync(w => w.Id == workspaceId, ct);
        if (workspace is null) return new WorkspaceNotFound();
        if (!actor.Administers(workspaceId)) return new WorkspaceAdminNeeded(workspace.Name);

        var profile = GivenJson.Merged(Brands.ProfileOf(workspace), GivenJson.WithoutSecrets((JsonNode)change)!.AsObject()).ToJsonString();
        if (Encoding.UTF8.GetByteCount(profile) > GivenJson.MostBytes) return new InvalidError("", $"A brand keeps at most {GivenJson.MostBytes / 1024} KB beside its name. Take something out first.");
        (workspace.Profile, workspace.UpdatedAt) = (profile, time.GetUtcNow());
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { return new ChangedMeanwhile(workspace.Name, workspace.Name); }
        return Brands.Of(workspace, actor);
    }
}

internal static class Brands
{
    public static BrandRow Of(Workspace w, Actor actor) => new(w.Id, w.Number, w.Name, w.ReportingCurrency, w.CreatedAt, w.UpdatedAt, actor.Administers(w.Id), ProfileOf(w));

    // Filtered once more on the way out, in case the names that count as secret have grown since it was stored.
    public static JsonObject ProfileOf(Workspace w) => w.Profile is null ? [] : GivenJson.Read(w.Profile) ?? [];
}
