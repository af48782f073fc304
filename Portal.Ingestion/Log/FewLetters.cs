using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Log.MessageKinds;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Log;

/// <summary>
/// The messages of a viewer whose limits leave few letters, found by the letters: a scan of the log would pass by nearly all of it. With
/// more letters a scan soon finds what a page shows.
/// </summary>
internal static class FewLetters
{
    // Measured at a million messages: there both ways take about as long.
    private const int Most = 7_000;

    // Messages that do not go by a letter are read by kind.
    private const int MostKinds = 48;

    /// <summary>
    /// The messages that belong to letters within the limits, newest first; null when that is not the way. Regardless of their kinds, and
    /// of other letters that they belong to: the caller's query checks that.
    /// </summary>
    public static async Task<long[]?> SequencesAsync(IngestionDbContext db, MessageLimits limits, CancellationToken cancellationToken)
    {
        if (limits.Unknown || limits.Alone.Length > MostKinds) return null;
        var within = GrantConditions.Within<LimitedLetter>([.. limits.Branches.Select(b => b.Grant)]);
        var letters = await db.LimitedLetters().Where(within).Select(l => l.Key).Take(Most + 1).ToArrayAsync(cancellationToken);
        return letters.Length > Most
            ? null
            : await db.SequencesOf(letters).Distinct().OrderByDescending(s => s).ToArrayAsync(cancellationToken);
    }
}
