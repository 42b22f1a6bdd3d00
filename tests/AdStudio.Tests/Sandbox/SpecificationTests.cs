using System.Text.Json;
using AdStudio.Sandbox.Google;
using AdStudio.Sandbox.Meta;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Sandbox;

/// <summary>What the sandbox accepts is what the platforms publish; checked where their documents lie beside the repository.</summary>
public sealed class SpecificationTests
{
    [Fact]
    public void Meta_s_parameters_and_fields_are_the_published_ones()
    {
        if (Specs() is not { } specs) return;
        foreach (var (edge, parameters) in MetaShapes.Params)
        {
            var parts = edge.Split(' ');
            var api = Read(specs, "meta", "specs", parts[1] + ".json").GetProperty("apis").EnumerateArray()
                .First(a => a.GetProperty("method").GetString() == parts[0] && (a.TryGetProperty("endpoint", out var e) ? e.GetString() : null) == parts.ElementAtOrDefault(2));
            parameters.Keys.Order().ShouldBe(api.GetProperty("params").EnumerateArray().Select(p => p.GetProperty("name").GetString()!).Order(), edge);
        }
        foreach (var (type, fields) in MetaShapes.Fields)
            fields.ShouldBeSubsetOf(Read(specs, "meta", "specs", type + ".json").GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("name").GetString()!), type);
    }

    [Fact]
    public void Google_s_fields_are_the_published_ones()
    {
        if (Specs() is not { } specs) return;
        var schemas = Read(specs, "google-ads", "googleads.v25.rest-discovery.json").GetProperty("schemas");
        foreach (var (type, fields) in GoogleShapes.Types)
            fields.Keys.ShouldBeSubsetOf(schemas.GetProperty("GoogleAdsGoogleadsV25" + type.Replace(".", "__", StringComparison.Ordinal)).GetProperty("properties").EnumerateObject().Select(p => p.Name), type);
    }

    /// <summary>The folder of the platforms' documents: beside the repository or above it.</summary>
    private static string? Specs()
    {
        for (var folder = Directory.GetParent(Repository.Root); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "specs") is var found && Directory.Exists(found)) return found;
        return null;
    }

    private static JsonElement Read(params string[] path) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(path)));
}
