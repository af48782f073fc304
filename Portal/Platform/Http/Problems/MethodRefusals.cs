using Microsoft.AspNetCore.Routing.Template;

namespace Portal.Platform.Http.Problems;

/// <summary>
/// Answers an unsupported method with 405 and <c>Allow</c>, before authentication, since addresses are not secret. The router cannot: the
/// catch-all page matches every method, and would ask for a sign-in.
/// </summary>
internal static class MethodRefusals
{
    private sealed record Address(TemplateMatcher Matcher, IReadOnlyList<string>? Methods);

    /// <summary>Adds the middleware. Call before authentication.</summary>
    public static void UseMethodRefusals(this WebApplication app)
    {
        var known = new Lazy<IReadOnlyList<Address>>(() => [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>().Where(e => !IsForAnything(e)).Select(Of)]);
        app.Use((context, next) =>
        {
            // The router found an endpoint other than the catch-all page.
            if (context.GetEndpoint() is RouteEndpoint found && !IsForAnything(found)) return next(context);
            var methods = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var address in known.Value)
            {
                if (!address.Matcher.TryMatch(context.Request.Path, [])) continue;
                if (address.Methods is null) return next(context);
                methods.UnionWith(address.Methods);
            }

            if (methods.Count == 0 || methods.Contains(context.Request.Method)) return next(context);
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = string.Join(", ", methods);
            return Task.CompletedTask;
        });
    }

    private static bool IsForAnything(RouteEndpoint endpoint) => endpoint.RoutePattern.Parameters.Any(p => p.IsCatchAll);

    private static Address Of(RouteEndpoint endpoint) => new(
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), new RouteValueDictionary(endpoint.RoutePattern.Defaults)),
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods.Count: > 0 } taken ? taken.HttpMethods : null);
}
