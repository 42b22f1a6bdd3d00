using System.Globalization;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms;

/// <summary>What both adapters' plans say in the same way.</summary>
internal static class PlanWords
{
    /// <summary>A name that ends in the marker, whatever of the name itself fits.</summary>
    public static string Named(string name, string marker, int max)
    {
        var room = max - marker.Length - 3;
        return $"{(name.Length <= room ? name : name[..room].TrimEnd())} · {marker}";
    }

    /// <summary>Whether an object's name was given by the step with this marker.</summary>
    public static bool Carries(string? name, string marker) => name is not null && (name == marker || name.EndsWith(" · " + marker, StringComparison.Ordinal));

    public static PlanNote Converted(string field, string text) => new(PlanNoteKind.Converted, field, text);
    public static PlanNote LeftOut(string field, string text) => new(PlanNoteKind.LeftOut, field, text);

    /// <summary>The instant on the account's own clock.</summary>
    public static DateTimeOffset In(this DateTimeOffset instant, AccountHandle account) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(account.TimeZone, out var zone) ? TimeZoneInfo.ConvertTime(instant, zone) : instant.ToUniversalTime();

    public static string Moment(DateTimeOffset local) => local.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Cut at a word, with an ellipsis where something is missing.</summary>
    public static string Shortened(string text, int max)
    {
        if (text.Length <= max) return text;
        var cut = text[..(max - 1)];
        var space = cut.LastIndexOf(' ');
        return (space > max / 2 ? cut[..space] : cut).TrimEnd(' ', ',', '.', ';', ':', '-') + "…";
    }
}
