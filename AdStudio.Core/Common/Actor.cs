namespace AdStudio.Core.Common;

public enum ActorKind { Person, ApiKey, Rule, Studio }

/// <summary>What a person is in the organization. A client reads what was granted and changes nothing.</summary>
public enum OrganizationRole { Admin, Member, Client }

public enum TeamRole { Admin, Member }

/// <summary>What a person may do with an ad account: a viewer reads, a manager spends.</summary>
public enum AccountAccess { Viewer, Manager }

/// <summary>LookAgain carries out nothing: it only puts on the card what would be sent today.</summary>
public enum AcceptanceKind { AsShown, Changed, LookAgain }

/// <summary>A waiting change that a person accepts, as it was shown or as they changed it.</summary>
public sealed record Acceptance(Guid ApprovalId, Actor By, AcceptanceKind How);

/// <summary>
/// Who acts, for which organization, with which grants. The first parameter of every action; it opens the database, and the tenant filter comes from it.
/// Built freshly for each request by <c>FindActor</c>; never kept across requests.
/// </summary>
public sealed record Actor
{
    public required ActorKind Kind { get; init; }
    public required Guid OrganizationId { get; init; }

    /// <summary>The person's id, or the key's; empty for the studio itself.</summary>
    public required Guid Id { get; init; }

    /// <summary>As the audit shows it: the person's or the key's name.</summary>
    public required string Name { get; init; }

    /// <summary>Through what: "page", "api/crm", "api/v1", "job".</summary>
    public required string Via { get; init; }

    public OrganizationRole Role { get; init; } = OrganizationRole.Member;

    /// <summary>The person for whom the actor acts; null for a key that acts for itself, and for the studio.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Workspaces of which the person is the admin.</summary>
    public IReadOnlySet<Guid> AdminOfWorkspaces { get; init; } = new HashSet<Guid>();

    /// <summary>Workspaces of which the person may see something: as admin, or by a team.</summary>
    public IReadOnlySet<Guid> MemberOfWorkspaces { get; init; } = new HashSet<Guid>();

    public IReadOnlyDictionary<Guid, TeamRole> Teams { get; init; } = new Dictionary<Guid, TeamRole>();

    /// <summary>Grants on ad accounts, by the account's id.</summary>
    public IReadOnlyDictionary<Guid, AccountAccess> Accounts { get; init; } = new Dictionary<Guid, AccountAccess>();

    /// <summary>Scopes of the API key; null when the actor is not bound by scopes.</summary>
    public IReadOnlySet<string>? Scopes { get; init; }

    /// <summary>Of the request at hand, when its caller sent an idempotency key: written with what the request makes.</summary>
    public IdempotencyClaim? Claim { get; init; }

    /// <summary>What a person accepted, while it is carried out for whoever had asked; null otherwise.</summary>
    public Acceptance? Accepted { get; init; }

    /// <summary>Whether work that the actor starts may reach an ad platform. A sandbox key may not where the platforms are real.</summary>
    public bool ReachesPlatforms { get; init; } = true;

    /// <summary>The studio itself and the organization's admins see and may do everything in the organization.</summary>
    public bool IsOrganizationAdmin => Kind == ActorKind.Studio || Role == OrganizationRole.Admin;

    public bool IsClient => Role == OrganizationRole.Client;

    public bool Administers(Guid workspaceId) => !IsClient && (IsOrganizationAdmin || AdminOfWorkspaces.Contains(workspaceId));

    public bool Sees(Guid workspaceId) => IsOrganizationAdmin || MemberOfWorkspaces.Contains(workspaceId);

    /// <summary>Admin of the team, or of its workspace.</summary>
    public bool AdministersTeam(Guid teamId, Guid workspaceId) =>
        Administers(workspaceId) || (!IsClient && Teams.TryGetValue(teamId, out var role) && role == TeamRole.Admin);

    public bool BelongsToTeam(Guid teamId, Guid workspaceId) => Administers(workspaceId) || Teams.ContainsKey(teamId);

    /// <summary>May read the account and its numbers.</summary>
    public bool Reads(Guid adAccountId, Guid workspaceId) => Administers(workspaceId) || IsOrganizationAdmin || Accounts.ContainsKey(adAccountId);

    /// <summary>May change what runs on the account, and so spend its money.</summary>
    public bool Manages(Guid adAccountId, Guid workspaceId) =>
        !IsClient && (Administers(workspaceId) || (Accounts.TryGetValue(adAccountId, out var access) && access == AccountAccess.Manager));

    /// <summary>A scope covers those beneath it: "ads:write" is enough for "ads:write:campaigns", and "*" for all.</summary>
    public bool HasScope(string scope) =>
        Scopes is null || Scopes.Any(given => given == "*" || (scope.StartsWith(given, StringComparison.Ordinal) && (scope.Length == given.Length || scope[given.Length] == ':')));

    /// <summary>The studio itself, at work for one organization: jobs, the launch worker, seeding.</summary>
    public static Actor Studio(Guid organizationId, string via = "job") =>
        new() { Kind = ActorKind.Studio, OrganizationId = organizationId, Id = Guid.Empty, Name = "AdStudio", Via = via, Role = OrganizationRole.Admin };
}
