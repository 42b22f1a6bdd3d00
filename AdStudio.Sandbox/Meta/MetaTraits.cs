using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Meta;

/// <summary>Interests, behaviours, schools, employers and languages that can be targeted. Kinds are named as in flexible_spec.</summary>
public static class MetaTraits
{
    private sealed record Trait(string Kind, string Id, string Name, string Topic, double Millions);

    private static readonly Trait[] All =
    [
        .. Of("interests", "Sports", ("6003107902433", "Association football (Soccer)", 610)),
        .. Of("interests", "Entertainment", ("6003029869785", "Arts and music", 310)),
        .. Of("interests", "Outdoor recreation", ("6003020834693", "Camping", 180), ("6002985584323", "Hiking", 160), ("6003092882217", "Mountain biking", 95), ("6003600009600", "Sailing", 60), ("6003020001000", "Fishing", 130)),
        .. Of("interests", "Fitness", ("6003397496347", "Running", 240), ("6003306084421", "Yoga", 210), ("6003277229371", "Physical fitness", 420)),
        .. Of("interests", "Shopping and fashion", ("6003348604581", "Fashion accessories", 390), ("6003346592981", "Online shopping", 510), ("6003167425934", "Shopping", 620), ("6003188355978", "Dresses", 230), ("6003415393053", "Shoes", 300)),
        .. Of("interests", "Home", ("6003198476967", "Home and garden", 280), ("6003263791114", "Interior design", 260)),
        .. Of("interests", "Food and drink", ("6003659420716", "Cooking", 350), ("6003626773307", "Coffee", 330), ("6003387418453", "Organic food", 150)),
        .. Of("interests", "Travel", ("6004160395895", "Travel", 560), ("6003263791100", "Road trips", 140)),
        .. Of("interests", "Technology", ("6003266061909", "Technology", 520), ("6003985771306", "Software", 300)),
        .. Of("interests", "Hobbies", ("6003629266583", "Photography", 310)),
        .. Of("interests", "Business", ("6003127206524", "Digital marketing", 120), ("6003371567474", "Entrepreneurship", 230)),
        .. Of("behaviors", "Travel", ("6002714895372", "Frequent travelers", 190), ("6008261969983", "Commuters", 210)),
        .. Of("behaviors", "Purchase behavior", ("6071631541183", "Engaged shoppers", 220)),
        .. Of("behaviors", "Digital activities", ("6015559470583", "Small business owners", 75), ("6002714898572", "Facebook page admins", 110)),
        .. Of("behaviors", "Mobile device user", ("6004386044572", "Owns a new smartphone", 260)),
        .. Of("life_events", "Life events", ("6002714401172", "Newly engaged (6 months)", 9), ("6003053984972", "Away from hometown", 140), ("6003050210972", "Recently moved", 31), ("6005149512172", "Anniversary within 30 days", 12)),
        .. Of("industries", "Work", ("6008888980183", "Management", 80), ("6008888954983", "Business and finance", 95), ("6009003307783", "Computation and mathematics", 18), ("6012903159383", "Food and restaurants", 44)),
        .. Of("income", "Financial", ("6107813079183", "Household income: top 10% of ZIP codes (US)", 22), ("6107813551783", "Household income: top 10%-25% of ZIP codes (US)", 33), ("6107813553183", "Household income: top 25%-50% of ZIP codes (US)", 48)),
        .. Of("family_statuses", "Parents", ("6023005372383", "Parents (all)", 320), ("6023005529383", "Parents with toddlers (1-2 years)", 42), ("6023005681983", "Parents with teenagers (13-17 years)", 71)),
        .. Of("education_schools", "Education", ("105930651606", "Harvard University", 2.1), ("6192688417", "Stanford University", 1.4), ("108087299226034", "Technische Universität Berlin", 0.3)),
        .. Of("education_majors", "Education", ("104076956295773", "Computer science", 12), ("108170975877442", "Photography", 2.6), ("105446542822032", "Business administration", 17)),
        .. Of("work_employers", "Work", ("112157408800838", "Self-employed", 60), ("50431654", "Microsoft", 0.6), ("105763692791", "Harbor & Pine", 0.002)),
        .. Of("work_positions", "Work", ("105763692790962", "Marketing manager", 4.5), ("103113219728224", "Software engineer", 6.2), ("110438178984470", "Nurse", 7.8)),
    ];

