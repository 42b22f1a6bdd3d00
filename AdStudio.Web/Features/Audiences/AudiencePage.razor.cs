using AdStudio.Core.Audiences;
using AdStudio.Core.Platforms;
using AdStudio.Web.App;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Audiences;

/// <summary>One audience: who is in it, where it stands, and how far each copy is. Looks again by itself while something is under way.</summary>
public sealed partial class AudiencePage
{
    private static readonly TimeSpan Close = TimeSpan.FromSeconds(2);

    private AudienceRow? row;
    private AudienceInUse? uses;
    private IReadOnlyList<AudienceRow> sources = [];
    private bool editing, adding, removing, placing, deleting;
    private Guid shown;

    [Parameter] public Guid Id { get; set; }
    [Inject] private GetAudience Get { get; set; } = null!;
    [Inject] private FindAudienceUses Find { get; set; } = null!;
    [Inject] private ListAudiences List { get; set; } = null!;
    [Inject] private RestoreAudience Restore { get; set; } = null!;
    [Inject] private RetryPlacement Retry { get; set; } = null!;
    [Inject] private TakeOffAccount TakeOff { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    private bool IsList => row?.Type == AudienceType.CustomerMatch;
    private bool CanBePlaced => row?.Type is not (AudienceType.Saved or AudienceType.Existing or null);

    private string State => row switch
    {
        { Type: AudienceType.Saved } => "–",
        { Platforms.Count: 0 } => "Nowhere yet",
        _ when row!.Platforms.Any(p => p.Status == PlacementStatus.Failed) => "Needs a look",
        _ when row.Platforms.Any(p => p.IsMoving) => "Under way",
        _ => IsList ? "In step" : "Ready",
    };

    protected override Task OnParametersSetAsync()
    {
        if (shown == Id) return Task.CompletedTask;
        (shown, row, uses) = (Id, null, null);
        return RunAsync(LoadAsync);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _ = WatchAsync();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        if (!Take(await Get.RunAsync(Actor, Id, ct), out var found)) return;
        row = found;
        if (Take(await Find.RunAsync(Actor, Id, ct), out var known)) uses = known;
        if (found.Type == AudienceType.Lookalike && Take(await List.RunAsync(Actor, new(found.WorkspaceId, Limit: 200), ct), out var all))
            sources = [.. all.Items.Where(a => a.Id != Id && a.Type is AudienceType.CustomerMatch or AudienceType.Retargeting or AudienceType.Existing)];
    }

    /// <summary>Quietly: nothing on the page turns busy for it.</summary>
    private async Task WatchAsync()
    {
        try
        {
            while (!Leaving.IsCancellationRequested)
            {
                await Task.Delay(Close, Time, Leaving);
                if (row is null || !row.Platforms.Any(p => p.IsMoving)) continue;
                if ((await Get.RunAsync(Actor, Id, Leaving)).TryGet(out var found, out _) && found.Id == Id) await InvokeAsync(() =>
                {
                    row = found;
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private string Said(AudienceOnPlatform place) => place switch
    {
        { IsTakenOver: true } => "Stood there before; used as it is",
        { ExternalId: "" } => "Is not there yet",
        { Uploaded: > 0, Unreadable: > 0 } => $"{Shown.Count(place.Uploaded, "member")} there; of the last ones sent, {Shown.Count(place.Unreadable, "row")} could not be read",
        { Uploaded: > 0 } => $"{Shown.Count(place.Uploaded, "member")} there",
        _ => IsList ? "Stands there, empty" : "Made there",
    };

    private string When(DateTimeOffset next) => (next - Time.GetUtcNow()).TotalMinutes switch
    {
        <= 1 => "within a minute",
        < 90 and var minutes => $"in {Shown.Count((int)Math.Ceiling(minutes), "minute")}",
        var minutes => $"in {Shown.Count((int)Math.Round(minutes / 60), "hour")}",
    };

    private Task RetryAsync(AudienceOnPlatform place) => RunAsync(async ct =>
    {
        if (Take(await Retry.RunAsync(Actor, place.Id, ct), out var changed)) row = changed;
    });

    private async Task TakeOffAsync(AudienceOnPlatform place)
    {
        var running = uses?.Uses.Where(u => u.IsRunning).Select(u => $"“{u.Name}”").ToList() ?? [];
        var lost = $"“{row!.Name}” is deleted on {Catalogue.Of(place.Platform).Name}, with the members that were sent there. The audience here stays."
            + (running.Count > 0 ? $" {AudienceWords.Names(running)} {(running.Count == 1 ? "is running and uses" : "are running and use")} it; there the ads may stop, or reach other people." : "");
        if (!await Confirm.AskAsync($"Take it off {place.AccountName}?", lost, "Take it off")) return;
        await RunAsync(async ct =>
        {
            if (Take(await TakeOff.RunAsync(Actor, place.Id, ct), out var changed)) row = changed;
        });
    }

    private Task SavedAsync(AudienceRow saved) => RunAsync(async ct =>
    {
        editing = false;
        Toasts.Done($"Saved “{saved.Name}”");
        await LoadAsync(ct);
    });

    private void Placed(AudienceRow changed) => (placing, row) = (false, changed);

    private void Deleted(DeletedAudience gone)
    {
        if (gone.Leaving > 0) Toasts.Done(DeleteAudienceDialog.Said(gone));
        else Toasts.Done(DeleteAudienceDialog.Said(gone), undo: async () =>
        {
            if ((await Restore.RunAsync(Actor, gone.Id, CancellationToken.None)).Refusal is { } refusal) Toasts.Wrong(refusal.Message);
            else Navigation.NavigateTo(Urls.Audience(gone.Id));
        });
        Navigation.NavigateTo(Urls.Audiences);
    }
}
