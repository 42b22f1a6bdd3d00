using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Upkeep;
using AdStudio.Web.Features.Settings;
using AdStudio.Web.Shared.History;
using Shouldly;
using Xunit;
using Deed = AdStudio.Web.Features.Settings.Deed;

namespace AdStudio.Tests.Shared;

public sealed class FieldWordsTests
{
    private static readonly Guid Mia = Guid.NewGuid();

    [Fact]
    public void Money_has_its_currency_ids_have_names_and_words_are_apart()
    {
        Told("""{"budgetMicros":20000000,"adminId":null,"status":"Draft"}""", $$"""{"budgetMicros":25000000,"adminId":"{{Mia}}","status":"InReview"}""", "USD").ShouldBe(
            [new("Budget", "$20.00", "$25.00"), new("Admin", null, "Mia"), new("Status", "Draft", "In review")]);
        Told("""{"budgetMicros":20000000}""", """{"budgetMicros":25000000}""", null).Single().After.ShouldBe("25.00 in the account's currency");
        Told("{}", """{"isEnabled":true,"endsAt":"2026-03-04T10:00:00+00:00","other":"01a20b3d-fa1b-7f00-8d61-6f368e95e79d"}""", null).Select(l => l.After).ShouldBe(["yes", "4 Mar 2026, 10:00 (UTC)", "…8e95e79d"]);
    }

    [Fact]
    public void Of_documents_only_what_differs_is_told_and_of_lists_what_came_and_went()
    {
        var lines = Told("""{"spec":{"budget":{"amountMicros":1000000,"currency":"EUR"},"name":"A"},"events":["a","b"]}""", """{"spec":{"budget":{"amountMicros":2000000,"currency":"EUR"},"name":"A"},"events":["b","c"]}""", null);

        lines[0].ShouldBe(new FieldLine("Budget › Amount", "€1.00", "€2.00"));
        lines[1].Added.ShouldBe(["c"]);
        lines[1].Removed.ShouldBe(["a"]);
        lines.Count.ShouldBe(2);
        Told("""{"profile":"{\"colour\":\"red\"}"}""", """{"profile":"{\"colour\":\"blue\"}"}""", null).ShouldBe([new("Profile › Colour", "red", "blue")]);
    }

    [Fact]
    public void Lines_of_one_deed_are_one_and_work_in_the_background_stays_apart()
    {
        var at = new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);
        Deed.Fold([Line(at, Mia, "Team"), Line(at, Mia, "Campaign"), Line(at.AddSeconds(-3), Mia, "Team")]).Select(d => (d.Lines.Count, d.Head.Item.Subject)).ShouldBe([(2, "Campaign"), (1, "Team")]);
        Deed.Fold([Line(at, Guid.Empty, "Campaign", ActorKind.Studio), Line(at, Guid.Empty, "Campaign", ActorKind.Studio)]).Count.ShouldBe(2);
    }

    private static AuditLine Line(DateTimeOffset at, Guid actor, string subject, ActorKind kind = ActorKind.Person) =>
        new(new HistoryItem(Guid.NewGuid(), at, kind, "Somebody", "page", "changed", subject, Guid.NewGuid(), "Thing", []) { ActorId = actor });

    private static IReadOnlyList<FieldLine> Told(string before, string after, string? currency)
    {
        var (was, became) = (Read(before), Read(after));
        var changes = was.Keys.Union(became.Keys).Select(f => new HistoryChange(f, was.TryGetValue(f, out var b) ? b : null, became.TryGetValue(f, out var a) ? a : null)).ToList();
        return FieldWords.Of(new HistoryItem(Guid.NewGuid(), default, ActorKind.Person, "Ada", "page", "changed", "Thing", Guid.NewGuid(), "Thing", changes), currency, new Dictionary<Guid, string> { [Mia] = "Mia" }, TimeZoneInfo.Utc);
    }

    private static Dictionary<string, JsonElement> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
