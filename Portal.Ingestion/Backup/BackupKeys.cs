using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Backup;

/// <summary>
/// The key files of a set-up: of the ledger, of searches by CPR number, and of sign-in. Without them a copy of the database can neither go
/// on with its log nor find a person. Keys that are shared through Redis are not among them, only the one that they are encrypted with.
/// </summary>
internal sealed class BackupKeys(PortalSettings settings)
{
    private const string SignIn = "keys/sign-in/";

    /// <summary>Entry and path of each key file that exists.</summary>
    public IReadOnlyList<(string Entry, string Path)> Existing() =>
    [
        .. Named().Where(k => File.Exists(k.Path)),
        .. Directory.Exists(settings.SignInKeyFolder)
            ? Directory.EnumerateFiles(settings.SignInKeyFolder).Where(IsKey).Order(StringComparer.Ordinal)
                .Select(path => (SignIn + Path.GetFileName(path), path))
            : [],
    ];

    /// <summary>Where an entry of a backup belongs; null when it is no key file.</summary>
    public string? PathOf(string entry)
    {
        if (Named().FirstOrDefault(k => k.Entry == entry).Path is { } named) return named;
        if (!entry.StartsWith(SignIn, StringComparison.Ordinal)) return null;
        var name = Path.GetFileName(entry);
        return SignIn + name == entry && name.Length > 0 && IsKey(name) ? Path.Combine(settings.SignInKeyFolder, name) : null;
    }

    /// <summary>Refuses a place that holds another key.</summary>
    /// <exception cref="BackupProblemException">A key file of the backup exists with other bytes.</exception>
    public async Task RefuseOthersAsync(BackupReader backup, CancellationToken cancellationToken)
    {
        foreach (var entry in backup.Manifest.Entries)
        {
            if (PathOf(entry.Name) is not { } path || !File.Exists(path) || new FileInfo(path).Length == 0) continue;
            await using var file = File.OpenRead(path);
            await using var hashed = new HashedStream(Stream.Null, _ => { });
            await file.CopyToAsync(hashed, cancellationToken);
            if (hashed.EntryOf(entry.Name) == entry) continue;
            throw new BackupProblemException($"»{path}« er en anden nøgle end den i sikkerhedskopien, og intet er ændret. Flyt den, eller "
                + "gendan til et andet sted med --Ledger:KeyPath=… og --Portal:DataProtectionKeyPath=….");
        }
    }

    /// <summary>Writes the key files of a backup, readable by their owner only. Those that exist are the same and are left.</summary>
    public async Task RestoreAsync(BackupReader backup, CancellationToken cancellationToken)
    {
        foreach (var entry in backup.Manifest.Entries)
        {
            if (PathOf(entry.Name) is not { } path || (File.Exists(path) && new FileInfo(path).Length > 0)) continue;
            PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);
            await using var file = PrivateFiles.OpenAlone(path);
            await backup.CopyAsync(entry.Name, file, cancellationToken);
            file.Flush(flushToDisk: true);
        }
    }

    private IEnumerable<(string Entry, string Path)> Named() =>
        [("keys/ledger.key", settings.LedgerKeyPath), ("keys/search.key", settings.SearchKeyPath)];

    private static bool IsKey(string path) => Path.GetExtension(path) is ".key" or ".xml";
}
