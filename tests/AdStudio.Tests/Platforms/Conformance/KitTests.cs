using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Platforms.Conformance.Formats;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.Conformance;

/// <summary>The kit that finds mistakes finds them.</summary>
public sealed class KitTests
{
    private const string Shop = """
        TYPE Money = {amount! string, currency! string}
        EVERY
          query: token
          header: X-Context
          error: {message! string}
        POST /shops/{shop}/orders   # a comment
          query: dry boolean
          body: {name! string, kind (SMALL|LARGE), price Money, tags [string], count integer?}
          -> {id! digits}
        GET /shops/{shop}
          query: fields [(name|price)], near {lat number}
        GET /shops/find
        """;

    [Theory]
    [InlineData("""{"name":"a","kind":"SMALL","price":{"amount":"1","currency":"USD"},"tags":["x"],"count":null}""", null)]
    [InlineData("""{"kind":"SMALL"}""", "body.name is missing")]
    [InlineData("""{"name":"a","colour":"red"}""", "body.colour is no field of it")]
    [InlineData("""{"name":"a","kind":"HUGE"}""", "body.kind is \"HUGE\", which is none of SMALL, LARGE")]
    [InlineData("""{"name":7}""", "body.name is 7, which is no string")]
    [InlineData("""{"name":null}""", "body.name is null")]
    [InlineData("""{"name":"a","price":{"amount":"1"}}""", "body.price.currency is missing")]
    [InlineData("""{"name":"a","tags":["x",1]}""", "body.tags[1] is 1, which is no string")]
    [InlineData("""{"name":"a","count":1.5}""", "body.count is 1.5, which is no integer")]
    public void What_is_wrong_with_a_body_is_said(string body, string? problem) => Wrong("POST", "/shops/1/orders", body).ShouldBe(problem is null ? [] : ["POST /shops/1/orders: " + problem]);

    [Theory]
    [InlineData("/shops/1", "fields=name,price&token=t&near={\"lat\":1.5}", null)]
    [InlineData("/shops/1", "fields=name,size", "GET /shops/1: query.fields is \"size\", which is none of name, price")]
    [InlineData("/shops/1", "near=here", "GET /shops/1: query.near is \"here\", which is no JSON")]
    [InlineData("/shops/find", "fields=name", "GET /shops/find: query.fields is no parameter of it")]
    [InlineData("/stores/1", "", "GET /stores/1 is not among its calls")]
    public void What_is_wrong_with_a_query_is_said(string path, string query, string? problem) => Wrong("GET", path, "", query).ShouldBe(problem is null ? [] : [problem]);

    [Fact]
    public void A_missing_header_and_a_strange_answer_are_said()
    {
        var (facts, call) = (Table.Read(Shop), Call("POST", "/shops/1/orders", """{"name":"a"}""") with { Headers = new Dictionary<string, string>(), Status = 200, Answer = """{"id":"x1"}""" });
        facts.CheckRequest(call).Single().ShouldContain("the header X-Context is missing");
        facts.CheckResponse(call).Single().ShouldContain("answer.id is \"x1\", which is no digits");
        facts.CheckResponse(call with { Status = 400, Answer = "{}" }).Single().ShouldContain("error.message is missing");
    }

    [Fact]
    public void A_table_may_not_say_what_is_not_published()
    {
        var document = Table.Read(Shop);
        Table.Unpublished("POST /shops/{id}/orders body: {name! string, +colour string}", document).ShouldBeEmpty();
        Table.Unpublished("POST /shops/{id}/orders body: {colour string}", document).Single().ShouldContain("body.colour is not published");
        Table.Unpublished("POST /shops/{id}/orders body: {kind (TINY)}", document).Single().ShouldContain("not published with TINY");
        Table.Unpublished("GET /carts", document).Single().ShouldBe("GET /carts is not published");
        Table.Unpublished("+ GET /carts", document).ShouldBeEmpty();
    }

    [Fact]
    public void Yaml_is_read_as_far_as_it_is_used()
    {
        var read = Yaml.Read("""
            # a comment
            openapi: 3.0.1
            'quoted key': "two\nlines"
            list:
            - a: 1
              b: [x, 'y, z']
            - plain text that
              goes on   # here
            ? /a/very/long(key:1)
            : put: {deep: true}
            folded: >-
              one
              two
            none:
            """)!;
        JsonNode.DeepEquals(read, JsonNode.Parse("""
            {"openapi":"3.0.1","quoted key":"two\nlines","list":[{"a":1,"b":["x","y, z"]},"plain text that goes on"],"/a/very/long(key:1)":{"put":{"deep":true}},"folded":"one two","none":null}
            """)).ShouldBeTrue(read.ToJsonString());
    }

    [Theory]
    [InlineData(Platform.Meta, 700)]
    [InlineData(Platform.Google, 170)]
    [InlineData(Platform.TikTok, 48)]
    [InlineData(Platform.LinkedIn, 60)]
    [InlineData(Platform.Pinterest, 200)]
    [InlineData(Platform.Apple, 66)]
    public void The_documents_are_read_whole(Platform platform, int operations)
    {
        if (Specifications.Document(platform) is { } document) document.Operations.Count.ShouldBeGreaterThanOrEqualTo(operations);
    }

    private static IReadOnlyList<string> Wrong(string method, string path, string body, string query = "") => Table.Read(Shop).CheckRequest(Call(method, path, body, query));

    private static RecordedCall Call(string method, string path, string body, string query = "") => new(Platform.Meta, method, path,
        [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1]))], new Dictionary<string, string> { ["X-Context"] = "1" }) { Body = body };
}
