using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Campaigns;

public sealed class LifecycleTests
{
    [Theory]
    [InlineData(CampaignStatus.Draft)]
    [InlineData(CampaignStatus.Draft, PlatformStatus.RolledBack)]
    [InlineData(CampaignStatus.Launching, PlatformStatus.Active, PlatformStatus.Launching)]
    [InlineData(CampaignStatus.Active, PlatformStatus.Active, PlatformStatus.NotConnected)]
    [InlineData(CampaignStatus.Active, PlatformStatus.Paused, PlatformStatus.Active, PlatformStatus.Failed)]
    [InlineData(CampaignStatus.InReview, PlatformStatus.InReview, PlatformStatus.Paused)]
    [InlineData(CampaignStatus.Paused, PlatformStatus.Paused, PlatformStatus.Completed)]
    [InlineData(CampaignStatus.Completed, PlatformStatus.Completed, PlatformStatus.Rejected)]
    [InlineData(CampaignStatus.Rejected, PlatformStatus.Rejected, PlatformStatus.Failed)]
    [InlineData(CampaignStatus.Failed, PlatformStatus.Failed, PlatformStatus.NotConnected)]
    [InlineData(CampaignStatus.Failed, PlatformStatus.NotConnected)]
    public void A_campaigns_status_follows_from_its_platforms(CampaignStatus whole, params PlatformStatus[] parts) =>
        CampaignLifecycle.DeriveStatus(parts.Select(p => new PlatformCampaign { Status = p })).ShouldBe(whole);

    [Fact]
    public void Only_legal_steps_are_taken()
    {
        var campaign = new Campaign { Status = CampaignStatus.Completed };

        Should.Throw<InvalidOperationException>(() => campaign.Become(CampaignStatus.Launching)).Message.ShouldBe("A campaign that is Completed can't become Launching.");
        campaign.Status.ShouldBe(CampaignStatus.Completed);
    }

    [Theory]
    [InlineData(CampaignStatus.InReview, "IN_REVIEW")]
    [InlineData(CampaignStatus.Submitted, "SUBMITTED")]
    [InlineData(CampaignStatus.Active, "ACTIVE")]
    [InlineData(CampaignStatus.Paused, "PAUSED")]
    [InlineData(CampaignStatus.Draft, "draft")]
    [InlineData(CampaignStatus.Completed, "completed")]
    public void On_the_wire_each_status_has_its_word(CampaignStatus status, string word) => status.Wire().ShouldBe(word);
}
