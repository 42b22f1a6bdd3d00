using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Web.App;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Campaigns;

public sealed partial class CampaignPage : StudioPage
{
    private Campaign? campaign;
    private bool may;
    private string spent = Shown.Nothing;
    private bool changingBudget, savingTemplate;

    /// <summary>Of a campaign that was made on the platform, its budget alone can be changed here.</summary>
    private RenderFragment Change => builder =>
    {
        builder.OpenComponent<Button>(0);
        builder.AddComponentParameter(1, nameof(Button.Icon), "edit");
        if (campaign!.Origin == CampaignOrigin.Imported) builder.AddComponentParameter(2, nameof(Button.OnClick), EventCallback.Factory.Create(this, () => changingBudget = true));
        else builder.AddComponentParameter(3, nameof(Button.Href), Urls.ChangeCampaign(Id));
        builder.AddComponentParameter(4, nameof(Button.ChildContent), (RenderFragment)(b => b.AddContent(0, campaign.Origin == CampaignOrigin.Imported ? "Change budget" : "Change")));
        builder.CloseComponent();
    };

    [Parameter] public Guid Id { get; set; }
    [Inject] private GetCampaign Get { get; set; } = null!;
    [Inject] private GetCampaignMetrics Metrics { get; set; } = null!;
    [Inject] private PauseCampaign Pause { get; set; } = null!;
    [Inject] private ResumeCampaign Resume { get; set; } = null!;
    [Inject] private RetryLaunch Retry { get; set; } = null!;
    [Inject] private UnscheduleCampaign Unschedule { get; set; } = null!;
    [Inject] private DuplicateCampaign Duplicate { get; set; } = null!;
    [Inject] private DeleteCampaign Delete { get; set; } = null!;
    [Inject] private RestoreCampaign Restore { get; set; } = null!;

    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        return ReadAsync();
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(StateHasChanged);

    private Task ReadAsync() => RunAsync(async ct =>
    {
        if (!Take(await Get.RunAsync(Actor, Id, ct), out var found)) return;
        (campaign, may) = (found, Actor.ManagesCampaign(found));
        StateHasChanged();
        var week = new NumbersQuery { WorkspaceId = found.WorkspaceId, Range = new RangeChoice(RangePreset.Last7Days), Compare = false };
        if (found.LaunchedAt is not null && (await Metrics.RunAsync(Actor, Id, week, ct)).TryGet(out var metrics, out _) && metrics.Currencies.Any(c => c.Sums is not null))
            spent = string.Join(" + ", metrics.Currencies.Where(c => c.Sums is not null).Select(c => Shown.Money(c.Sums!.Value.SpendMicros, c.Currency)));
    });

    private Task PauseAsync() => ActAsync(ct => Pause.RunAsync(Actor, Id, ct), "Pausing");

    private async Task ResumeAsync()
    {
        if (await Confirm.AskAsync($"Resume “{campaign!.Name}”?", $"It goes on spending {SpecWords.Budget(campaign.Spec)}.", "Resume", danger: false))
            await ActAsync(ct => Resume.RunAsync(Actor, Id, ct), "Resuming");
    }

    private Task RetryAsync() => RunAsync(async ct =>
    {
        foreach (var platform in campaign!.Platforms.Where(p => p.Status == PlatformStatus.Failed).Select(p => p.Platform).Distinct().ToList())
            if (!Take(await Retry.RunAsync(Actor, Id, platform, ct))) return;
        Navigation.NavigateTo(Urls.With(Urls.Campaign(Id), ("tab", "platforms")));
        await ReadAsync();
    });

    private Task UnscheduleAsync() => ActAsync(ct => Unschedule.RunAsync(Actor, Id, ct), "It is a draft again");

    private Task ActAsync<T>(Func<CancellationToken, Task<Result<T>>> act, string said) => RunAsync(async ct =>
    {
        if (!Take(await act(ct), out var done)) return;
        Toasts.Done(done is WorkStarted { Waits: true } ? "Waiting for approval" : said);
        if (typeof(T) == typeof(WorkStarted)) Navigation.NavigateTo(Urls.With(Urls.Campaign(Id), ("tab", "platforms")));
        await ReadAsync();
    });

    private Task DuplicateAsync() => RunAsync(async ct =>
    {
        if (Take(await Duplicate.RunAsync(Actor, Id, ct), out var copy)) Navigation.NavigateTo(Urls.EditCampaign(copy.Id));
    });

    private Task DeleteAsync() => RunAsync(async ct =>
    {
        if (!Take(await Delete.RunAsync(Actor, Id, ct))) return;
        // The toast outlives this page: what it needs is taken along.
        var (restore, actor, id, navigation) = (Restore, Actor, Id, Navigation);
        Toasts.Done($"“{campaign!.Name}” deleted", async () =>
        {
            if ((await restore.RunAsync(actor, id, CancellationToken.None)).IsDone) navigation.NavigateTo(Urls.Campaign(id));
        });
        Navigation.NavigateTo(Urls.Campaigns);
    });

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    protected override void OnLeaving() => Navigation.LocationChanged -= Moved;
}
