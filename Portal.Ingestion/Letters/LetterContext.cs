using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Domain.Time;
using Portal.Ingestion.Letters.Notes;
using Portal.Ingestion.Letters.Rules;
using Portal.Ingestion.Letters.Work;
using Portal.Ingestion.Log;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>
/// What a letter's view shows in addition to its statuses: hand matches, incidents, worklist actions and replacements. Read once for all
/// letters of a call.
/// </summary>
internal sealed class LetterContext
{
    private readonly Dictionary<(long Sequence, int Part), HandMatchNote> _byHand;
    private readonly ILookup<string, StoredIncident> _incidents;
    private readonly ILookup<long, WorkEntry> _work;
    private readonly Dictionary<long, LetterLink> _replacedBy;
    private readonly ILookup<long, LetterLink> _replaces;
    private readonly Dictionary<long, DateTimeOffset> _erased;
    private readonly HashSet<long> _solved;
    private readonly ILookup<long, RuleChange> _rules;

    private LetterContext(
        Dictionary<(long Sequence, int Part), HandMatchNote> byHand, ILookup<string, StoredIncident> incidents,
        ILookup<long, WorkEntry> work,
        Dictionary<long, LetterLink> replacedBy, ILookup<long, LetterLink> replaces,
        Dictionary<long, DateTimeOffset> erased, HashSet<long> solved, ILookup<long, RuleChange> rules) =>
        (_byHand, _incidents, _work, _replacedBy, _replaces, _erased, _solved, _rules) =
            (byHand, incidents, work, replacedBy, replaces, erased, solved, rules);

    public static async Task<LetterContext> ReadAsync(
        IngestionDbContext db, IReadOnlyList<StoredLetter> letters, Viewer viewer, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var keys = letters.Select(l => l.Key).ToArray();
        var authorities = letters.Select(l => l.Authority).Distinct().ToArray();
        var hands = await db.HandMatches.AsNoTracking().Where(m => EF.Parameter(keys).Contains(m.LetterKey))
            .ToDictionaryAsync(m => (m.Sequence, m.Part), m => new HandMatchNote(m.ByName, m.At), cancellationToken);
        foreach (var (place, reason) in await HandReasonsAsync(db, [.. hands.Keys], cancellationToken))
        {
            hands[place] = hands[place] with { Reason = reason };
        }

        var incidents = (await db.Incidents.AsNoTracking().Where(i => EF.Parameter(authorities).Contains(i.Authority)
            && i.WithdrawnAt == null).OrderBy(i => i.From).ToListAsync(cancellationToken)).ToLookup(i => i.Authority);
        var work = (await db.WorkEntries.AsNoTracking().Where(e => e.Rank == WorkRow.Letter && EF.Parameter(keys).Contains(e.Key))
            .OrderBy(e => e.Id).ToListAsync(cancellationToken))
            .ToLookup(e => e.Key, WorklistService.EntryOf);
        var replacements = await db.LetterReplacements.AsNoTracking()
            .Where(r => EF.Parameter(keys).Contains(r.LetterKey) || EF.Parameter(keys).Contains(r.ByKey)).ToListAsync(cancellationToken);
        var others = replacements.SelectMany(r => new[] { r.LetterKey, r.ByKey }).Distinct().ToArray();
        var links = await LetterFilter.LettersByKey(db, viewer, others)
            .ToDictionaryAsync(l => l.Key, l => LinkOf(l, now), cancellationToken);
        return new LetterContext(
            hands, incidents, work,
            replacements.Where(r => links.ContainsKey(r.ByKey)).ToDictionary(r => r.LetterKey, r => links[r.ByKey]),
            replacements.Where(r => links.ContainsKey(r.LetterKey)).ToLookup(r => r.ByKey, r => links[r.LetterKey]),
            await db.LetterErasures.AsNoTracking().Where(e => EF.Parameter(keys).Contains(e.LetterKey))
                .ToDictionaryAsync(e => e.LetterKey, e => e.ErasedAt, cancellationToken),
            await SolvedAsync(db, keys, cancellationToken),
            await StoredRuleChange.ReadAsync(db, keys, cancellationToken));
    }

