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
        _ => "Saved targeting",
    };

    public static string What(AudienceType type) => type switch
    {
        AudienceType.CustomerMatch => "People whose address or number you have.",
        AudienceType.Retargeting => "People who were on your website.",
        AudienceType.Lookalike => "People like those of another audience.",
        _ => "Places, ages and genders to use again.",
    };

    public static string Icon(AudienceType type) => type switch { AudienceType.CustomerMatch => "user", AudienceType.Retargeting => "globe", AudienceType.Lookalike => "team", _ => "filter" };

    public static IReadOnlyList<(Platform Platform, string Text)> Gets(AudienceType type) => type switch
    {
        AudienceType.CustomerMatch =>
        [
            (Platform.Meta, "Gets a custom audience filled with the hashes, at the first launch that uses it."),
            (Platform.Google, "Gets a customer list filled with the hashes, at the first launch that uses it."),
        ],
        AudienceType.Retargeting =>
        [
            (Platform.Meta, "Gets a website audience on the ad account's pixel, at the first launch that uses it."),
            (Platform.Google, "Left out: Google collects visitors by its own tag only."),
        ],
        AudienceType.Lookalike =>
        [
            (Platform.Meta, "Gets a lookalike, at the first launch that uses it, once the audience it resembles stands on the same ad account."),
            (Platform.Google, "Left out: Google has no lookalikes for Display campaigns."),
        ],
        _ =>
        [
            (Platform.Meta, "Nothing is created there: the choice goes into each campaign that uses it."),
            (Platform.Google, "Nothing is created there: the choice goes into each campaign that uses it."),
        ],
    };

    /// <summary>Who is in it, in one line.</summary>
    public static string Who(AudienceRow row) => row.Type switch
    {
        AudienceType.CustomerMatch => row.Members == 0 ? "No members yet" : Shown.Count(row.Members, "member"),
        AudienceType.Retargeting => $"The last {Shown.Count(row.Retargeting?.Days ?? 30, "day")}" + (row.Retargeting?.UrlContains is { } part ? $", pages with “{part}”" : ", any page"),
        AudienceType.Lookalike => $"{row.Lookalike?.Percent}% of {Country(row.Lookalike?.Country)}, like “{row.SourceName ?? "a deleted audience"}”",
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
