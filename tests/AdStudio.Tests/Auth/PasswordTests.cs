using System.Net;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Auth;

public sealed class PasswordTests(StudioApp app) : IClassFixture<StudioApp>
{
    private const string Password = "Walk-the-dog-7";
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task Five_wrong_tries_make_sign_in_rest_for_known_and_unknown_addresses_alike()
    {
        await RegisterAsync("leo@lock.example");
        using var visitor = new Visitor(app);
        List<string> known = [], unknown = [];
        for (var i = 0; i < Lockout.Tries + 1; i++)
        {
            known.Add(WordsOf(await visitor.SignInAsync("leo@lock.example", "Wrong-guess-1")));
            unknown.Add(WordsOf(await visitor.SignInAsync("nobody@lock.example", "Wrong-guess-1")));
        }

        known.ShouldBe(unknown);
        known[..5].ShouldAllBe(words => words == new SignInWrong().Message);
        known[5].ShouldBe(new SignInRests().Message);
        WordsOf(await visitor.SignInAsync("leo@lock.example", Password)).ShouldBe(new SignInRests().Message);

        await using (var db = await app.Studio.OpenForEveryoneAsync(Now))
        {
            DateTimeOffset? past = DateTimeOffset.UtcNow.AddSeconds(-1);
            await db.Users.Where(p => p.Email == "leo@lock.example").ExecuteUpdateAsync(set => set.SetProperty(p => p.LockoutEnd, past), Now);
        }
        (await visitor.SignInAsync("leo@lock.example", Password)).Location.ShouldBe("/");
    }

    [Fact]
    public async Task Many_guesses_at_once_are_no_way_around_the_lockout()
    {
        await RegisterAsync("max@many.example");

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => app.Get<SignIn>().RunAsync("max@many.example", "Wrong-guess-1", Now)));

        answers.Count(a => a.Refusal is SignInWrong).ShouldBeInRange(1, Lockout.Tries + 1);
        answers.Count(a => a.Refusal is SignInRests).ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task A_forgotten_password_answers_the_same_whether_the_address_is_known()
    {
        await RegisterAsync("ivy@known.example");
        using var visitor = new Visitor(app);

        var known = await visitor.SubmitAsync("/account/forgotten-password", ("Form.Email", "ivy@known.example"));
        var unknown = await visitor.SubmitAsync("/account/forgotten-password", ("Form.Email", "not@known.example"));

        known.Text.ShouldContain("Look into your mail");
        known.Main.Replace("ivy@", "", StringComparison.Ordinal).ShouldBe(unknown.Main.Replace("not@", "", StringComparison.Ordinal));
        await app.MailAsync("ivy@known.example", "A new password");
        await using var db = await app.Studio.OpenForEveryoneAsync(Now);
        (await db.OutgoingMails.AnyAsync(m => m.To == "not@known.example", Now)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_password_by_mail_ends_the_lockout_and_every_session_and_works_once()
    {
        using var visitor = new Visitor(app);
        await visitor.SubmitAsync("/account/register", ("Form.Name", "Ray"), ("Form.Organization", "Ray's"), ("Form.Email", "ray@reset.example"), ("Form.Password", Password));
        for (var i = 0; i < Lockout.Tries; i++) await app.Get<SignIn>().RunAsync("ray@reset.example", "Wrong-guess-1", Now);
        using var elsewhere = new Visitor(app);
        await elsewhere.SubmitAsync("/account/forgotten-password", ("Form.Email", "ray@reset.example"));
        var link = Mailbox.Link(await app.MailAsync("ray@reset.example", "A new password"));

        (await elsewhere.SubmitAsync(link, ("Form.Password", "weak"))).Text.ShouldContain(PasswordRule.Text);
        (await elsewhere.SubmitAsync(link, ("Form.Password", "Feed-the-cat-8"))).Location.ShouldBe("/account/sign-in?done=password");

        (await visitor.IsSignedInAsync()).ShouldBeFalse();
        (await elsewhere.SubmitAsync(link, ("Form.Password", "Once-more-99"))).Text.ShouldContain(new LinkOver().Message);
        (await elsewhere.SignInAsync("ray@reset.example", Password)).Text.ShouldContain(new SignInWrong().Message);
        (await elsewhere.SignInAsync("ray@reset.example", "Feed-the-cat-8")).Location.ShouldBe("/");
        await app.MailAsync("ray@reset.example", "Your AdStudio password was changed");
    }

    [Fact]
    public async Task Changing_the_password_signs_the_other_browsers_out()
    {
        using var here = new Visitor(app);
        using var there = new Visitor(app, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36");
        await here.SubmitAsync("/account/register", ("Form.Name", "Pia"), ("Form.Organization", "Pia's"), ("Form.Email", "pia@change.example"), ("Form.Password", Password));
        await there.SignInAsync("pia@change.example", Password);
        var actor = await ActorAsync("pia@change.example");
        var own = (await app.Get<ListSessions>().RunAsync(actor, null, Now)).Single(s => s.Device == "Firefox on Linux").Id;

        (await app.Get<ChangePassword>().RunAsync(actor, own, "Not-it-at-all-1", "Feed-the-cat-8", Now)).Refusal.ShouldBeOfType<PasswordWrong>();
        (await app.Get<ChangePassword>().RunAsync(actor, own, Password, "weak", Now)).Refusal.ShouldBeOfType<InvalidError>().Fields.Single().Field.ShouldBe("newPassword");
        (await app.Get<ChangePassword>().RunAsync(actor, own, Password, "Feed-the-cat-8", Now)).IsDone.ShouldBeTrue();

        (await here.IsSignedInAsync()).ShouldBeTrue();
        (await there.IsSignedInAsync()).ShouldBeFalse();
        (await there.SignInAsync("pia@change.example", "Feed-the-cat-8")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task An_address_has_one_account()
    {
        await RegisterAsync("kim@once.example");

        (await app.Get<Register>().RunAsync("Kim", "Again", "KIM@once.example", Password, Now)).Refusal.ShouldBeOfType<EmailTaken>();
    }

    private async Task RegisterAsync(string email) => (await app.Get<Register>().RunAsync("Leo", "Locks", email, Password, Now)).IsDone.ShouldBeTrue();

    private async Task<Actor> ActorAsync(string email)
    {
        await using var db = await app.Studio.OpenForEveryoneAsync(Now);
        return (await app.Get<FindActor>().RunAsync(await db.Users.Where(p => p.Email == email).Select(p => p.Id).SingleAsync(Now), "test", Now))!;
    }

    // The line that says what is wrong.
    private static string WordsOf(Answer answer) => new[] { new SignInWrong().Message, new SignInRests().Message }.SingleOrDefault(answer.Text.Contains) ?? answer.Text;
}