    /// <summary>The letter's worklist row is solved, or it was sent again as another letter.</summary>
    public bool IsSolved(long letterKey) => _solved.Contains(letterKey);

    /// <summary>When the letter's registration was erased; null when it was not, or was registered again since.</summary>
    public DateTimeOffset? ErasedAt(StoredLetter letter) =>
        _erased.TryGetValue(letter.Key, out var at) && at > letter.RegisteredAt ? at : null;

    public HandMatchNote? ByHand(long sequence, int part) => _byHand.GetValueOrDefault((sequence, part));

    /// <summary>The changes of rules that gave the letter another verdict, oldest first.</summary>
    public ValueList<RuleChange> RuleChanges(long letterKey) => [.. _rules[letterKey]];

    public ValueList<WorkEntry> Work(long letterKey) => [.. _work[letterKey]];

    public LetterLink? ReplacedBy(long letterKey) => _replacedBy.GetValueOrDefault(letterKey);

    public ValueList<LetterLink> Replaces(long letterKey) => [.. _replaces[letterKey]];

    /// <summary>
    /// Incidents of the letter's channel in the period that matters: from its sending to the last day to appeal, since the recipient must
    /// be able to read it until then; without a last day, to the end of the day of its verdict, or to now while it is under way or with
    /// the carrier.
    /// </summary>
    public ValueList<Incident> Incidents(
        StoredLetter letter, LetterChannel channel, LetterVerdict verdict, DateOnly? lastDay, DateTimeOffset now)
    {
        var underWay = verdict.Verdict is Verdict.OnItsWay or Verdict.EvidenceMissing or Verdict.NoReceipt;
        var until = lastDay is { } last ? DanishTime.EndOf(last)
            : verdict.Verdict == Verdict.HandedToPost || underWay || verdict.At is null ? now
            : DanishTime.EndOf(DanishTime.DateOf(verdict.At.Value));
        return
        [
            .. _incidents[letter.Authority].Where(i => i.From <= until && (i.To is null || i.To >= letter.SentAt)).Select(CaseNotes.Of)
                .Where(i => i.Channel is null || channel == LetterChannel.Automatisk || i.Channel == channel),
        ];
    }

    /// <summary>The keys of those letters whose worklist row is solved.</summary>
    public static async Task<HashSet<long>> SolvedAsync(IngestionDbContext db, long[] letterKeys, CancellationToken cancellationToken) =>
    [
        .. await db.WorkItems.AsNoTracking()
            .Where(w => w.Rank == WorkRow.Letter && EF.Parameter(letterKeys).Contains(w.Key) && w.SolvedAt != null)
            .Select(w => w.Key).ToListAsync(cancellationToken),
    ];

    // The reason is stored with the action in the row's history: of several assignments of a status the last one counts.
    private static async Task<Dictionary<(long Sequence, int Part), string?>> HandReasonsAsync(
        IngestionDbContext db, (long Sequence, int Part)[] places, CancellationToken cancellationToken)
    {
        if (places.Length == 0) return [];
        long[] rows = [.. places.Select(p => WorkRow.KeyOf(p.Sequence, p.Part))];
        var assigned = nameof(WorkActionKind.StatusAssigned);
        var entries = await db.WorkEntries.AsNoTracking()
            .Where(e => e.Rank == WorkRow.Status && EF.Parameter(rows).Contains(e.Key) && e.Action == assigned)
            .OrderBy(e => e.Id).Select(e => new { e.Key, e.Text }).ToListAsync(cancellationToken);
        return entries.GroupBy(e => e.Key).ToDictionary(
            g => (WorkRow.SequenceOf(g.Key), WorkRow.PartOf(g.Key)), g => CprNumber.MaskInOrNull(g.Last().Text));
    }

    private static LetterLink LinkOf(StoredLetter letter, DateTimeOffset now) => new(
        letter.CaseNumber, letter.LetterId, CprNumber.MaskIn(letter.Title),
        EvidenceDeadline.Current(letter, now), letter.SentAt)
    {
        InDoubt = letter.Verdict == Verdict.Delivered.ToWire()
            && (letter.Contradiction || letter.VerdictAt < letter.SentAt - ArrivalGrounds.ClockDifference),
    };
}
