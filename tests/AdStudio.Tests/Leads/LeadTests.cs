using AdStudio.Core.Common;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Leads;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Leads;

public sealed class LeadFormTests
{
    [Fact]
    public async Task A_form_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        await using var bench = await LeadBench.SetAsync();
        var draft = await bench.DraftAsync();
        (bench.Forms.LosesNextAnswer, bench.Forms.FindFails) = (true, true);

        (await bench.Get<PublishLeadForm>().RunAsync(bench.Scene.Manager, draft.Id, default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.UnknownOutcome);
        (await bench.Get<GetLeadForm>().RunAsync(bench.Scene.Manager, draft.Id, default)).Value.Status.ShouldBe(LeadFormStatus.Publishing);

        bench.Forms.FindFails = false;
        bench.Clock.Advance(TimeSpan.FromMinutes(3));
        await bench.Get<FinishPublishing>().RunAsync(default);

        var form = (await bench.Get<GetLeadForm>().RunAsync(bench.Scene.Manager, draft.Id, default)).Value;
        (form.Status, form.ExternalId).ShouldBe((LeadFormStatus.Active, bench.Forms.Made.ShouldHaveSingleItem().Id));
    }

    [Fact]
    public async Task What_the_platform_refuses_goes_back_to_its_author_with_its_words()
    {
        await using var bench = await LeadBench.SetAsync();
        var draft = await bench.DraftAsync();
        bench.Forms.Refuses = new PlatformFailure(Platform.Meta, PlatformFailureKind.InvalidRequest, "The privacy policy can't be reached.");

        (await bench.Get<PublishLeadForm>().RunAsync(bench.Scene.Manager, draft.Id, default)).IsDone.ShouldBeFalse();

        var form = (await bench.Get<GetLeadForm>().RunAsync(bench.Scene.Manager, draft.Id, default)).Value;
        (form.Status, form.FailureText).ShouldBe((LeadFormStatus.Draft, "The privacy policy can't be reached."));
    }

    [Fact]
    public async Task A_published_form_is_not_changed_but_copied()
    {
        await using var bench = await LeadBench.SetAsync();
        var form = await bench.PublishedAsync();

        (await bench.Get<SaveLeadForm>().RunAsync(bench.Scene.Manager, form.Id, "Other", LeadBench.Content, form.Version, default)).Refusal.ShouldBeOfType<LeadFormIsPublished>();
        (await bench.Get<DeleteLeadForm>().RunAsync(bench.Scene.Manager, form.Id, default)).Refusal.ShouldBeOfType<LeadFormInUse>();
        var copy = (await bench.Get<CopyLeadForm>().RunAsync(bench.Scene.Manager, form.Id, default)).Value;
        (copy.Status, copy.Name).ShouldBe((LeadFormStatus.Draft, "Newsletter (copy)"));
    }

    [Fact]
    public async Task Two_editors_do_not_write_over_each_other()
    {
        await using var bench = await LeadBench.SetAsync();
        var draft = await bench.DraftAsync();
        (await bench.Get<SaveLeadForm>().RunAsync(bench.Scene.Admin, draft.Id, "Mine", LeadBench.Content, draft.Version, default)).IsDone.ShouldBeTrue();
        (await bench.Get<SaveLeadForm>().RunAsync(bench.Scene.Manager, draft.Id, "Yours", LeadBench.Content, draft.Version, default)).Refusal.ShouldBeOfType<LeadFormChangedMeanwhile>();
    }

    [Fact]
    public async Task Importing_twice_changes_nothing()
    {
        await using var bench = await LeadBench.SetAsync();
        await bench.PublishedAsync();
        bench.Forms.Made.Add(("form-9", "Made elsewhere", "ACTIVE"));

        (await bench.Get<ImportLeadForms>().RunAsync(bench.Scene.Manager, bench.Scene.Meta.Id, default)).Value.ShouldBe(new ImportedForms(1, 1));
        (await bench.Get<ImportLeadForms>().RunAsync(bench.Scene.Manager, bench.Scene.Meta.Id, default)).Value.ShouldBe(new ImportedForms(0, 2));
        (await bench.Get<ListLeadForms>().RunAsync(bench.Scene.Manager, bench.Workspace, default)).Value.Single(f => f.IsImported).Language.ShouldBe("DE_DE");
    }

