using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Web.App;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using AdStudio.Web.Shared.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Campaigns;

public sealed partial class CampaignsPage : StudioPage
{
    private const int PageSize = 25;

    private static readonly (string, string)[] StatusItems = [.. Enum.GetValues<CampaignStatus>().Select(s => (s.ToString().ToLowerInvariant(), Status.Of(s).Text))];
    private static readonly (string, string)[] GoalItems = [.. Enum.GetValues<Objective>().Select(o => (o.ToString().ToLowerInvariant(), o.Label().ToLowerInvariant()))];

    private Page<CampaignRow>? page;
    private ILookup<Guid, CampaignNumbersRow> numbers = Array.Empty<CampaignNumbersRow>().ToLookup(r => r.CampaignId);
    private IReadOnlyList<Outcome> outcomes = [];
    private string outcomeTitle = "";
    private string? read;

    /// <summary>What became of one of several campaigns.</summary>
    private sealed record Outcome(Guid CampaignId, string Name, string Said, string? WhyNot);

    [Inject] private ListCampaigns List { get; set; } = null!;
    [Inject] private ListCampaignNumbers Numbers { get; set; } = null!;
    [Inject] private DuplicateCampaign Duplicate { get; set; } = null!;
    [Inject] private DeleteCampaign Delete { get; set; } = null!;
    [Inject] private RestoreCampaign Restore { get; set; } = null!;
    [Inject] private BulkLaunch Launch { get; set; } = null!;
    [Inject] private BulkPause Pause { get; set; } = null!;
    [Inject] private PlatformSet Installed { get; set; } = null!;

    private (string, string)[] PlatformItems => [.. Installed.Installed.Select(p => (p.Wire(), p.Label()))];
    private string? sort => Navigation.Query("sort");
    private int PageNumber => Math.Max(1, Navigation.QueryInt("page", 1));
    private bool Filtered => Navigation.QueryList("status").Count + Navigation.QueryList("on").Count > 0 || Navigation.Query("goal") is not null || Navigation.Query("q") is not null;

    private CampaignFilter Filter
    {
        get
        {
            var order = Sorting.Parse(sort);
            return new CampaignFilter
            {
                WorkspaceId = Workspace?.Id,
                Search = Navigation.Query("q"),
                Statuses = [.. Navigation.QueryList("status").Select(s => Enum.TryParse<CampaignStatus>(s, true, out var status) ? status : (CampaignStatus?)null).OfType<CampaignStatus>()],
                Platforms = [.. Navigation.QueryList("on").Select(p => PlatformNames.TryParse(p, out var platform) ? platform : (Platform?)null).OfType<Platform>()],
                Objective = Navigation.QueryEnum<Objective>("goal"),
                Sort = Enum.TryParse<CampaignSort>(order.Key, true, out var by) ? by : CampaignSort.Changed,
                Descending = order.Key is null || order.Down,
                Offset = (PageNumber - 1) * PageSize,
                Limit = PageSize,
            };
        }
    }

    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        return ReadAsync();
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath == Urls.Campaigns && e.Location != read) await ReadAsync();
    });

    private Task ReadAsync() => RunAsync(async ct =>
    {
        read = Navigation.Uri;
        if (!Take(await List.RunAsync(Actor, Filter, ct), out var found)) return;
        page = found;
        StateHasChanged();
        var week = new CampaignNumbersQuery { Numbers = new NumbersQuery { WorkspaceId = Workspace?.Id, Range = new RangeChoice(RangePreset.Last7Days), Compare = false }, Limit = 500 };
        if ((await Numbers.RunAsync(Actor, week, ct)).TryGet(out var sums, out _)) numbers = sums.Rows.Items.ToLookup(r => r.CampaignId);
    });

    private void Set(params (string, object?)[] values) => Navigation.SetQuery(values);

    private void ClearFilters() => Set(("status", null), ("on", null), ("goal", null), ("q", null), ("page", null));

    private static string HrefOf(CampaignRow row) => row.Status == CampaignStatus.Draft ? Urls.EditCampaign(row.Id) : Urls.Campaign(row.Id);

    private string Spend(CampaignRow row)
    {
        var sums = numbers[row.Id].Where(n => n.Sums is not null).ToList();
        return sums.Count == 0 ? Shown.Nothing : string.Join(" + ", sums.Select(n => Shown.Money(n.Sums!.Value.SpendMicros, n.Currency)));
    }

    private decimal? Conversions(CampaignRow row)
    {
        var sums = numbers[row.Id].Where(n => n.Sums is not null).ToList();
        return sums.Count == 0 ? null : sums.Sum(n => n.Sums!.Value.Conversions);
    }

    private async Task LaunchAsync(IReadOnlyList<CampaignRow> chosen)
    {
        var money = string.Join(" and ", chosen.Select(c => c.Budget).OfType<Money>().GroupBy(m => m.Currency).Select(g => g.Aggregate((a, b) => a + b).ToString()));
        if (!await Confirm.AskAsync($"Launch {Shown.Count(chosen.Count, "campaign")}?", $"Their budgets come to {(money.Length > 0 ? money : "nothing yet")}. What isn't ready is left alone and says why.", "Launch", danger: false)) return;
        await BulkAsync(chosen, ct => Launch.RunAsync(Actor, [.. chosen.Select(c => c.Id)], ct), "is launching", "launched");
    }

    private Task PauseAsync(IReadOnlyList<CampaignRow> chosen) => BulkAsync(chosen, ct => Pause.RunAsync(Actor, [.. chosen.Select(c => c.Id)], ct), "is pausing", "paused");

    private Task BulkAsync(IReadOnlyList<CampaignRow> chosen, Func<CancellationToken, Task<Result<IReadOnlyList<BulkOutcome>>>> act, string said, string verb) => RunAsync(async ct =>
    {
        if (!Take(await act(ct), out var done)) return;
        outcomes = [.. done.Select(o => new Outcome(o.CampaignId, chosen.First(c => c.Id == o.CampaignId).Name, said, o.WhyNot?.Message))];
        outcomeTitle = $"{done.Count(o => o.WhyNot is null)} of {Shown.Count(done.Count, "campaign")} {verb}";
        await ReadAsync();
    });

    private Task DuplicateAsync(CampaignRow row) => RunAsync(async ct =>
    {
        if (!Take(await Duplicate.RunAsync(Actor, row.Id, ct), out var copy)) return;
        Toasts.Done($"“{copy.Name}” is a draft now", Urls.EditCampaign(copy.Id), "Open it");
        await ReadAsync();
    });

    private Task DeleteAsync(CampaignRow row) => RunAsync(async ct =>
    {
        if (!Take(await Delete.RunAsync(Actor, row.Id, ct))) return;
        Toasts.Done($"“{row.Name}” deleted", () => RunAsync(async again =>
        {
            if (Take(await Restore.RunAsync(Actor, row.Id, again))) await ReadAsync();
        }));
        await ReadAsync();
    });

    protected override void OnLeaving() => Navigation.LocationChanged -= Moved;
}
