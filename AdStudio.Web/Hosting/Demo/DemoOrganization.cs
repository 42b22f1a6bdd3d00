using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Web.Hosting.Demo;

/// <summary>What <c>Demo:*</c> says.</summary>
public sealed record DemoSettings
{
    public bool Enabled { get; init; }
    public string Email { get; init; } = "demo@adstudio.example";
    public string Password { get; init; } = "";
    public string ApiKey { get; init; } = "";
}

/// <summary>Makes the demo organization on the first run: people, a workspace with teams, an API key with every scope. Later runs find it, with the settings' password and key in force.</summary>
public sealed class DemoOrganization(Studio studio, Identities identities, DemoSettings settings, TimeProvider time)
{
    public const string DemoExternalUserId = "demo-admin";

    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var organization = await db.Organizations.SingleOrDefaultAsync(o => o.IsDemo, ct) ?? await MakeAsync(db, ct);
        await HoldSignInAsync(db, organization, ct);
        await HoldKeyAsync(db, organization, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task<Organization> MakeAsync(StudioDb db, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var organization = new Organization { Name = "Northlight Agency", IsDemo = true, CreatedAt = now, LastWorkspaceNumber = 1 };
        db.Add(organization);
        var admin = await AddPersonAsync(db, organization, "Alex Morgan", settings.Email, DemoExternalUserId, OrganizationRole.Admin, settings.Password);
        var mia = await AddPersonAsync(db, organization, "Mia Chen", "mia@northlight.example", "mia", OrganizationRole.Member, null);
        var sam = await AddPersonAsync(db, organization, "Sam Okafor", "sam@northlight.example", "sam", OrganizationRole.Member, null);
        var client = await AddPersonAsync(db, organization, "Mara Lindqvist", "mara@harborandpine.example", "mara", OrganizationRole.Client, null);

        var workspace = new Workspace { OrganizationId = organization.Id, Number = 1, Name = "Harbor & Pine", EnterpriseId = "harbor-and-pine", Admin = admin, CreatedAt = now, UpdatedAt = now };
        var shop = AddTeam("Shop campaigns", isDefault: true);
        var brand = AddTeam("Brand and stores", isDefault: false);
        AddMember(shop, admin, TeamRole.Admin);
        AddMember(shop, mia, TeamRole.Admin);
        AddMember(shop, sam, TeamRole.Member);
        AddMember(shop, client, TeamRole.Member);
        AddMember(brand, admin, TeamRole.Admin);
        AddMember(brand, sam, TeamRole.Member);
        db.Add(workspace);
        return organization;

        Team AddTeam(string name, bool isDefault)
        {
            var team = new Team { OrganizationId = organization.Id, Workspace = workspace, Name = name, IsDefault = isDefault, CreatedAt = now, UpdatedAt = now };
            db.Add(team);
            return team;
        }

        void AddMember(Team team, Person person, TeamRole role) =>
            db.Add(new TeamMember { OrganizationId = organization.Id, Team = team, Person = person, Role = role, CreatedAt = now, UpdatedAt = now });
    }

    private async Task<Person> AddPersonAsync(StudioDb db, Organization organization, string name, string email, string externalUserId, OrganizationRole role, string? password)
    {
        var person = new Person { OrganizationId = organization.Id, Name = name, UserName = email, Email = email, EmailConfirmed = true, ExternalUserId = externalUserId, Role = role, CreatedAt = time.GetUtcNow() };
        using var people = identities.In(db);
        var made = password is null ? await people.CreateAsync(person) : await people.CreateAsync(person, password);
        return made.Succeeded ? person : throw new InvalidOperationException($"The demo person {email} cannot be made: {string.Join(" ", made.Errors.Select(e => e.Description))}");
    }

    /// <summary>E-mail and password may have been set anew by environment since the first run.</summary>
    private async Task HoldSignInAsync(StudioDb db, Organization organization, CancellationToken ct)
    {
        var admin = db.Users.Local.SingleOrDefault(p => p.ExternalUserId == DemoExternalUserId)
            ?? await db.Users.SingleOrDefaultAsync(p => p.OrganizationId == organization.Id && p.ExternalUserId == DemoExternalUserId, ct);
        if (admin is null) return;

        if (!string.Equals(admin.Email, settings.Email, StringComparison.OrdinalIgnoreCase))
        {
            (admin.Email, admin.UserName) = (settings.Email, settings.Email);
            (admin.NormalizedEmail, admin.NormalizedUserName) = (identities.Normalize(settings.Email), identities.Normalize(settings.Email));
        }
        if (identities.Hasher.VerifyHashedPassword(admin, admin.PasswordHash ?? "", settings.Password) == Microsoft.AspNetCore.Identity.PasswordVerificationResult.Failed)
        {
            admin.PasswordHash = identities.Hasher.HashPassword(admin, settings.Password);
            admin.SecurityStamp = Guid.NewGuid().ToString("N");
        }
    }

    private async Task HoldKeyAsync(StudioDb db, Organization organization, CancellationToken ct)
    {
        if (settings.ApiKey.Length == 0) return;
        var hash = KeyText.HashOf(settings.ApiKey);
        if (await db.ApiKeys.AnyAsync(k => k.Hash == hash, ct)) return;
        db.Add(new ApiKey { OrganizationId = organization.Id, Name = "Demo key", Environment = KeyEnvironment.Sandbox, Start = settings.ApiKey[..Math.Min(8, settings.ApiKey.Length)], Hash = hash, Scopes = ["*"], CreatedAt = time.GetUtcNow() });
    }
}
