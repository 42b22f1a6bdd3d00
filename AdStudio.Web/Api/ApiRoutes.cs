using Microsoft.AspNetCore.Routing.Template;

namespace AdStudio.Web.Api;

/// <summary>
/// Which methods an address of the APIs takes. Routing itself would know, but pages answer GET for addresses of any shape, and hide it.
/// </summary>
internal sealed class ApiRoutes(EndpointDataSource endpoints)
{
    private readonly Lazy<List<(TemplateMatcher Address, string Method)>> operations = new(() =>
    [
        .. from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<ApiOperation>() is not null
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
           select (new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText!.TrimStart('/')), []), method),
    ]);

    public IReadOnlyList<string> MethodsAt(PathString path) => [.. operations.Value.Where(o => o.Address.TryMatch(path, [])).Select(o => o.Method).Distinct().Order()];
}
