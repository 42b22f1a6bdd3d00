namespace AdStudio.Web.Shared.Tables;

/// <summary>A sort order as the address writes it: "spend" goes up, "-spend" goes down.</summary>
public readonly record struct Sorting(string? Key, bool Down)
{
    public static Sorting Parse(string? text) => string.IsNullOrEmpty(text) ? default : text[0] == '-' ? new(text[1..], true) : new(text, false);

    /// <summary>The order after a press on a column's head: numbers start with the greatest, words with A; then the other way; then none.</summary>
    public Sorting Press(string key, bool numeric) =>
        Key != key ? new(key, numeric)
        : Down == numeric ? new(key, !numeric)
        : default;

    /// <summary>Rows in this order; those without a value come last, whichever way it goes.</summary>
    public static IEnumerable<T> Apply<T>(IEnumerable<T> rows, Func<T, IComparable?> by, bool down)
    {
        var keyed = rows.Select(row => (Row: row, Key: by(row)));
        var known = keyed.OrderBy(r => r.Key is null);
        var order = Comparer<IComparable?>.Create((a, b) => (a, b) switch
        {
            (null, null) => 0,
            (null, _) or (_, null) => 0,
            (string x, string y) => Figures.Shown.Culture.CompareInfo.Compare(x, y, System.Globalization.CompareOptions.IgnoreCase),
            _ => a.CompareTo(b),
        });
        return (down ? known.ThenByDescending(r => r.Key, order) : known.ThenBy(r => r.Key, order)).Select(r => r.Row);
    }

    public override string? ToString() => Key is null ? null : Down ? "-" + Key : Key;
}
