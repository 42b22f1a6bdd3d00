using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace AdStudio.Tests.Api.Surfaces;

/// <summary>The OpenAPI documents of one running app. Every answer that any test of an API sees is held against them.</summary>
public sealed class Documents
{
    public static readonly string[] Surfaces = ["crm", "embedded", "advertising", "partner"];
    private static readonly ConcurrentDictionary<Uri, Lazy<Task<Documents>>> Read = new();
    private readonly Dictionary<string, JsonNode> documents = [];
    private readonly List<DocumentedOperation> operations = [];

    public static Task<Documents> OfAsync(Uri address, HttpClient http) => Read.GetOrAdd(address, _ => new(() => ReadAsync(address, http))).Value;

    public IReadOnlyList<DocumentedOperation> Operations => operations;

    public JsonNode this[string surface] => documents[surface];

    private static async Task<Documents> ReadAsync(Uri address, HttpClient http)
    {
        var read = new Documents();
        foreach (var surface in Surfaces)
        {
            var document = JsonNode.Parse(await http.GetStringAsync(new Uri(address, $"/openapi/{surface}.json")))!;
            read.documents[surface] = document;
            foreach (var (path, methods) in document["paths"]?.AsObject() ?? [])
                foreach (var (method, operation) in methods!.AsObject()) read.operations.Add(new DocumentedOperation(surface, method.ToUpperInvariant(), path, operation!));
        }
        read.operations.Sort((a, b) => a.Parameters.CompareTo(b.Parameters)); // what is named wins over what is a parameter
        return read;
    }

    /// <summary>Fails when the answer is not as its document says: a status that is not there, a field that is missing, undescribed or of another type.</summary>
    public void Hold(string method, string path, HttpStatusCode status, string text)
    {
        if (operations.Find(o => o.Method == method && o.Takes(path)) is not { } operation) return;
        var at = $"{method} {operation.Path} → {(int)status}";
        var response = operation.Node["responses"]![((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture)].ShouldNotBeNull($"{at} is not described: {Short(text)}");
        if (response["content"]?["application/json"]?["schema"] is not { } schema) return;
        JsonNode? body;
        try
        {
            body = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw new ShouldAssertException($"{at} is no JSON: {Short(text)}");
        }
        Schemas.Check(documents[operation.Surface], schema, body, at).ShouldBeEmpty(Short(text));
    }

    private static string Short(string text) => text.Length <= 2000 ? text : text[..2000];
}

/// <summary>An operation as its surface's document has it.</summary>
public sealed class DocumentedOperation(string surface, string method, string path, JsonNode node)
{
    private readonly string[] segments = path.Trim('/').Split('/');

    public string Surface => surface;
    public string Method => method;
    public string Path => path;
    public JsonNode Node => node;
    public int Parameters { get; } = path.Count(c => c == '{');

    public bool Takes(string address)
    {
        var given = address.Split('?')[0].Trim('/').Split('/');
        return given.Length == segments.Length && segments.Zip(given).All(s => s.First.StartsWith('{') || s.First.Equals(s.Second, StringComparison.OrdinalIgnoreCase));
    }

    public override string ToString() => $"{method} {path}";
}
