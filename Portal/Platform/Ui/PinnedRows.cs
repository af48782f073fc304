namespace Portal.Platform.Ui;

/// <summary>
/// Keeps the rows of a live list that the user is working on in place while the list changes: an open form, or text typed in it, neither
/// disappears nor moves. A row that has left the list shows a <see cref="GoneNotice"/>. Pure.
/// </summary>
public static class PinnedRows
{
    /// <summary>
    /// The rows to show: those of <paramref name="fresh"/> in its order, but each held row of <paramref name="shown"/> after the row that
    /// it followed before; with its new content, or its old when it has left the list.
    /// </summary>
    /// <param name="shown">The rows on the page.</param>
    /// <param name="fresh">The rows just read.</param>
    /// <param name="id">A row's id, unique in a list.</param>
    /// <param name="holds">True when the user is working on the row with this id.</param>
    public static IReadOnlyList<T> Merge<T>(IReadOnlyList<T> shown, IReadOnlyList<T> fresh, Func<T, string> id, Func<string, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(fresh);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(holds);
        var held = shown.Select(id).Where(holds).ToHashSet(StringComparer.Ordinal);
        if (held.Count == 0) return fresh;
        var now = fresh.ToDictionary(id, StringComparer.Ordinal);
        var rows = fresh.Where(r => !held.Contains(id(r))).ToList();
        for (var n = 0; n < shown.Count; n++)
        {
            var key = id(shown[n]);
            if (!held.Contains(key)) continue;
            var at = 0;
            for (var before = n - 1; before >= 0 && at == 0; before--)
            {
                var earlier = id(shown[before]);
                at = rows.FindIndex(r => id(r) == earlier) + 1;
            }

            rows.Insert(at, now.TryGetValue(key, out var row) ? row : shown[n]);
        }

        return rows;
    }
}
