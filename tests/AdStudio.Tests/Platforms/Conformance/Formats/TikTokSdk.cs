using System.Text.Json.Nodes;

namespace AdStudio.Tests.Platforms.Conformance.Formats;

/// <summary>
/// TikTok's SDK: OpenAPI files of some operations, and of the others what the pages of its clients say: names, types and what is required, gathered in sdk-docs.json.
/// The OpenAPI files place the token in the query, where no client sends it: it is a header.
/// </summary>
internal sealed class TikTokSdk
{
    private const string Token = "Access-Token", Base = "/open_api/v1.3";

    private readonly JsonObject models;
    private readonly Dictionary<string, Shape> types = [];

    private TikTokSdk(JsonNode document) => models = (JsonObject)document["models"]!;

    public static ApiFacts Read(string folder)
    {
        var facts = OpenApi.Read(Directory.EnumerateFiles(Path.Combine(folder, "yml"), "*.yml").Order());
        foreach (var operation in facts.Operations)
        {
            if (operation.Query.Required.Remove(Token)) operation.Headers.Add(Token);
            operation.Query.Fields.Remove(Token);
            // A file is described as a text.
            if (operation.Form?.Fields.Remove("file") == true && operation.Form.Required.Remove("file")) operation.Files.Add("file");
        }
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "sdk-docs.json")))!;
        var sdk = new TikTokSdk(document);
        var more = ((JsonObject)document["operations"]!).Select(o => sdk.Operation(o.Value!)).Where(o => facts.Operations.TrueForAll(known => (known.Method, known.Path) != (o.Method, o.Path))).ToList();
        return facts with { Source = "TikTok's SDK", Operations = [.. facts.Operations, .. more] };
    }

    private Operation Operation(JsonNode described)
    {
        var read = new Operation(described["method"]!.ToString(), described["path"]!.ToString()[Base.Length..]);
        var isForm = described["contentType"]?.ToString().StartsWith("multipart", StringComparison.Ordinal) == true;
        if (isForm) read.Form = new(ShapeKind.Object);
        foreach (var parameter in described["params"]!.AsArray().OfType<JsonObject>())
        {
            var (name, type, isRequired) = (parameter["name"]!.ToString(), parameter["type"]!.ToString(), parameter["required"]?.ToString() == "true");
            if (name == "Access_Token") read.Headers.Add(Token);
            else if (name == "body") read.Body = Shape(type);
            else if (type == "Blob") read.Files.Add(name);
            else
            {
                var into = isForm ? read.Form! : read.Query;
                into.Fields[name] = Shape(type);
                if (isRequired) into.Required.Add(name);
            }
        }
        return read;
    }

    private Shape Shape(string type) => type switch
    {
        "String" => new(ShapeKind.String),
        "Number" => new(ShapeKind.Number),
        "Boolean" => new(ShapeKind.Boolean),
        ['[', .. var item, ']'] => new(ShapeKind.List) { Items = Shape(item) },
        _ when models[type] is JsonObject model => types.TryGetValue(type, out var known) ? known : Model(type, model),
        _ => Conformance.Shape.Any,
    };

    private Shape Model(string name, JsonObject model)
    {
        var shape = types[name] = new(ShapeKind.Object);
        foreach (var (field, described) in model)
        {
            shape.Fields[field] = Shape(described!["type"]!.ToString());
            if (described["required"]?.ToString() == "true") shape.Required.Add(field);
        }
        return shape;
    }
}
