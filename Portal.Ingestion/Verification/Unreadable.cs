using System.Data.Common;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Verification;

/// <summary>Distinguishes damaged rows from a database that is away: the first is a finding, the second ends the verification.</summary>
internal static class Unreadable
{
    /// <summary>True for what reading or comparing damaged rows throws: anything but cancelling and the database's own errors.</summary>
    public static bool IsOfRows(Exception problem) =>
        problem is not OperationCanceledException and not DbException && !StorageErrors.IsOutage(problem);

    /// <summary>What an audit finds; rows that make it fail are what it finds.</summary>
    /// <param name="sequence">Where the finding is then.</param>
    /// <param name="what">Which rows, in Danish: "… er beskadiget og kan ikke læses".</param>
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
