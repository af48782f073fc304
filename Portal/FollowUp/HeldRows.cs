using Portal.Ingestion.Letters;

namespace Portal.FollowUp;

/// <summary>Keeps the rows that someone works at where they are while the list changes around them.</summary>
public static class HeldRows
{
    /// <summary>
    /// The rows to show: those of <paramref name="fresh"/> in its order, but each held row of <paramref name="shown"/> after the row that it stood after,
    /// as it is now or, when it has left the list, as it was.
    /// </summary>
    public static IReadOnlyList<FollowUpItem> Merge(IReadOnlyList<FollowUpItem> shown, IReadOnlyList<FollowUpItem> fresh, Func<string, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(fresh);
        ArgumentNullException.ThrowIfNull(holds);
        var held = shown.Where(r => holds(r.Id)).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        if (held.Count == 0) return fresh;
        var now = fresh.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var rows = fresh.Where(r => !held.Contains(r.Id)).ToList();
        for (var n = 0; n < shown.Count; n++)
        {
            if (!held.Contains(shown[n].Id)) continue;
            var at = 0;
            for (var before = n - 1; before >= 0 && at == 0; before--) at = rows.FindIndex(r => r.Id == shown[before].Id) + 1;
            rows.Insert(at, now.GetValueOrDefault(shown[n].Id, shown[n]));
        }

        return rows;
    }
}
