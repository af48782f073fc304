using Portal.Features.Benefits.Keeping;

namespace Portal.Features.Benefits.Figures;

/// <summary>Entries that were undone at once: the history keeps them, but they told nobody anything and are no deviations. Pure.</summary>
internal static class TakenBack
{
    // An undo stands on the page right after saving; a later return to the old number is a correction like any other.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(15);

    /// <summary>The measurements of one month, one list for each time of entry (oldest first), without entries that were undone.</summary>
    public static IReadOnlyList<IReadOnlyList<Measurement>> Without(IEnumerable<Measurement> month)
    {
        var kept = new List<IReadOnlyList<Measurement>>();
        foreach (var batch in month.GroupBy(m => m.EnteredAt).OrderBy(g => g.Key))
        {
            Measurement[] entered = [.. batch];
            if (kept.Count > 0 && Undoes(entered, kept[^1], kept.SkipLast(1).SelectMany(b => b))) kept.RemoveAt(kept.Count - 1);
            else kept.Add(entered);
        }

        return kept;
    }

    // By the same person, of exactly the same days, to exactly what stood there before.
    private static bool Undoes(Measurement[] entered, IReadOnlyList<Measurement> last, IEnumerable<Measurement> earlier)
    {
        var before = earlier.ToLookup(m => (m.ElementId, m.At));
        return entered[0].EnteredAt - last[0].EnteredAt <= AtOnce
            && entered.Concat(last).All(m => m.EnteredBy == entered[0].EnteredBy)
            && entered.Select(m => (m.ElementId, m.At)).ToHashSet().SetEquals(last.Select(m => (m.ElementId, m.At)))
            && entered.All(m => before[(m.ElementId, m.At)].MaxBy(b => b.Id) is var stood
                && m.Value == stood?.Value && m.Note == stood?.Note);
    }
}
