namespace AdStudio.Sandbox.LinkedIn;

/// <summary>An entity that campaigns can be aimed at.</summary>
/// <param name="Country">Of a place: its code.</param>
internal sealed record LinkedInEntity(string Facet, string Urn, string Name, string? Country = null, long People = 0);

/// <summary>The values of the facets, as far as the sandbox knows any.</summary>
internal static class LinkedInEntities
{
    public static IReadOnlyList<LinkedInEntity> All { get; } = [.. Places(), .. Named("interests", "interest", 1, "Fitness", "Outdoor recreation", "Marketing strategy", "Artificial intelligence", "Retail trends", "Sustainability", "Travel", "Fashion"),
        .. Named("schools", "school", 17950, "Harvard University", "Universität Mannheim", "University of Maine", "Uppsala University"), .. Named("fieldsOfStudy", "fieldOfStudy", 100347, "Marketing", "Business Administration", "Graphic Design"),
        .. Named("employers", "organization", 1035, "Atlas Outdoor", "Harbor & Pine", "Northwind Trading"), .. Named("titles", "title", 340, "Marketing Manager", "Sales Representative", "Chief Executive Officer", "Retail Buyer"),
        .. Named("industries", "industry", 25, "Manufacturing", "Retail", "Apparel and Fashion", "Software Development"), .. Named("degrees", "degree", 200, "Bachelor's Degree", "Master's Degree", "Doctor of Philosophy")];

    private static readonly Dictionary<(string, string), LinkedInEntity> ByUrn = All.ToDictionary(e => (e.Facet, e.Urn));

    public static IReadOnlyList<string> Facets { get; } = [.. All.Select(e => e.Facet).Distinct(), "interfaceLocales", "ageRanges", "genders", "audienceMatchingSegments", "dynamicSegments"];

    public static LinkedInEntity? Find(string facet, string urn) => ByUrn.GetValueOrDefault((facet, urn));

    private static IEnumerable<LinkedInEntity> Named(string facet, string urn, int first, params string[] names) => names.Select((name, i) => new LinkedInEntity(facet, $"urn:li:{urn}:{first + i * 7}", name));

    // Countries under the numbers that LinkedIn has given them, with members in millions; then some regions and cities.
    private static IEnumerable<LinkedInEntity> Places()
    {
        const string countries = """
            US 103644278 230 United States; CA 101174742 24 Canada; GB 101165590 39 United Kingdom; DE 101282230 19 Germany; FR 105015875 29 France; ES 105646813 19 Spain; IT 103350119 20 Italy; NL 102890719 11 Netherlands;
            BE 100565514 5 Belgium; CH 106693272 4 Switzerland; AT 103883259 2 Austria; SE 105117694 5 Sweden; NO 103819153 3 Norway; DK 104514075 3 Denmark; FI 100456013 2 Finland; PL 105072130 7 Poland; PT 100364837 5 Portugal;
            IE 104738515 3 Ireland; AU 101452733 15 Australia; NZ 105490917 3 New Zealand; IN 102713980 130 India; JP 101355337 4 Japan; BR 106057199 75 Brazil; MX 103323778 22 Mexico; SG 102454443 4 Singapore;
            ZA 104035573 12 South Africa; AE 104305776 8 United Arab Emirates; IL 101620260 3 Israel; TR 102105699 17 Türkiye; CZ 104508036 2 Czechia; GR 104677530 2 Greece; HU 100288700 2 Hungary; RO 106670623 4 Romania;
            AR 100446943 12 Argentina; CL 104621616 8 Chile; CO 100876405 13 Colombia; KR 105149562 4 South Korea; CN 102890883 57 China; ID 102478259 27 Indonesia; MY 106808692 8 Malaysia; PH 103121230 17 Philippines;
            TH 105146118 5 Thailand; VN 104195383 7 Vietnam; HK 103291313 3 Hong Kong; TW 104187078 4 Taiwan; LU 104042105 1 Luxembourg; UA 102264497 6 Ukraine; EG 106155005 9 Egypt; NG 105365761 10 Nigeria; KE 100710459 4 Kenya
            """;
        foreach (var part in countries.Split(';', '\n').Select(c => c.Trim()).Where(c => c.Length > 0).Select(c => c.Split(' ', 4))) yield return Place(part[1], part[3], part[0], long.Parse(part[2], System.Globalization.CultureInfo.InvariantCulture) * 1_000_000);
        foreach (var (id, name, country, people) in new (string, string, string, long)[]
        {
            ("105149290", "Ontario, Canada", "CA", 9_000_000), ("100025096", "Toronto, Ontario, Canada", "CA", 4_000_000), ("102095887", "California, United States", "US", 24_000_000), ("105080838", "New York, United States", "US", 14_000_000),
            ("102571732", "New York, New York, United States", "US", 6_000_000), ("101651951", "Maine, United States", "US", 500_000), ("100477049", "Bavaria, Germany", "DE", 3_000_000), ("106967730", "Berlin, Germany", "DE", 1_500_000),
            ("100477051", "Munich, Bavaria, Germany", "DE", 900_000), ("104246759", "Île-de-France, France", "FR", 7_000_000), ("106383538", "Paris, Île-de-France, France", "FR", 3_000_000), ("102299470", "England, United Kingdom", "GB", 30_000_000),
            ("102257491", "London, England, United Kingdom", "GB", 6_000_000),
        }) yield return Place(id, name, country, people);

        static LinkedInEntity Place(string id, string name, string country, long people) => new("locations", "urn:li:geo:" + id, name, country, people);
    }
}
