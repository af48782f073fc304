using Portal.Ingestion.Letters;

namespace Portal.Features.Cases;

/// <summary>A party's last day to appeal the decisions of a case.</summary>
/// <param name="Name">The recipient as registered.</param>
/// <param name="LastDay">A Copenhagen date; null while a decision to the party is not known to have arrived.</param>
/// <param name="Kind">What the day rests on.</param>
/// <param name="Letter">The decision that gives the day, or that is not known to have arrived.</param>
public sealed record PartyDeadline(string Name, DateOnly? LastDay, AppealKind Kind, LetterView Letter);

/// <summary>
/// Each party's last day to appeal and the latest of all: a decision may be appealed until the last party's day has passed. A decision that
/// was sent again counts by the letter sent instead of it. Pure.
/// </summary>
public sealed record PartyDeadlines(IReadOnlyList<PartyDeadline> Parties)
{
    /// <summary>The latest of all parties' days; null while one of them has none.</summary>
    public PartyDeadline? Latest => Parties.Count > 0 && Parties.All(p => p.LastDay is not null)
        ? Parties.OrderBy(p => p.LastDay).ThenBy(p => p.Kind == AppealKind.Presumed).Last()
        : null;

    /// <summary>The parties of a case to whom a decision with a period was sent, in the order of their first letter.</summary>
    public static PartyDeadlines Of(CaseView found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var decisions = found.Letters.Where(l => l.StartsAppealPeriod && l.ReplacedBy is null).Reverse();
        return new PartyDeadlines([.. decisions.GroupBy(l => (l.Recipient.Name, l.Recipient.Id, l.Recipient.IdType))
            .Select(party => party.MaxBy(l => l.AppealDeadline ?? DateOnly.MaxValue)!)
            .Select(l => new PartyDeadline(l.Recipient.Name, l.AppealDeadline, l.AppealKind, l))]);
    }
}
