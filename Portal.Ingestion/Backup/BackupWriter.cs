using System.IO.Compression;
using System.Text.Json;
using Portal.Ingestion.Settings;

namespace Portal.Ingestion.Backup;

/// <summary>
/// Writes a backup: a ZIP file whose last entry is its <see cref="BackupManifest"/>. It is written beside its name, readable by its owner
/// only, and gets its name when it is whole and on the disk; a backup that was cut off is never taken for one.
/// </summary>
internal sealed class BackupWriter : IAsyncDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly ZipArchive _archive;
    private readonly List<BackupEntry> _entries = [];
    private readonly Action<int> _counted;
    private bool _closed;

    /// <param name="path">The file to make.</param>
    /// <param name="counted">Hears of bytes that were written, for progress.</param>
    /// <exception cref="BackupProblemException">The file exists, or its folder does not.</exception>
    public BackupWriter(string path, Action<int> counted)
    {
        _path = Path.GetFullPath(path);
        if (File.Exists(_path) || Directory.Exists(_path))
            throw new BackupProblemException($"»{path}« findes allerede og er ikke ændret; vælg et andet navn med --to.");
        if (!Directory.Exists(Path.GetDirectoryName(_path)))
            throw new BackupProblemException($"Mappen til »{path}« findes ikke; lav den, eller vælg en anden med --to.");
        _counted = counted;
        _file = PrivateFiles.OpenAlone(Unfinished);
        _file.SetLength(0);
        _archive = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>Path of the file while it is written.</summary>
    public string Unfinished => _path + ".partial";

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Path in the backup.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <param name="cancellationToken">Stops the backup.</param>
    public async Task AddAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        await using var entry = await _archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await using var hashed = new HashedStream(entry, _counted);
        await write(hashed, cancellationToken);
        _entries.Add(hashed.EntryOf(name));
    }

    /// <summary>Writes the manifest and gives the file its name.</summary>
    /// <exception cref="IOException">A file of that name has come meanwhile; it is left unchanged.</exception>
    public async Task CompleteAsync(string product, DatabaseProvider provider, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var manifest = new BackupManifest(BackupManifest.CurrentFormat, product, at.ToUniversalTime(), provider.ToString(), _entries);
        await using (var entry = await _archive.CreateEntry(BackupManifest.Name).OpenAsync(cancellationToken))
            await JsonSerializer.SerializeAsync(entry, manifest, JsonSerializerOptions.Web, cancellationToken);
        await _archive.DisposeAsync();
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        _closed = true;
        File.Move(Unfinished, _path, overwrite: false);
    }

    /// <summary>Removes what was written, unless it was completed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        _closed = true;
        await _archive.DisposeAsync();
        await _file.DisposeAsync();
        File.Delete(Unfinished);
    }
}
