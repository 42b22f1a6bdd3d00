using System.Net;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Auth;

public sealed class SecondFactorTests(StudioApp app) : IClassFixture<StudioApp>
{
    private const string Password = "Walk-the-dog-7";
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task With_a_second_factor_the_password_alone_opens_nothing()
    {
        var (actor, key, _) = await WithSecondFactorAsync("ana@two.example");
        using var visitor = new Visitor(app);

        (await visitor.SignInAsync("ana@two.example", Password, "/account/sign-in?returnUrl=%2Fteam")).Location.ShouldBe("/account/second-factor?returnUrl=%2Fteam");
        (await visitor.IsSignedInAsync()).ShouldBeFalse();

        (await visitor.SubmitAsync("/account/second-factor?returnUrl=%2Fteam", ("Form.Code", WrongCode(key)))).Text.ShouldContain("That code doesn't fit.");
        (await visitor.SubmitAsync("/account/second-factor?returnUrl=%2Fteam", ("Form.Code", Totp.Code(key, DateTimeOffset.UtcNow)))).Location.ShouldBe("/team");
        (await visitor.IsSignedInAsync()).ShouldBeTrue();
        actor.PersonId.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once()
    {
        var (actor, _, codes) = await WithSecondFactorAsync("ben@recover.example");
        codes.Count.ShouldBe(10);
        using var visitor = new Visitor(app);

        await visitor.SignInAsync("ben@recover.example", Password);
        (await visitor.SubmitAsync("/account/recovery-code", ("Form.Code", codes[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)))).Location.ShouldBe("/");
        (await app.Get<GetProfile>().RunAsync(actor, Now)).RecoveryCodesLeft.ShouldBe(9);

        await visitor.SignOutAsync();
        await visitor.SignInAsync("ben@recover.example", Password);
        (await visitor.SubmitAsync("/account/recovery-code", ("Form.Code", codes[0]))).Text.ShouldContain("was used before");
        (await visitor.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_reaches_the_code_without_the_password()
    {
        using var visitor = new Visitor(app);

        using var page = await visitor.GetAsync("/account/second-factor");

        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page.Headers.Location!.ToString().ShouldEndWith("/account/sign-in");
    }

    [Fact]
    public async Task Codes_can_be_guessed_five_times_only()
    {
        var (_, key, _) = await WithSecondFactorAsync("gus@guess.example");
        using var visitor = new Visitor(app);
        await visitor.SignInAsync("gus@guess.example", Password);

        for (var i = 0; i < Lockout.Tries; i++) (await visitor.SubmitAsync("/account/second-factor", ("Form.Code", WrongCode(key)))).Text.ShouldContain("That code doesn't fit.");

        (await visitor.SubmitAsync("/account/second-factor", ("Form.Code", Totp.Code(key, DateTimeOffset.UtcNow)))).Text.ShouldContain("rests for 15 minutes");
    }

    [Fact]
    public async Task Switching_off_and_new_codes_ask_for_the_password()
    {
        var (actor, _, codes) = await WithSecondFactorAsync("dan@off.example");

        (await app.Get<DisableTwoFactor>().RunAsync(actor, "Not-my-password-1", Now)).Refusal.ShouldBeOfType<PasswordWrong>();
        (await app.Get<NewRecoveryCodes>().RunAsync(actor, "Not-my-password-1", Now)).Refusal.ShouldBeOfType<PasswordWrong>();
        var fresh = (await app.Get<NewRecoveryCodes>().RunAsync(actor, Password, Now)).Value;
        fresh.Intersect(codes).ShouldBeEmpty();
        (await app.Get<DisableTwoFactor>().RunAsync(actor, Password, Now)).IsDone.ShouldBeTrue();

        using var visitor = new Visitor(app);
        (await visitor.SignInAsync("dan@off.example", Password)).Location.ShouldBe("/");
    }

    [Fact]
    public async Task The_key_lies_encrypted_in_the_database()
    {
        var (actor, key, codes) = await WithSecondFactorAsync("eve@rest.example");

        await using var db = await app.Studio.OpenForEveryoneAsync(Now);
        var kept = await db.UserTokens.Where(t => t.UserId == actor.PersonId).Select(t => t.Value!).ToListAsync(Now);

        kept.Count.ShouldBe(2);
        kept.ShouldAllBe(value => !value.Contains(key.Replace(" ", ""), StringComparison.OrdinalIgnoreCase) && !value.Contains(codes[0], StringComparison.Ordinal));
    }

    private async Task<(Actor Actor, string Key, IReadOnlyList<string> Codes)> WithSecondFactorAsync(string email)
    {
        var person = (await app.Get<Register>().RunAsync("Ana", "Two", email, Password, Now)).Value;
        var actor = (await app.Get<FindActor>().RunAsync(person, "test", Now))!;
        var offer = (await app.Get<StartTwoFactor>().RunAsync(actor, Now)).Value;
        offer.Uri.ShouldStartWith($"otpauth://totp/AdStudio:{Uri.EscapeDataString(email)}?secret=");
        (await app.Get<ConfirmTwoFactor>().RunAsync(actor, WrongCode(offer.Key), Now)).Refusal.ShouldBeOfType<InvalidError>();
        var codes = (await app.Get<ConfirmTwoFactor>().RunAsync(actor, Totp.Code(offer.Key, DateTimeOffset.UtcNow), Now)).Value;
        return (actor, offer.Key, codes);
    }

    // Codes of some minutes around now would be accepted.
    private static string WrongCode(string key)
    {
        var near = Enumerable.Range(-10, 21).Select(step => Totp.Code(key, DateTimeOffset.UtcNow.AddSeconds(30 * step))).ToHashSet();
        return Enumerable.Range(0, 100).Select(n => n.ToString("D6", System.Globalization.CultureInfo.InvariantCulture)).First(code => !near.Contains(code));
    }
}
