using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;

namespace AdStudio.Core.Platforms;

/// <summary>Numbers in the platform's own fields, summed over a range, asked of it now: for what the studio keeps no facts of.</summary>
public interface IReadsRawInsights : IPlatformCapability
{
    /// <summary>The platform's words for what a row can be about; the first is what is meant without one.</summary>
    IReadOnlyList<string> InsightLevels { get; }

    /// <summary>
    /// One row an object of the level and a value of the breakdowns. Fields are named as they were asked for and in the platform's own units; numbers are numbers.
    /// A name that the platform does not know is refused as <see cref="PlatformFailureKind.InvalidRequest"/> in its words, too large a range as <see cref="PlatformFailureKind.TooMuchData"/>.
    /// </summary>
    Task<Result<IReadOnlyList<JsonObject>>> ReadRawInsightsAsync(PlatformAccess access, RawInsightQuery query, CancellationToken ct);
}

/// <param name="Level">One of <see cref="IReadsRawInsights.InsightLevels"/>.</param>
/// <param name="From">First day in the account's time zone; <paramref name="To"/> the last, both included.</param>
/// <param name="Fields">Names that <see cref="FieldNames"/> lets through; none takes the platform's usual ones.</param>
/// <param name="Breakdowns">Names likewise; none does not divide the rows.</param>
public sealed record RawInsightQuery(string Level, DateOnly From, DateOnly To, IReadOnlyList<string> Fields, IReadOnlyList<string> Breakdowns);

/// <summary>What ads are made of, as it stands on the account: texts, images, videos, and where each is used.</summary>
public interface IReadsAssets : IPlatformCapability
{
    /// <summary>The platform's words for what assets can hang on; the first is what is meant without one.</summary>
    IReadOnlyList<string> AssetLevels { get; }

    /// <summary>One row an asset and what it hangs on; fields are named as they were asked for.</summary>
    Task<Result<IReadOnlyList<JsonObject>>> ReadAssetsAsync(PlatformAccess access, string level, IReadOnlyList<string> fields, CancellationToken ct);
}

/// <summary>Names of a platform's fields that somebody gives from outside: they go into its queries, so nothing but a name may be in them.</summary>
public static class FieldNames
{
    public const int Most = 50, Longest = 100;

    /// <summary>What is wrong with the names, in words; null when nothing is. Parts may be divided by dots: "campaign.name".</summary>
    public static string? Check(IReadOnlyList<string> names) =>
        names.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"{names.Count} names are too many; {Most} are the most.")
        : names.FirstOrDefault(n => !IsName(n)) is { } wrong ? $"“{(wrong.Length > Longest ? wrong[..Longest] + "…" : wrong)}” is no name of a field: it is written with small letters, digits and underscores." : null;

    private static bool IsName(string name) => name.Length is > 0 and <= Longest && name.Split('.').All(p => p.Length > 0 && (char.IsAsciiLetterLower(p[0]) || char.IsAsciiDigit(p[0])) && p.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'));
}
