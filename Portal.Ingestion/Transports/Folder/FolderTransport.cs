using Microsoft.Extensions.Logging;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Receiving;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Storage;
using Portal.Ingestion.Supervision;

namespace Portal.Ingestion.Transports.Folder;

/// <summary>
/// Receives every <c>*.xml</c> in <c>Ingestion:Folder:Path</c>, and moves it to <c>processed/</c> or <c>quarantine/</c> after it is stored.
/// A file is read when it has been unchanged for <see cref="FileStabilityTracker.Settled"/> and ends like XML; otherwise it waits for
/// <see cref="FileStabilityTracker.Grace"/> more and is then read anyway. A file that was stored but not moved when the process died is
/// read again and counted as a repeat; a file written to after its move is moved back (<see cref="MovedFiles"/>).
/// </summary>
public sealed class FolderTransport : SupervisedService
{
    /// <summary>The transport's name.</summary>
    public const string Transport = "folder";

    private const string Quarantine = "quarantine";
    private const int MaxAtOnce = 64;
    private const long MaxBytesAtOnce = 32L << 20;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    // Also lists links to missing files, which FolderFile.StateOf leaves out, and named pipes, which have length 0.
    private static readonly EnumerationOptions XmlFiles = new() { MatchCasing = MatchCasing.CaseInsensitive, IgnoreInaccessible = true };

    private readonly string _folder;
    private readonly int _whole;
    private readonly IReceiver _receiver;
    private readonly TransportStatusBoard _board;
    private readonly TimeProvider _time;
    private readonly FileStabilityTracker _stability;
    private readonly MovedFiles _moved;
    private readonly OngoingProblem _files;

