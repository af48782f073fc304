using Microsoft.Extensions.Logging;
using Portal.Ingestion.Configuration;
using Portal.Ingestion.Pipeline;
using Portal.Ingestion.Services;
using Portal.Ingestion.Storage;

namespace Portal.Ingestion.Transports.Folder;

/// <summary>
/// Takes every <c>*.xml</c> dropped into <c>Ingestion:Folder:Path</c> and moves it to <c>processed/</c> or <c>quarantine/</c> after it is
/// stored. A file that was stored but not yet moved when the process died is taken again and counted as a repeat.
/// </summary>
public sealed class FolderDoor(IReceiver receiver, PortalSettings settings, DoorBoard board, TimeProvider time, ILogger<FolderDoor> log)
    : SupervisedService(time, log)
{
    /// <summary>The transport's name.</summary>
    public const string Transport = "folder";

    private const int AtOnce = 64;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
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
    public override string Name => Transport;

    /// <inheritdoc />
    public override bool IsTransport => true;

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        board.Report(Transport, DoorState.Connecting);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        board.Report(Transport, DoorState.Open);
    }

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Poll, Time, cancellationToken);

    /// <inheritdoc />
    protected override void OnFailed(Exception problem)
    {
        if (StorageTrouble.IsOutage(problem)) board.Report(Transport, DoorState.Paused, StorageTrouble.ToUnavailable(problem).Message, DoorWords.StorageRemedy);
        else board.Report(Transport, DoorState.Paused, "Mappen kan ikke læses og skrives lige nu. Filerne bliver liggende.", "Se efter, om mappen findes, og om portalens bruger må læse og skrive i den.");
    }

    private async Task TakeAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (file.Length > Array.MaxLength)
        {
            Log.LogWarning("A file of {Bytes} bytes in the folder is larger than any message can be; it stands in quarantine/ unread", file.Length);
            Move(file, "quarantine");
            return;
        }

        using var trace = IngestionTrace.Deliver(Transport);
        var bytes = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        var outcome = await receiver.ReceiveAsync(new Delivery(bytes, Transport, Time.GetUtcNow()), cancellationToken);
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
