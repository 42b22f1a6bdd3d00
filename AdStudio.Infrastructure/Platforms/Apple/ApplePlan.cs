using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>A launch on Apple: a campaign for the app, an ad group, an ad that shows the app's product page, all paused; then everything is switched on from the ad upwards.</summary>
internal sealed class ApplePlan(LaunchBrief brief)
{
    /// <summary>Stands in an ad group's body until it is made: it begins with its campaign, by Apple's own clock.</summary>
    public const string AtLaunch = "(when the campaign is made)";

    private readonly List<PlannedStep> steps = [];
    private readonly List<PlanNote> notes = [];

    public static LaunchPlan Of(LaunchBrief brief) => new ApplePlan(brief).Make();

    private bool IsSearch => brief.Objective == Objective.AppInstalls;
    private string Name => Named(brief.Name, brief.Marker);

    public static string Named(string name, string marker) => PlanWords.Named(name, marker, AppleCatalogue.Rules!.MaxNameLength);

    public static JsonObject Money(Money money) => new() { ["amount"] = money.Units.ToString("0.######", CultureInfo.InvariantCulture), ["currency"] = money.Currency };

    public static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static JsonObject Status(string status) => new() { ["campaign"] = new JsonObject { ["status"] = status } };

    private LaunchPlan Make()
    {
        var app = brief.App ?? throw new InvalidOperationException("Apple cannot advertise without an app; preflight says so.");
        var adamId = long.Parse(app.Id, CultureInfo.InvariantCulture);
        var targeting = AppleTargeting.Of(brief, notes);

        Add("campaign", StepKind.Campaign, $"Create the campaign for {app.Name}", new()
        {
            ["name"] = Name, ["adamId"] = adamId, ["adChannelType"] = IsSearch ? "SEARCH" : "DISPLAY", ["supplySources"] = new JsonArray(IsSearch ? AppleFromMemory.SearchResults : AppleFromMemory.SearchTab),
            ["billingEvent"] = AppleFromMemory.PaidByTap, ["countriesOrRegions"] = new JsonArray([.. targeting.Countries.Select(c => (JsonNode)c)]), ["dailyBudgetAmount"] = Money(brief.Budget), ["status"] = "PAUSED",
        });
        notes.Add(PlanWords.Converted("budget.amount", $"Daily budget {brief.Budget} is sent as {brief.Budget.Units.ToString("0.######", CultureInfo.InvariantCulture)} {brief.Budget.Currency}."));
        AdGroup(targeting);
        Add("creative", StepKind.Creative, "Use the app's product page", new() { ["adamId"] = adamId, ["name"] = Name, ["type"] = AppleFromMemory.DefaultPage });
        Add("ad:1", StepKind.Ad, "Create the ad", new() { ["creativeId"] = "{{creative}}", ["name"] = Name, ["status"] = "PAUSED" });

        Activate("ad:1", "Switch on the ad", "campaigns/{{campaign}}/adgroups/{{adset}}/ads/{{ad:1}}", new() { ["name"] = Name, ["status"] = "ENABLED" });
        Activate("adset", "Switch on the ad group", "campaigns/{{campaign}}/adgroups/{{adset}}", new() { ["status"] = "ENABLED" });
        Activate("campaign", "Switch on the campaign", "campaigns/{{campaign}}", Status("ENABLED"));

        if (brief.Creatives.Count > 0) notes.Add(PlanWords.LeftOut("creatives", "Apple makes the ad from the app's product page; images and texts come from there."));
        if (brief.SpecialAdCategories.Count > 0) notes.Add(PlanWords.LeftOut("specialAdCategories", "Apple asks for no special categories."));
        return new(steps, notes);
    }

    private void AdGroup(AppleTargeting targeting)
    {
        var bid = Bid();
        var body = new JsonObject
        {
            ["name"] = Name, ["pricingModel"] = AppleFromMemory.PricedByTap, ["defaultBidAmount"] = Money(bid), ["startTime"] = brief.Start is { } start ? Time(start) : AtLaunch, ["status"] = "PAUSED",
        };
        if (brief.End is { } end) body["endTime"] = Time(end);
        // Search Match finds the searches by itself: nobody here has to know keywords.
        if (IsSearch) body["automatedKeywordsOptIn"] = true;
        if (targeting.Dimensions.Count > 0) body["targetingDimensions"] = targeting.Dimensions.DeepClone();
        notes.Add(PlanWords.Converted("bid", brief.Bid is null ? $"Each tap may cost up to {bid}: a twentieth of the day's budget, within what is usual." : $"Each tap may cost up to {bid}."));
        if (brief.Start is { } from) notes.Add(PlanWords.Converted("schedule.start", $"Starts {PlanWords.Moment(from.In(brief.Account))} on the account's clock; Apple is told {Time(from)} UTC."));
        if (brief.End is { } until) notes.Add(PlanWords.Converted("schedule.end", $"Ends {PlanWords.Moment(until.In(brief.Account))} on the account's clock; Apple is told {Time(until)} UTC."));
        Add("adset", StepKind.AdSet, "Create the ad group", body);
    }

    /// <summary>The bid that was given; else a twentieth of the day's budget, between half a dollar and three, and never more than the day has.</summary>
    private Money Bid()
    {
        if (brief.Bid is { AmountMicros: { } cap }) return new(cap, brief.Budget.Currency);
        var dollar = AppleCatalogue.Rules!.MinimumDailyBudgets.Of(brief.Budget.Currency).Micros;
        var micros = Math.Min(Math.Clamp(brief.Budget.Micros / 20, dollar / 2, dollar * 3), brief.Budget.Micros);
        return Core.Common.Money.FromUnits(micros / 1_000_000m, brief.Budget.Currency);
    }

    private void Activate(string key, string title, string path, JsonObject body) => Add($"activate:{key}", StepKind.Activate, title, ApplePublishing.At(path, body));

    private void Add(string key, StepKind kind, string title, JsonObject body) => steps.Add(new(key, kind, title, brief.Marker, body));
}
