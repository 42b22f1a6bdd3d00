namespace AdStudio.Web.Shared.Figures;

/// <summary>How a platform is shown: its name, its letter and its one colour (a token, so that charts and chips agree in light and dark).</summary>
public sealed record PlatformLook(string Key, string Name, string Letter)
{
    public static readonly IReadOnlyList<PlatformLook> All =
    [
        new("meta", "Meta", "M"), new("google", "Google", "G"), new("tiktok", "TikTok", "T"), new("linkedin", "LinkedIn", "in"),
        new("pinterest", "Pinterest", "P"), new("snapchat", "Snapchat", "S"), new("apple", "Apple", "A"),
        new("email", "Email", "@"), new("sms", "SMS", "#"), new("social", "Social", "So"),
    ];

    public string Colour => $"var(--platform-{Key})";

    /// <summary>By an enum's value or a word.</summary>
    public static PlatformLook Of(object? platform)
    {
        var word = platform?.ToString() ?? "";
        return All.FirstOrDefault(p => p.Key.Equals(word, StringComparison.OrdinalIgnoreCase))
            ?? new("social", word, word.Length == 0 ? "?" : word[..1].ToUpperInvariant());
    }
}
