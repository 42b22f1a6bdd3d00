using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Advertising;

internal sealed record GivenDemographics(int AgeMin, int AgeMax, IReadOnlyList<Gender> Genders, IReadOnlyList<TargetTrait> Languages);

/// <summary>Reads whom a campaign is for, in the names of seed 003.</summary>
internal static class GivenTargeting
{
    private static readonly Dictionary<string, PlaceKind> PlaceKinds = new() { ["country"] = PlaceKind.Country, ["region"] = PlaceKind.Region, ["city"] = PlaceKind.City };

    private static readonly Dictionary<string, GenderWord> Genders = new()
    {
        ["all"] = GenderWord.All, ["male"] = GenderWord.Men, ["men"] = GenderWord.Men, ["man"] = GenderWord.Men, ["female"] = GenderWord.Women, ["women"] = GenderWord.Women, ["woman"] = GenderWord.Women,
    };

    private enum GenderWord { All, Men, Women }

    public static IReadOnlyList<CountryGroup>? Groups(Given given)
    {
        var groups = given.Objects("targetedCountries", 50, group => new CountryGroup
        {
            Name = group.Text("name", 64, required: true)?.Trim() ?? "",
            Fraction = group.Number("budget", 0, 1) ?? group.Number("fraction", 0, 1) ?? -1,
            Places = Places(group, "locations") ?? [],
            ExcludedPlaces = Places(group, "excluded_locations") ?? [],
        });
        if (groups is null) return null;
        // Shares that are left out are equal parts of what the others leave.
        var silent = groups.Count(g => g.Fraction < 0);
        var rest = silent == 0 ? 0 : Math.Max(0, 1 - groups.Where(g => g.Fraction > 0).Sum(g => g.Fraction)) / silent;
        return [.. groups.Select(g => g.Fraction < 0 ? g with { Fraction = rest } : g)];
    }

    private static IReadOnlyList<TargetPlace>? Places(Given group, string name) => group.Objects(name, 300, Place);

    private static TargetPlace? Place(Given place)
    {
        var kind = place.Word("type", PlaceKinds) ?? PlaceKind.Country;
        var (value, label) = (place.Text("value", 128, required: true), place.Text("label", 256));
        if (value is null) return null;
        var code = kind == PlaceKind.Country ? value : place.Text("country_code", 8, required: true);
        if (code is null) return null;
        if (Countries.Find(code) is not { } country)
        {
            place.Wrong(kind == PlaceKind.Country ? "value" : "country_code", $"“{code}” is no country code. Use two letters such as US or DE.");
            return null;
        }
        return kind == PlaceKind.Country
            ? new TargetPlace { Kind = kind, Country = country.Code, Name = country.Name }
            : new TargetPlace { Kind = kind, Country = country.Code, Name = label ?? value, Ids = new Dictionary<Platform, string> { [Platform.Meta] = value } };
    }

    public static GivenDemographics? Demographics(Given? given)
    {
        if (given is null) return null;
        var age = given.Object("age");
        var (min, max) = ((int)(age?.Whole("min", 13, 65) ?? 18), (int)(age?.Whole("max", 13, 65) ?? 65));
        if (min > max) age!.Wrong("min", "age.min should not be above age.max");
        var genders = given.Word("gender", Genders) switch { GenderWord.Men => [Gender.Men], GenderWord.Women => [Gender.Women], _ => Array.Empty<Gender>() };
        var languages = given.Objects("languages", 50, language => (language.Whole("key", 0, int.MaxValue, required: true), language.Text("name", 128), language.Raw is { } raw && raw.TryGetProperty("selected", out var selected) && selected.ValueKind == System.Text.Json.JsonValueKind.False) switch
        {
            ({ } key, var name, false) => new TargetTrait { Kind = TargetingKind.Language, Name = name ?? $"Language {key}", Ids = new Dictionary<Platform, string> { [Platform.Meta] = key.ToString(System.Globalization.CultureInfo.InvariantCulture) } },
            _ => null,
        });
        return new GivenDemographics(min, max, genders, languages ?? []);
    }

    public static TargetInterest? Interest(Given interest)
    {
        var (id, name) = (interest.Text("fbId", 64) ?? interest.Text("id", 64, required: true), interest.Text("name", 256));
        return id is null ? null : new TargetInterest { Name = name ?? id, Ids = new Dictionary<Platform, string> { [Platform.Meta] = id } };
    }
}
