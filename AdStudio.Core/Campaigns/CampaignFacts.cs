using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Campaigns;

/// <summary>All that preflight and the briefs look at beside the spec, read once. What is missing in it was deleted, or is not for the actor's eyes.</summary>
public sealed record CampaignFacts
{
    public required Actor Actor { get; init; }
    public required Guid WorkspaceId { get; init; }
    public required string WorkspaceName { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether images can be cut to another ratio here.</summary>
    public bool CanCut { get; init; }

    /// <summary>The workspace's accounts on the chosen platforms that the actor may read, with their connections.</summary>
    public IReadOnlyList<AdAccount> Accounts { get; init; } = [];
    public IReadOnlyDictionary<Guid, Creative> Creatives { get; init; } = new Dictionary<Guid, Creative>();
    public IReadOnlyDictionary<Guid, MediaAsset> Assets { get; init; } = new Dictionary<Guid, MediaAsset>();
    public IReadOnlyDictionary<Guid, AdAudience> Audiences { get; init; } = new Dictionary<Guid, AdAudience>();
    public IReadOnlyList<PlatformAudience> PlatformAudiences { get; init; } = [];
    public IReadOnlyDictionary<Guid, LeadForm> LeadForms { get; init; } = new Dictionary<Guid, LeadForm>();

    /// <summary>The account that pays on the platform: the chosen one, or the only one in good standing there.</summary>
    public AdAccount? AccountFor(PlatformChoice choice)
    {
        if (choice.AdAccountId is { } id) return Accounts.FirstOrDefault(a => a.Id == id && a.Platform == choice.Platform);
        var there = Accounts.Where(a => a.Platform == choice.Platform).ToList();
        var good = there.Where(a => a.Status is AdAccountStatus.Active or AdAccountStatus.InGracePeriod && Actor.Manages(a.Id, WorkspaceId)).ToList();
        return good.Count == 1 ? good[0] : there.Count == 1 ? there[0] : null;
    }

    /// <summary>The spec's targeting with that of its saved audiences.</summary>
    internal AudienceSpec MergedAudience(CampaignSpec spec) =>
        AudienceMerge.Of(spec.Audience, spec.AudienceIds.Distinct().Where(Audiences.ContainsKey).Select(id => Audiences[id]).Where(a => a.Type == AudienceType.Saved));

    /// <summary>The audience's id on the account, once it stands there.</summary>
    public string? ExternalIdOf(Guid audienceId, AdAccount account) => PlatformAudiences.Where(p => p.AudienceId == audienceId && p.AdAccountId == account.Id && p is { ExternalId.Length: > 0, IsLeaving: false }).MinBy(p => p.CreatedAt)?.ExternalId;

    /// <summary>The chosen form, when it stands on the platform.</summary>
    public LeadForm? LeadFormFor(PlatformChoice choice) =>
        choice.LeadFormId is { } id && LeadForms.TryGetValue(id, out var form) && form is { ExternalId: not null, Status: LeadFormStatus.Active } && form.Platform == choice.Platform ? form : null;

    public IReadOnlyList<Money?> Shares(CampaignSpec spec) => BudgetShares.Of(spec, choice => AccountFor(choice)?.Currency);

    public static async Task<CampaignFacts> ReadAsync(StudioDb db, Actor actor, Guid workspaceId, CampaignSpec spec, DateTimeOffset now, bool canCut, CancellationToken ct)
    {
        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(w => w.Id == workspaceId, ct);
        var platforms = spec.Platforms.Select(p => p.Platform).ToList();
        var accounts = await db.AdAccounts.AsNoTracking().Include(a => a.Connection).Where(a => a.WorkspaceId == workspaceId && platforms.Contains(a.Platform)).OrderBy(a => a.Name).ToListAsync(ct);
        var creatives = await db.Creatives.AsNoTracking().Where(c => c.WorkspaceId == workspaceId && spec.CreativeIds.Contains(c.Id)).ToListAsync(ct);
        var assetIds = creatives.SelectMany(c => c.AssetIds).Distinct().ToList();
        var assets = await db.MediaAssets.AsNoTracking().Where(m => m.WorkspaceId == workspaceId && assetIds.Contains(m.Id)).ToListAsync(ct);
        var audiences = await db.AdAudiences.AsNoTracking().Where(a => a.WorkspaceId == workspaceId && spec.AudienceIds.Contains(a.Id)).ToListAsync(ct);
        var placedIds = audiences.SelectMany(a => Guid.TryParse(a.SourceAudienceId, out var source) ? [a.Id, source] : new[] { a.Id }).ToList();
        var placed = placedIds.Count == 0 ? [] : await db.PlatformAudiences.AsNoTracking().Where(p => placedIds.Contains(p.AudienceId)).ToListAsync(ct);
        var formIds = spec.Platforms.Select(p => p.LeadFormId).OfType<Guid>().ToList();
        var forms = formIds.Count == 0 ? [] : await db.LeadForms.AsNoTracking().Where(f => f.WorkspaceId == workspaceId && formIds.Contains(f.Id)).ToListAsync(ct);
        return new CampaignFacts
        {
            Actor = actor, WorkspaceId = workspaceId, WorkspaceName = workspace.Name, Now = now, CanCut = canCut,
            Accounts = [.. accounts.Where(a => actor.Reads(a.Id, workspaceId))],
            Creatives = creatives.ToDictionary(c => c.Id),
            Assets = assets.ToDictionary(a => a.Id),
            Audiences = audiences.ToDictionary(a => a.Id),
            PlatformAudiences = placed,
            LeadForms = forms.ToDictionary(f => f.Id),
        };
    }
}
