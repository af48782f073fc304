using Portal.Ingestion.Domain;

namespace Portal.Platform.Ui.Lists;

/// <summary>A column of a list.</summary>
/// <param name="Id">Its name in the page's address.</param>
public sealed record ListColumn(string Id)
{
    /// <summary>Always shown: without it a row does not say what it is.</summary>
    public bool Required { get; init; }

    /// <summary>Not shown until a person chooses it.</summary>
    public bool Extra { get; init; }

    /// <summary>
    /// The database has an index in the column's order, so that a page of rows costs the same however many there are; or the list is short
    /// and read whole.
    /// </summary>
    public bool Sortable { get; init; }

    /// <summary>It can be sorted in one direction only, the one that its index is read in.</summary>
    public bool OneWay { get; init; }
}

/// <summary>The columns of one list, in their order.</summary>
/// <param name="Page">The page's route without its slash, under which views are saved.</param>
public sealed record ListShape(string Page, ValueList<ListColumn> Columns)
{
    /// <summary>The order that the list has of its own; null for one that no column says.</summary>
    public ListSort? Own { get; init; }

    /// <summary>The columns that are shown until a person chooses others, without the required ones.</summary>
    public IEnumerable<string> Usual => Columns.Where(c => !c.Required && !c.Extra).Select(c => c.Id);

    /// <summary>The column with this id; null when the list has none.</summary>
    public ListColumn? Find(string id) => Columns.FirstOrDefault(c => c.Id == id);
}
