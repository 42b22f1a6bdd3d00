using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>Carries out an import from the queue: reads all that stands on the account, then takes it over campaign by campaign. Doing it twice changes nothing.</summary>
public sealed class CarryOutImport(Studio studio, PlatformSet platforms, GetPlatformAccess getAccess, ReportExpired reportExpired, OperationSignals signals, CampaignNumbers numbers, TimeProvider time)
{
    private const int ReportEvery = 25;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>The import as it ended; one that another worker holds is refused.</summary>
    public async Task<Result<CampaignImportRow>> RunAsync(Actor actor, Guid importId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await ClaimAsync(db, importId, ct) is not { } import) return new ImportIsTaken();
        try
        {
            var failure = await WorkAsync(actor, db, import, ct);
            if (failure is not null) (import.FailureKind, import.FailureText, import.RetryAt) = (failure.Kind, failure.Text, failure.RetryAt);
            await FinishAsync(db, import, failure is null ? ImportStatus.Succeeded : ImportStatus.Failed);
        }
        catch (OperationCanceledException)
        {
            await db.CampaignImports.Where(i => i.Id == importId && i.LeaseUntil == import.LeaseUntil).ExecuteUpdateAsync(set => set
                .SetProperty(i => i.Status, ImportStatus.Waiting).SetProperty(i => i.LeaseUntil, (DateTimeOffset?)null).SetProperty(i => i.Doing, (string?)null), CancellationToken.None);
            throw;
        }
        catch (Exception) when (import.FinishedAt is null)
        {
            import.FailureText = "Something went wrong inside AdStudio while it imported. It is in the log; what was imported stays, and importing again goes on.";
            await FinishAsync(db, import, ImportStatus.Failed);
            throw;
        }
        return CampaignImportRow.Of(import, import.AdAccount.Name);
    }

    private async Task<CampaignImport?> ClaimAsync(StudioDb db, Guid importId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var until = now + Lease;
        var claimed = await db.CampaignImports.Where(i => i.Id == importId && i.ActiveKey != null && (i.LeaseUntil == null || i.LeaseUntil <= now)).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.Status, ImportStatus.Running).SetProperty(i => i.LeaseUntil, until).SetProperty(i => i.StartedAt, now), ct);
        return claimed == 1 ? await db.CampaignImports.IgnoreQueryFilters([StudioDb.DeletedFilter]).AsNoTracking().Include(i => i.AdAccount).SingleAsync(i => i.Id == importId, ct) : null;
    }

    private async Task<PlatformTrouble?> WorkAsync(Actor actor, StudioDb db, CampaignImport import, CancellationToken ct)
    {
        (import.Known, import.Changed, import.Gone) = (0, 0, 0);
        var since = time.GetUtcNow();
        if (!(await ReadAsync(actor, db, import, ct)).TryGet(out var found, out var refusal)) return PlatformTrouble.Of(import.Platform, refusal, time.GetUtcNow());

        import.Campaigns = found.Count;
        import.AdSets = found.Values.Sum(c => c.AdSets.Count);
        import.Ads = found.Values.Sum(c => c.AdSets.Sum(s => s.Ads.Count));
        var take = new ImportedRows(studio, import, numbers, time);
        var done = 0;
        foreach (var campaign in found.Values)
        {
            if (done++ % ReportEvery == 0) await ReportAsync(db, import, $"Taking over {done} of {found.Count} campaigns", ct);
            var outcome = await take.RunAsync(campaign, since, ct);
            if (outcome.Was is ImportOutcome.Known or ImportOutcome.Changed) import.Known++;
            if (outcome.Was == ImportOutcome.Changed) import.Changed++;
            if (outcome is { Was: ImportOutcome.Changed or ImportOutcome.New, CampaignId: { } id }) signals.Progressed(id);
        }
        foreach (var id in await take.DropGoneAsync(found.Keys, since, ct))
        {
            import.Gone++;
            signals.Progressed(id);
        }
        return null;
    }

    /// <summary>By the platform's id: one that changes while it is read may come twice, and the last one counts.</summary>
    private async Task<Result<Dictionary<string, ImportedCampaign>>> ReadAsync(Actor actor, StudioDb db, CampaignImport import, CancellationToken ct)
    {
        var reader = platforms.Get<IImportsCampaigns>(import.Platform);
        var given = await getAccess.RunAsync(actor, import.AdAccountId, ct);
        if (!given.TryGet(out var access, out var refusal)) return refusal;
        for (var renewed = false; ; renewed = true)
        {
            var found = new Dictionary<string, ImportedCampaign>();
            Refusal? refused = null;
            await ReportAsync(db, import, "Reading campaigns", ct);
            await foreach (var answer in reader.ReadAllAsync(access, ct))
            {
                if (!answer.TryGet(out var campaign, out refused)) break;
                found[campaign.ExternalId] = campaign;
                if (found.Count % ReportEvery == 0) await ReportAsync(db, import, $"Reading campaigns: {found.Count} so far", ct);
            }
            if (refused is null) return found;
            if (renewed || refused is not PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization }) return refused;
            given = await reportExpired.RunAsync(actor, access, ct);
            if (!given.TryGet(out access, out refusal)) return refusal;
        }
    }

    /// <summary>Shows how far it is, and keeps the lease; without it, another worker has taken over and this one stops.</summary>
    private async Task ReportAsync(StudioDb db, CampaignImport import, string doing, CancellationToken ct)
    {
        var until = time.GetUtcNow() + Lease;
        var held = await db.CampaignImports.Where(i => i.Id == import.Id && i.LeaseUntil == import.LeaseUntil).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.LeaseUntil, until).SetProperty(i => i.Doing, doing), ct);
        if (held != 1) throw new InvalidOperationException($"The import {import.Id} was taken over by another worker.");
        (import.LeaseUntil, import.Doing) = (until, doing);
    }

    private async Task FinishAsync(StudioDb db, CampaignImport import, ImportStatus status)
    {
        var held = import.LeaseUntil;
        (import.Status, import.FinishedAt, import.ActiveKey, import.LeaseUntil, import.Doing) = (status, time.GetUtcNow(), null, null, null);
        await db.CampaignImports.Where(i => i.Id == import.Id && i.LeaseUntil == held).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.Status, status).SetProperty(i => i.FinishedAt, import.FinishedAt).SetProperty(i => i.ActiveKey, (Guid?)null).SetProperty(i => i.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(i => i.Doing, (string?)null).SetProperty(i => i.Campaigns, import.Campaigns).SetProperty(i => i.AdSets, import.AdSets).SetProperty(i => i.Ads, import.Ads)
            .SetProperty(i => i.Known, import.Known).SetProperty(i => i.Changed, import.Changed).SetProperty(i => i.Gone, import.Gone)
            .SetProperty(i => i.FailureKind, import.FailureKind).SetProperty(i => i.FailureText, import.FailureText).SetProperty(i => i.RetryAt, import.RetryAt), CancellationToken.None);
    }
}
