using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters.Search;

/// <summary>A letter that a search found.</summary>
internal sealed record LetterHit(long Key, DateTimeOffset SentAt, string CaseNumber, string LetterId, string Title, string RecipientName);

/// <summary>
/// Finds a viewer's letters by words, last sent first. The rarest word selects the letters: few are read at once, many in parts in the
/// order of the index, and the other words are checked in each letter's text. So the time depends on what is found, not on the number of
/// letters.
/// </summary>
internal sealed class LetterHits
{
    /// <summary>The most letters that one call examines; then it returns what it has and where to continue.</summary>
    public const int MostLooks = 20_000;

    private const int MaxWords = 8;
    private const int Few = 2000;
    private const int FewCodes = 48;
    private const int Chunk = 500;
    private readonly IngestionDbContext _db;
    private readonly Viewer _viewer;
    private readonly string[] _authorities;
    private readonly string[] _words;

    public LetterHits(IngestionDbContext db, Viewer viewer, string? text)
    {
        (_db, _viewer) = (db, viewer);
        _authorities = viewer.AuthoritiesOf(ViewerRights.Cases);
        _words = [.. LetterText.WordsOf(text).Take(MaxWords)];
    }

    /// <summary>How many letters were examined so far.</summary>
    public int Looks { get; private set; }

    /// <summary>The last letter examined when <see cref="MostLooks"/> was reached; null when the search came to the end.</summary>
    public LetterHit? StoppedAt { get; private set; }

    /// <summary>True when the letter contains all words.</summary>
    public bool Matches(LetterHit letter) =>
        _words.Length == 0 || LetterText.Matches(_words, letter.CaseNumber, letter.LetterId, letter.Title, letter.RecipientName);

    /// <summary>Those of the letters with these keys that contain all words.</summary>
    /// <param name="words">From <see cref="LetterText.WordsOf"/>.</param>
    /// <param name="keys">A query of few letters, such as those of the worklist.</param>
    public static async Task<IReadOnlyList<long>> AmongAsync(IngestionDbContext db, Viewer viewer, IReadOnlyList<string> words,
        IQueryable<long> keys, CancellationToken cancellationToken)
    {
        if (words.Any(w => !w.Any(char.IsLetterOrDigit))) return [];
        var letters = LetterFilter.Letters(db, viewer).Where(l => keys.Contains(l.Key));
        var authorities = viewer.AuthoritiesOf(ViewerRights.Cases);
        foreach (var part in words.Take(MaxWords).SelectMany(WordCode.Words).Distinct())
        {
            var (from, to) = WordCode.Range(part);
            letters = letters.Where(l => db.LetterWords
                .Where(w => EF.Parameter(authorities).Contains(w.Authority) && w.Code >= from && w.Code <= to)
                .Select(w => w.LetterKey).Contains(l.Key));
        }

        var found = await letters.Select(l => new LetterHit(l.Key, l.SentAt, l.CaseNumber, l.LetterId, l.Title, l.RecipientName))
            .ToListAsync(cancellationToken);
        return [.. found.Where(l => LetterText.Matches(words, l.CaseNumber, l.LetterId, l.Title, l.RecipientName)).Select(l => l.Key)];
    }

