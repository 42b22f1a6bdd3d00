using System.Globalization;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>Rest.li 2.0's way of writing values in addresses: parentheses, commas and colons belong to the syntax, so everything within a value is percent-encoded.</summary>
internal static class Restli
{
    public static string Text(string value) => Uri.EscapeDataString(value);
    public static string List(IEnumerable<string> values) => $"List({string.Join(',', values.Select(Text))})";

    /// <summary>"(start:(year:2026,month:1,day:1),end:(…))": both days are included.</summary>
    public static string Range(DateOnly from, DateOnly to) => $"(start:{Day(from)},end:{Day(to)})";

    private static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"(year:{day.Year},month:{day.Month},day:{day.Day})");

    public static string Account(string id) => "urn:li:sponsoredAccount:" + id;
    public static string Group(string id) => "urn:li:sponsoredCampaignGroup:" + id;
    public static string Campaign(string id) => "urn:li:sponsoredCampaign:" + id;
    public static string Creative(string id) => "urn:li:sponsoredCreative:" + id;
    public static string Organization(string id) => id.StartsWith("urn:", StringComparison.Ordinal) ? id : "urn:li:organization:" + id;
    public static string Conversion(string id) => "urn:lla:llaPartnerConversion:" + id;

    /// <summary>What follows the last colon.</summary>
    public static string IdOf(string urn) => urn[(urn.LastIndexOf(':') + 1)..];
}
