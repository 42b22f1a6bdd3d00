namespace AdStudio.Core.Platforms;

/// <summary>A post that stands on a platform already and is promoted as it is.</summary>
/// <param name="Id">Of an Instagram post the id of its media ("17895695668004550"); of a page's post "pageId_postId".</param>
/// <param name="Permalink">Where people see it; empty when nobody said.</param>
/// <param name="ImageUrl">Address of its picture; empty when nobody said.</param>
public sealed record ExistingPost(string Id, string Permalink = "", string ImageUrl = "")
{
    public const int LongestId = 64;

    /// <summary>Whether it was posted by a page rather than by an Instagram account.</summary>
    public bool IsOfPage => Id.Contains('_', StringComparison.Ordinal);

    public static bool IsId(string text) => text.Length is > 0 and <= LongestId && text.Split('_') is { Length: 1 or 2 } parts && parts.All(p => p.Length > 0 && p.All(char.IsAsciiDigit));
}
