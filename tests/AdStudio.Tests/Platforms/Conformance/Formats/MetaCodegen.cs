using System.Text.Json.Nodes;

namespace AdStudio.Tests.Platforms.Conformance.Formats;

/// <summary>Reads what Meta's own SDKs are made from: a file an object with its edges and fields, and all enumerations in one file.</summary>
internal sealed class MetaCodegen
{
    private readonly Dictionary<string, JsonNode> files;
    private readonly Dictionary<string, HashSet<string>> values;
    private readonly Dictionary<string, Shape> types = [];

    private MetaCodegen(string folder)
    {
        var all = Directory.EnumerateFiles(folder, "*.json").ToDictionary(f => Path.GetFileNameWithoutExtension(f), f => JsonNode.Parse(File.ReadAllText(f))!);
        values = all["enum_types"].AsArray().GroupBy(e => e!["name"]!.ToString()).ToDictionary(g => g.Key, g => g.SelectMany(e => e!["values"]!.AsArray()).Select(v => v!.ToString()).ToHashSet());
        files = all.Where(f => f.Value is JsonObject).ToDictionary(f => f.Key, f => f.Value);
    }

    public static ApiFacts Read(string folder)
    {
        var reader = new MetaCodegen(folder);
        var operations = reader.files.SelectMany(f => reader.Operations(f.Key, f.Value)).ToList();
        foreach (var name in reader.files.Keys) reader.Named(name);
        return new("Meta's codegen specs", operations, reader.types);
    }

    /// <summary>An object's own path, and what hangs on it. An account's id begins with "act_"; who signed in is "me".</summary>
    private IEnumerable<Operation> Operations(string owner, JsonNode file)
    {
        foreach (var api in file["apis"] as JsonArray ?? [])
        {
            var (method, edge) = (api!["method"]!.ToString(), api["endpoint"]?.ToString());
            var parameters = Parameters(api, out var uploads);
            foreach (var node in owner switch { "AdAccount" => ["/act_{account}"], "User" => ["/me", "/{user}"], _ => (string[])[$"/{{{owner}}}"] })
                yield return new(method, edge is null ? node : $"{node}/{edge}")
                {
                    Query = method == "POST" ? new(ShapeKind.Object) : parameters, Form = method == "GET" ? null : parameters, Files = [.. uploads], Answer = Answer(method, edge, api["return"]?.ToString()),
                };
        }
    }

    private Shape Parameters(JsonNode api, out HashSet<string> uploads)
    {
        var (shape, names) = (new Shape(ShapeKind.Object), new HashSet<string>());
        foreach (var parameter in api["params"]!.AsArray())
        {
            var (name, type) = (parameter!["name"]!.ToString(), parameter["type"]!.ToString());
            shape.Fields[name] = Shaped(type);
            if (type is "file" || name is "source" or "bytes") names.Add(name);
            else if (parameter["required"]?.ToString() == "true") shape.Required.Add(name);
        }
        uploads = names;
        return shape;
    }

    /// <summary>An edge is read as a page of what it holds; the rest answers with the object, of which a new one's id and "success" are told as well.</summary>
    private Shape? Answer(string method, string? edge, string? type)
    {
        if (type is null || !files.ContainsKey(type)) return null;
        if (method != "GET")
        {
            var made = new Shape(ShapeKind.Object);
            foreach (var (name, field) in Named(type).Fields) made.Fields[name] = field;
            made.Fields["id"] = new(ShapeKind.String);
            made.Fields["success"] = new(ShapeKind.Boolean);
            return made;
        }
        if (edge is null) return Named(type);
        var page = new Shape(ShapeKind.Object) { Fields = { ["data"] = new(ShapeKind.List) { Items = Named(type) }, ["paging"] = new(ShapeKind.Object) { Others = Shape.Any }, ["summary"] = new(ShapeKind.Object) { Others = Shape.Any } } };
        page.Required.Add("data");
        return page;
    }

    private Shape Named(string name)
    {
        if (types.TryGetValue(name, out var known)) return known;
        var shape = types[name] = new(ShapeKind.Object);
        foreach (var field in files[name]["fields"] as JsonArray ?? []) shape.Fields[field!["name"]!.ToString()] = Shaped(field["type"]!.ToString());
        if (shape.Fields.Count == 0) shape.Others = Shape.Any;
        return shape;
    }

    private Shape Shaped(string type)
    {
        if (type.StartsWith("list<", StringComparison.Ordinal)) return new(ShapeKind.List) { Items = Shaped(type[5..^1]) };
        if (type.StartsWith("map", StringComparison.Ordinal) || type == "Object") return new(ShapeKind.Object) { Others = Shape.Any };
        if (values.TryGetValue(type, out var known)) return new(ShapeKind.String) { Values = known };
        if (files.ContainsKey(type)) return Named(type);
        return type switch
        {
            "string" or "datetime" => new(ShapeKind.String), "bool" => new(ShapeKind.Boolean), "int" or "unsigned int" => new(ShapeKind.Integer), "float" => new(ShapeKind.Number), "list" => new(ShapeKind.List), _ => Shape.Any,
        };
    }
}
