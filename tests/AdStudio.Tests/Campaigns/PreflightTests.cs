using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Campaigns;

/// <summary>Every rule of preflight, with the words that people read.</summary>
public sealed class PreflightTests
{
    private readonly Situation now = new();

    [Fact]
    public void What_is_in_order_is_let_through() => now.Check().Where(f => f.Severity != FindingSeverity.Warns).ShouldBeEmpty();

    // ---- goal ----

    [Fact]
    public void An_empty_draft_is_told_what_is_missing()
    {
        now.Name = " ";
        now.Spec = new CampaignSpec();

        now.Check().Select(f => (f.Field, f.Message)).ShouldBe(
        [
            ("name", "Give the campaign a name."),
            ("objective", "Choose what the campaign is for."),
            ("platforms", "Choose at least one platform."),
            ("audience.places", "Choose at least one place where the ads should show."),
            ("creativeIds", "Choose or write at least one creative."),
            ("budget.amount", "Say how much may be spent."),
            ("budget.currency", "Choose the currency of the budget."),
        ]);
    }

    [Fact]
    public void A_goal_that_a_platform_does_not_offer_blocks()
    {
        now.Spec = now.Spec with { Objective = Objective.Engagement };
        now.At("objective").ShouldBe(["Blocks: Google has no engagement goal for Display campaigns. Choose another goal, or take Google out."]);
    }

    [Fact]
    public void A_special_category_needs_its_countries()
    {
        now.Spec = now.Spec with { SpecialAdCategories = ["HOUSING"] };
        now.At("specialAdCountries").ShouldBe(["Blocks: Ads of a special category need the countries they are declared for. Name at least one."]);
    }

    [Fact]
    public void A_special_category_that_nobody_knows_blocks()
    {
        now.Spec = now.Spec with { SpecialAdCategories = ["WIZARDRY"], SpecialAdCountries = ["US"] };
        now.At("specialAdCategories").ShouldBe(["Blocks: Meta knows no special category “WIZARDRY”. Choose one of its own."]);
    }

    // ---- platforms and accounts ----

    [Fact]
    public void A_platform_that_is_not_connected_is_left_out_alone()
    {
        now.Spec = now.Spec with { Platforms = [.. now.Spec.Platforms, new() { Platform = Platform.TikTok }] };
        now.At("platforms[2]").ShouldBe(["LeavesOut: TikTok isn't connected. Connect it under Connections, then launch there."]);
        now.Check().ShouldNotContain(f => f.Severity == FindingSeverity.Blocks);
    }

    [Fact]
    public void When_no_platform_is_connected_nothing_can_be_launched()
    {
        now.Accounts = [];
        now.At("platforms").ShouldBe(["Blocks: None of the chosen platforms can be launched on now. Connect one of them first."]);
    }

    [Fact]
    public void Of_several_accounts_one_has_to_be_chosen()
    {
        now.Accounts.Add(now.Account(Platform.Meta, "Acme Meta 2"));
        now.OnMeta(m => m with { AdAccountId = null });
        now.At("platforms[0].adAccountId").ShouldBe(["Blocks: There are 2 Meta accounts here. Choose the one that pays."]);
    }

    [Fact]
    public void The_only_account_is_taken_by_itself()
    {
        now.OnMeta(m => m with { AdAccountId = null });
        now.Facts.AccountFor(now.Spec.Platforms[0]).ShouldBe(now.Meta);
        now.Check().ShouldNotContain(f => f.Severity == FindingSeverity.Blocks);
    }

    [Fact]
    public void A_chosen_account_that_is_gone_has_to_be_replaced()
    {
        now.OnMeta(m => m with { AdAccountId = Guid.NewGuid() });
        now.At("platforms[0].adAccountId").ShouldBe(["Blocks: The Meta account that was chosen is no longer here. Choose another one."]);
    }

