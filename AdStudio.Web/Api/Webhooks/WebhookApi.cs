using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Partners;
using AdStudio.Web.Api.Advertising;
using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Webhooks;

/// <summary>Setting up webhooks: the same operations on the surfaces of 003 and 004, each in its envelope.</summary>
internal sealed class WebhookApi
{
    private const string Scope = ApiScopes.ManageWebhooks, Example = """{"url":"https://hooks.partner.example/adstudio","events":["campaign.completed","campaign.failed","lead.received"]}""";
    private static readonly Dictionary<string, DeliveryStatus> Statuses = Enum.GetValues<DeliveryStatus>().ToDictionary(s => s.Word());
    private readonly bool enveloped;

    private WebhookApi(bool enveloped) => this.enveloped = enveloped;

    /// <param name="enveloped">As 003 answers: data and status.</param>
    public static void Map(RouteGroupBuilder group, bool enveloped)
    {
        var api = new WebhookApi(enveloped);
        api.Gives<WebhookView>(group.MapPost("/webhooks", api.CreateAsync)
            .Operation("Set up a webhook", $"The answer carries the secret by which you check signatures, this once. Events: {string.Join(", ", EventNames.All)}; * is all of them. What an event holds and how to check its signature: docs/webhooks.md.", Scope)
            .Takes<WebhookRequest>(Example), StatusCodes.Status201Created);
        api.Gives<WebhookList>(group.MapGet("/webhooks", api.ListAsync).Operation("List webhooks", "The newest first.", Scope));
        api.Gives<WebhookView>(group.MapGet("/webhooks/{webhookId}", async (string webhookId, HttpContext http, GetWebhook get, CancellationToken ct) =>
                PublicId.TryParse("wh", webhookId, out var id) ? api.Give(await get.RunAsync(http.Actor(), id, ct)) : new WebhookNotFound().Refused())
            .Operation("Read a webhook", "With how it does.", Scope));
        api.Gives<WebhookView>(group.MapPatch("/webhooks/{webhookId}", api.ChangeAsync).Operation("Change a webhook", "What is left out stays. Switch it off and on again by `enabled`.", Scope).Takes<WebhookChangeRequest>("""{"events":["campaign.failed"],"enabled":true}"""));
        group.MapDelete("/webhooks/{webhookId}", async (string webhookId, HttpContext http, DeleteWebhook delete, CancellationToken ct) =>
                PublicId.TryParse("wh", webhookId, out var id) ? (await delete.RunAsync(http.Actor(), id, ct)).Refusal is { } refusal ? refusal.Refused() : Results.NoContent() : new WebhookNotFound().Refused())
            .Operation("Delete a webhook", "With all that is known of its deliveries.", Scope).Produces(StatusCodes.Status204NoContent);
        api.Gives<WebhookView>(group.MapPost("/webhooks/{webhookId}/rotate-secret", api.RotateAsync)
            .Operation("Make a new secret", "The answer carries it, this once. Until the overlap is over each message is signed with both.", Scope).Takes<RotateSecretRequest>("""{"overlapHours":24}""", optional: true));
        api.Gives<DeliveryView>(group.MapPost("/webhooks/{webhookId}/test", async (string webhookId, HttpContext http, TestWebhook test, CancellationToken ct) =>
                PublicId.TryParse("wh", webhookId, out var id) ? api.Give(await test.RunAsync(http.Actor(), id, ct), StatusCodes.Status202Accepted) : new WebhookNotFound().Refused())
            .Operation("Send a ping", "An event of type `ping`, signed and delivered as any other. What came of it stands in the deliveries.", Scope), StatusCodes.Status202Accepted);
        api.Gives<DeliveryList>(group.MapGet("/webhooks/{webhookId}/deliveries", api.DeliveriesAsync).Operation("List deliveries", "The newest first, each with every try. They are kept for 30 days.", Scope)
            .Query("status", "waiting, delivered or failed.").Query("event", "Only events of this name.").Paged());
        api.Gives<RedeliveredView>(group.MapPost("/webhooks/{webhookId}/redeliver-failed", api.RedeliverFailedAsync)
            .Operation("Send failed deliveries again", "All that were given up since a time.", Scope).Takes<RedeliverFailedRequest>("""{"since":"2026-11-20T00:00:00Z"}""", optional: true), StatusCodes.Status202Accepted);
        api.Gives<DeliveryView>(group.MapPost("/webhooks/deliveries/{deliveryId}/redeliver", async (string deliveryId, HttpContext http, Redeliver redeliver, CancellationToken ct) =>
                PublicId.TryParse("whd", deliveryId, out var id) ? api.Give(await redeliver.RunAsync(http.Actor(), id, ct), StatusCodes.Status202Accepted) : new DeliveryNotFound().Refused())
            .Operation("Send a delivery again", "The same event, with the same id.", Scope), StatusCodes.Status202Accepted);
    }

    private void Gives<T>(RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) => _ = enveloped ? endpoint.Gives<Answered<T>>(status) : endpoint.Gives<T>(status);

