using System.Text.Json;
using System.Web;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Insights;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Leads;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Web.Hosting.Demo;

/// <summary>
/// Gives the demo organization a past: connects every platform by the sandbox's consent, or its keys where there is none, launches campaigns by the real actions while the sandbox's clock stands
/// up to ninety days back, lets it run to the present, and has the numbers read by the real sync. Taken up where it was left when the process died midway.
/// </summary>
internal sealed class DemoHistory(
    Studio studio, FindActor findActor, StartConnection startConnection, FinishConnection finishConnection, ImportMediaFromUrl importMedia, CreateCreative createCreative, CreateCampaign createCampaign,
    CreateLeadForm createForm, PublishLeadForm publishForm, CollectLeads collectLeads, LaunchCampaign launch, PauseCampaign pause, ReadStatuses readStatuses, SyncWorkspaceInsights sync, PlatformSet platforms, SandboxControl sandbox, StudioAddress address, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task MakeAsync(CancellationToken ct)
    {
        Workspace workspace;
        Guid adminId;
        await using (var db = await studio.OpenForEveryoneAsync(ct))
        {
            var organization = await db.Organizations.AsNoTracking().SingleOrDefaultAsync(o => o.IsDemo, ct);
            var last = DemoContent.Campaigns[^1].Name;
            if (organization is null || await db.Campaigns.IgnoreQueryFilters([StudioDb.DeletedFilter]).AnyAsync(c => c.OrganizationId == organization.Id && c.Name == last, ct)) return;
            if (await db.Workspaces.AsNoTracking().Where(w => w.OrganizationId == organization.Id).OrderBy(w => w.Number).FirstOrDefaultAsync(ct) is not { } first) return;
            workspace = first;
            adminId = await db.Users.Where(p => p.OrganizationId == organization.Id && p.ExternalUserId == DemoOrganization.DemoExternalUserId).Select(p => p.Id).SingleAsync(ct);
        }

        // Tokens age in the sandbox's time: consent is given in the present, before the clock is put back.
        sandbox.Clock.FollowRealTime();
        foreach (var platform in platforms.Installed) await ConnectAsync(await ActorAsync(adminId, ct), workspace, platform, ct);

        var actor = await ActorAsync(adminId, ct);
        var accounts = await AccountsAsync(actor, workspace, ct);
        await GrantAsync(actor, accounts, ct);
        var creatives = await CreativesAsync(actor, workspace, ct);
        var leadForm = await LeadFormAsync(actor, workspace, accounts, ct);

        try
        {
            foreach (var (daysAgo, campaign, isLaunch) in Events().Where(e => !e.Campaign.IsDraft && e.Campaign.Platforms.Any(accounts.ContainsKey))) await PlayAsync(actor, workspace, campaign, daysAgo, isLaunch, DemoContent.SpecOf(campaign, accounts, creatives, leadForm), ct);
        }
        finally
        {
            sandbox.Clock.FollowRealTime();
        }
        foreach (var id in await LaunchedAsync(actor, ct)) Expect(await readStatuses.RunAsync(actor, id, ct));
        if (leadForm is { } form) Expect(await collectLeads.RunAsync(actor, form, ct));
        await ForgetEarlyReadingsAsync(actor, ct);
        Expect(await sync.RunAsync(actor, workspace.Id, ct));

        // The draft last: where it stands, the past is whole.
        foreach (var draft in DemoContent.Campaigns.Where(c => c.IsDraft)) Expect(await createCampaign.RunAsync(actor, workspace.Id, draft.Name, DemoContent.SpecOf(draft, accounts, creatives, leadForm), null, ct));
    }

    /// <summary>Launches and pauses in the order of time.</summary>
    private static IEnumerable<(int DaysAgo, DemoCampaign Campaign, bool IsLaunch)> Events() =>
        DemoContent.Campaigns.Select(c => (c.LaunchedDaysAgo, c, true))
            .Concat(DemoContent.Campaigns.Where(c => c.PausedDaysAgo is not null).Select(c => (c.PausedDaysAgo!.Value, c, false)))
            .OrderByDescending(e => e.Item1).ThenBy(e => e.Item3 ? 0 : 1);

    private async Task PlayAsync(Actor actor, Workspace workspace, DemoCampaign demo, int daysAgo, bool isLaunch, CampaignSpec spec, CancellationToken ct)
    {
        var then = time.GetUtcNow().AddDays(-daysAgo);
        sandbox.Clock.Set(then);

        await using var db = await studio.OpenAsync(actor, ct);
        var campaign = await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Name == demo.Name && c.WorkspaceId == workspace.Id, ct);
        if (campaign is null) campaign = Expect(await createCampaign.RunAsync(actor, workspace.Id, demo.Name, spec, null, ct));

        if (isLaunch)
        {
            if (campaign.LaunchedAt is null) Expect(await launch.RunAsync(actor, campaign.Id, ct));
            await UntilDoneAsync(db, campaign.Id, ct);
            await db.Campaigns.Where(c => c.Id == campaign.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.LaunchedAt, then).SetProperty(x => x.CreatedAt, then), ct);
            await db.PlatformCampaigns.Where(p => p.CampaignId == campaign.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.LaunchedAt, then), ct);
        }
        else if (!await db.Operations.AnyAsync(o => o.CampaignId == campaign.Id && o.Kind == OperationKind.Pause, ct))
        {
            // What was in review when it was launched is through by now.
            Expect(await readStatuses.RunAsync(actor, campaign.Id, ct));
            Expect(await pause.RunAsync(actor, campaign.Id, ct));
            await UntilDoneAsync(db, campaign.Id, ct);
        }
    }

    private async Task UntilDoneAsync(StudioDb db, Guid campaignId, CancellationToken ct)
    {
        for (var until = time.GetUtcNow() + Patience; await db.Operations.AnyAsync(o => o.CampaignId == campaignId && o.ActiveKey != null, ct); await Task.Delay(100, ct))
            if (time.GetUtcNow() > until) throw new TimeoutException("The demo's launch took too long.");
    }

    /// <summary>The hourly job may have read while the sandbox's clock stood in the past; after such a reading only the last weeks would be read again.</summary>
    private async Task ForgetEarlyReadingsAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        for (var until = time.GetUtcNow() + Patience; await db.SyncRuns.AnyAsync(r => r.ActiveKey != null, ct); await Task.Delay(100, ct))
            if (time.GetUtcNow() > until) throw new TimeoutException("A reading of the demo's numbers took too long.");
        await db.SyncRuns.Where(r => r.ActiveKey == null).ExecuteDeleteAsync(ct);
    }

    private async Task ConnectAsync(Actor actor, Workspace workspace, Platform platform, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.Connections.AnyAsync(c => c.WorkspaceId == workspace.Id && c.Platform == platform, ct)) return;

        var there = sandbox.Find(platform.Wire()) ?? throw new InvalidOperationException($"The sandbox has no {platform}.");
        var started = Expect(await startConnection.RunAsync(actor, new StartConnectionRequest(platform, address.Root) { WorkspaceId = workspace.Id }, ct));
        var answer = there.Keys.Count > 0
            ? new() { ["state"] = HttpUtility.ParseQueryString(started.AuthorizeUrl.Query)["state"], ["code"] = JsonSerializer.Serialize(there.Keys) }
            : await SandboxConsent.GiveAsync(started.AuthorizeUrl, address.Root, there.People().First().Id, ct);
        Expect((await finishConnection.RunAsync(actor, new ConnectionAnswer(platform, answer["state"], answer["code"] ?? answer["auth_code"], answer["error"], null), ct)).Outcome);
    }

    private async Task<Dictionary<Platform, Guid>> AccountsAsync(Actor actor, Workspace workspace, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var accounts = await db.AdAccounts.AsNoTracking().Where(a => a.WorkspaceId == workspace.Id && a.Status == AdAccountStatus.Active && a.Currency == "USD").OrderBy(a => a.Name).ToListAsync(ct);
        return accounts.GroupBy(a => a.Platform).ToDictionary(g => g.Key, g => g.First().Id);
    }

    /// <summary>Mia may spend, Sam and the client may look.</summary>
    private async Task GrantAsync(Actor actor, Dictionary<Platform, Guid> accounts, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var people = await db.Users.Where(p => p.ExternalUserId != null).ToDictionaryAsync(p => p.ExternalUserId!, p => p.Id, ct);
        foreach (var account in accounts.Values)
            foreach (var (who, access) in new[] { ("mia", AccountAccess.Manager), ("sam", AccountAccess.Viewer), ("mara", AccountAccess.Viewer) })
                if (people.TryGetValue(who, out var person) && !await db.AdAccountGrants.AnyAsync(g => g.AdAccountId == account && g.PersonId == person, ct))
                    db.Add(new AdAccountGrant { AdAccountId = account, PersonId = person, Access = access, CreatedAt = time.GetUtcNow() });
        await db.SaveChangesAsync(ct);
    }

    private async Task<Dictionary<string, Guid>> CreativesAsync(Actor actor, Workspace workspace, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var known = await db.Creatives.Where(c => c.WorkspaceId == workspace.Id && c.ExternalKey != null).ToDictionaryAsync(c => c.ExternalKey!, c => c.Id, ct);
        foreach (var demo in DemoContent.Creatives.Where(c => !known.ContainsKey(c.Key)))
        {
            var asset = Expect(await importMedia.RunAsync(actor, workspace.Id, address.Of($"sandbox/assets/{demo.Asset}"), ct));
            known[demo.Key] = Expect(await createCreative.RunAsync(actor, workspace.Id, new CreativeInput
            {
                Name = demo.Name, Type = demo.Type, PrimaryText = demo.PrimaryText, Headline = demo.Headline, Description = demo.Description, CallToAction = demo.CallToAction,
                LinkUrl = DemoContent.Link, AssetIds = [asset.Id], ExternalKey = demo.Key,
            }, ct)).Id;
        }
        return known;
    }

    /// <summary>On the page of the account that pays on Meta; null where Meta isn't there.</summary>
    private async Task<Guid?> LeadFormAsync(Actor actor, Workspace workspace, Dictionary<Platform, Guid> accounts, CancellationToken ct)
    {
        if (!accounts.TryGetValue(Platform.Meta, out var accountId)) return null;
        await using var db = await studio.OpenAsync(actor, ct);
        var form = await db.LeadForms.AsNoTracking().FirstOrDefaultAsync(f => f.WorkspaceId == workspace.Id && f.Name == DemoContent.LeadForm, ct);
        if (form is { ExternalId: not null }) return form.Id;
        var account = await db.AdAccounts.AsNoTracking().SingleAsync(a => a.Id == accountId, ct);
        var page = account.Assets.First(a => a.Kind == AccountAssetKind.Page);
        var id = form?.Id ?? Expect(await createForm.RunAsync(actor, workspace.Id, accountId, page.Id, DemoContent.LeadForm, DemoContent.LeadFormContent, ct)).Id;
        return Expect(await publishForm.RunAsync(actor, id, ct)).Id;
    }

    private async Task<List<Guid>> LaunchedAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return await db.Campaigns.Where(c => c.LaunchedAt != null).Select(c => c.Id).ToListAsync(ct);
    }

    private async Task<Actor> ActorAsync(Guid personId, CancellationToken ct)
    {
        findActor.Forget(personId);
        return await findActor.RunAsync(personId, "demo", ct) ?? throw new InvalidOperationException("The demo person is gone.");
    }

    private static T Expect<T>(Result<T> result) => result.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException($"The demo cannot go on: {refusal}");
}
