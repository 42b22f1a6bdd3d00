using System.Globalization;
using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Reading;

/// <summary>The query of an address, read value by value; what is wrong is collected.</summary>
internal sealed class GivenQuery(HttpContext http)
{
    private readonly IQueryCollection query = http.Request.Query;

    public List<FieldProblem> Problems { get; } = [];
    public ApiProblem? Refusal() => Problems.Count == 0 ? null : ApiProblem.Of(new InvalidError(Problems));

    public string? Text(string name, int max = 200)
    {
        var text = query[name].ToString();
        return text.Length == 0 ? null : text.Length > max || text.Contains('\0', StringComparison.Ordinal) ? Wrong<string>(name, $"should have at most {max} characters") : text;
    }

    public int Whole(string name, int otherwise, int min, int max)
    {
        if (Text(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        Wrong<object>(name, $"should be a whole number from {min} to {max}");
        return otherwise;
    }

    public bool? Flag(string name) => Text(name)?.ToLowerInvariant() switch { null => null, "true" or "1" or "yes" => true, "false" or "0" or "no" => false, _ => Wrong<bool?>(name, "should be true or false") };

    public Guid? Id(string name, string prefix) => Text(name) is not { } text ? null : PublicId.TryParse(prefix, text, out var id) ? id : Wrong<Guid?>(name, "should be an id");

    /// <summary>Given several times, or with commas.</summary>
    public IReadOnlyList<string> Many(string name)
    {
        List<string> parts = [.. query[name].SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Take(201)];
        if (parts.Count <= 200) return parts;
        Wrong<object>(name, "should have at most 200 entries");
        return [];
    }

    public T? Word<T>(string name, IReadOnlyDictionary<string, T> words) where T : struct =>
        Text(name) is not { } text ? null : words.TryGetValue(text.ToLowerInvariant(), out var value) ? value : Wrong<T?>(name, $"should be one of {string.Join(", ", words.Keys)}");

    public IReadOnlyList<T> Words<T>(string name, IReadOnlyDictionary<string, T> words) where T : struct
    {
        List<T> list = [];
        foreach (var text in Many(name))
            if (words.TryGetValue(text.ToLowerInvariant(), out var value)) list.Add(value);
            else Wrong<object>(name, $"should be one of {string.Join(", ", words.Keys)}");
        return list;
    }

    public IReadOnlyList<Guid> Ids(string name, string prefix)
    {
        List<Guid> list = [];
        foreach (var text in Many(name))
            if (PublicId.TryParse(prefix, text, out var id)) list.Add(id);
            else Wrong<object>(name, "should be ids");
        return list;
    }

    public IReadOnlyList<Platform> Platforms(string name = "platforms")
    {
        List<Platform> list = [];
        foreach (var text in Many(name).Concat(name == "platforms" ? Many("platform") : []))
            if (PlatformNames.TryParse(text, out var platform)) list.Add(platform);
            else Wrong<object>(name, $"should be among {string.Join(", ", Enum.GetValues<Platform>().Select(p => p.CrmWire()))}");
        return list;
    }

    /// <summary>A range of days, by its ends or by a word such as "30d"; null when none is given.</summary>
    public RangeChoice? Range(string from = "startDate", string to = "endDate", string word = "range")
    {
        var (first, last) = (Day(from), Day(to));
        if (first is { } f && last is { } l)
        {
            var choice = RangeChoice.Of(f, l);
            return choice.Check() is { } wrong ? WrongRange(to, wrong.Text) : choice;
        }
        if (Problems.Exists(p => p.Field == from || p.Field == to)) return null;
        if (first is not null || last is not null) return WrongRange(first is null ? from : to, $"{(first is null ? from : to)} is missing: give both ends.");
        if (word.Length == 0 || Text(word) is not { } text) return null;
        return RangeChoice.TryParse(text, out var named) ? named : WrongRange(word, $"{word} should be a range such as 7d, 30d, this-month or 2026-05-01..2026-05-31");
    }

    private RangeChoice? WrongRange(string name, string message)
    {
        Problems.Add(new(name, message));
        return null;
    }

    private DateOnly? Day(string name) => Text(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2100 ? day
        : Wrong<DateOnly?>(name, "should be a day such as 2026-11-24");

    private T? Wrong<T>(string name, string what)
    {
        if (!Problems.Exists(p => p.Field == name)) Problems.Add(new(name, $"{name} {what}"));
        return default;
    }
}
