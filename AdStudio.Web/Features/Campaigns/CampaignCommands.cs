using AdStudio.Core.Campaigns;
using AdStudio.Web.App;
using AdStudio.Web.Shared.Commands;
using AdStudio.Web.Shared.Figures;

namespace AdStudio.Web.Features.Campaigns;

/// <summary>The workspace's campaigns, by name or number, once somebody types.</summary>
public sealed class CampaignCommands(FrameState frame, ListCampaigns list) : ICommandSource
{
    private const int Most = 6;

    public async Task<IReadOnlyList<Command>> FindAsync(string text, CancellationToken ct)
    {
        if (text.Length < 2 || frame.Current is not { Workspace: { } workspace } current) return [];
        var found = await list.RunAsync(current.Actor, new CampaignFilter { WorkspaceId = workspace.Id, Search = text, Limit = Most }, ct);
        return found.TryGet(out var page, out _)
            ? [.. page.Items.Select(c => new Command("Campaigns", c.Name, "campaigns", c.Status == CampaignStatus.Draft ? Urls.EditCampaign(c.Id) : Urls.Campaign(c.Id), Note: Status.Of(c.Status).Text))]
            : [];
    }
}
