using System.IO.Compression;
using System.Text.Json;

namespace Portal.Ingestion.Backup;

/// <summary>Reads a backup. Every entry is compared with the manifest before anything of it is used.</summary>
internal sealed class BackupReader : IAsyncDisposable
{
    private const long LongestManifest = 1 << 20;
    private readonly string _path;
    private readonly ZipArchive _archive;

    private BackupReader(string path, ZipArchive archive, BackupManifest manifest) =>
        (_path, _archive, Manifest) = (path, archive, manifest);

    /// <summary>What it holds.</summary>
    public BackupManifest Manifest { get; }

    /// <summary>Opens a backup and compares each of its entries with the manifest.</summary>
    /// <exception cref="BackupProblemException">It is missing, is no backup, was cut off or has been changed.</exception>
    public static async Task<BackupReader> OpenAsync(string path, Action<int> counted, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw new BackupProblemException($"Filen »{path}« findes ikke; skriv en med --from.");
        ZipArchive? archive = null;
        try
        {
            archive = await ZipFile.OpenReadAsync(path, cancellationToken);
            var reader = new BackupReader(path, archive, await ManifestAsync(archive, path, cancellationToken));
            foreach (var entry in reader.Manifest.Entries) await reader.CheckAsync(entry, counted, cancellationToken);
            return reader;
        }
        catch (Exception problem)
        {
            if (archive is not null) await archive.DisposeAsync();
            if (problem is InvalidDataException or JsonException or EndOfStreamException) throw Unusable(path);
            throw;
        }
    }

    /// <summary>Copies an entry to a stream.</summary>
    public async Task CopyAsync(string name, Stream into, CancellationToken cancellationToken)
    {
        await using var from = await OpenEntryAsync(name, cancellationToken);
        await from.CopyToAsync(into, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _archive.DisposeAsync();

    private static async Task<BackupManifest> ManifestAsync(ZipArchive archive, string path, CancellationToken cancellationToken)
    {
        if (archive.GetEntry(BackupManifest.Name) is not { Length: < LongestManifest } entry) throw Unusable(path);
        await using var bytes = await entry.OpenAsync(cancellationToken);
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(bytes, JsonSerializerOptions.Web, cancellationToken);
        return manifest?.Format == BackupManifest.CurrentFormat ? manifest : throw Unusable(path);
    }

    private async Task CheckAsync(BackupEntry entry, Action<int> counted, CancellationToken cancellationToken)
    {
        await using var hashed = new HashedStream(Stream.Null, counted);
        await CopyAsync(entry.Name, hashed, cancellationToken);
        if (hashed.EntryOf(entry.Name) != entry) throw Unusable(_path);
    }

    private async Task<Stream> OpenEntryAsync(string name, CancellationToken cancellationToken) =>
        _archive.GetEntry(name) is { } entry ? await entry.OpenAsync(cancellationToken) : throw Unusable(_path);

    private static BackupProblemException Unusable(string path) => new(
        $"»{path}« er ikke en hel sikkerhedskopi fra portalen, eller den er ændret. Intet er skrevet; vælg en anden med --from.");
}
