using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Pipeline;

namespace Portal.Chains.Keeping;

/// <summary>One read or write of what is kept of chains. What goes wrong in the database is told as the one exception that pages know.</summary>
internal static class KeepingAccess
{
    /// <summary>Does the work.</summary>
    /// <exception cref="StorageUnavailableException">The database is not to be had now; nothing is changed.</exception>
    public static async Task<T> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException)
        {
            throw new StorageUnavailableException("Databasen er ikke til rådighed lige nu.", problem);
        }
    }
}
