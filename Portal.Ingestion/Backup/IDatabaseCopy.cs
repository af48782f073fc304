namespace Portal.Ingestion.Backup;

/// <summary>Copies the whole configured database, other contexts' tables included, while programs use it.</summary>
internal interface IDatabaseCopy
{
    /// <summary>Name of the copy's entry in a backup.</summary>
    string Entry { get; }

    /// <summary>Writes a copy of the database as it was at one moment.</summary>
    /// <param name="into">Where to.</param>
    /// <param name="workspace">Path of a temporary file that may be made; it is removed.</param>
    /// <param name="cancellationToken">Stops the copy.</param>
    /// <exception cref="BackupProblemException">There is no database, or a program that copies it is missing or failed.</exception>
    Task SaveAsync(Stream into, string workspace, CancellationToken cancellationToken);

    /// <summary>Refuses a place that already holds something.</summary>
    /// <exception cref="BackupProblemException">There is a database already, or it cannot be reached.</exception>
    Task RefuseFilledAsync(CancellationToken cancellationToken);

    /// <summary>Makes the database from a copy: all of it or nothing.</summary>
    /// <exception cref="BackupProblemException">It cannot be made; nothing is left behind.</exception>
    Task RestoreAsync(Func<Stream, CancellationToken, Task> copy, CancellationToken cancellationToken);
}

/// <summary>Tables that are left out of a copy.</summary>
internal static class NotCopied
{
    /// <summary>People's sessions: a copy must not let anybody in who has been signed out since.</summary>
    public const string Sessions = "Sessions";
}
