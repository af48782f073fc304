using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Storage;

/// <summary>
/// What goes wrong in the database, thrown as the one exception that pages and interfaces know. The one place that translates.
/// </summary>
public static class StorageAccess
{
    /// <summary>Does one read or write.</summary>
    /// <exception cref="StorageUnavailableException">The database is not to be had now; nothing is changed.</exception>
    public static async Task<T> TryAsync<T>(Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work();
        }
        catch (Exception problem) when (problem is DbException or DbUpdateException)
        {
            throw Unavailable(problem);
        }
    }

    /// <inheritdoc cref="TryAsync{T}"/>
    public static Task TryAsync(Func<Task> work) => TryAsync<object?>(async () =>
    {
        await work();
        return null;
    });

    /// <summary>True for all that says that the database did not take it: the operation may be tried again.</summary>
    public static bool IsRefused(Exception problem) => problem is DbException or DbUpdateException || StorageErrors.IsOutage(problem);

    /// <summary>The exception that pages and interfaces know.</summary>
    public static StorageUnavailableException Unavailable(Exception? problem) => new("Databasen tager ikke imod lige nu.", problem);
}
