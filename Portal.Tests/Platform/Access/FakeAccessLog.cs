using System.Data.Common;
using Portal.Features.AccessControl;
using Portal.Features.AccessControl.Looks;
using Portal.Ingestion.Access;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Ledger.Tree;
using Portal.Ingestion.Log;

namespace Portal.Tests.Platform.Access;

/// <summary>An access log in memory; it can be made to fail.</summary>
internal sealed class FakeAccessLog : IAccessLog
{
    public List<(Viewer Viewer, AccessNote Note)> Notes { get; } = [];

    public bool Fails { get; set; }

    /// <summary>Thrown while it is set.</summary>
    public Exception? Error { get; set; }

    public Task NoteAsync(Viewer viewer, IReadOnlyList<AccessNote> notes, CancellationToken cancellationToken)
    {
        if (Error is not null) throw Error;
        if (Fails) throw new InvalidOperationException("The log takes nothing.");
        Notes.AddRange(notes.Select(n => (viewer, n)));
        return Task.CompletedTask;
    }

    public Task<Page<AccessEntry>> ReadAsync(
        Viewer viewer, AccessFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<AccessEntry>([], null));
}

/// <summary>Looks in memory.</summary>
internal sealed class FakeAccessLooks : IAccessLooks
{
    public List<(Viewer Viewer, AccessNote Note)> Notes { get; } = [];

    public void Add(Viewer viewer, AccessNote note)
    {
        lock (Notes) Notes.Add((viewer, note));
    }
}

/// <summary>Lines of the access log in memory; texts are masked as they are entered.</summary>
internal sealed class MemoryAccessJournal : IAccessJournal
{
    private readonly List<AccessLine> _lines = [];

    /// <summary>Thrown while it is set.</summary>
    public Exception? Error { get; set; }

    public IReadOnlyList<AccessRecord> Records
    {
        get
        {
            lock (_lines) return [.. _lines.Select(l => l.Record)];
        }
    }

    public Task AppendAsync(IReadOnlyList<AccessRecord> records, CancellationToken cancellationToken)
    {
        if (Error is not null) throw Error;
        lock (_lines)
        {
            foreach (var record in records)
                _lines.Add(new AccessLine(_lines.Count + 1, record with { Purpose = CprNumber.MaskInOrNull(record.Purpose) }));
        }

        return Task.CompletedTask;
    }

    public Task AppendAsync(DbTransaction transaction, IReadOnlyList<AccessRecord> records, CancellationToken cancellationToken) =>
        AppendAsync(records, cancellationToken);

    public Task<Page<AccessLine>> ReadAsync(IReadOnlyCollection<string> authorities, AccessQuery query, string? cursor, int limit,
        CancellationToken cancellationToken)
    {
        var words = new AccessWords(query);
        lock (_lines)
        {
            return Task.FromResult(new Page<AccessLine>(
            [
                .. Enumerable.Reverse(_lines).Where(l => authorities.Contains(l.Record.Authority)
                    && (query.Kind is null || query.Kind == l.Record.Kind) && words.Match(l.Record)
                    && (query.CaseNumber is null || IdentifierKey.Of(query.CaseNumber) == IdentifierKey.Of(l.Record.CaseNumber)))
                    .Take(limit),
            ], null));
        }
    }

    /// <summary>None is signed here.</summary>
    public Task<AccessHead> HeadAsync(CancellationToken cancellationToken) => throw new LedgerDamagedException("No head.");
}

/// <summary>Owners of cases and messages, named by the test.</summary>
internal sealed class FakeOwners : IDataOwners
{
    public Dictionary<string, string[]> Of { get; } = new(StringComparer.Ordinal);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> OfCasesAsync(
        IReadOnlyCollection<string> caseNumbers, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<string>>>(
            caseNumbers.ToDictionary(n => n, n => (IReadOnlyList<string>)Of.GetValueOrDefault(n, [])));

    public Task<IReadOnlyList<string>> OfMessageAsync(string beskedId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(Of.GetValueOrDefault(beskedId, []));

    public Task<IReadOnlyList<string>> OfQuarantineAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(Of.GetValueOrDefault(id, []));
}
