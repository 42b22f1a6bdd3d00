using System.Text.Json.Nodes;

namespace AdStudio.Tests.Platforms.Conformance.Formats;

/// <summary>Reads Google's discovery document.</summary>
internal sealed class Discovery(JsonNode document, string version)
{
    private readonly Dictionary<string, Shape> types = [];

    public static ApiFacts Read(string file, string version)
    {
        var reader = new Discovery(JsonNode.Parse(File.ReadAllText(file))!, version);
        var everywhere = new Shape(ShapeKind.Object);
        foreach (var (name, parameter) in reader.Document["parameters"]!.AsObject()) everywhere.Fields[name] = reader.Read(parameter!);
        return new("Google's discovery document", [.. reader.Operations(reader.Document)], reader.types) { Everywhere = everywhere };
    }

    private JsonNode Document => document;

    private IEnumerable<Operation> Operations(JsonNode folder)
    {
        foreach (var (_, inner) in folder["resources"] as JsonObject ?? [])
            foreach (var operation in Operations(inner!)) yield return operation;
        foreach (var (_, method) in folder["methods"] as JsonObject ?? [])
        {
            var operation = new Operation(method!["httpMethod"]!.ToString(), (method["flatPath"] ?? method["path"])!.ToString()[version.Length..])
            {
                Body = method["request"] is { } request ? Read(request) : null, Answer = method["response"] is { } response ? Read(response) : null,
            };
            foreach (var (name, parameter) in method["parameters"] as JsonObject ?? [])
                if (parameter!["location"]?.ToString() == "query") operation.Query.Fields[name] = Read(parameter);
            yield return operation;
        }
    }

    private Shape Named(string name)
    {
        if (types.TryGetValue(name, out var known)) return known;
        var shape = types[name] = Shape.Any;
        Fill(shape, document["schemas"]![name]!);
        return shape;
    }

    private Shape Read(JsonNode schema)
    {
        if (schema["$ref"]?.ToString() is { } name) return Named(name);
        var shape = Shape.Any;
        Fill(shape, schema);
        if (schema["repeated"]?.ToString() == "true") shape = new(ShapeKind.List) { Items = shape };
        return shape;
    }

    private void Fill(Shape shape, JsonNode schema)
    {
        shape.Kind = (schema["type"]?.ToString(), schema["format"]?.ToString()) switch
        {
            ("string", "int64" or "uint64") => ShapeKind.Digits, ("string", _) => ShapeKind.String, ("integer", _) => ShapeKind.Integer, ("number", _) => ShapeKind.Number, ("boolean", _) => ShapeKind.Boolean,
            ("array", _) => ShapeKind.List, ("object", _) => ShapeKind.Object, _ => ShapeKind.Any,
        };
        if (schema["enum"] is JsonArray values) shape.Values = [.. values.Select(v => v!.ToString())];
        if (schema["items"] is { } items) shape.Items = Read(items);
        if (schema["additionalProperties"] is { } others) shape.Others = Read(others);
        foreach (var (name, field) in schema["properties"] as JsonObject ?? [])
        {
            shape.Fields[name] = Read(field!);
            if (field!["readOnly"]?.ToString() == "true") shape.OutputOnly.Add(name);
        }
    }
}
