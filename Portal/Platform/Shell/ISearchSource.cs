using Portal.Ingestion.Domain;

namespace Portal.Platform.Shell;

/// <summary>Finds things of one kind for the search field of the top bar. Registered once for each kind.</summary>
public interface ISearchSource
{
    /// <summary>
    /// Up to <paramref name="most"/> things that the viewer may see and whose words contain the term, the best first; none for a viewer
    /// without the right to them.
    /// </summary>
    [Demands(ViewerRights.None)]
    Task<IReadOnlyList<SearchHit>> FindAsync(Viewer viewer, string term, int most, CancellationToken cancellationToken);
}

/// <summary>A suggestion of the search field.</summary>
/// <param name="Kind">What it is, the key <c>Hit_…</c> of <see cref="ShellTexts"/>: <c>case</c>, <c>chain</c>, <c>page</c> or
/// <c>search</c>.</param>
/// <param name="Text">Its name; person numbers are masked.</param>
/// <param name="Detail">More words to know it by; may be empty.</param>
/// <param name="Href">Its address in the portal.</param>
public sealed record SearchHit(string Kind, string Text, string Detail, string Href);
