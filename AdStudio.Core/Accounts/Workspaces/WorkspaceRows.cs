using System.Globalization;
using AdStudio.Core.Data;

namespace AdStudio.Core.Accounts;

internal static class WorkspaceRows
{
    public const string DefaultTeamName = "Default team";

    /// <summary>A workspace with the organization's next number and its default team.</summary>
    public static Workspace Add(StudioDb db, Organization organization, Person admin, string name, string? enterpriseId, DateTimeOffset now)
    {
        var number = ++organization.LastWorkspaceNumber;
        var workspace = new Workspace
        {
            OrganizationId = organization.Id, Number = number, Name = name, EnterpriseId = enterpriseId ?? string.Create(CultureInfo.InvariantCulture, $"ws-{number}"),
            AdminId = admin.Id, Admin = admin, CreatedAt = now, UpdatedAt = now,
        };
        db.Workspaces.Add(workspace);
        db.Teams.Add(new Team { OrganizationId = organization.Id, Workspace = workspace, Name = DefaultTeamName, IsDefault = true, CreatedAt = now, UpdatedAt = now });
        return workspace;
    }
}
