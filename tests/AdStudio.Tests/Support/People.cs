using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Tests.Support;

/// <summary>An organization ready for use: a workspace with its default team, an admin, a manager and a viewer of one Meta and one Google account, and a stranger's organization beside it.</summary>
public sealed record Scene(Organization Organization, Workspace Workspace, Team Team, Actor Admin, Actor TeamAdmin, Actor Manager, Actor Viewer, AdAccount Meta, AdAccount Google)
{
    private static readonly DateTimeOffset Then = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    public static async Task<Scene> SetAsync(Studio studio, string name = "Acme")
    {
        await using var db = await studio.OpenForEveryoneAsync(CancellationToken.None);
        var organization = new Organization { Name = name, CreatedAt = Then };
        db.Add(organization);
        var (admin, teamAdmin, manager, viewer) = (NewPerson("Ada", OrganizationRole.Admin), NewPerson("Tom", OrganizationRole.Member), NewPerson("Mia", OrganizationRole.Member), NewPerson("Vic", OrganizationRole.Member));
        var workspace = new Workspace { OrganizationId = organization.Id, Name = $"{name} Shoes", EnterpriseId = "1", Number = ++organization.LastWorkspaceNumber, Admin = admin, CreatedAt = Then, UpdatedAt = Then };
        var team = new Team { OrganizationId = organization.Id, Workspace = workspace, Name = "Default team", IsDefault = true, CreatedAt = Then, UpdatedAt = Then };
        db.AddRange(workspace, team);
        foreach (var (person, role) in new[] { (teamAdmin, TeamRole.Admin), (manager, TeamRole.Member), (viewer, TeamRole.Member) })
            db.Add(new TeamMember { OrganizationId = organization.Id, Team = team, Person = person, Role = role, CreatedAt = Then, UpdatedAt = Then });

        var meta = NewAccount(Platform.Meta, "act_1001", "America/New_York");
        var google = NewAccount(Platform.Google, "2002002002", "America/New_York");
        foreach (var account in new[] { meta, google })
        {
            db.Add(new AdAccountGrant { OrganizationId = organization.Id, AdAccount = account, Person = manager, Access = AccountAccess.Manager, CreatedAt = Then });
            db.Add(new AdAccountGrant { OrganizationId = organization.Id, AdAccount = account, Person = viewer, Access = AccountAccess.Viewer, CreatedAt = Then });
        }
        await db.SaveChangesAsync();

        var accounts = new[] { meta.Id, google.Id };
        return new Scene(organization, workspace, team,
            ActorOf(admin) with { Role = OrganizationRole.Admin, AdminOfWorkspaces = new HashSet<Guid> { workspace.Id } },
            ActorOf(teamAdmin) with { Teams = new Dictionary<Guid, TeamRole> { [team.Id] = TeamRole.Admin } },
            ActorOf(manager) with { Accounts = accounts.ToDictionary(a => a, _ => AccountAccess.Manager) },
            ActorOf(viewer) with { Accounts = accounts.ToDictionary(a => a, _ => AccountAccess.Viewer) },
            meta, google);

        Person NewPerson(string first, OrganizationRole role)
        {
            var email = $"{first}@{name}.example".ToLowerInvariant();
            var person = new Person
            {
                OrganizationId = organization.Id, Name = first, Email = email, UserName = email, NormalizedEmail = email.ToUpperInvariant(), NormalizedUserName = email.ToUpperInvariant(),
                EmailConfirmed = true, Role = role, ExternalUserId = $"{first}-1", SecurityStamp = Guid.NewGuid().ToString("N"), CreatedAt = Then,
            };
            db.Add(person);
            return person;
        }

        AdAccount NewAccount(Platform platform, string externalId, string zone)
        {
            var connection = new Connection
            {
                OrganizationId = organization.Id, Workspace = workspace, Team = team, Platform = platform, OwnerName = $"{name} on {platform}", OwnerExternalId = externalId,
                ConnectedById = admin.Id, ConnectedAt = Then,
            };
            var account = new AdAccount
            {
                OrganizationId = organization.Id, WorkspaceId = workspace.Id, TeamId = team.Id, Connection = connection, Platform = platform, ExternalId = externalId,
                Name = $"{name} {platform}", Currency = "USD", TimeZone = zone, Status = AdAccountStatus.Active, ReadAt = Then, CreatedAt = Then,
                Assets = platform == Platform.Meta
                    ? [new(AccountAssetKind.Page, "173764419345388", $"{name} Page"), new(AccountAssetKind.Pixel, "1391191359009715", $"{name} Pixel")]
                    : [new(AccountAssetKind.ConversionAction, "customers/2002002002/conversionActions/1", "Purchase")],
            };
            db.AddRange(connection, account);
            return account;
        }

        Actor ActorOf(Person person) => new()
        {
            Kind = ActorKind.Person, OrganizationId = organization.Id, Id = person.Id, PersonId = person.Id, Name = person.Name, Via = "test", Role = OrganizationRole.Member,
            MemberOfWorkspaces = new HashSet<Guid> { workspace.Id }, Teams = new Dictionary<Guid, TeamRole> { [team.Id] = TeamRole.Member },
        };
    }
}