    [Fact]
    public async Task Viewers_look_and_strangers_find_nothing()
    {
        await using var bench = await LeadBench.SetAsync();
        var form = await bench.PublishedAsync();
        var stranger = Actor.Studio(Guid.NewGuid());

        (await bench.Get<GetLeadForm>().RunAsync(bench.Scene.Viewer, form.Id, default)).Value.MayChange.ShouldBeFalse();
        (await bench.Get<ArchiveLeadForm>().RunAsync(bench.Scene.Viewer, form.Id, default)).Refusal.ShouldBeOfType<LeadFormNeedsManager>();
        (await bench.Get<GetLeadForm>().RunAsync(stranger, form.Id, default)).Refusal.ShouldBeOfType<LeadFormNotFound>();
        (await bench.Get<PublishLeadForm>().RunAsync(stranger, form.Id, default)).Refusal.ShouldBeOfType<LeadFormNotFound>();
    }

    [Fact]
    public void There_are_25_kinds_of_question_and_32_languages_two_of_them_from_right_to_left()
    {
        LeadFormRules.Types.Select(t => t.Wire).Distinct().Count().ShouldBe(25);
        LeadFormRules.Languages.Select(l => l.Wire).Distinct().Count().ShouldBe(32);
        LeadFormRules.Languages.Where(l => l.RightToLeft).Select(l => l.Wire).ShouldBe(["AR_AR", "HE_IL"]);
    }

    [Theory]
    [InlineData("VIEW_WEBSITE", null, null, null, "thankYouPage.websiteUrl")]
    [InlineData("CALL_BUSINESS", null, null, "5550100", "thankYouPage.countryCode")]
    [InlineData("WHATSAPP", null, "US", null, "thankYouPage.businessPhoneNumber")]
    [InlineData("WHATSAPP", null, "US", "555 0100", null)]
    [InlineData("NONE", null, null, null, null)]
    public void The_last_page_asks_for_what_its_button_needs(string button, string? website, string? country, string? phone, string? wrong)
    {
        var form = LeadBench.Content with { ThankYou = LeadBench.Content.ThankYou with { ButtonType = button, WebsiteUrl = website, CountryCode = country, BusinessPhoneNumber = phone } };
        LeadFormRules.Check("Newsletter", form).Select(p => p.Field).ShouldBe(wrong is null ? [] : [wrong]);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_with_its_field()
    {
        var form = new LeadFormContent
        {
            Language = "XX", PrivacyPolicyUrl = "http://plain.example", Intro = new("", "OTHER", []),
            Questions = [new("EMAIL", "", "email", []), new("EMAIL", "", "email_2", []), new("CUSTOM", "", "custom", [new("a", "One"), new("b", " ")]), new("SHOE_SIZE", "", "shoe", [])],
        };
        LeadFormRules.Check("", form).Select(p => p.Field).ShouldBe(
            ["name", "language", "questions[1].type", "questions[2].label", "questions[2].options", "questions[3].type", "privacyPolicyUrl", "privacyPolicyName", "thankYouPage.title", "thankYouPage.body", "thankYouPage.buttonText", "thankYouPage.websiteUrl",
            "introPage.title", "introPage.style", "introPage.content"], ignoreOrder: true);
    }
}

public sealed class LeadTests
{
    private static PlatformLead Lead(string id, string form, DateTimeOffset at, string email = "ada@example.com") =>
        new(id, form, at, [new("full_name", "Ada Byron"), new("email", email), new("custom", "Large")]);

