using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Portal.Ingestion.Domain;
using Portal.Platform.Access;
using Portal.Platform.Http.Problems;
using Scalar.AspNetCore;

namespace Portal.Platform.Http;

/// <summary>Describes the HTTP interface: as OpenAPI for programs, and as a Scalar page for people.</summary>
internal static class ApiDescription
{
    /// <summary>The description's name in its address.</summary>
    public const string DocumentName = "v1";

    private const string KeyScheme = "apiKey";

    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = ProgramVersion.Product,
                Version = DocumentName,
                Description = "Beskeder fra Beskedfordeler, breve og beviset for dem. Fejl er problem details (RFC 9457) på dansk. "
                    + "Tider er ISO 8601 i UTC. Lister er { items, cursor }, nyeste først.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyHandler.Header,
                Description = "En nøgle fra Api:Keys med det scope, kaldet kræver.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            DescribeParameters(operation, context.Description.RelativePath ?? "", metadata.OfType<QueryField>());
            if (metadata.OfType<IAllowAnonymous>().Any()) return Task.CompletedTask;
            operation
                .Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }];
            operation.Responses ??= [];
            operation.Responses.TryAdd("401", new OpenApiResponse { Description = "Uden nøgle eller log ind." });
            operation.Responses.TryAdd("403", new OpenApiResponse { Description = "Uden ret til kaldet." });
            return Task.CompletedTask;
        });
    }

    // Handlers read path and query themselves (for encoded slashes, and to name a wrong value), so the framework cannot describe them.
    private static void DescribeParameters(OpenApiOperation operation, string path, IEnumerable<QueryField> fields)
    {
        operation.Parameters ??= [];
        foreach (var segment in path.Split('/').Where(s => s.StartsWith('{')))
        {
            operation.Parameters.Add(new OpenApiParameter { Name = segment.Trim('{', '}'), In = ParameterLocation.Path, Required = true,
                Schema = Text, Description = "Procentkodet; %2F for en skråstreg." });
        }

        foreach (var field in fields)
        {
            operation.Parameters.Add(
                new OpenApiParameter { Name = field.Name, In = field.In, Schema = Text, Description = field.Description });
        }
    }

    private static OpenApiSchema Text => new() { Type = JsonSchemaType.String };

    public static void Map(IEndpointRouteBuilder routes)
    {
        // The framework's answer to another name repeats it.
        routes.MapOpenApi("/openapi/{documentName}.json").Add(endpoint =>
        {
            var answer = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => DocumentName.Equals(context.Request.RouteValues["documentName"])
                ? answer(context)
                : PortalProblems.Missing().ExecuteAsync(context);
        });
        // The page's inline script carries a nonce (see SecurityHeaders); the page loads nothing from other hosts.
        routes.MapScalarApiReference("/scalar", options => options.WithTitle($"{ProgramVersion.Product} – API").WithNonce()
            .DisableDefaultFonts().DisableTelemetry().DisableAgent());
    }
}