    [Fact]
    public void An_account_that_one_only_reads_may_not_pay()
    {
        now.Actor = new Actor { Kind = ActorKind.Person, OrganizationId = Guid.NewGuid(), Id = Guid.NewGuid(), Name = "Vic", Via = "test", Accounts = new Dictionary<Guid, AccountAccess> { [now.Meta.Id] = AccountAccess.Viewer, [now.Google.Id] = AccountAccess.Manager } };
        now.At("platforms[0].adAccountId").ShouldBe(["Blocks: You may only look at Acme Meta. Ask an admin of your team for the manager role, or choose an account that you manage."]);
    }

    [Theory]
    [InlineData(ConnectionHealth.Expired, "LeavesOut: Meta no longer accepts our access. Reconnect it under Connections.")]
    [InlineData(ConnectionHealth.Disconnected, "LeavesOut: Meta isn't connected any more. Connect it under Connections.")]
    [InlineData(ConnectionHealth.MissingPermission, "LeavesOut: Meta hasn't allowed ads_management. Reconnect it under Connections and allow everything it asks for.")]
    [InlineData(ConnectionHealth.Expiring, "Warns: The connection to Meta ends soon. Reconnect it under Connections, so that nothing stops in the middle.")]
    public void A_connection_that_ails_says_what_to_do(ConnectionHealth health, string said)
    {
        now.Meta.Connection.Health = health;
        now.Meta.Connection.MissingScopes = health == ConnectionHealth.MissingPermission ? ["ads_management"] : [];
        now.At("platforms[0].adAccountId").ShouldBe([said]);
    }

    [Theory]
    [InlineData(AdAccountStatus.Disabled, "LeavesOut: Acme Meta can't run ads on Meta: the platform has disabled the account. Clear it up there, or choose another account.")]
    [InlineData(AdAccountStatus.Unsettled, "LeavesOut: Acme Meta can't run ads on Meta: a payment is open. Settle it on the platform, then sync the account.")]
    [InlineData(AdAccountStatus.PendingReview, "LeavesOut: Acme Meta can't run ads on Meta: the platform is still reviewing the account. Wait for it, or choose another account.")]
    [InlineData(AdAccountStatus.Closed, "LeavesOut: Acme Meta can't run ads on Meta: the account is closed. Choose another one.")]
    public void An_account_that_is_not_in_good_standing_says_why(AdAccountStatus status, string said)
    {
        now.Meta.Status = status;
        now.At("platforms[0].adAccountId").ShouldBe([said]);
    }

    [Fact]
    public void Without_the_task_to_advertise_nothing_is_launched_there()
    {
        now.Meta.UserTasks = ["DRAFT", "ANALYZE"];
        now.At("platforms[0].adAccountId").ShouldBe(["LeavesOut: Acme Meta can't run ads on Meta: the person who connected it may not run ads there. Ask for the task ADVERTISE on the platform, then sync the account."]);
        now.Meta.UserTasks = ["ANALYZE", "ADVERTISE"];
        now.At("platforms[0].adAccountId").ShouldBeEmpty();
    }

    [Fact]
    public void Messages_on_Instagram_need_a_page_with_an_Instagram_account()
    {
        now.OnMeta(m => m with { Details = new() { ConversionLocation = "INSTAGRAM_DIRECT" } });
        now.At("platforms[0].instagramId").ShouldBe(["Blocks: Acme Page has no Instagram business account. Link one to the page on Meta and sync the account, or choose another page."]);
        now.Meta.Assets = [.. now.Meta.Assets, new AccountAsset(AccountAssetKind.InstagramAccount, "178", "acme", "173")];
        now.At("platforms[0].instagramId").ShouldBeEmpty();
    }

    [Fact]
    public void Meta_needs_a_page()
    {
        now.Meta.Assets = [];
        now.At("platforms[0].pageId").ShouldBe(["Blocks: Meta shows each ad in the name of a page, and Acme Meta can use none. Give it one on Meta, then sync the account."]);
    }

