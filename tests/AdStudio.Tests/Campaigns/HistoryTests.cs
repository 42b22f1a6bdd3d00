using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Campaigns;

public sealed class HistoryTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task Saves_of_one_sitting_are_told_as_one_and_can_be_put_back()
    {
        var scene = await Scene.SetAsync(app.Studio, "History");
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene);
        var version = campaign.Version;
        foreach (var amount in new long[] { 260, 280, 300 })
        {
            var spec = campaign.Spec with { Objective = Objective.Sales, Budget = campaign.Spec.Budget with { AmountMicros = amount * 1_000_000 } };
            version = (await app.Get<SaveDraft>().RunAsync(scene.Manager, campaign.Id, campaign.Name, spec, version, Ct)).Value.Version;
        }
        await app.Get<RenameCampaign>().RunAsync(scene.Admin, campaign.Id, "Summer shoes", Ct);

        var history = (await app.Get<ListCampaignHistory>().RunAsync(scene.Viewer, campaign.Id, Ct)).Value;

        history.Select(h => $"{h.Who} {string.Join("; ", h.What)}").ShouldBe(
        [
            "Ada renamed it from “Spring shoes” to “Summer shoes”",
            "Mia changed the goal from Traffic to Sales; raised the budget from $250 a day to $300 a day",
            "Mia wrote the campaign",
        ]);
        var before = history[1].Before!;
        var now = (await app.Get<GetCampaign>().RunAsync(scene.Manager, campaign.Id, Ct)).Value;
        var (name, back) = SpecMerge.Take((now.Name, now.Spec), (before.Name, before.Spec), before.Parts);
        (name, back.Objective, back.Budget.AmountMicros).ShouldBe(("Summer shoes", Objective.Traffic, 250_000_000));
    }

    [Fact]
    public async Task Nobody_reads_the_history_of_another_organization()
    {
        var (ours, theirs) = (await Scene.SetAsync(app.Studio, "Ourhist"), await Scene.SetAsync(app.Studio, "Theirhist"));
        var campaign = await Drafts.CreateAsync(app, ours.Manager, ours);

        (await app.Get<ListCampaignHistory>().RunAsync(theirs.Admin, campaign.Id, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<GetCampaignAds>().RunAsync(theirs.Admin, campaign.Id, Ct)).Refusal.ShouldBeOfType<CampaignNotFound>();
        (await app.Get<SearchTargeting>().RunAsync(theirs.Admin, ours.Workspace.Id, campaign.Spec, TargetingKind.Place, "berlin", Ct)).Refusal.ShouldBeOfType<WorkspaceOfCampaignNotFound>();
    }
}
