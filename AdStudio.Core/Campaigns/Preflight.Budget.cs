using System.Globalization;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

public static partial class Preflight
{
    private static void CheckBudget(CampaignSpec spec, CampaignFacts facts, IReadOnlyList<PlatformChoice> connected, Findings findings)
    {
        var everyoneHasOwn = spec.Platforms.Count > 0 && spec.Platforms.All(p => p.BudgetMicros is not null);
        if (!everyoneHasOwn)
        {
            if (spec.Budget.AmountMicros is null or <= 0) findings.Blocks(null, "budget.amount", "Say how much may be spent.");
            if (spec.Budget.Currency is null) findings.Blocks(null, "budget.currency", "Choose the currency of the budget.");
        }
        if (spec.Budget is { AmountMicros: > 0, Currency: { } currency } && BudgetShares.Rest(spec, c => facts.AccountFor(c)?.Currency) is { } rest
            && (rest.Micros < 0 || (rest.Micros == 0 && !everyoneHasOwn)))
            findings.Blocks(null, "budget.amount", $"The platforms' own amounts come to {Short(new Money(spec.Budget.AmountMicros.Value - rest.Micros, currency))}, "
                + $"which leaves nothing of the {Short(new Money(spec.Budget.AmountMicros.Value, currency))} for the others.");

        var shares = facts.Shares(spec);
        foreach (var choice in connected)
        {
            var index = IndexOf(spec, choice);
            if (facts.AccountFor(choice) is not { } account || Catalogue.Of(choice.Platform).Rules is not { } rules) continue;
            var (name, field) = (choice.Platform.Label(), $"platforms[{index}].budget");
            if (spec.Objective is { } objective)
            {
                var offer = rules.Offer(objective);
                if (!offer.IsOffered) findings.Blocks(choice.Platform, "objective", $"{offer.WhyNot} Choose another goal, or take {name} out.");
            }
            if (!rules.BudgetTypes.Contains(spec.Budget.Type))
                findings.Blocks(choice.Platform, "budget.type", $"{name} takes no {spec.Budget.Type.ToString().ToLowerInvariant()} budget here. Choose the other kind.");
            if (choice.BudgetMicros is <= 0) findings.Blocks(choice.Platform, field, $"Say how much {name} may spend, or let it have its share.");
            if (shares[index] is not { } share) continue;
            if (share.Currency != account.Currency)
                findings.Blocks(choice.Platform, field, $"{account.Name} pays in {account.Currency}, and the budget is in {share.Currency}. Give {name} an amount of its own in {account.Currency}.");
            else
                foreach (var (group, part) in spec.GroupsOrWhole().Zip(BudgetShares.OfGroups(spec, share)))
                    if (part is { } money && group is not { Fraction: <= 0 }) CheckMinimum(spec, choice.Platform, rules, account, money, field, group, facts, findings);
        }
    }

    private static void CheckMinimum(CampaignSpec spec, Platform platform, PlatformRules rules, AdAccount account, Money share, string field, CountryGroup? group, CampaignFacts facts, Findings findings)
    {
        var it = group is null ? "it" : $"the group “{group.Name}”";
        if (spec.Budget.Type == BudgetType.Daily)
        {
            var least = rules.MinimumBudget(share.Currency);
            if (share < least) findings.Blocks(platform, field, $"{platform.Label()} wants at least {Short(least)} a day for each {rules.AdSetWord}. This gives {it} {Short(share)}.");
            return;
        }
        var (start, end) = spec.Schedule.Instants(account.TimeZone);
        if (end is null || end <= (start ?? facts.Now)) return;
        var days = (int)Math.Ceiling((end.Value - (start > facts.Now ? start.Value : facts.Now)).TotalDays);
        var whole = rules.MinimumBudget(share.Currency, days);
        if (share < whole) findings.Blocks(platform, field, $"{platform.Label()} wants at least {Short(whole)} for {days} {(days == 1 ? "day" : "days")}. This gives {it} {Short(share)}.");
    }

    private static int IndexOf(CampaignSpec spec, PlatformChoice choice) => spec.Platforms.TakeWhile(p => p.Platform != choice.Platform).Count();

    /// <summary>"$20" where there are no cents, "$12.50" where there are.</summary>
    internal static string Short(Money money)
    {
        var text = money.ToString();
        var dot = text.LastIndexOf('.');
        return dot > 0 && text[(dot + 1)..].All(c => c == '0') && money.Units == decimal.Truncate(money.Units) ? text[..dot] : text;
    }
}