    [Fact]
    public void Sales_need_a_pixel_on_Meta_and_are_better_with_a_conversion_action_on_Google()
    {
        now.Spec = now.Spec with { Objective = Objective.Sales };
        now.Meta.Assets = [.. now.Meta.Assets.Where(a => a.Kind == AccountAssetKind.Page)];
        now.Google.Assets = [];
        now.At("platforms[0].pixelId").ShouldBe(["Blocks: Meta counts sales by a pixel, and Acme Meta has none. Make one on Meta, then sync the account."]);
        now.At("platforms[1].pixelId").ShouldBe(["Warns: Acme Google has no conversion action, so Google can't tell which clicks bring sales. Make one on Google, then sync the account."]);
    }

    // ---- audience ----

    [Fact]
    public void Without_places_the_ads_show_in_the_accounts_country()
    {
        now.Audience(a => a with { Places = [] });
        now.At("audience.places").ShouldBe(
        [
            "Warns: No place is chosen. On Meta the ads show in United States, the account's country.",
            "Warns: No place is chosen. On Google the ads show in United States, the account's country.",
        ]);
    }

    [Fact]
    public void Without_places_and_without_a_country_of_the_account_one_has_to_be_chosen()
    {
        now.Audience(a => a with { Places = [] });
        (now.Meta.TimeZone, now.Meta.Currency) = ("UTC", "EUR");
        now.At("audience.places").First().ShouldBe("Blocks: Choose at least one place where the ads should show.");
    }

    [Fact]
    public void Places_and_interests_that_a_platform_does_not_know_are_left_out_there()
    {
        var munich = new TargetPlace { Kind = PlaceKind.City, Name = "Munich", Country = "DE", Ids = new Dictionary<Platform, string> { [Platform.Meta] = "1" } };
        var running = new TargetInterest { Name = "Running", Ids = new Dictionary<Platform, string> { [Platform.Meta] = "2" } };
        now.Audience(a => a with { Places = [Drafts.UnitedStates, munich], Interests = [running] });
        now.At("audience.places").ShouldBe(["Warns: Google doesn't know Munich, so it is left out there."]);
        now.At("audience.interests").ShouldBe(["Warns: Google doesn't know the interest Running, so it is left out there."]);

        now.Audience(a => a with { Places = [munich] });
        now.At("audience.places").ShouldBe(["Blocks: Google knows none of the chosen places. Add one that it knows, or its country."]);
    }

    [Fact]
    public void Special_categories_may_not_be_narrowed()
    {
        var munich = new TargetPlace { Kind = PlaceKind.City, Name = "Munich", Country = "DE", Ids = new Dictionary<Platform, string> { [Platform.Meta] = "1", [Platform.Google] = "1" } };
        now.Spec = now.Spec with { SpecialAdCategories = ["HOUSING"], SpecialAdCountries = ["US"] };
        now.Audience(a => a with { AgeMin = 25, Genders = [Gender.Women], Places = [munich] });
        now.At("audience.ages").ShouldBe(["Blocks: Meta shows housing ads to everyone from 18 on. Set the ages to 18 to 65+."]);
        now.At("audience.genders").ShouldBe(["Blocks: Meta shows housing ads to all genders. Choose all."]);
        now.At("audience.places").ShouldBe(["Blocks: Meta doesn't take small places for housing ads. Choose whole countries."]);
    }

    [Fact]
    public void Ages_have_their_bounds()
    {
        now.Audience(a => a with { AgeMin = 40, AgeMax = 30 });
        now.At("audience.ages").ShouldBe(["Blocks: Ages run from 13 to 65, where 65 means 65 and older, with the lower one first."]);
        now.Audience(a => a with { AgeMin = 13, AgeMax = 30 });
        now.At("audience.ages").First().ShouldBe("Blocks: Meta shows these ads from 18 on. Set the lowest age to 18 or more.");
    }

    [Fact]
    public void An_audience_that_was_deleted_has_to_go()
    {
        now.Spec = now.Spec with { AudienceIds = [Guid.NewGuid()] };
        now.At("audienceIds[0]").ShouldBe(["Blocks: One of the audiences was deleted. Take it out, or choose another one."]);
    }

