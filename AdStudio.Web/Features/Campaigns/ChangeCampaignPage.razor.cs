using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Web.App;
using AdStudio.Web.Features.Campaigns.Wizard;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Campaigns;

/// <summary>Changes what runs: the wizard's steps that a launched campaign still has, and a review of what each platform would receive.</summary>
public sealed partial class ChangeCampaignPage : StudioPage
{
    private static readonly IReadOnlyList<WizardStep> Steps = [WizardStep.Budget, WizardStep.Audience, WizardStep.Creative, WizardStep.Review];

    private WizardModel? model;
    private WizardStep step;
    private EditReview? review;
    private string running = "";
    private List<Platform> live = [];

    [Parameter] public Guid Id { get; set; }
    [Inject] private GetCampaign Get { get; set; } = null!;
    [Inject] private GetEdit GetEdit { get; set; } = null!;
    [Inject] private SaveEdit Save { get; set; } = null!;
    [Inject] private DiscardEdit Discard { get; set; } = null!;
    [Inject] private EditCampaign Edit { get; set; } = null!;
    [Inject] private CheckSpec Check { get; set; } = null!;
    [Inject] private ListAdAccounts Accounts { get; set; } = null!;
    [Inject] private PlatformSet Platforms { get; set; } = null!;
    [Inject] private FindActor FindActor { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    private int At => Math.Max(0, Steps.ToList().IndexOf(step));

    private WizardStep StepHere => Navigation.QueryEnum<WizardStep>("step") is { } asked && Steps.Contains(asked) ? asked : Steps[0];

    /// <summary>What each platform says of a change on this step, before anything is written.</summary>
    private List<(Platform Platform, string Words)> Limits => [.. live.SelectMany(platform => KindsOf(step).Select(kind => (platform, kind))).Select(x => (x.platform, Words: WordsOf(x.platform, x.kind))).Where(x => x.Words is not null).Select(x => (x.platform, x.Words!))];

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        step = StepHere;
        await RunAsync(OpenAsync);
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        if (!Take(await Get.RunAsync(Actor, Id, ct), out var campaign)) return;
        if (campaign.IsRewritable() || campaign.Origin == CampaignOrigin.Imported || !Actor.ManagesCampaign(campaign))
        {
            Navigation.NavigateTo(campaign.IsRewritable() ? Urls.EditCampaign(Id) : Urls.Campaign(Id), replace: true);
            return;
        }
        if (!Take(await Accounts.RunAsync(Actor, new ConnectionFilter(campaign.WorkspaceId), ct), out var accounts)) return;
        if (!Take(await GetEdit.RunAsync(Actor, Id, ct), out var edit)) return;
        running = campaign.Name;
        live = [.. campaign.Platforms.Where(p => p.ExternalId is not null).Select(p => p.Platform).Distinct().Order()];
        var draft = new WizardDraft(edit is null ? (campaign.Name, campaign.Spec) : (edit.Name, edit.Spec), edit?.Version ?? 0, edit?.UpdatedAt ?? campaign.UpdatedAt, Time, SaveAsync);
        draft.Changed += Redraw;
        model = new WizardModel(draft, campaign.Id, campaign.WorkspaceId, Platforms.Installed, accounts) { IsLaunched = true };
        model.Changed += Redraw;
        await CheckAsync(ct);
    }

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

    private void Redraw() => _ = InvokeAsync(StateHasChanged);

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (model is null || StepHere == step) return;
        model.Leave(step);
        (step, review) = (StepHere, null);
        StateHasChanged();
        await model.Draft.SaveAsync();
    });

    private async Task SettleAsync(IReadOnlySet<string> theirs)
    {
        if (model is not null) await model.Draft.SettleAsync(theirs);
    }

    private async Task SendAsync()
    {
        if (review is not { CanSend: true } ready || model is null) return;
        var where = Words.List(ready.Platforms.Where(p => p.WhyNot is null).Select(p => p.Platform.Label()).Distinct());
        if (!await Confirm.AskAsync(where.Length == 0 ? "Keep the change here?" : $"Send the change to {where}?", string.Join(" ", ready.Differences.Select(d => $"{d.Title}: {d.Theirs} becomes {d.Yours}.")), where.Length == 0 ? "Keep" : "Send", danger: false)) return;
        await RunAsync(async ct =>
        {
            if (!Take(await Edit.RunAsync(Actor, Id, model.Draft.Name, model.Spec, model.Draft.Version, ct), out var started)) return;
            Toasts.Done(started.Waits ? "Waiting for approval" : started.Platforms.Any(p => p.WhyNot is null) ? "Sending the change" : "Changed here");
            Navigation.NavigateTo(Urls.With(Urls.Campaign(Id), ("tab", "platforms")));
        });
    }

    private async Task DiscardAsync()
    {
        if (!await Confirm.AskAsync("Discard the change?", "What was written here is thrown away. What runs stays as it is.", "Discard")) return;
        await RunAsync(async ct =>
        {
            if (Take(await Discard.RunAsync(Actor, Id, ct))) Navigation.NavigateTo(Urls.Campaign(Id));
        });
    }

    private static EditKind[] KindsOf(WizardStep step) => step switch { WizardStep.Budget => [EditKind.Budget, EditKind.Dates], WizardStep.Audience => [EditKind.Targeting], WizardStep.Creative => [EditKind.Creatives], _ => [] };

    private static string? WordsOf(Platform platform, EditKind kind)
    {
        if (Catalogue.Of(platform).Rules is not { } rules) return null;
        var name = platform.Label();
        return rules.Edits.FirstOrDefault(e => e.Kind == kind) is { } offer ? offer.Note : kind == EditKind.Budget ? null : $"{name} can't change the {(kind == EditKind.Dates ? "dates" : kind == EditKind.Targeting ? "targeting" : "creatives")} of what runs.";
    }

    protected override void OnLeaving()
    {
        Navigation.LocationChanged -= Moved;
        if (model is null) return;
        model.Changed -= Redraw;
        model.Draft.Changed -= Redraw;
        model.Draft.Dispose();
    }
}
