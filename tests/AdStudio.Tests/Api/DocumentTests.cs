using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Tests.Api.Surfaces;
using AdStudio.Tests.Support;
using AdStudio.Web.Features.Developers;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api;

/// <summary>The OpenAPI documents say what is true.</summary>
public sealed class DocumentTests(PartnerApp app) : IClassFixture<PartnerApp>
{
    private readonly Partner nobody = new(app.Address);

    [Fact]
    public async Task Every_operation_is_described_with_errors_and_who_may_call()
    {
        foreach (var (surface, root, least) in new[] { ("crm", "/api/crm/ads/", 25), ("embedded", "/api/v1/", 2) })
        {
            var document = await DocumentAsync(surface);
            document["openapi"]!.GetValue<string>().ShouldStartWith("3.");
            var operations = Operations(document);
            operations.Count.ShouldBeGreaterThanOrEqualTo(least);
            foreach (var (method, path, operation) in operations)
            {
                path.ShouldStartWith(root);
                var name = $"{method} {path}";
                operation["summary"]!.GetValue<string>().ShouldNotBeEmpty(name);
                operation["responses"]!.AsObject().Select(r => r.Key).ShouldContain("401", name);
                operation["responses"]!.AsObject().ShouldContain(r => r.Key.StartsWith('2'), name);
                foreach (var part in path.Split('/').Where(p => p.StartsWith('{')))
                    operation["parameters"]!.AsArray().ShouldContain(p => p!["name"]!.GetValue<string>() == part.Trim('{', '}') && p["in"]!.GetValue<string>() == "path", name);
            }
            operations.Select(o => o.Operation["operationId"]!.GetValue<string>()).ShouldBeUnique();
            document["components"]!["securitySchemes"]!["apiKey"]!["name"]!.GetValue<string>().ShouldBe("x-api-key");
        }
    }

    [Fact]
    public async Task Answers_are_as_their_schemas_say()
    {
        var document = await DocumentAsync("crm");
        var partner = await app.PartnerAsync(app.Scene, "Ada-1");
        var creative = await ShouldFitAsync(document, "post", "/api/crm/ads/creatives", partner.PostAsync("/api/crm/ads/creatives", """{"id":"doc-1","type":"image","headline":"Warm","imageUrl":"/sandbox/assets/sample-1080x1080.jpg"}"""));
        await ShouldFitAsync(document, "post", "/api/crm/ads/audiences", partner.PostAsync("/api/crm/ads/audiences", """{"id":"doc-aud","type":"saved","name":"Germany","targeting":{"countries":["DE"],"genders":["women"]}}"""));
        var campaign = await ShouldFitAsync(document, "post", "/api/crm/ads/campaigns",
            partner.PostAsync("/api/crm/ads/campaigns", """{"name":"Documented","objective":"lead_generation","platforms":["facebook","google"],"budget":{"type":"lifetime","amount":900.5,"currency":"USD"},"creativeIds":["doc-1"],"schedule":{"endAt":"2026-12-24T18:00:00","timezone":"Europe/Berlin"}}"""));
        creative["assets"]![0]!["width"]!.GetValue<int>().ShouldBe(1080);
        campaign["objective"]!.GetValue<string>().ShouldBe("lead_generation");
        campaign["schedule"]!["endAt"]!.GetValue<string>().ShouldBe("2026-12-24T17:00:00Z");
        var id = campaign["id"]!.GetValue<string>();

        foreach (var (template, path) in new (string Template, string Path)[]
        {
            ("campaigns", "campaigns"), ("campaigns/{campaignId}", $"campaigns/{id}"), ("creatives", "creatives"), ("creatives/{creativeId}", "creatives/doc-1"), ("creatives/{creativeId}/versions", "creatives/doc-1/versions"), ("audiences", "audiences"),
            ("audiences/{audienceId}", "audiences/doc-aud"), ("accounts", "accounts"), ("campaigns/metrics/{campaignId}", $"campaigns/metrics/{id}"), ("analytics/overview", "analytics/overview?range=7d"),
            ("analytics/performance", "analytics/performance"), ("analytics/comparison", "analytics/comparison"), ("analytics/trends", "analytics/trends?interval=week"),
        }) await ShouldFitAsync(document, "get", $"/api/crm/ads/{template}", partner.GetAsync($"/api/crm/ads/{path}"));
        await ShouldFitAsync(document, "post", "/api/crm/ads/campaigns/duplicate/{campaignId}", partner.PostAsync($"/api/crm/ads/campaigns/duplicate/{id}"));
        await ShouldFitAsync(document, "post", "/api/crm/ads/campaigns/bulk/pause", partner.PostAsync("/api/crm/ads/campaigns/bulk/pause", $$"""{"ids":["{{id}}"]}"""));
        await ShouldFitAsync(document, "get", "/api/crm/ads/campaigns/{campaignId}", partner.GetAsync("/api/crm/ads/campaigns/none"));
    }

