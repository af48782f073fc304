using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;

namespace Portal.Tests.Features.Cases;

/// <summary>Cases and a worklist in memory; records the calls that it gets.</summary>
internal sealed class FakeCases : ICaseReader
{
    public static readonly DateTimeOffset Sent = new(2023, 2, 13, 11, 21, 40, TimeSpan.Zero);

    public List<CaseView> Cases { get; } = [];

    public List<FollowUpItem> Worklist { get; } = [];

    public List<string?> Searched { get; } = [];

    public List<CprNumber> SearchedPersons { get; } = [];

    public EvidenceCounts Counts { get; set; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    public static LetterView Letter(string id = "L-1", string caseNumber = "26-0412") => new()
    {
        CaseNumber = caseNumber, CaseType = "huslejenaevn", LetterId = id, Title = "Afgørelse om huslejenedsættelse",
        Channel = LetterChannel.DigitalPost, Decision = true, SentAt = Sent,
        Recipient = new LetterRecipient("Anna Lejer", "010101-xxxx", "CPR"), Identifiers = new LetterIdentifiers { MessageUuid = "4f1c" },
        Verdict = Verdict.OnItsWay, Explanation = LocalizedText.AsSent("På vej."), Contradiction = false,
        AppealNote = LocalizedText.AsSent("Klagefristen kan først beregnes, når brevet er afleveret."),
    };

    public static LetterEvent Event(
        string beskedId = "besked-1", string status = "Afleveret Digital Post", StatusKind kind = StatusKind.Delivered) => new(
            beskedId, 1042, status, kind, Sent.AddSeconds(25), Sent.AddSeconds(27), "Digital Post", null, null, "ab12", false, 1);

    public void Add(params LetterView[] letters) =>
        Cases.Add(new CaseView(letters[0].CaseNumber, letters[0].CaseType, false, [.. letters]));

    public Task<CaseView?> FindAsync(Viewer viewer, string caseNumber, CancellationToken cancellationToken) =>
        Task.FromResult(Cases.Find(c => c.CaseNumber == caseNumber));

    public Task<Page<CaseSummary>> SearchAsync(Viewer viewer, string? text, string? cursor, int limit, CancellationToken cancellationToken)
    {
        Searched.Add(text);
        var hits = Cases.Where(c => text is null || c.CaseNumber.Contains(text, StringComparison.Ordinal)
            || c.Letters.Any(l => l.Recipient.Name.Contains(text, StringComparison.Ordinal))).ToList();
        var from = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var page = hits.Skip(from).Take(limit).Select(Summary).ToList();
        return Task.FromResult(new Page<CaseSummary>(page, from + page.Count < hits.Count ? $"{from + page.Count}" : null));
    }

    public Task<Page<CaseSummary>> ByNumberAsync(
        Viewer viewer, bool descending, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var all = Cases.Select(Summary).OrderBy(c => c.CaseNumber, StringComparer.Ordinal);
        return Task.FromResult(new Page<CaseSummary>([.. (descending ? all.Reverse() : all).Take(limit)], null));
    }

    public Task<IReadOnlyList<CaseSummary>> SearchByCprAsync(Viewer viewer, CprNumber cpr, CancellationToken cancellationToken)
    {
        SearchedPersons.Add(cpr);
        return Task.FromResult<IReadOnlyList<CaseSummary>>([.. Cases.Select(Summary)]);
    }

    public Task<Page<FollowUpItem>> FollowUpAsync(
        Viewer viewer, FollowUpReason? reason, bool newestFirst, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var rows = Worklist.Where(w => reason is null || w.Reason == reason)
            .OrderBy(w => newestFirst ? -w.Since.UtcTicks : w.Since.UtcTicks);
        return Task.FromResult(new Page<FollowUpItem>([.. rows.Take(limit)], null));
    }

    public Task<long> AttentionCountAsync(Viewer viewer, CancellationToken cancellationToken) => Task.FromResult((long)Worklist.Count);

    public Task<EvidenceCounts> CountAsync(Viewer viewer, DateTimeOffset from, CancellationToken cancellationToken) =>
        Task.FromResult(Counts);

    private static CaseSummary Summary(CaseView found) => new(
        found.CaseNumber, found.CaseType, found.Letters.Count, found.Letters.Count(l => l.Verdict == Verdict.Failed),
        found.Letters[0].Title, found.Letters[0].Recipient.Name,
        found.Letters[0].Verdict, found.Letters[0].SentAt)
    {
        Shown = new ShownLetter(
            found.Letters[0].LetterId, found.Letters[0].Title, found.Letters[0].Recipient.Name, found.Letters[0].Verdict,
            found.Letters[0].SentAt),
    };
}