    private IResult Give<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> plain, System.Text.Json.Serialization.Metadata.JsonTypeInfo<Answered<T>> wrapped, int status = StatusCodes.Status200OK) =>
        enveloped ? new Answered<T>(value, status).Answer(wrapped, status) : value.Answer(plain, status);

    private IResult Give(WebhookView view, int status = StatusCodes.Status200OK) => Give(view, WebhookJson.Shared.WebhookView, WebhookJson.Shared.AnsweredWebhookView, status);
    private IResult Give(Result<WebhookRow> result) => result.TryGet(out var row, out var refusal) ? Give(WebhookView.Of(row)) : refusal.Refused();
    private IResult Give(Result<DeliveryRow> result, int status) => result.TryGet(out var row, out var refusal) ? Give(DeliveryView.Of(row), WebhookJson.Shared.DeliveryView, WebhookJson.Shared.AnsweredDeliveryView, status) : refusal.Refused();

    private async Task<IResult> CreateAsync(HttpContext http, CreateWebhook create, BrandScope brands, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var (url, events, description) = (body.Text("url", 2000, required: true), body.Texts("events", 50, 64, required: true), body.Text("description", 256));
        var project = body.Id("projectId", "ws");
        if (body.Refusal() is { } wrong) return wrong;
        if (!(await BrandAsync(http, brands, ct)).TryGet(out var brand, out var noBrand)) return noBrand.Refused();

        var made = await create.RunAsync(http.Actor(), url!, events!, project ?? brand, description ?? "", ct);
        if (made.Refusal is InvalidError invalid) return new InvalidError([.. invalid.Fields.Select(f => f.Field == "workspaceId" ? new FieldProblem("projectId", "There is no such project here.") : f)]).Refused();
        if (!made.TryGet(out var webhook, out var refusal)) return refusal.Refused();
        http.Response.Headers.Location = $"{http.Request.Path}/{PublicId.Of("wh", webhook.Endpoint.Id)}";
        return Give(WebhookView.Of(webhook), StatusCodes.Status201Created);
    }

    private async Task<IResult> ListAsync(HttpContext http, ListWebhooks list, BrandScope brands, CancellationToken ct)
    {
        if (!(await BrandAsync(http, brands, ct)).TryGet(out var brand, out var refusal) || !(await list.RunAsync(http.Actor(), ct)).TryGet(out var all, out refusal)) return refusal.Refused();
        return Give(new WebhookList([.. all.Where(w => brand is null || w.WorkspaceId == brand).Select(WebhookView.Of)]), WebhookJson.Shared.WebhookList, WebhookJson.Shared.AnsweredWebhookList);
    }

    /// <summary>003 names the brand beside the body; null for all.</summary>
    private async Task<Result<Guid?>> BrandAsync(HttpContext http, BrandScope brands, CancellationToken ct)
    {
        if (!enveloped) return Result<Guid?>.Of(null);
        return (await brands.ReadAsync(http, ct)).TryGet(out var scope, out var refusal) ? Result<Guid?>.Of(scope.Id) : refusal;
    }

    private async Task<IResult> ChangeAsync(string webhookId, HttpContext http, ChangeWebhook change, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        if (!PublicId.TryParse("wh", webhookId, out var id)) return new WebhookNotFound().Refused();
        var wanted = new WebhookChange(body.Text("url", 2000), body.Texts("events", 50, 64), body.Text("description", 256), body.Flag("enabled"));
        return body.Refusal() is { } wrong ? wrong : Give(await change.RunAsync(http.Actor(), id, wanted, ct));
    }

    private async Task<IResult> RotateAsync(string webhookId, HttpContext http, RotateWebhookSecret rotate, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http, optional: true);
        if (unreadable is not null) return unreadable;
        if (!PublicId.TryParse("wh", webhookId, out var id)) return new WebhookNotFound().Refused();
        var hours = body.Whole("overlapHours", 0, 168) ?? 24;
        if (body.Refusal() is { } wrong) return wrong;
        return (await rotate.RunAsync(http.Actor(), id, TimeSpan.FromHours(hours), ct)).TryGet(out var made, out var refusal) ? Give(WebhookView.Of(made)) : refusal.Refused();
    }

    private async Task<IResult> DeliveriesAsync(string webhookId, HttpContext http, ListDeliveries list, CancellationToken ct)
    {
        if (!PublicId.TryParse("wh", webhookId, out var id)) return new WebhookNotFound().Refused();
        var query = new GivenQuery(http);
        var filter = new DeliveryFilter(query.Word("status", Statuses), query.Text("event", 64), Offset: query.Whole("offset", 0, 0, 1_000_000), Limit: query.Whole("limit", 50, 1, 200));
        if (query.Refusal() is { } wrong) return wrong;
        return (await list.RunAsync(http.Actor(), id, filter, ct)).TryGet(out var page, out var refusal)
            ? Give(new DeliveryList([.. page.Items.Select(DeliveryView.Of)], page.Total, page.Limit, page.Offset), WebhookJson.Shared.DeliveryList, WebhookJson.Shared.AnsweredDeliveryList)
            : refusal.Refused();
    }

    private async Task<IResult> RedeliverFailedAsync(string webhookId, HttpContext http, RedeliverFailed redeliver, TimeProvider time, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http, optional: true);
        if (unreadable is not null) return unreadable;
        if (!PublicId.TryParse("wh", webhookId, out var id)) return new WebhookNotFound().Refused();
        var (instant, local) = body.Moment("since");
        if (body.Refusal() is { } wrong) return wrong;
        var since = instant ?? (local is { } utc ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) : time.GetUtcNow().AddDays(-1));
        return (await redeliver.RunAsync(http.Actor(), id, since, ct)).TryGet(out var count, out var refusal)
            ? Give(new RedeliveredView(count), WebhookJson.Shared.RedeliveredView, WebhookJson.Shared.AnsweredRedeliveredView, StatusCodes.Status202Accepted)
            : refusal.Refused();
    }
}
