using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// Finds the messages of a viewer with limits by the letters that they belong to. Few letters are read first; of many, the matches are read
/// in the log's order, which costs a third of checking each message. Regardless of their kinds, and of other letters that they belong to:
/// the caller's query checks that.
/// </summary>
internal static class LetterMessages
{
    // Measured at a million messages: there both ways take about as long.
    private const int Few = 2_000;

    // Messages that do not go by a letter are read by kind.
    private const int MostKinds = 48;

    /// <summary>True when a viewer's messages are best read by their letters, and the others by kind.</summary>
    public static bool Suit(MessageLimits limits) => !limits.Unknown && limits.Alone.Length <= MostKinds;

    /// <summary>All of them, newest first; null when they belong to many letters.</summary>
    public static async Task<long[]?> OfFewAsync(IngestionDbContext db, MessageLimits limits, CancellationToken cancellationToken)
    {
        var within = db.LimitedLetters().Where(GrantConditions.Within<LimitedLetter>([.. limits.Branches.Select(b => b.Grant)]))
            .Select(l => l.Key);
        if (await within.Take(Few + 1).CountAsync(cancellationToken) > Few) return null;
        var letters = await within.ToArrayAsync(cancellationToken);
        return await db.SequencesOf(letters).Distinct().OrderByDescending(s => s).ToArrayAsync(cancellationToken);
    }

    /// <summary>The next of them before a sequence number, newest first, perhaps some twice.</summary>
    public static Task<long[]> BeforeAsync(
        IngestionDbContext db, MessageLimits limits, long? before, int count, CancellationToken cancellationToken) => db.NewestSequences(
            GrantConditions.Within<LimitedLetter>([.. limits.Branches.Select(b => b.Grant)], IndexUse.Join), before ?? long.MaxValue)
        .Take(count).ToArrayAsync(cancellationToken);
}
