using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.LeadForms;

public sealed record LeadFormNotFound() : NotFoundError("There is no such lead form.");

public sealed record LeadFormNeedsManager(string What) : ForbiddenError($"You may look at {What}, but not change it. Ask an admin of your team for the manager role on its ad account.");

public sealed record LeadFormIsPublished(string Name) : ConflictError($"“{Name}” stands on the platform, where a form can't be changed any more. Copy it, change the copy and publish that.");

public sealed record LeadFormInUse(string Name) : ConflictError($"“{Name}” is on the platform. Archive it instead; its leads stay here.");

public sealed record LeadFormChangedMeanwhile(string Name, string ByName) : ConflictError($"{ByName} changed “{Name}” while you were editing it. Look at it again before you save yours.");

public sealed record NoLeadForms(Platform Platform) : ConflictError($"{Platform} has no lead forms here. Choose an account of another platform.");
