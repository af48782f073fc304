using Portal.Ingestion.Domain;

namespace Portal.Platform.Storage.Views;

/// <summary>A list's view that a person has saved under a name. Another person gets it by its link.</summary>
/// <param name="Query">The query of the page's address, without the question mark.</param>
public sealed record SavedView(string Name, string Query);

/// <summary>What came of saving or renaming a view.</summary>
public enum SavedViewOutcome
{
    /// <summary>Saved.</summary>
    Saved,

    /// <summary>The name is empty or longer than <see cref="SavedViewLimits.LongestName"/>.</summary>
    WrongName,

    /// <summary>The name or the query holds what may be a CPR number, and an address is logged.</summary>
    HoldsCpr,

    /// <summary>The page has <see cref="SavedViewLimits.MostOfPage"/> views.</summary>
    TooMany,

    /// <summary>Another view has the new name.</summary>
    NameTaken,

    /// <summary>There is no such view.</summary>
    Gone,
}

/// <summary>The bounds of saved views.</summary>
public static class SavedViewLimits
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 200;

    /// <summary>The most characters of a query: browsers and proxies take longer addresses, but no page makes one.</summary>
    public const int LongestQuery = 4000;

    /// <summary>The most views that a person has of one page.</summary>
    public const int MostOfPage = 50;
}

/// <summary>The views of lists that people have saved, each person's own.</summary>
public interface ISavedViews
{
    /// <summary>The viewer's views of a page, ordered by name.</summary>
    /// <param name="page">The page's route without its slash.</param>
    [Demands(ViewerRights.None)]
    Task<IReadOnlyList<SavedView>> ReadAsync(Viewer viewer, string page, CancellationToken cancellationToken);

    /// <summary>Saves a view; replaces the one with the same name.</summary>
    [Demands(ViewerRights.None)]
    Task<SavedViewOutcome> SaveAsync(Viewer viewer, string page, SavedView view, CancellationToken cancellationToken);

    /// <summary>Gives a view another name.</summary>
    [Demands(ViewerRights.None)]
    Task<SavedViewOutcome> RenameAsync(Viewer viewer, string page, string name, string newName, CancellationToken cancellationToken);

    /// <summary>Deletes a view.</summary>
    [Demands(ViewerRights.None)]
    Task DeleteAsync(Viewer viewer, string page, string name, CancellationToken cancellationToken);
}
