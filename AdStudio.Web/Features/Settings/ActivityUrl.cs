using System.Globalization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Web.App;

namespace AdStudio.Web.Features.Settings;

/// <summary>The filters of the audit as the address holds them; the page and the download read them alike.</summary>
/// <param name="Who">A kind of actor ("person", "apikey", "rule", "studio"), or somebody's id.</param>
/// <param name="Range">"today", "7d", "30d", "90d", or "days" from <paramref name="From"/> to <paramref name="To"/>, both included, in the reader's zone; null for all time.</param>
public sealed record ActivityUrl(string? Who, string? Verb, string? What, string? Via, Guid? WorkspaceId, string? Range, DateOnly? From, DateOnly? To, string? Search)
{
    public static readonly IReadOnlyList<string> Names = ["who", "verb", "what", "via", "in", "range", "from", "to", "q"];

    public static readonly IReadOnlyList<(string Value, string Name)> Ranges = [("today", "today"), ("7d", "in the last 7 days"), ("30d", "in the last 30 days"), ("90d", "in the last 90 days"), ("days", "in days of your choice")];

    public bool IsFiltered => this != new ActivityUrl(null, null, null, null, null, null, null, null, null);

    /// <summary>What no filter understands is left out.</summary>
    public static ActivityUrl Of(Func<string, string?> query) => new(
        query("who"), query("verb"), query("what"), query("via"), Guid.TryParse(query("in"), out var workspace) ? workspace : null,
        Ranges.Any(r => r.Value == query("range")) ? query("range") : null, Day(query("from")), Day(query("to")), query("q"));

    public string Href(string path) => Urls.With(path,
        ("who", Who), ("verb", Verb), ("what", What), ("via", Via), ("in", WorkspaceId), ("range", Range), ("from", Text(From)), ("to", Text(To)), ("q", Search));

    public HistoryFilter Filter(TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var (from, to) = Range switch
        {
            "today" => (today, null),
            "7d" => (today.AddDays(-6), null),
            "30d" => (today.AddDays(-29), null),
            "90d" => (today.AddDays(-89), null),
            "days" => (From, To),
            _ => ((DateOnly?)null, (DateOnly?)null),
        };
        var isSomebody = Guid.TryParse(Who, out var id);
        return new HistoryFilter(WorkspaceId, What is null ? null : [What])
        {
            ActorId = isSomebody ? id : null, ActorKind = !isSomebody && Enum.TryParse<ActorKind>(Who, true, out var kind) && Enum.IsDefined(kind) ? kind : null,
            Verb = Verb, Via = Via, Search = Search, From = Begin(from, zone), Until = Begin(to < DateOnly.MaxValue ? to.Value.AddDays(1) : null, zone),
        };
    }

    /// <summary>The first instant of a day; where the clock is put forward over midnight, the first that there is.</summary>
    private static DateTimeOffset? Begin(DateOnly? day, TimeZoneInfo zone)
    {
        if (day is not { Year: > 1 and < 9999 } date) return null;
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(30);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
