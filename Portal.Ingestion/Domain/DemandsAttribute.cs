using System.Reflection;
using System.Runtime.CompilerServices;

namespace Portal.Ingestion.Domain;

/// <summary>
/// What a viewer must have to call a method of a service: the rows of DOMAIN §4 for what pages do. A page's button is no guard, since
/// whoever has a circuit can call what the page does not show; so the service decides, by <see cref="ActionRights.MayCall"/> or by the
/// filter of its query. A test calls every method that takes a viewer without the right, and as another authority, and compares.
/// </summary>
/// <param name="rights">All of these are needed; <see cref="ViewerRights.None"/>: the method gives a viewer only what is its own.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DemandsAttribute(ViewerRights rights) : Attribute
{
    /// <summary>Work on cases: notes, incidents, holds, the worklist, matches by hand. One row with registering letters.</summary>
    public const ViewerRights CaseWork = ViewerRights.Cases | ViewerRights.RegisterLetters;

    /// <summary>All of these are needed.</summary>
    public ViewerRights Rights { get; } = rights;

    /// <summary>Enough in place of <see cref="Rights"/>; <see cref="ViewerRights.None"/>: nothing is.</summary>
    public ViewerRights Or { get; init; }

    /// <summary>True when the viewer has what is needed.</summary>
    public bool IsMetBy(Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return viewer.May(Rights) || (Or != ViewerRights.None && viewer.May(Or));
    }

    /// <summary>True when the grant has what is needed.</summary>
    public bool IsMetBy(Grant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return grant.May(Rights) || (Or != ViewerRights.None && grant.May(Or));
    }
}

/// <summary>Asks what the methods of services demand.</summary>
public static class ActionRights
{
    /// <summary>True when the viewer has what the method of <typeparamref name="TService"/> demands. Overloads demand the same.</summary>
    /// <param name="method">The method; from within it, the caller's name.</param>
    /// <exception cref="InvalidOperationException">The service has no such method with <see cref="DemandsAttribute"/>.</exception>
    public static bool MayCall<TService>(this Viewer viewer, [CallerMemberName] string method = "")
        where TService : class => DemandsOf<TService>.Find(method).IsMetBy(viewer);

    /// <summary>
    /// The viewer where it may call the method: with those of its grants alone that have what the method of
    /// <typeparamref name="TService"/> demands. What a call changes or gives is found for this viewer: a ticket's right at one authority,
    /// or within one limit, gives nothing at another that only the query's own right reaches.
    /// </summary>
    /// <param name="method">The method; from within it, the caller's name.</param>
    /// <exception cref="InvalidOperationException">The service has no such method with <see cref="DemandsAttribute"/>.</exception>
    public static Viewer WhereMayCall<TService>(this Viewer viewer, [CallerMemberName] string method = "")
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return viewer.With(DemandsOf<TService>.Find(method).IsMetBy);
    }

    private static class DemandsOf<TService>
    {
        private static readonly IReadOnlyDictionary<string, DemandsAttribute> ByMethod = typeof(TService).GetMethods()
            .Select(m => (m.Name, Demands: m.GetCustomAttribute<DemandsAttribute>())).Where(m => m.Demands is not null)
            .DistinctBy(m => m.Name).ToDictionary(m => m.Name, m => m.Demands!, StringComparer.Ordinal);

        public static DemandsAttribute Find(string method) => ByMethod.GetValueOrDefault(method)
            ?? throw new InvalidOperationException($"{typeof(TService).Name}.{method} does not say what it demands.");
    }
}
