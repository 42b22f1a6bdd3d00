using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Partners;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Partner;

/// <summary>Reads what this surface takes.</summary>
internal static class PartnerInput
{
    public const int MaxMetadataBytes = 8 * 1024;
    private const long MostMinor = 100_000_000_000;

    /// <summary>Null when something is wrong in it; the body says what.</summary>
    public static async Task<PartnerCampaign?> ReadAsync(Given body, Platform platform, Func<IReadOnlyList<string>, Task<Result<Core.Creatives.FoundByKeys>>> findCreatives)
    {
        var account = body.Id("adAccountId", PartnerWords.AdAccount, required: true);
        var name = body.Text("name", 128, required: true);
        var outcome = body.Word("outcome", PartnerWords.Outcomes, required: true);
        var (daily, lifetime) = (body.Whole("dailyBudgetCents", 1, MostMinor), body.Whole("lifetimeBudgetCents", 1, MostMinor));
        if (body.Has("dailyBudgetCents") && body.Has("lifetimeBudgetCents")) body.Wrong("lifetimeBudgetCents", "Give a daily or a lifetime budget, not both.");
        else if (!body.HasAny("dailyBudgetCents", "lifetimeBudgetCents")) body.Wrong("dailyBudgetCents", "Give a daily or a lifetime budget.");
        var management = body.Word("campaignManagementMode", PartnerWords.Modes, required: true);
        var creative = body.Word("creativeMode", PartnerWords.Modes, required: true);
        var schedule = Schedule(body, new ScheduleSpec());
        var (bid, bidMinor) = Bid(body.Object("bidStrategy"));
        var targeting = CampaignInput.ReadTargeting(body.Object("targeting"));
        var creatives = await CreativesAsync(body, findCreatives);
        var metadata = Metadata(body);
        if (body.Problems.Count > 0) return null;

        var spec = new CampaignSpec
        {
            Objective = outcome, Platforms = [new PlatformChoice { Platform = platform, AdAccountId = account }], Audience = targeting ?? new AudienceSpec(), CreativeIds = creatives,
            Budget = new BudgetSpec { Type = daily is not null ? BudgetType.Daily : BudgetType.Lifetime }, Schedule = schedule, Bid = bid,
        };
        return new PartnerCampaign(name!.Trim(), spec, (daily ?? lifetime)!.Value, bidMinor, new Authority(management!.Value, management.Value, creative!.Value), metadata, body.Raw!.Value.GetRawText());
    }

    /// <summary>Instants; kept in UTC.</summary>
    public static ScheduleSpec Schedule(Given body, ScheduleSpec before)
    {
        var (start, end) = (Instant(body, "startTime"), Instant(body, "endTime"));
        if (start is null && end is null) return before;
        if (end <= start) body.Wrong("endTime", "endTime should be after startTime");
        var zone = LocalTimes.ZoneOf("UTC");
        DateTime? Kept(DateTime? local) => local is { } time && before.TimeZone is { } known ? DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(LocalTimes.ToUtc(time, LocalTimes.ZoneOf(known)), zone).DateTime, DateTimeKind.Unspecified) : local;
        return new ScheduleSpec { TimeZone = "UTC", Start = start ?? Kept(before.Start), End = end ?? Kept(before.End) };
    }

    private static DateTime? Instant(Given body, string name)
    {
        var (instant, local) = body.Moment(name);
        if (local is not null) body.Wrong(name, $"{name} should say its offset: end it with Z, such as 2026-11-24T00:00:00Z");
        return instant is { } at ? DateTime.SpecifyKind(at.UtcDateTime, DateTimeKind.Unspecified) : null;
    }

    public static (BidSpec? Bid, long? Minor) Bid(Given? given)
    {
        if (given is null) return default;
        var kind = given.Word("type", PartnerWords.Bids, required: true);
        var minor = given.Whole("amountCents", 1, MostMinor);
        var roas = given.Number("roas", 0.01m, 1000m);
        switch (kind)
        {
            case BidKind.CostCap or BidKind.BidCap when !given.Has("amountCents"): given.Wrong("amountCents", "A cap needs its amount in the minor unit."); break;
            case BidKind.TargetRoas when !given.Has("roas"): given.Wrong("roas", "A target ROAS needs its number, such as 2.5."); break;
            case BidKind.LowestCost or BidKind.TargetRoas when given.Has("amountCents"): given.Wrong("amountCents", "Only a cap has an amount. Leave it out."); break;
            case BidKind.LowestCost or BidKind.CostCap or BidKind.BidCap when given.Has("roas"): given.Wrong("roas", "Only target_roas has a ROAS. Leave it out."); break;
        }
        return kind is { } known ? (new BidSpec(known) { Roas = roas }, minor) : default;
    }

    /// <summary>What is left out stays.</summary>
    public static AudienceSpec Targeting(Given body, AudienceSpec before)
    {
        if (CampaignInput.ReadTargeting(body) is not { } given) return before;
        var merged = before with
        {
            Places = body.Has("countries") ? given.Places : before.Places, AgeMin = body.Has("ageMin") ? given.AgeMin : before.AgeMin, AgeMax = body.Has("ageMax") ? given.AgeMax : before.AgeMax,
            Genders = body.Has("genders") ? given.Genders : before.Genders,
        };
        if (!body.HasAny("countries", "ageMin", "ageMax", "genders")) body.Wrong("countries", "Say what to change: countries, ageMin, ageMax or genders.");
        else if (merged.AgeMin > merged.AgeMax) body.Wrong("ageMin", "ageMin should not be above ageMax");
        return merged;
    }

    /// <summary>The new amount, of the kind that the campaign has.</summary>
    public static Money? Budget(Given body, CampaignSpec spec)
    {
        var (own, other) = spec.Budget.Type == BudgetType.Daily ? ("dailyBudgetCents", "lifetimeBudgetCents") : ("lifetimeBudgetCents", "dailyBudgetCents");
        if (body.Has(other)) body.Wrong(other, $"The campaign has a {spec.Budget.Type.Word()} budget, and its kind stays. Give {own}.");
        var minor = body.Whole(own, 1, MostMinor, required: !body.Has(other));
        if (spec.Budget.Currency is null && body.Problems.Count == 0) body.Wrong(own, "The campaign has no budget yet. Give it one in the studio.");
        return minor is { } amount && body.Problems.Count == 0 ? Money.FromMinor(amount, spec.Budget.Currency!) : null;
    }

    private static async Task<IReadOnlyList<Guid>> CreativesAsync(Given body, Func<IReadOnlyList<string>, Task<Result<Core.Creatives.FoundByKeys>>> find)
    {
        if (body.Texts("creativeIds", 50, 128) is not { Count: > 0 } keys || !(await find(keys)).TryGet(out var found, out _)) return [];
        foreach (var (index, key) in keys.Index())
            if (found.Missing.Contains(key)) body.Wrong($"creativeIds[{index}]", $"There is no creative “{key}” in this project.");
        return found.Ids;
    }

    private static string? Metadata(Given body)
    {
        if (body.Object("metadata")?.Raw is not { } given) return null;
        byte[] json;
        try
        {
            json = JsonSerializer.SerializeToUtf8Bytes(given, PartnerJson.Plain.JsonElement);
        }
        catch (JsonException)
        {
            body.Wrong("metadata", "metadata holds characters that are no Unicode");
            return null;
        }
        if (json.Length <= MaxMetadataBytes) return System.Text.Encoding.UTF8.GetString(json);
        body.Wrong("metadata", $"metadata should have at most {MaxMetadataBytes} bytes as JSON; this has {json.Length}");
        return null;
    }
}
