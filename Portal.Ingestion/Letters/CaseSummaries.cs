using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters.Search;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>A letter as a list of cases needs it.</summary>
internal sealed record SummarisedLetter(
    long Key, string CaseNumber, string CaseNumberKey, string? CaseType, string LetterId, string Title, string RecipientName,
    byte[]? RecipientHash, DateTimeOffset SentAt, string StoredVerdict, DateTimeOffset? VerdictAt, string Receipts,
    DateTimeOffset? EvidenceDeadline, bool Contradiction)
{
    /// <summary>The letter as a search compares it.</summary>
    public LetterHit Hit => new(Key, SentAt, CaseNumber, LetterId, Title, RecipientName);

    /// <summary>At the moment of reading.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Delivered, but the arrival is in doubt.</summary>
    public bool InDoubt { get; init; }

    /// <summary>Its worklist row is solved, or it was sent again as another letter.</summary>
    public bool IsSolved { get; init; }
}

/// <summary>Summarises cases for lists: their verdict, and the letter that a list shows for each.</summary>
internal sealed class CaseSummaries(
    IngestionDbContext db, MessageKindCache kindCache, PortalSettings settings, Viewer viewer, DateTimeOffset now)
{
    /// <summary>The cases that the viewer may see, by their keys.</summary>
    /// <param name="isFound">True for the letters that the list was searched for.</param>
    public async Task<Dictionary<string, CaseSummary>> ReadAsync(
        string[] caseKeys, Func<SummarisedLetter, bool> isFound, CancellationToken cancellationToken)
    {
        var rows = await LetterFilter.Letters(db, viewer).Where(l => EF.Parameter(caseKeys).Contains(l.CaseNumberKey))
            .Select(l => new SummarisedLetter(
                l.Key, l.CaseNumber, l.CaseNumberKey, l.CaseType, l.LetterId, l.Title, l.RecipientName, l.RecipientHash, l.SentAt,
                l.Verdict, l.VerdictAt, l.Receipts, l.EvidenceDeadline, l.Contradiction))
            .ToListAsync(cancellationToken);
        long[] keys = [.. rows.Select(l => l.Key)];
        var solved = await LetterContext.SolvedAsync(db, keys, cancellationToken);
        var byHand = await ByHandAsync(keys, cancellationToken);
        return rows.Select(l => l with
        {
            Verdict = Letters.EvidenceDeadline.Current(l.StoredVerdict, l.Receipts, l.EvidenceDeadline, now),
            InDoubt = l.StoredVerdict == Delivered
                && (l.Contradiction || l.VerdictAt < l.SentAt - ArrivalGrounds.ClockDifference || byHand.Contains(l.Key)),
            IsSolved = solved.Contains(l.Key),
        }).GroupBy(l => l.CaseNumberKey).ToDictionary(g => g.Key, g => SummaryOf([.. g], isFound));
    }

    private static readonly string Delivered = Verdict.Delivered.ToWire();

    private static CaseSummary SummaryOf(IReadOnlyList<SummarisedLetter> letters, Func<SummarisedLetter, bool> isFound)
    {
        var newest = letters.OrderByDescending(l => l.SentAt).ThenByDescending(l => l.Key).ToList();

        // A letter that is solved, or was sent again, does not give the case its verdict while the case has other letters.
        var open = newest.FindAll(l => !l.IsSolved);
        var gravest = (open.Count > 0 ? open : newest).Select(l => l.Verdict).MinBy(v => GravityOf(v, inDoubt: false));
        var found = newest.FindAll(l => isFound(l));
        if (found.Count == 0) found = newest;
        var shown = (found.Exists(l => !l.IsSolved) ? found.FindAll(l => !l.IsSolved) : found)
            .MinBy(l => GravityOf(l.Verdict, l.InDoubt))!;
        return new CaseSummary(
            letters.MinBy(l => l.Key)!.CaseNumber,
            CprNumber.MaskInOrNull(newest.Select(l => l.CaseType).FirstOrDefault(t => t is not null)),
            newest.Count,
            open.Count(l => l.Contradiction || l.Verdict is Verdict.Failed or Verdict.Returned or Verdict.EvidenceMissing),
            CprNumber.MaskIn(newest[0].Title), CprNumber.MaskIn(newest[0].RecipientName), gravest, newest[0].SentAt)
        {
            InDoubt = gravest == Verdict.Delivered && newest.Exists(l => l.InDoubt),
            Shown = new ShownLetter(
                shown.LetterId, CprNumber.MaskIn(shown.Title), CprNumber.MaskIn(shown.RecipientName), shown.Verdict, shown.SentAt)
            {
                InDoubt = shown.InDoubt,
            },
        };
    }

    // Whether the status that was matched by hand names the letter is in its message, so these few letters are read whole.
    private async Task<HashSet<long>> ByHandAsync(long[] keys, CancellationToken cancellationToken)
    {
        var letters = await LetterFilter.LettersByKey(db, viewer, keys)
            .Where(l => l.Verdict == Delivered && db.HandMatches.Any(m => m.LetterKey == l.Key)).ToListAsync(cancellationToken);
        if (letters.Count == 0) return [];
        var views = await new LetterViewBuilder(db, kindCache, settings, viewer).BuildAsync(letters, now, cancellationToken);
        return [.. letters.Zip(views).Where(p => ArrivalGrounds.Of(p.Second).Ground == ArrivalGround.Hand).Select(p => p.First.Key)];
    }

    private static int GravityOf(Verdict verdict, bool inDoubt) => verdict switch
    {
        Verdict.Failed => 0,
        Verdict.Returned => 1,
        Verdict.EvidenceMissing => 2,
        Verdict.Delivered when inDoubt => 3,
        Verdict.Recalled => 4,
        Verdict.OnItsWay => 5,
        Verdict.NoReceipt => 6,
        Verdict.HandedToPost => 7,
        _ => 8,
    };
}
