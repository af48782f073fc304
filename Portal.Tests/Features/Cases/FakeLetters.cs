using Portal.Ingestion.Domain;
using Portal.Ingestion.Letters;
using Portal.Ingestion.Log;

namespace Portal.Tests.Features.Cases;

/// <summary>Letters across cases in memory; records the queries that it gets.</summary>
internal sealed class FakeLetters : ILetterList
{
    public List<LetterView> Letters { get; } = [];

    public List<LetterQuery> Queries { get; } = [];

    public Task<Page<LetterView>> ReadAsync(
        Viewer viewer, LetterQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        Queries.Add(query);
        var from = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var found = Found(query).ToList();
        List<LetterView> page = [.. found.Skip(from).Take(limit)];
        return Task.FromResult(new Page<LetterView>(page, from + page.Count < found.Count ? $"{from + page.Count}" : null));
    }

    public Task<long> CountAsync(Viewer viewer, LetterQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(Found(query).LongCount());

    private IEnumerable<LetterView> Found(LetterQuery query) => Letters.Where(l =>
        (query.Verdict is null || l.Verdict == query.Verdict) && (query.Kind is null || l.AppealKind == query.Kind)
        && !(l.SentAt < query.From) && !(l.SentAt >= query.To));
}
