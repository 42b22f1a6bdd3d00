using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Web.App;
using AdStudio.Web.Features.Campaigns.Wizard;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Campaigns;

public sealed partial class EditCampaignPage : StudioPage
{
    private WizardModel? model;
    private WizardStep step;
    private WizardStep? inSight;
    private CampaignReview? review;

    [Parameter] public Guid Id { get; set; }
    [Inject] private GetCampaign Get { get; set; } = null!;
    [Inject] private SaveDraft Save { get; set; } = null!;
    [Inject] private CheckSpec Check { get; set; } = null!;
    [Inject] private ListAdAccounts Accounts { get; set; } = null!;
    [Inject] private LaunchCampaign Launch { get; set; } = null!;
    [Inject] private ScheduleCampaign Schedule { get; set; } = null!;
    [Inject] private ListLeadForms LeadForms { get; set; } = null!;
    [Inject] private PlatformSet Platforms { get; set; } = null!;
    [Inject] private FindActor FindActor { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private Browser Browser { get; set; } = null!;

    private bool MayLaunch => review is { CanLaunch: true } && model is { Draft: { IsSaved: true } };

    private static string Line => "Every change is saved as you type.";

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        step = StepHere;
        await RunAsync(async ct =>
        {
            if (!Take(await Get.RunAsync(Actor, Id, ct), out var campaign)) return;
            if (!campaign.IsRewritable() || !Actor.ManagesCampaign(campaign))
            {
                Navigation.NavigateTo(campaign.LaunchedAt is not null && Actor.ManagesCampaign(campaign) ? Urls.ChangeCampaign(Id) : Urls.Campaign(Id), replace: true);
                return;
            }
            if (!Take(await Accounts.RunAsync(Actor, new ConnectionFilter(campaign.WorkspaceId), ct), out var accounts)) return;
            var draft = new WizardDraft(campaign, Time, SaveAsync);
            draft.Changed += Redraw;
            var forms = (await LeadForms.RunAsync(Actor, campaign.WorkspaceId, ct)).TryGet(out var all, out _) ? all : [];
            model = new WizardModel(draft, campaign.Id, campaign.WorkspaceId, Platforms.Installed, accounts) { LeadForms = [.. forms.Where(f => f.Status == LeadFormStatus.Active)] };
            model.Changed += Redraw;
            await CheckAsync(ct);
        });
    }

    private WizardStep StepHere => Navigation.QueryEnum<WizardStep>("step") ?? WizardStep.Goal;

    /// <summary>With the grants as they are at that moment: a draft may be saved long after the page was opened, and once more after it was left.</summary>
    private async Task<Result<SavedDraft>> SaveAsync(string name, CampaignSpec spec, long version)
    {
        if (await FindActor.RunAsync(Actor.Id, "page", CancellationToken.None) is not { } actor) return new CampaignNotFound();
        var saved = await Save.RunAsync(actor, Id, name, spec, version, CancellationToken.None);
        _ = InvokeAsync(() => RunAsync(CheckAsync));
        return saved;
    }

    private async Task CheckAsync(CancellationToken ct)
    {
        if (model is null) return;
        if ((await Check.RunAsync(Actor, model.WorkspaceId, model.Draft.Name, model.Spec, ct)).TryGet(out var findings, out _)) model.Findings = findings;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (model is null || step == inSight) return;
        inSight = step;
        // On a phone the steps are wider than the window.
        await Browser.ScrollToAsync($"step-{step}");
    }

    private void Redraw() => _ = InvokeAsync(StateHasChanged);

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (model is null || StepHere == step) return;
        model.Leave(step);
        if (StepHere == WizardStep.Review) foreach (var each in WizardSteps.All) model.Leave(each);
        (step, review) = (StepHere, null);
        StateHasChanged();
        await model.Draft.SaveAsync();
    });

    private async Task SettleAsync(IReadOnlySet<string> theirs)
    {
        if (model is not null) await model.Draft.SettleAsync(theirs);
    }

    private async Task LaunchAsync()
    {
        if (review is not { } ready || model is null) return;
        var left = ready.Platforms.Where(p => p.LeftOutBecause is not null).Select(p => p.Platform.Label()).Distinct().ToList();
        var where = Words.List(ready.Platforms.Where(p => p.LeftOutBecause is null).Select(p => p.Platform.Label()).Distinct());
        var without = left.Count > 0 ? $" {Words.List(left)} {(left.Count == 1 ? "is" : "are")} left out." : "";
        if (!await Confirm.AskAsync($"Launch on {where}?", $"From now on it may spend {Money(ready)}.{without}", "Launch", danger: false)) return;
        await RunAsync(async ct =>
        {
            if (!Take(await Launch.RunAsync(Actor, Id, ct), out var started)) return;
            if (started.Waits) Toasts.Done("Waiting for approval");
            Navigation.NavigateTo(started.Waits ? Urls.Campaign(Id) : Urls.With(Urls.Campaign(Id), ("tab", "platforms")));
        });
    }

    private async Task ScheduleAsync()
    {
        if (review is not { } ready || model is null) return;
        if (!await Confirm.AskAsync("Schedule the launch?", $"It launches by itself {SpecWords.Schedule(model.Spec)}, and may then spend {Money(ready)}.", "Schedule", danger: false)) return;
        await RunAsync(async ct =>
        {
            if (!Take(await Schedule.RunAsync(Actor, Id, null, ct), out var planned)) return;
            if (planned.Waits) Toasts.Done("Waiting for approval");
            Navigation.NavigateTo(Urls.Campaign(Id));
        });
    }

    private static string Money(CampaignReview ready) =>
        ready.PerDay.Count > 0
            ? string.Join(" and ", ready.PerDay) + " a day" + (ready.InAll.Count > 0 ? $", {string.Join(" and ", ready.InAll)} in all" : ", until it is paused")
            : string.Join(" and ", ready.InAll) + " in all";

    protected override void OnLeaving()
    {
        Navigation.LocationChanged -= Moved;
        if (model is null) return;
        model.Changed -= Redraw;
        model.Draft.Changed -= Redraw;
        model.Draft.Dispose();
    }
}
