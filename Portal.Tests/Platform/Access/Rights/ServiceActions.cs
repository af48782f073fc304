using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Evidence;
using Portal.Ingestion.Domain;

namespace Portal.Tests.Platform.Access.Rights;

/// <summary>A method that takes a viewer, of a service that pages and calls use.</summary>
/// <param name="Service">The type it is registered as.</param>
internal sealed record ServiceAction(Type Service, MethodInfo Method)
{
    /// <summary>What it demands; null when it does not say.</summary>
    public DemandsAttribute? Demands => Method.GetCustomAttribute<DemandsAttribute>();

    /// <summary>Its name without parameters: overloads share it.</summary>
    public string Name => $"{Service.Name}.{Method.Name}";

    /// <summary>Its name with its parameters, for messages.</summary>
    public override string ToString() => $"{Name}({string.Join(", ", Method.GetParameters().Select(p => p.Name))})";

    /// <summary>Every such method of the registered services of both projects.</summary>
    public static IReadOnlyList<ServiceAction> Of(IEnumerable<ServiceDescriptor> services) =>
    [
        .. services.Select(s => s.ServiceType).Where(IsOurs).Distinct()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance), (type, method) => (type, method))
            .Where(m => !m.method.IsSpecialName && m.method.DeclaringType != typeof(object)
                && Array.Exists(m.method.GetParameters(), p => TakesViewer(p.ParameterType)))
            // A class that is registered both as itself and as its interface is called by the interface.
            .Where(m => m.type.IsInterface || !Array.Exists(m.type.GetInterfaces(), i => services.Any(s => s.ServiceType == i)
                && Array.Exists(m.type.GetInterfaceMap(i).TargetMethods, t => t.MethodHandle == m.method.MethodHandle)))
            .Select(m => new ServiceAction(m.type, m.method)).OrderBy(a => a.ToString(), StringComparer.Ordinal),
    ];

    private static bool IsOurs(Type type) =>
        type.Assembly == typeof(EvidenceRequest).Assembly || type.Assembly == typeof(Viewer).Assembly;

    // The viewer itself, or a request that carries one.
    private static bool TakesViewer(Type type) => type == typeof(Viewer)
        || (IsOurs(type) && type.GetProperties().Any(p => p.PropertyType == typeof(Viewer)));
}
