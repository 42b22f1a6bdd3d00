using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>Facets, their values, and whom criteria reach.</summary>
internal sealed class LinkedInTargeting(LinkedInContext context)
{
    private const string Prefix = "urn:li:adTargetingFacet:";
    private const int Fewest = 300;
    private static readonly string[] Ages = ["urn:li:ageRange:(18,24)", "urn:li:ageRange:(25,34)", "urn:li:ageRange:(35,54)", "urn:li:ageRange:(55,2147483647)"];
    private static readonly double[] Shares = [0.16, 0.35, 0.37, 0.12];
    private static readonly string[] Genders = ["urn:li:gender:MALE", "urn:li:gender:FEMALE"];

    public LinkedInReply Facets(LinkedInCall call) => new JsonObject
    {
        ["elements"] = new JsonArray([.. LinkedInEntities.Facets.Select(f => (JsonNode)new JsonObject { ["facetName"] = f, ["adTargetingFacetUrn"] = Prefix + f, ["entityTypes"] = new JsonArray(f.ToUpperInvariant()), ["availableEntityFinders"] = new JsonArray("TYPEAHEAD", "AD_TARGETING_FACET") })]),
    };

    public LinkedInReply Entities(LinkedInCall call)
    {
        if (call.Stranger("q", "queryVersion", "facet", "query", "urns", "start", "count", "locale", "entityType") is { } stranger) return LinkedInReply.Query(stranger);
        if (call.Text("queryVersion") != "QUERY_USES_URNS") return LinkedInReply.Query("queryVersion");
        IEnumerable<LinkedInEntity> found;
        switch (call.Text("q"))
        {
            case "urns" when call.List("urns") is { } urns: found = LinkedInEntities.All.Where(e => urns.Contains(e.Urn)); break;
            case "typeahead" or "adTargetingFacet":
                if (call.Text("facet") is not { } facet || !facet.StartsWith(Prefix, StringComparison.Ordinal) || !LinkedInEntities.Facets.Contains(facet[Prefix.Length..])) return LinkedInReply.Query("facet");
                if (call.Text("q") == "typeahead" && string.IsNullOrWhiteSpace(call.Text("query"))) return LinkedInReply.Query("query");
                found = LinkedInEntities.All.Where(e => Prefix + e.Facet == facet && e.Name.Contains(call.Text("query") ?? "", StringComparison.OrdinalIgnoreCase));
                break;
            default: return LinkedInReply.Query("q");
        }
        return LinkedInContext.ByCount(call, [.. found.OrderBy(e => e.Name.Length).Select(e => new JsonObject { ["urn"] = e.Urn, ["name"] = e.Name, ["facetUrn"] = Prefix + e.Facet })]);
    }

    /// <summary>What is wrong with a campaign's targetingCriteria.</summary>
    public IEnumerable<LinkedInProblem> Check(JsonNode? criteria, SandboxObject account)
    {
        const string path = "/targetingCriteria";
        if (criteria is not JsonObject body) return [LinkedInProblem.Wrong(path, criteria)];
        if (body.Select(p => p.Key).FirstOrDefault(k => k is not ("include" or "exclude")) is { } stranger) return [LinkedInProblem.Unknown($"{path}/{stranger}")];
        if (body["include"]?["and"] is not JsonArray clauses) return [LinkedInProblem.Missing(path + "/include/and")];
        var problems = new List<LinkedInProblem>();
        foreach (var clause in clauses) problems.AddRange(Clause(clause?["or"] as JsonObject, path + "/include/and/or", account));
        if (body["exclude"] is { } exclude) problems.AddRange(Clause(exclude["or"] as JsonObject, path + "/exclude/or", account));
        if (problems.Count > 0) return problems;

        var included = Included(body);
        if (!included.ContainsKey("locations")) return [LinkedInProblem.Missing(path + "/include/and/or/" + Prefix + "locations")];
        if (included.ContainsKey("employers") && included.ContainsKey("industries")) return [new("INCOMPATIBLE_TARGETING_COMBINATION", path, $"{Prefix}industries can't be set in targeting as it's incompatible with other targeting facets")];
        var excluded = (body["exclude"]?["or"] as JsonObject ?? []).SelectMany(f => Texts(f.Value)).ToHashSet();
        if (included.SelectMany(f => f.Value).FirstOrDefault(excluded.Contains) is { } both) return [new("FIELD_CANNOT_BE_BOTH_IN_INCLUDED_AND_EXCLUDED_TARGETING", path, $"Cannot have {both} in both included and excluded targeting")];
        return AudienceOf(body).People < Fewest ? [new("AUDIENCE_SIZE_TOO_SMALL", path, $"The calculated audience size is too small for the given targeting. A minimum audience size of {Fewest} is needed")] : [];
    }

