using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Storage;

namespace Portal.Platform.Storage;

/// <summary>Converts database errors to <see cref="StorageUnavailableException"/>, which pages and interfaces handle.</summary>
public static class StorageAccess
{
    /// <summary>Runs one read or write.</summary>
    /// <exception cref="StorageUnavailableException">The database failed; nothing is changed.</exception>
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

    /// <summary>True when the database refused the operation, or does not answer: it may be tried again.</summary>
    public static bool IsRefused(Exception problem) => problem is DbException or DbUpdateException || StorageErrors.IsOutage(problem);

    /// <summary>The exception, with a Danish message, that pages and interfaces handle.</summary>
    public static StorageUnavailableException Unavailable(Exception? problem) => new("Databasen tager ikke imod lige nu.", problem);
}
