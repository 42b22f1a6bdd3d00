using AdStudio.Core.Campaigns;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared.Figures;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Shared;

public sealed class ChangeTests
{
    [Theory]
    [InlineData(112, 100, Better.Up, "12.0%", "good")]
    [InlineData(112, 100, Better.Down, "12.0%", "bad")]
    [InlineData(112, 100, Better.Neither, "12.0%", null)]
    [InlineData(88, 100, Better.Down, "12.0%", "good")]
    [InlineData(88, 100, Better.Up, "12.0%", "bad")]
    [InlineData(100, 100, Better.Up, "0.0%", null)]
    [InlineData(100.01, 100, Better.Up, "0.0%", null)]
    [InlineData(2000, 100, Better.Up, ">999%", "good")]
    public void Colour_only_where_the_direction_is_news(decimal now, decimal before, Better better, string text, string? tone)
    {
        var change = Change.Between(now, before);
        change.Text.ShouldBe(text);
        change.Tone(better).ShouldBe(tone);
    }

    [Fact]
    public void Without_a_figure_before_there_is_no_per_cent()
    {
        Change.Between(5, null).Text.ShouldBe("–");
        Change.Between(5, 0).Text.ShouldBe("–");
        Change.Between(null, 5).Spoken.ShouldBe("No figure to compare with");
        Change.Between(0, 0).Text.ShouldBe("0.0%");
    }

    [Fact]
    public void Every_state_has_a_word_an_icon_and_a_tone_of_its_own()
    {
        foreach (var state in Enum.GetValues<CampaignStatus>().Cast<object>().Concat(Enum.GetValues<PlatformStatus>().Cast<object>()).Concat(Enum.GetValues<AdAccountStatus>().Cast<object>()))
            Status.Of(state).Icon.ShouldNotBe("dot", $"{state.GetType().Name}.{state} is not in the table of states");

        Status.Of(CampaignStatus.Active).Text.ShouldBe("Running");
        Status.Of(AdAccountStatus.Active).Text.ShouldBe("Active");
        Status.Of("MISSING_PERMISSION").Tone.ShouldBe("bad");
        Status.Of("NeedsAttention").ShouldBe(new Status("Needs attention", "quiet", "dot"));
    }

    [Fact]
    public void Every_platform_has_a_look()
    {
        foreach (var platform in Enum.GetValues<Platform>()) PlatformLook.Of(platform).Key.ShouldBe(platform.Wire());
    }

    [Fact]
    public void A_small_line_has_gaps_where_there_is_no_figure() => Sparkline.Path([0, 10, null, 5, 10], 64, 24).ShouldBe("M0 23L16 1M48 12L64 1");
}
