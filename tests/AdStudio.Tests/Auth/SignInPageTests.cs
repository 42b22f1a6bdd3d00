using System.Net;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Auth;

public sealed class SignInPageTests(StudioApp app) : IClassFixture<StudioApp>
{
    [Fact]
    public async Task Registering_signs_in_and_a_page_opens()
    {
        using var visitor = new Visitor(app);

        var answer = await visitor.SubmitAsync("/account/register", ("Form.Name", "Nora"), ("Form.Organization", "Nora's shop"), ("Form.Email", "nora@first.example"), ("Form.Password", "Walk-the-dog-7"));

        answer.Status.ShouldBe(HttpStatusCode.Redirect, answer.Text);
        answer.Location.ShouldBe("/");
        (await visitor.IsSignedInAsync()).ShouldBeTrue();
    }
}
