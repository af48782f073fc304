using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Log.Content;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Letters;

/// <summary>Reads what evidence needs and pages do not show: exact bytes and person numbers.</summary>
internal sealed class EvidenceSource(IDbContextFactory<IngestionDbContext> contexts, ContentReader contents) : IEvidenceSource
{
    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<long, ContentReading>> BytesAsync(
        Viewer viewer, string caseNumber, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var number = IdentifierKey.Of(caseNumber);
        var keys = LetterFilter.Letters(db, viewer).Where(l => l.CaseNumberKey == number).Select(l => l.Key);
        var sequences = await db.StatusMatches.AsNoTracking().Where(s => s.LetterKey != null && keys.Contains(s.LetterKey.Value))
            .Select(s => s.Sequence).ToListAsync(cancellationToken);
        var readings = new Dictionary<long, ContentReading>(await contents.ReadAsync(db, sequences, cancellationToken));
        var without = sequences.Where(s => !readings.ContainsKey(s)).ToArray();
        var gone = await db.Messages.Where(m => EF.Parameter(without).Contains(m.Sequence) && m.ErasedAt == null).Select(m => m.Sequence)
            .ToListAsync(cancellationToken);
        foreach (var sequence in gone) readings[sequence] = ContentReading.Unreadable(UnreadableReason.Missing);
        return readings;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, CprNumber>> RecipientNumbersAsync(
        Viewer viewer, string caseNumber, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var key = IdentifierKey.Of(caseNumber);
        var letters = await LetterFilter.Letters(db, viewer)
            .Where(l => l.CaseNumberKey == key && l.RecipientId != null && l.RecipientIdType != LetterValidation.Cvr
                && l.RecipientIdType != LetterValidation.ProductionUnit)
            .Select(l => new { l.LetterId, l.RecipientId }).ToListAsync(cancellationToken);
        var numbers = new Dictionary<string, CprNumber>(StringComparer.Ordinal);

        // Two authorities may use the same id for different letters: then neither number is returned, rather than the wrong one.
        foreach (var letter in letters.GroupBy(l => l.LetterId, StringComparer.Ordinal))
        {
            if (letter.Count() == 1 && CprNumber.TryParse(letter.First().RecipientId, out var number)) numbers[letter.Key] = number;
        }

        return numbers;
    }
}
