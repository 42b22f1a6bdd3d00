using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Upkeep;
using AdStudio.Web.App;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace AdStudio.Web.Features.Settings;

/// <summary>The audit by days, filtered by the address. j and k move, Enter opens.</summary>
public sealed partial class ActivityPage : StudioPage
{
    private const int Size = 100;

    private readonly Dictionary<Guid, DeedRow> rows = [];
    private readonly Dictionary<Guid, string> names = [];
    private ActivityUrl url = ActivityUrl.Of(_ => null);
    private List<AuditLine> lines = [];
    private IReadOnlyList<Deed>? deeds;
    private AuditChoices? choices;
    private IReadOnlyList<(string Value, string Name)> whos = [];
    private HistoryCursor? next;
    private Guid? here;

    [Inject] private ReadAudit Read { get; set; } = null!;
    [Inject] private ListAuditChoices Choices { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = TimeProvider.System;

    private string ExportHref => url.Href(Urls.With(ActivityCsv.Path, ("zone", Frame.Ready.Zone.Id)));

    private HistoryFilter Filter => url.Filter(Frame.Ready.Zone, Time.GetUtcNow()) with { Limit = Size };

    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        return RunAsync(async ct =>
        {
            await LoadAsync(ct);
            choices = await Choices.RunAsync(Actor, new HistoryFilter(), ct);
            whos = WhosOf(choices);
        });
    }

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        if (Navigation.ToBaseRelativePath(e.Location).Split('?')[0] == Urls.Activity[1..]) _ = InvokeAsync(ReloadAsync);
    }

    private Task ReloadAsync() => RunAsync(LoadAsync);

    private async Task LoadAsync(CancellationToken ct)
    {
        url = ActivityUrl.Of(Navigation.Query);
        var asked = url;
        var page = await Read.RunAsync(Actor, Filter, ct);
        if (asked != url) return; // another choice was made meanwhile
        lines = [];
        Take(page);
        StateHasChanged();
    }

    private Task OlderAsync() => RunAsync(async ct => Take(await Read.RunAsync(Actor, Filter with { After = next }, ct)));

    private void Take(AuditPage page)
    {
        lines.AddRange(page.Lines);
        foreach (var (id, name) in page.Names) names[id] = name;
        (deeds, next) = (Deed.Fold(lines), page.Next);
    }

    private static List<(string Value, string Name)> WhosOf(AuditChoices choices) =>
    [
        .. Enum.GetValues<ActorKind>().Select(k => (k.ToString().ToLowerInvariant(), AuditWords.Kinds(k))),
        .. choices.Actors.Select(a => (a.Id.ToString(), a.Kind == ActorKind.Person ? a.Name : $"{a.Name} ({AuditWords.Kind(a.Kind)})")),
    ];

    /// <summary>What there is to choose from, with what is chosen already even before it was read.</summary>
    private static List<(string Value, string Name)> Chosen(IReadOnlyList<string>? words, string? chosen, Func<string, string> say) =>
        [.. (words ?? []).Concat(chosen is null ? [] : [chosen]).Distinct().Select(w => (w, say(w))).OrderBy(w => w.Item2, StringComparer.OrdinalIgnoreCase)];

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Frame.Ready.Zone).DateTime);

    private string DayWords(DateOnly day) => (DayOf(Time.GetUtcNow()).DayNumber - day.DayNumber) switch
    {
        0 => "Today",
        1 => "Yesterday",
        _ => day.ToString("dddd, d MMM yyyy", Shown.Culture),
    };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", Shown.Culture);

    private async Task KeyAsync(KeyboardEventArgs e)
    {
        if (deeds is not { Count: > 0 } all || e.CtrlKey || e.MetaKey || e.AltKey || e.Key is not ("j" or "k")) return;
        var index = all.ToList().FindIndex(d => d.Id == here);
        here = all[Math.Clamp(index + (e.Key == "j" ? 1 : -1), 0, all.Count - 1)].Id;
        if (rows.TryGetValue(here.Value, out var row)) await row.FocusAsync();
    }

    protected override void OnLeaving() => Navigation.LocationChanged -= Moved;
}