    [Fact]
    public void A_saved_audience_brings_its_places_along()
    {
        var saved = new AdAudience { Name = "Germans", Type = AudienceType.Saved, Definition = """{"places":[{"kind":"Country","name":"Germany","country":"DE"}]}""" };
        now.Audiences.Add(saved);
        now.Audience(a => a with { Places = [] });
        now.Spec = now.Spec with { AudienceIds = [saved.Id] };
        now.At("audience.places").ShouldBeEmpty();
    }

    // ---- creatives ----

    [Fact]
    public void A_creative_that_was_deleted_has_to_go()
    {
        now.Spec = now.Spec with { CreativeIds = [now.Creative.Id, Guid.NewGuid()] };
        now.At("creativeIds[1]").ShouldBe(["Blocks: One of the creatives was deleted. Take it out, or choose another one."]);
    }

    [Fact]
    public void What_a_creative_lacks_is_named()
    {
        (now.Creative.PrimaryText, now.Creative.Headline, now.Creative.LinkUrl, now.Creative.CallToAction, now.Creative.AssetIds) = ("", "", "", "", []);
        now.At("creativeIds[0].primaryText").ShouldBe(["Blocks: “Spring shoe” has no text yet. Write a line or two."]);
        now.At("creativeIds[0].headline").ShouldBe(["Blocks: Meta needs a headline. “Spring shoe” has none.", "Blocks: Google needs a headline. “Spring shoe” has none."]);
        now.At("creativeIds[0].linkUrl").ShouldBe(["Blocks: “Spring shoe” leads nowhere. Give it a link."]);
        now.At("creativeIds[0].callToAction").ShouldBe(["Blocks: “Spring shoe” has no call to action. Choose what its button says."]);
        now.At("creativeIds[0].assets").ShouldBe(["Blocks: “Spring shoe” has no image yet. Upload one."]);
    }

    [Fact]
    public void A_link_is_a_web_address()
    {
        now.Creative.LinkUrl = "javascript:alert(1)";
        now.At("creativeIds[0].linkUrl").ShouldBe(["Blocks: The link of “Spring shoe” isn't a web address. It should begin with https://"]);
    }

    [Fact]
    public void Texts_that_are_too_long_are_counted()
    {
        now.Creative.Headline = new string('x', 42);
        now.At("creativeIds[0].headline").ShouldBe(
        [
            "Warns: Meta cuts the headline off after 40 characters in some places. “Spring shoe” has 42.",
            "Blocks: Google takes 30 characters as the headline. “Spring shoe” has 42.",
        ]);
    }

    [Fact]
    public void A_button_that_a_platform_does_not_have_is_said()
    {
        now.Creative.CallToAction = "GET_OFFER";
        now.At("creativeIds[0].callToAction").ShouldBe(["Warns: Google has no such button as “GET_OFFER”, so it shows its own."]);
    }

    [Fact]
    public void A_video_is_left_out_on_Google_which_then_has_nothing_to_show()
    {
        (now.Creative.Type, now.Image.Kind, now.Image.ContentType) = (CreativeType.Video, MediaKind.Video, "video/mp4");
        now.At("creativeIds[0]").ShouldBe(["Warns: Google doesn't take a video here, so “Spring shoe” is left out there."]);
        now.At("creativeIds").ShouldBe(["Blocks: Google can show none of the chosen creatives. Add an image for it."]);
    }

    [Fact]
    public void An_image_that_is_too_small_or_cannot_be_cut_blocks()
    {
        (now.Image.Width, now.Image.Height) = (500, 500);
        now.At("creativeIds[0].assets").First().ShouldBe("Blocks: Meta: shoe.jpg is 500 × 500; at least 600 × 600 is needed.");

        (now.Image.Width, now.Image.Height, now.CanCut) = (1200, 1200, false);
        now.At("creativeIds[0].assets").ShouldBe(["Blocks: Google: shoe.jpg is 1200 × 1200, which is not 1.91:1, and cannot be cut here."]);
    }

