using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;

namespace Portal.Features.SubjectAccess;

/// <summary>What is held about one person, read at one moment.</summary>
/// <param name="Person">The number, masked.</param>
/// <param name="MadeAt">UTC.</param>
/// <param name="Letters">The person's letters, newest first. Other parties' letters of the same cases are left out.</param>
/// <param name="Access">Who has seen them: lines about the letters, their cases as a whole, and searches for the person; newest
/// first.</param>
internal sealed record SubjectData(
    string Person, DateTimeOffset MadeAt, IReadOnlyList<LetterView> Letters, IReadOnlyList<AccessEntry> Access);

/// <summary>
/// Reads everything about one person (the GDPR's article 15), of all authorities of the viewer. What is asked for is entered in the access
/// log before anything is read.
/// </summary>
internal sealed class SubjectReader(
    [FromKeyedServices(NotedReaders.Unnoted)] ICaseReader cases, IEvidenceSource source, IAccessJournal journal, IAccessLog log,
    CprHash hash, TimeProvider time)
{
    private const int PageSize = 1000;

    /// <summary>The data; null when the viewer may not make the package.</summary>
    /// <exception cref="AccessLogUnavailableException">The access log cannot be written: nothing is read.</exception>
    [Demands(ViewerRights.AccessLog)]
    public async Task<SubjectData?> ReadAsync(Viewer viewer, CprNumber cpr, string purpose, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (!viewer.MayCall<SubjectReader>()) return null;

        // The right to the package includes the reads that it is made of, also for a key that may read nothing else.
        string[] authorities = viewer.AuthoritiesOf(ViewerRights.AccessLog);
        var reader = new Viewer(viewer.Id, viewer.Name, ViewerRights.Cases, authorities, TypeScope.None) { Session = viewer.Session };
        var found = await cases.SearchByCprAsync(reader, cpr, cancellationToken);
        string[] numbers = [.. found.Select(c => c.CaseNumber)];
        await log.NoteAsync(
            viewer,
            new AccessNote(AccessKind.SubjectAccess) { Purpose = purpose, Person = cpr, Hits = numbers.Length, OfCases = numbers },
            cancellationToken);
        var letters = new List<LetterView>();
        foreach (var number in numbers) letters.AddRange(await LettersAsync(reader, number, cpr, cancellationToken));
        return new SubjectData(cpr.ToString(), time.GetUtcNow(), [.. letters.OrderByDescending(l => l.SentAt)],
            await AccessAsync(authorities, cpr, letters, cancellationToken));
    }

    private async Task<IEnumerable<LetterView>> LettersAsync(
        Viewer reader, string caseNumber, CprNumber cpr, CancellationToken cancellationToken)
    {
        var view = await cases.FindAsync(reader, caseNumber, cancellationToken);
        var numbers = await source.RecipientNumbersAsync(reader, caseNumber, cancellationToken);
        return view?.Letters.Where(l => numbers.TryGetValue(l.LetterId, out var number) && number == cpr) ?? [];
    }

    private async Task<IReadOnlyList<AccessEntry>> AccessAsync(
        string[] authorities, CprNumber cpr, List<LetterView> letters, CancellationToken cancellationToken)
    {
        var ids = letters.Select(l => (IdentifierKey.Of(l.CaseNumber), IdentifierKey.Of(l.LetterId))).ToHashSet();
        var lines = new Dictionary<long, AccessLine>();
        foreach (var number in letters.Select(l => l.CaseNumber).Distinct(StringComparer.Ordinal))
        {
            await foreach (var line in LinesAsync(authorities, new AccessQuery { CaseNumber = number }, cancellationToken))
            {
                // A line about another party's letter of the case is not about this person.
                if (line.Record.LetterId is not { } letter || ids.Contains((IdentifierKey.Of(number), IdentifierKey.Of(letter))))
                    lines[line.Number] = line;
            }
        }

        var person = new AccessQuery { Person = Convert.ToHexStringLower(hash.Of(cpr)) };
        await foreach (var line in LinesAsync(authorities, person, cancellationToken)) lines[line.Number] = line;
        return [.. lines.Values.OrderByDescending(l => l.Number)
            .Select(l => new AccessEntry(l.Number, AccessKinds.FromWire(l.Record.Kind), l.Record))];
    }

    private async IAsyncEnumerable<AccessLine> LinesAsync(string[] authorities, AccessQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            Page<AccessLine> page = await journal.ReadAsync(authorities, query, cursor, PageSize, cancellationToken);
            foreach (var line in page.Items) yield return line;
            cursor = page.Cursor;
        }
        while (cursor is not null);
    }
}
