using System.Text.Json.Serialization;
using AdStudio.Core.Common;
using AdStudio.Core.Partners;
using AdStudio.Web.Api.Advertising;
using AdStudio.Web.Api.Crm;

namespace AdStudio.Web.Api.Webhooks;

internal sealed record WebhookRequest(string Url, IReadOnlyList<string> Events)
{
    /// <summary>Hear of this project alone; left out: of your whole organization.</summary>
    public Guid? ProjectId { get; init; }

    /// <summary>What it is for, in your words.</summary>
    public string? Description { get; init; }
}

internal sealed record WebhookChangeRequest
{
    public string? Url { get; init; }
    public IReadOnlyList<string>? Events { get; init; }
    public string? Description { get; init; }

    /// <summary>false switches it off: what waits is given up, and nothing more is sent.</summary>
    public bool? Enabled { get; init; }
}

internal sealed record RotateSecretRequest
{
    /// <summary>So long the old secret signs beside the new one: 0 to 168 hours, 24 when left out.</summary>
    public int? OverlapHours { get; init; }
}

internal sealed record RedeliverFailedRequest
{
    /// <summary>Deliveries since then; left out: of the last 24 hours.</summary>
    public DateTime? Since { get; init; }
}

/// <param name="Id">Begins with wh_.</param>
/// <param name="Events">Names of events; * is all of them.</param>
/// <param name="ProjectId">The only project it hears of; null: the whole organization.</param>
/// <param name="Health">new (nothing was sent yet), good, failing, off.</param>
/// <param name="DisabledReason">Why it was switched off by itself.</param>
/// <param name="FailingSince">Since when every try has failed.</param>
/// <param name="PreviousSecretUntil">Until then the secret before this one signs too.</param>
/// <param name="Waiting">Deliveries that are still tried.</param>
/// <param name="Failed">Deliveries that were given up.</param>
internal sealed record WebhookView(
    string Id, string Url, IReadOnlyList<string> Events, string Description, Guid? ProjectId, bool Enabled, string Health, string? DisabledReason, DateTime? DisabledAt, DateTime? FailingSince, DateTime? LastSuccessAt, DateTime? PreviousSecretUntil,
    int Waiting, int Failed, DateTime CreatedAt, DateTime UpdatedAt)
{
    /// <summary>By which you check signatures. In the answer that made it alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Secret { get; init; }

    public static WebhookView Of(WebhookRow w) => new(PublicId.Of("wh", w.Id), w.Url, w.Events, w.Description, w.WorkspaceId, w.IsEnabled, w.Health.Word(), w.DisabledReason, w.DisabledAt?.UtcDateTime, w.FailingSince?.UtcDateTime, w.LastSuccessAt?.UtcDateTime,
        w.PreviousSecretUntil?.UtcDateTime, w.Waiting, w.Failed, w.CreatedAt.UtcDateTime, w.UpdatedAt.UtcDateTime);

    public static WebhookView Of(WebhookWithSecret made) => Of(made.Endpoint) with { Secret = made.Secret };
}

internal sealed record WebhookList(IReadOnlyList<WebhookView> Webhooks);

/// <param name="Id">Begins with whd_.</param>
/// <param name="EventId">Begins with evt_; the same in every try.</param>
/// <param name="Status">waiting, delivered or failed.</param>
/// <param name="NextTryAt">When it is tried next; null when it is not tried any more.</param>
/// <param name="Attempts">Every try, the newest first.</param>
internal sealed record DeliveryView(string Id, string EventId, string Type, string Status, DateTime? NextTryAt, DateTime CreatedAt, DateTime? DeliveredAt, IReadOnlyList<AttemptView> Attempts)
{
    public static DeliveryView Of(DeliveryRow d) => new(PublicId.Of("whd", d.Id), PublicId.Of("evt", d.EventId), d.EventName, d.Status.Word(), d.NextTryAt?.UtcDateTime, d.CreatedAt.UtcDateTime, d.DeliveredAt?.UtcDateTime,
        [.. d.Attempts.Select(a => new AttemptView(a.At.UtcDateTime, a.Milliseconds, a.StatusCode, a.Failure, a.Response))]);
}

/// <param name="DurationMs">From sending to the answer, in milliseconds.</param>
/// <param name="StatusCode">What was answered; null when there was no answer.</param>
/// <param name="Error">Why it does not count as delivered; null when it does.</param>
/// <param name="Response">The beginning of the answer, at most 1 KB.</param>
internal sealed record AttemptView(DateTime At, int DurationMs, int? StatusCode, string? Error, string? Response);

internal sealed record DeliveryList(IReadOnlyList<DeliveryView> Deliveries, int Total, int Limit, int Offset);

/// <param name="Redelivered">How many are sent again.</param>
internal sealed record RedeliveredView(int Redelivered);

[JsonSerializable(typeof(WebhookView))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(DeliveryView))]
[JsonSerializable(typeof(DeliveryList))]
[JsonSerializable(typeof(RedeliveredView))]
[JsonSerializable(typeof(Answered<WebhookView>))]
[JsonSerializable(typeof(Answered<WebhookList>))]
[JsonSerializable(typeof(Answered<DeliveryView>))]
[JsonSerializable(typeof(Answered<DeliveryList>))]
[JsonSerializable(typeof(Answered<RedeliveredView>))]
internal sealed partial class WebhookJson : JsonSerializerContext
{
    public static WebhookJson Shared { get; } = new(ApiJson.Options());
}
