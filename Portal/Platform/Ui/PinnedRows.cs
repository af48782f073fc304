namespace Portal.Platform.Ui;

/// <summary>
/// Keeps the rows of a live list that someone works at where they are while the list changes around them: a form that is open, or something
/// written in it, neither disappears nor moves. A row that has left the list meanwhile says so (<see cref="GoneNotice"/>). Pure.
/// </summary>
public static class PinnedRows
{
    /// <summary>
    /// The rows to show: those of <paramref name="fresh"/> in its order, but each held row of <paramref name="shown"/> after the row that
    /// it was after, as it is now or, when it has left the list, as it was.
    /// </summary>
    /// <param name="shown">What is on the page.</param>
    /// <param name="fresh">What was read now.</param>
    /// <param name="id">What a row is known by; each once in a list.</param>
    /// <param name="holds">Someone works at the row with this id.</param>
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
