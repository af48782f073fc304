using Portal.Ingestion.Domain;

namespace Portal.Platform.Access;

/// <summary>Is told of every person who signs in, in whatever way.</summary>
public interface ISignInHandler
{
    /// <summary>The viewer has signed in. Whatever is thrown here stops nobody from signing in.</summary>
    Task SignedInAsync(Viewer viewer, CancellationToken cancellationToken);
}
