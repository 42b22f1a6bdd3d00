namespace AdStudio.Core.Accounts;

/// <summary>What an API key may be allowed. A scope covers those beneath it: "ads:write" covers "ads:write:campaigns".</summary>
public static class ApiScopes
{
    public const string Everything = "*";
    public const string Read = "ads:read", Write = "ads:write";
    public const string ReadCampaigns = "ads:read:campaigns", ReadCreatives = "ads:read:creatives", ReadAudiences = "ads:read:audiences", ReadAccounts = "ads:read:accounts", ReadNumbers = "ads:read:numbers";
    public const string WriteCampaigns = "ads:write:campaigns", WriteCreatives = "ads:write:creatives", WriteAudiences = "ads:write:audiences", WriteAccounts = "ads:write:accounts";
    public const string ReadJobs = "jobs:read", ReadProjects = "projects:read";

    public const string ManageWebhooks = "webhooks:manage";

    /// <summary>Workspaces, teams, members and their permissions.</summary>
    public const string ReadWorkspaces = "workspaces:read", ManageWorkspaces = "workspaces:manage";

    /// <summary>Each scope with what it allows, in a few words.</summary>
    public static IReadOnlyList<(string Scope, string Allows)> All { get; } =
    [
        (Everything, "Everything"),
        (Read, "Read everything"),
        (ReadCampaigns, "Read campaigns"),
        (ReadCreatives, "Read creatives"),
        (ReadAudiences, "Read audiences"),
        (ReadAccounts, "Read ad accounts"),
        (ReadNumbers, "Read numbers"),
        (Write, "Change everything"),
        (WriteCampaigns, "Write, launch and pause campaigns"),
        (WriteCreatives, "Write creatives"),
        (WriteAudiences, "Write audiences"),
        (WriteAccounts, "Connect, sync and remove ad accounts"),
        (ReadProjects, "Read projects (workspaces)"),
        (ReadJobs, "Follow jobs"),
        (ReadWorkspaces, "Read workspaces and teams"),
        (ManageWorkspaces, "Manage workspaces, teams and permissions"),
        (ManageWebhooks, "Set up webhooks"),
    ];

    public static bool IsKnown(string scope) => All.Any(s => s.Scope == scope);
}
