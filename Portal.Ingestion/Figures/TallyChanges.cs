using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Figures;

/// <summary>Collects the changes of counts, and writes each count once.</summary>
internal sealed class TallyChanges
{
    private readonly record struct Place(string Authority, string CaseType, int Month, string What, int Span);

    private readonly record struct Subject(Place Place, int? Kle, string? Unit);

    private readonly Dictionary<Place, long> _changes = [];
    private readonly Dictionary<Subject, long> _bySubject = [];

    /// <summary>Moves a letter from one count to another; <paramref name="before"/> is null for a letter that was not counted.</summary>
    /// <param name="now">When the letter ceased to need follow-up, if it did.</param>
    public void Move(StoredLetterFigure? before, StoredLetterFigure after, DateTimeOffset now)
    {
        if (before is not null) Add(before, before.Month, before.Verdict, before.Span, -1);
        Add(after, after.Month, after.Verdict, after.Span, 1);
        if (before?.OpenSince is null && after.OpenSince is { } opened) Add(after, Month.Of(opened).Number, StoredLetterTally.Opened, 0, 1);
        if (before?.OpenSince is { } since && after.OpenSince is null)
            Add(after, Month.Of(now).Number, StoredLetterTally.Solved, ArrivalSpan.Of(now - since), 1);
    }

    /// <summary>Writes the changes within the caller's transaction.</summary>
    public async Task WriteAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var changed = _changes.Where(c => c.Value != 0).ToList();
        foreach (var (place, change) in changed)
        {
            var (authority, caseType, month, what, span) = place;
            var found = await db.LetterTallies
                .Where(t => t.Authority == authority && t.Month == month && t.CaseType == caseType && t.What == what && t.Span == span)
                .ExecuteUpdateAsync(t => t.SetProperty(x => x.Count, x => x.Count + change), cancellationToken);
            if (found == 0)
            {
                db.LetterTallies.Add(new StoredLetterTally { Authority = authority, CaseType = caseType, Month = month, What = what,
                    Span = span, Count = change });
            }
        }

        await WriteBySubjectAsync(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        _changes.Clear();
        _bySubject.Clear();
    }

    private async Task WriteBySubjectAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        foreach (var (subject, change) in _bySubject.Where(c => c.Value != 0))
        {
            var ((authority, caseType, month, what, span), kle, unit) = subject;
            var found = await db.SubjectTallies
                .Where(t => t.Authority == authority && t.Month == month && t.CaseType == caseType && t.What == what && t.Span == span
                    && t.Kle == kle && t.OrganisationUnit == unit)
                .ExecuteUpdateAsync(t => t.SetProperty(x => x.Count, x => x.Count + change), cancellationToken);
            if (found == 0)
            {
                db.SubjectTallies.Add(new StoredSubjectTally { Authority = authority, Kle = kle, OrganisationUnit = unit,
                    CaseType = caseType, Month = month, What = what, Span = span, Count = change });
            }
        }
    }

    private void Add(StoredLetterFigure of, int month, string what, int span, int change)
    {
        var place = new Place(of.Authority, of.CaseType, month, what, span);
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_changes, place, out _) += change;
        if (of.Kle is null && of.OrganisationUnit is null) return;
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
            _bySubject, new Subject(place, of.Kle, of.OrganisationUnit), out _) += change;
    }
}
