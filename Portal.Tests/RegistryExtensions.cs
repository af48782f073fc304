using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;

namespace Portal.Tests;

/// <summary>Registering in tests where the source of the registration does not matter.</summary>
internal static class RegistryExtensions
{
    /// <summary>Registers as a system does.</summary>
    public static Task<IReadOnlyList<RegistrationOutcome>> RegisterAsync(
        this ILetterRegistry registry, Viewer viewer, IReadOnlyList<LetterRegistration> letters, CancellationToken cancellationToken) =>
        registry.RegisterAsync(viewer, letters, RegistrationSource.System, cancellationToken);
}