    /// <summary>Needs <see cref="PortalSettings.FolderPath"/>.</summary>
    public FolderTransport(
        IReceiver receiver, PortalSettings settings, TransportStatusBoard board, TimeProvider time, ILogger<FolderTransport> log)
        : base(time, log)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _folder = settings.FolderPath ?? throw new InvalidOperationException("The folder transport needs Ingestion:Folder:Path.");
        _whole = DeliveryCut.WholeBytes(settings.MaxMessageBytes);
        (_receiver, _board, _time) = (receiver, board, time);
        _stability = new FileStabilityTracker(time);
        _moved = new MovedFiles(_folder, time);
        _files = new OngoingProblem(log, "Nogle filer i mappen", time);
    }

    /// <summary>
    /// Scans the folder once; returns how many files were stored. A file that cannot be read or moved does not block the others; it is
    /// reported on the status board and in the log, without its name, which may contain personal data.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database is out; the files stay in the folder.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to read the folder.</exception>
    public async Task<int> ScanAsync(CancellationToken cancellationToken)
    {
        var result = new ScanResult();
        _moved.BringBack();
        var files = List(result);
        _stability.Observe(files);
        var waiting = files.Where(f => !_stability.IsStored(f.Key)).ToList();
        _board.ReportBacklog(Transport, new TransportBacklog(
            waiting.Count, waiting.Count == 0 ? null : new DateTimeOffset(waiting.Min(f => f.Value.WrittenAt), TimeSpan.Zero)));
        var settled = files.Where(f => _stability.UnchangedFor(f.Key) >= FileStabilityTracker.Settled)
            .OrderBy(f => f.Value.WrittenAt).ThenBy(f => Path.GetFileName(f.Key), StringComparer.Ordinal).ToList();
        foreach (var part in Parts(settled)) await Task.WhenAll(part.Select(f => TakeAsync(f.Key, f.Value, result, cancellationToken)));
        Report(result);
        return result.Moved;
    }

    /// <inheritdoc />
    public override string Name => Transport;

    /// <inheritdoc />
    public override bool IsTransport => true;

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _board.Report(Transport, TransportState.Connecting);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>One round of the service's loop, without its pauses; false when it failed. For tests.</summary>
    internal async Task<bool> TryScanAsync(CancellationToken stopping)
    {
        try
        {
            await RunRoundAsync(stopping);
            return true;
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            OnFailed(problem);
            return false;
        }
    }

    /// <inheritdoc />
    protected override Task RunRoundAsync(CancellationToken cancellationToken) => ScanAsync(cancellationToken);

    /// <inheritdoc />
    protected override Task RestAsync(CancellationToken cancellationToken) => Task.Delay(Poll, Time, cancellationToken);

    /// <inheritdoc />
    protected override void OnFailed(Exception problem)
    {
        if (StorageErrors.IsOutage(problem))
        {
            _board.Report(Transport, TransportState.Paused, StorageErrors.Explain(problem), TransportTexts.StorageRemedy);
            return;
        }

        _board.Report(
            Transport, TransportState.Paused, "Mappen kan ikke læses og skrives lige nu. Filerne bliver liggende.",
            "Se efter, om mappen findes, og om portalens bruger må læse og skrive i den.");
    }

    private Dictionary<string, FileState> List(ScanResult result)
    {
        var files = new Dictionary<string, FileState>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(_folder, "*.xml", XmlFiles))
        {
            if (FolderFile.StateOf(path) is { } state) files[path] = state;

            // No state: the file was removed after the listing, or its name is not UTF-8, so that .NET cannot open it.
            else if (Path.GetFileName(path.AsSpan()).Contains('\uFFFD')) result.CannotName();
        }

        return files;
    }

    /// <summary>Splits the files into parts, bounded by count and by bytes; a larger file is a part of its own.</summary>
    private IEnumerable<List<KeyValuePair<string, FileState>>> Parts(List<KeyValuePair<string, FileState>> files)
    {
        var (part, bytes) = (new List<KeyValuePair<string, FileState>>(), 0L);
        foreach (var file in files)
        {
            var held = Math.Min(file.Value.Length, _whole);
            if (part.Count > 0 && (part.Count == MaxAtOnce || bytes + held > MaxBytesAtOnce))
            {
                yield return part;
                (part, bytes) = ([], 0L);
            }

            part.Add(file);
            bytes += held;
        }

        if (part.Count > 0) yield return part;
    }

    private async Task TakeAsync(string path, FileState state, ScanResult result, CancellationToken cancellationToken)
    {
        try
        {
            if (_stability.MoveTo(path) is { } stored)
            {
                Move(path, state, stored);
                return;
            }

            if (!IsReady(path, state)) return;
            using var trace = IngestionTrace.Deliver(Transport);
            if (await FolderFile.ReadAsync(path, state, _whole, _time, cancellationToken) is not { } delivery) return;
            var outcome = await _receiver.ReceiveAsync(delivery, cancellationToken);
            result.Count();
            var to = outcome is DeliveryOutcome.Quarantined ? Quarantine : "processed";
            _stability.Stored(path, to);
            using var acknowledge = IngestionTrace.Acknowledge(Transport);
            Move(path, state, to);
        }
        catch (FileNotFoundException)
        {
            // Another program removed it meanwhile.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            result.Fail(_stability.IsStored(path), error);
        }
    }

    /// <summary>True when the file ends like XML, or its grace period is over.</summary>
    private bool IsReady(string path, FileState state)
    {
        if (_stability.Ended(path) is not { } ended) _stability.Judge(path, ended = FolderFile.IsEnded(path, state));
        return ended || _stability.UnchangedFor(path) >= FileStabilityTracker.Settled + FileStabilityTracker.Grace;
    }

    /// <summary>Moves the file that was read; if it has been written to since, it stays and is read again. Never overwrites.</summary>
    private void Move(string path, FileState state, string to)
    {
        if (FolderFile.StateOf(path) != state) return;
        _moved.Add(FolderFile.Move(path, Directory.CreateDirectory(Path.Combine(_folder, to)).FullName), state, keepLong: to == Quarantine);
    }

    private void Report(ScanResult result)
    {
        if (result is { Unread: 0, Unmoved: 0, Unnamed: 0 })
        {
            _files.End();
            _board.Report(Transport, TransportState.Open);
            return;
        }

        var state = result.Unmoved > 0 ? "gemt, men ikke flyttet"
            : result.Unread > 0 ? "kan ikke læses"
            : "har navne i en anden tegnkodning";
        _files.Report($"{state} ({result.Error}).");
        var (why, remedy) = result.Unmoved > 0
            ? ($"{result.Unmoved} filer er gemt, men kan ikke flyttes til processed/ eller quarantine/.",
                "Giv portalens bruger ret til at skrive i mappen og dens undermapper. Beskederne er gemt og tages ikke igen.")
            : result.Unread > 0
                ? ($"{result.Unread} filer kan ikke læses endnu.",
                    "Er de ved at blive skrevet, kommer de af sig selv. Ellers giv portalens bruger ret til at læse dem.")
                : ($"{result.Unnamed} filer har navne, som ikke er UTF-8, og kan ikke åbnes.",
                    "Giv dem andre navne, der ender på .xml; så bliver de læst.");
        _board.Report(Transport, TransportState.Open, why, remedy);
    }

    /// <summary>Counts of a scan, updated from several tasks.</summary>
    private sealed class ScanResult
    {
        private int _taken;
        private int _unread;
        private int _unmoved;
        private int _unnamed;

        public int Moved => _taken;

        public int Unread => _unread;

        public int Unmoved => _unmoved;

        public int Unnamed => _unnamed;

        public string? Error { get; private set; }

        public void CannotName()
        {
            _unnamed++;
            Error ??= "name";
        }

        public void Count() => Interlocked.Increment(ref _taken);

        public void Fail(bool stored, Exception error)
        {
            if (stored) Interlocked.Increment(ref _unmoved);
            else Interlocked.Increment(ref _unread);
            Error = error.GetType().Name;
        }
    }
}
