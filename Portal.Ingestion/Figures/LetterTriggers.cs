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

    /// <summary>
    /// Raise it with every change of how a letter is counted: every letter is counted again at the next start. 2: a contested arrival is
    /// not counted as evidence.
    /// </summary>
    private const byte Rules = 2;

    private const string RulesFact = "letter-counting-rules";

    /// <summary>
    /// Creates missing triggers within the caller's transaction; when any was missing, or letters were counted by other rules, every letter
    /// is counted again.
    /// </summary>
    public static async Task PrepareAsync(IngestionDbContext db, CancellationToken cancellationToken)
    {
        var complete = await db.Triggers("Letter%Noted").CountAsync(cancellationToken) >= All.Length;
        var rules = await db.DatabaseFacts.SingleOrDefaultAsync(f => f.Name == RulesFact, cancellationToken);
        if (complete && rules?.Value is [Rules]) return;
        if (rules is null) db.DatabaseFacts.Add(new StoredDatabaseFact { Name = RulesFact, Value = [Rules] });
        else rules.Value = [Rules];
        await db.SaveChangesAsync(cancellationToken);
        foreach (var statement in complete ? [] : All.SelectMany(db.TriggerSql))
        {
#pragma warning disable EF1002 // The texts are the constants above.
            await db.Database.ExecuteSqlRawAsync(statement, cancellationToken);
#pragma warning restore EF1002
        }

        await db.Database.ExecuteSqlRawAsync(
            """INSERT INTO "LetterChanges" ("LetterKey") SELECT "Key" FROM "Letters" """, cancellationToken);
    }
}