    [Fact]
    public async Task A_lead_comes_once_by_whichever_way_and_however_often()
    {
        await using var bench = await LeadBench.SetAsync();
        var form = await bench.PublishedAsync();
        bench.Forms.Leads.Add(Lead("l-1", form.ExternalId!, bench.Clock.GetUtcNow()));

        (await bench.Get<ReceiveLead>().RunAsync(new(Platform.Meta, LeadBench.Page, form.ExternalId!, "l-1"), default)).Value.ShouldBe(1);
        (await bench.Get<ReceiveLead>().RunAsync(new(Platform.Meta, LeadBench.Page, form.ExternalId!, "l-1"), default)).Value.ShouldBe(0);
        bench.Forms.Leads.Add(Lead("l-2", form.ExternalId!, bench.Clock.GetUtcNow()));
        (await bench.Get<CollectLeads>().RunAsync(bench.Scene.Manager, form.Id, default)).Value.ShouldBe(new CollectedLeads(1, 2));

        var inbox = await bench.InboxAsync();
        inbox.Select(l => l.ReceivedBy).ShouldBe(["webhook", "reading"], ignoreOrder: true);
        inbox[0].Answers.Select(a => (a.Question, a.Value)).ShouldBe([("Full name", "Ada Byron"), ("Email", "ada@example.com"), ("Which size?", "Large")]);
        (inbox[0].Name, inbox[0].Email).ShouldBe(("Ada Byron", "ada@example.com"));
    }

