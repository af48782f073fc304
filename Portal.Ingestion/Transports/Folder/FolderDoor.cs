using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Pipeline;

namespace Portal.Ingestion.Transports.Folder;

/// <summary>
/// Takes every <c>*.xml</c> dropped into <c>Ingestion:Folder:Path</c> and moves it to <c>processed/</c> or <c>quarantine/</c> after it is
/// stored. A file that was stored but not yet moved when the process died is taken again and counted as a repeat.
/// </summary>
public sealed class FolderDoor(IReceiver receiver, PortalSettings settings, DoorBoard board, TimeProvider time, ILogger<FolderDoor> log) : BackgroundService
{
    /// <summary>The transport's name.</summary>
    public const string Transport = "folder";

    private const int AtOnce = 64;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly EnumerationOptions XmlFiles = new() { MatchCasing = MatchCasing.CaseInsensitive };

    private readonly string _folder = settings.FolderPath ?? throw new InvalidOperationException("The folder door needs Ingestion:Folder:Path.");
    private Dictionary<string, (long Length, DateTime WrittenAt)> _seen = [];

    /// <summary>Looks once; gives how many files were taken. A file is taken when it is as it was at the look before: its writer is done.</summary>
    /// <exception cref="StorageUnavailableException">The files stay where they are.</exception>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var files = new DirectoryInfo(_folder).GetFiles("*.xml", XmlFiles);
        var now = files.ToDictionary(f => f.FullName, f => (f.Length, f.LastWriteTimeUtc));
        var settled = files.Where(f => _seen.TryGetValue(f.FullName, out var before) && before == now[f.FullName]).OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).ToList();
        _seen = now;
        board.ReportBacklog(Transport, new DoorBacklog(files.Length, files.Length == 0 ? null : new DateTimeOffset(files.Min(f => f.LastWriteTimeUtc), TimeSpan.Zero)));
        foreach (var part in settled.Chunk(AtOnce)) await Task.WhenAll(part.Select(f => TakeAsync(f, cancellationToken)));
        return settled.Count;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Poll;
        board.Report(Transport, DoorState.Connecting);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                pause = Poll;
                board.Report(Transport, DoorState.Open);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble) when (trouble is StorageUnavailableException or IOException or UnauthorizedAccessException)
            {
                // Said once; while it lasts, Drift goes on saying it.
                if (pause == Poll) log.LogWarning("The folder waits, the files stay: {Kind}", trouble.GetType().Name);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                if (trouble is StorageUnavailableException) board.Report(Transport, DoorState.Paused, trouble.Message, DoorWords.StorageRemedy);
                else board.Report(Transport, DoorState.Paused, "Mappen kan ikke læses og skrives lige nu. Filerne bliver liggende.", "Se efter, om mappen findes, og om portalens bruger må læse og skrive i den.");
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (file.Length > Array.MaxLength)
        {
            log.LogWarning("A file of {Bytes} bytes in the folder is larger than any message can be; it stands in quarantine/ unread", file.Length);
            Move(file, "quarantine");
            return;
        }

        using var trace = IngestionTrace.Deliver(Transport);
        var bytes = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        var outcome = await receiver.ReceiveAsync(new Delivery(bytes, Transport, time.GetUtcNow()), cancellationToken);
        using var acknowledge = IngestionTrace.Acknowledge(Transport);
        Move(file, outcome is DeliveryOutcome.Quarantined ? "quarantine" : "processed");
    }

    private void Move(FileInfo file, string to)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, to)).FullName;
        var target = Path.Combine(folder, file.Name);
        for (var n = 2; File.Exists(target); n++) target = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file.Name)}-{n}{file.Extension}");
        File.Move(file.FullName, target);
    }
}
