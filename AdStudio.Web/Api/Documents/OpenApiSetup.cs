using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AdStudio.Web.Api.Crm;
using AdStudio.Web.Api.Embedded;
using AdStudio.Core.Common;
using AdStudio.Web.Api.Idempotency;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AdStudio.Web.Api.Documents;

/// <summary>One OpenAPI document a surface, at /openapi/{surface}.json.</summary>
internal static class OpenApiSetup
{
    private const string Bearer = "bearer", ApiKey = "apiKey";

    public static IServiceCollection AddDocuments(this IServiceCollection services)
    {
        foreach (var surface in ApiSurface.All) services.AddOpenApi(surface.Name, options => Describe(options, surface));
        return services;
    }

    private static void Describe(OpenApiOptions options, ApiSurface surface)
    {
        options.ShouldInclude = operation => ApiSurface.Of("/" + operation.RelativePath) == surface;
        // What is left out when it is empty is not required, whatever the record says.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            foreach (var property in context.JsonTypeInfo.Properties)
                if (property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault }])
                    schema.Required?.Remove(property.Name);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "AdStudio " + surface.Title, Version = "1", Description = surface.Description };
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>();
            if (surface.SignIn != SignIn.BearerKey)
                document.Components.SecuritySchemes[ApiKey] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "x-api-key", Description = "A key from the Developers page." };
            if (surface.SignIn == SignIn.BearerKey)
                document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key from the Developers page." };
            else if (surface.SignIn != SignIn.Key)
                document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "The access token of `POST /api/v1/auth/token`; good for one hour." };
            document.Security = Needs(surface.SignIn, document);
            // Here, because only now every schema is in its place.
            var operations = document.Paths.SelectMany(p => p.Value.Operations!.Values.Select(o => (Path: p.Key, Operation: o))).ToList();
            foreach (var (path, operation) in operations)
                foreach (var (status, answer) in operation.Responses!)
                    if (answer.Content.Json() is { Schema: { } schema } content)
                        content.Example = status[0] == '2' ? Examples.Of(schema, int.Parse(status, CultureInfo.InvariantCulture)) : FailureExamples.Of(surface, status, path);
            document.Tags = operations.SelectMany(o => o.Operation.Tags!).Select(t => t.Reference.Id!).Distinct().Order(StringComparer.Ordinal).Select(t => new OpenApiTag { Name = t }).ToHashSet();
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, ct) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            operation.OperationId = OperationIdOf(context.Description.HttpMethod!, ("/" + context.Description.RelativePath)[surface.Root.Length..]);
            if (metadata.OfType<KeyAlone>().Any()) operation.Security = Needs(SignIn.Key, context.Document!);
            operation.Tags = new HashSet<OpenApiTagReference> { new(Places.TagOf(surface, "/" + context.Description.RelativePath), context.Document) };
            operation.Parameters ??= [];
            foreach (var place in operation.Parameters.OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Path))
                (place.Description, place.Example) = Places.Of(surface, "/" + context.Description.RelativePath, place.Name!);
            foreach (var value in metadata.OfType<QueryValue>())
                operation.Parameters.Add(new OpenApiParameter { Name = value.Name, In = ParameterLocation.Query, Description = value.Says, Required = value.Required, Example = value.Required ? Examples.OfQuery(value.Kind) : null, Schema = SchemaOf(value.Kind) });
            if (metadata.OfType<IdempotentOperation>().Any()) operation.Parameters.Add(new OpenApiParameter { Name = IdempotentOperation.Header, In = ParameterLocation.Header, Description = IdempotentOperation.Says, Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyClaim.MaxKey } });
            if (surface.SignIn == SignIn.TokenOrKey) operation.Parameters.Add(new OpenApiParameter { Name = "orgid", In = ParameterLocation.Header, Description = "Your organization's id.", Schema = SchemaOf(QueryKind.Id) });
            if (surface.SignIn == SignIn.Key) operation.Parameters.Add(new OpenApiParameter { Name = "x-brand-id", In = ParameterLocation.Header, Description = "One of your brands, by its number.", Schema = SchemaOf(QueryKind.Whole) });
            if (metadata.OfType<RequestBody>().LastOrDefault() is { } body)
            {
                var schema = await context.GetOrCreateSchemaAsync(body.Type, null, ct);
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = !body.Optional,
                    Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema, Example = JsonNode.Parse(body.Example) } },
                };
            }
            if (metadata.OfType<OtherAnswer>().FirstOrDefault() is { } other && operation.Responses?["200"].Content?["application/json"] is OpenApiMediaType answer)
                answer.Schema = new OpenApiSchema { OneOf = [answer.Schema!, await context.GetOrCreateSchemaAsync(other.Type, null, ct)] };
            var failureSchema = await context.GetOrCreateSchemaAsync(surface.Failure, null, ct);
            operation.Responses ??= [];
            foreach (var failure in FailureExamples.Known.Where(f => operation.RequestBody is not null || !f.OfBodies))
                operation.Responses[failure.Status] = new OpenApiResponse { Description = failure.Says, Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = failureSchema } } };
        });
    }

    private static List<OpenApiSecurityRequirement> Needs(SignIn signIn, OpenApiDocument document)
    {
        OpenApiSecuritySchemeReference Reference(string scheme) => new(scheme, document);
        return signIn switch
        {
            SignIn.TokenOrKey => [new() { [Reference(Bearer)] = [] }, new() { [Reference(ApiKey)] = [] }],
            SignIn.KeyAndToken => [new() { [Reference(ApiKey)] = [], [Reference(Bearer)] = [] }],
            SignIn.BearerKey => [new() { [Reference(Bearer)] = [] }],
            _ => [new() { [Reference(ApiKey)] = [] }],
        };
    }

    private static OpenApiSchema SchemaOf(QueryKind kind) => kind switch
    {
        QueryKind.Whole => new() { Type = JsonSchemaType.Integer },
        QueryKind.Flag => new() { Type = JsonSchemaType.Boolean },
        QueryKind.Day => new() { Type = JsonSchemaType.String, Format = "date" },
        QueryKind.Id => new() { Type = JsonSchemaType.String, Format = "uuid" },
        _ => new() { Type = JsonSchemaType.String },
    };

    // "post_ads_campaigns_launch_campaignId": unique, and good enough to name a method by.
    private static string OperationIdOf(string method, string path) => $"{method.ToLowerInvariant()}_{string.Join('_', path.Split(['/', '{', '}', '-'], StringSplitOptions.RemoveEmptyEntries))}";
}
