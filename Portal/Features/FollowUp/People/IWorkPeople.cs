using Portal.Ingestion.Domain;

namespace Portal.Features.FollowUp.People;

/// <summary>A person that rows can be assigned to.</summary>
public sealed record Colleague(string Id, string Name);

/// <summary>The people of the worklist and their daily mail.</summary>
public interface IWorkPeople
{
    /// <summary>Adds the viewer to the colleagues, or renews name and time: rows can be assigned to them from now on.</summary>
    [Demands(ViewerRights.Cases)]
    Task SeenAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// Everyone of the viewer's authority who has signed in with access to cases, ordered by name. Nobody is removed when they lose the
    /// access.
    /// </summary>
    [Demands(ViewerRights.Cases)]
    Task<IReadOnlyList<Colleague>> ColleaguesAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>The address of the viewer's daily mail; null when it is off.</summary>
    [Demands(ViewerRights.Cases)]
    Task<string?> DigestAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>
    /// Turns the daily mail on, or off with null. <paramref name="address"/> is the portal's base address, for the mail's links.
    /// </summary>
    [Demands(ViewerRights.Cases)]
    Task ChooseDigestAsync(Viewer viewer, string? mail, Uri address, CancellationToken cancellationToken);
}
