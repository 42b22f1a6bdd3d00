using System.Text;
using AdStudio.Core.Audiences;
using AdStudio.Web.Features.Audiences;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Audiences;

public sealed class MemberFileTests
{
    [Theory]
    [InlineData("Name,Email,Phone\nMia,mia@example.com,+491\nTom,tom@example.com,\n")]
    [InlineData("\uFEFFphone number;E-Mail\r\n+491;mia@example.com\r\n;tom@example.com")]
    [InlineData("mia@example.com\t+491\ntom@example.com\t")]
    [InlineData("\"Mobile\",\"e_mail\"\n\"+491\",\"mia@example.com\"\n\n\"\",\"tom@example.com\"\n")]
    public async Task Columns_are_found_by_heading_or_content(string file)
    {
        var members = await ReadAsync(file);

        members.Select(m => (m.Email, string.IsNullOrEmpty(m.Phone) ? null : m.Phone)).ShouldBe([("mia@example.com", "+491"), ("tom@example.com", null)]);
    }

    [Fact]
    public async Task A_cell_may_hold_the_separator_quotes_and_line_breaks() =>
        (await ReadAsync("name,email\n\"Miller, \"\"Mia\"\"\nthe first\",mia@example.com\n")).ShouldHaveSingleItem().Email.ShouldBe("mia@example.com");

    [Fact]
    public async Task A_file_that_is_no_table_is_given_up_early() =>
        await Should.ThrowAsync<InvalidDataException>(() => ReadAsync(new string('x', 1_000_000)));

    [Fact]
    public async Task A_column_tells_who_agreed_and_when_and_a_word_that_nobody_knows_makes_the_row_unusable()
    {
        var members = await ReadAsync("email,consent,consent date\nann@example.com,yes,2026-05-01\nbob@example.com,Opted out,\ncat@example.com,,\ndan@example.com,maybe,\neve@example.com,yes,some day\n");

        members.Take(3).Select(m => (m.Consent, m.ConsentAt, m.Problem)).ShouldBe(
        [
            (MemberConsent.Given, new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), null), (MemberConsent.Withdrawn, null, null), (MemberConsent.NotTold, (DateTimeOffset?)null, (string?)null),
        ]);
        members.Skip(3).Select(m => MemberHash.Of(m).Problem).ShouldBe(["“maybe” does not tell whether they agreed. Write yes, no, or nothing.", "“some day” is not a date. Write it like 2026-06-15."]);
    }

    private static async Task<List<MemberInput>> ReadAsync(string file)
    {
        List<MemberInput> members = [];
        await foreach (var member in MemberFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), CancellationToken.None)) members.Add(member);
        return members;
    }
}
