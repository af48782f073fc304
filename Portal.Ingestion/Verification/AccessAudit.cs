using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Access;
using Portal.Ingestion.Journal;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>
/// Compares the columns by which lines of the access log are found with what was entered: a line moved to another authority or case would
/// be hidden from those who ask. Its leaves are verified before.
/// </summary>
internal sealed class AccessAudit(IngestionDbContext db, long size)
{
    private const int Part = 2000;

    /// <summary>The first line that is filed elsewhere than it says; null when there is none.</summary>
    public async Task<LedgerFinding?> RunAsync(CancellationToken cancellationToken)
    {
        var number = JournalLog.Access.Number;
        for (var from = 0L; from < size; from += Part)
        {
            var (first, end) = (from, Math.Min(from + Part, size));
            var lines = await db.Set<StoredJournalEntry>().AsNoTracking()
                .Where(e => e.Log == number && e.Index >= first && e.Index < end && e.Json != null).OrderBy(e => e.Index)
                .Select(e => new { e.Index, e.Json, e.Authority, e.CaseKey }).ToListAsync(cancellationToken);
            foreach (var line in lines)
            {
                using var json = JsonDocument.Parse(line.Json!);
                if (AccessRecord.TextOf(json.RootElement, "authority") == line.Authority
                    && AccessRecord.CaseKeyIn(json.RootElement) == line.CaseKey) continue;
                return new LedgerFinding(line.Index + 1, LedgerProblem.RecordChanged,
                    "linjen er lagt under en anden myndighed eller sag, end der blev ført ind, så den findes ikke af dem, der spørger");
            }
        }

        return null;
    }
}
