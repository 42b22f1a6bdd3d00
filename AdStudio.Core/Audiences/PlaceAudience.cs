using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <param name="PixelId">The platform's id of the pixel whose visitors count; null takes the account's only one.</param>
public sealed record AccountChoice(Guid AdAccountId, string? PixelId = null);

/// <summary>
/// Puts an audience on ad accounts without a launch: a worker makes it there, sends the members, and keeps them in step from then on. Where it stands already nothing changes; what failed is tried again.
/// All of the accounts or none.
/// </summary>
public sealed class PlaceAudience(Studio studio, PlatformSet platforms, AuthorityGate authority, TimeProvider time)
{
    public async Task<Result<AudienceRow>> RunAsync(Actor actor, Guid audienceId, IReadOnlyList<AccountChoice> accounts, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var audience = await db.AdAudiences.AsNoTracking().FindVisibleAsync(actor, audienceId, ct);
        if (audience is null) return new AudienceNotFound();
        if (accounts.Count == 0) return new InvalidError("accounts", "Choose at least one ad account.");

        var now = time.GetUtcNow();
        List<FieldProblem> wrong = [];
        List<AdAccount> placed = [];
        foreach (var (index, choice) in accounts.DistinctBy(a => a.AdAccountId).Index())
        {
            var account = await db.AdAccounts.AsNoTracking().Visible(actor).SingleOrDefaultAsync(a => a.Id == choice.AdAccountId && a.WorkspaceId == audience.WorkspaceId, ct);
            if (account is null) return new AudienceAccountNotFound();
            if (!actor.Manages(account.Id, account.WorkspaceId)) return new PlacingNeedsManager(account.Name);

            var there = await db.PlatformAudiences.Where(p => p.AudienceId == audienceId && p.AdAccountId == account.Id).OrderBy(p => p.CreatedAt).ToListAsync(ct);
            if (there.Find(p => !p.IsLeaving) is { } stands)
            {
                if (stands.Status != PlacementStatus.Failed) continue;
                stands.TryAgain(now);
                placed.Add(account);
                continue;
            }
            var sourceStands = audience.Type == AudienceType.Lookalike && Guid.TryParse(audience.SourceAudienceId, out var source)
                && await db.PlatformAudiences.AnyAsync(p => p.AudienceId == source && p.AdAccountId == account.Id && !p.IsLeaving, ct);
            var (whyNot, pixel) = PlacementRules.Check(audience, account, choice.PixelId, platforms.Find<ISyncsAudiences>(account.Platform) is not null, sourceStands);
            if (there.Count > 0) whyNot = $"It is being taken off {account.Name} just now. Wait until it is gone, then put it there anew.";
            if (whyNot is not null)
            {
                wrong.Add(new($"accounts[{index}]", whyNot));
                continue;
            }
            var place = new PlatformAudience
            {
                OrganizationId = audience.OrganizationId, AudienceId = audience.Id, AdAccountId = account.Id, Platform = account.Platform, Name = PlacementRules.NameOf(audience.Name, account.Name), PixelId = pixel?.Id, Status = PlacementStatus.Waiting,
                NextTryAt = now, CreatedAt = now,
            };
            place.Marker = PlatformAudience.MarkerOf(place.Id);
            db.Add(place);
            placed.Add(account);
        }
        if (wrong.Count > 0) return new InvalidError(wrong);
        if (placed.Count > 0 && await authority.WhyNotAsync(db, actor, AudienceDeed.Place(audience, placed, accounts), ct) is { } why) return why;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new AudienceChangedMeanwhile(audience.Name);
        }
        catch (DbUpdateException failure) when (db.IsDuplicate(failure))
        {
            // Somebody else asked for the same in the same moment; theirs is as good.
        }
        return await AudienceRow.ReadAsync(db, actor, audience, ct);
    }
}

