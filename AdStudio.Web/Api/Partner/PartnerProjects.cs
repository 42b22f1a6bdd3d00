using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Partners;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Documents;

namespace AdStudio.Web.Api.Partner;

/// <summary>Projects (workspaces), their ad accounts, and jobs.</summary>
internal static class PartnerProjects
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/projects", async (HttpContext http, ListWorkspaces list, CancellationToken ct) =>
                new PartnerProjectList([.. (await list.RunAsync(http.Actor(), ct)).Select(PartnerView.Of)]).Answer(PartnerJson.Shared.PartnerProjectList))
            .Operation("List projects", "A project is a workspace: a client or brand of your organization. By name.", ApiScopes.ReadProjects).Gives<PartnerProjectList>();
        group.MapGet("/projects/{projectId}/ads/{platform}/ad-accounts", AccountsAsync)
            .Operation("List ad accounts", "Of a project on one platform, by name: where `adAccountId` comes from. Empty when the platform is not connected.", ApiScopes.ReadAccounts).Gives<PartnerAdAccountList>();
        group.MapGet("/jobs/{jobId}", async (string jobId, HttpContext http, GetPartnerJob get, CancellationToken ct) =>
                PublicId.TryParse(PartnerJob.Prefix, jobId, out var id) && (await get.RunAsync(http.Actor(), id, ct)).TryGet(out var job, out _) ? PartnerView.Of(job).Answer(PartnerJson.Shared.PartnerJobAnswer) : new JobNotFound().Refused())
            .Operation("Read a job", "How far it is and what came of it. Ask every second or two until `status` is not `running`.", ApiScopes.ReadJobs).Gives<PartnerJobAnswer>();
    }

    private static async Task<IResult> AccountsAsync(string projectId, string platform, HttpContext http, GetWorkspace get, ListAdAccounts list, CancellationToken ct)
    {
        if (!(await PlaceAsync(http, get, projectId, platform, ct)).TryGet(out var place, out var refusal)) return refusal.Refused();
        return (await list.RunAsync(http.Actor(), new ConnectionFilter(place.WorkspaceId, null, place.Platform), ct)).TryGet(out var accounts, out refusal)
            ? new PartnerAdAccountList([.. accounts.Select(PartnerView.Of)]).Answer(PartnerJson.Shared.PartnerAdAccountList) : refusal.Refused();
    }

    /// <summary>The project and the platform of an address. A foreign project and one that is not there are the same.</summary>
    public static async Task<Result<ProjectPlace>> PlaceAsync(HttpContext http, GetWorkspace get, string projectId, string platform, CancellationToken ct)
    {
        if (!PublicId.TryParse(PartnerWords.Project, projectId, out var id) || !(await get.RunAsync(http.Actor(), id, ct)).TryGet(out var workspace, out _)) return new ProjectNotFound();
        return PlatformNames.TryParse(platform, out var known) ? new ProjectPlace(workspace.Id, known) : new PlatformUnknown();
    }
}

internal sealed record ProjectPlace(Guid WorkspaceId, Platform Platform);

internal sealed record ProjectNotFound() : NotFoundError("There is no such project.");

internal sealed record PlatformUnknown() : NotFoundError($"There is no such platform. Use {string.Join(", ", Enum.GetValues<Platform>().Select(p => p.Wire()))}.");