    /// <summary>The found letters after a cursor, last sent first.</summary>
    public async IAsyncEnumerable<LetterHit> FindAsync(LetterCursor? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_authorities.Length == 0 || _words.Any(w => !w.Any(char.IsLetterOrDigit))) yield break;
        var source = _words.Length == 0 ? AllAsync(after, cancellationToken) : await WayAsync(after, cancellationToken);
        LetterHit? last = null;
        await foreach (var letter in source.WithCancellation(cancellationToken))
        {
            if (Looks == MostLooks)
            {
                StoppedAt = last;
                yield break;
            }

            Looks++;
            last = letter;
            if (Matches(letter)) yield return letter;
        }
    }

    private async Task<IAsyncEnumerable<LetterHit>> WayAsync(LetterCursor? after, CancellationToken cancellationToken)
    {
        var parts = _words.SelectMany(WordCode.Words).Distinct().OrderByDescending(p => p.Length).ToList();
        foreach (var part in parts)
        {
            var rows = Rows(WordCode.Range(part));
            if (await rows.Take(Few + 1).CountAsync(cancellationToken) <= Few) return FewAsync(rows, after, cancellationToken);
        }

        // All words are common. The longest is probably in the fewest letters; when too many distinct words begin with it, it is in so many
        // letters that scanning all letters soon finds it.
        var codes = await CodesAsync(WordCode.Range(parts[0]), cancellationToken);
        return codes is null ? AllAsync(after, cancellationToken) : OfCodesAsync(codes, after, cancellationToken);
    }

    private IQueryable<StoredLetterWord> Rows((long From, long To) range)
    {
        var ((from, to), authorities) = (range, _authorities);
        return authorities is [var only]
            ? _db.LetterWords.AsNoTracking().Where(w => w.Authority == only && w.Code >= from && w.Code <= to)
            : _db.LetterWords.AsNoTracking().Where(w => EF.Parameter(authorities).Contains(w.Authority) && w.Code >= from && w.Code <= to);
    }

    private async IAsyncEnumerable<LetterHit> FewAsync(
        IQueryable<StoredLetterWord> rows, LetterCursor? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = await rows.Select(w => w.LetterKey).Distinct().ToArrayAsync(cancellationToken);
        var found = new List<LetterHit>(keys.Length);
        foreach (var part in keys.Chunk(Chunk)) found.AddRange(await HitsAsync(part, cancellationToken));
        foreach (var letter in found.Where(l => IsAfter(l.SentAt, l.Key, after)).OrderByDescending(l => l.SentAt)
            .ThenByDescending(l => l.Key))
        {
            yield return letter;
        }
    }

    private async IAsyncEnumerable<LetterHit> AllAsync(LetterCursor? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (at, key) = after is null ? (DateTimeOffset.MaxValue, long.MaxValue) : (after.At, after.NumericKey);
        var newest = await LetterFilter.NewestAsync(_db, _viewer, cancellationToken);
        var letters = _authorities is [var only] ? newest.Where(l => l.Authority == only) : newest;
        while (true)
        {
            var part = await letters.Where(l => l.SentAt <= at && (l.SentAt < at || l.Key < key)).OrderByDescending(l => l.SentAt)
                .ThenByDescending(l => l.Key).Take(Chunk)
                .Select(l => new LetterHit(l.Key, l.SentAt, l.CaseNumber, l.LetterId, l.Title, l.RecipientName))
                .ToListAsync(cancellationToken);
            foreach (var letter in part) yield return letter;
            if (part.Count < Chunk) yield break;
            (at, key) = (part[^1].SentAt, part[^1].Key);
        }
    }

    /// <summary>The letters of several words, read for each word in the order of the index, and merged.</summary>
    private async IAsyncEnumerable<LetterHit> OfCodesAsync(IReadOnlyList<(string Authority, long Code)> codes, LetterCursor? after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = after is null ? (DateTimeOffset.MaxValue, long.MaxValue) : (after.At, after.NumericKey);
        var size = Math.Max(Chunk / codes.Count, 25);
        while (true)
        {
            // Reads the next few letters of each word. A letter older than the last of a full part must wait until that word's next part is
            // read.
            var next = new HashSet<(DateTimeOffset At, long Key)>();
            (DateTimeOffset At, long Key)? floor = null;
            foreach (var (authority, code) in codes)
            {
                var (at, key) = place;
                var part = await _db.LetterWords.AsNoTracking()
                    .Where(w => w.Authority == authority && w.Code == code && w.SentAt <= at && (w.SentAt < at || w.LetterKey < key))
                    .OrderByDescending(w => w.SentAt).ThenByDescending(w => w.LetterKey).Take(size)
                    .Select(w => new { w.SentAt, w.LetterKey }).ToListAsync(cancellationToken);
                foreach (var row in part) next.Add((row.SentAt, row.LetterKey));
                if (part.Count == size && (floor is null || (part[^1].SentAt, part[^1].LetterKey).CompareTo(floor.Value) > 0))
                    floor = (part[^1].SentAt, part[^1].LetterKey);
            }

            var ready = next.Where(n => floor is null || n.CompareTo(floor.Value) >= 0).OrderDescending().ToList();
            var letters = (await HitsAsync([.. ready.Select(r => r.Key)], cancellationToken)).ToDictionary(l => l.Key);
            foreach (var (_, key) in ready)
            {
                if (letters.TryGetValue(key, out var letter)) yield return letter;
            }

            if (floor is null) yield break;
            place = floor.Value;
        }
    }

    /// <summary>The codes of the words in a range, for each authority; null when there are more than <see cref="FewCodes"/>.</summary>
    private async Task<IReadOnlyList<(string Authority, long Code)>?> CodesAsync(
        (long From, long To) range, CancellationToken cancellationToken)
    {
        var codes = new List<(string, long)>();
        foreach (var authority in _authorities)
        {
            for (var from = range.From; ;)
            {
                var first = await _db.LetterWords.Where(w => w.Authority == authority && w.Code >= from && w.Code <= range.To)
                    .MinAsync(w => (long?)w.Code, cancellationToken);
                if (first is not { } code) break;
                codes.Add((authority, code));
                if (codes.Count > FewCodes) return null;
                from = code + 1;
            }
        }

        return codes;
    }

    private Task<List<LetterHit>> HitsAsync(long[] keys, CancellationToken cancellationToken) => LetterFilter.LettersByKey(
        _db, _viewer, keys)
        .Select(l => new LetterHit(l.Key, l.SentAt, l.CaseNumber, l.LetterId, l.Title, l.RecipientName)).ToListAsync(cancellationToken);

    private static bool IsAfter(DateTimeOffset at, long key, LetterCursor? after) =>
        after is null || at < after.At || (at == after.At && key < after.NumericKey);
}
