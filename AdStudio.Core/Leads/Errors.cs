using AdStudio.Core.Common;

namespace AdStudio.Core.Leads;

public sealed record LeadNotFound() : NotFoundError("There is no such lead.");

public sealed record LeadNeedsManager(string What) : ForbiddenError($"You may look at {What}, but not change it. Ask an admin of your team for the manager role on its ad account.");

public sealed record LeadErased() : ConflictError("This lead was erased. Nothing personal of it is left.");
