using System.Net;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Auth;

public sealed class SignInPageTests(StudioApp app) : IClassFixture<StudioApp>
{
    private const string Password = "Walk-the-dog-7";

    [Fact]
    public async Task Registering_makes_an_organization_signs_in_and_mails_a_link_that_confirms()
    {
        using var visitor = new Visitor(app);
        var answer = await RegisterAsync(visitor, "nora@first.example");
        answer.Status.ShouldBe(HttpStatusCode.Redirect, answer.Text);
        answer.Location.ShouldBe("/");
        (await visitor.IsSignedInAsync()).ShouldBeTrue();

        var nora = await FindAsync("nora@first.example");
        nora.Role.ShouldBe(OrganizationRole.Admin);
        nora.EmailConfirmed.ShouldBeFalse();
        var actor = (await app.Get<FindActor>().RunAsync(nora.Id, "test", CancellationToken.None))!;
        var workspace = (await app.Get<ListWorkspaces>().RunAsync(actor, CancellationToken.None)).ShouldHaveSingleItem();
        workspace.MayChange.ShouldBeTrue();
        workspace.Teams.ShouldBe(1);

        var link = Mailbox.Link(await app.MailAsync("nora@first.example", "Confirm your e-mail"));
        (await visitor.GetTextAsync(link)).ShouldContain("Your e-mail address is confirmed.");
        (await FindAsync("nora@first.example")).EmailConfirmed.ShouldBeTrue();
        (await visitor.GetTextAsync(link)).ShouldContain("Your e-mail address is confirmed.");
    }

    [Fact]
    public async Task A_form_that_is_wrong_names_every_wrong_field()
    {
        using var visitor = new Visitor(app);

        var answer = await visitor.SubmitAsync("/account/register", ("Form.Name", " "), ("Form.Organization", "x"), ("Form.Email", "not an address"), ("Form.Password", "short"));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Text.ShouldContain("Give your name.");
        answer.Text.ShouldContain("This doesn't look like an e-mail address.");
        answer.Text.ShouldContain(PasswordRule.Text);
        (await visitor.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_signs_out_is_out_and_signs_in_again()
    {
        using var visitor = new Visitor(app);
        await RegisterAsync(visitor, "sam@out.example");

        (await visitor.SignOutAsync()).Location.ShouldBe("/account/sign-in");
        (await visitor.IsSignedInAsync()).ShouldBeFalse();
        (await visitor.SignInAsync("SAM@out.example", Password)).Location.ShouldBe("/");
        (await visitor.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Signing_out_needs_the_antiforgery_token()
    {
        using var visitor = new Visitor(app);
        await RegisterAsync(visitor, "una@forged.example");

        (await visitor.PostAsync("/account/sign-out", ("returnUrl", "/"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_page_sends_who_is_signed_out_to_sign_in_and_back()
    {
        using var visitor = new Visitor(app);
        await RegisterAsync(visitor, "rita@return.example");
        await visitor.SignOutAsync();

        using var page = await visitor.GetAsync("/team");
        var signIn = new Uri(app.Address, page.Headers.Location!).PathAndQuery;
        signIn.ShouldBe("/account/sign-in?returnUrl=%2Fteam");
        (await visitor.SignInAsync("rita@return.example", Password, signIn)).Location.ShouldBe("/team");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task No_link_to_sign_in_leads_to_another_host(string returnUrl)
    {
        using var visitor = new Visitor(app);
        var email = $"olga-{Guid.NewGuid():N}@open.example";
        await RegisterAsync(visitor, email);
        await visitor.SignOutAsync();

        (await visitor.SignInAsync(email, Password, $"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}")).Location.ShouldBe("/");
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_other_sites()
    {
        using var visitor = new Visitor(app);
        await RegisterAsync(visitor, "cora@cookie.example");

        var cookie = visitor.Cookies.GetCookies(app.Address)["adstudio"].ShouldNotBeNull();
        cookie.HttpOnly.ShouldBeTrue();
        visitor.SetCookies.ShouldContain(c => c.StartsWith("adstudio=", StringComparison.Ordinal) && c.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_revoked_session_ends_within_seconds()
    {
        using var desk = new Visitor(app);
        using var phone = new Visitor(app, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1");
        await RegisterAsync(desk, "ines@two.example");
        await phone.SignInAsync("ines@two.example", Password);
        var ines = await FindAsync("ines@two.example");
        var actor = (await app.Get<FindActor>().RunAsync(ines.Id, "test", CancellationToken.None))!;
        var sessions = await app.Get<ListSessions>().RunAsync(actor, null, CancellationToken.None);
        sessions.Select(s => s.Device).ShouldBe(["Firefox on Linux", "Safari on iPhone"], ignoreOrder: true);

        await app.Get<RevokeSession>().RunAsync(actor, sessions.Single(s => s.Device == "Firefox on Linux").Id, CancellationToken.None);

        (await desk.IsSignedInAsync()).ShouldBeFalse();
        (await phone.IsSignedInAsync()).ShouldBeTrue();
    }

    private static Task<Answer> RegisterAsync(Visitor visitor, string email) =>
        visitor.SubmitAsync("/account/register", ("Form.Name", "Nora"), ("Form.Organization", "Nora's shop"), ("Form.Email", email), ("Form.Password", Password));

    [Fact]
    public async Task Many_tries_from_one_address_have_to_wait()
    {
        await using var strict = new StudioApp { Settings = { ["Limits:SignInPerMinute"] = "3" } };
        await strict.InitializeAsync();
        using var visitor = new Visitor(strict);

        for (var i = 0; i < 3; i++) (await visitor.SignInAsync($"guess-{i}@nobody.example", "Wrong-guess-1")).Status.ShouldBe(HttpStatusCode.OK);

        (await visitor.SignInAsync("guess-4@nobody.example", "Wrong-guess-1")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        using var form = await visitor.GetAsync("/account/sign-in");
        form.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<Person> FindAsync(string email)
    {
        await using var db = await app.Studio.OpenForEveryoneAsync(CancellationToken.None);
        return await db.Users.SingleAsync(p => p.Email == email);
    }
}