    [Fact]
    public async Task A_lead_that_shows_up_late_is_found_by_the_next_reading()
    {
        await using var bench = await LeadBench.SetAsync();
        var form = await bench.PublishedAsync();
        await bench.Get<CollectAllLeads>().RunAsync(default);
        bench.Forms.Leads.Add(Lead("late", form.ExternalId!, bench.Clock.GetUtcNow().AddHours(-6)));
        bench.Clock.Advance(TimeSpan.FromMinutes(5));

        await bench.Get<CollectAllLeads>().RunAsync(default);

        (await bench.InboxAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_erased_lead_is_empty_and_the_next_reading_does_not_bring_it_back()
    {
        await using var bench = await LeadBench.SetAsync();
        var form = await bench.PublishedAsync();
        bench.Forms.Leads.Add(Lead("l-1", form.ExternalId!, bench.Clock.GetUtcNow()));
        await bench.Get<CollectLeads>().RunAsync(bench.Scene.Manager, form.Id, default);
        var lead = (await bench.InboxAsync()).Single();
        await bench.Get<AddLeadNote>().RunAsync(bench.Scene.Manager, lead.Id, "Wants Large.", default);

        (await bench.Get<EraseLead>().RunAsync(bench.Scene.Manager, lead.Id, default)).Value.ShouldBe(1);
        (await bench.Get<CollectLeads>().RunAsync(bench.Scene.Manager, form.Id, default)).Value.New.ShouldBe(0);

        await using var db = await bench.Studio.OpenForEveryoneAsync(default);
        var left = await db.Leads.Include(l => l.Notes).SingleAsync();
        (left.Name, left.Email, left.Answers.Count, left.Notes.Count, left.ErasedAt is not null).ShouldBe(("", "", 0, 0, true));
        (await bench.Get<ChangeLead>().RunAsync(bench.Scene.Manager, lead.Id, new(Status: LeadStatus.Won), default)).Refusal.ShouldBeOfType<LeadErased>();
    }

    [Fact]
    public async Task Leads_are_erased_when_the_workspace_keeps_them_no_longer()
    {
        await using var bench = await LeadBench.SetAsync();
        var form = await bench.PublishedAsync();
        await bench.Get<SaveLeadSettings>().RunAsync(bench.Scene.Admin, bench.Workspace, 30, null, false, default);
        bench.Forms.Leads.Add(Lead("old", form.ExternalId!, bench.Clock.GetUtcNow().AddDays(-29)));
        await bench.Get<CollectLeads>().RunAsync(bench.Scene.Manager, form.Id, default);

        await bench.Get<EraseOldLeads>().RunAsync(default);
        (await bench.InboxAsync()).Single().IsErased.ShouldBeFalse();
        bench.Clock.Advance(TimeSpan.FromDays(2));
        await bench.Get<EraseOldLeads>().RunAsync(default);
        (await bench.InboxAsync()).Single().IsErased.ShouldBeTrue();
    }

    [Fact]
    public async Task A_lead_is_forwarded_signed_and_again_after_a_refusal_until_a_day_has_passed()
    {
        await using var bench = await LeadBench.SetAsync();
        var form = await bench.PublishedAsync();
        var secret = (await bench.Get<SaveLeadSettings>().RunAsync(bench.Scene.Admin, bench.Workspace, null, "https://crm.example/leads", false, default)).Value.Secret.ShouldNotBeNull();
        (await bench.Get<GetLeadSettings>().RunAsync(bench.Scene.Admin, bench.Workspace, default)).Value.Secret.ShouldBeNull();
        bench.Forms.Leads.Add(Lead("l-1", form.ExternalId!, bench.Clock.GetUtcNow()));
        await bench.Get<CollectLeads>().RunAsync(bench.Scene.Manager, form.Id, default);

        bench.Address.IsDown = true;
        await bench.Get<ForwardLeads>().RunAsync(default);
        (await bench.InboxAsync()).Single().ForwardFailure.ShouldBe("The address answered 503.");
        bench.Address.IsDown = false;
        await bench.Get<ForwardLeads>().RunAsync(default);
        bench.Address.Got.ShouldBeEmpty();
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Get<ForwardLeads>().RunAsync(default);

        var (_, json, headers) = bench.Address.Got.ShouldHaveSingleItem();
        headers["X-AdStudio-Signature"].ShouldBe("sha256=" + ForwardLeads.Sign(secret, headers["X-AdStudio-Timestamp"], json));
        json.ShouldContain("ada@example.com");
        (await bench.InboxAsync()).Single().ForwardedAt.ShouldNotBeNull();

        bench.Address.IsDown = true;
        await bench.Get<ForwardLeadAgain>().RunAsync(bench.Scene.Manager, (await bench.InboxAsync()).Single().Id, default);
        var tries = 0;
        for (; (await bench.InboxAsync()).Single().ForwardAt is not null; tries++)
        {
            await bench.Get<ForwardLeads>().RunAsync(default);
            bench.Clock.Advance(TimeSpan.FromHours(8));
        }
        tries.ShouldBe(9);
    }

    [Fact]
    public async Task Leads_are_found_assigned_and_moved_on_by_those_who_manage_the_account()
    {
        await using var bench = await LeadBench.SetAsync();
        var form = await bench.PublishedAsync();
        bench.Forms.Leads.AddRange([Lead("l-1", form.ExternalId!, bench.Clock.GetUtcNow()), Lead("l-2", form.ExternalId!, bench.Clock.GetUtcNow(), "bob@example.com")]);
        await bench.Get<CollectLeads>().RunAsync(bench.Scene.Manager, form.Id, default);
        var bob = (await bench.InboxAsync(new(bench.Workspace, Search: "BOB@"))).Single();

        (await bench.Get<ChangeLead>().RunAsync(bench.Scene.Manager, bob.Id, new(LeadStatus.Qualified, bench.Scene.Manager.Id), default)).IsDone.ShouldBeTrue();
        (await bench.InboxAsync(new(bench.Workspace, Status: LeadStatus.Qualified, Assigned: bench.Scene.Manager.Id))).Single().AssignedToName.ShouldNotBeNullOrEmpty();
        (await bench.Get<ChangeLead>().RunAsync(bench.Scene.Viewer, bob.Id, new(LeadStatus.Lost), default)).Refusal.ShouldBeOfType<LeadNeedsManager>();
        (await bench.InboxAsync(by: Actor.Studio(Guid.NewGuid()))).ShouldBeEmpty();
        (await bench.Get<EraseLead>().RunAsync(Actor.Studio(Guid.NewGuid()), bob.Id, default)).Refusal.ShouldBeOfType<LeadNotFound>();
    }
}
