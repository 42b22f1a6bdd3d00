namespace AdStudio.Core.Campaigns;

/// <summary>What somebody typed to find something by its name.</summary>
internal static class SearchWords
{
    public static IReadOnlyList<string> Of(string? search) => search?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>For LIKE with "\\" as its escape, which is case-blind on both databases (on SQLite for the Latin alphabet).</summary>
    public static string Pattern(string word) => $"%{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)}%";
}
