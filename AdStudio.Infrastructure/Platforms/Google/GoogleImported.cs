using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>Our words for what stands on an account.</summary>
/// <param name="names">Places, languages and interests, by their resource names.</param>
/// <param name="images">Public addresses, by the resource names of the assets.</param>
internal sealed class GoogleImported(AccountHandle account, Dictionary<string, JsonObject> names, Dictionary<string, string> images)
{
    public ImportedCampaign Campaign(JsonObject row, IReadOnlyList<JsonObject> groups, IReadOnlyList<JsonObject> ads, IReadOnlyList<JsonObject> places, IReadOnlyList<JsonObject> people)
    {
        var (campaign, id) = (row["campaign"]!.AsObject(), row["campaign"]!["id"]!.ToString());
        var sets = groups.Where(g => g["campaign"]?["id"]?.ToString() == id).Select(g => g["adGroup"]!).ToList();
        var below = ads.Where(a => a["campaign"]?["id"]?.ToString() == id).ToLookup(a => a["adGroup"]!["id"]!.ToString());
        var states = below.SelectMany(g => g).Select(GoogleStructure.Ad).ToList();
        var (budget, type) = Budget(row["campaignBudget"]);
        return new(id, campaign["name"]?.ToString() ?? "", GoogleStructure.Whole(campaign, states), GoogleStructure.OwnStatus(campaign),
            [.. sets.Select(s => new ImportedAdSet(s["id"]!.ToString(), s["name"]?.ToString() ?? "", s["status"]?.ToString() ?? "", [.. below[s["id"]!.ToString()].Select(Ad)]))])
        {
            Objective = GoogleFromMemory.ObjectiveOf(campaign["advertisingChannelType"]?.ToString(), campaign["advertisingChannelSubType"]?.ToString(), campaign["biddingStrategyType"]?.ToString()),
            Budget = budget, BudgetType = type, Start = Instant(campaign["startDateTime"]), End = Instant(campaign["endDateTime"]) is { } end && !GoogleFromMemory.IsNever(end) ? end : null,
            Audience = Audience([.. places.Where(c => c["campaign"]?["id"]?.ToString() == id).Select(c => c["campaignCriterion"]!.AsObject())],
                [.. people.Where(c => sets.Count > 0 && c["adGroup"]?["id"]?.ToString() == sets[0]["id"]!.ToString()).Select(c => c["adGroupCriterion"]!.AsObject())]),
            // A budget that several campaigns share is not this one's to change.
            Ids = budget is not null ? new Dictionary<string, string> { ["budget"] = row["campaignBudget"]!["id"]!.ToString() } : [],
        };
    }

    public static IEnumerable<string> Images(JsonObject row)
    {
        var display = row["adGroupAd"]?["ad"]?["responsiveDisplayAd"];
        return ((JsonNode?[])[.. display?["marketingImages"] as JsonArray ?? [], .. display?["squareMarketingImages"] as JsonArray ?? []]).Select(i => i?["asset"]?.ToString()).OfType<string>();
    }

    public static IEnumerable<string> NamedBy(JsonObject row)
    {
        var (place, people) = (row["campaignCriterion"], row["adGroupCriterion"]);
        return ((JsonNode?[])[place?["location"]?["geoTargetConstant"], place?["language"]?["languageConstant"], people?["userInterest"]?["userInterestCategory"]]).Select(n => n?.ToString()).OfType<string>();
    }

    private ImportedAd Ad(JsonObject row)
    {
        var state = GoogleStructure.Ad(row);
        return new(state.ExternalId, state.Name, state.OwnStatus, state.Rejection, Creative(row, state.Name));
    }

    private ImportedCreative? Creative(JsonObject row, string name)
    {
        var ad = row["adGroupAd"]!["ad"]!;
        var (display, search) = (ad["responsiveDisplayAd"], ad["responsiveSearchAd"]);
        string[] urls = [.. Images(row).Select(i => images.GetValueOrDefault(i) ?? "").Append(ad["imageAd"]?["imageUrl"]?.ToString() ?? "").Where(u => u.Length > 0).Distinct()];
        var headline = Text((display ?? search)?["headlines"], 0);
        if (headline.Length == 0 && urls.Length == 0) return null;

        var button = display?["callToActionText"]?.ToString() ?? "";
        return new(ad["id"]!.ToString(), name, (display?["marketingImages"] as JsonArray)?.Count > 1 ? CreativeType.Carousel : CreativeType.Image,
            display?["longHeadline"]?["text"]?.ToString() ?? Text(search?["descriptions"], 0), headline, display is not null ? Text(display["descriptions"], 0) : Text(search?["descriptions"], 1),
            GoogleCatalogue.Rules.CallsToAction.FirstOrDefault(c => string.Equals(c.Wire, button, StringComparison.OrdinalIgnoreCase))?.Name ?? "", (ad["finalUrls"] as JsonArray)?.FirstOrDefault()?.ToString() ?? "", urls);
    }

