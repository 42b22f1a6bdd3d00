using AdStudio.Core.Common;

namespace AdStudio.Core.Partners;

public sealed record WebhookNotFound() : NotFoundError("There is no such webhook endpoint.");
public sealed record DeliveryNotFound() : NotFoundError("There is no such delivery.");
public sealed record WebhooksNeedAdmin(string Whose) : ForbiddenError($"Only an admin of {Whose} may set up webhooks for it.");
public sealed record TooManyWebhooks(int Most) : ConflictError($"There are {Most} webhook endpoints already, which is the most. Delete one that is no longer used.");
public sealed record WebhookIsOff() : ConflictError("This endpoint is switched off, so nothing is sent to it. Switch it on first.");
