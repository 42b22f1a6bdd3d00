using System.Text.RegularExpressions;
using AdStudio.Web.Api;
using AdStudio.Web.Api.Documents;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Tests.Api.Surfaces;

/// <summary>An operation as routing has it.</summary>
/// <param name="Body">The example that its document shows; null when it takes none.</param>
internal sealed partial record Route(string Surface, string Method, string Template, string? Scope, string? Body)
{
    /// <summary>Every operation of every surface: what is mapped is found, so nothing new can be forgotten.</summary>
    public static IReadOnlyList<Route> All(PartnerApp app) =>
    [
        .. from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let operation = endpoint.Metadata.GetMetadata<ApiOperation>()
           where operation is not null
           let template = Plain().Replace("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), "{$1}")
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
           orderby method == "DELETE", template
           select new Route(ApiSurface.Of(template)!.Name, method, template, operation.Scope, endpoint.Metadata.GetMetadata<RequestBody>()?.Example),
    ];

    public IReadOnlyList<string> Parameters => [.. Names().Matches(Template).Select(m => m.Groups[1].Value)];

    /// <summary>Whether it only reads, though it may be a POST: what to look for needs a body.</summary>
    public bool OnlyReads => Method == "GET" || (Scope?.Contains("read", StringComparison.Ordinal) ?? false);

    public string With(Func<Route, string, string> value) => Names().Replace(Template, p => Uri.EscapeDataString(value(this, p.Groups[1].Value)));

    public override string ToString() => $"{Method} {Template}";

    [GeneratedRegex(@"\{(\w+)(?:[:?][^}]*)?\}")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Names();
}