    private (Money? Budget, BudgetType Type) Budget(JsonNode? budget)
    {
        var type = budget?["period"]?.ToString() == "CUSTOM_PERIOD" ? BudgetType.Lifetime : BudgetType.Daily;
        if (budget?["explicitlyShared"]?.ToString() == "true" || !long.TryParse(budget?[GooglePlan.BudgetField(type)]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var micros)) return (null, type);
        return (new Money(micros, account.Currency), type);
    }

    private AudienceSpec Audience(List<JsonObject> ofCampaign, List<JsonObject> ofAdGroup)
    {
        var chosen = ofAdGroup.FindAll(c => !IsNegative(c));
        var ages = GoogleCatalogue.Rules.AgeGroups.Where(g => chosen.Exists(c => c["ageRange"]?["type"]?.ToString() == g.Wire)).ToList();
        string[] genders = [.. chosen.Select(c => c["gender"]?["type"]?.ToString()).Where(g => g is "MALE" or "FEMALE").OfType<string>().Distinct()];
        return new()
        {
            Places = [.. ofCampaign.Where(c => !IsNegative(c)).Select(Place).OfType<TargetPlace>()], ExcludedPlaces = [.. ofCampaign.Where(IsNegative).Select(Place).OfType<TargetPlace>()],
            AgeMin = ages.Count > 0 ? ages[0].From : GoogleCatalogue.Rules.AgeMin, AgeMax = ages.Count > 0 && ages[^1].To is { } to ? to : GoogleCatalogue.Rules.AgeMax,
            Genders = genders is [var only] ? [only == "MALE" ? Gender.Men : Gender.Women] : [],
            Interests = [.. chosen.Select(c => Named(c["userInterest"]?["userInterestCategory"])).OfType<(string Name, string Id)>().Select(n => new TargetInterest { Name = n.Name, Ids = Only(n.Id) })],
            Traits = [.. ofCampaign.Where(c => !IsNegative(c)).Select(c => Named(c["language"]?["languageConstant"])).OfType<(string Name, string Id)>().Select(n => new TargetTrait { Kind = TargetingKind.Language, Name = n.Name, Ids = Only(n.Id) })],
        };
    }

    private TargetPlace? Place(JsonObject criterion)
    {
        if (criterion["location"]?["geoTargetConstant"]?.ToString() is not { } constant) return null;
        if (GoogleFromMemory.CountryOf(GoogleApi.IdOf(constant)) is { } country) return new() { Kind = PlaceKind.Country, Name = country.Name, Country = country.Code };
        if (names.GetValueOrDefault(constant) is not { } place || GoogleTargetingSearch.KindOf(place["targetType"]?.ToString()) is not { } kind) return null;
        return new() { Kind = kind, Name = place["name"]?.ToString() ?? "", Country = place["countryCode"]?.ToString() ?? "", Ids = Only(GoogleApi.IdOf(constant)) };
    }

    private (string Name, string Id)? Named(JsonNode? resource) => resource?.ToString() is { } name && names.GetValueOrDefault(name)?["name"]?.ToString() is { Length: > 0 } words ? (words, GoogleApi.IdOf(name)) : null;

    private static Dictionary<Platform, string> Only(string id) => new() { [Platform.Google] = id };

    private static bool IsNegative(JsonObject criterion) => criterion["negative"]?.ToString() == "true";

    private static string Text(JsonNode? list, int at) => (list as JsonArray)?.ElementAtOrDefault(at)?["text"]?.ToString() ?? "";

    /// <summary>Google writes moments on the account's own clock: "2026-11-24 00:00:00".</summary>
    private DateTimeOffset? Instant(JsonNode? text)
    {
        if (!DateTime.TryParseExact(text?.ToString(), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(account.TimeZone, out var zone)) zone = TimeZoneInfo.Utc;
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
