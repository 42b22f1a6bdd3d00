using System.Text.Json.Nodes;

namespace AdStudio.Tests.Platforms.Conformance.Formats;

/// <summary>Reads OpenAPI 3, as JSON or YAML; several files make one API. Its schemas are those of JSON Schema, which <see cref="Schema"/> reads alone too.</summary>
internal sealed class OpenApi(JsonNode document)
{
    private readonly Dictionary<string, Shape> byReference = [];

    public static ApiFacts Read(params IEnumerable<string> files)
    {
        var (operations, types) = (new List<Operation>(), new Dictionary<string, Shape>());
        foreach (var file in files)
        {
            var reader = new OpenApi(Open(file));
            operations.AddRange(reader.Operations());
            foreach (var (name, shape) in reader.Types()) types.TryAdd(name, shape);
        }
        return new("OpenAPI", operations, types);
    }

    /// <summary>JSON Schemas of a folder, one a file: types by the file's name.</summary>
    public static ApiFacts Schemas(string folder) => new("JSON Schema", [], Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).DistinctBy(Path.GetFileNameWithoutExtension)
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => Open(f) is var schema ? new OpenApi(schema).Schema(schema) : Shape.Any));

    private static JsonNode Open(string file) => Path.GetExtension(file) == ".json" ? JsonNode.Parse(File.ReadAllText(file))! : Yaml.Read(File.ReadAllText(file))!;

    private IEnumerable<(string, Shape)> Types() => (document["components"]?["schemas"] as JsonObject ?? []).Select(s => (s.Key, Reference("#/components/schemas/" + s.Key)));

    private IEnumerable<Operation> Operations()
    {
        foreach (var (path, item) in document["paths"] as JsonObject ?? [])
            foreach (var (method, operation) in item as JsonObject ?? [])
                if (method is "get" or "post" or "put" or "patch" or "delete") yield return Read(method, path, operation!, item!["parameters"] as JsonArray ?? []);
    }

    private Operation Read(string method, string path, JsonNode operation, JsonArray shared)
    {
        var read = new Operation(method.ToUpperInvariant(), path);
        foreach (var parameter in shared.Concat(operation["parameters"] as JsonArray ?? []).Select(Resolved))
        {
            // Third-party files point to parameters that they do not have.
            if (parameter["name"]?.ToString() is not { } name) continue;
            var isRequired = parameter["required"]?.ToString() == "true";
            if (parameter["in"]?.ToString() == "header" && isRequired) read.Headers.Add(name);
            if (parameter["in"]?.ToString() != "query") continue;
            read.Query.Fields[name] = Schema(parameter["schema"] ?? parameter["content"]?.AsObject().First().Value?["schema"]);
            if (isRequired) read.Query.Required.Add(name);
        }
        foreach (var (type, content) in Resolved(operation["requestBody"])?["content"] as JsonObject ?? [])
        {
            var shape = Schema(content?["schema"]);
            if (type.Contains("json", StringComparison.Ordinal)) read.Body = shape;
            else
            {
                read.Form = shape;
                foreach (var (name, field) in Resolved(content?["schema"])?["properties"] as JsonObject ?? []) if (Resolved(field)["format"]?.ToString() == "binary") read.Files.Add(name);
            }
        }
        read.Answer = (operation["responses"] as JsonObject ?? []).Where(r => r.Key.StartsWith('2')).Select(r => Resolved(r.Value)["content"]?["application/json"]?["schema"]).OfType<JsonNode>().Select(Schema).FirstOrDefault();
        return read;
    }

    public Shape Schema(JsonNode? schema)
    {
        if (schema?["$ref"]?.ToString() is { } reference) return Reference(reference);
        var shape = Shape.Any;
        if (schema is JsonObject o) Fill(shape, o);
        return shape;
    }

    private Shape Reference(string reference)
    {
        if (byReference.TryGetValue(reference, out var known)) return known;
        var shape = byReference[reference] = Shape.Any;
        if (Resolved(new JsonObject { ["$ref"] = reference }) is JsonObject schema) Fill(shape, schema);
        return shape;
    }

    private void Fill(Shape shape, JsonObject schema)
    {
        var types = schema["type"] is JsonArray several ? several.Select(t => t!.ToString()).ToList() : schema["type"] is { } one ? [one.ToString()] : [];
        shape.IsNullable = types.Remove("null") || schema["nullable"]?.ToString() == "true";
        if (types.Count > 1)
        {
            foreach (var type in types) shape.Either.Add(Schema(With(schema, type)));
            return;
        }
        var alternatives = (schema["oneOf"] ?? schema["anyOf"]) as JsonArray;
        if (alternatives is not null && schema["properties"] is null)
        {
            shape.IsNullable |= alternatives.Any(a => a?["type"]?.ToString() == "null");
            shape.Either.AddRange(alternatives.Where(a => a?["type"]?.ToString() != "null").Select(Schema));
            return;
        }
        shape.Kind = types.FirstOrDefault() switch
        {
            "string" => ShapeKind.String, "integer" => ShapeKind.Integer, "number" => ShapeKind.Number, "boolean" => ShapeKind.Boolean, "array" => ShapeKind.List, "object" => ShapeKind.Object,
            _ => schema["properties"] is not null ? ShapeKind.Object : schema["items"] is not null ? ShapeKind.List : ShapeKind.Any,
        };
        foreach (var part in (schema["allOf"] as JsonArray ?? []).Select(Schema)) Merge(shape, part);
        if (Values(schema) is { Count: > 0 } values) shape.Values = values;
        if (schema["items"] is { } items) shape.Items = Schema(items);
        foreach (var (name, field) in schema["properties"] as JsonObject ?? [])
        {
            shape.Fields[name] = Schema(field);
            if (field?["readOnly"]?.ToString() == "true") shape.OutputOnly.Add(name);
        }
        foreach (var name in schema["required"] as JsonArray ?? []) shape.Required.Add(name!.ToString());
        if (schema["additionalProperties"] is JsonObject others) shape.Others = Schema(others);
        else if (shape.Kind == ShapeKind.Object && (schema["additionalProperties"]?.ToString() == "true" || shape.Fields.Count == 0)) shape.Others = Shape.Any;
    }

    private static void Merge(Shape shape, Shape part)
    {
        if (shape.Kind == ShapeKind.Any) shape.Kind = part.Kind;
        foreach (var (name, field) in part.Fields) shape.Fields[name] = field;
        shape.Required.UnionWith(part.Required);
        shape.OutputOnly.UnionWith(part.OutputOnly);
        shape.Values ??= part.Values;
        shape.Items ??= part.Items;
        shape.Either.AddRange(part.Either);
        shape.IsNullable |= part.IsNullable;
    }

    /// <summary>TikTok lists them in a field of its own.</summary>
    private static HashSet<string> Values(JsonObject schema) =>
        [.. (schema["enum"] as JsonArray ?? []).OfType<JsonNode>().Select(v => v.ToString()), .. (schema["x-open-enum"]?["enums"] as JsonArray ?? []).Select(v => v!["key"]!.ToString()), .. schema["const"] is { } only ? [only.ToString()] : Array.Empty<string>()];

    private static JsonObject With(JsonObject schema, string type)
    {
        var copy = schema.DeepClone().AsObject();
        copy["type"] = type;
        return copy;
    }

    private JsonNode Resolved(JsonNode? node) => node?["$ref"]?.ToString() is { } reference
        ? Resolved(reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (at, name) => at?[Uri.UnescapeDataString(name).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]))
        : node ?? new JsonObject();
}
