namespace AdStudio.Core.Platforms;

/// <summary>LinkedIn's rules.</summary>
public static class LinkedInCatalogue
{
    /// <summary>Null while it cannot be connected.</summary>
    public static PlatformRules? Rules => null;
}
