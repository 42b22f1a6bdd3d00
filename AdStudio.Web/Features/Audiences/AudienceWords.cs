using System.Globalization;
using AdStudio.Core.Audiences;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared.Figures;

namespace AdStudio.Web.Features.Audiences;

/// <summary>Words for audiences, the same everywhere: what each kind is, and what each platform gets of it and when.</summary>
public static class AudienceWords
{
    public static readonly IReadOnlyList<AudienceType> Types = [AudienceType.CustomerMatch, AudienceType.Retargeting, AudienceType.Lookalike, AudienceType.Saved];

    public static string Of(AudienceType type) => type switch
    {
        AudienceType.CustomerMatch => "Customer list",
        AudienceType.Retargeting => "Website visitors",
        AudienceType.Lookalike => "Lookalike",
        AudienceType.Existing => "From a platform",
        _ => "Saved targeting",
    };

    public static string What(AudienceType type) => type switch
    {
        AudienceType.CustomerMatch => "People whose address or number you have.",
        AudienceType.Retargeting => "People who were on your website.",
        AudienceType.Lookalike => "People like those of another audience.",
        AudienceType.Existing => "Stood on an ad account before; campaigns on that account can use it.",
        _ => "Places, ages and genders to use again.",
    };

    public static string Icon(AudienceType type) => type switch { AudienceType.CustomerMatch => "user", AudienceType.Retargeting => "globe", AudienceType.Lookalike => "team", AudienceType.Existing => "pin", _ => "filter" };

    /// <summary>What each platform gets of it, as its catalogue has it.</summary>
    public static IReadOnlyList<(Platform Platform, string Text)> Gets(AudienceType type) => type is AudienceType.Saved or AudienceType.Existing ? [] :
    [
        .. Catalogue.All.Where(e => e.Rules is not null).Select(e => (e.Platform, e.Rules!.Audiences.FirstOrDefault(o => o.Type == type) switch
        {
            null => $"Left out: {e.Name} has no such audiences.",
            { WhyNot: { } whyNot } => $"Left out: {whyNot}",
            var offer => offer.Words,
        })),
    ];

    /// <summary>How a copy stands, in a few words; and its tone.</summary>
    public static (string Text, string Tone, string Icon) State(AudienceOnPlatform place, AudienceType type) => place switch
    {
        { IsLeaving: true, Status: PlacementStatus.Failed } => ("Not taken off", "bad", "error"),
        { IsLeaving: true } => ("Being taken off", "busy", "refresh"),
        { Status: PlacementStatus.Failed } => ("Needs a look", "bad", "error"),
        { Status: PlacementStatus.Working, ExternalId: "" } => ("Being made", "busy", "refresh"),
        { Status: PlacementStatus.Working } => ("Sending", "busy", "refresh"),
        { Status: PlacementStatus.Waiting, FailureText: not null } => ("Waits to try again", "warn", "clock"),
        { Status: PlacementStatus.Waiting } or { IsBehind: true } => ("Waiting", "info", "clock"),
        _ when type != AudienceType.CustomerMatch => ("Stands there", "good", "check-circle"),
        _ => ("In step", "good", "check-circle"),
    };

    /// <summary>The smaller, the sooner somebody should see it.</summary>
    public static int Urgency(AudienceOnPlatform place) => place switch { { Status: PlacementStatus.Failed } => 0, { FailureText: not null } => 1, { IsMoving: true } => 2, _ => 3 };

    /// <summary>Whether there is any kind of audience that can be made there.</summary>
    public static bool HasAudiences(this Platform platform) => Catalogue.Of(platform).Rules?.Audiences.Any(o => o.IsOffered) == true;

    public static string Names(IEnumerable<string> names) => names.ToList() is { Count: > 4 } many ? $"{string.Join(", ", many.Take(3))} and {many.Count - 3} more" : string.Join(", ", names);

    /// <summary>Who is in it, in one line.</summary>
    public static string Who(AudienceRow row) => row.Type switch
    {
        AudienceType.CustomerMatch => row.Members == 0 ? "No members yet" : Shown.Count(row.Members, "member"),
        AudienceType.Retargeting => $"The last {Shown.Count(row.Retargeting?.Days ?? 30, "day")}" + (row.Retargeting?.UrlContains is { } part ? $", pages with “{part}”" : ", any page"),
        AudienceType.Lookalike => $"{row.Lookalike?.Percent}% of {Country(row.Lookalike?.Country)}, like “{row.SourceName ?? "a deleted audience"}”",
        AudienceType.Existing => $"{row.OwnType} on {(row.Platforms is [var on, ..] ? on.AccountName : "an account you don't see")}",
        _ => Targeting(row.Targeting ?? new()),
    };

    public static string Country(string? code) => Countries.Find(code)?.Name ?? code ?? "";

    private static string Targeting(AudienceSpec spec)
    {
        var places = spec.Places.Count == 0 ? "Anywhere" : string.Join(", ", spec.Places.Take(3).Select(p => p.Name)) + (spec.Places.Count > 3 ? $" and {spec.Places.Count - 3} more" : "");
        var ages = string.Create(CultureInfo.InvariantCulture, $"{spec.AgeMin}–{spec.AgeMax}{(spec.AgeMax >= 65 ? "+" : "")}");
        var genders = spec.Genders.Count is 1 ? (spec.Genders[0] == Gender.Women ? ", women" : ", men") : "";
        return $"{places}, {ages}{genders}" + (spec.Interests.Count > 0 ? $", {Shown.Count(spec.Interests.Count, "interest")}" : "");
    }
}