    [Fact]
    public async Task Examples_are_taken_as_they_stand()
    {
        var document = await DocumentAsync("crm");
        var partner = await app.PartnerAsync(app.Scene, "Ada-1");
        foreach (var (method, path, operation) in Operations(document).Where(o => o.Operation["requestBody"] is not null && !o.Path.Contains('{')))
        {
            var example = operation["requestBody"]!["content"]!["application/json"]!["example"]!.ToJsonString();
            var reply = await partner.SendAsync(new HttpMethod(method.ToUpperInvariant()), path, new StringContent(example, System.Text.Encoding.UTF8, "application/json"));
            if (reply.Status == HttpStatusCode.BadRequest) reply.WrongFields.ShouldAllBe(f => f.StartsWith("creativeIds", StringComparison.Ordinal) || f.StartsWith("audienceIds", StringComparison.Ordinal) || f == "imageUrl", $"{method} {path}: {reply.Text}");
            // It names an account of nobody's.
            else if (path.EndsWith("/audiences/platform", StringComparison.Ordinal)) reply.ShouldRefuse(HttpStatusCode.NotFound, "NOT_FOUND");
            else ((int)reply.Status).ShouldBeInRange(200, 299, $"{method} {path}: {reply.Text}");
        }
    }

    [Fact]
    public async Task The_reference_runs_under_the_policy_for_scripts_and_is_for_people_who_are_signed_in()
    {
        (await nobody.With("Accept", "text/html").GetAsync(ApiReference.Path)).ShouldBe(HttpStatusCode.Redirect);
        foreach (var file in new[] { "/lib/swagger-ui/swagger-ui-bundle.js", "/lib/swagger-ui/swagger-ui.css", "/js/reference.js", "/css/reference.css" })
            (await nobody.GetAsync(file)).Status.ShouldBe(HttpStatusCode.OK, file);
    }

    [Fact]
    public void The_guide_shows_the_same_lines_as_the_page()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "api.md"));
        foreach (var (_, _, line) in CurlLines.All(new Uri("http://localhost:5080"), Guid.Empty))
            guide.ShouldContain(line.Replace($" -H \"orgid: {Guid.Empty}\"", "", StringComparison.Ordinal).Replace("ask_…", "$KEY", StringComparison.Ordinal));
    }

    private async Task<JsonNode> DocumentAsync(string surface) => (await nobody.GetAsync($"/openapi/{surface}.json")).ShouldBe(HttpStatusCode.OK).Body;

    private static List<(string Method, string Path, JsonNode Operation)> Operations(JsonNode document) =>
        [.. document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (o.Key, p.Key, o.Value!)))];

    private static async Task<JsonNode> ShouldFitAsync(JsonNode document, string method, string template, Task<Reply> sent)
    {
        var reply = await sent;
        var responses = document["paths"]![template]![method]!["responses"]!;
        var response = responses[((int)reply.Status).ToString(System.Globalization.CultureInfo.InvariantCulture)].ShouldNotBeNull($"{method} {template} {reply.Status}: {reply.Text}");
        Schemas.Check(document, response["content"]!["application/json"]!["schema"]!, reply.Body, $"{method} {template}").ShouldBeEmpty();
        return reply.Body;
    }
}
