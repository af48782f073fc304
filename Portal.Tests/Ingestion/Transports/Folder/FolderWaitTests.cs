using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Portal.Ingestion.Domain;
using Portal.Ingestion.Operations;
using Portal.Ingestion.Settings;
using Portal.Ingestion.Transports.Folder;
using Xunit;

namespace Portal.Tests.Ingestion.Transports.Folder;

/// <summary>
/// Files as people and programs write them: in parts, stalled, preallocated, locked, renamed into the folder, too large. The test controls
/// the clock.
/// </summary>
public sealed class FolderWaitTests : IDisposable
{
    private const string Message = "<a><b>x</b>\n<b>y</b>\n</a>\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("folder-wait").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly FakeReceiver _receiver = new();
    private readonly TransportStatusBoard _board;
    private readonly FolderTransport _transport;

    public FolderWaitTests()
    {
        _board = new TransportStatusBoard(_time);
        _transport = Open();
    }

    public void Dispose()
    {
        _transport.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_whole_file_is_read_when_it_has_not_changed_for_two_seconds()
    {
        Write("a.xml", Message);
        await AfterAsync(1.9);
        Assert.Empty(_receiver.Texts);
        await AfterAsync(0.2);
        Assert.Equal([Message], _receiver.Texts);
        Assert.Equal(["a.xml"], Names("processed"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("<a><b>x</b>\n")]
    [InlineData("<a><b>x</b>\n<b>y</b>\n</a")]
    [InlineData(Message + "\0\0\0\0")]
    [InlineData("<?xml version=\"1.0\"?>\n")]
    public async Task A_file_that_stalls_is_waited_for_and_comes_whole(string first)
    {
        Write("a.xml", first);
        await AfterAsync(59, steps: 30);
        Assert.Empty(_receiver.Texts);
        Write("a.xml", Message);
        await AfterAsync(2.5);
        Assert.Equal([Message], _receiver.Texts);
    }

    [Fact]
    public async Task A_file_that_is_never_finished_is_taken_as_it_is_after_a_minute_more()
    {
        Write("a.xml", "<a><b>");
        await AfterAsync(2);
        await AfterAsync(59.5);
        Assert.Empty(_receiver.Texts);
        await AfterAsync(1);
        Assert.Equal(["<a><b>"], _receiver.Texts);
        Assert.Equal(["a.xml"], Names("quarantine"));
    }

    [Fact]
    public async Task A_file_written_in_parts_for_longer_than_the_grace_is_not_taken_before_it_is_done()
    {
        for (var n = 0; n < 40; n++)
        {
            Write("a.xml", "<a>" + new string('x', n));
            await AfterAsync(3);
        }

        Assert.Empty(_receiver.Texts);
        Write("a.xml", "<a>slut</a>");
        await AfterAsync(3);
        Assert.Equal(["<a>slut</a>"], _receiver.Texts);
    }

    [Fact]
    public async Task A_file_renamed_in_with_an_old_date_waits_like_any_other_and_comes()
    {
        Write("a.part", Message);
        File.SetLastWriteTimeUtc(In("a.part"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await AfterAsync(5);
        File.Move(In("a.part"), In("a.xml"));
        await AfterAsync(1);
        Assert.Empty(_receiver.Texts);
        await AfterAsync(2);
        Assert.Equal([Message], _receiver.Texts);
    }

    [Fact]
    public async Task One_locked_file_keeps_no_other_waiting_and_comes_when_it_is_let_go()
    {
        Write("locked.xml", Message);
        Write("free.xml", "<b/>");
        await using (new FileStream(In("locked.xml"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await AfterAsync(3);
            await AfterAsync(120);
            Assert.Equal(["<b/>"], _receiver.Texts);
            var report = Assert.Single(_board.Reports);
            Assert.Equal((TransportState.Open, "1 filer kan ikke læses endnu."), (report.State, report.Why));
        }

        await AfterAsync(1);
        Assert.Equal(["<b/>", Message], _receiver.Texts);
        Assert.Null(Assert.Single(_board.Reports).Why);
    }

    [Fact]
    public async Task A_file_that_cannot_be_moved_is_stored_once_and_moved_when_it_can()
    {
        // A file with the folder's name is in the way.
        Write("processed", "i vejen");
        Write("a.xml", Message);
        await AfterAsync(3);
        await AfterAsync(30);
        await AfterAsync(30);
        Assert.Equal([Message], _receiver.Texts);
        Assert.Contains("kan ikke flyttes", Assert.Single(_board.Reports).Why, StringComparison.Ordinal);

        File.Delete(In("processed"));
        await AfterAsync(1);
        Assert.Equal([Message], _receiver.Texts);
        Assert.Equal(["a.xml"], Names("processed"));
        Assert.Equal(TransportState.Open, Assert.Single(_board.Reports).State);
    }

    [Fact]
    public async Task A_file_that_is_written_to_while_it_is_stored_stays_and_its_new_content_is_read_too()
    {
        Write("a.xml", Message);
        _receiver.During = () => Write("a.xml", "<a>ny</a>");
        await AfterAsync(3);
        Assert.Equal([Message], _receiver.Texts);
        Assert.Empty(Names("processed"));
        _receiver.During = null;
        await AfterAsync(3);
        await AfterAsync(3);
        Assert.Equal([Message, "<a>ny</a>"], _receiver.Texts);
        Assert.Equal(["a.xml"], Names("processed"));
    }

    [Theory]
    [InlineData("quarantine", "<a><b>", 3600)]
    [InlineData("processed", "<a></a>", 1)]
    public async Task What_is_written_to_a_file_after_it_was_moved_comes_too(string to, string first, int later)
    {
        Write("a.xml", first);
        await AfterAsync(2.5);
        if (to == "quarantine") await AfterAsync(61);
        await AfterAsync(later);
        Assert.Equal(["a.xml"], Names(to));
        Write(Path.Combine(to, "a.xml"), Message);
        await AfterAsync(3);
        await AfterAsync(3);
        Assert.Equal([first, Message], _receiver.Texts);
        Assert.Equal(["a.xml"], Names("processed"));
    }

    [Fact]
    public async Task A_link_is_taken_when_the_file_behind_it_is_done()
    {
        Write("ude.txt", "<a>");
        File.CreateSymbolicLink(In("a.xml"), In("ude.txt"));
        File.CreateSymbolicLink(In("intet.xml"), In("findes-ikke"));
        File.CreateSymbolicLink(In("ring.xml"), In("ring.xml"));
        Directory.CreateDirectory(In("mappe.xml"));
        for (var n = 0; n < 40; n++)
        {
            Write("ude.txt", "<a>" + new string('x', n));
            await AfterAsync(3);
        }

        Assert.Empty(_receiver.Texts);
        Write("ude.txt", Message);
        await AfterAsync(3);
        Assert.Equal([Message], _receiver.Texts);
        Assert.Null(Assert.Single(_board.Reports).Why);
    }

    [Theory]
    [InlineData("to\nlinjer.xml")]
    [InlineData("100%25 æøå 😀.XML")]
    [InlineData(" 010101-1234 .xml")]
    [InlineData("-rf.xml")]
    [InlineData("ææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææææ"
        + "æææææææææææææææææææææææ.xml")]
    public async Task A_file_of_any_name_is_taken_and_moved_however_often_the_name_comes(string name)
    {
        for (var n = 1; n <= 3; n++)
        {
            Write(name, $"<a>{n}</a>");
            await AfterAsync(3);
        }

        Assert.Equal(["<a>1</a>", "<a>2</a>", "<a>3</a>"], _receiver.Texts);
        Assert.Equal(3, Names("processed").Count);
        Assert.Contains(name, Names("processed"));
        Assert.Null(Assert.Single(_board.Reports).Why);
    }

    [Fact]
    public async Task A_file_whose_name_cannot_be_read_is_reported()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Names are UTF-16 there.");
        using var made = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"printf '<a></a>' > \"{_folder}/$(printf '\\346').xml\""]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        await AfterAsync(3);
        var why = Assert.Single(_board.Reports).Why;

        // .NET cannot delete a file with such a name either, so a shell does.
        using var removed = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"rm -f \"{_folder}\"/*.xml"]);
        await removed.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("ikke er UTF-8", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_nothing_can_be_stored_the_files_stay_and_come_once_afterwards()
    {
        Write("a.xml", Message);
        _receiver.Refusal = new StorageUnavailableException("Disken er fuld.");
        await AfterAsync(3);
        var report = Assert.Single(_board.Reports);
        Assert.Equal((TransportState.Paused, "Disken er fuld."), (report.State, report.Why));
        Assert.Equal(["a.xml"], Names(""));
        _receiver.Refusal = null;
        await AfterAsync(3);
        Assert.Equal([Message], _receiver.Texts);
        Assert.Equal(TransportState.Open, Assert.Single(_board.Reports).State);
    }

    [Fact]
    public async Task A_file_too_large_to_be_kept_whole_is_read_through_and_kept_as_its_first_bytes()
    {
        var bytes = new byte[(100 * 10) + 5000];
        new Random(4).NextBytes(bytes);
        await File.WriteAllBytesAsync(In("stor.xml"), bytes, TestContext.Current.CancellationToken);
        await AfterAsync(2);
        await AfterAsync(61);
        var kept = Assert.Single(_receiver.Deliveries);
        Assert.Equal((bytes.LongLength, 1000), (kept.Length, kept.Bytes.Length));
        Assert.Equal(SHA256.HashData(bytes), kept.Cut!.Sha256);
        Assert.True(kept.Bytes.Span.SequenceEqual(bytes.AsSpan(0, 1000)));
    }

    [Fact]
    public async Task Files_of_any_size_are_never_held_beyond_the_bytes_allowed()
    {
        for (var n = 0; n < 12; n++)
        {
            await File.WriteAllTextAsync(
                In($"{n:D2}.xml"), "<a>" + new string('x', 8 << 20) + "</a>", TestContext.Current.CancellationToken);
        }
        using var large = Open(maxMessageBytes: 10 << 20);
        await AfterAsync(3, large);
        Assert.Equal(12, _receiver.Deliveries.Count);
        Assert.InRange(_receiver.MostBytes, 1, 32 << 20);
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_reported_and_taken_up_when_it_is_there()
    {
        var missing = Path.Combine(_folder, "findes-ikke");
        using var transport = new FolderTransport(
            _receiver, new PortalSettings { FolderPath = missing }, _board, _time, NullLogger<FolderTransport>.Instance);
        Assert.False(await transport.TryScanAsync(default));
        var report = Assert.Single(_board.Reports);
        Assert.Equal(TransportState.Paused, report.State);
        Assert.NotNull(report.Remedy);
        Directory.CreateDirectory(missing);
        Assert.True(await transport.TryScanAsync(default));
        Assert.Equal(TransportState.Open, Assert.Single(_board.Reports).State);
    }

    private FolderTransport Open(int maxMessageBytes = 100) =>
        new(_receiver, new PortalSettings { FolderPath = _folder, MaxMessageBytes = maxMessageBytes }, _board, _time,
            NullLogger<FolderTransport>.Instance);

    /// <summary>Scans the folder, then advances the clock in steps and scans after each.</summary>
    private async Task AfterAsync(double seconds, FolderTransport? transport = null, int steps = 1)
    {
        await (transport ?? _transport).TryScanAsync(default);
        for (var n = 0; n < steps; n++)
        {
            _time.Advance(TimeSpan.FromSeconds(seconds / steps));
            await (transport ?? _transport).TryScanAsync(default);
        }
    }

    private string In(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text)
    {
        var before = File.Exists(In(name)) ? File.GetLastWriteTimeUtc(In(name)) : DateTime.UtcNow;
        File.WriteAllText(In(name), text, new UTF8Encoding(false));

        // Some file systems keep times only to the second, so each write gets a time a second later.
        File.SetLastWriteTimeUtc(In(name), before.AddSeconds(1));
    }

    private List<string> Names(string under) =>
        [.. (Directory.Exists(In(under)) ? Directory.GetFiles(In(under)) : []).Select(f => Path.GetFileName(f))
            .Order(StringComparer.Ordinal)];

    private sealed class FakeReceiver : IReceiver
    {
        private long _held;

        public List<Delivery> Deliveries { get; } = [];
        public IEnumerable<string> Texts => Deliveries.Select(d => Encoding.UTF8.GetString(d.Bytes.Span));
        public Action? During { get; set; }
        public Exception? Refusal { get; set; }
        public long MostBytes { get; private set; }

        public async Task<DeliveryOutcome> ReceiveAsync(Delivery delivery, CancellationToken cancellationToken)
        {
            if (Refusal is { } refusal) throw refusal;
            lock (Deliveries)
            {
                _held += delivery.Bytes.Length;
                MostBytes = Math.Max(MostBytes, _held);
            }

            await Task.Yield();
            During?.Invoke();
            lock (Deliveries)
            {
                _held -= delivery.Bytes.Length;
                Deliveries.Add(delivery);
            }

            var text = Encoding.UTF8.GetString(delivery.Bytes.Span).Trim();
            return text.StartsWith('<') && text.EndsWith('>') && text.Contains("</", StringComparison.Ordinal) || text == "<b/>"
                ? new DeliveryOutcome.Accepted("b", 1)
                : new DeliveryOutcome.Quarantined("1", QuarantineReason.Malformed, "", null);
        }

        public Task<IReadOnlyList<DeliveryOutcome>> ReceiveAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
