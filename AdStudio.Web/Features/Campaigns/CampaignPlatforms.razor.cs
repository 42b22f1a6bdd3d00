using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Campaigns;

public sealed partial class CampaignPlatforms : StudioPage
{
    // Work on another node tells nothing here: it is asked for.
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    private CampaignProgress? progress;
    private IDisposable? subscription;
    private ITimer? timer;
    private int reading;
    private CampaignStatus shown;

    [Parameter, EditorRequired] public Guid CampaignId { get; set; }

    /// <summary>The campaign's status as the page shows it.</summary>
    [Parameter, EditorRequired] public CampaignStatus Status { get; set; }

    /// <summary>Told when the campaign's status is another one than the page shows.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }
    [Inject] private GetCampaignProgress Get { get; set; } = null!;
    [Inject] private RetryLaunch Retry { get; set; } = null!;
    [Inject] private RollBackLaunch RollBack { get; set; } = null!;
    [Inject] private OperationSignals Signals { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        subscription = Signals.Subscribe(id => { if (id == CampaignId) Refresh(); });
        timer = Time.CreateTimer(_ => { if (progress is { IsAtWork: true }) Refresh(); }, null, AskAgain, AskAgain);
        await ReadAsync();
    }

    /// <summary>The page reads while work goes on, so what it read may be older than what is known here.</summary>
    protected override void OnParametersSet()
    {
        if (shown == Status) return;
        shown = Status;
        if (progress is { } known && known.Status != Status) Refresh();
    }

    private void Refresh()
    {
        // While one reading is under way, the next would only ask the same.
        if (Interlocked.CompareExchange(ref reading, 1, 0) == 0) _ = InvokeAsync(ReadAsync);
    }

    private Task ReadAsync() => RunAsync(async ct =>
    {
        Interlocked.Exchange(ref reading, 0);
        if (!Take(await Get.RunAsync(Actor, CampaignId, ct), out var read)) return;
        progress = read;
        if (read.Status != Status) await OnChanged.InvokeAsync();
    });

    private Task RetryAsync(PlatformProgress there) => ActAsync(ct => Retry.RunAsync(Actor, CampaignId, there.Platform, ct, there.Standing.GroupName));

    private async Task RollBackAsync(PlatformProgress there)
    {
        var group = there.Standing.GroupName;
        var what = group.Length == 0 ? "this launch" : $"this launch for {group}";
        if (await Confirm.AskAsync($"Roll back on {CountryGroups.Label(there.Platform, group)}?", $"All that {what} made on {there.Platform.Label()} is removed there. The draft and {(group.Length == 0 ? "the other platforms" : "the other groups and platforms")} stay.", "Roll back"))
            await ActAsync(ct => RollBack.RunAsync(Actor, CampaignId, there.Platform, ct, group));
    }

    private Task ActAsync(Func<CancellationToken, Task<Result<WorkStarted>>> act) => RunAsync(async ct =>
    {
        if (!Take(await act(ct), out var started)) return;
        if (started.Waits) Toasts.Done("Waiting for approval");
        if ((await Get.RunAsync(Actor, CampaignId, ct)).TryGet(out var read, out _)) progress = read;
        await OnChanged.InvokeAsync();
    });

    private static string Line(PlatformProgress there)
    {
        var parts = new List<string?> { there.Standing.AdAccountName, there.Standing.Budget?.ToString(), there.Standing.ExternalId is { } id ? $"id {id}" : null };
        return string.Join(" · ", parts.OfType<string>());
    }

    protected override void OnLeaving()
    {
        subscription?.Dispose();
        timer?.Dispose();
    }
}
