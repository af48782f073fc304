using Portal.Ingestion.Domain;

namespace Portal.Platform.Access;

/// <summary>Is called for every person who signs in, in any way.</summary>
public interface ISignInHandler
{
    /// <summary>The viewer has signed in. An exception here stops nobody from signing in.</summary>
    Task SignedInAsync(Viewer viewer, CancellationToken cancellationToken);
}
