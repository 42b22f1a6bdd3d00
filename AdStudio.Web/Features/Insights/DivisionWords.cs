using System.Globalization;
using AdStudio.Core.Insights;
using AdStudio.Web.Shared.Figures;

namespace AdStudio.Web.Features.Insights;

/// <summary>How divisions of numbers and their parts are called.</summary>
public static class DivisionWords
{
    public static string Of(Division by) => by switch
    {
        Division.Country => "by country", Division.Age => "by age", Division.Gender => "by gender", Division.PublisherPlatform => "by where the ads were seen", Division.Device => "by device", _ => "by platform",
    };

    public static string Head(Division by) => by switch { Division.Country => "Country", Division.Age => "Age", Division.Gender => "Gender", Division.PublisherPlatform => "Seen on", Division.Device => "Device", _ => "Platform" };

    public static string Says(Division by) => by switch
    {
        Division.Country => "Where the people were.", Division.Age => "How old the people are, as the platforms know or guess it.", Division.Gender => "As the platforms know or guess it.",
        Division.PublisherPlatform => "In which app or network the ads were seen.", Division.Device => "On what the ads were seen.", _ => "Each platform's part.",
    };

    public static string Of(Division by, string key) => (by, key) switch
    {
        (_, BreakdownKeys.Unknown) => "Unknown",
        (Division.Platform, _) => PlatformLook.Of(key).Name,
        (Division.Country, { Length: 2 }) => Country(key),
        (Division.Gender, "female") => "Women",
        (Division.Gender, "male") => "Men",
        (Division.Age, _) => key.Replace("-", "–", StringComparison.Ordinal),
        _ => Sentence(key),
    };

    private static string Country(string code)
    {
        try
        {
            return new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }

    /// <summary>"audience_network" is "Audience network".</summary>
    private static string Sentence(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..].Replace('_', ' ').ToLowerInvariant();
}
