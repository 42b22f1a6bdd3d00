using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Surfaces;

/// <summary>Whatever is sent to an operation, it answers in its surface's words: never a failure of ours, never something that only a programmer should see.</summary>
public sealed class BadInputTests(PartnerApp app) : IClassFixture<PartnerApp>, IAsyncLifetime
{
    private static readonly string[] Values =
    [
        "7", "-1.5", "1e999", "true", "\"\"", "\" \"", "\"\\ud800\"", "\"\\u0000\"", "\"' OR 1=1; DROP TABLE Campaigns; --\"", "\"<script>alert(1)</script>\"", "\"../../../etc/passwd\"", "\"🦆\\u202e\"", "[]", "[null]", "[[]]", "[{}]", "{}", "{\"a\":{\"b\":[{}]}}", "null",
        "99999999999999999999999999", $"\"{new string('x', 6000)}\"",
    ];
    private static readonly string[] Places = ["..x", "' OR 1=1 --", "-1", "99999999999999999999", "null", "🦆", "{}", new string('x', 1500)];
    private static readonly string[] Asked = ["", "x", "-1", "99999999999999999999", "2026-02-30", "'; DROP TABLE x; --", "a,b,,c", "🦆", "[]", new string('x', 300)];
    private House house = null!;
    private IReadOnlyList<Route> routes = [];
    private IReadOnlyDictionary<string, Partner> callers = null!;

    public async Task InitializeAsync()
    {
        house = await House.FurnishAsync(app);
        routes = Route.All(app);
        callers = await House.CallersAsync(app, app.Scene, "Ada-1");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_is_no_object_is_refused()
    {
        string[] bodies = ["", " ", "{", "null", "[]", "\"x\"", "7", "[{}]", "{\"a\":1,}", "\u0000", string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500), string.Concat(Enumerable.Repeat("[", 5000))];
        foreach (var route in routes.Where(r => r.Body is not null && r.Method != "DELETE"))
            foreach (var body in bodies)
                await ShouldStandAsync(route, route.With(house.Ours), body, mayPass: string.IsNullOrWhiteSpace(body));
    }

    [Fact]
    public async Task Every_field_survives_every_wrong_value()
    {
        foreach (var route in routes.Where(r => r.Body is not null))
        {
            var path = route.With(route.Method == "DELETE" ? house.Nobodys : house.Ours);
            var example = JsonNode.Parse(route.Body!)!;
            foreach (var value in Values)
            {
                // All at once …
                await ShouldStandAsync(route, path, "{" + string.Join(",", example.AsObject().Select(f => $"{JsonValue.Create(f.Key).ToJsonString()}:{value}")) + "}", mayPass: true);
            }
            // … and each alone, in an otherwise good body, as what it is not.
            foreach (var place in Fields(example, ""))
                await ShouldStandAsync(route, path, Replaced(example, place, """{"not":["this"]}"""), mayPass: true);
        }
    }

    [Fact]
    public async Task Every_place_in_an_address_survives_every_wrong_value()
    {
        foreach (var route in routes.Where(r => r.Parameters.Count > 0))
            foreach (var parameter in route.Parameters)
                foreach (var value in Places)
                {
                    var path = route.With((r, p) => p == parameter ? "~" : house.Nobodys(r, p)).Replace("~", Uri.EscapeDataString(value), StringComparison.Ordinal);
                    await ShouldStandAsync(route, path, null, mayPass: false);
                }
    }

    [Fact]
    public async Task Every_value_of_a_query_survives_every_wrong_one()
    {
        var documents = await Documents.OfAsync(app.Address, new HttpClient());
        foreach (var route in routes.Where(r => r.OnlyReads))
        {
            var asked = documents.Operations.Single(o => o.Method == route.Method && o.Path == route.Template).Node["parameters"]?.AsArray().Where(p => p!["in"]!.GetValue<string>() == "query").Select(p => p!["name"]!.GetValue<string>()).ToList() ?? [];
            if (asked.Count == 0) continue;
            foreach (var value in Asked)
                await ShouldStandAsync(route, route.With(house.Ours) + "?" + string.Join("&", asked.Select(a => $"{Uri.EscapeDataString(a)}={Uri.EscapeDataString(value)}")), null, mayPass: true);
            foreach (var name in asked)
                await ShouldStandAsync(route, route.With(house.Ours) + $"?{Uri.EscapeDataString(name)}=1&{Uri.EscapeDataString(name)}=2&{Uri.EscapeDataString(name)}[]=3", null, mayPass: true);
        }
    }

    private async Task ShouldStandAsync(Route route, string path, string? body, bool mayPass)
    {
        var reply = await House.SendAsync(callers[route.Surface], route, path, body);
        var at = $"{route} {path} {(body is { Length: > 300 } ? body[..300] : body)}";
        House.ShouldBeKind(reply, at);
        if (!mayPass) ((int)reply.Status).ShouldBeInRange(400, 503, $"{at}: {reply.Text}");
        if ((int)reply.Status >= 400) reply.Body["error"]!["code"]!.GetValue<string>().ShouldNotBeEmpty(at);
    }

    private static IEnumerable<string> Fields(JsonNode? node, string at) => node switch
    {
        JsonObject map => map.SelectMany(p => Fields(p.Value, $"{at}/{p.Key}").Prepend($"{at}/{p.Key}")),
        JsonArray list => list.Take(2).SelectMany((entry, i) => Fields(entry, $"{at}/{i}").Prepend($"{at}/{i}")),
        _ => [],
    };

    private static string Replaced(JsonNode example, string place, string by)
    {
        var copy = example.DeepClone();
        var steps = place.Trim('/').Split('/');
        var holder = steps[..^1].Aggregate(copy, (node, step) => node is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!);
        if (holder is JsonArray array) array[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = JsonNode.Parse(by);
        else holder[steps[^1]] = JsonNode.Parse(by);
        return copy.ToJsonString();
    }
}
