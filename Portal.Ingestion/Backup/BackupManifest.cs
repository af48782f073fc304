using System.Text.Json.Serialization;

namespace Portal.Ingestion.Backup;

/// <summary>What a backup holds: its last entry, <c>manifest.json</c>.</summary>
/// <param name="Format">Always <see cref="CurrentFormat"/>.</param>
/// <param name="Product">Version of the program that made it.</param>
/// <param name="At">When it was begun, UTC.</param>
/// <param name="Provider"><c>Sqlite</c> or <c>PostgreSql</c>: it can be restored on the same database only.</param>
/// <param name="Entries">Every other entry, in order.</param>
internal sealed record BackupManifest(
    [property: JsonRequired] string Format, string Product, DateTimeOffset At, [property: JsonRequired] string Provider,
    [property: JsonRequired] IReadOnlyList<BackupEntry> Entries)
{
    /// <summary>Name of the entry that holds it.</summary>
    public const string Name = "manifest.json";

    /// <summary>The format written, and the only one read.</summary>
    public const string CurrentFormat = "portal-backup/v1";
}

/// <summary>A file in a backup.</summary>
/// <param name="Name">Path in the backup.</param>
/// <param name="Bytes">Length, uncompressed.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
internal sealed record BackupEntry(
    [property: JsonRequired] string Name, [property: JsonRequired] long Bytes, [property: JsonRequired] string Sha256);

/// <summary>A backup cannot be made or restored; the message says why, what was left unchanged, and what to do, in Danish.</summary>
/// <param name="message">One line for the operator.</param>
internal sealed class BackupProblemException(string message) : Exception(message);
