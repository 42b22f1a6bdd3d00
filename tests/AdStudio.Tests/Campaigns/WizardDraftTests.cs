using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Web.Features.Campaigns.Wizard;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Campaigns;

/// <summary>What is typed is saved by itself, one save at a time, and never over somebody else's.</summary>
public sealed class WizardDraftTests
{
    private readonly ManualTime time = new();
    private readonly List<(string Name, CampaignSpec Spec, long Version)> saves = [];
    private Func<Task<Result<SavedDraft>>>? answer;

    private WizardDraft Begin() => new(new Campaign { Name = "Spring", Version = 1 }, time, (name, spec, version) =>
    {
        saves.Add((name, spec, version));
        return answer?.Invoke() ?? Task.FromResult<Result<SavedDraft>>(new SavedDraft(version + 1, time.GetUtcNow()));
    });

    [Fact]
    public void Many_keystrokes_are_one_save_once_one_stops()
    {
        using var draft = Begin();
        foreach (var name in new[] { "S", "Su", "Summer" }) draft.Rename(name);

        saves.ShouldBeEmpty();
        draft.IsSaved.ShouldBeFalse();
        time.Advance(WizardDraft.Pause);

        saves.ShouldHaveSingleItem().ShouldSatisfyAllConditions(s => s.Name.ShouldBe("Summer"), s => s.Version.ShouldBe(1));
        draft.IsSaved.ShouldBeTrue();
        draft.Version.ShouldBe(2);
    }

    [Fact]
    public void Each_save_goes_over_the_version_that_the_last_one_left()
    {
        using var draft = Begin();
        draft.Rename("One");
        time.Advance(WizardDraft.Pause);
        draft.Change(s => s with { Objective = Objective.Sales });
        time.Advance(WizardDraft.Pause);

        saves.Select(s => s.Version).ShouldBe([1, 2]);
        saves[1].Spec.Objective.ShouldBe(Objective.Sales);
    }

    [Fact]
    public async Task What_is_typed_while_a_save_is_under_way_is_saved_next()
    {
        var slow = new TaskCompletionSource<Result<SavedDraft>>();
        answer = () => slow.Task;
        using var draft = Begin();
        draft.Rename("First");
        var saving = draft.SaveAsync();
        draft.Rename("Second");
        answer = null;
        slow.SetResult(new SavedDraft(2, time.GetUtcNow()));
        await saving;

        draft.IsSaved.ShouldBeFalse();
        await draft.SaveAsync();
        saves.Select(s => (s.Name, s.Version)).ShouldBe([("First", 1), ("Second", 2)]);
        draft.IsSaved.ShouldBeTrue();
    }

    [Fact]
    public async Task A_save_that_breaks_is_tried_again_by_itself()
    {
        answer = () => throw new InvalidOperationException("the database is away");
        using var draft = Begin();
        draft.Rename("Kept");
        await draft.SaveAsync();
        draft.Trouble!.Message.ShouldBe("This could not be saved just now. It is kept here, and saving is tried again.");

        answer = null;
        time.Advance(WizardDraft.TryAgain);
        draft.Trouble.ShouldBeNull();
        draft.IsSaved.ShouldBeTrue();
    }

    [Fact]
    public async Task A_conflict_stops_saving_until_it_is_settled_part_by_part()
    {
        var theirs = new CampaignVersion("Ada's name", new CampaignSpec { Objective = Objective.Leads }, 7, "Ada", time.GetUtcNow());
        answer = () => Task.FromResult<Result<SavedDraft>>(new CampaignChangedMeanwhile(theirs, new("", new(), 1, "Mia", time.GetUtcNow())));
        using var draft = Begin();
        draft.Change(s => s with { Audience = s.Audience with { AgeMin = 30 } });
        await draft.SaveAsync();
        draft.Rename("Typed on");
        time.Advance(WizardDraft.Pause);
        saves.Count.ShouldBe(1);
        draft.Conflict!.Theirs.SavedBy.ShouldBe("Ada");

        answer = null;
        await draft.SettleAsync(new HashSet<string> { "objective" });

        var last = saves[^1];
        (last.Name, last.Spec.Objective, last.Spec.Audience.AgeMin, last.Version).ShouldBe(("Typed on", Objective.Leads, 30, 7));
        draft.Conflict.ShouldBeNull();
        draft.IsSaved.ShouldBeTrue();
    }

    [Fact]
    public void Leaving_saves_what_is_not_saved_yet()
    {
        var draft = Begin();
        draft.Rename("Last words");
        draft.Dispose();

        saves.ShouldHaveSingleItem().Name.ShouldBe("Last words");
    }

    [Theory]
    [InlineData("250", "USD", 250_000_000L)]
    [InlineData("1,250.50", "USD", 1_250_500_000L)]
    [InlineData("1.250,50", "EUR", 1_250_500_000L)]
    [InlineData("12,5", "EUR", 12_500_000L)]
    [InlineData("1,250", "USD", 1_250_000_000L)]
    [InlineData("$40", "USD", 40_000_000L)]
    [InlineData("12.", "USD", 12_000_000L)]
    [InlineData("1.234", "KWD", 1_234_000L)]
    [InlineData("0.005", "USD", 10_000L)]
    [InlineData("", "USD", null)]
    [InlineData("-5", "USD", null)]
    [InlineData("five", "USD", null)]
    public void Amounts_are_read_as_people_type_them(string typed, string currency, long? micros) => AmountText.Read(typed, currency).ShouldBe(micros);
}
