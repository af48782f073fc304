using Portal.Ingestion.Domain;

namespace Portal.Features.FollowUp.People;

/// <summary>Someone that rows can be given to.</summary>
public sealed record Colleague(string Id, string Name);

/// <summary>A choice of rows under a name; <paramref name="Query"/> is the query of the worklist's address.</summary>
public sealed record WorkFilter(string Name, string Query);

/// <summary>Who works at the worklist, and what each keeps for himself.</summary>
public interface IWorkPeople
{
    /// <summary>The viewer is here: colleagues can give him rows from now on.</summary>
    Task SeenAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Everyone of the viewer's authority who may work with cases and has signed in, by name.</summary>
    Task<IReadOnlyList<Colleague>> ColleaguesAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>The viewer's own choices of rows, by name.</summary>
    Task<IReadOnlyList<WorkFilter>> FiltersAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Keeps a choice; one of the same name is replaced.</summary>
    Task SaveFilterAsync(Viewer viewer, WorkFilter filter, CancellationToken cancellationToken);

    /// <summary>Forgets a choice.</summary>
    Task ForgetFilterAsync(Viewer viewer, string name, CancellationToken cancellationToken);

    /// <summary>Where the viewer's daily mail goes; null while none is wanted.</summary>
    Task<string?> DigestAsync(Viewer viewer, CancellationToken cancellationToken);

    /// <summary>Asks for the daily mail, or with null for none. <paramref name="address"/> is how the viewer reaches the portal.</summary>
    Task ChooseDigestAsync(Viewer viewer, string? mail, Uri address, CancellationToken cancellationToken);
}
