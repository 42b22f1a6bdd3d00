using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Campaigns;

/// <summary>What preflight says of a post that is promoted as it is.</summary>
public sealed class PostPreflightTests
{
    private readonly Situation now = new();

    public PostPreflightTests()
    {
        (now.Creative.Type, now.Creative.PostId, now.Creative.AssetIds, now.Creative.PrimaryText, now.Creative.Headline) = (CreativeType.ExistingPost, "17955550140000001", [], "", "");
        now.Meta.Assets = [.. now.Meta.Assets, new AccountAsset(AccountAssetKind.InstagramAccount, "178", "acme", "173")];
    }

    private void MetaAlone(Objective objective) => now.Spec = now.Spec with { Objective = objective, Platforms = [now.Spec.Platforms[0]] };

    [Fact]
    public void A_post_needs_no_file_no_text_and_no_link_to_be_talked_about()
    {
        MetaAlone(Objective.Engagement);
        now.Creative.LinkUrl = "";
        now.Check().Where(f => f.Severity == FindingSeverity.Blocks).ShouldBeEmpty();
    }

    [Fact]
    public void It_has_to_lead_somewhere_where_visits_are_wanted()
    {
        MetaAlone(Objective.Traffic);
        now.Creative.LinkUrl = "";
        now.At("creativeIds[0].linkUrl").ShouldBe(["Blocks: “Spring shoe” leads nowhere. Give it a link."]);
    }

    [Fact]
    public void It_runs_on_Meta_alone()
    {
        now.At("creativeIds[0]").ShouldBe(["Warns: An existing Instagram post runs on Meta alone, so “Spring shoe” is left out there."]);
        now.At("creativeIds").ShouldBe(["Blocks: An existing Instagram post runs on Meta alone: Google can show none of the chosen creatives. Add an image for it."]);
    }

    [Fact]
    public void A_page_without_Instagram_cannot_promote_it_but_its_own_posts()
    {
        MetaAlone(Objective.Engagement);
        now.Meta.Assets = [.. now.Meta.Assets.Where(a => a.Kind != AccountAssetKind.InstagramAccount)];
        now.At("creativeIds[0].postId").ShouldBe(["Blocks: The page “Acme Page” has no Instagram account, so it cannot promote “Spring shoe”. Link its Instagram account on Meta and connect again, or choose another page."]);
        now.Creative.PostId = "173_99";
        now.Check().Where(f => f.Severity == FindingSeverity.Blocks).ShouldBeEmpty();
    }

    [Fact]
    public void It_has_to_say_which_post()
    {
        MetaAlone(Objective.Engagement);
        now.Creative.PostId = null;
        now.At("creativeIds[0].postId").ShouldBe(["Blocks: “Spring shoe” names no post yet. Say which one by its id."]);
    }
}
