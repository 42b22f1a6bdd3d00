using System.Globalization;

namespace AdStudio.Web.Shared;

/// <summary>Ids that are unique on a page.</summary>
internal static class Ids
{
    private static int last;

    public static string Next(string prefix) => prefix + "-" + Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture);
}