/// <summary>Which audience can be put on which account.</summary>
internal static class PlacementRules
{
    /// <summary>Why not, in words; else the pixel that it needs, if it needs one.</summary>
    public static (string? WhyNot, AccountAsset? Pixel) Check(AdAudience audience, AdAccount account, string? pixelId, bool canSync, bool sourceStands)
    {
        var entry = Catalogue.Of(account.Platform);
        if (audience.Type == AudienceType.Saved) return ("Saved targeting goes into each campaign that uses it; there is nothing to put on an account.", null);
        if (audience.Type == AudienceType.Existing) return ("It stands on the account from which it was taken over, and can't be copied to another.", null);
        if (!canSync || entry.Rules?.Audiences.FirstOrDefault(o => o.Type == audience.Type) is not { } offer) return ($"{entry.Name} has no such audiences that could be made from here.", null);
        if (offer.WhyNot is { } whyNot) return (whyNot, null);
        if (account.Status is AdAccountStatus.Disabled or AdAccountStatus.Closed) return ($"{account.Name} is switched off on {entry.Name}.", null);
        if (audience.Type == AudienceType.Lookalike && !sourceStands) return (new LookalikeWithoutSource(audience.Name).Message, null);
        if (audience.Type != AudienceType.Retargeting) return (null, null);

        var pixels = PixelsOf(account);
        var word = entry.Rules.PixelWord;
        if (pixels.Count == 0) return ($"{account.Name} has no {word} that could tell who was on your website. Make one under Pixels, then sync the accounts under Connections.", null);
        if (pixelId is null) return pixels is [var only] ? (null, only) : ($"{account.Name} has several {word}s. Choose the one of your website.", null);
        return pixels.Find(p => p.Id == pixelId) is { } chosen ? (null, chosen) : ($"{account.Name} has no such {word}.", null);
    }

    public static List<AccountAsset> PixelsOf(AdAccount account) => [.. account.Assets.Where(a => a.Kind == AccountAssetKind.Pixel)];

    public static string NameOf(string audience, string account) => $"{audience} · {account}" is { Length: <= 600 } name ? name : audience;

    /// <summary>Now, and with a fresh row of tries.</summary>
    public static void TryAgain(this PlatformAudience place, DateTimeOffset now) => (place.Status, place.NextTryAt, place.Attempts, place.FailureKind, place.FailureText) = (PlacementStatus.Waiting, now, 0, null, null);
}

/// <param name="WhyNot">Null when it can be put there.</param>
/// <param name="Stands">It does already, or is on its way.</param>
public sealed record PlaceOffer(Guid AdAccountId, string AccountName, Platform Platform, string? WhyNot, bool Stands, IReadOnlyList<AccountAsset> Pixels);

/// <summary>The accounts of the audience's workspace that the actor manages, with whether the audience can be put there.</summary>
public sealed class ListPlaceOffers(Studio studio, PlatformSet platforms)
{
    public async Task<Result<IReadOnlyList<PlaceOffer>>> RunAsync(Actor actor, Guid audienceId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var audience = await db.AdAudiences.AsNoTracking().FindVisibleAsync(actor, audienceId, ct);
        if (audience is null) return new AudienceNotFound();

        var accounts = await db.AdAccounts.AsNoTracking().Visible(actor).Where(a => a.WorkspaceId == audience.WorkspaceId).OrderBy(a => a.Name).ToListAsync(ct);
        var there = await db.PlatformAudiences.Where(p => p.AudienceId == audienceId && !p.IsLeaving).Select(p => p.AdAccountId).ToListAsync(ct);
        var source = Guid.TryParse(audience.SourceAudienceId, out var id) ? id : Guid.Empty;
        var sources = audience.Type == AudienceType.Lookalike ? await db.PlatformAudiences.Where(p => p.AudienceId == source && !p.IsLeaving).Select(p => p.AdAccountId).ToListAsync(ct) : [];
        return Result<IReadOnlyList<PlaceOffer>>.Of([.. accounts.Where(a => actor.Manages(a.Id, a.WorkspaceId)).OrderBy(a => a.Platform).Select(a =>
        {
            var pixels = PlacementRules.PixelsOf(a);
            var (whyNot, _) = PlacementRules.Check(audience, a, pixels.FirstOrDefault()?.Id, platforms.Find<ISyncsAudiences>(a.Platform) is not null, sources.Contains(a.Id));
            return new PlaceOffer(a.Id, a.Name, a.Platform, whyNot, there.Contains(a.Id), audience.Type == AudienceType.Retargeting ? pixels : []);
        })]);
    }
}
