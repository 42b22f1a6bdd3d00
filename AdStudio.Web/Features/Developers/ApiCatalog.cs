using System.Collections.Concurrent;
using AdStudio.Web.Api;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AdStudio.Web.Features.Developers;

/// <summary>An operation as its surface's document has it.</summary>
public sealed record ApiCall(ApiSurface Surface, string Method, string Path, OpenApiOperation Operation)
{
    public string Id => Operation.OperationId!;
    public string Tag => Operation.Tags!.First().Reference.Id!;
    public string Summary => Operation.Summary ?? "";

    /// <summary>Whether each of the words stands in its method, address or summary.</summary>
    public bool Has(IEnumerable<string> words) => words.All(w => $"{Method} {Path} {Summary}".Contains(w, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The operations of each surface, read from its OpenAPI document once.</summary>
internal sealed class ApiCatalog(IServiceProvider services)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<ApiCall>> read = new();

    public async Task<IReadOnlyList<ApiCall>> OfAsync(ApiSurface surface, CancellationToken ct)
    {
        if (read.TryGetValue(surface.Name, out var known)) return known;
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(surface.Name).GetOpenApiDocumentAsync(ct);
        return read[surface.Name] =
        [
            .. from path in document.Paths
               from operation in path.Value.Operations!
               let call = new ApiCall(surface, operation.Key.Method, path.Key, operation.Value)
               orderby call.Tag, call.Path
               select call,
        ];
    }
}
