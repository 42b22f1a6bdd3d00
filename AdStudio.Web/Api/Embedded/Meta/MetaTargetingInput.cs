using System.Globalization;
using System.Text.Json;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded.Meta;

/// <summary>Seed 002's targeting. Places that are no countries still want their names: <see cref="Regions"/> and <see cref="Cities"/> are Meta's keys.</summary>
internal sealed record MetaTargetingInput(AudienceSpec Spec, IReadOnlyList<(PlaceKind Kind, string Id)> Places, IReadOnlyList<(PlaceKind Kind, string Id)> Excluded)
{
    private static readonly Dictionary<string, PlaceKind> Kinds = new() { ["country"] = PlaceKind.Country, ["region"] = PlaceKind.Region, ["city"] = PlaceKind.City };

    private static readonly (string Name, TargetingKind Kind)[] Traits =
    [
        ("behaviors", TargetingKind.Behavior), ("lifeEvents", TargetingKind.LifeEvent), ("industries", TargetingKind.Industry), ("income", TargetingKind.Income), ("familyStatuses", TargetingKind.FamilyStatus),
        ("educationSchools", TargetingKind.School), ("educationMajors", TargetingKind.FieldOfStudy), ("workEmployers", TargetingKind.Employer), ("workPositions", TargetingKind.JobTitle),
    ];

    public IReadOnlyList<string> Regions => [.. Places.Concat(Excluded).Where(p => p.Kind == PlaceKind.Region).Select(p => p.Id)];
    public IReadOnlyList<string> Cities => [.. Places.Concat(Excluded).Where(p => p.Kind == PlaceKind.City).Select(p => p.Id)];

    public static MetaTargetingInput Read(Given? targeting)
    {
        if (targeting is null) return new(new AudienceSpec(), [], []);
        var (min, max) = ((int)(targeting.Whole("ageMin", 13, 65) ?? 18), (int)(targeting.Whole("ageMax", 13, 65) ?? 65));
        if (min > max) targeting.Wrong("ageMin", "targeting.ageMin should not be above targeting.ageMax");
        var genders = targeting.Wholes("genders", 3, 0, 2)?.Distinct().ToList() ?? [];
        var places = ReadPlaces(targeting, "geoLocations", required: true);
        List<TargetTrait> traits = [.. Traits.SelectMany(t => ReadTraits(targeting, t.Name, t.Kind)), .. Fixed(targeting, "relationshipStatuses", TargetingKind.RelationshipStatus, MetaCatalogue.RelationshipStatuses), .. Fixed(targeting, "educationStatuses", TargetingKind.EducationLevel, MetaCatalogue.EducationLevels)];
        foreach (var language in targeting.Wholes("locales", 50, 1, 1_000_000) ?? []) traits.Add(Trait(TargetingKind.Language, Text(language), $"Language {Text(language)}"));
        return new(new AudienceSpec
        {
            AgeMin = min, AgeMax = max,
            Genders = genders is [1] ? [Gender.Men] : genders is [2] ? [Gender.Women] : [],
            Interests = [.. ReadTraits(targeting, "interests", TargetingKind.Interest).Select(t => new TargetInterest { Name = t.Name, Ids = t.Ids })],
            Traits = traits,
        }, places, ReadPlaces(targeting, "excludedGeoLocations", required: false));
    }

    /// <summary>The targeting with its places, given what regions and cities are called; names those that Meta does not know.</summary>
    public AudienceSpec With(IReadOnlyList<TargetingOption> known, Given body)
    {
        return Spec with { Places = [.. Named(Places, "targeting.geoLocations")], ExcludedPlaces = [.. Named(Excluded, "targeting.excludedGeoLocations")] };

        IEnumerable<TargetPlace> Named(IReadOnlyList<(PlaceKind Kind, string Id)> places, string field)
        {
            foreach (var (index, (kind, id)) in places.Index())
                if (kind == PlaceKind.Country) yield return new() { Kind = kind, Country = id, Name = Countries.Find(id)!.Name };
                else if (known.FirstOrDefault(k => k.PlaceKind == kind && k.Id == id) is { } found) yield return new() { Kind = kind, Country = found.Country ?? "", Name = found.Name, Ids = new Dictionary<Platform, string> { [Platform.Meta] = id } };
                else body.Wrong($"{field}[{index}].id", $"{field}[{index}].id: Meta knows no {kind.ToString().ToLowerInvariant()} {id}");
        }
    }

    private static List<(PlaceKind, string)> ReadPlaces(Given targeting, string name, bool required)
    {
        if (required && !targeting.Has(name)) targeting.Wrong(name, $"targeting.{name} should not be empty");
        var given = targeting.Objects(name, 200, place =>
        {
            var (kind, id) = (place.Word("type", Kinds, required: true), place.Text("id", 32, required: true));
            if (kind is null || id is null) return null;
            if (kind == PlaceKind.Country && Countries.Find(id) is null) place.Wrong("id", $"“{id}” is no country code. Use two letters such as US or DE.");
            else if (kind != PlaceKind.Country && !id.All(char.IsAsciiDigit)) place.Wrong("id", "The id of a region or city is Meta's key, which is digits.");
            return new Place(kind.Value, kind == PlaceKind.Country && Countries.Find(id) is { } country ? country.Code : id);
        }) ?? [];
        if (required && targeting.Has(name) && given.Count == 0 && targeting.Problems.Count == 0) targeting.Wrong(name, $"targeting.{name} should not be empty");
        return [.. given.Select(p => (p.Kind, p.Id)).Distinct()];
    }

    /// <summary>Objects with id and name; the seed shows one of the lists as a single object, so that is taken too.</summary>
    private static IEnumerable<TargetTrait> ReadTraits(Given targeting, string name, TargetingKind kind)
    {
        var isSingle = targeting.Has(name) && targeting.Raw is { } raw && raw.TryGetProperty(name, out var json) && json.ValueKind == JsonValueKind.Object;
        if (isSingle) return One(targeting.Object(name)!) is { } only ? [only] : [];
        return targeting.Objects(name, 200, entry => One(entry)) ?? [];

        TargetTrait? One(Given entry)
        {
            var (id, called) = (entry.Text("id", 32, required: true), entry.Text("name", 256));
            if (id is null) return null;
            if (!id.All(char.IsAsciiDigit)) entry.Wrong("id", "An id is Meta's, which is digits.");
            return Trait(kind, id, string.IsNullOrWhiteSpace(called) ? id : called);
        }
    }

    private static IEnumerable<TargetTrait> Fixed(Given targeting, string name, TargetingKind kind, IReadOnlyList<TargetingOption> options)
    {
        foreach (var (index, number) in (targeting.Wholes(name, 20, 1, 13) ?? []).Index())
            if (options.FirstOrDefault(o => o.Id == Text(number)) is { } option) yield return Trait(kind, option.Id, option.Name);
            else targeting.Wrong($"{name}[{index}]", $"targeting.{name}[{index}] should be one of {string.Join(", ", options.Select(o => o.Id))}");
    }

    private static TargetTrait Trait(TargetingKind kind, string id, string name) => new() { Kind = kind, Name = name, Ids = new Dictionary<Platform, string> { [Platform.Meta] = id } };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Place(PlaceKind Kind, string Id);
}
