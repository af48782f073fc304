using Portal.Ingestion.Domain;

namespace Portal.Platform.Access;

/// <summary>Tells components who looks: the signed-in person of this circuit or request.</summary>
public interface ICurrentViewer
{
    /// <summary>The viewer; <see cref="Viewer.Nobody"/> without sign-in.</summary>
    ValueTask<Viewer> GetAsync();
}
