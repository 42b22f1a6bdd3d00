using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

public static partial class Preflight
{
    private static void CheckBid(CampaignSpec spec, IReadOnlyList<PlatformChoice> connected, Findings findings)
    {
        if (spec.Bid is not { } bid) return;
        if (bid.Kind is BidKind.CostCap or BidKind.BidCap && bid.AmountMicros is null or <= 0) findings.Blocks(null, "bid.amount", $"A {SpecWords.Word(bid.Kind)} needs an amount. Say how much.");
        if (bid.Kind is BidKind.CostCap or BidKind.BidCap && spec.Budget.AmountMicros < bid.AmountMicros) findings.Blocks(null, "bid.amount", "This is more than the whole budget. Lower it.");
        if (bid.Kind == BidKind.TargetRoas && bid.Roas is null or <= 0) findings.Blocks(null, "bid.roas", "A target ROAS needs its number, such as 2.5.");
        if (bid.Kind == BidKind.LowestCost && bid.AmountMicros is not null) findings.Blocks(null, "bid.amount", "Lowest cost takes no amount. Leave it out, or choose a cap.");
        foreach (var platform in connected.Select(c => c.Platform))
        {
            if (Catalogue.Of(platform).Rules is not { } rules || bid.Kind == BidKind.LowestCost && rules.Bids.Count == 0) continue;
            if (rules.Bids.Any(o => o.Kind == bid.Kind && o.IsFor(spec.Objective))) continue;
            var others = rules.Bids.Where(o => o.IsFor(spec.Objective)).Select(o => SpecWords.Word(o.Kind)).ToList();
            findings.Blocks(platform, "bid.type", $"{platform.Label()} takes no {SpecWords.Word(bid.Kind)}{(rules.Bids.Any(o => o.Kind == bid.Kind) ? " for this goal" : "")}. {(others.Count == 0 ? "Leave the bid strategy out there." : $"It takes {Words.List(others)}; or leave it out.")}");
        }
    }
}
