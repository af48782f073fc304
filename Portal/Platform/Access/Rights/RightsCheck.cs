using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Portal.Platform.Access.Rights;

/// <summary>Refuses the start when a route, page or hub method has no row in <see cref="RightsTable"/>, or rights of its own.</summary>
internal static class RightsCheck
{
    /// <summary>Checks every route that is mapped so far. Call last.</summary>
    /// <exception cref="MissingRightsException">A route has no row, or another policy than its row's.</exception>
    public static void CheckRights(this WebApplication app)
    {
        var wrong = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).SelectMany(Wrong).Distinct().ToList();
        if (wrong.Count > 0) throw new MissingRightsException(wrong);
    }

    /// <summary>What a hub's callers can call.</summary>
    public static IEnumerable<string> MethodsOf(Type hub) => hub
        .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(m => !m.IsSpecialName && m.GetBaseDefinition().DeclaringType == hub && m.Name != nameof(IDisposable.Dispose))
        .Select(m => NameOf(hub, m));

    /// <summary>A hub method as the table writes it.</summary>
    public static string NameOf(Type hub, MethodInfo method) => $"{hub.Name}.{method.Name}";

    private static IEnumerable<string> Wrong(Endpoint endpoint)
    {
        var (kind, name) = RouteRights.KeyOf([.. endpoint.Metadata], (endpoint as RouteEndpoint)?.RoutePattern);
        var metadata = endpoint.Metadata;
        if (metadata.GetOrderedMetadata<RightsRow>() is not [var row]) yield return $"{kind} {name}";
        else
        {
            var open = metadata.GetMetadata<IAllowAnonymous>() is not null;
            var policies = metadata.GetOrderedMetadata<AuthorizationPolicy>();
            if (open != (row.Rights is null) || policies.Count != (open ? 0 : 1) || metadata.GetMetadata<IAuthorizeData>() is not null)
            {
                yield return $"{kind} {name} (har også rettigheder uden for tabellen)";
            }
        }

        foreach (var hub in metadata.OfType<HubMetadata>().Select(h => h.HubType).Where(HubRights.IsOurs))
        {
            foreach (var method in MethodsOf(hub).Where(m => RightsTable.Find(RightsRow.Hub, m) is null))
                yield return $"{RightsRow.Hub} {method}";
        }
    }
}

/// <summary>A route is mapped that the table of rights does not know.</summary>
/// <param name="routes">The routes, as the table would write them.</param>
internal sealed class MissingRightsException(IReadOnlyList<string> routes) : Exception(
    $"Portalen starter ikke, for rettighedstabellen (RightsTable.cs) mangler: {string.Join("; ", routes)}.")
{
    /// <summary>The routes, as the table would write them.</summary>
    public IReadOnlyList<string> Routes { get; } = routes;
}
