using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

public sealed record CampaignNotFound() : NotFoundError("There is no such campaign.");

public sealed record WorkspaceOfCampaignNotFound() : NotFoundError("There is no such workspace.");

/// <summary>The actor sees it but may not change it.</summary>
public sealed record ManagerNeeded(string What) : ForbiddenError($"You may look at “{What}” but not change it. Ask an admin of your team for the manager role on its ad accounts.");

public sealed record WritingNotAllowed() : ForbiddenError("You may look at campaigns here but not write any. Ask an admin of your team for the manager role on an ad account.");

/// <summary>Somebody saved while this one was being edited. Holds both, so that an editor can show and merge them.</summary>
public sealed record CampaignChangedMeanwhile(CampaignVersion Theirs, CampaignVersion Yours) : ConflictError($"{Theirs.SavedBy} changed this campaign while you were editing it.");

/// <summary>A campaign as one person saved it, or wants to.</summary>
public sealed record CampaignVersion(string Name, CampaignSpec Spec, long Version, string SavedBy, DateTimeOffset SavedAt);

public sealed record CampaignAlreadyLaunched(string Name)
    : ConflictError($"“{Name}” has been launched, so this can't be changed here. Change its budget, pause it, or duplicate it and launch the copy.");

/// <summary>It was made on the platform: what the studio does not know of it would be lost.</summary>
public sealed record CampaignWasImported(string Name, Platform Platform)
    : ConflictError($"“{Name}” was made on {Platform.Label()}, so its text, audience and creatives can't be changed here. Change its budget or pause it here, change the rest on {Platform.Label()}, or duplicate it and launch the copy.");

public sealed record CampaignStillRuns(string Name, IReadOnlyList<Platform> Where)
    : ConflictError($"“{Name}” is still running on {Words.List(Where.Select(p => p.Label()))}. Pause it first, then delete it.");

public sealed record CampaignNotDeleted(string Name) : ConflictError($"“{Name}” isn't deleted, so there is nothing to bring back.");

/// <summary>The platform cannot be launched on as things stand: it is left out, the others go on.</summary>
public sealed record PlatformLeftOut(Platform Platform, string Why) : ConflictError(Why);

/// <summary>What has to be put right before this can be launched, each with its field.</summary>
public sealed record CampaignNotReady(IReadOnlyList<FieldProblem> Problems) : InvalidError(Problems);
