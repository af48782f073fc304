using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Pipeline;

namespace Portal.Chains.Keeping;

/// <summary>One write to what is kept beside the chains' logs. What goes wrong in the database is told as the one exception that pages know.</summary>
internal static class KeepingWrite
{
    /// <summary>Does the write.</summary>
    /// <exception cref="StorageUnavailableException">The database takes nothing now; nothing is changed.</exception>
    public static async Task<T> TryAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException)
        {
            throw new StorageUnavailableException("Databasen tager ikke imod lige nu.", problem);
        }
    }
}
