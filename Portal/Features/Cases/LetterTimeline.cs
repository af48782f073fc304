using Portal.Ingestion.Letters;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Letters.Work;

namespace Portal.Features.Cases;

/// <summary>
/// An entry of a letter's timeline: a status, the sending, an incident, an action of the worklist, or a change of rules that gave the
/// letter another verdict. <c>At</c> is UTC.
/// </summary>
public sealed record TimelineEntry(
    DateTimeOffset? At, LetterEvent? Status = null, Incident? Incident = null, WorkEntry? Work = null, bool IsSending = false)
{
    /// <summary>The change of rules; null for any other entry.</summary>
    public RuleChange? Rule { get; init; }
}

/// <summary>A letter's timeline in the order of its times; a status without a time comes first, since its time is unknown. Pure.</summary>
public static class LetterTimeline
{
    /// <summary>The entries, oldest first.</summary>
    public static IReadOnlyList<TimelineEntry> Of(LetterView letter)
    {
        ArgumentNullException.ThrowIfNull(letter);

        // When no person has worked on the row, the automatic entries are left out; the worklist shows them.
        var touched = letter.Work.Any(w => w.By.Length > 0);
        var entries = letter.Events.Select(e => new TimelineEntry(e.At, Status: e))
            .Append(new TimelineEntry(letter.SentAt, IsSending: true))
            .Concat(letter.RuleChanges.Select(r => new TimelineEntry(r.At) { Rule = r }))
            .Concat(letter.Incidents.Select(i => new TimelineEntry(i.From, Incident: i)))

            // The assignment of the row is not about the letter.
            .Concat(letter.Work.Where(w => touched && w.Kind is not (WorkActionKind.Assigned or WorkActionKind.Released))
                .Select(w => new TimelineEntry(w.At, Work: w)));

        // OrderBy is stable: statuses with equal times keep the fold's order.
        return [.. entries.OrderBy(e => e.At ?? DateTimeOffset.MinValue)];
    }
}
