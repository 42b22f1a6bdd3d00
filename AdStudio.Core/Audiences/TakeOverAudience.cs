using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <summary>An audience as it stands on an ad account, whoever made it.</summary>
/// <param name="Listed">As the platform tells of it.</param>
/// <param name="AudienceId">As which it is known here; null when it is not.</param>
public sealed record StandingAudience(ListedAudience Listed, Guid? AudienceId, string? AudienceName);

/// <summary>Asks the platform which audiences stand on an ad account, saved ones among them where it has them.</summary>
public sealed class ListStandingAudiences(Studio studio, AskForAudiences ask)
{
    public async Task<Result<IReadOnlyList<StandingAudience>>> RunAsync(Actor actor, Guid adAccountId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().Visible(actor).SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null) return new AudienceAccountNotFound();
        if (!(await ask.RunAsync(actor, account, ct)).TryGet(out var listed, out var refusal)) return refusal;

        var known = await db.PlatformAudiences.Where(p => p.AdAccountId == adAccountId && p.ExternalId != "").Select(p => new { p.ExternalId, p.AudienceId, p.Audience.Name }).ToListAsync(ct);
        return Result<IReadOnlyList<StandingAudience>>.Of([.. listed.OrderBy(a => a.IsSaved).ThenBy(a => a.Name, StringComparer.OrdinalIgnoreCase).Select(a =>
        {
            var here = a.IsSaved ? null : known.Find(k => k.ExternalId == a.ExternalId);
            return new StandingAudience(a, here?.AudienceId, here?.Name);
        })]);
    }
}

/// <summary>Takes over an audience that stands on an ad account: campaigns on that account can use it. It stays as it is there; nothing is sent.</summary>
public sealed class TakeOverAudience(Studio studio, AskForAudiences ask, TimeProvider time)
{
    /// <param name="externalId">The platform's id.</param>
    public async Task<Result<AudienceRow>> RunAsync(Actor actor, Guid adAccountId, string externalId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().Visible(actor).SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null) return new AudienceAccountNotFound();
        if (!await db.MayWriteAsync(actor, account.WorkspaceId, ct)) return new AudiencesNeedManager();
        if (await KnownAsync() is { } known) return await AudienceRow.ReadAsync(db, actor, known, ct);

        if (!(await ask.RunAsync(actor, account, ct)).TryGet(out var all, out var refusal)) return refusal;
        if (all.FirstOrDefault(a => a.ExternalId == externalId) is not { } found) return new PlatformAudienceNotFound(account.Platform);
        if (found.IsSaved) return new SavedTargetingStaysThere(account.Platform);

        var now = time.GetUtcNow();
        var audience = new AdAudience { WorkspaceId = account.WorkspaceId, Type = AudienceType.Existing, Name = Short(found.Name.Length > 0 ? found.Name : externalId, 256), OwnType = Short(found.OwnType, 64), CreatedAt = now, UpdatedAt = now };
        var place = new PlatformAudience
        {
            AudienceId = audience.Id, AdAccountId = account.Id, Platform = account.Platform, Name = PlacementRules.NameOf(audience.Name, account.Name), ExternalId = externalId, IsTakenOver = true, Status = PlacementStatus.Ready, CreatedAt = now, SyncedAt = now,
        };
        db.AddRange(audience, place);
        await db.SaveChangesAsync(ct);
        return await AudienceRow.ReadAsync(db, actor, audience, ct);

        Task<AdAudience?> KnownAsync() => db.PlatformAudiences.Where(p => p.AdAccountId == account.Id && p.ExternalId == externalId).Select(p => p.Audience).FirstOrDefaultAsync(ct);
    }

    private static string Short(string text, int max) => text.Length > max ? text[..max] : text;
}

/// <summary>One question to the platform, with a token that counts.</summary>
public sealed class AskForAudiences(PlatformSet platforms, GetPlatformAccess getAccess, ReportExpired reportExpired)
{
    /// <summary>The caller has checked that the actor sees the account.</summary>
    public async Task<Result<IReadOnlyList<ListedAudience>>> RunAsync(Actor actor, AdAccount account, CancellationToken ct)
    {
        if (platforms.Find<ISyncsAudiences>(account.Platform) is not { } syncs) return new NoAudiencesOn(account.Platform);
        if (!(await getAccess.RunAsync(actor, account.Id, ct)).TryGet(out var access, out var refusal)) return Result<IReadOnlyList<ListedAudience>>.Refused(refusal);
        var listed = await syncs.ListAudiencesAsync(access, ct);
        if (listed.Refusal is not PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization }) return listed;
        return (await reportExpired.RunAsync(actor, access, ct)).TryGet(out var renewed, out refusal) ? await syncs.ListAudiencesAsync(renewed, ct) : Result<IReadOnlyList<ListedAudience>>.Refused(refusal);
    }
}
