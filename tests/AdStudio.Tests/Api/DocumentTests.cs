using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Tests.Api.Surfaces;
using AdStudio.Tests.Support;
using AdStudio.Web.Api;
using AdStudio.Web.Features.Developers;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api;

/// <summary>The OpenAPI documents say what is true.</summary>
public sealed class DocumentTests(PartnerApp app) : IClassFixture<PartnerApp>
{
    private readonly Partner nobody = new(app.Address);
    private readonly HttpClient http = new();

    [Fact]
    public async Task Every_operation_is_described_with_errors_examples_and_who_may_call()
    {
        var documents = await Documents.OfAsync(app.Address, http);
        foreach (var surface in ApiSurface.All)
        {
            var document = documents[surface.Name];
            document["openapi"]!.GetValue<string>().ShouldStartWith("3.");
            document["components"]!["securitySchemes"]!.AsObject().Count.ShouldBeGreaterThan(0);
            var operations = documents.Operations.Where(o => o.Surface == surface.Name).ToList();
            operations.Count.ShouldBeGreaterThan(5);
            operations.Select(o => o.Node["operationId"]!.GetValue<string>()).ShouldBeUnique();
            foreach (var operation in operations)
            {
                var (node, at) = (operation.Node, operation.ToString());
                operation.Path.ShouldStartWith(surface.Root + "/");
                node["summary"]!.GetValue<string>().ShouldNotBeEmpty(at);
                node["tags"]!.AsArray().ShouldHaveSingleItem();
                foreach (var part in operation.Path.Split('/').Where(p => p.StartsWith('{')))
                    (node["parameters"] as JsonArray ?? []).ShouldContain(p => p!["name"]!.GetValue<string>() == part.Trim('{', '}') && p["in"]!.GetValue<string>() == "path" && p["example"] != null, at);
                foreach (var parameter in node["parameters"] as JsonArray ?? [])
                    parameter!["description"]?.GetValue<string>().ShouldNotBeNullOrWhiteSpace($"{at} {parameter["name"]}");
                foreach (var status in new[] { "400", "401", "403", "404", "409", "429", "500", "503" }) node["responses"]!.AsObject().ContainsKey(status).ShouldBeTrue($"{at} {status}");
                node["responses"]!.AsObject().ShouldContain(r => r.Key.StartsWith('2'), at);
                if (node["requestBody"]?["content"]?["application/json"] is { } body) body["example"].ShouldNotBeNull(at);
            }
        }
    }

    [Fact]
    public async Task Every_answer_has_an_example_that_is_as_its_schema_says()
    {
        var documents = await Documents.OfAsync(app.Address, http);
        var wrong = documents.Operations.SelectMany(o => o.Node["responses"]!.AsObject().Where(r => r.Key != "204").SelectMany(r => r.Value!["content"]?["application/json"] switch
        {
            null => [$"{o} {r.Key} has no schema"],
            var content when content["example"] is not { } example => [$"{o} {r.Key} has no example"],
            var content => Schemas.Check(documents[o.Surface], content["schema"]!, content["example"], $"{o} {r.Key}"),
        })).ToList();
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_operation_stands_in_one_document()
    {
        var described = (await Documents.OfAsync(app.Address, http)).Operations.Select(o => o.ToString().TrimEnd('/')).ToList();
        described.ShouldBeUnique();
        described.Order().ShouldBe(Route.All(app).Select(r => r.ToString().TrimEnd('/')).Order());
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
        var house = await House.FurnishAsync(app);
        var callers = await House.CallersAsync(app, app.Scene, "Ada-1");
        // What an example names and this house has not: a creative, an account, a team, a person of the reader's own.
        string[] theirs = ["creativeIds", "audienceIds", "imageUrl", "adAccountId", "fbAdAccount", "fbPage", "pageId", "assets", "members", "adminId", "creatives", "platforms"];
        List<string> wrong = [];
        foreach (var route in Route.All(app).Where(r => r.Body is not null && r.Method is "POST" or "PUT" or "PATCH"))
        {
            var reply = await House.SendAsync(callers[route.Surface], route, route.With(house.Ours));
            var at = $"{route}: {reply.Text}";
            House.ShouldBeKind(reply, at);
            if (reply.Status != HttpStatusCode.BadRequest) continue;
            var details = reply.Body["error"]!["details"];
            var fields = (details is JsonObject ? details["fields"]!.AsArray() : details as JsonArray ?? []).Select(d => d is JsonObject field ? field["field"]!.GetValue<string>() : d!.GetValue<string>());
            if (!fields.All(f => theirs.Any(t => f.StartsWith(t, StringComparison.Ordinal)))) wrong.Add(at);
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lines_for_a_terminal_are_answered()
    {
        var house = await House.FurnishAsync(app);
        var key = await app.KeyAsync(app.Scene);
        var token = (await new Partner(app.Address, ("x-api-key", key)).PostAsync("/api/v1/auth/token", """{"externalUserId":"Ada-1"}""")).Body["data"]!;
        var routes = Route.All(app);
        List<string> wrong = [];
        foreach (var surface in ApiSurface.All)
            foreach (var call in await app.Get<ApiCatalog>().OfAsync(surface, CancellationToken.None))
            {
                var route = routes.Single(r => r.Method == call.Method && r.Template.TrimEnd('/') == call.Path.TrimEnd('/'));
                var line = CurlOf.Line(call, app.Address, name => route.Parameters.Contains(name) ? house.Ours(route, name) : null!)
                    .Replace("$KEY", key, StringComparison.Ordinal).Replace("$TOKEN", token["accessToken"]!.GetValue<string>(), StringComparison.Ordinal).Replace("$REFRESH", token["refreshToken"]!.GetValue<string>(), StringComparison.Ordinal);
                var address = new Uri(Regex.Match(line, "\"(http[^\"]+)\"").Groups[1].Value);
                line.Contains(" -d '", StringComparison.Ordinal).ShouldBe(call.Operation.RequestBody is not null, line);
                if (call.Method != "GET") continue;
                var partner = Regex.Matches(line, "-H \"([^:]+): ([^\"]+)\"").Aggregate(new Partner(app.Address), (caller, header) => caller.With(header.Groups[1].Value, header.Groups[2].Value));
                var reply = await partner.GetAsync(address.PathAndQuery);
                House.ShouldBeKind(reply, line);
                // The house stands on no platform and has no campaign 42: what is asked of one may be not found, but never misunderstood.
                if ((int)reply.Status is not (200 or 404 or 409 or 503)) wrong.Add($"{call.Method} {address.PathAndQuery}: {reply.Text}");
            }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_reference_runs_under_the_policy_for_scripts_and_is_for_people_who_are_signed_in()
    {
        (await nobody.With("Accept", "text/html").GetAsync(ApiReference.TryPath)).ShouldBe(HttpStatusCode.Redirect);
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

    private static async Task<JsonNode> ShouldFitAsync(JsonNode document, string method, string template, Task<Reply> sent)
    {
        var reply = await sent;
        var responses = document["paths"]![template]![method]!["responses"]!;
        var response = responses[((int)reply.Status).ToString(System.Globalization.CultureInfo.InvariantCulture)].ShouldNotBeNull($"{method} {template} {reply.Status}: {reply.Text}");
        Schemas.Check(document, response["content"]!["application/json"]!["schema"]!, reply.Body, $"{method} {template}").ShouldBeEmpty();
        return reply.Body;
    }
}
