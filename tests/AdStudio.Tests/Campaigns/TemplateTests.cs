using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Campaigns;

/// <summary>Templates: what they keep, who may use them, and what of them a campaign begins with.</summary>
public sealed class TemplateTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task A_template_keeps_all_of_a_campaign_but_its_dates()
    {
        var scene = await Scene.SetAsync(app.Studio, "Kept");
        var creative = await Drafts.AddCreativeAsync(app.Studio, scene);
        var group = new CountryGroup { Name = "North", Fraction = 1, Places = [Drafts.UnitedStates] };
        var spec = Drafts.On(scene) with { CreativeIds = [creative.Id], Groups = [group], Schedule = new ScheduleSpec { TimeZone = "Europe/Berlin", Start = new DateTime(2037, 1, 1), End = new DateTime(2037, 2, 1) } };
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene, spec);

        var template = (await app.Get<SaveAsTemplate>().RunAsync(scene.Manager, campaign.Id, "Skeleton", "For spring", new TemplateKeeps(), Ct)).Value;

        template.Spec.Schedule.ShouldBe(new ScheduleSpec { TimeZone = "Europe/Berlin" });
        (template.Spec.Groups[0].Name, template.Spec.Budget, template.Spec.CreativeIds[0], template.Description).ShouldBe(("North", spec.Budget, creative.Id, "For spring"));
        var begun = (await app.Get<CreateFromTemplate>().RunAsync(scene.Manager, template.Id, "Spring", Ct)).Value;
        begun.Campaign.IsWritten("Spring", template.Spec).ShouldBeTrue();
        begun.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Creatives_and_audiences_stay_out_when_they_should_and_when_they_were_deleted()
    {
        var scene = await Scene.SetAsync(app.Studio, "Without");
        var creative = await Drafts.AddCreativeAsync(app.Studio, scene);
        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene, Drafts.On(scene) with { CreativeIds = [creative.Id] });
        (await app.Get<SaveAsTemplate>().RunAsync(scene.Manager, campaign.Id, "Bare", "", new TemplateKeeps(Creatives: false), Ct)).Value.Spec.CreativeIds.ShouldBeEmpty();

        var template = (await app.Get<SaveAsTemplate>().RunAsync(scene.Manager, campaign.Id, "Whole", "", new TemplateKeeps(), Ct)).Value;
        await using (var db = await app.Studio.OpenAsync(scene.Admin, Ct))
        {
            (await db.Creatives.SingleAsync(c => c.Id == creative.Id)).DeletedAt = DateTimeOffset.UnixEpoch;
            await db.SaveChangesAsync(Ct);
        }

        var begun = (await app.Get<CreateFromTemplate>().RunAsync(scene.Manager, template.Id, null, Ct)).Value;
        begun.Campaign.Spec.CreativeIds.ShouldBeEmpty();
        begun.Notes.ShouldBe(["1 creative of the template was deleted since."]);
    }

    [Fact]
    public async Task Who_may_not_spend_from_an_account_gets_the_template_without_it()
    {
        var scene = await Scene.SetAsync(app.Studio, "Fitted");
        var template = (await app.Get<CreateTemplate>().RunAsync(scene.Admin, scene.Workspace.Id, new("Two", "", Drafts.On(scene)), Ct)).Value;

        var mine = (await app.Get<FitTemplate>().RunAsync(scene.Admin, template.Id, Ct)).Value;
        var theirs = (await app.Get<FitTemplate>().RunAsync(scene.Viewer, template.Id, Ct)).Value;

        mine.Spec.Platforms.ShouldAllBe(p => p.AdAccountId != null);
        theirs.Spec.Platforms.Select(p => (p.Platform, p.AdAccountId)).ShouldBe([(Platform.Meta, null), (Platform.Google, null)]);
        theirs.Notes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_may_only_look_writes_none_and_strangers_see_none()
    {
        var scene = await Scene.SetAsync(app.Studio, "Looked at");
        var other = await Scene.SetAsync(app.Studio, "Elsewhere");
        var template = (await app.Get<CreateTemplate>().RunAsync(scene.Manager, scene.Workspace.Id, new("Ours", "", Drafts.On(scene)), Ct)).Value;

        (await app.Get<GetTemplate>().RunAsync(scene.Viewer, template.Id, Ct)).Value.MayWrite.ShouldBeFalse();
        (await app.Get<CreateTemplate>().RunAsync(scene.Viewer, scene.Workspace.Id, new("Mine", "", new CampaignSpec()), Ct)).Refusal.ShouldBeOfType<TemplatesNeedManager>();
        (await app.Get<UpdateTemplate>().RunAsync(scene.Viewer, template.Id, new("Mine", "", new CampaignSpec()), null, Ct)).Refusal.ShouldBeOfType<TemplatesNeedManager>();
        (await app.Get<DeleteTemplate>().RunAsync(scene.Viewer, template.Id, Ct)).Refusal.ShouldBeOfType<TemplatesNeedManager>();
        (await app.Get<CreateFromTemplate>().RunAsync(scene.Viewer, template.Id, null, Ct)).Refusal.ShouldBeOfType<WritingNotAllowed>();
        foreach (var refused in new Refusal?[]
        {
            (await app.Get<GetTemplate>().RunAsync(other.Admin, template.Id, Ct)).Refusal, (await app.Get<DeleteTemplate>().RunAsync(other.Admin, template.Id, Ct)).Refusal,
            (await app.Get<CreateFromTemplate>().RunAsync(other.Admin, template.Id, null, Ct)).Refusal, (await app.Get<UpdateTemplate>().RunAsync(other.Admin, template.Id, new("Mine", "", new CampaignSpec()), null, Ct)).Refusal,
        }) refused.ShouldBeOfType<TemplateNotFound>();
        (await app.Get<ListTemplates>().RunAsync(other.Admin, new TemplateFilter(), Ct)).Value.Items.ShouldNotContain(t => t.Id == template.Id);
    }

    [Fact]
    public async Task A_stale_save_is_refused_and_a_campaign_is_written_over_a_template()
    {
        var scene = await Scene.SetAsync(app.Studio, "Over");
        var template = (await app.Get<CreateTemplate>().RunAsync(scene.Manager, scene.Workspace.Id, new("Old", "Says why", Drafts.On(scene)), Ct)).Value;
        (await app.Get<UpdateTemplate>().RunAsync(scene.Manager, template.Id, new("New", "Says why", template.Spec), template.Version, Ct)).IsDone.ShouldBeTrue();
        (await app.Get<UpdateTemplate>().RunAsync(scene.Manager, template.Id, new("Late", "", template.Spec), template.Version, Ct)).Refusal.ShouldBeOfType<TemplateChangedMeanwhile>();

        var campaign = await Drafts.CreateAsync(app, scene.Manager, scene, Drafts.On(scene) with { Objective = Objective.Awareness });
        var replaced = (await app.Get<ReplaceTemplate>().RunAsync(scene.Manager, template.Id, campaign.Id, new TemplateKeeps(), Ct)).Value;
        (replaced.Name, replaced.Description, replaced.Spec.Objective).ShouldBe(("New", "Says why", Objective.Awareness));
    }

    [Fact]
    public async Task A_deleted_template_comes_back_and_its_history_is_written()
    {
        var scene = await Scene.SetAsync(app.Studio, "Back");
        var template = (await app.Get<CreateTemplate>().RunAsync(scene.Manager, scene.Workspace.Id, new("Gone", "", Drafts.On(scene)), Ct)).Value;
        (await app.Get<RestoreTemplate>().RunAsync(scene.Manager, template.Id, Ct)).Refusal.ShouldBeOfType<TemplateNotDeleted>();

        (await app.Get<DeleteTemplate>().RunAsync(scene.Manager, template.Id, Ct)).IsDone.ShouldBeTrue();
        (await app.Get<GetTemplate>().RunAsync(scene.Manager, template.Id, Ct)).Refusal.ShouldBeOfType<TemplateNotFound>();
        (await app.Get<RestoreTemplate>().RunAsync(scene.Manager, template.Id, Ct)).IsDone.ShouldBeTrue();

        (await app.Get<GetTemplate>().RunAsync(scene.Manager, template.Id, Ct)).IsDone.ShouldBeTrue();
        await using var db = await app.Studio.OpenAsync(scene.Admin, Ct);
        (await db.AuditEntries.Where(a => a.SubjectId == template.Id).OrderBy(a => a.At).ThenBy(a => a.Id).Select(a => a.Verb).ToListAsync(Ct)).ShouldBe(["created", "deleted", "restored"]);
    }
}
