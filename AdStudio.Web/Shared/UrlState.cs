using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace AdStudio.Web.Shared;

/// <summary>Filters, tabs, sorting and paging live in the query of the address: read and written here.</summary>
public static class UrlState
{
    public static string? Query(this NavigationManager navigation, string name) =>
        QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue(name, out var values) && values.Count > 0 && values[0] is { Length: > 0 } value ? value : null;

    /// <summary>A list, written as `a,b` or as the name repeated.</summary>
    public static IReadOnlyList<string> QueryList(this NavigationManager navigation, string name) =>
        QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue(name, out var values)
            ? [.. values.SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()]
            : [];

    public static int QueryInt(this NavigationManager navigation, string name, int otherwise) =>
        int.TryParse(navigation.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    public static DateOnly? QueryDate(this NavigationManager navigation, string name) =>
        DateOnly.TryParseExact(navigation.Query(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;

    public static T? QueryEnum<T>(this NavigationManager navigation, string name) where T : struct, Enum =>
        navigation.Query(name) is { } text && !char.IsAsciiDigit(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;

    /// <summary>This address with other values; null, an empty text and an empty list leave a name out.</summary>
    public static string UriWith(this NavigationManager navigation, params (string Name, object? Value)[] values) =>
        navigation.GetUriWithQueryParameters(values.ToDictionary(v => v.Name, v => (object?)Text(v.Value)));

    /// <summary>Writes values into the address. A filter replaces the entry in the history, so that Back leaves the page.</summary>
    public static void SetQuery(this NavigationManager navigation, params (string Name, object? Value)[] values)
    {
        var uri = navigation.UriWith(values);
        if (uri != navigation.Uri) navigation.NavigateTo(uri, replace: true);
    }

    private static string? Text(object? value) => value switch
    {
        null or "" => null,
        string text => text,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Enum word => word.ToString().ToLowerInvariant(),
        IEnumerable<string> list => string.Join(',', list) is { Length: > 0 } joined ? joined : null,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
