using AdStudio.Core.Partners;
using AdStudio.Web.App;
using AdStudio.Web.Shared.Commands;

namespace AdStudio.Web.Features.Partners;

/// <summary>An id that was pasted into the palette: a job's, a verdict's, a campaign's, an approval's.</summary>
public sealed class PublicIdCommands(FrameState frame, FindByPublicId find) : ICommandSource
{
    public async Task<IReadOnlyList<Command>> FindAsync(string text, CancellationToken ct) =>
        FindByPublicId.IsOne(text) && frame.Current is { } current && (await find.RunAsync(current.Actor, text, ct)).TryGet(out var found, out _) ? [new Command("Found", found.What, "search", PageOf(found), Note: text[..3])] : [];

    /// <summary>What concerns no campaign is told by the activity page.</summary>
    public static string PageOf(FoundThing found) => found.ApprovalId is { } approval ? Urls.Approval(approval) : found.CampaignId is { } campaign ? Urls.Campaign(campaign) : Urls.Activity;
}