    [Fact]
    public void A_file_of_a_kind_or_weight_that_is_not_taken_blocks_where_it_cannot_be_made_over()
    {
        now.Image.ContentType = "image/webp";
        now.At("creativeIds[0].assets").ShouldBeEmpty("the studio sends a JPEG in its place");

        (now.CanCut, now.Image.Width, now.Image.Height) = (false, 1200, 628);
        now.At("creativeIds[0].assets").First().ShouldBe("Blocks: Meta: shoe.jpg is image/webp; allowed are image/jpeg, image/png.");

        (now.Image.ContentType, now.Image.Bytes) = ("image/jpeg", 6_000_000);
        now.At("creativeIds[0].assets").ShouldBe(["Blocks: Google: shoe.jpg has 6 MB; at most 5.1 MB are allowed."]);
        now.CanCut = true;
        now.At("creativeIds[0].assets").ShouldBeEmpty("the studio makes it lighter");
    }

    // ---- budget ----

    [Fact]
    public void A_share_below_a_platforms_minimum_blocks_with_both_amounts()
    {
        now.Spec = now.Spec with { Budget = now.Spec.Budget with { AmountMicros = 1_500_000 } };
        now.At("platforms[0].budget").ShouldBe(["Blocks: Meta wants at least $1 a day for each ad set. This gives it $0.75."]);
        now.At("platforms[1].budget").ShouldBe(["Blocks: Google wants at least $1 a day for each ad group. This gives it $0.75."]);
    }

    [Fact]
    public void A_lifetime_budget_is_held_against_all_of_its_days()
    {
        now.Spec = now.Spec with { Budget = new BudgetSpec { Type = BudgetType.Lifetime, AmountMicros = 10_000_000, Currency = "USD" }, Schedule = new ScheduleSpec { TimeZone = "UTC", End = new DateTime(2026, 6, 11, 12, 0, 0) } };
        now.At("platforms[0].budget").ShouldBe(["Blocks: Meta wants at least $10 for 10 days. This gives it $5."]);
    }

    [Fact]
    public void An_account_of_another_currency_needs_an_amount_of_its_own()
    {
        now.Google.Currency = "EUR";
        now.At("platforms[1].budget").ShouldBe(["Blocks: Acme Google pays in EUR, and the budget is in USD. Give Google an amount of its own in EUR."]);

        now.Spec = now.Spec with { Platforms = [now.Spec.Platforms[0], now.Spec.Platforms[1] with { BudgetMicros = 90_000_000 }] };
        now.At("platforms[1].budget").ShouldBeEmpty();
    }

    [Fact]
    public void Own_amounts_may_not_eat_up_the_budget_of_the_others()
    {
        now.OnMeta(m => m with { BudgetMicros = 300_000_000 });
        now.At("budget.amount").ShouldBe(["Blocks: The platforms' own amounts come to $300, which leaves nothing of the $250 for the others."]);
    }

    // ---- schedule ----

    [Fact]
    public void A_lifetime_budget_needs_an_end()
    {
        now.Spec = now.Spec with { Budget = now.Spec.Budget with { Type = BudgetType.Lifetime } };
        now.At("schedule.endAt").ShouldBe(["Blocks: A lifetime budget is spread over the whole run. Choose when it ends."]);
    }

    [Fact]
    public void An_end_lies_in_the_future_and_after_the_start()
    {
        now.Spec = now.Spec with { Schedule = new ScheduleSpec { TimeZone = "UTC", End = new DateTime(2026, 5, 1) } };
        now.At("schedule.endAt").ShouldBe(["Blocks: The end lies in the past. Choose a later one."]);

        now.Spec = now.Spec with { Schedule = new ScheduleSpec { TimeZone = "UTC", Start = new DateTime(2026, 7, 2), End = new DateTime(2026, 7, 1) } };
        now.At("schedule.endAt").ShouldBe(["Blocks: The end comes before the start. Choose a later end or an earlier start."]);
    }

    [Fact]
    public void A_start_in_the_past_means_at_launch()
    {
        now.Spec = now.Spec with { Schedule = new ScheduleSpec { TimeZone = "UTC", Start = new DateTime(2026, 5, 1) } };
        now.At("schedule.startAt").ShouldBe(["Warns: The start lies in the past, so the ads start as soon as they are launched."]);
    }
}
