namespace AdStudio.Core.Platforms;

/// <summary>Pinterest's rules.</summary>
public static class PinterestCatalogue
{
    /// <summary>Null while it cannot be connected.</summary>
    public static PlatformRules? Rules => null;
}
