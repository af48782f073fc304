using Portal.Ingestion.Domain;

namespace Portal.Platform.Ui.Lists;

/// <summary>The order of a list: by a column, downwards or upwards.</summary>
public sealed record ListSort(string Column, bool Descending);

/// <summary>
/// How a list is shown: columns, density and order. It is a part of the page's address, so that a link shows a colleague the same.
/// </summary>
/// <param name="Columns">The optional columns that are shown, in the list's order; null for the usual ones.</param>
/// <param name="Dense">Rows close together.</param>
/// <param name="Sort">Null for the list's own order.</param>
public sealed record ListLook(ValueList<string>? Columns = null, bool Dense = false, ListSort? Sort = null)
{
    /// <summary>The query parameter of the columns, which a page's file always has.</summary>
    internal const string ColumnsName = "kol";

    private const string DenseName = "taet", SortName = "sort";

    /// <summary>The usual look.</summary>
    public static ListLook Usual { get; } = new();

    /// <summary>The names of the values in an address.</summary>
    public static IReadOnlyList<string> Names { get; } = [ColumnsName, DenseName, SortName];

    /// <summary>The look that an address's values say; unknown columns and wrong values are ignored.</summary>
    /// <param name="value">The value by its name; null or empty for none.</param>
    public static ListLook Read(ListShape shape, Func<string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(value);
        var look = new ListLook(Dense: value(DenseName) == "1");
        if (value(ColumnsName) is { } columns) look = look.WithColumns(shape, columns.Split(','));
        if (value(SortName) is not { Length: > 0 } sort) return look;
        var descending = sort[0] == '-';
        return look.WithSort(shape, descending ? sort.TrimStart('-') : sort, descending);
    }

    /// <summary>
    /// The look of a file: all columns for a program that names none; a page names those that it shows (<see cref="NamedIn"/>).
    /// </summary>
    public static ListLook ReadFile(ListShape shape, Func<string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var look = Read(shape, value);
        return NamesColumns(value) ? look
            : look with { Columns = [.. shape.Columns.Where(c => !c.Required).Select(c => c.Id)] };
    }

    /// <summary>True when an address names the columns.</summary>
    public static bool NamesColumns(Func<string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value(ColumnsName) is not null;
    }

    /// <summary>True when the column is shown.</summary>
    public bool Shows(ListShape shape, string column)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Find(column) is { } found && (found.Required || (Columns?.Contains(column) ?? !found.Extra));
    }

    /// <summary>With these optional columns; those that the list does not have are left out.</summary>
    public ListLook WithColumns(ListShape shape, IEnumerable<string> columns)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var wanted = columns.ToHashSet(StringComparer.Ordinal);
        string[] shown = [.. shape.Columns.Where(c => !c.Required && wanted.Contains(c.Id)).Select(c => c.Id)];
        return this with { Columns = shown.SequenceEqual(shape.Usual) ? null : [.. shown] };
    }

    /// <summary>With a column shown or hidden.</summary>
    public ListLook WithColumn(ListShape shape, string column, bool shown)
    {
        var now = (Columns ?? shape.Usual).Where(c => c != column);
        return WithColumns(shape, shown ? now.Append(column) : now);
    }

    /// <summary>In the order of a column; the list's own for one that it cannot be sorted by.</summary>
    public ListLook WithSort(ListShape shape, string? column, bool descending)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return this with
        {
            Sort = column is not null && shape.Find(column) is { Sortable: true } found
                && new ListSort(column, descending && !found.OneWay) is var sort && sort != shape.Own ? sort : null,
        };
    }

    /// <summary>The values of an address, by name; none for the usual look.</summary>
    public IEnumerable<(string Name, string Value)> Pairs()
    {
        if (Columns is { } columns) yield return (ColumnsName, string.Join(',', columns));
        if (Dense) yield return (DenseName, "1");
        if (Sort is { } sort) yield return (SortName, $"{(sort.Descending ? "-" : "")}{sort.Column}");
    }

    /// <summary>Like <see cref="In"/>, with the columns named also when they are the usual ones.</summary>
    public string NamedIn(ListShape shape, string query)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return (this with { Columns = Columns ?? [.. shape.Usual] }).In(query);
    }

    /// <summary>A query with this look's values in place of those it has.</summary>
    /// <param name="query">Without its question mark; it may be empty.</param>
    public string In(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var others = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !Names.Contains(p.Split('=')[0]));
        return string.Join('&', others.Concat(Pairs().Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}")));
    }
}
