using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

/// <summary>
/// How a campaign's money falls to its platforms. Own amounts come first; what is left of the budget is split over the others in whole minor units, so that all
/// together make the budget exactly. An own amount in another currency stands beside the budget, because nothing can be taken off across currencies.
/// </summary>
public static class BudgetShares
{
    /// <summary>Each platform's share in the order of the spec; null where it cannot be told yet.</summary>
    /// <param name="accountCurrency">The currency of the account that pays on the platform; null when there is none yet.</param>
    public static IReadOnlyList<Money?> Of(CampaignSpec spec, Func<PlatformChoice, string?> accountCurrency)
    {
        var own = spec.Platforms.Select(p => OwnAmount(p, spec, accountCurrency)).ToList();
        var sharers = own.Count(o => o is null);
        var rest = Rest(spec, own);
        var shares = new Queue<Money>(sharers > 0 && rest is { Micros: > 0 } left ? left.Split(sharers) : []);
        return [.. own.Select(o => o ?? (shares.TryDequeue(out var share) ? share : (Money?)null))];
    }

    /// <summary>A platform's share as it falls to the country groups, in their order; the share itself without groups. Null where it cannot be told yet.</summary>
    public static IReadOnlyList<Money?> OfGroups(CampaignSpec spec, Money? share)
    {
        if (spec.Groups.Count == 0) return [share];
        return share is { } money && spec.Groups.All(g => g.Fraction >= 0) && spec.Groups.Any(g => g.Fraction > 0)
            ? [.. money.Split([.. spec.Groups.Select(g => g.Fraction)]).Select(m => (Money?)m)]
            : [.. spec.Groups.Select(_ => (Money?)null)];
    }

    /// <summary>What is left for the platforms without an own amount; below zero when the own amounts ask for more than there is. Null without a budget.</summary>
    public static Money? Rest(CampaignSpec spec, Func<PlatformChoice, string?> accountCurrency) =>
        Rest(spec, [.. spec.Platforms.Select(p => OwnAmount(p, spec, accountCurrency))]);

    private static Money? Rest(CampaignSpec spec, List<Money?> own) => spec.Budget is { AmountMicros: { } micros, Currency: { } currency }
        ? new Money(micros - own.OfType<Money>().Where(o => o.Currency == currency).Sum(o => o.Micros), currency)
        : null;

    private static Money? OwnAmount(PlatformChoice choice, CampaignSpec spec, Func<PlatformChoice, string?> accountCurrency) =>
        choice.BudgetMicros is { } micros && (accountCurrency(choice) ?? spec.Budget.Currency) is { } currency ? new Money(micros, currency) : null;
}
