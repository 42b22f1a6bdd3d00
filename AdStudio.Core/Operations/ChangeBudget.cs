using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Operations;

/// <summary>Changes the budget of a launched campaign, of the whole or of one platform, and splits it anew over the platforms it runs on, and there over its country groups.</summary>
public sealed class ChangeBudget(Studio studio, CheckSpec check, StartCascade cascade)
{
    /// <param name="amount">Of the whole in the campaign's currency; or of <paramref name="only"/> in its ad account's currency.</param>
    public async Task<Result<WorkStarted>> RunAsync(Actor actor, Guid campaignId, Money amount, Platform? only, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        if (only is { } wanted && campaign.Platforms.All(p => p.Platform != wanted)) return new PlatformNotPartOfCampaign(campaign.Name, wanted);

        var live = campaign.Platforms.Where(p => p.ExternalId is not null && p.LaunchedAt is not null && p.Status is PlatformStatus.Active or PlatformStatus.InReview or PlatformStatus.Paused or PlatformStatus.Rejected).ToList();
        if (live.Count == 0) return new CampaignNotLive(campaign.Name);
        if (amount.Micros <= 0) return new InvalidError("budget.amount", "Give an amount above zero.");

        var spec = With(campaign.Spec, amount, only);
        var expected = only is { } p ? campaign.Platforms.First(x => x.Platform == p).Currency : campaign.Spec.Budget.Currency;
        if (amount.Currency != expected) return new InvalidError("budget.currency", $"This budget is in {expected}.");
        if (!(await check.RunAsync(actor, campaign.WorkspaceId, campaign.Name, spec, ct)).TryGet(out var findings, out refusal)) return refusal;
        var problems = findings.Where(f => f.Severity == FindingSeverity.Blocks && f.Field.Contains("budget", StringComparison.OrdinalIgnoreCase)).Select(f => new FieldProblem(f.Field, f.Message)).ToList();
        if (problems.Count > 0) return new BudgetNotAllowed(problems);

        var currencies = await db.AdAccounts.Where(a => a.WorkspaceId == campaign.WorkspaceId).ToDictionaryAsync(a => a.Id, a => a.Currency, ct);
        var shares = BudgetShares.Of(spec, choice => campaign.Platforms.Find(x => x.Platform == choice.Platform)?.AdAccountId is { } id ? currencies.GetValueOrDefault(id) : null);
        var newMoney = spec.Platforms.Zip(shares)
            .SelectMany(x => spec.GroupsOrWhole().Zip(BudgetShares.OfGroups(spec, x.Second), (group, money) => (x.First.Platform, GroupName: group?.Name ?? "", Money: money)))
            .Where(x => x.Money is not null).ToDictionary(x => (x.Platform, x.GroupName), x => x.Money!.Value);
        var changing = live.Where(x => newMoney.TryGetValue((x.Platform, x.GroupName), out var money) && money.Micros != x.BudgetMicros).ToList();

        var busy = await db.ActiveWorkAsync(campaign.Id, ct);
        if (changing.Find(x => busy.ContainsKey(x.Id)) is { } working) return new AlreadyAtWork(campaign.Name, working.Platform, busy[working.Id]);

        campaign.Write(campaign.Name, spec);
        return await cascade.StartAsync(db, actor, campaign, changing, OperationKind.ChangeBudget, CampaignDeed.Budget(campaign, amount, only),
            (publishes, launched, platform) => publishes.PlanBudget(launched, newMoney[(platform.Platform, platform.GroupName)], spec.Budget.Type), ct, platform => newMoney[(platform.Platform, platform.GroupName)].Micros);
    }

    private static CampaignSpec With(CampaignSpec spec, Money amount, Platform? only) => only is { } platform
        ? spec with { Platforms = [.. spec.Platforms.Select(c => c.Platform == platform ? c with { BudgetMicros = amount.Micros } : c)] }
        : spec with { Budget = spec.Budget with { AmountMicros = amount.Micros } };
}
