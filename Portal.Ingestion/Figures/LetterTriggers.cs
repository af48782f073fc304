using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Figures;

/// <summary>
/// Triggers by which the database records every change of a letter and of its worklist row, so that matching, registering, assigning by
/// hand, solving and erasing need not each do it. Created at start and not by a migration, since a later migration that rebuilds the table
/// drops its triggers.
/// </summary>
internal static class LetterTriggers
{
    private const string Note = """INSERT INTO "LetterChanges" ("LetterKey") VALUES (NEW."Key")""";

    private const string Counted =
        "\"Verdict\", \"VerdictAt\", \"EvidenceDeadline\", \"Contradiction\", \"ContradictionAt\", \"SentAt\", \"CaseType\", \"Receipts\"";

    private const string OfLetter = """NEW."Rank" = 0""";

    private static readonly RowTrigger[] All =
    [
        new("LetterNoted", "INSERT", "Letters", Note),
        new("LetterChangeNoted", $"UPDATE OF {Counted}", "Letters", Note),
        new("LetterSubjectNoted", "UPDATE OF \"Kle\", \"OrganisationUnit\"", "Letters", Note),
        new("LetterWorkNoted", "INSERT", "WorkItems", Note, OfLetter),
        new("LetterWorkChangeNoted", "UPDATE OF \"SolvedAt\"", "WorkItems", Note, OfLetter),
    ];

    /// <summary>Creates missing triggers within the caller's transaction; when any was missing, every letter is counted again.</summary>
    public static async Task PrepareAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        if (await db.Triggers("Letter%Noted").CountAsync(cancellationToken) >= All.Length) return;
        foreach (var statement in All.SelectMany(db.TriggerSql))
        {
#pragma warning disable EF1002 // The texts are the constants above.
            await db.Database.ExecuteSqlRawAsync(statement, cancellationToken);
#pragma warning restore EF1002
        }

        await db.Database.ExecuteSqlRawAsync(
            """INSERT INTO "LetterChanges" ("LetterKey") SELECT "Key" FROM "Letters" """, cancellationToken);
    }
}
