using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Work;

namespace Portal.Features.Cases;

/// <summary>One thing in a letter's story: a status, the sending, an incident, or what a person did.</summary>
public sealed record TimelineEntry(
    DateTimeOffset? At, LetterEvent? Status = null, Incident? Incident = null, WorkEntry? Work = null, bool IsSending = false);

/// <summary>A letter's story in the order of its times; a status without a time is first, since it could be any. Pure.</summary>
public static class LetterTimeline
{
    /// <summary>The entries.</summary>
    public static IReadOnlyList<TimelineEntry> Of(LetterView letter)
    {
        ArgumentNullException.ThrowIfNull(letter);

        // That a row came and went by itself, before anyone looked at it, is no part of the letter's story; the worklist tells it.
        var touched = letter.Work.Any(w => w.By.Length > 0);
        var entries = letter.Events.Select(e => new TimelineEntry(e.At, Status: e))
            .Append(new TimelineEntry(letter.SentAt, IsSending: true))
            .Concat(letter.Incidents.Select(i => new TimelineEntry(i.From, Incident: i)))

            // Who has the row says nothing of the letter.
            .Concat(letter.Work.Where(w => touched && w.Kind is not (WorkActionKind.Assigned or WorkActionKind.Released))
                .Select(w => new TimelineEntry(w.At, Work: w)));

        // Stable: statuses keep the order that the fold gave them.
        return [.. entries.OrderBy(e => e.At ?? DateTimeOffset.MinValue)];
    }
}
