using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Shouldly;

namespace AdStudio.Browser.Tests.Support;

/// <summary>Campaigns of the demo workspace for tests that begin where a campaign is written already.</summary>
public sealed class Drafts(DemoStudio studio)
{
    /// <summary>A draft like the demo's "Black Friday", on these platforms.</summary>
    public async Task<Guid> WriteAsync(string name, params Platform[] platforms)
    {
        Guid person, campaign;
        await using (var db = await studio.Get<Studio>().OpenForEveryoneAsync(CancellationToken.None))
        {
            person = await db.Users.Where(p => p.ExternalUserId == "demo-admin").Select(p => p.Id).SingleAsync();
            campaign = await db.Campaigns.Where(c => c.Name == "Black Friday").Select(c => c.Id).SingleAsync();
        }
        var actor = (await studio.Get<FindActor>().RunAsync(person, "page", CancellationToken.None)).ShouldNotBeNull();
        var model = Done(await studio.Get<GetCampaign>().RunAsync(actor, campaign, CancellationToken.None));
        var spec = platforms.Length == 0 ? model.Spec : model.Spec with { Platforms = [.. model.Spec.Platforms.Where(p => platforms.Contains(p.Platform))] };
        return Done(await studio.Get<CreateCampaign>().RunAsync(actor, model.WorkspaceId, name, spec, null, CancellationToken.None)).Id;
    }

    private static T Done<T>(Result<T> result) => result.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException(refusal.ToString());
}
