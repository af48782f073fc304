using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;

namespace Portal.Platform.Access.Rights;

/// <summary>Gives routes their policy from <see cref="RightsTable"/>.</summary>
internal static class RouteRights
{
    // A route without a row lets nobody in, should it ever be reached: the start refuses it (RightsCheck).
    private static readonly AuthorizationPolicy Nobody = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();

    /// <summary>A group whose routes take their policies from the table. Map features below it.</summary>
    public static IEndpointRouteBuilder MapWithRights(this WebApplication app)
    {
        var (group, isDevelopment) = (app.MapGroup(""), app.Environment.IsDevelopment());

        // Last, when methods and all other metadata are known.
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            var row = RowOf(endpoint.Metadata, (endpoint as RouteEndpointBuilder)?.RoutePattern);
            if (row is { OpenInDevelopment: true })
            {
                // Scalar opens its own files to everybody: the table decides.
                foreach (var open in endpoint.Metadata.OfType<IAllowAnonymous>().ToList()) endpoint.Metadata.Remove(open);
                if (isDevelopment) row = new RightsRow(row.Kind, row.Name, null);
            }

            if (row is not null) endpoint.Metadata.Add(row);
            if (row is { Rights: null }) endpoint.Metadata.Add(new AllowAnonymousAttribute());
            else endpoint.Metadata.Add(row?.Policy ?? Nobody);
        });
        return group;
    }

    /// <summary>The route as the table writes it: kind, and pattern.</summary>
    public static (string Kind, string Name) KeyOf(IEnumerable<object> metadata, RoutePattern? pattern)
    {
        var known = metadata as IReadOnlyCollection<object> ?? [.. metadata];
        if (known.OfType<StaticAssetDescriptor>().Any()) return (RightsRow.Static, "wwwroot");
        var methods = known.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
        var kind = known.OfType<ComponentTypeMetadata>().Any() ? RightsRow.Page
            : methods.Count == 0 ? "*"
            : string.Join(',', methods.Order(StringComparer.Ordinal));
        return (kind, RightsTable.Normalized(pattern?.RawText));
    }

    private static RightsRow? RowOf(IList<object> metadata, RoutePattern? pattern)
    {
        var (kind, name) = KeyOf(metadata, pattern);
        return RightsTable.Find(kind, name);
    }
}
