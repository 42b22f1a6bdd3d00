using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Campaigns;
using AdStudio.Web.Features.Creatives;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Creatives;

/// <summary>Writing a creative: undo, redo, and what is kept meanwhile.</summary>
public sealed class SittingTests : IDisposable
{
    private readonly ManualTime clock = new();
    private readonly List<(string Headline, bool AsSaved)> kept = [];
    private readonly CreativeSitting sitting;
    private CreativeDraft draft = new();

    public SittingTests() => sitting = new CreativeSitting(draft, new CreativeInput(), clock, (input, asSaved) =>
    {
        kept.Add((input.Headline, asSaved));
        return Task.FromResult<DateTimeOffset?>(asSaved ? null : clock.GetUtcNow());
    });

    [Fact]
    public void Keystrokes_in_one_field_are_one_step_and_another_field_is_another()
    {
        foreach (var text in new[] { "H", "Ha", "Half" }) Write(text);
        draft.PrimaryText = "Only today";
        sitting.Note("primaryText", draft);

        draft = sitting.Undo()!;
        (draft.Headline, draft.PrimaryText).ShouldBe(("Half", ""));
        draft = sitting.Undo()!;
        draft.Headline.ShouldBe("");
        sitting.Undo().ShouldBeNull();

        draft = sitting.Redo()!;
        draft = sitting.Redo()!;
        (draft.Headline, draft.PrimaryText, sitting.CanRedo).ShouldBe(("Half", "Only today", false));
    }

    [Fact]
    public void A_pause_begins_a_new_step_and_writing_ends_what_could_be_redone()
    {
        Write("Half");
        clock.Advance(CreativeSitting.OneStep + TimeSpan.FromSeconds(1));
        Write("Half price");
        draft = sitting.Undo()!;
        draft.Headline.ShouldBe("Half");

        Write("Half off");

        sitting.CanRedo.ShouldBeFalse();
    }

    [Fact]
    public void Files_and_cards_come_back_too()
    {
        draft.Type = CreativeType.Carousel;
        draft.Media.AddRange([Media("one.png"), Media("two.png")]);
        draft.CardAt(1).Headline = "Two";
        sitting.Note("files", draft);
        draft.Move(1, -1);
        draft.CardAt(0).Headline.ShouldBe("Two", "words move with their card");
        sitting.Note("files again", draft);
        draft.RemoveAt(0);
        sitting.Note("removed", draft);

        draft = sitting.Undo()!;
        (draft.Media[0].FileName, draft.CardAt(0).Headline).ShouldBe(("two.png", "Two"));
        draft = sitting.Undo()!;
        (draft.Media[1].FileName, draft.CardAt(1).Headline).ShouldBe(("two.png", "Two"));
    }

    [Fact]
    public void What_is_written_is_kept_soon_and_forgotten_when_it_is_undone()
    {
        Write("Half");
        kept.ShouldBeEmpty();
        clock.Advance(CreativeSitting.Pause);
        kept.ShouldBe([("Half", false)]);
        sitting.KeptAt.ShouldBe(clock.GetUtcNow());

        draft = sitting.Undo()!;
        clock.Advance(CreativeSitting.Pause);
        kept[^1].ShouldBe(("", true));
        (sitting.IsSaved, sitting.KeptAt).ShouldBe((true, null));
    }

    [Fact]
    public void Leaving_keeps_the_last_words()
    {
        Write("Half");
        sitting.Dispose();
        kept.ShouldBe([("Half", false)]);
    }

    [Fact]
    public void Another_kind_keeps_what_it_can_show()
    {
        draft.Type = CreativeType.Carousel;
        draft.Media.AddRange([Media("one.png"), Media("two.png")]);

        draft.Become(CreativeType.Image);
        draft.Media.ShouldHaveSingleItem().FileName.ShouldBe("one.png");
        draft.Become(CreativeType.Video);
        draft.Media.ShouldBeEmpty();
    }

    public void Dispose() => sitting.Dispose();

    private void Write(string headline)
    {
        draft.Headline = headline;
        sitting.Note("headline", draft);
    }

    private static MediaRow Media(string name) => new(Guid.NewGuid(), Guid.NewGuid(), name, MediaKind.Image, "image/png", 1000, 100, 100, null, null, DateTimeOffset.UnixEpoch);
}
