using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Advertising;

public sealed class GivenJsonTests
{
    [Theory]
    [InlineData("access_token"), InlineData("accessToken"), InlineData("facebook_pixel_conversions_api_access_token"), InlineData("conversionsApiAccessToken"), InlineData("refresh_token"), InlineData("page-token")]
    [InlineData("stripe_customer_id"), InlineData("stripe_session_id"), InlineData("stripeSubscriptionId"), InlineData("monthly_seats_subscription_item_id"), InlineData("client_secret"), InlineData("Password"), InlineData("x-api-key"), InlineData("cvc")]
    public void A_name_that_would_carry_a_secret_is_known_by_its_looks(string name) => GivenJson.IsSecret(name).ShouldBeTrue();

    [Theory]
    [InlineData("fbTokenValid"), InlineData("reauthenticateFbUser"), InlineData("subscription"), InlineData("payment_method"), InlineData("checkout_source"), InlineData("account_status"), InlineData("campaignName"), InlineData("spotify_id")]
    public void Other_names_stay(string name) => GivenJson.IsSecret(name).ShouldBeFalse();

    [Fact]
    public void Secrets_are_left_out_at_any_depth_and_out_of_addresses_while_all_else_stays()
    {
        var kept = GivenJson.WithoutSecrets(JsonNode.Parse("""{"a":[{"access_token":"x","name":"n","n":1.50}],"url":"https://graph.example/me?access_token=x","deep":{"deeper":{"stripe_customer_id":"c","ok":null}}}"""));
        kept!.ToJsonString().ShouldBe("""{"a":[{"name":"n","n":1.50}],"url":null,"deep":{"deeper":{"ok":null}}}""");
    }

    [Fact]
    public void A_change_goes_over_what_was_there_field_by_field_and_null_takes_one_out() =>
        GivenJson.Merged(JsonNode.Parse("""{"a":{"x":1,"y":2},"b":[1,2],"c":3}""")!.AsObject(), JsonNode.Parse("""{"a":{"y":null,"z":3},"b":[9],"c":null}""")!.AsObject()).ToJsonString().ShouldBe("""{"a":{"x":1,"z":3},"b":[9]}""");
}
