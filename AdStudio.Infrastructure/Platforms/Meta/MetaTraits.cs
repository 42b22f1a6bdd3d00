using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>What people are, do and speak, as Meta's targeting names it.</summary>
internal static class MetaTraits
{
    /// <summary>The members of flexible_spec; those of one entry widen it, and every entry must be met.</summary>
    private static readonly Dictionary<TargetingKind, string> Names = new()
    {
        [TargetingKind.Interest] = "interests", [TargetingKind.Behavior] = "behaviors", [TargetingKind.School] = "education_schools", [TargetingKind.FieldOfStudy] = "education_majors", [TargetingKind.Employer] = "work_employers",
        [TargetingKind.JobTitle] = "work_positions", [TargetingKind.FamilyStatus] = "family_statuses", [TargetingKind.LifeEvent] = "life_events", [TargetingKind.Industry] = "industries", [TargetingKind.Income] = "income",
        [TargetingKind.RelationshipStatus] = "relationship_statuses", [TargetingKind.EducationLevel] = "education_statuses",
    };

    public static void Into(JsonObject targeting, AudienceSpec audience, SpecialAdCategory? narrowed, List<PlanNote> notes)
    {
        var traits = audience.Interests.Select(i => new TargetTrait { Kind = TargetingKind.Interest, Name = i.Name, Ids = i.Ids }).Concat(audience.Traits).ToList();
        foreach (var unknown in traits.Where(t => !t.Ids.ContainsKey(Platform.Meta)))
            notes.Add(PlanWords.LeftOut(unknown.Kind == TargetingKind.Interest ? "audience.interests" : "audience.traits", unknown.Kind == TargetingKind.Interest ? $"Meta has no interest for “{unknown.Name}”." : $"Meta does not know “{unknown.Name}”."));
        traits.RemoveAll(t => !t.Ids.ContainsKey(Platform.Meta));
        if (narrowed is not null && traits.Where(t => !MetaFromMemory.IsAllowedInSpecialCategories(t.Kind)).Select(t => t.Name).ToList() is { Count: > 0 } barred)
        {
            notes.Add(PlanWords.LeftOut("audience.traits", $"In the category {narrowed.Label} Meta does not let ads be narrowed by {string.Join(", ", barred)}."));
            traits.RemoveAll(t => !MetaFromMemory.IsAllowedInSpecialCategories(t.Kind));
        }

        var spec = traits.Where(t => Names.ContainsKey(t.Kind)).GroupBy(t => t.Kind).OrderBy(g => g.Key)
            .Select(kind => (JsonNode)new JsonObject { [Names[kind.Key]] = new JsonArray([.. kind.DistinctBy(t => t.Ids[Platform.Meta]).Select(Entry)]) }).ToList();
        if (spec.Count > 0) targeting["flexible_spec"] = new JsonArray([.. spec]);
        if (traits.Where(t => t.Kind == TargetingKind.Language).Select(t => Number(t.Ids[Platform.Meta])).Distinct().ToList() is { Count: > 0 } languages)
            targeting["locales"] = new JsonArray([.. languages.Select(n => (JsonNode)n)]);
    }

    /// <summary>Our words for what stands in a targeting that somebody else wrote; what has none is left out.</summary>
    public static IEnumerable<TargetTrait> From(JsonObject targeting)
    {
        foreach (var entry in (targeting["flexible_spec"] as JsonArray ?? []).OfType<JsonObject>().Append(targeting))
            foreach (var (kind, name) in Names)
                foreach (var value in entry[name] as JsonArray ?? [])
                    if ((value is JsonObject o ? o["id"] : value)?.ToString() is { Length: > 0 } id)
                        yield return Known(kind, id, (value as JsonObject)?["name"]?.ToString() ?? Fixed(kind)?.FirstOrDefault(f => f.Id == id)?.Name ?? id);
        foreach (var language in targeting["locales"] as JsonArray ?? [])
            if (language?.ToString() is { Length: > 0 } id) yield return Known(TargetingKind.Language, id, id);
    }

    /// <summary>The whole list of a kind that Meta has no search for.</summary>
    public static IReadOnlyList<TargetingOption>? Fixed(TargetingKind kind) => kind switch
    {
        TargetingKind.RelationshipStatus => MetaCatalogue.RelationshipStatuses,
        TargetingKind.EducationLevel => MetaCatalogue.EducationLevels,
        _ => null,
    };

    private static TargetTrait Known(TargetingKind kind, string id, string name) => new() { Kind = kind, Name = name, Ids = new Dictionary<Platform, string> { [Platform.Meta] = id } };

    private static JsonNode Entry(TargetTrait trait) => Fixed(trait.Kind) is null ? new JsonObject { ["id"] = trait.Ids[Platform.Meta], ["name"] = trait.Name } : Number(trait.Ids[Platform.Meta]);

    private static int Number(string id) => int.Parse(id, CultureInfo.InvariantCulture);
}
