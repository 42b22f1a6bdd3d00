using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Pixels;

/// <summary>A pixel, tag or conversion action of an account, with what a server tells it.</summary>
/// <param name="TakesConversions">Whether the platform takes conversions from a server for it.</param>
public sealed record PixelRow(Guid AdAccountId, string AccountName, Platform Platform, string PixelId, string Name, AccountAssetKind Kind, string? Code, DateTimeOffset? LastFiredAt, bool TakesConversions, ConversionSettings? Conversions, bool MayChange);

/// <param name="HasToken">Whether a token is kept; the token itself is never told.</param>
public sealed record ConversionSettings(string Domain, bool IsEnabled, string EventName, bool HasToken, DateTimeOffset? LastSentAt, string? LastFailure, long Version);

/// <summary>What an account answered, or why it could not be asked.</summary>
public sealed record AccountPixels(Guid AdAccountId, string AccountName, Platform Platform, bool CanCreate, IReadOnlyList<PixelRow> Pixels, string? WhyNot);

/// <summary>The pixels of a workspace's accounts, asked of the platforms now; of one account only, if named.</summary>
public sealed class ListPixels(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess)
{
    public async Task<Result<IReadOnlyList<AccountPixels>>> RunAsync(Actor actor, Guid workspaceId, Guid? adAccountId, CancellationToken ct)
    {
        if (!actor.Sees(workspaceId)) return new AdAccountNotFound();
        await using var db = await studio.OpenAsync(actor, ct);
        var accounts = await db.AdAccounts.AsNoTracking().Visible(actor).Where(a => a.WorkspaceId == workspaceId && (adAccountId == null || a.Id == adAccountId)).OrderBy(a => a.Platform).ThenBy(a => a.Name).ToListAsync(ct);
        if (adAccountId is not null && accounts.Count == 0) return new AdAccountNotFound();
        var ids = accounts.ConvertAll(a => a.Id);
        var kept = await db.PixelConversions.AsNoTracking().Where(p => ids.Contains(p.AdAccountId)).ToListAsync(ct);
        var asked = await Task.WhenAll(accounts.Where(a => platforms.Find<IManagesPixels>(a.Platform) is not null).Select(a => AskAsync(actor, a, kept, ct)));
        return asked;
    }

    private async Task<AccountPixels> AskAsync(Actor actor, AdAccount account, List<PixelConversions> kept, CancellationToken ct)
    {
        var (may, takes) = (actor.Manages(account.Id, account.WorkspaceId), platforms.Find<ISendsConversions>(account.Platform) is not null);
        var given = await getAccess.RunAsync(actor, account.Id, ct);
        var answer = given.TryGet(out var access, out var refusal) ? await platforms.Get<IManagesPixels>(account.Platform).ListPixelsAsync(access, ct) : Result<IReadOnlyList<PlatformPixel>>.Refused(refusal);
        return answer.TryGet(out var pixels, out refusal)
            ? new(account.Id, account.Name, account.Platform, may, [.. pixels.Select(p => new PixelRow(account.Id, account.Name, account.Platform, p.ExternalId, p.Name, p.Kind, p.Code, p.LastFiredAt, takes,
                kept.Find(k => k.AdAccountId == account.Id && k.PixelId == p.ExternalId) is { } k ? Settings(k) : null, may))], null)
            : new(account.Id, account.Name, account.Platform, false, [], refusal.Message);
    }

    internal static ConversionSettings Settings(PixelConversions kept) => new(kept.Domain, kept.IsEnabled, kept.EventName, kept.AccessToken is not null, kept.LastSentAt, kept.LastFailure, kept.Version);
}

/// <summary>Makes a pixel on an account; it can be chosen in campaigns at once.</summary>
public sealed class CreatePixel(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, SyncAdAccounts sync, AuthorityGate authority)
{
    public async Task<Result<PlatformPixel>> RunAsync(Actor actor, Guid adAccountId, string name, string? description, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var account = await db.AdAccounts.AsNoTracking().Visible(actor).SingleOrDefaultAsync(a => a.Id == adAccountId, ct);
        if (account is null) return new AdAccountNotFound();
        if (!actor.Manages(account.Id, account.WorkspaceId)) return new PixelNeedsManager(account.Name);
        if (platforms.Find<IManagesPixels>(account.Platform) is not { } pixels) return new NoPixels(account.Platform);
        if (name.Trim().Length is 0 or > 100) return new InvalidError("name", "Give the pixel a name of up to 100 characters.");
        if (description?.Length > 200) return new InvalidError("description", "The description has up to 200 characters.");
        if (!(await getAccess.RunAsync(actor, account.Id, ct)).TryGet(out var access, out var refusal)) return refusal;

        if (await authority.WhyNotAsync(db, actor, PixelDeed.Create(account, name.Trim(), description), ct) is { } whyNot) return whyNot;
        if (!await db.TrySaveVerdictAsync(ct)) return new PixelAskedMeanwhile(name.Trim());

        var made = await pixels.CreatePixelAsync(access, name.Trim(), string.IsNullOrWhiteSpace(description) ? null : description.Trim(), ct);
        if (made.IsDone) await sync.RunAsync(actor, account.ConnectionId, ct);
        return made;
    }
}