    private static readonly (int Key, string Name)[] Locales =
        [(6, "English (US)"), (24, "English (UK)"), (1001, "English (All)"), (5, "German"), (9, "French (France)"), (1003, "French (All)"), (10, "Italian"), (7, "Spanish (Spain)"), (1002, "Spanish (All)"), (14, "Dutch"), (16, "Portuguese (Brazil)"), (15, "Polish"), (18, "Swedish"), (11, "Japanese")];

    private static readonly int[] RelationshipStatuses = [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13];

    /// <summary>GET /search of what people are and do; null for a type that there is none of.</summary>
    public static List<JsonObject>? Search(MetaCall call, Func<string, bool> fits)
    {
        List<JsonObject> Kind(string kind) => [.. All.Where(t => t.Kind == kind && fits(t.Name)).Select(t => Show(t))];
        switch (call.Text("type"))
        {
            case "adinterest": return Kind("interests");
            case "adinterestvalid":
                var names = call.List("interest_list");
                return [.. All.Where(t => t.Kind == "interests" && (names.Contains(t.Name) || call.List("interest_fbid_list").Contains(t.Id))).Select(t => Show(t, valid: true))];
            // A class comes whole, whatever is asked for in it.
            case "adTargetingCategory": return [.. All.Where(t => t.Kind == (call.Text("class") ?? "interests")).Select(t => Show(t))];
            case "adeducationschool": return Kind("education_schools");
            case "adeducationmajor": return Kind("education_majors");
            case "adworkemployer": return Kind("work_employers");
            case "adworkposition": return Kind("work_positions");
            case "adlocale": return [.. Locales.Where(l => fits(l.Name)).Select(l => new JsonObject { ["key"] = l.Key, ["name"] = l.Name })];
            default: return null;
        }
    }

    /// <summary>GET /act_…/targetingsearch: interests, behaviours and demographics together.</summary>
    public static List<JsonObject> Unified(string text, string? only) =>
    [
        .. All.Where(t => t.Name.Contains(text, StringComparison.OrdinalIgnoreCase) && (only is null || only == t.Kind)).Select(t =>
        {
            var found = Show(t);
            found["type"] = t.Kind;
            found.Remove("topic");
            return found;
        }),
    ];

    /// <summary>Why one entry of a targeting cannot be used; null when it can.</summary>
    public static MetaError? Check(string kind, JsonNode? value)
    {
        var id = (value is JsonObject o ? o["id"] : value)?.ToString() ?? "";
        return kind switch
        {
            "relationship_statuses" => Number(RelationshipStatuses.Contains),
            "education_statuses" => Number(n => n is >= 1 and <= 13),
            "locales" => Number(n => Locales.Any(l => l.Key == n)),
            _ when All.Any(t => t.Kind == kind) && !All.Any(t => t.Kind == kind && t.Id == id) => MetaError.ForPerson(1487079, "Targeting isn't valid", $"There is no {id} among {kind} that can be targeted.", "targeting"),
            _ => null,
        };

        MetaError? Number(Func<int, bool> known) => value is JsonValue v && v.TryGetValue<int>(out var number) && known(number) ? null : MetaError.Invalid($"Param targeting[{kind}] must be an array of the published numbers", "targeting");
    }

    private static IEnumerable<Trait> Of(string kind, string topic, params (string Id, string Name, double Millions)[] traits) => traits.Select(t => new Trait(kind, t.Id, t.Name, topic, t.Millions));

    private static JsonObject Show(Trait t, bool valid = false)
    {
        var found = new JsonObject
        {
            ["id"] = t.Id, ["name"] = t.Name, ["audience_size_lower_bound"] = (long)(t.Millions * 920_000), ["audience_size_upper_bound"] = (long)(t.Millions * 1_080_000),
            ["path"] = new JsonArray(t.Kind == "interests" ? "Interests" : "Additional", t.Topic, t.Name), ["description"] = "", ["topic"] = t.Topic,
        };
        if (valid) found["valid"] = true;
        return found;
    }
}
