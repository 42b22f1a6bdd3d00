using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Partners;

/// <summary>A campaign as a partner asks for it: what it leaves open is chosen here.</summary>
/// <param name="Spec">Of one platform, with its ad account, without amounts.</param>
/// <param name="BudgetMinor">In the minor unit of the account's currency, of the kind that the spec says; <paramref name="BidMinor"/> likewise, where the bid has an amount.</param>
/// <param name="Metadata">The partner's own JSON object, kept as it is.</param>
/// <param name="Input">The request as it came.</param>
public sealed record PartnerCampaign(string Name, CampaignSpec Spec, long BudgetMinor, long? BidMinor, Authority Authority, string? Metadata, string Input);

/// <summary>
/// Creates a campaign on one platform and launches it, by the authority of its workspace. The campaign and the job that follows it are saved together; if the studio dies before
/// the launch, <see cref="ContinuePartnerJobs"/> goes on. Without creatives the newest ones that the platform can show are taken, and without a lead form the newest that stands there.
/// </summary>
public sealed class CreatePartnerCampaign(Studio studio, CreateCampaign create, CheckSpec check, AuthorityGate authority, StartPartnerJob start, TimeProvider time)
{
    /// <summary>How many creatives are chosen when none are named.</summary>
    public const int CreativesChosen = 3;
    private const int CreativesLookedAt = 25;

    public async Task<Result<JobView>> RunAsync(Actor actor, Guid workspaceId, PartnerCampaign wanted, CancellationToken ct)
    {
        if (!(await InMoneyAsync(actor, workspaceId, wanted, ct)).TryGet(out var spec, out var refusal)) return refusal;
        spec = await WithDefaultsAsync(actor, workspaceId, wanted.Name, spec, ct);
        if (!(await check.RunAsync(actor, workspaceId, wanted.Name, spec, ct)).TryGet(out var findings, out refusal)) return refusal;
        if (findings.FirstOrDefault(f => f.Severity == FindingSeverity.LeavesOut) is { } leftOut) return new PlatformNotUsable(leftOut.Message);

        // What is left to the studio and can't be found is told by the job; what the partner wrote wrongly is refused.
        var wrong = findings.Where(f => f.Severity == FindingSeverity.Blocks && (f.Field != "creativeIds" || wanted.Spec.CreativeIds.Count > 0)).Select(f => new FieldProblem(f.Field, f.Message)).Distinct().ToList();
        if (wrong.Count > 0) return new InvalidError(wrong);
        if (await DeniedAsync(actor, workspaceId, wanted.Name, ct) is { } denied) return denied;

        var job = new PartnerJob { OrganizationId = actor.OrganizationId, WorkspaceId = workspaceId, Kind = PartnerJobKind.CreateCampaign, Platform = spec.Platforms[0].Platform, RequestedById = actor.Id, RequestedVia = actor.Via, CreatedAt = time.GetUtcNow(), UpdatedAt = time.GetUtcNow() };
        var given = new GivenCampaign
        {
            Metadata = wanted.Metadata, Authority = wanted.Authority,
            Beside = campaign =>
            {
                job.CampaignId = campaign.Id;
                return job;
            },
        };
        return (await create.RunAsync(actor, workspaceId, wanted.Name, spec, wanted.Input, ct, given)).TryGet(out _, out refusal) ? await start.RunAsync(actor, job.Id, ct) : refusal;
    }

    /// <summary>The spec with its amounts in the account's currency. An account of somebody else and one that is not there are the same.</summary>
    private async Task<Result<CampaignSpec>> InMoneyAsync(Actor actor, Guid workspaceId, PartnerCampaign wanted, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var (choice, spec) = (wanted.Spec.Platforms[0], wanted.Spec);
        var account = await db.AdAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == choice.AdAccountId && a.WorkspaceId == workspaceId && a.Platform == choice.Platform, ct);
        if (account is null || !actor.Reads(account.Id, workspaceId)) return new AdAccountNotInProject(choice.Platform);
        return spec with
        {
            Budget = spec.Budget with { AmountMicros = Money.FromMinor(wanted.BudgetMinor, account.Currency).Micros, Currency = account.Currency },
            Bid = spec.Bid is { } bid && wanted.BidMinor is { } minor ? bid with { AmountMicros = Money.FromMinor(minor, account.Currency).Micros } : spec.Bid,
        };
    }

    /// <summary>With the structural axis off nothing is made, and the verdict alone is kept.</summary>
    private async Task<Refusal?> DeniedAsync(Actor actor, Guid workspaceId, string name, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor with { Claim = null }, ct);
        if (await db.Workspaces.Where(w => w.Id == workspaceId).Select(w => w.Authority).SingleAsync(ct) is not { Structural: AuthorityMode.Off }) return null;
        var deed = new Deed
        {
            Verb = "create", Title = $"Create “{name}”", Axes = [AuthorityAxis.Structural], Subject = nameof(Workspace), SubjectId = workspaceId, SubjectName = name, WorkspaceId = workspaceId,
            Intent = new { name }, Plan = _ => Task.FromResult(new ApprovalPlan()),
        };
        return (await authority.AskAsync(db, actor, deed, ct)).Refusal;
    }

    private async Task<CampaignSpec> WithDefaultsAsync(Actor actor, Guid workspaceId, string name, CampaignSpec spec, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var choice = spec.Platforms[0];
        var rules = Catalogue.RulesOf(choice.Platform);
        if (spec.Objective is { } objective && rules.Offer(objective) is { IsOffered: true } offer && (offer.NeedsLeadForm || offer.TakesLeadForm))
        {
            var form = await db.LeadForms.Where(f => f.WorkspaceId == workspaceId && f.AdAccountId == choice.AdAccountId && f.Platform == choice.Platform && f.Status == LeadFormStatus.Active && f.ExternalId != null)
                .OrderByDescending(f => f.CreatedAt).Select(f => (Guid?)f.Id).FirstOrDefaultAsync(ct);
            spec = spec with { Platforms = [choice with { LeadFormId = form }] };
        }
        if (spec.CreativeIds.Count > 0 || !rules.NeedsCreative) return spec;

        var types = rules.CreativeTypes.ToList();
        var newest = await db.Creatives.Where(c => c.WorkspaceId == workspaceId && types.Contains(c.Type)).OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Select(c => c.Id).Take(CreativesLookedAt).ToListAsync(ct);
        List<Guid> fitting = [];
        foreach (var id in newest)
        {
            var tried = await check.RunAsync(actor, workspaceId, name, spec with { CreativeIds = [id] }, ct);
            if (tried.TryGet(out var findings, out _) && findings.All(f => f.Severity != FindingSeverity.Blocks || !f.Field.StartsWith("creativeIds", StringComparison.Ordinal))) fitting.Add(id);
            if (fitting.Count == CreativesChosen) break;
        }
        return spec with { CreativeIds = fitting };
    }
}

public sealed record AdAccountNotInProject(Platform Platform) : NotFoundError($"There is no such {Platform.Label()} ad account in this project. GET …/ad-accounts lists those that are connected.");

/// <summary>Not connected, or not in a state in which it takes campaigns.</summary>
public sealed record PlatformNotUsable(string Why) : NotFoundError(Why);
