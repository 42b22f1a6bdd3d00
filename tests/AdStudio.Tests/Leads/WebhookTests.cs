using System.Net;
using System.Security.Cryptography;
using System.Text;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Leads;

/// <summary>Where Meta calls: only what Meta signed is listened to.</summary>
public sealed class WebhookTests : IClassFixture<WebhookTests.App>
{
    public sealed class App : StudioApp
    {
        public App() => (Settings["AdPlatforms:Meta:WebhookVerifyToken"], Settings["AdPlatforms:Meta:ClientId"], Settings["AdPlatforms:Meta:ClientSecret"]) = ("our-word", "app", "hush");
    }

    private readonly HttpClient http;

    public WebhookTests(App app) => http = app.CreateClient();

    private const string Call = """{"object":"page","entry":[{"id":"1","time":1,"changes":[{"field":"leadgen","value":{"leadgen_id":"9","page_id":"1","form_id":"7","created_time":1}}]}]}""";

    [Fact]
    public async Task The_challenge_is_answered_to_whoever_knows_the_word_that_was_agreed_on()
    {
        (await http.GetStringAsync("/webhooks/meta?hub.mode=subscribe&hub.verify_token=our-word&hub.challenge=1158201444")).ShouldBe("1158201444");
        (await http.GetAsync("/webhooks/meta?hub.mode=subscribe&hub.verify_token=another&hub.challenge=1158201444")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await http.GetAsync("/webhooks/google?hub.mode=subscribe&hub.verify_token=our-word&hub.challenge=1")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_call_counts_only_with_the_signature_of_its_raw_body()
    {
        (await PostAsync(Call, null)).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(Call, Sign("hush", Call + " "))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(Call, Sign("other", Call))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("not json", Sign("hush", "not json"))).ShouldBe(HttpStatusCode.Forbidden);

        // Signed, of a form that nobody here has: it is taken, and is nobody's.
        (await PostAsync(Call, Sign("hush", Call))).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> PostAsync(string body, string? signature)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/meta") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (signature is not null) request.Headers.Add("X-Hub-Signature-256", signature);
            return (await http.SendAsync(request)).StatusCode;
        }
    }

    private static string Sign(string secret, string body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));
}
