using Microsoft.Data.Sqlite;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage.Sqlite;
using SQLitePCL;

namespace Portal.Ingestion.Backup;

/// <summary>
/// Copies a SQLite file by <c>VACUUM INTO</c>: a snapshot that lets writers go on, without the free pages, which may still hold erased
/// data.
/// </summary>
internal sealed class SqliteDatabaseCopy(PortalSettings settings) : IDatabaseCopy
{
    /// <inheritdoc />
    public string Entry => "database/portal.db";

    private string DatabasePath => new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;

    /// <inheritdoc />
    public async Task SaveAsync(Stream into, string workspace, CancellationToken cancellationToken)
    {
        if (!File.Exists(DatabasePath)) throw new BackupProblemException($"Databasen {DatabasePath} findes ikke; der er intet at gemme.");
        try
        {
            File.Delete(workspace);
            await Task.Run(() => Copy(workspace, cancellationToken), cancellationToken);
            await using var file = File.OpenRead(workspace);
            await file.CopyToAsync(into, cancellationToken);
        }
        finally
        {
            File.Delete(workspace);
        }
    }

    /// <inheritdoc />
    public Task RefuseFilledAsync(CancellationToken cancellationToken) => !File.Exists(DatabasePath)
        || new FileInfo(DatabasePath).Length == 0
        ? Task.CompletedTask
        : throw new BackupProblemException($"Databasen {DatabasePath} findes allerede, og intet er ændret. Gendan til et andet sted med "
            + "--Database:ConnectionString=…, eller flyt den først, når alle programmer er stoppet.");

    /// <inheritdoc />
    public async Task RestoreAsync(Func<Stream, CancellationToken, Task> copy, CancellationToken cancellationToken)
    {
        var unfinished = DatabasePath + ".restoring";
        try
        {
            await using (var file = PrivateFiles.OpenAlone(unfinished))
            {
                file.SetLength(0);
                await copy(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            await RefuseFilledAsync(cancellationToken);

            // A write-ahead log beside no database belongs to one that is gone.
            foreach (var rest in (string[])["-wal", "-shm"]) File.Delete(DatabasePath + rest);
            File.Move(unfinished, DatabasePath, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private void Copy(string workspace, CancellationToken cancellationToken)
    {
        // Made first, so that it is never readable by others; SQLite fills an empty file.
        PrivateFiles.MakeFile(workspace);
        using (var connection = DurableConnection.Open(settings.ConnectionString))
        {
            using var stop = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $path";
            command.CommandTimeout = 0;
            command.Parameters.AddWithValue("$path", workspace);
            try
            {
                command.ExecuteNonQuery();
            }
            catch (SqliteException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }

        LeaveOut(workspace);
    }

    private static void LeaveOut(string workspace)
    {
        var copy = new SqliteConnectionStringBuilder { DataSource = workspace, Pooling = false }.ToString();
        using var connection = new SqliteConnection(copy);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{NotCopied.Sessions}'";
        if (command.ExecuteScalar() is not 1L) return;
        command.CommandText = $"PRAGMA secure_delete = ON; DELETE FROM \"{NotCopied.Sessions}\"";
        command.ExecuteNonQuery();
    }
}
