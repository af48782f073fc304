using Portal.Features.Benefits.Keeping;

namespace Portal.Features.Benefits.Entry;

/// <summary>What is to be entered so that days which have just got a number get back what they had before. Pure.</summary>
public static class MeasurementUndo
{
    /// <summary>
    /// One measurement a day: with the number and the note that it had before, or, where it had none, without a number, which is not zero.
    /// A later number of a colleague is seen and refused by the store, and nothing at all is then undone. What was entered stays in the
    /// history.
    /// </summary>
    /// <param name="saved">What was saved, as the store gave it back.</param>
    /// <param name="all">All measurements that are known, with or without those saved.</param>
    public static IReadOnlyList<NewMeasurement> Of(IReadOnlyList<Measurement> saved, IEnumerable<Measurement> all)
    {
        ArgumentNullException.ThrowIfNull(saved);
        ArgumentNullException.ThrowIfNull(all);
        var known = all.ToLookup(m => (m.ElementId, m.At));
        return
        [
            .. saved.GroupBy(m => (m.ElementId, m.At)).Select(day =>
            {
                var earlier = known[day.Key].Where(m => m.Id < day.Min(s => s.Id)).MaxBy(m => m.Id);
                return new NewMeasurement(day.Key.ElementId, day.Key.At, earlier?.Value, earlier?.Note, day.Max(s => s.Id));
            }),
        ];
    }
}
