using System.Text.Json;
using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Crm;

/// <summary>The words of seed 000, and ours beside them.</summary>
internal static class CrmWords
{
    public static IReadOnlyDictionary<string, Objective> Objectives { get; } = new Dictionary<string, Objective>
    {
        ["awareness"] = Objective.Awareness, ["traffic"] = Objective.Traffic, ["engagement"] = Objective.Engagement, ["leads"] = Objective.Leads, ["lead_generation"] = Objective.Leads,
        ["app_installs"] = Objective.AppInstalls, ["sales"] = Objective.Sales, ["conversions"] = Objective.Sales,
    };

    public static IReadOnlyDictionary<string, Platform> Platforms { get; } = Enum.GetValues<Platform>().ToDictionary(p => p.CrmWire()).Concat(
        [new("meta", Platform.Meta), new("fb", Platform.Meta)]).ToDictionary();

    public static IReadOnlyDictionary<string, BudgetType> BudgetTypes { get; } = new Dictionary<string, BudgetType> { ["daily"] = BudgetType.Daily, ["lifetime"] = BudgetType.Lifetime };

    public static IReadOnlyDictionary<string, Gender> Genders { get; } = new Dictionary<string, Gender> { ["women"] = Gender.Women, ["men"] = Gender.Men, ["female"] = Gender.Women, ["male"] = Gender.Men };

    public static IReadOnlyDictionary<string, CreativeType> CreativeTypes { get; } = new Dictionary<string, CreativeType> { ["image"] = CreativeType.Image, ["video"] = CreativeType.Video, ["carousel"] = CreativeType.Carousel, ["existing_post"] = CreativeType.ExistingPost };

    public static IReadOnlyDictionary<string, AudienceType> AudienceTypes { get; } = new Dictionary<string, AudienceType>
    {
        ["customer_match"] = AudienceType.CustomerMatch, ["retargeting"] = AudienceType.Retargeting, ["lookalike"] = AudienceType.Lookalike, ["saved"] = AudienceType.Saved, ["existing"] = AudienceType.Existing,
    };

    public static IReadOnlyDictionary<string, MemberConsent> Consents { get; } = new Dictionary<string, MemberConsent> { ["given"] = MemberConsent.Given, ["withdrawn"] = MemberConsent.Withdrawn, ["not_told"] = MemberConsent.NotTold };

    /// <summary>Whether somebody is taken out because they withdrew their consent.</summary>
    public static IReadOnlyDictionary<string, bool> RemovalReasons { get; } = new Dictionary<string, bool> { ["consent_withdrawn"] = true, ["other"] = false };

    public static IReadOnlyDictionary<string, CampaignStatus> Statuses { get; } = Enum.GetValues<CampaignStatus>().ToDictionary(s => s.Wire().ToLowerInvariant());

    /// <summary>In review and the two that switch in capitals, as a whole campaign's status.</summary>
    public static string Wire(this PlatformStatus status) => status switch
    {
        PlatformStatus.InReview => "IN_REVIEW",
        PlatformStatus.Active => "ACTIVE",
        PlatformStatus.Paused => "PAUSED",
        _ => status.Word(),
    };

    /// <summary>The objective in the word that the program gave, as long as it still means the same.</summary>
    public static string? ObjectiveWord(Objective? objective, string? input)
    {
        if (objective is null) return null;
        if (input is not null && GivenWord(input) is { } word && Objectives.TryGetValue(word, out var meant) && meant == objective) return word;
        return objective.Value.Word();
    }

    private static string? GivenWord(string input)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(input));
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("objective"u8)) continue;
            return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()!.Trim().ToLowerInvariant() : null;
        }
        return null;
    }
}
