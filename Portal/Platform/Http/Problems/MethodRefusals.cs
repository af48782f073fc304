using Microsoft.AspNetCore.Routing.Template;

namespace Portal.Platform.Http.Problems;

/// <summary>
/// Answers a method that an address does not take with 405 and the methods that it does, before anyone is asked who they are: addresses are
/// no secret. The router does so only where no page takes all that is left over, and that page would ask for a sign-in.
/// </summary>
internal static class MethodRefusals
{
    private sealed record Address(TemplateMatcher Matcher, IReadOnlyList<string>? Methods);

    /// <summary>Adds the answer; put it before authentication.</summary>
    public static void UseMethodRefusals(this WebApplication app)
    {
        var known = new Lazy<IReadOnlyList<Address>>(() => [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>().Where(e => !IsForAnything(e)).Select(Of)]);
        app.Use((context, next) =>
        {
            // What the router found among the addresses themselves is as it should be.
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
