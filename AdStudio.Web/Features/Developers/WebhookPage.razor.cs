using AdStudio.Core.Partners;
using AdStudio.Web.App;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Developers;

/// <summary>One endpoint: how it does, every delivery with every try, and what one may do with it.</summary>
public sealed partial class WebhookPage
{
    private const int Size = 25;

    private WebhookRow? webhook;
    private IReadOnlyList<DeliveryRow>? deliveries;
    private int total, at = 1, overlap = 24, hours = 24;
    private DeliveryStatus? status;
    private string? name, fresh;
    private bool changing, rotating, resending;

    [Parameter] public Guid Id { get; set; }
    [Inject] private GetWebhook Get { get; set; } = null!;
    [Inject] private ListDeliveries List { get; set; } = null!;
    [Inject] private TestWebhook Test { get; set; } = null!;
    [Inject] private ChangeWebhook Change { get; set; } = null!;
    [Inject] private RotateWebhookSecret Rotate { get; set; } = null!;
    [Inject] private DeleteWebhook Delete { get; set; } = null!;
    [Inject] private Redeliver Again { get; set; } = null!;
    [Inject] private RedeliverFailed AgainAll { get; set; } = null!;
    [Inject] private WebhookSignals Signals { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        Signals.Changed += Changed;
        return ReloadAsync();
    }

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == Urls.Webhook(Id)) _ = InvokeAsync(ReloadAsync);
    }

    private void Changed(Guid organizationId)
    {
        if (organizationId == Frame.Ready.Actor.OrganizationId) _ = InvokeAsync(ReloadAsync);
    }

    private Task ReloadAsync() => RunAsync(ReadAsync);

    private async Task ReadAsync(CancellationToken ct)
    {
        (status, name, at) = (Navigation.QueryEnum<DeliveryStatus>("state"), Navigation.Query("event"), Math.Max(1, Navigation.QueryInt("page", 1)));
        if (!Take(await Get.RunAsync(Actor, Id, ct), out var found) || !Take(await List.RunAsync(Actor, Id, new(status, name, Offset: (at - 1) * Size, Limit: Size), ct), out var page)) return;
        (webhook, deliveries, total) = (found, page.Items, page.Total);
    }

    private Task TestAsync() => RunAsync(async ct =>
    {
        if (!Take(await Test.RunAsync(Actor, Id, ct))) return;
        Toasts.Done("A ping is on its way");
        await ReadAsync(ct);
    });

    private Task SwitchAsync(bool on) => RunAsync(async ct =>
    {
        if (!Take(await Change.RunAsync(Actor, Id, new(Enabled: on), ct))) return;
        Toasts.Done(on ? "It is told again, from now on" : "Switched off", undo: () => SwitchAsync(!on));
        await ReadAsync(ct);
    });

    private async Task DeleteAsync()
    {
        if (webhook is not { } gone) return;
        if (!await Confirm.AskAsync($"Delete the webhook to {new Uri(gone.Url).Host}?", $"{gone.Url} is told nothing any more. Its secret and the record of its deliveries are lost, with {Shown.Number(gone.Waiting)} that still wait. This can't be undone.", "Delete webhook")) return;
        await RunAsync(async ct =>
        {
            if (!Take(await Delete.RunAsync(Actor, Id, ct))) return;
            Toasts.Done("The webhook is deleted");
            Navigation.NavigateTo(Urls.Webhooks);
        });
    }

    private Task RotateAsync() => RunAsync(async ct =>
    {
        if (!Take(await Rotate.RunAsync(Actor, Id, TimeSpan.FromHours(overlap), ct), out var made)) return;
        fresh = made.Secret;
        await ReadAsync(ct);
    });

    private void RotatingAsync(bool open)
    {
        rotating = open;
        if (!open) fresh = null;
    }

    private Task AgainAsync(DeliveryRow delivery) => RunAsync(async ct =>
    {
        if (!Take(await Again.RunAsync(Actor, delivery.Id, ct))) return;
        Toasts.Done($"{delivery.EventName} is sent again");
        await ReadAsync(ct);
    });

    private Task AgainAllAsync() => RunAsync(async ct =>
    {
        if (!Take(await AgainAll.RunAsync(Actor, Id, Time.GetUtcNow().AddHours(-hours), ct), out var count)) return;
        resending = false;
        Toasts.Done(count == 0 ? "None failed in that time" : $"{Shown.Count(count, "delivery", "deliveries")} {(count == 1 ? "is" : "are")} sent again");
        await ReadAsync(ct);
    });

    protected override void OnLeaving()
    {
        Navigation.LocationChanged -= Moved;
        Signals.Changed -= Changed;
    }
}