    public Audience AudienceOf(JsonObject? criteria)
    {
        var included = criteria is null ? [] : Included(criteria);
        var places = included.GetValueOrDefault("locations", []).Select(u => LinkedInEntities.Find("locations", u)!).ToList();
        var ages = included.GetValueOrDefault("ageRanges", [.. Ages]).Select(a => Array.IndexOf(Ages, a)).ToList();
        var genders = included.GetValueOrDefault("genders", [.. Genders]);
        double people = places.Sum(p => p.People);
        people *= ages.Sum(a => Shares[a]) * (genders.Count == 1 ? 0.5 : 1);
        foreach (var facet in included.Keys.Where(f => f is "interests" or "schools" or "fieldsOfStudy" or "employers" or "titles" or "industries" or "degrees")) people *= 0.25;
        if (included.GetValueOrDefault("audienceMatchingSegments", []) is { Count: > 0 } segments)
            people = Math.Min(people, segments.Sum(s => context.Store.Find(LinkedInWorld.Segment, LinkedInCall.IdOf(s)) is { } found ? LinkedInSegments.Size(found) : 0));
        int[] from = [18, 25, 35, 55], to = [24, 34, 54, 65];
        return new([.. places.Select(p => p.Country!).Distinct().DefaultIfEmpty("US")], from[ages.Min()], to[ages.Max()], genders.Contains("urn:li:gender:FEMALE"), genders.Contains("urn:li:gender:MALE"), (long)people, []);
    }

    private IEnumerable<LinkedInProblem> Clause(JsonObject? facets, string path, SandboxObject account)
    {
        if (facets is null) return [LinkedInProblem.Missing(path)];
        return facets.SelectMany(facet =>
        {
            var (name, at) = (facet.Key.StartsWith(Prefix, StringComparison.Ordinal) ? facet.Key[Prefix.Length..] : "", $"{path}/{facet.Key}");
            if (!LinkedInEntities.Facets.Contains(name)) return [LinkedInProblem.Unknown(at)];
            if (facet.Value is not JsonArray { Count: > 0 } values) return [LinkedInProblem.Wrong(at, facet.Value)];
            if (values.Select(v => v?.ToString()).GroupBy(v => v).FirstOrDefault(g => g.Count() > 1) is { } twice) return [new("INVALID_VALUE_DUPLICATE_EXIST", at, $"{at} value {twice.Key} includes duplicates")];
            return values.Where(v => !Exists(name, v?.ToString() ?? "", account)).Select(v => new LinkedInProblem("FIELD_VALUE_DOES_NOT_EXIST", at, $"{at} value {v} doesn't exist"));
        });
    }

    private bool Exists(string facet, string urn, SandboxObject account) => facet switch
    {
        "ageRanges" => Ages.Contains(urn), "genders" => Genders.Contains(urn), "interfaceLocales" => urn.StartsWith("urn:li:locale:", StringComparison.Ordinal) && urn.Length == 19,
        "audienceMatchingSegments" or "dynamicSegments" => urn.StartsWith("urn:li:adSegment:", StringComparison.Ordinal) && context.Store.Find(LinkedInWorld.Segment, LinkedInCall.IdOf(urn))?.AccountId == account.Id,
        _ => LinkedInEntities.Find(facet, urn) is not null,
    };

    private static Dictionary<string, List<string>> Included(JsonObject criteria) => (criteria["include"]!["and"] as JsonArray ?? []).SelectMany(c => (JsonObject)c!["or"]!)
        .GroupBy(f => f.Key[Prefix.Length..]).ToDictionary(g => g.Key, g => g.SelectMany(f => Texts(f.Value)).ToList());

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(v => v?.ToString() ?? "");
}
