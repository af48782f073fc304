using System.Data.Common;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>Distinguishes damaged rows from an outage of the database: the first is a finding, the second ends the verification.</summary>
internal static class Unreadable
{
    /// <summary>
    /// True for exceptions from reading or comparing damaged rows: anything but cancellation and the database's own errors.
    /// </summary>
    public static bool IsOfRows(Exception problem) =>
        problem is not OperationCanceledException and not DbException && !StorageErrors.IsOutage(problem);

    /// <summary>Runs an audit; if damaged rows make it throw, that is the finding.</summary>
    /// <param name="sequence">The sequence number of that finding.</param>
    /// <param name="what">The rows, in Danish: "… er beskadiget og kan ikke læses".</param>
    public static async Task<LedgerFinding?> GuardAsync(Func<Task<LedgerFinding?>> audit, long sequence, LedgerProblem problem, string what)
    {
        try
        {
            return await audit();
        }
        catch (Exception unreadable) when (IsOfRows(unreadable))
        {
            return new LedgerFinding(Math.Max(1, sequence), problem, $"{what} er beskadiget og kan ikke læses");
        }
    }
}
