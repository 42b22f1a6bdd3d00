namespace AdStudio.Web.Shared.Commands;

/// <summary>Every word typed begins a word of the title, or stands in it.</summary>
public static class Matching
{
    public static bool Matches(string title, string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => title.Contains(word, StringComparison.CurrentCultureIgnoreCase));
}
