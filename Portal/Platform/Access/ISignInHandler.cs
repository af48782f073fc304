using Portal.Ingestion.Domain;

namespace Portal.Platform.Access;

/// <summary>Called for every person who signs in.</summary>
public interface ISignInHandler
{
    /// <summary>The viewer has signed in. An exception is logged and does not stop the sign-in.</summary>
    [Demands(ViewerRights.None)]
    Task SignedInAsync(Viewer viewer, CancellationToken cancellationToken);
}
